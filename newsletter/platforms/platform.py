"""``<platform>.yaml`` -> Platform: what we need to know of a mailing service, typed and complete."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from newsletter.errors import ToMend, WrongUsage

FALLBACK = "⟪fallback⟫"
RAW = "⟪raw⟫"
HELD = ("address", "name", "nameless")
KEPT = "kept"


class NoPlatform(WrongUsage):
    """The platform asked for is not known."""

    def __init__(self, asked: str, known: tuple[str, ...]) -> None:
        super().__init__(f"There is no platform {asked!r}.", f"Known are: {', '.join(known)}.")


class BrokenPlatform(ToMend):
    """A platform's file cannot be used."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"platforms/{file}: {reason}.", "Compare it with one of the other files there.")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the list as the platform reads it: its heading, and what of a reader stands in it."""

    heading: str
    holds: str  # address, name, or nameless (JSON that marks readers whose name is not known)


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done on the platform, "" where nothing is, according to where the pictures are."""

    hosted: str  # on the public pages
    beside: str  # in the folder


@dataclass(frozen=True, slots=True)
class Platform:
    """A mailing service that an issue can be exported to. ``confidence`` and ``sources`` say how well we know it."""

    key: str
    name: str
    processor: str
    where: str
    contract: str
    first_name: str  # a tag template; FALLBACK stands for what is said to a reader without a name
    leave_url: str
    fallback_forbids: tuple[str, ...]
    delimiters: tuple[str, ...]  # how its tags open
    literal: str  # how a delimiter is written in plain text so that it is not read as one; RAW stands for it
    comments: str  # KEPT, or a template that carries a comment's delimiter (RAW, as in JSON) through its engine
    zip: bool
    max_html_bytes: int  # 0 where no limit is known
    columns: tuple[Column, ...]
    steps: tuple[Step, ...]
    list_steps: tuple[str, ...]
    notes: tuple[str, ...]
    confidence: Mapping[str, str]
    sources: tuple[str, ...]


def read_platforms(folder: Path = Path(__file__).parent) -> dict[str, Platform]:
    """Every platform there is, by the word that stands for it on the command line. Raises BrokenPlatform."""
    return {path.stem: _read(path) for path in sorted(folder.glob("*.yaml"))}


def platform(key: str) -> Platform:
    """The platform of this name. Raises NoPlatform, BrokenPlatform."""
    known = read_platforms()
    if key not in known:
        raise NoPlatform(key, tuple(known))
    return known[key]


def _read(path: Path) -> Platform:
    try:
        raw = yaml.safe_load(path.read_text("utf-8"))
        columns = tuple(Column(column["column"], column["holds"]) for column in raw["list"])
        as_they_are: dict[str, Any] = {name: raw[name] for name in _WORDS} | {name: tuple(raw[name]) for name in _ROWS}
        found = Platform(
            key=path.stem,
            first_name=raw["tags"]["first_name"],
            leave_url=raw["tags"]["leave_url"],
            zip=bool(raw["zip"]),
            max_html_bytes=int(raw["max_html_bytes"] or 0),
            columns=columns,
            steps=tuple(_step(step) for step in raw["steps"]),
            confidence=dict(raw["confidence"]),
            **as_they_are,
        )
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BrokenPlatform(path.name, "it is not YAML: " + " ".join(str(error).split())) from None
    except KeyError as error:
        raise BrokenPlatform(path.name, f"{error.args[0]} is missing") from None
    except (AttributeError, TypeError, ValueError):
        raise BrokenPlatform(path.name, "something has the wrong shape") from None
    _prove(found, path.name)
    return found


def _step(raw: Any) -> Step:
    return Step(raw, raw) if isinstance(raw, str) else Step(raw.get("hosted", ""), raw.get("beside", ""))


_WORDS = ("name", "processor", "where", "contract", "literal", "comments")
_ROWS = ("fallback_forbids", "delimiters", "list_steps", "notes", "sources")


def _prove(found: Platform, file: str) -> None:
    """What would otherwise go wrong in a reader's letter is refused here."""
    tags: Any = (found.first_name, found.leave_url, *found.delimiters)
    if not all(isinstance(tag, str) and tag for tag in tags):
        raise BrokenPlatform(file, "each tag and each delimiter should be words")
    if any(character in found.leave_url for character in ' "'):
        raise BrokenPlatform(
            file, "leave_url stands in an address and should hold neither a space nor a quotation mark"
        )
    if unknown := {column.holds for column in found.columns} - set(HELD):
        raise BrokenPlatform(file, f"a column holds {', '.join(sorted(unknown))}; known are {', '.join(HELD)}")
    if "address" not in {column.holds for column in found.columns}:
        raise BrokenPlatform(file, "no column of the list holds the address")
