"""Letters that come from a mailbox at Gmail, Outlook or Yahoo: such an address works through that provider's own server alone."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from newsletter.nouns.draft import Profile
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity

NAME = "free-mail"
FREE = re.compile(
    r"(gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|aol|gmx|proton|protonmail)"
    r"\.(com|[a-z]{2}|co\.[a-z]{2}|com\.[a-z]{2}|net|me)"
)
NEVER = ".onmicrosoft.com"


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning; an error for an onmicrosoft.com address, of which Microsoft lets through 100 letters a day."""
    return list(_look_at(dossier.profile))


def _look_at(profile: Profile) -> Iterator[Problem]:
    domain = profile.sender.address.rpartition("@")[2].casefold()
    place = profile.place(("sender", "address"))
    if domain.endswith(NEVER):
        message = f"{domain} is Microsoft's stand-in for a domain of your own; it lets 100 letters a day through."
        hint = "Give an address in your organisation's own domain."
        yield Problem(place, Severity.ERROR, NAME, message, hint)
    elif FREE.fullmatch(domain):
        message = f"Other mail systems refuse letters from {domain} that any other server sends, and its own lets few through."
        hint = "Ask your organisation for an address in its own domain, such as peru@example.org."
        yield Problem(place, Severity.WARNING, NAME, message, hint)
