"""Editions of one issue that no longer say the same: sections, dates, numbers, links that differ between languages."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from newsletter.nouns.draft import Edition, Kind, PartialDate, Path, Picture, Source, Value, entries
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity
from newsletter.reading.passages import NAMES_THINGS, Link, Passage, links, passages
from newsletter.texts.facts import Day, Fact, facts
from newsletter.texts.numerals import counts_in_words

NAME = "editions-drift"
ALIKE = (Kind.DATE, Kind.PARTIAL_DATE, Kind.TIME, Kind.NUMBER, Kind.FLAG, Kind.CHOICE, Kind.URL)
_NOWHERE = -1  # where a date stands that is a field's own: such are compared by themselves
LISTS = {Kind.ROWS: "rows", Kind.SOURCES: "sources", Kind.PEOPLE: "people"}
Said = tuple[Severity, str]
Found = tuple[Path, int | None, Severity, str]
"""The way to a value, how far into it, and what is to be said there."""
Given = Mapping[Path, Value]
_ADDRESS = re.compile(r"\]\([^()\s]*\)|https?://\S+|[^\s@]+@[^\s@]+|\{[^{}]*\}")


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning where an edition differs from the first; a note where only an address within one site does."""
    first, *others = dossier.editions
    hint = f"Compare it with {first.file}, and mend whichever is wrong."
    return [
        Problem(edition.place(path, offset), severity, NAME, message, hint)
        for edition in others
        for path, offset, severity, message in _compare(first, edition)
    ]


def _compare(first: Edition, other: Edition) -> Iterator[Found]:
    if other.send_on != first.send_on:
        message = f"This edition goes out on {other.send_on}, the one in {first.language} on {first.send_on}."
        yield ("send_on",), None, Severity.WARNING, message
    differing = _first_difference(first, other)
    if differing:
        yield differing
        return
    here, there = _comparable(other), _comparable(first)
    uneven = [path for path in here if path in there and _length(here[path]) != _length(there[path])]
    for path in sorted({*here, *there}, key=str):
        inside = any(path[: len(list_)] == list_ and path != list_ for list_ in uneven)
        said = None if inside else _said(path, here, there, first)
        if said:
            yield path, None, *said
    yield from _texts(first, other, uneven)
    yield from _links(first, other)


def _first_difference(first: Edition, other: Edition) -> Found | None:
    """Where the sections stop being of the same types; what comes after cannot be compared one by one."""
    for mine, theirs in zip(other.sections, first.sections, strict=False):
        if mine.type.name != theirs.type.name:
            message = f"Here stands a {mine.type.name}, in {first.file} at the same place a {theirs.listed}."
            return mine.path, None, Severity.WARNING, message
    if len(other.sections) == len(first.sections):
        return None
    longer, shorter = sorted((first, other), key=lambda edition: -len(edition.sections))
    extra = longer.sections[len(shorter.sections)]
    message = f"{shorter.file} ends before the {extra.listed}: it has {len(shorter.sections)} sections, the other {len(longer.sections)}."
    place = ("sections", len(other.sections) - 1) if longer is first else extra.path
    return place, None, Severity.WARNING, message


def _comparable(edition: Edition) -> Given:
    """What is the same in every language, by the way to it; under ``url`` all addresses of a page, in its languages."""
    found: dict[Path, Value] = {}
    for entry in entries(edition):
        if entry.field.kind is Kind.URL and isinstance(entry.value, str):
            path = (*entry.path[:-1], entry.field.name)
            found[path] = f"{found.get(path, '')} {entry.value}".strip()
        elif entry.field.kind in ALIKE or (entry.field.name in NAMES_THINGS and entry.field.kind is Kind.TEXT):
            found[entry.path] = entry.value
        elif isinstance(entry.value, Picture):
            found[(*entry.path, "file")] = entry.value.file
        elif entry.field.kind in LISTS:
            found[entry.path] = entry.value
        for number, source in enumerate(entry.value if entry.field.kind is Kind.SOURCES else ()):  # type: ignore[arg-type]  # sources are a tuple
            found |= _of_source(source, (*entry.path, number)) if isinstance(source, Source) else {}
    return found


