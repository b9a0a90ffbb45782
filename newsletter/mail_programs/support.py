"""What is known of a feature, and in which mail programs it works: the pinned data of Can I email, read."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
PROGRAMS = {
    "gmail.desktop-webmail": "Gmail on the web",
    "gmail.android": "Gmail on Android",
    "gmail.ios": "Gmail on iPhone",
    "gmail.mobile-webmail": "Gmail in a phone's browser",
    "apple-mail.macos": "Apple Mail on Mac",
    "apple-mail.ios": "Apple Mail on iPhone",
    "outlook.windows": "classic Outlook",
    "outlook.outlook-com": "new Outlook and Outlook on the web",
    "outlook.windows-mail": "Windows Mail",
    "outlook.macos": "Outlook on Mac",
    "outlook.ios": "Outlook on iPhone",
    "outlook.android": "Outlook on Android",
    "yahoo.desktop-webmail": "Yahoo on the web",
    "yahoo.android": "Yahoo on Android",
    "yahoo.ios": "Yahoo on iPhone",
    "thunderbird.macos": "Thunderbird",
    "protonmail.desktop-webmail": "Proton on the web",
    "protonmail.android": "Proton on Android",
    "protonmail.ios": "Proton on iPhone",
    "gmx.desktop-webmail": "GMX on the web",
    "gmx.android": "GMX on Android",
    "gmx.ios": "GMX on iPhone",
}
"""The programs that letters are written for. New Outlook for Windows shows letters as outlook.com does; Thunderbird does so alike on every system."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How a program deals with a feature: ``y`` yes, ``a`` in part, ``n`` not, ``u`` nobody has tried."""

    program: str
    word: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature as Can I email knows it."""

    slug: str
    title: str
    answers: tuple[Answer, ...]

    @property
    def lacking(self) -> tuple[Answer, ...]:
        """The programs that do not know it, or know it in part."""
        return tuple(answer for answer in self.answers if answer.word in "an")


@cache
def data() -> Any:
    """The pinned data."""
    return json.loads((HERE / "caniemail.json").read_text("utf-8"))


@cache
def known() -> Any:
    """Our own additions: which of its features a name of ours belongs to, and what it does not know, with the reason."""
    return yaml.safe_load((HERE / "known.yaml").read_text("utf-8"))


@cache
def instead() -> Mapping[str, Mapping[str, str]]:
    """What a reader sees where a feature of the shipped letters is lacking; of those nothing is lost."""
    found: dict[str, dict[str, str]] = yaml.safe_load((HERE / "instead.yaml").read_text("utf-8"))
    return found


@cache
def features() -> dict[str, Feature]:
    """Every feature by its name in Can I email."""
    return {slug: _feature(slug, one) for slug, one in data()["features"].items()}


@cache
def belongs() -> Mapping[str, str]:
    """Which feature a key such as ``property padding-left`` belongs to."""
    found: dict[str, str] = {}
    for slug, one in data()["features"].items():
        for kind, names in one["match"].items():
            if kind == "decl":
                found |= {f"value {name}: {value}": slug for name, value in names}
            elif kind in _KINDS:
                found |= {f"{_KINDS[kind]} {name}": slug for name in names}
    for slug, keys in known()["belongs"].items():
        found |= dict.fromkeys(keys, slug)
    return found


_KINDS = {
    "props": "property",
    "tags": "tag",
    "attrs": "attribute",
    "at": "at",
    "media": "media",
    "pseudo": "pseudo",
    "units": "unit",
    "functions": "function",
    "ext": "picture",
}


def not_told(key: str) -> str:
    """Why Can I email has nothing on a key, "" where no reason is known."""
    reasons: dict[str, list[str]] = known()["not in caniemail"]
    return next((reason for reason, names in reasons.items() if any(re.fullmatch(name, key) for name in names)), "")


def _feature(slug: str, one: Any) -> Feature:
    answers = tuple(_answer(program, one) for program in PROGRAMS)
    return Feature(slug, one["title"], answers)


def _answer(program: str, one: Any) -> Answer:
    said = one["support"].get(program, ":u").rpartition(":")[2]
    notes = tuple(one.get("notes", {}).get(number, "") for number in re.findall(r"#(\d+)", said))
    return Answer(program, said[:1], notes)
