"""Links that go by way of somebody who counts who follows them: shorteners, and what Facebook, Google or a mail filter put before the real address."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import urlsplit

from newsletter.detours import without_detour
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
    real = without_detour(link.url)
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
