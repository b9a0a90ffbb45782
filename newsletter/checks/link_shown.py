"""Links whose words are an address, and which lead to another: what a reader sees is not where she gets."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import urlsplit

from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity
from newsletter.reading.passages import links, where

NAME = "link-shown"
_SHOWN = re.compile(r"(?:(?P<scheme>https?)://)?(?P<host>(?:[\w-]+\.)+[a-z]{2,})(?P<rest>[/?#]\S*)?", re.IGNORECASE)
_MAILBOX = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_EDGE = " \t\n.,;:!?()“”\"'"
_ENDINGS = frozenset({
    "ar", "at", "be", "bo", "br", "ca", "ch", "cl", "co", "com", "cr", "cu", "de", "do", "ec", "edu", "es", "eu", "fr",
    "gob", "gov", "gt", "hn", "ie", "info", "int", "io", "it", "mil", "mx", "net", "ni", "nl", "org", "pa", "pe", "pt",
    "py", "sv", "uk", "us", "uy", "ve",
})  # fmt: skip
"""How names of sites end that people type without https:// before them; “EE.UU” and “Node.js” are none."""


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning for each: mail programs take such a letter for a fraud, and so do careful readers."""
    problems = []
    for edition in dossier.editions:
        for link in links(edition):
            shown, real = _shown(link.words or ""), _real(link.url)
            if shown and real and not _alike(shown, real):
                message = f"The words show {shown}, and the link leads to {real}: that is how frauds look."
                hint = "Let the words name what one finds there, or link to the address that they show."
                problems.append(Problem(where(edition, link), Severity.WARNING, NAME, message, hint))
    return problems


def _alike(shown: str, real: str) -> bool:
    """Whether both are the same, or one is a part of the other's site."""
    return shown == real or real.endswith(f".{shown}") or ("@" not in real and shown.endswith(f".{real}"))


def _shown(words: str) -> str:
    """The host, or the mailbox, that the words of a link show; "" where they are no address."""
    words = words.strip(_EDGE)
    if _MAILBOX.fullmatch(words):
        return words.casefold()
    found = _SHOWN.fullmatch(words)
    if not found or not (found["scheme"] or found["host"].rpartition(".")[2].casefold() in _ENDINGS):
        return ""
    return found["host"].casefold().removeprefix("www.")


def _real(url: str) -> str:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return ""
    if parts.scheme == "mailto":
        return parts.path.casefold()
    return host.removeprefix("www.")
