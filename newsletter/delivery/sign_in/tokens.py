"""An authority's answer -> tokens: what opens the mailbox for an hour, and what gets the next one."""

from __future__ import annotations

from dataclasses import dataclass, field

from newsletter.delivery.sign_in.answers import Answered

_USUAL = 3600.0
_SOON = 60.0


@dataclass(frozen=True, slots=True)
class Tokens:
    """``access`` is shown to the mail server until ``expires`` (seconds since 1970), ``refresh`` gets another."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    expires: float

    def over(self, now: float) -> bool:
        """Whether it has ended, or does in a moment."""
        return now > self.expires - _SOON


def tokens(answer: Answered, now: float, before: Tokens | None = None) -> Tokens:
    """Read them; where no new ``refresh`` comes along the one from before still holds. Raises SignInRefused."""
    if answer.error:
        raise answer.refused()
    refresh = before.refresh if before and not answer.fields.get("refresh_token") else answer.text("refresh_token")
    return Tokens(answer.text("access_token"), refresh, now + answer.seconds("expires_in", _USUAL))
