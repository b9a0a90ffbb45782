"""Facts about the organisation that law and good custom put into every letter, missing from the profile."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from newsletter.nouns.draft import Path, Profile
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity

NAME = "organisation-facts"
FACTS: dict[tuple[str, str], tuple[str, str]] = {
    ("organisation", "name"): ("the name of your organisation", "Example Rights UK"),
    ("organisation", "legal"): ("its full legal name and form", "Example Rights UK, a company limited by guarantee"),
    ("organisation", "postal_address"): ("its postal address", "1 Example Street, London EC1A 1AA"),
    ("organisation", "privacy_url"): ("the address of its privacy notice", "https://example.org/privacy"),
    ("organisation", "complaints"): ("where one complains about the use of one's data", "data@example.org"),
    ("sender", "name"): ("the name letters come from", "Peru coordination, Example Rights UK"),
    ("sender", "address"): ("the address letters come from", "peru@example.org"),
}
_NO_REPLY = re.compile(r"(no|do-?not|dont)[-_.]?reply\b|(no|sin)[-_.]?(responder|respuesta)\b", re.IGNORECASE)
_ADDRESS = re.compile(r"[^@\s<>,;:\"]+@[^@\s<>,;:\"]+\.[^@\s<>,;:\".]+")
_LIST_ID = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+", re.IGNORECASE)
LIST_ID_OCTETS = 255  # RFC 2919 section 3


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """An error for each fact that is missing or cannot be used (PECR reg. 23; DPA 2018 s.164A; RFC 2919)."""
    profile = dossier.profile
    return [
        Problem(profile.place(path), severity, NAME, message, hint)
        for path, severity, message, hint in (*_missing(profile), *_unusable(profile), *_unnamed(profile))
    ]


def _missing(profile: Profile) -> Iterator[tuple[Path, Severity, str, str]]:
    for (group, name), (what, example) in FACTS.items():
        value = getattr(getattr(profile, group), name)
        if not value or not str(value).strip():
            message = f"{what[0].upper()}{what[1:]} is missing; every letter has to say it."
            if group == "sender":
                message = f"{what[0].upper()}{what[1:]} is missing."
            written = (group, name) in profile.places  # a new folder has the line, with nothing in it
            way = f"Write it between the quotes: {name}: " if written else f"Under {group}: add a line such as {name}: "
            yield (group, name), Severity.ERROR, message, f'{way}"{example}"' if written else f"{way}{example}"


def _unusable(profile: Profile) -> Iterator[tuple[Path, Severity, str, str]]:
    for name in ("address", "reply_to"):
        address = getattr(profile.sender, name).strip()
        if address and not _ADDRESS.fullmatch(address):
            yield ("sender", name), Severity.ERROR, f"{address} is not an e-mail address.", "peru@example.org is one."
        elif _NO_REPLY.match(address):
            message = f"{address} cannot be answered; readers, and people who want to leave the list, must be heard."
            yield ("sender", name), Severity.ERROR, message, "Give the address of a mailbox that somebody reads."
    list_id = profile.sender.list_id.strip()
    if list_id and (not _LIST_ID.fullmatch(list_id) or len(list_id) > LIST_ID_OCTETS):
        message = f"{list_id} cannot name a list."
        hint = "Take letters, digits and hyphens with points between, ending in your domain: peru.news.example.org"
        yield ("sender", "list_id"), Severity.ERROR, message, hint
    if not list_id:
        message = "The list has no name of its own, so mail programs are given one made of the sender's address."
        hint = "Choose one in a domain of yours and keep it for ever, under sender: list_id: peru.news.example.org"
        yield ("sender", "list_id"), Severity.NOTE, message, hint


def _unnamed(profile: Profile) -> Iterator[tuple[Path, Severity, str, str]]:
    sender, organisation = profile.sender.name, profile.organisation.name
    if sender.strip() and organisation.strip() and organisation.casefold() not in sender.casefold():
        message = f"The letters come from “{sender}”, which does not name {organisation}."
        hint = f"Strangers trust a letter more that says who it is from: “{sender}, {organisation}”"
        yield ("sender", "name"), Severity.NOTE, message, hint
