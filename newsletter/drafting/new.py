"""Earlier issues and the next one's name and day -> its files, begun: what is still open is in them, word for word."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from newsletter.drafting.carry import carry
from newsletter.drafting.matters import Fate, Matter, matters, unreported
from newsletter.drafting.past import Past
from newsletter.drafting.read import read
from newsletter.drafting.rhythm import Beat, Rhythm
from newsletter.drafting.skeleton import CORRECTION, MONTHLY, SPECIAL, Skeleton, read_skeleton
from newsletter.errors import ToMend
from newsletter.languages import name as language_name
from newsletter.nouns.draft import Edition, IssueName, SectionType
from newsletter.nouns.problem import Problem, Severity
from newsletter.phrases import FIRST
from newsletter.words import NO_BREAK, NoWords, Words, read_words
from newsletter.workspace import Workspace
from newsletter.yaml_tree.write import in_double_quotes

SCHEMA_LINE = "# yaml-language-server: $schema={schema}\n"
"""The first line of a file, by which editors find what may stand in it."""
LONGEST_GREETING = 100
SOON = dt.timedelta(days=60)  # a last day that an example may have
Page = Callable[[IssueName, str], str]
"""Tells where an issue stands on the web in a language; "" where it does not."""
_MARKDOWN = re.compile(r"([\\`*_\[\]<>])")


class CannotBegin(ToMend):
    """What would be written could not be read again."""

    def __init__(self, file: str, problem: Problem, skeleton: str) -> None:
        super().__init__(
            f"{file} was not written, for it could not be read. In its line {problem.place.line}: {problem.message}",
            f"{skeleton} is what an issue begins with: see whether something is wrong there.",
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be begun: the issue, its day and why that day, in which languages, with which types of section."""

    issue: IssueName
    send_on: dt.date
    rhythm: Rhythm | None
    languages: tuple[str, ...]
    types: Mapping[str, SectionType]
    schema: str  # where the file that tells editors of the fields lies, seen from the issue's own folder
    corrects: IssueName | None = None  # of a correction: the issue in which something was wrong


@dataclass(frozen=True, slots=True)
class Draft:
    """An issue that was begun: its files by language, and what was made of each ask of the earlier issues."""

    plan: Plan
    texts: Mapping[str, str]
    why: Mapping[str, str]  # that day, in English and in each language of the plan
    carried: tuple[Matter, ...]
    left_out: tuple[Matter, ...]
    unreported: tuple[Matter, ...]
    folded: tuple[IssueName, ...]

    def fate(self, matter: Matter) -> Fate:
        """What became of an ask."""
        return matter.fate(self.plan.send_on)


def new(workspace: Workspace, plan: Plan, past: Past, page: Page) -> Draft:
    """Begin an issue, in every language of the plan. Raises BrokenSkeleton, CannotBegin, BrokenWords."""
    before = past.before(plan.issue, plan.send_on)
    found = [] if plan.issue.slug else matters(before)
    carried = tuple(one for one in found if one.fate(plan.send_on) in {Fate.OPEN, Fate.TO_CONFIRM})
    left_out = tuple(one for one in found if one not in carried and _stood_lately(one, before))
    silent = unreported(found, past.editions, plan.send_on)
    folded = () if plan.issue.slug else _specials(before)
    draft = Draft(plan, {}, {}, carried, left_out, silent, folded)
    desks = {one: _Desk(workspace, draft, past, page, one) for one in dict.fromkeys((FIRST, *plan.languages))}
    texts = {language: desks[language].text() for language in plan.languages}
    return replace(draft, texts=texts, why={language: desk.why() for language, desk in desks.items()})


def _stood_lately(matter: Matter, before: Sequence[Edition]) -> bool:
    """Whether it stood in the newest monthly issue or after it: what was left out earlier is no news."""
    newest = max((one.issue for one in before if not one.issue.slug), default=matter.newest.issue)
    return matter.newest.issue >= newest


def _specials(before: Sequence[Edition]) -> tuple[IssueName, ...]:
    """The specials since the last monthly issue."""
    last = max((one.send_on for one in before if not one.issue.slug), default=dt.date.min)
    return tuple(dict.fromkeys(one.issue for one in before if one.issue.slug and one.send_on >= last))


