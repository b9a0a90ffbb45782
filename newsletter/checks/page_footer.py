"""Facts about the organisation that the profile holds, and that one's own frame no longer says to readers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from newsletter.nouns.draft import Organisation
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity
from newsletter.seen.page import FRAME, words
from newsletter.seen.told import Found, Sheet, told

NAME = "page-footer"


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """An error for each: law asks every letter to say them (PECR reg. 23-24, Charities Act 2011 s.194)."""
    return told(dossier, NAME, _look)


def _look(sheet: Sheet) -> Iterator[Found]:
    body = sheet.seen.root.find("body")
    said = words(body).casefold() if body is not None else ""
    links = {_plain((one.get("href") or "").removeprefix("mailto:")) for one, _ in sheet.seen.all("a")}
    facts = _facts(sheet.profile.organisation, sheet.rendered.language)
    missing = [what for what, fact in facts if _plain(fact) not in links and _plain(fact) not in said]
    if missing:
        message = f"The letter does not say what the law wants readers to find, though the profile has it: {', '.join(missing)}."
        hint = "let the footer show {{ parts_of.legal() }}, as the frame that comes with the program does."
        yield Found(FRAME, message, hint, Severity.ERROR)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold().rstrip("/")


def _facts(organisation: Organisation, language: str) -> Iterator[tuple[str, str]]:
    yield "the legal name", organisation.legal
    yield "the charity's number", organisation.charity_number
    yield "the postal address", organisation.postal_address
    yield "the privacy notice", organisation.privacy_url.into(language)
    yield "where one complains", organisation.complaints
