"""Links with a mark in their address: one that tells whose letter or page it was copied from, or whose campaign it is.

What is told apart by name: ``fbclid``, ``mc_eid`` and such stand for a person or a click and are never wanted.
Campaign codes (``utm_source`` and such) may stay on the web sites that ``campaign_hosts`` in the profile names, as long
as they are the same for every reader.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from urllib.parse import unquote_plus, urlsplit, urlunsplit

from newsletter.nouns.draft import Edition
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity
from newsletter.reading.passages import Link, links, readdressed, where

NAME = "link-marks"
PERSONAL = frozenset({
    "_hsenc", "_hsmi", "__hsfp", "__hssc", "__hstc", "_kx", "_openstat", "ck_subscriber_id", "dclid", "dm_i", "epik",
    "elqtrackid", "fb_action_ids", "fb_source", "fbclid", "gbraid", "gclid", "gclsrc", "hsctatracking", "igsh",
    "igshid", "irclickid", "li_fat_id", "mc_cid", "mc_eid", "mkt_tok", "ml_subscriber", "ml_subscriber_hash",
    "msclkid", "oly_anon_id", "oly_enc_id", "rb_clickid", "s_cid", "sc_eid", "srsltid", "ss_email_id", "ttclid",
    "twclid", "vero_conv", "vero_id", "wbraid", "wickedid", "yclid",
})  # fmt: skip
"""Parts of an address by which its site knows whose letter or page it was copied from."""
SHARED = frozenset({"si", "feature", "pp"})
"""The same, on the sites of SHARING alone: elsewhere these names mean something."""
SHARING = ("youtube.com", "youtu.be", "spotify.com")
CAMPAIGN = re.compile(r"utm_\w+|mtm_\w+|pk_(campaign|kwd|source|medium|content)|at_(campaign|medium|custom\d)")
"""Parts of an address by which its site counts who came by which letter."""


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning for each address with such a mark; taking it away is all it needs."""
    allowed = dossier.profile.campaign_hosts
    return [problem for edition in dossier.editions for problem in _look_at(edition, allowed)]


def _look_at(edition: Edition, allowed: tuple[str, ...]) -> Iterator[Problem]:
    for link in links(edition):
        personal, campaign = _marks(link.url, allowed)
        if personal:
            message = (
                f"The address carries a mark ({_listed(personal)}) that tells whose letter or page it was copied from."
            )
            yield _problem(edition, link, message, (*personal, *campaign), "")
        elif campaign:
            message = f"The address carries campaign codes ({_listed(campaign)}), by which a site counts your readers."
            host = urlsplit(link.url).hostname
            hint = f" or, if your group wants them, write in issues/newsletter.yaml: campaign_hosts: [{host}]"
            yield _problem(edition, link, message, campaign, hint)


def _problem(edition: Edition, link: Link, message: str, marks: tuple[str, ...], more: str) -> Problem:
    clean = _without(link.url, marks)
    short = clean if len(clean) <= LONGEST_SHOWN else "the address without it"
    fix = readdressed(edition, link, clean)
    return Problem(where(edition, link), Severity.WARNING, NAME, message, f"Use {short}{more}", fix)


LONGEST_SHOWN = 120  # characters of an address that a hint repeats


def _marks(url: str, allowed: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names of personal marks and of campaign codes in an address, each once."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return (), ()
    if parts.scheme not in ("http", "https"):
        return (), ()
    names = dict.fromkeys(map(_name, parts.query.split("&")))
    shared = SHARED if _within(host, SHARING) else frozenset()
    personal = tuple(name for name in names if name.casefold() in PERSONAL | shared)
    free = _within(host, allowed)
    return personal, () if free else tuple(name for name in names if CAMPAIGN.fullmatch(name.casefold()))


def _name(part: str) -> str:
    return unquote_plus(part.partition("=")[0])


def _within(host: str, sites: tuple[str, ...]) -> bool:
    """Whether a host is one of these, or a part of one."""
    return any(host == site or host.endswith(f".{site.removeprefix('www.')}") for site in sites)


def _without(url: str, marks: tuple[str, ...]) -> str:
    """The address without these parts, each other letter as it was."""
    parts = urlsplit(url)
    kept = [part for part in parts.query.split("&") if _name(part) not in marks]
    return urlunsplit(parts._replace(query="&".join(kept)))


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(names[:3]) + (" ..." if len(names) > 3 else "")  # noqa: PLR2004 - enough to know them by
