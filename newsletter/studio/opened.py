"""An issue and what its address asks for -> Opened: the file, the section in its form, the list, and all there is to mend."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from starlette.requests import Request

from newsletter.drafting.types import read_types
from newsletter.editing.field_at import field_at
from newsletter.nouns.draft import IssueName, Path, SectionType
from newsletter.nouns.problem import Problem, Severity
from newsletter.studio.desk import desk_of
from newsletter.studio.form import START, Form, Forms, flat
from newsletter.studio.meanwhile import where_now
from newsletter.studio.outline import Line, outline, start_line
from newsletter.studio.placed import Placed, counted, placed
from newsletter.studio.shell import language_of, words_of
from newsletter.studio.sight import Sight
from newsletter.studio.written import Written, written
from newsletter.words import read_words
from newsletter.yaml_tree.tree import Data


@dataclass(frozen=True)
class Opened:
    """What stands open of an issue: one section of one edition. ``editions`` are its files by language."""

    issue: IssueName
    language: str
    at: int
    file: Written
    editions: Mapping[str, Written]
    form: Form | None  # None where nothing can be made out in the file
    lines: tuple[Line, ...]  # the start, then each section
    problems: tuple[Placed, ...]
    types: Mapping[str, SectionType]
    forms: Forms

    @property
    def line(self) -> Line:
        """The chosen one of the list."""
        return self.lines[self.at + 1]

    @property
    def by_field(self) -> dict[Path, list[Placed]]:
        """What is to mend in each field of this form; where a field is missing, at what would hold it."""
        there = {box.path for box in self.form.all} if self.form else set()
        found: dict[Path, list[Placed]] = {}
        for one in self.problems:
            if one.language == self.language and one.at == self.at and one.path:
                path = one.path
                while path and path not in there:
                    path = path[:-1]
                found.setdefault(path, []).append(one)
        return found

    def of(self, severity: Severity) -> list[Placed]:
        """The problems of one weight, those of the open section first among equals."""
        return [one for one in self.problems if one.problem.severity is severity]

    def beside(self, language: str) -> Form | None:
        """The same section in another edition: of the same id, else of the same type in the same place."""
        other = self.editions.get(language)
        if other is None or other.tree is None:
            return None
        if self.at == START:
            return self.forms.start(other.tree.data)
        mine = self.file.sections[self.at]
        same = [at for at, one in enumerate(other.sections) if _tie(one) and _tie(one) == _tie(mine)]
        at = same[0] if same else self.at
        if at >= len(other.sections) or (not same and _type(other.sections[at]) != _type(mine)):
            return None
        return self.forms.section(at, other.sections[at])


def _type(data: Data) -> Data | None:
    return data.get("type") if isinstance(data, dict) else None


def _tie(data: Data) -> Data | None:
    return data.get("id") if isinstance(data, dict) else None


def forms_for(request: Request, types: Mapping[str, SectionType]) -> Forms:
    """What makes forms in the language of the screens."""
    words = read_words(desk_of(request).workspace, language_of(request))
    return Forms(types, words_of(request), words)


def opened(request: Request, issue: IssueName, sight: Sight) -> Opened:
    """Read what the address asks for; what it cannot have is answered by what is nearest. Raises UnreadableFile."""
    desk = desk_of(request)
    types, _ = read_types(desk.workspace)
    editions = {
        language: written(desk.workspace, path, language)
        for language, path in desk.workspace.edition_files(issue, sight.first).items()
    }
    language = _language(request.query_params.get("language", ""), editions, sight)
    file = editions.get(language) or written(desk.workspace, desk.workspace.issues / sight.file(language), language)
    desk.states.keep(file.data)
    forms = forms_for(request, types)
    found = placed(sight.problems, editions, types)
    at = _at(request, file)
    counts = counted(found, language, _stops)
    say = words_of(request).say
    first = start_line(say("write_start"), say("write_start_about"), counts, at)
    lines = (first, *outline(file.sections, types, language_of(request), counts, at))
    return Opened(issue, language, at, file, editions, _form(forms, file, at), lines, tuple(found), types, forms)


def _form(forms: Forms, file: Written, at: int) -> Form | None:
    if file.tree is None:
        return None
    return forms.start(file.tree.data) if at == START else forms.section(at, file.sections[at])


def _language(asked: str, editions: Mapping[str, Written], sight: Sight) -> str:
    if asked in editions or asked in sight.letters:
        return asked
    return sight.first if sight.first in editions or not editions else next(iter(editions))


def _at(request: Request, file: Written) -> int:
    """The section that an address names by its number, or by a line of the file."""
    line = _number(request.query_params.get("line", ""))
    if file.tree is not None and line != START:
        _, *inside = field_at(file.tree, line + 1) or ("",)
        return inside[0] if inside and isinstance(inside[0], int) else START
    return _followed(request, file, _number(request.query_params.get("section", "")))


def _number(asked: str) -> int:
    """The section that an address names, counted from 1 there, as it is counted here; START where it names none."""
    return int(asked) - 1 if asked.isascii() and asked.isdigit() and len(asked) < 6 else START  # noqa: PLR2004 - figures enough


def _followed(request: Request, file: Written, at: int) -> int:
    """Where a section stands now that was the ``at``-th in the state a form was made of; the last, where there are fewer."""
    base = desk_of(request).states.find(request.query_params.get("digest", ""))
    if base is not None and at != START:
        before = written(desk_of(request).workspace, file.path, file.language, base)
        at = where_now(before.sections, file.sections).get(at, at)
    return min(at, len(file.sections) - 1)


def _stops(problem: Problem) -> bool:
    return problem.severity is Severity.ERROR


def labels(seen: Opened) -> Callable[[Placed], str]:
    """Tells the words of a problem's field, as the form of its section has them; each form is made but once."""

    @cache
    def boxes(language: str, at: int) -> dict[Path, str]:
        file = seen.editions.get(language)
        form = _form(seen.forms, file, at) if file else None
        return {box.path: box.label for box in flat((*form.boxes, *form.more))} if form else {}

    def label_of(one: Placed) -> str:
        path, there = one.path, boxes(one.language, one.at)
        while path and not there.get(path):
            path = path[:-1]
        return there.get(path, "")

    return label_of
