"""A client -> a code that a person types in a browser, wherever that is; then waiting -> tokens (RFC 8628)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from newsletter.delivery.sign_in.answers import Answered, NoAuthority, Post, SignInRefused, asked
from newsletter.delivery.sign_in.authority import Client
from newsletter.delivery.sign_in.tokens import Tokens, tokens
from newsletter.errors import OutsideFailed, StoppedForSafety

_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
_USUAL_PAUSE, _SLOWER = 5.0, 5.0  # RFC 8628 §3.2, §3.5
_LONGEST_PAUSE = 60.0
_LONGEST_WAIT = 1800.0
_SAID_NO = ("access_denied", "authorization_declined")  # the second is Microsoft's own
_TOO_LATE = ("expired_token", "code_expired")


class CodeExpired(OutsideFailed):
    """Nobody typed the code in time."""

    def __init__(self) -> None:
        super().__init__(
            "The code was not typed in time, and does not hold any more.", "Get a new one with: newsletter login"
        )


class SaidNo(StoppedForSafety):
    """The person at the browser declined."""

    def __init__(self) -> None:
        super().__init__("In the browser the answer was no, so nothing was changed.", "To begin anew: newsletter login")


@dataclass(frozen=True, slots=True)
class DeviceCode:
    """``user_code`` is typed at ``page`` within ``seconds``; ``secret`` is for asking whether that was done."""

    user_code: str
    page: str
    secret: str = field(repr=False)
    pause: float
    seconds: float


def ask_for_code(client: Client, post: Post) -> DeviceCode:
    """Ask for a code. Raises NoAuthority, SignInRefused."""
    url = client.authority.device_url
    answer = asked(post, url, {"client_id": client.id, "scope": client.authority.scope})
    if answer.error:
        raise answer.refused()
    page = answer.fields.get("verification_uri") or answer.text("verification_url")
    if urlsplit(str(page)).scheme != "https":
        raise SignInRefused(url, "a page that is not encrypted")
    return DeviceCode(
        answer.text("user_code"),
        str(page),
        answer.text("device_code"),
        answer.seconds("interval", _USUAL_PAUSE),
        min(answer.seconds("expires_in", _LONGEST_WAIT), _LONGEST_WAIT),
    )


def wait_for_tokens(
    client: Client, code: DeviceCode, post: Post, *, sleep: Callable[[float], None], clock: Callable[[], float]
) -> Tokens:
    """Ask until somebody has typed the code. Raises CodeExpired, SaidNo, SignInRefused."""
    until, pause = clock() + code.seconds, max(code.pause, 1.0)
    while clock() + pause < until:
        sleep(pause)
        answer = _answer(client, code, post)
        if answer is None:  # it could not be reached: asked again, less often each time (RFC 8628 §3.5)
            pause = min(pause * 2, _LONGEST_PAUSE)
        elif answer.error == "slow_down":
            pause += _SLOWER
        elif answer.error in _SAID_NO:
            raise SaidNo
        elif answer.error in _TOO_LATE:
            break
        elif answer.error != "authorization_pending":
            return tokens(answer, clock())
    raise CodeExpired


def _answer(client: Client, code: DeviceCode, post: Post) -> Answered | None:
    try:
        return asked(post, client.authority.token_url, client.says(grant_type=_GRANT, device_code=code.secret))
    except NoAuthority:
        return None
