"""Pictures that are named but are not in ``issues/images/``."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from difflib import get_close_matches

from newsletter.nouns.draft import Picture, entries
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Place, Problem, Severity

NAME = "picture-missing"


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """An error for each, with the name that was probably meant."""
    there = {_composed(name) for name in dossier.pictures}
    return [_missing(file, place, dossier) for file, place in _named(dossier) if _composed(file) not in there]


def _composed(name: str) -> str:
    """The name in the code points of a keyboard: a Mac writes ñ as two."""
    return unicodedata.normalize("NFC", name)


def _missing(file: str, place: Place, dossier: Dossier) -> Problem:
    inside = sorted(name for name in dossier.pictures if name.startswith(file.rstrip("/") + "/"))
    if inside:
        message, hint = f"{file} is a folder, and a picture is a file.", f"Name a picture in it, such as {inside[0]}."
    else:
        message, hint = f"There is no picture {file} in issues/images/.", _hint(file, dossier)
    return Problem(place, Severity.ERROR, NAME, message, hint)


def _named(dossier: Dossier) -> Iterator[tuple[str, Place]]:
    for edition in dossier.editions:
        for entry in entries(edition):
            if isinstance(entry.value, Picture):
                yield entry.value.file, edition.place((*entry.path, "file"))
    profile = dossier.profile
    if profile.look.logo:
        yield profile.look.logo, profile.place(("look", "logo"))
    for number, coordinator in enumerate(profile.coordinators):
        if coordinator.portrait:
            yield coordinator.portrait, profile.place(("coordinators", number, "portrait"))


def _hint(file: str, dossier: Dossier) -> str:
    if "://" in file:
        return "Save the picture in issues/images/, and type its file name here."
    name = re.split(r"[\\/]", file)[-1]
    if name != file and name in dossier.pictures:
        return f"Type only its name: {name}"
    alike = {name.casefold(): name for name in sorted(dossier.pictures)}
    if file.casefold() in alike:
        return f"There is {alike[file.casefold()]}: capital and small letters count."
    near = get_close_matches(name.casefold(), alike, n=1)
    if near:
        return f"Did you mean {alike[near[0]]}?"
    if name != file:
        return f"Put the file into issues/images/, and type only its name here: {name}"
    return "Put the file into issues/images/, or mend its name here."
