"""Links that go by way of somebody who counts who follows them: shorteners, and what Facebook, Google or a mail filter put before the real address."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import SplitResult, parse_qs, quote, unquote, urlsplit

from newsletter.nouns.draft import Edition
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity
from newsletter.reading.passages import Link, links, readdressed, where

NAME = "link-detour"
SHORTENERS = frozenset({
    "amzn.to", "bit.do", "bit.ly", "buff.ly", "cutt.ly", "dlvr.it", "fb.me", "goo.gl", "ift.tt", "is.gd", "lnkd.in",
    "ow.ly", "rb.gy", "rebrand.ly", "shorturl.at", "smarturl.it", "t.co", "t.ly", "tiny.cc", "tinyurl.com", "trib.al",
    "v.gd", "wp.me",
})  # fmt: skip
_BEFORE: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), name)
    for pattern, name in (
        (r"lm?\.(facebook|instagram)\.com/(l\.php)?", "u"),
        (r"(www\.)?facebook\.com/l\.php", "u"),
        (r"www\.google(\.[a-z]{2,3}){1,2}/url", "url"),
        (r"www\.google(\.[a-z]{2,3}){1,2}/url", "q"),
        (r"[\w.]*safelinks\.protection\.outlook\.com/.*", "url"),
        (r"(www\.)?linkedin\.com/(redir/redirect|safety/go)", "url"),
        (r"www\.youtube\.com/redirect", "q"),
        (r"duckduckgo\.com/l/", "uddg"),
        (r"out\.reddit\.com/.*", "url"),
        (r"t\.umblr\.com/redirect", "z"),
        (r"vk\.com/away\.php", "to"),
        (r"www\.bing\.com/ck/a", "r"),
    )
)
"""Who puts himself before an address: host and path, and the part in which the real one stands."""
_PROOFPOINT = re.compile(r"urldefense\.com/v3/__(https?:/{1,2}[^*]+?)__;.*")
_COUNTS = re.compile(
    r"([\w.-]+\.)?(list-manage\.com/track|hubspotlinks\.com|ct\.sendgrid\.net|mjt\.lu/lnk|rs6\.net/tn\.jsp"
    r"|sendibt\d\.com/tr|cmail\d+\.com/t|createsend\d*\.com/t|urldefense\.(com|proofpoint\.com))(/.*|)"
)
"""Hosts of newsletter programs that note who follows, and do not say where to."""


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning for each; where the real address stands in the other, it can be put in its place."""
    found = (_look_at(edition, link) for edition in dossier.editions for link in links(edition))
    return [problem for problem in found if problem]


def _look_at(edition: Edition, link: Link) -> Problem | None:
    try:
        parts = urlsplit(link.url)
        host = parts.hostname or ""
    except ValueError:
        return None
    if parts.scheme not in ("http", "https"):
        return None
    place = where(edition, link)
    real = _real(link.url, parts, host)
    if real:
        message = (
            f"The link goes by way of {host}, which notes who follows it, and only then to {urlsplit(real).hostname}."
        )
        hint = f"Use {real}" if len(real) <= LONGEST_SHOWN else f"Use the part that starts with {real[:LONGEST_SHOWN]}"
        return Problem(place, Severity.WARNING, NAME, message, hint, readdressed(edition, link, real))
    if host.removeprefix("www.") in SHORTENERS or _COUNTS.fullmatch(host + parts.path):
        message = f"{host} hides where the link leads and counts who follows it."
        hint = "Open it, and copy the full address from the browser's address line."
        return Problem(place, Severity.WARNING, NAME, message, hint)
    return None


LONGEST_SHOWN = 120  # characters of an address that a hint repeats


def _real(url: str, parts: SplitResult, host: str) -> str:
    """The address that stands within another; "" where there is none that could be used as it is."""
    found = [one for pattern, name in _BEFORE if pattern.fullmatch(host + parts.path) for one in _part(parts, name)]
    if wrapped := _PROOFPOINT.fullmatch(url.partition("://")[2]):
        found.append(re.sub(r":/+", "://", wrapped[1], count=1))
    for one in found:
        address = quote(one, safe="%:/?#@!$&*+;=._~'-")
        try:
            inner = urlsplit(address)
            named = "." in (inner.hostname or "")
        except ValueError:
            continue
        if inner.scheme in ("http", "https") and named:
            return address
    return ""


def _part(parts: SplitResult, name: str) -> list[str]:
    found = parse_qs(parts.query, max_num_fields=None).get(name, [])
    return [unquote(one) if re.match(r"https?%3a", one, re.IGNORECASE) else one for one in found]
