"""An issue's name -> Prepared: its files are read and rendered, and everything wrong with them is gathered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from newsletter.checks import conflicted_copy
from newsletter.drafting.clippings import read_clippings
from newsletter.drafting.once import read_once, read_profile_once
from newsletter.drafting.past import read_past
from newsletter.drafting.types import read_types
from newsletter.errors import ToMend
from newsletter.family import members
from newsletter.nouns.conflicted import ConflictedCopy
from newsletter.nouns.draft import Edition, IssueName, Picture, Profile, SectionType, entries
from newsletter.nouns.letter import Dossier, Rendered
from newsletter.nouns.problem import Place, Problem, Severity, worst_first
from newsletter.rendering.layout import TemplateMistake
from newsletter.rendering.once import render_once
from newsletter.rendering.pictures.located import located
from newsletter.rendering.shelf import Shelf
from newsletter.settings import Settings
from newsletter.workspace import PROFILE, Workspace, right_name

CHECKS = "newsletter.checks"
DEFAULT_LANGUAGE = "en"  # of the first edition, while the profile that names it cannot be read


@dataclass(frozen=True, slots=True)
class Prepared:
    """An issue as far as it could be read and rendered; ``problems`` come from doing so, worst first."""

    issue: IssueName
    dossier: Dossier | None  # None where there is no profile, or no edition that could be rendered
    problems: tuple[Problem, ...]


def prepare(workspace: Workspace, issue: IssueName, settings: Settings) -> Prepared:
    """Read and render every edition of an issue; what is wrong with one does not hide what is wrong with another."""
    types, problems = read_types(workspace)
    profile, more = read_profile_once(workspace.profile, workspace.root)
    problems += more
    first = profile.languages[0] if profile else DEFAULT_LANGUAGE
    editions = _read_editions(workspace, issue, types, profile, problems)
    problems += _misnamed(workspace, issue, first)
    problems += _own_templates(workspace, types, first)
    renderings: dict[str, Rendered] = {}
    if profile:
        shelf = Shelf(workspace, types, settings.public_url, tuple(edition.language for edition in editions))
        renderings = _render_editions(editions, profile, shelf, problems)
    dossier = None
    copies = tuple(one for one in workspace.conflicted() if _is_of(one, issue))
    if profile and renderings:
        past = read_past(workspace, types, profile.languages, before=issue)
        problems += [_unreadable(file, name) for name, file in past.unreadable]
        kept, more = read_clippings(workspace)
        problems += more
        pictures = frozenset(_pictures(workspace))
        shown = MappingProxyType(renderings)
        url = settings.public_url
        places = frozenset(_located(workspace, editions))
        dossier = Dossier(issue, profile, editions, shown, past.editions, pictures, kept, places, public_url=url)
        dossier = replace(dossier, copies=copies)
    else:
        problems += map(conflicted_copy.told, copies)  # a file that cannot be read may be whole in its copy
    return Prepared(issue, dossier, tuple(sorted(problems, key=worst_first)))


def _is_of(copy: ConflictedCopy, issue: IssueName) -> bool:
    """Whether it is a copy of an edition of the issue, of its approval, or of the profile."""
    return copy.of == PROFILE or copy.of.startswith(f"{issue}.")


def _own_templates(workspace: Workspace, types: Mapping[str, SectionType], language: str) -> list[Problem]:
    """What is wrong with the workspace's own templates; most have none, and need not wait for what looks them over."""
    if len(workspace.template_folders) == 1 or not workspace.template_folders[0].is_dir():
        return []
    from newsletter.rendering.own_templates import own_templates

    return own_templates(workspace, types, language)


def check(dossier: Dossier, on: dt.date) -> list[Problem]:
    """What every check of the family finds, worst first; ``on`` is the day on which the issue is to go out."""
    found = [problem for _, some in checked_in_turn(dossier, on) for problem in some]
    return sorted(dict.fromkeys(found), key=worst_first)


def checked_in_turn(
    dossier: Dossier, on: dt.date, first: Collection[str] = ()
) -> Iterator[tuple[str, tuple[Problem, ...]]]:
    """One check after the other, by name with what it finds; those named ``first`` before the others."""
    for name, member in sorted(members(CHECKS).items(), key=lambda pair: pair[0] not in first):
        yield name, tuple(member.check(dossier, on))


def everything(prepared: Prepared, on: dt.date | None = None) -> tuple[Problem, ...]:
    """The problems of reading, rendering and checking together, worst first; ``on`` is ``send_on`` if not said."""
    if prepared.dossier is None:
        return prepared.problems
    return together(prepared, check(prepared.dossier, on or prepared.dossier.editions[0].send_on))


