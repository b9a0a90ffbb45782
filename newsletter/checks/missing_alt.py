"""Pictures that say nothing to people who do not see them, or say the same thing twice (WCAG 1.1.1)."""

from __future__ import annotations

import datetime as dt
from pathlib import PurePosixPath

from newsletter.nouns.draft import Edition, Entry, Picture, entries
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity

NAME = "missing-alt"


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """An error where ``alt`` is left out, a warning where it repeats the caption or the file's name."""
    found = (
        _look_at(edition, entry, entry.value)
        for edition in dossier.editions
        for entry in entries(edition)
        if isinstance(entry.value, Picture)
    )
    return [problem for problem in found if problem]


def _look_at(edition: Edition, entry: Entry, picture: Picture) -> Problem | None:
    place = edition.place((*entry.path, "alt"))
    if picture.alt is None:
        message = f"The picture {picture.file} has no alt: people who do not see it are told nothing."
        hint = 'Add beside file: alt: "Women hold portraits of Celia Ramos outside the court" (alt: "" for decoration).'
        return Problem(place, Severity.ERROR, NAME, message, hint)
    said = picture.alt.strip()
    if said and said.casefold() == picture.caption.strip().casefold():
        message = "The alt says the same as the caption, so a screen reader says it twice."
        hint = "Let alt say what one sees, and the caption what it means."
        return Problem(place, Severity.WARNING, NAME, message, hint)
    if _is_file_name(said, picture.file):
        message = f"The alt, “{said}”, is the name of a file, which tells nobody anything."
        return Problem(place, Severity.WARNING, NAME, message, "Let alt say in a few words what one sees.")
    return None


def _is_file_name(said: str, file: str) -> bool:
    path = PurePosixPath(file)
    endings = (".png", ".jpg", ".jpeg", ".gif", ".webp")
    return said.casefold() in (path.name.casefold(), path.stem.casefold()) or said.casefold().endswith(endings)
