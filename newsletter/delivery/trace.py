"""What a client and a mail server say to each other -> lines for whoever looks after the mail, without what signs one in."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable

_GO_ON = 334
_HIDDEN = "(hidden)"
_LONGEST_NAME = 20  # SASL's, RFC 4422 §3.1
_SHORTEST = 4  # a secret shorter than this is part of too many words; the commands that hold it are hidden anyway


class Trace:
    """Follows one conversation, so that it knows which of its lines are secret (L5)."""

    def __init__(self, show: Callable[[str], None] | None, secrets: tuple[str, ...] = ()) -> None:
        self._show = show
        self._secrets = [form for secret in secrets if len(secret) >= _SHORTEST for form in _forms(secret)]
        self._secret = self._challenged = False

    @property
    def wanted(self) -> bool:
        """Whether anybody wants to know."""
        return self._show is not None

    def begins(self, command: str) -> None:
        """A command is about to be sent: AUTH, and each answer to a challenge, is secret."""
        self._secret = self._challenged or command.upper().startswith("AUTH")
        said = command.split()[-1:]
        if self._secret and said and len(said[0]) > _LONGEST_NAME:  # not the name of a way, which is no secret
            self._secrets.append(said[0])

    def ended(self, code: int) -> None:
        """It was answered."""
        self._challenged = self._secret and code == _GO_ON

    def say(self, *parts: object) -> None:
        """One line of smtplib's; nothing where nobody wants to know."""
        first, *rest = (str(part) for part in parts)
        text = f"{first} {_HIDDEN}" if first == "send:" and self._secret else " ".join([first, *rest])
        for form in self._secrets:  # a server may repeat what it was told
            text = text.replace(form, _HIDDEN)
        if self._show is not None:
            self._show(text)


def _forms(secret: str) -> list[str]:
    """A secret as it may stand in a line: itself, as smtplib shows bytes, and in base64, alone or behind a zero."""
    raw = secret.encode()
    shown = {repr(raw)[2:-1], repr(b'"' + raw)[3:-1]}  # a line that holds both kinds of quotation marks escapes one
    return [
        secret,
        *shown,
        b64encode(raw).decode(),
        *(b64encode(b"\0" * zeros + raw).decode().rstrip("=") for zeros in (1, 2)),
    ]
