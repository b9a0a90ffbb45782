"""A Sight and what was asked for -> the preview's page as HTML; it works without scripts, and better with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from babel.dates import format_date, format_time
from jinja2 import Environment, FileSystemLoader, Template

from newsletter.languages import full_name
from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import Letter, Rendered
from newsletter.nouns.problem import Problem, Severity
from newsletter.studio.sight import Sight

FOLDER = Path(__file__).resolve().parent
VIEWS = {"desktop": "Desktop", "phone": "Phone", "text": "Text"}
READERS = {"": "", "ana": "Ana"}
READER_LABELS = {"": "Without a name", "ana": "As Ana"}
GROUPS = {
    Severity.ERROR: "To mend before sending",
    Severity.WARNING: "To look at before sending",
    Severity.NOTE: "Suggestions",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several that can be chosen, with its address."""

    label: str
    address: str
    chosen: bool
    language: str = ""


@cache
def _template() -> Template:
    return Environment(
        loader=FileSystemLoader(FOLDER), autoescape=True, trim_blocks=True, lstrip_blocks=True
    ).get_template("page.html")


def page(sight: Sight, version: str, asked: Mapping[str, str], letter_for: Callable[[Rendered, str], Letter]) -> str:
    """The page for what the address asks for; what it cannot have is answered by the default."""
    chosen = {
        "language": asked["language"] if asked.get("language") in sight.letters else sight.language,
        "view": asked["view"] if asked.get("view") in VIEWS else "desktop",
        "reader": asked["reader"] if asked.get("reader") in READERS else "",
    }
    made = sight.letters.get(chosen["language"])
    return _template().render(
        sight=sight,
        version=version,
        chosen=chosen,
        made=made,
        letter=letter_for(made.rendered, chosen["reader"]) if made else None,
        month=month(sight.issue),
        old=sight.old(chosen["language"]),
        why=_why(sight, chosen["language"]),
        clock=lambda when: format_time(when, "HH:mm"),
        groups=[(GROUPS[one], found) for one in Severity if (found := _of(sight, one))],
        count=len(_of(sight, Severity.ERROR)),
        languages=list(_choices(chosen, "language", {one: language_name(one) for one in _in_order(sight)})),
        views=list(_choices(chosen, "view", VIEWS)),
        language_name=language_name,
        readers=list(_choices(chosen, "reader", READER_LABELS)),
    )


def _of(sight: Sight, severity: Severity) -> list[Problem]:
    return [problem for problem in sight.problems if problem.severity is severity]


def _why(sight: Sight, language: str) -> Problem | None:
    """What most likely keeps this edition from being made: an error in its own file, else the worst there is."""
    own = sight.file(language or sight.first)
    errors = _of(sight, Severity.ERROR)
    return next((one for one in errors if one.place.file.endswith(f"/{own}")), next(iter(sight.problems), None))


def _in_order(sight: Sight) -> list[str]:
    """The languages there are letters in, the default edition's first."""
    return sorted(sight.letters, key=lambda language: (language != sight.first, language))


def _choices(chosen: Mapping[str, str], name: str, labels: Mapping[str, str]) -> Iterator[Choice]:
    for value, label in labels.items():
        asked = {key: one for key, one in {**chosen, name: value}.items() if one}
        yield Choice(label, f"/?{urlencode(asked)}", chosen[name] == value, value if name == "language" else "")


def language_name(language: str) -> str:
    """A language's name in itself: ``Español``; in English, or its code, where nobody has named it."""
    name = full_name(language, language)
    return name[:1].upper() + name[1:]


def month(issue: IssueName) -> str:
    """An issue as people say it: ``July 2025``; a special with its day and name: ``14 July 2025, apci``."""
    day = dt.date(issue.year, issue.month, issue.day or 1)
    said = format_date(day, "d MMMM y" if issue.day else "MMMM y", locale="en")
    return f"{said}, {issue.slug.replace('-', ' ')}" if issue.slug else said