def together(prepared: Prepared, found: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems of reading and rendering with those that checks found, worst first, each once."""
    found = tuple(dict.fromkeys(found))
    others = [problem for problem in prepared.problems if not any(_tells_better(one, problem) for one in found)]
    return tuple(sorted([*others, *found], key=worst_first))


def _tells_better(one: Problem, other: Problem) -> bool:
    """Whether a check says the same as rendering did, and more: ``picture-missing`` and ``picture`` at one place."""
    return one.place == other.place and one.check.startswith(other.check)


def _read_editions(
    workspace: Workspace,
    issue: IssueName,
    types: Mapping[str, SectionType],
    profile: Profile | None,
    problems: list[Problem],
) -> tuple[Edition, ...]:
    editions = []
    first = profile.languages[0] if profile else DEFAULT_LANGUAGE
    for language, path in workspace.edition_files(issue, first).items():
        if profile and language not in profile.languages:
            problems.append(_foreign(workspace.relative(path), issue, language, profile.languages))
            continue
        edition, found = read_once(path, types, root=workspace.root, language=language)
        problems += found
        if edition:
            editions.append(edition)
    return tuple(editions)


def _foreign(file: str, issue: IssueName, language: str, languages: tuple[str, ...]) -> Problem:
    message = f"By its name this is in “{language}”, which is not one of the newsletter's languages."
    meant = next((one for one in languages if one.casefold() == language.casefold()), "")
    hint = f"Add it to languages in issues/newsletter.yaml, or name the file for one that stands there: {', '.join(languages)}."
    if meant:
        hint = f"Call the file {issue}.{meant}.yaml."
    return Problem(Place(file), Severity.ERROR, "file-name", message, hint)


def _misnamed(workspace: Workspace, issue: IssueName, first: str) -> Iterator[Problem]:
    """A warning where it may be an edition of this issue, which would go out without it; a note elsewhere."""
    for path in workspace.misnamed(first):
        message = "This is not named like an issue, and so it is not read."
        hint = (
            right_name(path.name)
            or f"An issue is called {issue}.yaml, in Spanish {issue}.es.yaml, a special {issue}-14-apci.yaml."
        )
        if path.is_dir():
            message, hint = "This is a folder, and an issue is a file.", "Move the folder away, or call it otherwise."
        near = path.name.startswith((f"{issue}", f"{issue.year}-{issue.month}."))
        severity = Severity.WARNING if near else Severity.NOTE
        yield Problem(Place(workspace.relative(path)), severity, "file-name", message, hint)


def _render_editions(
    editions: tuple[Edition, ...], profile: Profile, shelf: Shelf, problems: list[Problem]
) -> dict[str, Rendered]:
    renderings = {}
    for edition in editions:
        try:
            renderings[edition.language], found = render_once(edition, profile, shelf)
        except TemplateMistake as error:
            found = _in_template(error, problems)
        except ToMend as error:
            found = [Problem(edition.place(), Severity.ERROR, "rendering", error.message, error.hint)]
        problems += found
    return renderings


def _in_template(error: TemplateMistake, told: list[Problem]) -> list[Problem]:
    """A template's slip at its own place; none where looking the templates over has told of that line."""
    lines = {(one.place.file, one.place.line) for one in told if one.severity is Severity.ERROR}
    if (error.place.file, error.place.line) in lines:
        return []
    reason = error.reason[:1].upper() + error.reason[1:]
    return [Problem(error.place, Severity.ERROR, "template", reason, error.hint)]


def _unreadable(file: str, issue: IssueName) -> Problem:
    """A note, for the issue's own check tells."""
    message = "This earlier issue cannot be read, so nothing is compared with it."
    return Problem(Place(file), Severity.NOTE, "earlier", message, f"newsletter check {issue} says why.")


def _located(workspace: Workspace, editions: tuple[Edition, ...]) -> Iterator[str]:
    """Of the pictures that the editions show, those whose file says where it was taken."""
    shown = {entry.value.file for edition in editions for entry in entries(edition) if isinstance(entry.value, Picture)}
    for name in shown:
        path = workspace.picture(name)
        if path and located(path):
            yield name


def _pictures(workspace: Workspace) -> Iterator[str]:
    for path in workspace.images.rglob("*"):
        if path.is_file() and not path.name.startswith("."):
            yield path.relative_to(workspace.images).as_posix()
