"""What stands in a section, and its type -> Form: every field with its words, and every value that no field holds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import yaml

from newsletter.drafting import values
from newsletter.drafting.fields import ASK, COMMON, EDITION, PARTS
from newsletter.nouns.draft import IN_LANGUAGE, Field, Kind, PartialDate, Path, SectionType
from newsletter.phrases import Phrases
from newsletter.studio.soft_lines import unwrapped
from newsletter.studio.typed import DATES
from newsletter.words import Words
from newsletter.yaml_tree.tree import Data

START = -1
"""The number of the part that is no section: subject and date."""
BLANK = "new"
"""Stands in the path of a member that is not there yet."""
LISTS = frozenset({Kind.SOURCES, Kind.PEOPLE, Kind.ROWS})
BRIEF = 16  # characters; two such fields stand side by side
LONG = 60  # characters; longer texts get a field that grows
DIGITS = 16
SHARED = frozenset(one.name for one in (*COMMON, *ASK))
STRANGE = "strange"  # the kind of what no field of the type holds
RAW = "raw"  # the kind of what cannot stand in a field of a form
ITEM = "item"


@dataclass(frozen=True, slots=True)
class Box:
    """A field of a form. ``was`` names what stands in the file, so that a change there is noticed.

    ``boxes`` are a picture's parts, the members of a list, or a member's fields; ``blank`` is a member to be.
    """

    path: Path
    kind: str
    label: str
    help: str = ""
    example: str = ""
    value: str = ""
    was: str = ""
    required: bool = False
    there: bool = False  # whether it stands in the file
    iso: str = ""  # of a whole day
    choices: tuple[tuple[str, str], ...] = ()
    boxes: tuple[Box, ...] = ()
    blank: Box | None = None

    @property
    def id(self) -> str:
        """Names it in the page."""
        return "f" + "".join(f"-{part}" for part in self.path if part != "sections").replace(" ", "%20")

    @property
    def brief(self) -> bool:
        """Whether it stands beside another: a day, a choice, a place."""
        if self.kind in {*DATES, Kind.TIME, Kind.NUMBER, Kind.CHOICE}:
            return True
        return self.kind == Kind.TEXT and 0 < len(self.example) <= BRIEF and len(self.value) <= BRIEF

    @property
    def long(self) -> bool:
        """Whether a text of one line wants more room than that."""
        return max(len(self.value), len(self.example)) > LONG or "\n" in self.value


@dataclass(frozen=True, slots=True)
class Form:
    """All fields of one part of an edition; ``more`` are those that few need. ``at`` is its number, from 0."""

    at: int
    type: str  # as the file has it; "" where it says none, and for the start
    label: str
    about: str
    boxes: tuple[Box, ...]
    more: tuple[Box, ...] = ()
    known: bool = True

    @property
    def all(self) -> tuple[Box, ...]:
        """Every field, those inside others too."""
        return tuple(flat((*self.boxes, *self.more)))


def flat(boxes: Sequence[Box]) -> Iterator[Box]:
    """Fields, and those inside them."""
    for one in boxes:
        yield one
        yield from flat(one.boxes)


def was(data: Data | None) -> str:
    """Names a value, so that it can be told whether it is still the same."""
    return hashlib.sha256(json.dumps(data).encode()).hexdigest()[:DIGITS] if data is not None else ""


def shown(kind: str, data: Data | None, words: Words) -> str:
    """A value as it stands in its field: days in words, a text without the line end that closes it."""
    if not isinstance(data, str):
        return "" if data is None else written_out(data)
    if kind in DATES:
        day = _day(data)
        return words.date(day).replace("\u00a0", " ") if day else data.strip()
    if kind == Kind.FLAG and data.strip().lower() in values.YES | values.NO:
        return "yes" if data.strip().lower() in values.YES else "no"
    if kind == Kind.MARKDOWN:
        return unwrapped(data.rstrip("\n"))
    return data.rstrip("\n")


def _day(text: str) -> PartialDate | None:
    try:
        return values.partial_date(text)
    except values.Unfit:
        return None


def is_whole_day(text: str) -> bool:
    """Whether it is a day, not a month or a year."""
    found = _day(text)
    return bool(found and found.day)


def written_out(data: Data) -> str:
    """A list or names with values, as they can be read."""
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, default_style=None).rstrip("\n")


class Forms:
    """Makes forms in one language of the screens."""

    def __init__(self, types: Mapping[str, SectionType], phrases: Phrases, words: Words) -> None:
        self.types, self.phrases, self.words = types, phrases, words
        self.language = phrases.language

    def start(self, data: Data | None) -> Form:
        """The form of the part that is no section: subject and date."""
        there = data if isinstance(data, dict) else {}
        often = [one for one in EDITION if one.name != "language" or one.name in there]
        boxes = [self._box(one, (one.name,), there.get(one.name), "") for one in often]
        strange = self._strange(there, (), {*(one.name for one in EDITION), "sections"})
        return Form(START, "", self._say("write_start"), self._say("write_start_about"), (*boxes, *strange))

    def section(self, at: int, data: Data) -> Form:
        """The form of a section, whatever stands there."""
        path: Path = ("sections", at)
        if not isinstance(data, dict):
            box = Box(path, RAW, self._say("write_no_section"), value=shown(RAW, data, self.words), there=True)
            return Form(at, "", self._say("write_no_section"), "", (box,), known=False)
        name = data.get("type")
        kind = self.types.get(name) if isinstance(name, str) else None
        if kind is None:
            strange = tuple(self._strange(data, path, set()))
            said = name if isinstance(name, str) else ""
            return Form(at, said, said or self._say("write_no_type"), "", strange, known=False)
        often, more = self._fields(kind, path, data)
        strange = tuple(self._strange(data, path, {"type", *(one.name for one in kind.fields)}))
        about = kind.about.into(self.language)
        return Form(at, kind.name, kind.label.into(self.language), about, (*often, *strange), more)

    def blank(self, kind: SectionType) -> dict[str, str]:
        """What a new section holds: the fields that it needs, empty."""
        return {one.name: "" for one in kind.fields if one.required and one.kind not in {*LISTS, Kind.PICTURE}}

    def _fields(
        self, kind: SectionType, path: Path, data: Mapping[str, Data]
    ) -> tuple[tuple[Box, ...], tuple[Box, ...]]:
        boxes = [self._box(one, (*path, one.name), data.get(one.name), kind.name) for one in kind.fields]
        often = tuple(one for one in boxes if one.path[-1] not in SHARED or one.path[-1] in kind.also or one.there)
        return often, tuple(one for one in boxes if one not in often)

    def _box(self, field: Field, path: Path, data: Data | None, inside: str) -> Box:
        made = Box(
            path,
            field.kind,
            self._label(field, inside),
            self._help(field, inside),
            field.example,
            required=field.required,
            there=data is not None,
            was=was(data),
        )
        if field.kind is Kind.PICTURE:
            return self._picture(made, data)
        if field.kind in LISTS:
            return self._list(made, field, data)
        if data is not None and not isinstance(data, str):
            return replace(made, kind=RAW, value=shown(RAW, data, self.words))
        value = shown(field.kind, data, self.words)
        choices = self._choices(field, value)
        iso = data.strip() if field.kind in DATES and data is not None and is_whole_day(data) else ""
        return replace(made, value=value, choices=choices, iso=iso)

    def _choices(self, field: Field, value: str) -> tuple[tuple[str, str], ...]:
        if field.kind is not Kind.CHOICE:
            return ()
        names = dict.fromkeys((*field.choices, *((value,) if value else ())))
        return (("", self._say("write_left_out")), *((one, self._or(f"write_choice_{one}", one)) for one in names))

    def _picture(self, made: Box, data: Data | None) -> Box:
        if isinstance(data, str) and data == "":
            data = None
        if data is not None and not isinstance(data, dict):
            return replace(made, kind=RAW, value=shown(RAW, data, self.words))
        there = data or {}
        fields = PARTS[Kind.PICTURE]
        boxes = [self._box(one, (*made.path, one.name), there.get(one.name), "picture") for one in fields]
        strange = self._strange(there, made.path, {one.name for one in fields})
        return replace(made, boxes=(*boxes, *strange), value=boxes[0].value)

    def _list(self, made: Box, field: Field, data: Data | None) -> Box:
        if isinstance(data, str) and data == "":
            data = None
        if data is not None and not isinstance(data, list):
            return replace(made, kind=RAW, value=shown(RAW, data, self.words))
        fields = field.fields or PARTS.get(field.kind, ())
        inside = "" if field.fields else str(field.kind)
        items = [self._item(fields, (*made.path, at), one, inside) for at, one in enumerate(data or ())]
        return replace(made, boxes=tuple(items), blank=self._item(fields, (*made.path, BLANK), {}, inside))

    def _item(self, fields: Sequence[Field], path: Path, data: Data, inside: str) -> Box:
        made = Box(path, ITEM, "", was=was(data))
        if not isinstance(data, dict):
            raw = Box(
                path, RAW, self._say("write_strange"), value=shown(RAW, data, self.words), was=was(data), there=True
            )
            return replace(made, boxes=(raw,))
        boxes = [self._box(one, (*path, one.name), data.get(one.name), inside) for one in fields]
        strange = self._strange(data, path, {one.name for one in fields})
        return replace(made, boxes=(*boxes, *strange), value=boxes[0].value if boxes else "")

    def _strange(self, data: Mapping[str, Data], path: Path, known: set[str]) -> Iterator[Box]:
        """What stands there and no field holds: an address in a further language, a slip, a type that is not known."""
        for name, value in data.items():
            if name in known:
                continue
            tongue = IN_LANGUAGE.fullmatch(name)
            is_address = bool(tongue and tongue["name"] in known)
            kind = Kind.URL if is_address else STRANGE if isinstance(value, str) else RAW
            help_text = self._say("write_address_in", language=tongue["language"]) if tongue and is_address else ""
            yield Box(
                (*path, name),
                kind,
                name,
                help_text or self._say("write_strange"),
                value=shown(kind, value, self.words),
                was=was(value),
                there=True,
            )

    def _label(self, field: Field, inside: str) -> str:
        return self._or(f"write_{inside}_{field.name}", field.label.into(self.language))

    def _help(self, field: Field, inside: str) -> str:
        return self._or(f"write_{inside}_{field.name}_help", field.help.into(self.language))

    def _say(self, phrase: str, **gaps: object) -> str:
        return self.phrases.say(phrase, **gaps)

    def _or(self, phrase: str, otherwise: str) -> str:
        return self.phrases.say(phrase) if phrase in self.phrases else otherwise
