"""Links that nothing answers any more, that end on a home page, or that have moved: found by ``newsletter check --online``.

Each address is asked once a day. A page that is shown to people alone (signing in, consent) counts as there.
"""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import SplitResult, urlsplit

from newsletter.nouns.draft import Edition
from newsletter.nouns.letter import Dossier, Visit
from newsletter.nouns.problem import Fix, Problem, Severity
from newsletter.reading.passages import Link, links, readdressed, where

NAME = "link-answers"
GONE = (404, 410)
BROKEN = 500
_HOME = re.compile(r"/?([a-z]{2}(-[a-z]{2})?/?|home/?|index\.\w+)?", re.IGNORECASE)
_WALL = re.compile(
    r"(^|[./-])(consent|login|signin|sso|auth|accounts?|cookie\w*|captcha|verify)([./-]|$)", re.IGNORECASE
)
OFFLINE = "offline"
_LOOK = "Open it in your browser: if it does not come, link to another page or leave it out."
_TROUBLES = {
    "unknown-host": (
        Severity.ERROR,
        "There is no site of this name, or no more.",
        "Copy the address again from your browser; if no page opens there, this computer is not online.",
    ),
    "certificate": (Severity.WARNING, "The site cannot show that it is itself: browsers warn of it.", _LOOK),
    "timeout": (Severity.NOTE, "The site took too long to answer.", _LOOK),
    "no-answer": (Severity.NOTE, "The site did not answer.", _LOOK),
    "redirects": (Severity.WARNING, "The address leads on and on, and nowhere.", _LOOK),
    "private": (Severity.WARNING, "The address leads into a private network, where readers cannot follow.", _LOOK),
}
Said = tuple[Severity, str, str, Fix]


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """An error where a page or its site is gone; a warning where it became a home page or cannot be trusted; else a note."""
    problems = _offline(dossier)
    for edition in dossier.editions if dossier.visits else ():
        for link in links(edition):
            visit = dossier.visits.get(link.url)
            said = _judged(edition, link, visit) if visit else None
            if said:
                severity, message, hint, fix = said
                problems.append(Problem(where(edition, link), severity, NAME, message, hint, fix))
    return problems


def _offline(dossier: Dossier) -> list[Problem]:
    """One warning for all links that could not be asked, since this computer reaches no site at all."""
    unasked = sum(one.trouble == OFFLINE for one in dossier.visits.values())
    if not unasked:
        return []
    message = f"{unasked} links could not be asked: this computer seems not to be online, so nothing is known of them."
    hint = "Connect to the internet, and say the same again: newsletter check --online"
    return [Problem(dossier.editions[0].place(("sections",)), Severity.WARNING, NAME, message, hint)]


def _judged(edition: Edition, link: Link, visit: Visit) -> Said | None:
    if visit.trouble:
        found = _TROUBLES.get(visit.trouble)
        return (found[0], f"{link.url[:80]}: {found[1]}", found[2], ()) if found else None
    if visit.status in GONE:
        message = f"There is no such page any more: {link.url[:80]} answers {visit.status}."
        hint = "Look for its new address, or leave the link out; a closed petition is no longer an ask."
        return Severity.ERROR, message, hint, ()
    if visit.status >= BROKEN:
        return Severity.NOTE, f"{link.url[:80]} answers {visit.status}: the site is in trouble.", _LOOK, ()
    try:
        asked, got = urlsplit(link.url), urlsplit(visit.address)
        return _moved(edition, link, visit, asked, got)
    except ValueError:
        return None


def _moved(edition: Edition, link: Link, visit: Visit, asked: SplitResult, got: SplitResult) -> Said | None:
    if _WALL.search(got.hostname or "") or _WALL.search(got.path):
        return None
    if _is_home(got) and not _is_home(asked):
        message = f"{link.url[:80]} leads to the home page of {got.hostname}: what it was about is probably gone."
        hint = "Look there for the page, or leave the link out; a petition that is over often does this."
        return Severity.WARNING, message, hint, ()
    if _site(asked) != _site(got):
        message = f"{asked.hostname} sends readers on to {got.hostname}."
        fix = readdressed(edition, link, visit.address) if visit.permanent else ()
        return Severity.NOTE, message, f"If that is the page you mean, link to it: {visit.address[:150]}", fix
    return None


def _is_home(parts: SplitResult) -> bool:
    return bool(_HOME.fullmatch(parts.path)) and not parts.query


def _site(parts: SplitResult) -> str:
    return (parts.hostname or "").removeprefix("www.")