def _of_source(source: Source, path: Path) -> dict[Path, Value]:
    given: dict[str, Value | None] = {
        "url": " ".join(filter(None, [source.url, *dict(source.urls).values()])),
        "date": source.date,
    }
    return {(*path, name): value for name, value in given.items() if value}


def _length(value: Value) -> int:
    return len(value) if isinstance(value, tuple) else 0


def _said(path: Path, given: Given, wanted: Given, first: Edition) -> Said | None:
    here, there = given.get(path), wanted.get(path)
    name = str(path[-1])
    if isinstance(here, tuple) and isinstance(there, tuple):
        what = f"“{name}” has {len(here)} parts here, and {len(there)} in {first.file}."
        return (Severity.WARNING, what) if len(here) != len(there) else None
    if here is None or there is None:
        shown = "" if isinstance(here or there, tuple) else f" ({_plain(here if there is None else there)})"
        if here is None:
            return Severity.WARNING, f"“{name}” is not given here, but in {first.file} it is{shown}."
        return Severity.WARNING, f"“{name}” is given here{shown}, but not in {first.file}."
    if here == there:
        return None
    if _is_address(here) and set(str(here).split()) & set(str(there).split()):
        return None  # one file has the page in more languages than the other
    same_site = _sites(here) & _sites(there)
    severity = Severity.NOTE if same_site or name == "file" else Severity.WARNING
    return severity, f"“{name}” is {_plain(here)} here, and {_plain(there)} in {first.file}."


def _plain(value: Value | None) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _is_address(value: Value) -> bool:
    return isinstance(value, str) and "://" in value


def _sites(value: Value) -> set[str]:
    return {urlsplit(one).hostname or one for one in str(value).split()} if _is_address(value) else set()


def _texts(first: Edition, other: Edition, uneven: list[Path]) -> Iterator[Found]:
    """Texts that are there in one language only; dates and numbers that stand in one, and nowhere in the other's section."""
    here, there = ({one.path: one for one in _translated(edition) if one.text.strip()} for edition in (other, first))
    for path in sorted({*here, *there}, key=str):
        if (path in here) != (path in there) and not any(path[: len(list_)] == list_ for list_ in uneven):
            given = path in here
            message = (
                f"“{path[-1]}” is given here, but not in {first.file}."
                if given
                else f"“{path[-1]}” is not given here, but in {first.file} it is."
            )
            body = (here.get(path) or there[path]).kind is Kind.MARKDOWN
            yield path, None, Severity.WARNING if body else Severity.NOTE, message
    in_words = counts_in_words(other.language) and counts_in_words(first.language)
    mine, theirs = _stated(other, in_words=in_words), _stated(first, in_words=in_words)
    for part in sorted({*mine, *theirs}, key=str):
        extra = list(_lacking(mine.get(part, []), theirs, part))
        lost = _each_once(_lacking(theirs.get(part, []), mine, part))
        pairs = _pairs(extra, lost)
        for (path, fact), (there_path, other_fact) in pairs:
            line = first.place(there_path, other_fact.offset).line
            message = f"{_quoted(fact)} stands here, but {_quoted(other_fact)} in {first.file}, line {line}."
            yield path, fact.offset, Severity.WARNING, message
        for path, fact in () if pairs else extra:
            yield path, fact.offset, Severity.WARNING, f"{_quoted(fact)} stands here, but not in {_where(first, part)}."
        for path, fact in () if pairs else lost:
            line = first.place(path, fact.offset).line
            message = f"{_quoted(fact)} stands in {first.file}, line {line}, but not here."
            yield path if path in here else part, None, Severity.WARNING, message


Told = tuple[Path, Fact]
Stated = Mapping[Path, list[Told]]


