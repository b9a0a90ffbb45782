"""Numbers, dates, names and quotations that stand in none of the kept sources behind their section.

A source is kept by ``newsletter clip``, or as a note of your own in ``issues/clippings/``. It stands behind a section
that names its address, and behind the issues that it names itself. What is changed in a quotation stands in square
brackets: ``[...]`` for words left out, ``[the bill]`` for words put in.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from newsletter.nouns.clipping import Clipping
from newsletter.nouns.draft import Edition, Entry, Kind, PartialDate, Path, Picture, Profile, entries
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity
from newsletter.reading.held import Known, behind, counted, holds_fact, holds_quotation, instead, known, lacking
from newsletter.reading.passages import BUTTON, NAMES_THINGS
from newsletter.texts.facts import Fact, stated
from newsletter.texts.names import names
from newsletter.texts.quotations import Quotation, parts, quotations

NAME = "facts-in-sources"
NOT_SAID = (*NAMES_THINGS, BUTTON)
"""Fields of text that name things for the program, or say what a button does."""
_NOT_READ = re.compile(r"TO REWRITE|\]\([^()\s]*\)|https?://\S+|[^\s@(]+@[^\s@)]+|\{[^{}]*\}|[*_`]+|^#+|(?<=\n)#+")
_WORDS = re.compile(r"[^\W_]+")
MOST_NAMED = 3
KEEP_ONE = (
    "Compare it, and mend it; or clip the article that says so, on the start page or with: newsletter clip ADDRESS"
)


Found = tuple[object, Problem]
"""What is lacking, alike wherever the same is, and the problem."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text of an edition as it is looked through: of the same length, without addresses and marks."""

    words: str
    path: Path
    quoted: bool = False  # the whole of it is somebody's own words


@dataclass(frozen=True)
class Desk:
    """The sources behind a part of an edition, opened."""

    edition: Edition
    kept: tuple[Clipping, ...]
    familiar: frozenset[str]

    @property
    def opened(self) -> list[Known]:
        """What they state."""
        return [known(one, self.edition.language) for one in self.kept]

    @property
    def same_language(self) -> bool:
        """Whether one of them is in the edition's language, so that words can be compared."""
        return any(one.language in ("", self.edition.language) for one in self.kept)

    @property
    def titles(self) -> str:
        """Their titles, as far as one reads them."""
        more = len(self.kept) - MOST_NAMED
        named = ", ".join(f"“{one.title}”" for one in self.kept[:MOST_NAMED])
        return f"{named} and {more} more" if more > 0 else named


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning for a number, date or quotation, a note for a name; one note where nothing could be compared."""
    if not dossier.sources:
        return []
    familiar = _familiar(dossier.profile)
    problems: list[Problem] = []
    for edition in dossier.editions:
        sources, dates = behind(edition, dossier.sources), _dates(edition)
        every = tuple(dict.fromkeys(one for kept in sources.values() for one in kept))
        found: list[Found] = []
        for path, texts in _texts(edition).items():
            kept = sources.get(path, every)
            if kept:
                found += _look(Desk(edition, kept, familiar), texts, dates.get(path, ()))
        problems += _once(found)
    return problems or _nothing_to_compare(dossier)


def _once(found: Sequence[Found]) -> Iterator[Problem]:
    """The same thing told once an edition, where a section says it if one does; with the lines in which it stands too."""
    same: dict[object, list[Problem]] = {}
    for key, problem in found:
        same.setdefault(key, []).append(problem)
    for problems in same.values():
        first, *more = sorted(problems, key=lambda one: (one.place.line, one.place.column))
        lines = ", ".join(str(line) for line in sorted({one.place.line for one in more} - {first.place.line}))
        also = f" It stands in line {lines} too." if lines else ""
        yield replace(first, hint=f"{first.hint}{also}")


def _look(desk: Desk, texts: Sequence[Text], dates: Sequence[tuple[Path, Fact]]) -> Iterator[Found]:
    for path, fact in dates:
        yield from ((fact.means, problem) for problem in _fact(desk, fact, path, None, ""))
    told: set[str] = set()
    for text in texts:
        for fact in stated(text.words, desk.edition.language):
            if not fact.loose and fact.words not in told:
                told.add(fact.words)
                problems = _fact(desk, fact, text.path, fact.offset, counted(text.words, fact))
                yield from ((fact.means, problem) for problem in problems)
        yield from ((problem.message, problem) for problem in (*_quotations(desk, text), *_names(desk, text, told)))


def _fact(desk: Desk, fact: Fact, path: Path, offset: int | None, what: str) -> Iterator[Problem]:
    opened = desk.opened
    if any(holds_fact(one, fact) for one in opened):
        return
    says = ((instead(one, what), kept.title) for one, kept in zip(opened, desk.kept, strict=True))
    other = next((f"“{title}” says {words}. " for words, title in says if words), "")
    message = f"{fact.words}{f' {what}' if what else ''}: in none of the sources kept for it ({desk.titles})."
    yield Problem(desk.edition.place(path, offset), Severity.WARNING, NAME, message, f"{other}{KEEP_ONE}")


def _quotations(desk: Desk, text: Text) -> Iterator[Problem]:
    opened = desk.opened
    for one in [Quotation(text.words.strip(), 0)] if text.quoted else quotations(text.words):
        if not parts(one.words) or any(holds_quotation(source, one.words) for source in opened):
            continue
        message = f"“{_short(one.words)}” stands so in none of the sources kept for it ({desk.titles})."
        hint = "A quotation is letter for letter; put what you changed in square brackets: [...] for words left out, [the bill] for words put in."
        severity = Severity.WARNING
        if not desk.same_language:
            severity, hint = (
                Severity.NOTE,
                "The source is in another language: look whether the translation says the same.",
            )
        yield Problem(desk.edition.place(text.path, one.offset), severity, NAME, message, hint)


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:57].rstrip()}..."  # noqa: PLR2004 - a line of a console


def _names(desk: Desk, text: Text, told: set[str]) -> Iterator[Problem]:
    if text.quoted or not desk.same_language or _is_in_title_case(text.words):
        return
    opened = desk.opened
    for name in names(text.words, desk.edition.language):
        if (known_as := f"{name.words}{name.first}") in told:
            continue
        told.add(known_as)
        missing = lacking(name, opened, desk.familiar, desk.edition.language)
        if missing and name.words not in told:
            told.add(name.words)
            which = "" if len(missing) == len(_WORDS.findall(name.words)) else f" (not {', '.join(missing)})"
            message = f"{name.words}: in none of the sources kept for it{which}."
            place = desk.edition.place(text.path, name.offset)
            yield Problem(
                place, Severity.NOTE, NAME, message, f"Look whether it is spelt right. Looked at: {desk.titles}."
            )


def _is_in_title_case(text: str) -> bool:
    """Whether Every Word Has a Capital, which then tells nothing."""
    words = [word for word in _WORDS.findall(text) if len(word) > len("for")]
    return len(words) > MOST_NAMED and all(word[0].isupper() for word in words)


def _texts(edition: Edition) -> dict[Path, list[Text]]:
    """What is looked through, by the section that it stands in; the subject and the line after it by themselves."""
    found: dict[Path, list[Text]] = {
        ("subject",): [Text(_masked(edition.subject), ("subject",))],
        ("preheader",): [Text(_masked(edition.preheader), ("preheader",))],
    }
    for entry in entries(edition):
        text = _text(entry)
        if text:
            found.setdefault(entry.section.path, []).append(text)
    return found


def _text(entry: Entry) -> Text | None:
    if isinstance(entry.value, Picture):
        return Text(entry.value.caption, (*entry.path, "caption")) if entry.value.caption else None
    if not isinstance(entry.value, str) or entry.field.kind not in (Kind.TEXT, Kind.MARKDOWN):
        return None
    if entry.field.name in NOT_SAID:
        return None
    quoted = entry.section.type.name == "quote" and entry.path[-1] == "text"
    return Text(_masked(entry.value), entry.path, quoted)


def _masked(text: str) -> str:
    """The text with its addresses and marks blank, each character where it was."""
    return _NOT_READ.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def _dates(edition: Edition) -> dict[Path, list[tuple[Path, Fact]]]:
    """What the sections' own fields state: when it was, when it is, how many."""
    found: dict[Path, list[tuple[Path, Fact]]] = {}
    for entry in entries(edition):
        if means := _means(entry):
            found.setdefault(entry.section.path, []).append((entry.path, Fact(str(entry.value), -1, means)))
    return found


