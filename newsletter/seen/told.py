"""What somebody found on the finished page -> problems: each kind once, at the section in the YAML, naming the template."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from newsletter.nouns.draft import Edition, Profile
from newsletter.nouns.letter import Dossier, Rendered
from newsletter.nouns.problem import Problem, Severity
from newsletter.seen.page import FRAME, Seen, page

FRAME_FILE = "templates/frame.mjml"


@dataclass(frozen=True, slots=True)
class Found:
    """Something wrong on a page, in a section or in what stands around all of them."""

    section: int
    message: str
    hint: str
    severity: Severity = Severity.WARNING


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page with all that it was made of."""

    seen: Seen
    rendered: Rendered
    edition: Edition
    profile: Profile
    public_url: str


def told(dossier: Dossier, name: str, look: Callable[[Sheet], Iterable[Found]]) -> list[Problem]:
    """What ``look`` finds on each edition's page; the same words are said once for each template."""
    problems: dict[tuple[str, str, str], Problem] = {}
    for edition in dossier.editions:
        rendered = dossier.renderings.get(edition.language)
        if not rendered:
            continue
        sheet = Sheet(page(rendered), rendered, edition, dossier.profile, dossier.public_url)
        for found in look(sheet):
            inside = 0 <= found.section < len(edition.sections)
            place = edition.place(("sections", found.section)) if inside else edition.place()
            file = _template(edition, found.section) if inside or found.section == FRAME else FRAME_FILE
            problem = Problem(place, found.severity, name, found.message, f"In {file}: {found.hint}")
            problems.setdefault((edition.language, file, found.message), problem)
    return list(problems.values())


def _template(edition: Edition, section: int) -> str:
    if section == FRAME:
        return FRAME_FILE
    return f"templates/sections/{edition.sections[section].type.name}/email.mjml"
