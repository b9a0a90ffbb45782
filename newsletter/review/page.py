"""An edition, its problems and the states that were read before -> one HTML file that needs nothing from elsewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from newsletter.difference import Paragraph, What, changes
from newsletter.gate import leaving as parts
from newsletter.gate.approvals import Approval
from newsletter.gate.leaving import Leaving
from newsletter.languages import full_name
from newsletter.nouns.draft import Edition
from newsletter.nouns.letter import Dossier, Letter
from newsletter.nouns.problem import Problem, Severity, in_file_order
from newsletter.phrases import Phrases
from newsletter.review.answer import answers
from newsletter.review.carried import Fared, carried, last_before
from newsletter.review.seen import seen
from newsletter.review.states import State
from newsletter.sentences import Sentences
from newsletter.words import Words

FOLDER = Path(__file__).resolve().parent
FAMILY = "review"
"""Of phrases: ``templates/words/review/``."""
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
"""Nothing runs, nothing is loaded, nothing is sent; the letter in its frame is bound by it too."""
KINDS = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.NOTE: "notes"}
PARTS = {
    **{name: name for name in ("subject", "preheader", "send_on")},
    parts.ORDER: "order",
    parts.SENDER: "sender",
    parts.LEAVING: "leaving",
    parts.EMBARGO: "embargo",
    parts.CORRECTS: "corrects",
    parts.LANGUAGES: "languages",
    parts.PROFILE: "profile",
    parts.ADDRESS: "address",
    parts.FRAME: "frame",
    parts.PROGRAM: "program",
}


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since a state that somebody has read: which parts, and which words as far as they were kept."""

    heading: str
    parts: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """What a page is made of."""

    dossier: Dossier
    edition: Edition
    it: Leaving
    problems: tuple[Problem, ...]
    approval: Approval | None
    states: tuple[State, ...]
    now: dt.datetime


@cache
def _template() -> Template:
    loader = FileSystemLoader(FOLDER)
    made = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    return made.get_template("page.html")


def page(read: Read, words: Words, phrases: Phrases, sentences: Sentences) -> str:
    """The page; ``words`` and ``sentences`` are those of the language that its ``phrases`` are in."""
    edition, dossier, say = read.edition, read.dossier, phrases.say
    letter = seen(dossier.renderings[edition.language])
    errors = any(one.severity is Severity.ERROR for one in read.problems)
    known = {"issue": str(dossier.issue), "subject": letter.subject, "code": read.it.code}
    known["language"] = full_name(edition.language, edition.language)
    before = last_before(dossier, edition.language)
    return _template().render(
        say=say,
        language=phrases.language,
        edition=edition,
        letter=letter,
        srcdoc=letter.html.replace("<head>", '<head><base target="_blank">', 1),
        direction=dossier.renderings[edition.language].direction,
        profile=dossier.profile,
        title=dossier.profile.title.into(edition.language),
        month=words.month(dossier.issue),
        date=words.date,
        weekday=words.weekday,
        clock=lambda when: when.strftime(words.phrases["time_pattern"]),
        embargo=max((one.embargo for one in dossier.editions if one.embargo), default=None),
        groups=[(KINDS[one], found) for one in Severity if (found := _of(read.problems, one))],
        sentences=sentences,
        errors=errors,
        since=_since(read, letter, words, say),
        before=words.month(before.issue) if before else "",
        sections=carried(edition, before) if before else [],
        answers=answers(dossier.profile, say, **known),
        code=read.it.code,
        now=read.now,
        policy=POLICY,
        css=Markup((FOLDER / "review.css").read_text("utf-8")),  # noqa: S704 - our own file
        What=What,
        Fared=Fared,
    )


def concerning(problems: Iterable[Problem], dossier: Dossier, edition: Edition) -> tuple[Problem, ...]:
    """The problems that a reader of this edition should know: all but those in another edition's file."""
    others = {one.file for one in dossier.editions} - {edition.file}
    return tuple(sorted((one for one in problems if one.place.file not in others), key=in_file_order))


def _of(problems: Iterable[Problem], severity: Severity) -> list[Problem]:
    return [one for one in problems if one.severity is severity]


def _since(read: Read, letter: Letter, words: Words, say: Callable[..., str]) -> Since | None:
    """Beside what was approved, else beside what was last given to read; None where nobody has read it yet."""
    newest = next((one for one in read.states if one.digest != read.it.digest), None)
    if read.approval:
        at = dt.datetime.fromisoformat(read.approval.at)
        heading = say("since_approved", name=read.approval.by, date=words.date(at.date()))
        kept = next((one for one in read.states if one.digest == read.approval.digest), None)
        digest, saw = read.approval.digest, read.approval.saw
    elif newest:
        heading = say("since_read", date=words.date(newest.at.astimezone(read.now.tzinfo).date()))
        kept, digest, saw = newest, newest.digest, newest.saw
    else:
        return None
    if digest == read.it.digest:
        return Since(heading, (), ())
    named = tuple(_named(one, say) for one in read.it.changed(saw))
    return Since(heading, named, tuple(changes(kept.text, letter.text)) if kept else ())


def _named(part: str, say: Callable[..., str]) -> str:
    if part in PARTS:
        return say(f"part_{PARTS[part]}")
    gone = part.endswith(" (gone)")
    name = part.removesuffix(" (gone)")
    if name.startswith("the picture "):
        name = say("part_picture", name=name.removeprefix("the picture "))
    return say("part_gone", name=name) if gone else name