@dataclass(frozen=True)
class _Desk:
    """One edition in the making."""

    workspace: Workspace
    draft: Draft
    past: Past
    page: Page
    language: str

    @property
    def plan(self) -> Plan:
        return self.draft.plan

    @cached_property
    def skeleton(self) -> Skeleton:
        return read_skeleton(self.workspace, self.language)

    @cached_property
    def words(self) -> Words:
        try:
            return read_words(self.workspace, self.language)
        except NoWords:
            return read_words(self.workspace, FIRST)

    @cached_property
    def before(self) -> list[Edition]:
        """The earlier editions in the language, oldest first."""
        found = self.past.before(self.plan.issue, self.plan.send_on)
        return [one for one in found if one.language == self.language]

    def text(self) -> str:
        """The whole file, which reads without errors."""
        kind = CORRECTION if self.plan.corrects else SPECIAL if self.plan.issue.slug else MONTHLY
        blocks = {"asks": self._asks(), "already_sent": self._already_sent(), "unreported": self._unreported()}
        text = SCHEMA_LINE.format(schema=self.plan.schema)
        text += self.skeleton.issue(kind, self._values(), blocks)
        default = next(iter(self.past.languages))
        name = f"{self.plan.issue}.yaml" if self.language == default else f"{self.plan.issue}.{self.language}.yaml"
        path = self.workspace.issues / name
        _, problems = read(
            path, self.plan.types, root=self.workspace.root, language=self.language, data=text.encode("utf-8")
        )
        if wrong := [one for one in problems if one.severity is Severity.ERROR]:
            raise CannotBegin(self.workspace.relative(path), wrong[0], self.skeleton.file)
        return text

    def why(self) -> str:
        """Why it goes out on its day."""
        rhythm = self.plan.rhythm
        if rhythm is None:
            return self.skeleton.say("rhythm_first")
        count = self.skeleton.say("nth").split()
        nth = count[rhythm.number - 1] if rhythm.beat is Beat.NTH_WEEKDAY and rhythm.number <= len(count) else ""
        weekday = self.words.weekday_within(self.plan.send_on)
        return self.skeleton.say(f"rhythm_{rhythm.beat.name.lower()}", weekday=weekday, nth=nth)

    def _values(self) -> dict[str, object]:
        plan = self.plan
        silent = self.draft.unreported
        template = self.skeleton.phrases[MONTHLY]
        other = [name for name in plan.types if f"type: {name}\n" not in template]
        return {
            "issue": plan.issue,
            "corrects": plan.corrects or "",
            "month": self.words.month(plan.issue).replace(NO_BREAK, " "),
            "send_on": plan.send_on,
            "rhythm": self.why(),
            "greeting": self._greeting(),
            "types": ", ".join(other),
            "example_day": f"{plan.send_on:%Y-%m}",
            "example_until": min(plan.send_on, dt.date.max - SOON) + SOON,
            "example_ask": silent[0].id if silent else "a-short-name",
        }

    def _greeting(self) -> str:
        """The first line of the newest letter in the language, where it is a greeting."""
        for edition in reversed(self.before):
            for section in edition.sections:
                body = section.values.get("body")
                if section.type.name == "letter" and isinstance(body, str):
                    first = body.strip().split("\n\n")[0].strip()
                    if (
                        "\n" not in first
                        and len(first) <= LONGEST_GREETING
                        and first.endswith((",", ":", "!", "،", "."))
                    ):
                        return first
        return self.skeleton.say("greeting")

    def _asks(self) -> list[str]:
        lines = [line for matter in self.draft.carried for line in self._ask(matter)]
        return lines[1:] if lines else list(self.skeleton.note("no_asks"))

    def _ask(self, matter: Matter) -> Iterator[str]:
        yield ""
        standing = matter.within(self.language)
        if standing is None:
            last = matter.newest
            other = language_name(last.edition.language, self.words.calendar)
            yield from self.skeleton.note("elsewhere", language=other, title=_named(matter), issue=last.issue)
            return
        confirm = self.draft.fate(matter) is Fate.TO_CONFIRM
        name, file = "to_confirm" if confirm else "carried", standing.edition.file
        yield from self.skeleton.note(name, issue=standing.issue, day=matter.over_on, file=file)
        number = standing.section.path[1]
        yield from carry(self.past.tree(standing.edition), int(number), confirm=confirm)

    def _already_sent(self) -> list[str]:
        folded = [one for one in self.before if one.issue in self.draft.folded]
        if not folded:
            return []
        title = in_double_quotes(self.skeleton.say("already_sent_title"))
        lines = ["", *self.skeleton.note("already_sent"), "  - type: in-brief", f"    title: {title}", "    items:"]
        for edition in folded:
            text = _MARKDOWN.sub(r"\\\1", edition.subject)
            if address := self.page(edition.issue, self.language):
                text = f"[{text}]({address})"
            topic = self.words.date(edition.send_on).replace(NO_BREAK, " ")
            lines.append(f"      - topic: {in_double_quotes(topic)}")
            lines.append(f"        text: {in_double_quotes(text)}")
        return lines

    def _unreported(self) -> list[str]:
        found = self.draft.unreported
        notes = [
            self.skeleton.note("unreported", title=_named(one), id=one.id, issue=one.newest.issue) for one in found
        ]
        return [line for note in notes for line in note]


def _named(matter: Matter) -> str:
    return matter.newest.section.title or matter.id or matter.newest.section.type.name
