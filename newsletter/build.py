"""Dossier -> ``outbox/ISSUE/``: each edition as a page, as text and as a message, just as a reader without a name gets it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from newsletter.folder import replace_folder
from newsletter.letters.answers import reader_answers
from newsletter.letters.compose import compose
from newsletter.letters.encode import encode
from newsletter.letters.fill import fill
from newsletter.letters.leave_links import NOBODY, leave_url, leaving_address
from newsletter.nouns.draft import Profile
from newsletter.nouns.letter import Dossier, Rendered
from newsletter.nouns.person import Recipient
from newsletter.settings import Settings
from newsletter.write_file import write_file

PICTURES = "images"
SAMPLE_READER = "reader@example.org"
SAMPLE_TOKEN = "sample-link-of-no-reader"  # noqa: S105 - it opens nothing, and says so
KINDS = ("html", "txt", "eml")


@dataclass(frozen=True, slots=True)
class Built:
    """One edition as built: its three files, and their sizes in bytes."""

    language: str
    html: Path
    text: Path
    message: Path
    sizes: Mapping[str, int]  # by ending: html, txt, eml


def build(dossier: Dossier, folder: Path, settings: Settings, now: dt.datetime) -> list[Built]:
    """Write every edition and the pictures into a folder, in place of an earlier build; what else is there stays.

    Raises NoSender, UnfitAddress, CannotWrite, NotWritten.
    """
    made = [_files(dossier.profile, rendered, settings, now) for rendered in dossier.renderings.values()]
    pictures = {picture.name: picture.data for one in dossier.renderings.values() for picture in one.pictures}
    replace_folder(folder / PICTURES, pictures)
    built = []
    for rendered, files in zip(dossier.renderings.values(), made, strict=True):
        stem = "email" if rendered.language == dossier.profile.languages[0] else f"email.{rendered.language}"
        paths = {kind: folder / f"{stem}.{kind}" for kind in KINDS}
        for kind, data in files.items():
            write_file(paths[kind], data)
        sizes = {kind: len(data) for kind, data in files.items()}
        built.append(Built(rendered.language, paths["html"], paths["txt"], paths["eml"], sizes))
    _remove_others(folder, built)
    _write_calendars(folder, dossier)
    return built


def sample_message(
    profile: Profile, rendered: Rendered, settings: Settings, now: dt.datetime, *, name: str = "", leave: str = ""
) -> bytes:
    """The message as a reader gets it, one without a name if none is given. Raises NoSender, UnfitAddress."""
    encoded = encode(rendered, profile, public_url=settings.public_url)
    reader = Recipient(NOBODY, SAMPLE_READER, name, rendered.language)
    number = f"<{rendered.digest[:40]}@{encoded.domain}>"
    leave = leave or _sample_leave(profile, settings)
    return compose(encoded, reader, leave=leave, message_id=number, now=now).data


def _sample_leave(profile: Profile, settings: Settings) -> str:
    return leave_url(SAMPLE_TOKEN, public_url=settings.public_url, leave_by_mail=leaving_address(profile))


def _files(profile: Profile, rendered: Rendered, settings: Settings, now: dt.datetime) -> dict[str, bytes]:
    leave = _sample_leave(profile, settings)
    letter = fill(rendered, reader_answers("", leave, lambda name: f"{PICTURES}/{quote(name)}"))
    message = sample_message(profile, rendered, settings, now)
    return {"html": letter.html.encode(), "txt": letter.text.encode(), "eml": message}


def _write_calendars(folder: Path, dossier: Dossier) -> None:
    """A meeting's file for calendars, ``event.ics``, ``event.es.ics``; those of an earlier build go."""
    first = dossier.profile.languages[0]
    files = {
        one.name if rendered.language == first else f"{one.name.removesuffix('.ics')}.{rendered.language}.ics": one.data
        for rendered in dossier.renderings.values()
        for one in rendered.calendars
    }
    for path in folder.glob("*.ics"):
        if path.name not in files:
            path.unlink()
    for name, data in files.items():
        write_file(folder / name, data)


def _remove_others(folder: Path, built: list[Built]) -> None:
    """Take away what an earlier build made of an edition that is no more."""
    kept = {path.name for one in built for path in (one.html, one.text, one.message)}
    for kind in KINDS:
        for path in folder.glob(f"email*.{kind}"):
            if path.name not in kept:
                path.unlink()
