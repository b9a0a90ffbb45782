"""``slips/`` -> each slip made in a copy of the base newsletter, and what the program says of it."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from PIL import Image

from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import SpamRule, SpamScore, Visit
from newsletter.nouns.problem import Place, Problem
from newsletter.pipeline import everything, prepare
from newsletter.settings import Settings
from newsletter.workspace import Workspace, shipped
from tests.any.pictures import pictures_at_hand

HERE = Path(__file__).resolve().parent
ISSUE = IssueName(2025, 7)
FIRST = "issues/2025-07.yaml"

IN_A_PARAGRAPH = 100  # times that words are said again in one piece


@dataclass(frozen=True)
class Slip:
    """One slip, as its file tells it."""

    check: str
    slip: str
    change: dict[str, str] = field(default_factory=dict)
    at: str = ""
    file: str = FIRST
    points_to: str = ""
    add: dict[str, str] = field(default_factory=dict)
    long: dict[str, str] = field(default_factory=dict)
    noise: dict[str, str] = field(default_factory=dict)
    place: dict[str, str] = field(default_factory=dict)
    answers: dict[str, dict[str, str]] = field(default_factory=dict)
    spam: dict[str, str] = field(default_factory=dict)
    severity: str = ""
    others: tuple[str, ...] = ()
    day: dt.date | None = None

    def __str__(self) -> str:
        return f"{self.check}: {self.slip}"

    @property
    def target(self) -> str:
        """The file to which its problem points."""
        return self.points_to or self.file


@cache
def slips() -> tuple[Slip, ...]:
    """All slips, by check."""
    found = []
    for path in sorted((HERE / "slips").glob("*.yaml")):
        for one in yaml.load(path.read_text("utf-8"), yaml.CBaseLoader):  # noqa: S506 - strings, lists, mappings
            said: dict[str, Any] = {"check": path.stem, **one}
            day = dt.date.fromisoformat(said["day"]) if "day" in said else None
            found.append(Slip(**{**said, "others": tuple(said.get("others", ())), "day": day}))
    return tuple(found)


def made(slip: Slip, folder: Path) -> Workspace:
    """The base newsletter with this slip in it."""
    shutil.copytree(HERE / "base", folder, dirs_exist_ok=True)
    pictures_at_hand(folder)
    path = folder / slip.file
    if not path.is_file():  # a template of the program, of which the coordinator makes her own
        path.parent.mkdir(parents=True)
        shutil.copy(shipped() / slip.file, path)
    text = path.read_text("utf-8")
    for old, new in slip.change.items():
        assert text.count(old) == 1, f"{slip}: “{old}” stands {text.count(old)} times in {slip.file}"
        text = text.replace(old, new)
    for words, times in slip.long.items():
        some, rest = divmod(int(times), IN_A_PARAGRAPH)
        repeated = [f"{words} " * IN_A_PARAGRAPH] * some + [f"{words} " * rest] * bool(rest)
        text = text.replace(
            words, "\n\n\n      ".join(repeated)
        )  # in YAML one of two empty lines is no more than a line's end
    path.write_text(text, "utf-8", newline="")
    for name, width in slip.noise.items():
        side = int(width)
        Image.frombytes("RGB", (side, side), random.Random(1).randbytes(side * side * 3)).save(folder / name)  # noqa: S311 - the same each time
    for name, latitude in slip.place.items():
        exif = Image.Exif()
        exif[0x8825] = {1: "S", 2: (float(latitude), 0.0, 0.0), 3: "W", 4: (77.0, 0.0, 0.0)}
        Image.new("RGB", (1200, 640), "#406080").save(folder / name, exif=exif)
    for name, content in slip.add.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, "utf-8")
    return Workspace(folder)


def said_of(workspace: Workspace, slip: Slip | None = None) -> tuple[Problem, ...]:
    """What ``newsletter check`` says of July: with a slip's ``answers`` as --online, with its ``spam`` as --spam."""
    prepared = prepare(workspace, ISSUE, Settings())
    if slip and prepared.dossier:
        visits = {url: _visit(url, **answer) for url, answer in slip.answers.items()}
        spam = {"en": _score(slip.spam)} if slip.spam else {}
        prepared = replace(prepared, dossier=replace(prepared.dossier, visits=visits, spam=spam))
    return everything(prepared, slip.day if slip else None)


def _score(rules: dict[str, str]) -> SpamScore:
    told = [SpamRule(name, float(said.split()[0]), said.partition(" ")[2]) for name, said in rules.items()]
    return SpamScore(sum(rule.points for rule in told), 5.0, tuple(told))


def _visit(url: str, *, status: str = "200", address: str = "", permanent: str = "no", trouble: str = "") -> Visit:
    return Visit(int(status), address or url, permanent == "yes", trouble)


def told(slip: Slip, workspace: Workspace) -> Problem:
    """The problem that the slip is about; fails where the program says nothing of it, or speaks of something else."""
    problems = said_of(workspace, slip)
    shown = "\n".join(map(str, problems)) or "nothing"
    meant = [one for one in problems if one.check == slip.check and one.place.file == slip.target]
    there = [one for one in meant if words_at(workspace, one.place).startswith(slip.at)]
    assert len(there) == 1, f"{slip}: expected one problem at “{slip.at}” in {slip.target}, found:\n{shown}"
    beside = {one.check for one in problems if one.check != slip.check}
    assert beside == set(slip.others), f"{slip}: expected {slip.others} besides, found:\n{shown}"
    return there[0]


def words_at(workspace: Workspace, place: Place) -> str:
    """What stands at a place, to the end of its line."""
    lines = (workspace.root / place.file).read_text("utf-8").split("\n")
    return lines[place.line - 1][place.column - 1 :]
