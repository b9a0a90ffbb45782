"""Cleared issue + platform -> ``outbox/ISSUE/<platform>/``: what to paste there, pictures, and a README in plain words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from newsletter.folder import replace_folder
from newsletter.gate.clear import Cleared
from newsletter.nouns.letter import Dossier, PictureFile
from newsletter.platforms.convert import Converted, convert
from newsletter.platforms.lists import lists
from newsletter.platforms.platform import Platform, platform
from newsletter.platforms.readme import Written, readme
from newsletter.store.open import Store
from newsletter.workspace import Workspace


def export(
    cleared: Cleared, key: str, workspace: Workspace, *, public_url: str = "", store: Store | None = None
) -> Path:
    """Write an issue in a platform's own form, every edition, and say in README.txt how to go on; gives the folder.

    With a ``public_url`` the pictures are those of the public pages, else they lie in the folder (and in a zip where
    the platform takes one). With a ``store`` its list is written too, for its owner's eyes only.
    Raises NoPlatform, BadFallback, BadExport, CannotWrite.
    """
    dossier, goal = cleared.dossier, platform(key)
    private = lists(store, goal, tuple(dossier.renderings), dossier.profile.languages[0]) if store else {}
    files = export_files(cleared, key, public_url=public_url, beside=sorted(private))
    folder = workspace.outbox / str(dossier.issue) / goal.key
    replace_folder(folder, files | private, private=private.keys())
    return folder


def export_files(cleared: Cleared, key: str, *, public_url: str = "", beside: Sequence[str] = ()) -> dict[str, bytes]:
    """What such a folder holds besides the lists, by name; ``beside`` names those. Raises as ``export`` does."""
    dossier, goal = cleared.dossier, platform(key)
    address = _hosted(public_url) if public_url else _relative(goal)
    files: dict[str, bytes] = {}
    written: list[Written] = []
    for edition in dossier.editions:
        done = convert(dossier.renderings[edition.language], goal, address)
        its = _edition(done, dossier, zipped=goal.zip and not public_url)
        written.append(Written(edition.language, done.subject, edition.preheader, tuple(its)))
        files |= its
    if not public_url:
        files |= {address(picture.name): picture.data for picture in _pictures(dossier)}
    files["README.txt"] = readme(dossier.issue, goal, written, beside, public_url=public_url).encode()
    return files


def _edition(done: Converted, dossier: Dossier, *, zipped: bool) -> dict[str, bytes]:
    named = {"html": done.html, "txt": done.text}
    files = {_file_name("email", ending, done.language, dossier): text.encode() for ending, text in named.items()}
    files[_file_name("subject", "txt", done.language, dossier)] = f"{done.subject}\n".encode()
    for one in dossier.renderings[done.language].calendars:
        files[_file_name(one.name.removesuffix(".ics"), "ics", done.language, dossier)] = one.data
    if zipped:
        pictures = dossier.renderings[done.language].pictures
        files[_file_name(str(dossier.issue), "zip", done.language, dossier)] = _zip(done.html, pictures)
    return files


def _file_name(stem: str, ending: str, language: str, dossier: Dossier) -> str:
    """``email.html`` of the default edition, ``email.es.html`` of another."""
    return f"{stem}.{ending}" if language == dossier.profile.languages[0] else f"{stem}.{language}.{ending}"


def _hosted(public_url: str) -> Callable[[str], str]:
    return lambda name: f"{public_url}/images/{name}"


def _relative(goal: Platform) -> Callable[[str], str]:
    """A zip wants the pictures beside its page; elsewhere a folder of their own is tidier."""
    return (lambda name: name) if goal.zip else (lambda name: f"images/{name}")


def _pictures(dossier: Dossier) -> list[PictureFile]:
    found = {picture.name: picture for one in dossier.renderings.values() for picture in one.pictures}
    return [found[name] for name in sorted(found)]


def _zip(html: str, pictures: tuple[PictureFile, ...]) -> bytes:
    """One page and its pictures at the top of the archive; no clock, so that the same issue gives the same bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {"index.html": html.encode(), **{one.name: one.data for one in pictures}}.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return file.getvalue()