def _quoted(fact: Fact) -> str:
    """A fact's words on one line, without the full stop of its sentence."""
    return f"“{' '.join(fact.words.split()).rstrip('.')}”"


def _each_once(found: Iterator[Told]) -> list[Told]:
    by_meaning: dict[frozenset[str | Day], Told] = {}
    for path, fact in found:
        by_meaning.setdefault(fact.means, (path, fact))
    return list(by_meaning.values())


def _pairs(extra: list[Told], lost: list[Told]) -> list[tuple[Told, Told]]:
    """What stands here with what stands there in its stead: as many in the same text, dates for dates; else none."""
    if [_stead(one) for one in extra] != [_stead(one) for one in lost]:
        return []
    return list(zip(extra, lost, strict=True))


def _stead(one: Told) -> tuple[Path, bool]:
    path, fact = one
    return path, any(isinstance(mean, tuple) for mean in fact.means)


def _stated(edition: Edition, *, in_words: bool) -> Stated:
    """The facts of every section by the way to it; of subject and preheader, which tell of some section's, too."""
    found: dict[Path, list[Told]] = {}
    for one in _translated(edition):
        part = one.path[:2] if one.path[0] == "sections" else one.path[:1]
        said = facts(_without_addresses(one), edition.language, in_words=in_words)
        found.setdefault(part, []).extend((one.path, fact) for fact in said)
    for entry in entries(edition):
        if isinstance(entry.value, PartialDate | dt.date | dt.time):
            found.setdefault(entry.path[:2], []).append((entry.path, _of_date(entry.value)))
    return found


def _translated(edition: Edition) -> Iterator[Passage]:
    return (one for one in passages(edition) if one.kind not in ALIKE and one.path[-1] not in NAMES_THINGS)


def _of_date(value: PartialDate | dt.date | dt.time) -> Fact:
    if isinstance(value, dt.time):
        return Fact(str(value), _NOWHERE, frozenset({f"{value.hour}:{value.minute:02}"}))
    return Fact(str(value), _NOWHERE, frozenset({(value.year, value.month, value.day), str(value.year)}))


def _without_addresses(one: Passage) -> str:
    """The text with its addresses blank: their numbers are nobody's statement."""
    return _ADDRESS.sub(lambda found: " " * len(found[0]), one.text)


def _lacking(mine: list[Told], theirs: Stated, part: Path) -> Iterator[Told]:
    """Those of mine with which nothing of theirs agrees, in the same section; what a subject says may stand anywhere."""
    whole = part[0] != "sections"
    others = [fact for key, found in theirs.items() if key == part or whole for _, fact in found]
    for path, fact in mine:
        if fact.offset != _NOWHERE and not any(fact.agrees(other) for other in others):
            yield path, fact


def _where(first: Edition, part: Path) -> str:
    return f"this section of {first.file}" if part[0] == "sections" else first.file


def _links(first: Edition, other: Edition) -> Iterator[Found]:
    """Links in running text that lead where none does in the same section of the other edition, nor to its site."""
    for link in _without_match(other, first):
        message = f"The link to {link.url} stands here, but not in {_where(first, link.path)}."
        yield link.path, link.offset, Severity.WARNING, message
    for link in _without_match(first, other):
        line = first.place(link.path, link.offset).line
        message = f"The link to {link.url} stands in {first.file}, line {line}, but not here."
        yield link.path, None, Severity.WARNING, message


def _without_match(edition: Edition, against: Edition) -> Iterator[Link]:
    whole = {(link.path[:2], link.url) for link in links(against)}
    spare: dict[Path, list[str]] = {}
    for link in links(against):
        if link.offset is not None:
            spare.setdefault(link.path[:2], []).append(link.url)
    for link in links(edition):
        if link.offset is None or (link.path[:2], link.url) in whole:
            continue
        near = spare.get(link.path[:2], [])
        match = next((one for one in near if _sites(one) & _sites(link.url)), None)
        if match is None:
            yield link
        else:
            near.remove(match)
