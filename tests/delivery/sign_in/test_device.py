from __future__ import annotations

import pytest

from newsletter.delivery.sign_in.answers import SignInRefused
from newsletter.delivery.sign_in.device import CodeExpired, DeviceCode, SaidNo, ask_for_code, wait_for_tokens
from newsletter.delivery.sign_in.tokens import Tokens
from tests.any.oauth import Giver, post_here


class Hours:
    """A clock that moves when somebody sleeps."""

    def __init__(self) -> None:
        self.at, self.slept = 1_000_000.0, list[float]()

    def sleep(self, seconds: float) -> None:
        """Move on."""
        self.slept.append(seconds)
        self.at += seconds


def _waited(giver: Giver, code: DeviceCode, hours: Hours) -> Tokens:
    return wait_for_tokens(giver.client, code, post_here, sleep=hours.sleep, clock=lambda: hours.at)


def test_a_code_is_asked_for_with_the_scopes_for_sending(giver: Giver) -> None:
    """L4: SMTP.Send and offline_access, nothing else; the code itself shows, its secret does not."""
    code = ask_for_code(giver.client, post_here)
    assert giver.asked == [("devicecode", {"client_id": giver.client.id, "scope": giver.authority.scope})]
    assert (code.user_code, code.pause, code.seconds) == ("FGJTKLMNP", 5, 900)
    assert code.secret not in repr(code)


def test_it_waits_as_long_as_it_is_told(giver: Giver) -> None:
    """RFC 8628 §3.5: pending waits the interval, slow_down five seconds more from then on, silence twice as long."""
    code, hours = ask_for_code(giver.client, post_here), Hours()
    giver.says = ["authorization_pending", "slow_down", "authorization_pending", "down", ""]
    tokens = _waited(giver, code, hours)
    assert hours.slept == [5, 5, 10, 10, 20]
    assert tokens.access in giver.valid
    assert tokens.expires == hours.at + 3600
    assert not any(secret in repr(tokens) for secret in giver.given)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ("expired_token", CodeExpired),
        ("access_denied", SaidNo),
        ("authorization_declined", SaidNo),
        ("invalid_client", SignInRefused),
        ("<script>", SignInRefused),
    ],
)
def test_every_other_answer_ends_it(giver: Giver, said: str, error: type[Exception]) -> None:
    code = ask_for_code(giver.client, post_here)
    giver.says = ["authorization_pending", said]
    with pytest.raises(error) as told:
        _waited(giver, code, Hours())
    assert "<script>" not in str(told.value)


def test_a_code_that_nobody_types_ends_by_itself(giver: Giver) -> None:
    code, hours = ask_for_code(giver.client, post_here), Hours()
    giver.says = ["authorization_pending"] * 1000
    with pytest.raises(CodeExpired, match="newsletter login"):
        _waited(giver, code, hours)
    assert sum(hours.slept) <= 900


def test_a_page_that_is_not_encrypted_is_not_shown(giver: Giver, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = giver._device
    monkeypatch.setattr(giver, "_device", lambda form: {**usual(form), "verification_uri": "http://evil.example.com"})
    with pytest.raises(SignInRefused):
        ask_for_code(giver.client, post_here)
