"""Dossier -> what would leave of an edition: its parts by name, a digest of them all, and the short code of that."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from newsletter.errors import WrongUsage
from newsletter.letters.leave_links import leaving_address
from newsletter.nouns.draft import NOTHING_SAID, Edition, Picture, Profile, entries
from newsletter.nouns.letter import Dossier, Rendered
from newsletter.phrases import FIRST
from newsletter.rendering.pictures.ready import stem
from newsletter.workspace import Workspace

SENDER = "the sender"
LEAVING = "how readers leave"
EMBARGO = "the embargo"
CORRECTS = "the issue that it corrects"
LANGUAGES = "the languages of the issue"
PROFILE = "the profile (issues/newsletter.yaml)"
ADDRESS = "the address of the public pages (NEWSLETTER_PUBLIC_URL)"
FRAME = "the frame (a template, or the fixed words of the language)"
AROUND = frozenset({SENDER, LEAVING, EMBARGO, CORRECTS, LANGUAGES, PROFILE, ADDRESS, FRAME})
"""What stands around an edition's own words and pictures."""

ORDER = "the order of the sections"
SEND_ON = "send_on"
PROGRAM = "the program itself, which now lays the letter out in another way"

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Base32 without I, L, O and U, which are misread: https://www.crockford.com/base32.html."""
CODE = 10  # characters, 50 bits: none is met by chance
_HALF = CODE // 2
_AS_MEANT = str.maketrans({"O": "0", "I": "1", "L": "1", " ": None, "-": None, "–": None, "\u00a0": None})
_SHORT = 12


class NoSuchEdition(WrongUsage):
    """The issue has no edition in the language asked for."""

    def __init__(self, language: str, there: Iterable[str]) -> None:
        super().__init__(f"There is no edition in {language}.", f"There is: {', '.join(there)}")


@dataclass(frozen=True, slots=True)
class Leaving:
    """What would leave of an edition. ``digest`` (hex SHA-256) changes with all that goes out; ``saw`` tells its parts."""

    language: str
    digest: str
    saw: tuple[str, ...]

    @property
    def code(self) -> str:
        """Ten characters by which a person says which state she has read: ``7K3M2-9QXTB``."""
        return code_of(self.digest)

    def changed(self, saw: tuple[str, ...]) -> list[str]:
        """Which parts are other than they were, in words; for something else than the parts, the program itself."""
        before, now = (dict(part.rpartition(" ")[::2] for part in some) for some in (saw, self.saw))
        other = [name for name in now if before.get(name) != now[name] and name not in (ORDER, *AROUND)]
        gone = [f"{name} (gone)" for name in before if name not in now and name not in AROUND]
        around = [name for name in (*now, *before) if name in AROUND and before.get(name) != now.get(name)]
        order = [ORDER] if before.get(ORDER) != now[ORDER] and not gone and set(before) == set(now) else []
        return list(dict.fromkeys([*other, *gone, *order, *around])) or [PROGRAM]


def leaving(workspace: Workspace, dossier: Dossier, language: str) -> Leaving:
    """Gather what would leave of the edition in this language; it must have been rendered."""
    edition = next(one for one in dossier.editions if one.language == language)
    rendered = dossier.renderings[language]
    pictures = dict(_pictures(workspace, edition, dossier.profile, rendered))
    parts = {**_own(edition), **{f"the picture {name}": digest for name, digest in pictures.items()}}
    parts[ORDER] = " | ".join(parts)
    parts |= _around(workspace, dossier, edition)
    goes = [rendered.digest, _sender(dossier.profile), leaving_address(dossier.profile), pictures, _embargo(edition)]
    if edition.corrects:  # whom it goes to
        goes.append(str(edition.corrects))
    digest = hashlib.sha256(json.dumps(goes, sort_keys=True).encode()).hexdigest()
    return Leaving(language, digest, tuple(f"{name} {_short(content)}" for name, content in parts.items()))


