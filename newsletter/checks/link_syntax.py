"""Links that lead nowhere: broken, to one's own computer or network, or to a part of the letter that is not there."""

from __future__ import annotations

import datetime as dt
import ipaddress
import re
from urllib.parse import urlsplit

from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity
from newsletter.reading.passages import links, no_links

NAME = "link-syntax"
SCHEMES = ("https", "http", "mailto", "tel")
_HERE = re.compile(r"[^.:]*|.*\.(local|localhost|internal|lan|home\.arpa|test|invalid)", re.IGNORECASE)
_MAILBOX = re.compile(r"[^@\s?]+@[^@\s?]+\.[^@\s?.]+")
Said = tuple[Severity, str, str]


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """An error for each: it cannot work."""
    problems = []
    for edition in dossier.editions:
        for text, path, offset in no_links(edition):
            message = f"“{text}” looks like a link, but is none: readers would see the brackets."
            hint = "A link is written [words](https://...), without a space between the brackets or in the address."
            problems.append(Problem(edition.place(path, offset), Severity.ERROR, NAME, message, hint))
        for link in links(edition):
            said = _wrong(link.url)
            if said:
                severity, message, hint = said
                problems.append(Problem(edition.place(link.path, link.offset), severity, NAME, message, hint))
    return problems


def _wrong(url: str) -> Said | None:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return (
            Severity.ERROR,
            f"The address {url} cannot be read.",
            "Copy it once more from the browser's address line.",
        )
    if re.search(r"\s|%20$", url):
        return Severity.ERROR, f"The address {url} has a space in it.", "Take the space out, or write %20 for it."
    if parts.scheme == "mailto" and not _MAILBOX.fullmatch(parts.path):
        return Severity.ERROR, f"{url} is not an e-mail address.", "One is written mailto:peru@example.org"
    if parts.scheme in ("http", "https"):
        return _unwelcome(url, host)
    return None if parts.scheme in SCHEMES else _no_scheme(url, parts.scheme)


def _no_scheme(url: str, scheme: str) -> Said:
    if url.startswith("#"):
        message = f"A link to {url}, a part of the letter: nothing in it bears that name, so nobody gets anywhere."
        return Severity.ERROR, message, "Say in words where it stands (“further down”), or link to a page."
    if scheme:
        message = f"A link to {scheme}: cannot be followed from a letter."
        return Severity.ERROR, message, "Links begin with https://, http://, mailto: or tel:."
    begin = "mailto:" if _MAILBOX.fullmatch(url) else "https://"
    return Severity.ERROR, f"The address {url} lacks its beginning.", f"Write {begin}{url.lstrip('/')}"


def _unwelcome(url: str, host: str) -> Said | None:
    if not _here(host):
        return None
    hint = "Give the address under which readers find the page."
    return Severity.ERROR, f"The address {url} leads to your own computer or network, or nowhere.", hint


def _here(host: str) -> bool:
    """Whether a name or number leads to this machine or into a network that is nobody else's."""
    if _HERE.fullmatch(host):
        return True
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return False
