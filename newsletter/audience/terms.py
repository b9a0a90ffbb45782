"""On what ground people come onto the list: Terms, and the rules of law that stop an import (PECR reg. 22)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from newsletter.errors import StoppedForSafety, WrongUsage
from newsletter.nouns.person import Ground

SOFT_OPT_IN_FROM = dt.date(2026, 2, 5)  # Data (Use and Access) Act 2025 section 114, in force that day


class MissingTerms(WrongUsage):
    """It is not said on what ground, from where or since when people may be written to."""

    def __init__(self, missing: str) -> None:
        super().__init__(
            f"Nobody can be put on the list without {missing}: the law asks for proof of it (UK GDPR art. 7(1)).",
            'Say it like this: --ground consent --source "sign-up sheet, Lima evening" --since 2026-03-14'
            " (or give the file columns named ground, source, since).",
        )


class SoftOptInTooEarly(StoppedForSafety):
    """The charitable soft opt-in is claimed for people met before it existed."""

    def __init__(self) -> None:
        super().__init__(
            "The ground soft_opt_in holds only for people whose address you got on or after 5 February 2026.",
            "Ask them for their consent first, or leave them out.",
        )


class InTheFuture(WrongUsage):
    """The date of the permission has not come yet."""

    def __init__(self) -> None:
        super().__init__("The date given with --since is still to come.", "Give the day on which they said yes.")


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for everyone of an import whose own line says nothing else; "" and None where nothing does."""

    ground: Ground | None = None
    source: str = ""
    since: dt.date | None = None
    wording: str = ""  # what they agreed to, word for word
    language: str = ""

    def check(self, today: dt.date) -> None:
        """Raise SoftOptInTooEarly or InTheFuture where these can never hold."""
        if self.since and self.since > today:
            raise InTheFuture
        if self.since and too_early(self.ground, self.since):
            raise SoftOptInTooEarly


def too_early(ground: Ground | None, since: dt.date) -> bool:
    """Whether a soft opt-in is claimed for a day before there was one."""
    return ground is Ground.SOFT_OPT_IN and since < SOFT_OPT_IN_FROM
