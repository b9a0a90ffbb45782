"""Runs -> Markdown that says these words and no others: every sign that Markdown would take for its own is escaped."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from urllib.parse import quote

from markdown_it import MarkdownIt

from newsletter.drafting.adopt.page import Block, Form, Run
from newsletter.drafting.adopt.tidy import letters, squeezed

_ALWAYS = re.compile(r"([\\`*\[\]<{])")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_ENTITY = re.compile(r"&(?=#?\w{1,32};)")
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_LINE_START = re.compile(r"(?P<sign>[#>+=~-])|(?P<number>\d{1,9})(?P<point>[.)])(?=\s|$)")
_EDGE = "".join(chr(code) for code in range(0x3001) if chr(code).isspace()) + ".,;:!?–—-"
_FIT_FOR_ADDRESSES = "!#$%&'*+,/:;=?@~._-"
HEADING = "### "
"""The one rank of heading that a text of an issue has."""

Escape = Callable[[str], str]


def to_markdown(blocks: Sequence[Block]) -> str:
    """Paragraphs with an empty line between, items of a list below each other."""
    text = ""
    for index, block in enumerate(blocks):
        listed = index > 0 and block.form is Form.ITEM and blocks[index - 1].form is Form.ITEM
        text += ("" if not text else "\n" if listed else "\n\n") + block_markdown(block)
    return text


def block_markdown(block: Block) -> str:
    """One block, with the sign of a heading or an item before its words."""
    text = words_markdown(block)
    if block.form is Form.HEADING:
        return HEADING + text.replace("\\\n", " ")
    if block.form is Form.ITEM:
        return (f"{block.number}. " if block.number else "- ") + text.replace("\\\n", "\\\n  ")
    return text


def words_markdown(block: Block) -> str:
    """Its words. Where they would not be the same, its emphasis is given up, then every sign is escaped."""
    for runs, escaped in (
        (block.runs, _escaped),
        (_plain(block.runs), _escaped),
        (_plain(block.runs), _all_escaped),
    ):
        text = _lines_apart("".join(_run(run, after, escaped) for run, after in _pairs(_whole_words(runs))))
        if letters(spoken(text)) == letters(block.text):
            break
    return text


@lru_cache(maxsize=10_000)  # each paragraph is asked for by what writes, mends, notices and counts
def spoken(text: str) -> str:
    """The words that Markdown says, without its signs; what stands in blocks apart stands on lines apart."""
    said: list[str] = []
    for token in _parser().parse(text):
        said += ("\n" if child.type in {"softbreak", "hardbreak"} else child.content for child in token.children or ())
        if token.type == "inline":
            said.append("\n")
        elif token.type in {"fence", "code_block", "html_block"}:
            said.append(token.content)
    return "".join(said)


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False})


def _plain(runs: Sequence[Run]) -> list[Run]:
    return [replace(run, strong=False, em=False) for run in runs]


def _whole_words(runs: Sequence[Run]) -> list[Run]:
    """Runs whose emphasis begins and ends at words: white space and signs at the ends are set outside."""
    parted: list[Run] = []
    for run in runs:
        if not (run.strong or run.em or run.link):
            parted.append(run)
            continue
        edge = None if run.link else _EDGE
        start = len(run.text) - len(run.text.lstrip(edge))
        end = max(start, len(run.text.rstrip(edge)))
        bare = Run("")
        before, middle, after = run.text[:start], run.text[start:end], run.text[end:]
        parted += [replace(bare, text=before), replace(run, text=middle), replace(bare, text=after)]
    return [run for run in parted if run.text]


def _pairs(runs: Sequence[Run]) -> Iterator[tuple[Run, Run | None]]:
    yield from zip(runs, [*runs[1:], None], strict=True)


def _run(run: Run, after: Run | None, escaped: Escape) -> str:
    text = escaped(run.text)
    if run.link:
        return f"[{text}]({address(run.link)})"
    if after is not None and after.link and text.endswith("!"):
        text = text[:-1] + "\\!"
    if not text.strip():
        return text
    mark = "**" * run.strong + "*" * run.em
    return f"{mark}{text}{mark[::-1]}"


def _escaped(text: str) -> str:
    text = _ALWAYS.sub(r"\\\1", text)
    return _ENTITY.sub(r"\&", _UNDERSCORE.sub(r"\_", text))


def _all_escaped(text: str) -> str:
    return _PUNCTUATION.sub(r"\\\1", text)


def _lines_apart(text: str) -> str:
    """Line breaks as Markdown writes them, no line beginning with a sign that would make it something else."""
    return "\\\n".join(safe_start(line) for line in squeezed(text).split("\n"))


def safe_start(line: str) -> str:
    """A line whose first sign is no more than a sign."""
    found = _LINE_START.match(line)
    if not found:
        return line
    at = found.start("sign") if found["sign"] else found.start("point")
    return f"{line[:at]}\\{line[at:]}"


def address(link: str) -> str:
    """An address in which no bracket or space ends the link."""
    return quote(link, safe=_FIT_FOR_ADDRESSES) if re.search(r"[\s()<>\\]", link) else link
