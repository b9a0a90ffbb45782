"""A workspace -> every file in which something was ever said, and each text of it with its place and its section."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from newsletter.nouns.draft import IssueName
from newsletter.nouns.draft import Path as Way
from newsletter.nouns.problem import Place
from newsletter.texts.folding import fold, folded_text
from newsletter.workspace import Workspace
from newsletter.yaml_tree.text import decode
from newsletter.yaml_tree.tree import Data, Tree, read_tree

LARGEST = 2_000_000  # bytes
YAML = (".yaml", ".yml")
TEXTS = (*YAML, ".txt", ".md")
DRAFT = "9999"
"""The day of a draft that bears none: it is being written."""
PEOPLE = ("people", "name", "speaker", "signed", "started_by", "who")
"""Names of fields that hold a person."""
_ISSUE = re.compile(r"(?P<issue>\d{4}-\d{2}(?:-\d{2}-[a-z0-9-]+)?)(?:\.(?P<language>[A-Za-z-]+))?\.ya?ml")
_DAY = re.compile(r"^(?:send_on|date): *[\"']?(\d{4}-\d{2}(?:-\d{2})?)", re.MULTILINE)
_HEAD = re.compile(r"\A---[ \t]*\n(.*?)\n---[ \t]*\n", re.DOTALL)
_BLOCK = re.compile(r"\S(?:.*\S)?(?:\n[ \t]*\S.*)*")


@dataclass(frozen=True)
class WrittenFile:
    """A file in which something was said. ``day`` orders the pieces; "" for one that holds at all times."""

    file: str
    text: str
    day: str
    issue: str = ""
    language: str = ""
    countries: tuple[str, ...] = ()  # the names of the only country there is, folded
    names: Mapping[str, tuple[str, ...]] | None = None  # of each country, folded, by its key

    @property
    def is_yaml(self) -> bool:
        """Whether it is written in YAML."""
        return self.file.endswith(YAML)

    @property
    def escaped(self) -> bool:
        """Whether words may be written otherwise than they read: with backslashes in double quotes."""
        return self.is_yaml and "\\" in self.text

    @cached_property
    def folded(self) -> str:
        """The whole of it, as it is compared."""
        return folded_text(self.text)


@dataclass(frozen=True, slots=True)
class Text:
    """One text: a field of an issue, a paragraph of a clipping, a line of what cannot be read otherwise."""

    text: str
    written: WrittenFile
    section: str = ""
    case: str = ""
    ask: str = ""
    countries: tuple[str, ...] = ()
    people: str = ""  # folded
    tree: Tree | None = None
    way: Way = ()
    start: int = 0

    @property
    def issue(self) -> str:
        """The issue in which it stands; "" for what belongs to none."""
        return self.written.issue

    def place(self, offset: int) -> Place:
        """Where one character of it stands."""
        if self.tree:
            return self.tree.place(self.way, offset)
        before = self.written.text[: self.start + offset]
        return Place(self.written.file, before.count("\n") + 1, len(before) - before.rfind("\n"))


@dataclass(frozen=True, slots=True)
class _Standing:
    """What the profile says of all issues: the first language, and each country by its key with all it is called."""

    first: str
    names: Mapping[str, tuple[str, ...]]

    @property
    def only(self) -> tuple[str, ...]:
        return next(iter(self.names.values())) if len(self.names) == 1 else ()


def written_files(workspace: Workspace) -> Iterator[WrittenFile]:
    """Every file below ``issues/`` that holds words: issues, drafts, clippings, the profile last."""
    standing = _standing(workspace)
    for path in sorted(workspace.issues.rglob("*")):
        if path.suffix.lower() not in TEXTS or not path.is_file() or path.name.endswith(".approval.yaml"):
            continue
        if any(part.startswith(".") for part in path.relative_to(workspace.issues).parts):
            continue
        if (text := _text(path)) is not None:
            yield _written(workspace, path, text, standing)


def texts(written: WrittenFile) -> Iterator[Text]:
    """The texts of a file. One in which a slip is mended in no way is read line by line, so that nothing stays unseen."""
    if not written.is_yaml:
        yield from _plain(written)
        return
    tree, _ = read_tree(written.text, written.file)
    if tree is None or not isinstance(tree.data, dict):
        yield from _lines(written)
        return
    for name, value in tree.data.items():
        if name == "sections" and isinstance(value, list):
            for number, section in enumerate(value):
                yield from _section(written, tree, ("sections", number), section)
        else:
            yield from (Text(text, written, str(name), tree=tree, way=way) for way, text in _leaves(value, (name,)))


def _written(workspace: Workspace, path: Path, text: str, standing: _Standing) -> WrittenFile:
    file, names = workspace.relative(path), standing.names
    if path == workspace.profile:
        return WrittenFile(file, text, "", names=names)
    said = _DAY.search(text)
    named = _ISSUE.fullmatch(path.name) if path.parent == workspace.issues else None
    if not named:
        undated = DRAFT if path.suffix in YAML else ""
        return WrittenFile(file, text, said[1] if said else undated, names=names)
    day, language = said[1] if said else path.name[:7], named["language"] or standing.first
    return WrittenFile(file, text, day, _issue(named["issue"]), language, standing.only, names)


def _issue(name: str) -> str:
    try:
        return str(IssueName.parse(name))
    except ValueError:
        return ""


def _text(path: Path) -> str | None:
    try:
        if path.stat().st_size > LARGEST:
            return None
        data = path.read_bytes()
    except OSError:
        return None
    text, _ = decode(data, path.name)
    return data.decode("utf-8", "replace") if text is None else text


def _standing(workspace: Workspace) -> _Standing:
    text = _text(workspace.profile) if workspace.profile.is_file() else None
    tree = read_tree(text, "")[0] if text else None
    data = tree.data if tree and isinstance(tree.data, dict) else {}
    languages, countries = data.get("languages"), data.get("countries")
    first = languages[0] if isinstance(languages, list) and languages else ""
    names = {}
    for key, one in (countries if isinstance(countries, dict) else {}).items():
        called = [text for _, text in _leaves(one.get("name", ""), ())] if isinstance(one, dict) else []
        names[key] = tuple(fold(name).text for name in (key, *called))
    return _Standing(first if isinstance(first, str) else "", names)


def _section(written: WrittenFile, tree: Tree, way: Way, section: Data) -> Iterator[Text]:
    known = section if isinstance(section, dict) else {}
    kind, title, case, ask, country = (_word(known, name) for name in ("type", "title", "case", "id", "country"))
    countries = (written.names or {}).get(country, (fold(country).text,)) if country else written.countries
    named = [text for name in PEOPLE for _, text in _leaves(known.get(name, ""), ())]
    label = f"{kind} “{title}”" if title else f"{kind}, section {int(way[-1]) + 1}"
    for where, text in _leaves(section, way):
        if where[len(way) :] not in {("type",), ("id",), ("case",), ("country",)}:
            yield Text(text, written, label, case, ask, countries, fold(" \n".join(named)).text, tree, where)


def _word(known: Mapping[str, Data], name: str) -> str:
    value = known.get(name, "")
    return value.strip() if isinstance(value, str) else ""


def _leaves(data: Data, way: Way) -> Iterator[tuple[Way, str]]:
    if isinstance(data, str):
        if data.strip():
            yield way, data
        return
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        yield from _leaves(value, (*way, key))


def _plain(written: WrittenFile) -> Iterator[Text]:
    """A clipping: its head, name by name, then its paragraphs."""
    head = _HEAD.match(written.text)
    title = re.search(r"^title: *(.+)$", head[1], re.MULTILINE) if head else None
    label = f"clipping “{title[1].strip(chr(34))}”" if title else "clipping"
    people = written.folded
    start = 0
    if head:
        start = head.end()
        for line in re.finditer(r".+", head[1]):
            yield Text(line[0], written, label, people=people, start=head.start(1) + line.start())
    for block in _BLOCK.finditer(written.text, start):
        yield Text(block[0], written, label, people=people, start=block.start())


def _lines(written: WrittenFile) -> Iterator[Text]:
    for line in re.finditer(r"[^\n]*\S[^\n]*", written.text):
        yield Text(line[0], written, "cannot be read as it is", people=written.folded, start=line.start())
