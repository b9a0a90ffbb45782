"""Editions of one issue that no longer say the same: sections, dates and addresses that differ between languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from newsletter.nouns.draft import Edition, Kind, Path, Picture, Section, Value, entries
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity

NAME = "editions-drift"
ALIKE = (Kind.DATE, Kind.PARTIAL_DATE, Kind.TIME, Kind.NUMBER, Kind.FLAG, Kind.CHOICE, Kind.URL)
SAME_WORDS = ("id", "country", "case")  # fields of text that name things, and so are not translated
Found = tuple[Path, Severity, str]


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning where an edition differs from the first; a note where only an address within one site does."""
    first, *others = dossier.editions
    hint = f"Compare it with {first.file}, and mend whichever is wrong."
    return [
        Problem(edition.place(path), severity, NAME, message, hint)
        for edition in others
        for path, severity, message in _compare(first, edition)
    ]


def _compare(first: Edition, other: Edition) -> Iterator[Found]:
    if other.send_on != first.send_on:
        message = f"This edition goes out on {other.send_on}, the one in {first.language} on {first.send_on}."
        yield ("send_on",), Severity.WARNING, message
    differing = _first_difference(first, other)
    if differing:
        yield differing
        return
    here, there = _comparable(other), _comparable(first)
    for path in sorted({*here, *there}, key=str):
        if here.get(path) != there.get(path):
            yield path, *_said(path, here.get(path), there.get(path), first)


def _first_difference(first: Edition, other: Edition) -> Found | None:
    """Where the sections stop being of the same types; what comes after cannot be compared one by one."""
    for mine, theirs in zip(other.sections, first.sections, strict=False):
        if mine.type.name != theirs.type.name:
            message = f"Here stands a {mine.type.name}, in {first.file} at the same place a {_named(theirs)}."
            return mine.path, Severity.WARNING, message
    if len(other.sections) == len(first.sections):
        return None
    longer, shorter = sorted((first, other), key=lambda edition: -len(edition.sections))
    extra = longer.sections[len(shorter.sections)]
    message = f"{shorter.file} ends before the {_named(extra)}: it has {len(shorter.sections)} sections, the other {len(longer.sections)}."
    return ("sections", len(other.sections) - 1) if longer is first else extra.path, Severity.WARNING, message


def _named(section: Section) -> str:
    return f"{section.type.name} “{section.title}”" if section.title else section.type.name


def _comparable(edition: Edition) -> Mapping[Path, Value]:
    found: dict[Path, Value] = {}
    for entry in entries(edition):
        if entry.field.kind in ALIKE or (entry.field.name in SAME_WORDS and entry.field.kind is Kind.TEXT):
            found[entry.path] = entry.value
        elif isinstance(entry.value, Picture):
            found[(*entry.path, "file")] = entry.value.file
    return found


def _said(path: Path, here: Value | None, there: Value | None, first: Edition) -> tuple[Severity, str]:
    name = str(path[-1])
    if here is None or there is None:
        which = "is not given here" if here is None else f"is given here ({here})"
        but = f"{first.file} has {there}" if here is None else f"{first.file} has none"
        return Severity.WARNING, f"“{name}” {which}, but {but}."
    same_site = _site(here) == _site(there) != ""
    severity = Severity.NOTE if same_site or name == "file" else Severity.WARNING
    return severity, f"“{name}” is {_plain(here)} here, and {_plain(there)} in {first.file}."


def _plain(value: Value) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _site(value: Value) -> str:
    return (urlsplit(value).hostname or "") if isinstance(value, str) and "://" in value else ""
