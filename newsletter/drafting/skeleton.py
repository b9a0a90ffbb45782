"""``templates/skeleton/<language>.yaml`` -> Skeleton: the files with which issues begin, and the notes put into them."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template

import yaml

from newsletter.errors import ToMend
from newsletter.workspace import Workspace

FIRST = "en"
WIDTH = 100
MONTHLY, SPECIAL, CORRECTION = "monthly", "special", "correction"
BLOCKS = ("already_sent", "asks", "unreported")
"""What becomes several lines, or none, where it stands alone on a line of the monthly file."""


class BrokenSkeleton(ToMend):
    """A file of ``templates/skeleton/`` cannot be used."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file} cannot be used: {reason}", "Look how the one that comes with the program has it.")


@dataclass(frozen=True, slots=True)
class Skeleton:
    """How issues begin in one language; what its file lacks is said in English."""

    file: str
    phrases: Mapping[str, str]

    def say(self, name: str, **values: object) -> str:
        """A phrase with its gaps filled, on one line."""
        return " ".join(Template(self.phrases[name]).safe_substitute(values).split())

    def note(self, name: str, **values: object) -> tuple[str, ...]:
        """A phrase as a note between sections, of as many lines as it needs."""
        return tuple(textwrap.wrap(self.say(name, **values), WIDTH, initial_indent="  #> ", subsequent_indent="  #> "))

    def issue(self, name: str, values: Mapping[str, object], blocks: Mapping[str, Sequence[str]]) -> str:
        """The file of a new issue, monthly or special."""
        lines: list[str] = []
        for each in self.phrases[name].split("\n"):
            put = list(_filled(each, values, blocks))
            if put != [""] or lines[-1:] != [""]:  # nothing was put in above: one empty line is enough
                lines += put
        return "\n".join(lines).strip("\n") + "\n"


def read_skeleton(workspace: Workspace, language: str) -> Skeleton:
    """How issues begin in a language, in English where nobody has put that down. Raises BrokenSkeleton."""
    phrases: dict[str, str] = {}
    last = ""
    for one in dict.fromkeys((FIRST, language.partition("-")[0], language)):
        for folder in reversed(workspace.template_folders):
            path = folder / "skeleton" / f"{one}.yaml"
            if path.is_file():
                last = workspace.relative(path)
                phrases |= _phrases(path, last)
    for block in BLOCKS[1:]:
        if not re.search(rf"^[ ]*\${block}[ ]*$", phrases[MONTHLY], re.MULTILINE):
            raise BrokenSkeleton(last, f"a line with ${block} alone is missing under {MONTHLY}.")
    return Skeleton(last, phrases)


def _phrases(path: Path, file: str) -> dict[str, str]:
    try:
        found = yaml.load(path.read_text("utf-8"), yaml.CBaseLoader)  # noqa: S506 - knows strings, lists and mappings only
    except (yaml.YAMLError, ValueError, OSError) as error:
        raise BrokenSkeleton(file, " ".join(str(error).split())) from None
    if not isinstance(found, dict) or not all(isinstance(words, str) for words in found.values()):
        raise BrokenSkeleton(file, "it is no list of names and words.")
    return found


def _filled(line: str, values: Mapping[str, object], blocks: Mapping[str, Sequence[str]]) -> Iterator[str]:
    name = line.strip().removeprefix("$")
    if line.strip().startswith("$") and name in blocks:
        yield from blocks[name]
        return
    whole = Template(line).safe_substitute(values).rstrip()
    if len(whole) <= WIDTH or not whole.lstrip().startswith("#") or whole == line:
        yield whole
        return
    start = whole[: len(whole) - len(whole.lstrip("# "))]
    yield from textwrap.wrap(whole, WIDTH, subsequent_indent=start)
