"""E-mail addresses and mobile numbers of private people in a letter, which stays in a thousand mailboxes for ever.

The organisation's own addresses, offices (info@, press@) and those to whom an urgent action is written are left alone.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from newsletter.nouns.draft import Edition, Path, Profile
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity
from newsletter.reading.passages import links, passages

NAME = "private-contact"
ADDRESSEES = "addressees"
FREE = re.compile(
    r"(gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|me|mac|aol|gmx|web|proton|protonmail|tutanota|mail)"
    r"\.(com|[a-z]{2}|co\.[a-z]{2}|com\.[a-z]{2}|net|me)"
)
_MAILBOX = re.compile(r"(?<![\w.+-])([\w.+-]+)@((?:[\w-]+\.)+[a-z]{2,})", re.IGNORECASE)
_PERSON = re.compile(r"[^\W\d_]{2,}[._-][^\W\d_]{2,}|[^\W\d_][._][^\W\d_]{3,}")
_OFFICE = re.compile(
    r"(info|contact|press|media|office|complaints|data|privacy|support|hello|mail|admin|urgent|news|events|team|consulate"
    r"|embassy|embajada|consulado|contacto|prensa|secretar|mesa|quejas|peru|comunica|unsubscribe|leave|list|write|letters"
    r"|lawyers|minist|prosecut|fiscal|ombuds|defensor|congres|court|tribunal).*",
    re.IGNORECASE,
)
_MOBILE = re.compile(
    r"(?<![\w/.])(?:(?:\+|00)(?:44[ (0)]*7|51[ -]*9|34[ -]*[67]|49[ -]*1[567]|33[ -]*[67]|57[ -]*3|54[ -]*9|52[ -]*1)|07\d)[\d ()-]{7,14}\d(?!\w)"
)
_CHAT = ("wa.me", "api.whatsapp.com", "t.me", "signal.me")


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning for each, once."""
    return [problem for edition in dossier.editions for problem in _look_at(edition, _ours(dossier.profile))]


def _ours(profile: Profile) -> frozenset[str]:
    """The domains of the organisation, but none where anybody has a mailbox."""
    sender, organisation = profile.sender, profile.organisation
    written = (sender.address, sender.reply_to, organisation.complaints, profile.leave_by_mail)
    domains = {one.rpartition("@")[2].casefold() for one in written if "@" in one}
    return frozenset(one for one in domains if not FREE.fullmatch(one))


def _look_at(edition: Edition, ours: frozenset[str]) -> Iterator[Problem]:
    told: set[str] = set()
    for contact, path, offset in _contacts(edition):
        if ADDRESSEES in path or contact.casefold() in told or _official(contact, ours):
            continue
        told.add(contact.casefold())
        what = "the e-mail address" if "@" in contact else "the number"
        message = f"{contact} looks like {what} of a private person, and a letter cannot be called back."
        hint = "Leave it out, and offer your own address: you can pass words on. If it is an office's, it may stay."
        yield Problem(edition.place(path, offset), Severity.WARNING, NAME, message, hint)


def _contacts(edition: Edition) -> Iterator[tuple[str, Path, int | None]]:
    for passage in passages(edition):
        for pattern in (_MAILBOX, _MOBILE):
            yield from ((found[0].strip(), passage.path, found.start()) for found in pattern.finditer(passage.text))
    for link in links(edition):
        try:
            parts = urlsplit(link.url)
            host = parts.hostname or ""
        except ValueError:
            continue
        if parts.scheme == "mailto" and "@" in parts.path:
            yield unquote(parts.path), link.path, link.at
        elif host in _CHAT and re.fullmatch(r"/\+?\d{8,}", parts.path):
            yield parts.path.strip("/"), link.path, link.at


def _official(contact: str, ours: frozenset[str]) -> bool:
    name, _, domain = contact.casefold().partition("@")
    if not domain:
        return False
    if any(domain == one or domain.endswith(f".{one}") for one in ours):
        return True
    return not FREE.fullmatch(domain) and (bool(_OFFICE.fullmatch(name)) or not _PERSON.fullmatch(name))
