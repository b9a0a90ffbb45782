"""Links that lead nowhere or to the wrong place: broken, to one's own computer, shortened, or marked with somebody's name."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity
from newsletter.reading import links, no_links

NAME = "link-syntax"
SCHEMES = ("https", "http", "mailto", "tel")
PERSONAL = frozenset({
    "_hsenc", "_hsmi", "ck_subscriber_id", "dm_i", "elqtrackid", "fbclid", "gclid", "igshid", "mc_cid", "mc_eid",
    "mkt_tok", "ml_subscriber", "ml_subscriber_hash", "msclkid", "oly_anon_id", "oly_enc_id", "sc_eid", "si",
    "twclid", "vero_id", "wickedid", "yclid",
})  # fmt: skip
"""Parts of an address by which its site knows whose letter or page it was copied from."""
SHORTENERS = frozenset({
    "bit.ly", "buff.ly", "goo.gl", "is.gd", "lnkd.in", "ow.ly", "rb.gy", "shorturl.at", "t.co", "t.ly", "tiny.cc",
    "tinyurl.com",
})  # fmt: skip
_HERE = re.compile(r"localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[?::1\]?|[^.]*|.*\.local", re.IGNORECASE)
_MAILBOX = re.compile(r"[^@\s?]+@[^@\s?]+\.[^@\s?.]+")
Said = tuple[Severity, str, str]


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """An error where a link cannot work, a warning where it can but should not stand there so."""
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
    if scheme:
        message = f"A link to {scheme}: cannot be followed from a letter."
        return Severity.ERROR, message, "Links begin with https://, http://, mailto: or tel:."
    begin = "mailto:" if _MAILBOX.fullmatch(url) else "https://"
    return Severity.ERROR, f"The address {url} lacks its beginning.", f"Write {begin}{url.lstrip('/')}"


def _unwelcome(url: str, host: str) -> Said | None:
    if _HERE.fullmatch(host):
        hint = "Give the address under which readers find the page."
        return Severity.ERROR, f"The address {url} leads to your own computer, or nowhere.", hint
    if host.removeprefix("www.") in SHORTENERS:
        message = f"{host} hides where the link leads and counts who follows it."
        return Severity.WARNING, message, "Open it, and copy the full address from the browser's address line."
    parts = urlsplit(url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in query if name.casefold() not in PERSONAL]
    if len(kept) < len(query):
        marks = ", ".join(name for name, _ in query if name.casefold() in PERSONAL)
        message = f"The address carries a mark ({marks}) that says whose letter or page it was copied from."
        return Severity.WARNING, message, f"Use {urlunsplit(parts._replace(query=urlencode(kept)))}"
    return None
