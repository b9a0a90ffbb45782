"""A section type -> its example as somebody would write it into an issue's file, made from its fields' own examples."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, ClassVar

import yaml

from newsletter.drafting.fields import ASK, COMMON, PARTS
from newsletter.nouns.draft import Field, Kind, SectionType

WIDEST = 92  # characters: what a window shows without scrolling
SHORT = 72  # a longer text begins on a line of its own
COMMON_NAMES = frozenset(one.name for one in (*COMMON, *ASK))
_LINK = re.compile(r"\[[^\]]*\]\([^)]*\)")
_STAY = "\0"  # in the place of a space at which no line is broken
HEAD = """\
subject: "Peru: what this letter says, in a few words"
preheader: What mailboxes show beside the subject, so that one wants to read on
send_on: 2025-07-04
sections:
"""


class Words(str):
    """What is read as words, even where YAML would take it for a number or a yes; those stand in quotes."""

    __slots__ = ()


class Passage(str):
    """Markdown: on its line where it is short, after ``|`` where it is long."""

    __slots__ = ()


class _Writer(yaml.SafeDumper):
    """YAML as the sample writes it: quotes only where they must be, lists set in below their name."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}  # type: ignore[misc]  # a plain word is a string

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - yaml calls it so
        """Set the members of a list in, too."""
        super().increase_indent(flow, indentless=False)

    def written(self, text: str, style: str = "") -> yaml.ScalarNode:
        """A string in the plainest form that says it."""
        if not style and " " in text and len(text) > SHORT:
            style = ">"
        if not style and not (self.analyze_scalar(text).allow_block_plain and text):
            style = '"'
        return self.represent_scalar("tag:yaml.org,2002:str", str(text), style=style or None)


def _words(writer: _Writer, text: Words) -> yaml.ScalarNode:
    return writer.written(text, "" if isinstance(yaml.safe_load(text), str) else '"')


def _passage(writer: _Writer, text: Passage) -> yaml.ScalarNode:
    if len(text) <= SHORT and "\n" not in text:
        return writer.written(text)
    return writer.written("\n".join(map(_wrapped, text.split("\n"))) + "\n", "|")


def _wrapped(line: str) -> str:
    """A line of Markdown on lines that fit; the words of a link stay together."""
    whole = _LINK.sub(lambda link: link[0].replace(" ", _STAY), line)
    return textwrap.fill(whole, WIDEST - 6, break_long_words=False, break_on_hyphens=False).replace(_STAY, " ")


_Writer.add_representer(str, _Writer.written)
_Writer.add_representer(Words, _words)
_Writer.add_representer(Passage, _passage)


def example(kind: SectionType) -> str:
    """A whole section of this type, ready to stand under ``sections:``; a field without an example is left out."""
    values = dict(_values(kind.fields, kind.also))
    first = {"id": values.pop("id")} if "id" in values else {}
    section = {"type": kind.name, **first, **values}
    written: str = yaml.dump([section], Dumper=_Writer, width=WIDEST, allow_unicode=True, sort_keys=False)
    return textwrap.indent(written, "  ", lambda line: bool(line.strip()))


def issue(sections: Iterable[str]) -> str:
    """An issue's file that holds these sections."""
    return HEAD + "\n".join(sections)


def _values(fields: Iterable[Field], also: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    for one in fields:
        text = also.get(one.name, "") if one.name in COMMON_NAMES else one.example
        if text:
            yield one.name, typed(one, text)


def typed(one: Field, text: str) -> Any:
    """An example as it stands in fields.yaml -> the value that it describes, its words told from its other parts."""
    if one.kind is Kind.ROWS or one.kind in PARTS:
        return _parts(one.fields or PARTS[one.kind], yaml.load(text, yaml.BaseLoader))  # noqa: S506 - strings, lists, mappings
    return _scalar(one, text)


def _scalar(one: Field, value: Any) -> Any:
    if not isinstance(value, str):
        return _parts(one.fields or PARTS[one.kind], value)
    return Passage(value) if one.kind is Kind.MARKDOWN else Words(value) if one.kind is Kind.TEXT else value


def _parts(fields: tuple[Field, ...], value: Any) -> Any:
    if isinstance(value, list):
        return [_parts(fields, one) for one in value]
    known = {one.name: one for one in fields}
    return {name: _scalar(known[name], part) for name, part in value.items()}
