"""Pictures that say nothing to people who do not see them, or say the same thing twice (WCAG 1.1.1)."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import PurePosixPath

from newsletter.nouns.draft import Edition, Entry, Picture, entries
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity

NAME = "missing-alt"
LONGEST = 125  # characters; several screen readers read longer ones in pieces, and none lets one stop within
OPENINGS = (
    # English
    "image of", "picture of", "photo of", "photograph of", "photos of", "graphic of", "drawing of", "screenshot of",
    "an image of", "a picture of", "a photo of", "a photograph of", "a drawing of", "a screenshot of", "image:",
    "picture:", "photo:",
    # Spanish
    "imagen de", "foto de", "fotografía de", "fotos de", "una imagen de", "una foto de", "una fotografía de", "imagen:",
    "foto:", "captura de pantalla de",
    # French
    "image de", "image d'", "image d’", "photo de", "photo d'", "photo d’", "photographie de", "une image de",
    "une photo de", "une photo d'", "une photo d’", "capture d'écran de", "capture d’écran de",
    # Portuguese
    "imagem de", "fotografia de", "uma imagem de", "uma foto de", "uma fotografia de", "imagem:",
    # German
    "bild von", "bild einer", "bild eines", "foto von", "foto einer", "foto eines", "ein bild von", "ein foto von",
    "fotografie von", "bild:", "bildschirmfoto von",
    # Italian
    "immagine di", "un'immagine di", "un’immagine di", "una fotografia di", "foto di", "fotografia di", "immagine:",
    # Arabic
    "صورة لـ", "صورة ل", "صورة:",
)  # fmt: skip
"""How an alt begins that says what a screen reader has said already, in every language of the program."""
ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".heic", ".tif", ".tiff", ".bmp", ".svg")
_CAMERA = re.compile(r"(img|image|dscn?|pxl|photo|picture|screenshot|scan|foto|imagen)[-_ ]?[\d _-]*", re.IGNORECASE)


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """An error where ``alt`` is left out; a warning where it repeats caption or file name, or is long; a note on its opening."""
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
        hint = 'Add beside file: alt: "Women hold portraits outside the court" (alt: "" for decoration).'
        return Problem(place, Severity.ERROR, NAME, message, hint)
    said = picture.alt.strip()
    if said and said.casefold() == picture.caption.strip().casefold():
        message = "The alt says the same as the caption, so a screen reader says it twice."
        hint = "Let alt say what one sees, and the caption what it means."
        return Problem(place, Severity.WARNING, NAME, message, hint)
    if _is_file_name(said, picture.file):
        message = f"The alt, “{said}”, is the name or number of a file, which tells nobody anything."
        return Problem(place, Severity.WARNING, NAME, message, "Let alt say in a few words what one sees.")
    if len(said) > LONGEST:
        message = f"The alt has {len(said)} characters; in more than {LONGEST} a screen reader's listener gets lost."
        return Problem(place, Severity.WARNING, NAME, message, "Say the rest in the text, where everybody can read it.")
    opening = next((one for one in OPENINGS if said.casefold().startswith(one)), "")
    if opening:
        message = (
            f"The alt begins with “{said[: len(opening)]}”; a screen reader has said already that it is a picture."
        )
        return Problem(place, Severity.NOTE, NAME, message, "Begin with what one sees.")
    return None


def _is_file_name(said: str, file: str) -> bool:
    """Also a camera's number of it."""
    path, plain = PurePosixPath(file), said.casefold()
    named = plain in (path.name.casefold(), path.stem.casefold())
    return named or plain.endswith(ENDINGS) or bool(_CAMERA.fullmatch(said))