def code_of(digest: str) -> str:
    """The short code of a digest (hex)."""
    number = int(digest, 16) >> (4 * len(digest) - 5 * CODE)
    signs = "".join(CROCKFORD[number >> 5 * place & 31] for place in reversed(range(CODE)))
    return f"{signs[:_HALF]}-{signs[_HALF:]}"


def read_code(typed: str) -> str | None:
    """A code as it was typed or copied, in its one form; None where it can be none. O is read as 0, I and L as 1."""
    signs = typed.strip().strip(".,;:\"'“”«»<>()[]").upper().translate(_AS_MEANT)
    if not re.fullmatch(f"[{CROCKFORD}]{{{CODE}}}", signs):
        return None
    return f"{signs[:_HALF]}-{signs[_HALF:]}"


def _own(edition: Edition) -> dict[str, str]:
    parts = {"subject": edition.subject, "preheader": edition.preheader, SEND_ON: edition.send_on.isoformat()}
    for section in edition.sections:
        name = section.listed
        alike = sum(part == name or part.startswith(f"{name} (") for part in parts)
        parts[f"{name} ({alike + 1})" if alike else name] = repr(sorted(section.values.items()))
    return parts


def _around(workspace: Workspace, dossier: Dossier, edition: Edition) -> dict[str, str]:
    profile = dossier.profile
    parts = {
        SENDER: json.dumps(_sender(profile)),
        LEAVING: leaving_address(profile),
        LANGUAGES: " ".join(one.language for one in dossier.editions),
        PROFILE: _said_in(profile),
        ADDRESS: dossier.public_url,
        FRAME: _templates(workspace, edition.language),
    }
    there = {EMBARGO: _embargo(edition), CORRECTS: str(edition.corrects or "")}
    return parts | {name: said for name, said in there.items() if said}


def _sender(profile: Profile) -> list[str]:
    sender = profile.sender
    return [sender.name, sender.address, sender.reply_to, sender.list_id]


def _embargo(edition: Edition) -> str:
    return edition.embargo.isoformat() if edition.embargo else ""


def _said_in(profile: Profile) -> str:
    """What the profile says that a letter may show, without what has a part of its own."""
    countries = {key: replace(one, about=NOTHING_SAID, report=None) for key, one in profile.countries.items()}
    return repr((profile.title, profile.languages, countries, profile.organisation, profile.coordinators, profile.look))


def _pictures(
    workspace: Workspace, edition: Edition, profile: Profile, rendered: Rendered
) -> Iterator[tuple[str, str]]:
    """The pictures of an edition as they lie in ``issues/images/``, each with its digest."""
    standing = [profile.look.logo, *(one.portrait for one in profile.coordinators)]
    shown = {picture.name.rpartition("-")[0] for picture in rendered.pictures}
    named = [entry.value.file for entry in entries(edition) if isinstance(entry.value, Picture)]
    for name in dict.fromkeys([*named, *filter(None, standing)]):
        path = workspace.picture(name)
        if path and (name in named or stem(path) in shown):
            yield name, hashlib.sha256(path.read_bytes()).hexdigest()


def _templates(workspace: Workspace, language: str) -> str:
    """One digest of every template of a letter in this language, the workspace's own before ours."""
    words = {f"words/{one}.yaml" for one in (FIRST, language)}
    found = {
        path.relative_to(folder).as_posix(): path
        for folder in reversed(workspace.template_folders)
        for path in folder.rglob("*")
        if path.is_file() and _of_a_letter(path.relative_to(folder).as_posix(), words)
    }
    whole = hashlib.sha256()
    for name, path in sorted(found.items()):
        whole.update(name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def _of_a_letter(name: str, words: Collection[str]) -> bool:
    return name in words if name.startswith("words/") else not name.startswith(("web/", "schema/", "."))


def _short(content: str) -> str:
    return hashlib.sha256(content.encode("utf-8", "backslashreplace")).hexdigest()[:_SHORT]
