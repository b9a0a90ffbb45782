"""``2025-07-31 18:00`` and the newsletter's clock -> that moment, with its zone; or why it is none."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from newsletter.drafting import values
from newsletter.drafting.moment import moment
from newsletter.errors import WrongUsage
from newsletter.nouns.draft import Profile

_ON_A_CLOCK = re.compile(r"[A-Za-z]")
_DAY_AND_HOUR = re.compile(r"(.*\S)[ T]+(\d{1,2}[:.h]\d{2})")


@dataclass(frozen=True, slots=True)
class When:
    """When an issue is to leave: at an hour, if one was named, and not before it was held for a while."""

    at: dt.datetime | None
    held: dt.timedelta

    def leaves(self, now: dt.datetime) -> dt.datetime:
        """The moment, with its zone, if the first copies leave now."""
        after = now + self.held
        return self.at if self.at and (self.at >= after or not self.held) else after


class NoHour(WrongUsage):
    """What was typed after --at is no moment."""

    def __init__(self, text: str, reason: str = "", hint: str = "") -> None:
        super().__init__(
            f"--at “{text}” is not a moment. {reason}".rstrip(), hint or 'Type such as --at "2025-07-31 18:00".'
        )


class HasPassed(WrongUsage):
    """The moment lies in the past."""

    def __init__(self, at: dt.datetime, now: dt.datetime) -> None:
        super().__init__(
            f"{told(at)} has passed: there it is {now.astimezone(at.tzinfo):%Y-%m-%d %H:%M} now.",
            "Give a later hour, or leave --at out to send it now.",
        )


def hour(text: str, profile: Profile, now: dt.datetime) -> dt.datetime:
    """The moment that was typed, on the clock of the profile's ``timezone``, else this computer's. Raises NoHour, HasPassed."""
    try:
        at = _moment(text.strip(), profile, now)
    except values.Unfit as error:
        raise NoHour(text, str(error), error.hint) from None
    if at <= now:
        raise HasPassed(at, now)
    return at


def told(at: dt.datetime) -> str:
    """A moment in words: the day, the hour, and on whose clock."""
    return f"{at:%Y-%m-%d %H:%M} ({at.tzname() if isinstance(at.tzinfo, dt.timezone) else at.tzinfo})"


def _moment(text: str, profile: Profile, now: dt.datetime) -> dt.datetime:
    if _ON_A_CLOCK.search(text.replace("T", " ").replace("h", ":")):
        return moment(text)
    if profile.timezone:
        return moment(f"{text} {profile.timezone}")
    found = _DAY_AND_HOUR.fullmatch(text)
    if not found:
        raise values.Unfit("A day and an hour are wanted.", "")
    there = dt.datetime.combine(values.day(found[1]), values.time(found[2]))
    # A clock that is set otherwise than this computer's own is a test's, or a demonstration's.
    ours = now.utcoffset() == now.astimezone().utcoffset()
    return there.astimezone() if ours else there.replace(tzinfo=now.tzinfo)