def _means(entry: Entry) -> frozenset[str | tuple[int, int, int]]:
    value = entry.value
    if isinstance(value, PartialDate | dt.date):
        return frozenset({(value.year, value.month, value.day)}) if value.month else frozenset({str(value.year)})
    if isinstance(value, dt.time):
        return frozenset({f"{value.hour}:{value.minute:02}"})
    if entry.field.kind is Kind.NUMBER:
        return frozenset({str(value)})
    return frozenset()


def _familiar(profile: Profile) -> frozenset[str]:
    """The words of the newsletter's own standing names, which no source needs to hold."""
    own = profile.organisation
    said = [own.name, own.legal, own.postal_address, profile.sender.name, *(one.name for one in profile.coordinators)]
    countries, roles = profile.countries.values(), profile.coordinators
    for one in (profile.title, *(country.name for country in countries), *(person.role for person in roles)):
        said += one.texts.values()
    return frozenset(word.casefold() for text in said for word in _WORDS.findall(text))


def _nothing_to_compare(dossier: Dossier) -> list[Problem]:
    """One note for the issue where a section that may name its sources states something, and none is kept for it."""
    edition = dossier.editions[0]
    sources = behind(edition, dossier.sources)
    texts = _texts(edition)
    bare = [
        section.path
        for section in edition.sections
        if not sources[section.path] and any(one.kind is Kind.SOURCES for one in section.type.fields)
        if any(_states(text, edition.language) for text in texts.get(section.path, ()))
    ]
    if not bare:
        return []
    lines = ", ".join(str(edition.place(path).line) for path in bare)
    what = "a section that states" if len(bare) == 1 else f"{len(bare)} sections that state"
    message = f"For {what} figures, dates or somebody's words no source is kept (line {lines}): they were compared with nothing."
    return [
        Problem(
            edition.place(bare[0]),
            Severity.NOTE,
            NAME,
            message,
            "Clip the article they come from, on the start page or with: newsletter clip ADDRESS",
        )
    ]


def _states(text: Text, language: str) -> bool:
    return any(not fact.loose for fact in stated(text.words, language)) or any(quotations(text.words))
