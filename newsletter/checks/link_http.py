"""Links by ``http://``: on the way anybody can read along which page somebody opens, and change it."""

from __future__ import annotations

import datetime as dt
import re

from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity
from newsletter.reading.passages import links, readdressed, where

NAME = "link-http"
PLAIN = "http://"
_PUBLIC = re.compile(r"http://[^/]*\.[a-z]", re.IGNORECASE)


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A note for each; nearly every site is there by ``https://`` too."""
    return [
        Problem(
            where(edition, link),
            Severity.NOTE,
            NAME,
            f"{link.url[:80]} is fetched in the open: others on the same network see who reads it.",
            f"Open https://{link.url[len(PLAIN) :][:80]} in your browser; if the page comes, use that address.",
            readdressed(edition, link, f"https://{link.url[len(PLAIN) :]}"),
        )
        for edition in dossier.editions
        for link in links(edition)
        if _PUBLIC.match(link.url)
    ]
