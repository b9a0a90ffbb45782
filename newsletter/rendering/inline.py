"""Islands and our own content.css -> the same islands with their styles written on each element, by premailer."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from premailer import Premailer

_TAG = re.compile(r"(<[^<>]*>)")
_VALUE = re.compile(r'(?<=\s)(href|src|alt|title)="([^"]*)"')
_GAP = re.compile(r"\[gap-8d1f6c-(\d+)\]")  # no class of a template is called so; authors' words never stand beside it
_STYLE = re.compile(r'(?<=\sstyle=")[^"]*')
_NO_MARGIN = re.compile(r"margin:0 0 \d+px;margin-bottom:0(?=;|$)")
_ISLAND = re.compile(r"<!--island \d+--><div>(.*?)</div><!--end-->", re.DOTALL)
_CLASS = re.compile(r"\.([\w-]+)")
_LOOKS_AT_VALUES = re.compile(r"[\[#][^{}]*\{")

_Rule = tuple[tuple[int, ...], str, str]
"""A rule as premailer keeps it: its weight, its selector, its declarations."""

_Styled = tuple[str | int, ...]
"""An island with its styles: text, and the numbers of the gaps between, to be filled with the author's words."""


def inline(islands: Sequence[str], css: str) -> list[str]:
    """Write the styles on the elements of each island.

    The letter as a whole never comes here: premailer would lose its doctype, its ``!important`` and its conditions
    for Outlook. Nor do the author's words: styles depend on an island's tags alone, and most islands are tagged like
    one that was seen before (a title, two paragraphs, a link), so that each *shape* goes through premailer once.
    """
    values = not _LOOKS_AT_VALUES.search(css)
    shapes = [_split(island, values=values) for island in islands]
    kept = _KEPT.setdefault(css, {})  # of all threads: each takes out what it needs before another clears it
    styled = {shape: one for shape, _ in shapes if (one := kept.get(shape))}
    new = [shape for shape in dict.fromkeys(shape for shape, _ in shapes) if shape not in styled]
    if new:
        made = dict(zip(new, _through_premailer(new, css), strict=True))
        styled |= made
        if len(kept) > _MOST_KEPT:
            kept.clear()
        kept.update(made)
        _forget_old_sheets()
    return ["".join([one if isinstance(one, str) else words[one] for one in styled[shape]]) for shape, words in shapes]


_KEPT: dict[str, dict[str, _Styled]] = {}
_MOST_KEPT = 2000
_SHEETS_KEPT = 8


def _forget_old_sheets() -> None:
    for css in list(_KEPT)[:-_SHEETS_KEPT]:
        _KEPT.pop(css, None)


def _split(island: str, *, values: bool) -> tuple[str, list[str]]:
    """An island's shape, with gaps where words stood, and these; with ``values``, addresses and the like leave gaps too."""
    words: list[str] = []
    parts = _TAG.split(island)
    for at, part in enumerate(parts):
        if at % 2 and values and '="' in part:
            parts[at] = _VALUE.sub(lambda found: f'{found[1]}="{_gap(words, found[2])}"', part)
        elif not at % 2 and part and not part.isspace():
            parts[at] = _gap(words, part)
    return "".join(parts), words


def _gap(words: list[str], content: str) -> str:
    words.append(content)
    return f"[gap-8d1f6c-{len(words) - 1}]"


def _through_premailer(shapes: Sequence[str], css: str) -> list[_Styled]:
    """All go through in one document: it is the call that costs."""
    body = "".join(f"<!--island {number}--><div>{shape}</div><!--end-->" for number, shape in enumerate(shapes))
    page = f"<!DOCTYPE html><html><head></head><body>{body}</body></html>"
    found = _ISLAND.findall(_inliner()(page, css_text=[css], **_OPTIONS).transform(pretty_print=False))
    if len(found) != len(shapes):
        raise ValueError("an island was lost while its styles were written")
    return [_apart(island) for island in found]


def _apart(island: str) -> _Styled:
    short = _STYLE.sub(lambda style: _NO_MARGIN.sub("margin:0", style[0].replace("; ", ";")), island).replace(
        ' border="0"', ""
    )
    return tuple(int(one) if at % 2 else one for at, one in enumerate(_GAP.split(short)))


_OPTIONS = {
    "keep_style_tags": True,
    "strip_important": False,
    "disable_link_rewrites": True,
    "allow_network": False,
    "allow_loading_external_files": False,
    "disable_validation": True,
    "disable_leftover_css": True,
    "align_floating_images": False,
    "disable_basic_attributes": ["width", "height", "align", "valign", "bgcolor"],  # the style says it already
    "cssutils_logging_level": logging.CRITICAL,
    "cache_css_parsing": False,  # we keep more than what it would keep: see below
}


@cache
def _inliner() -> type[Premailer]:
    """Premailer with a memory for our styles; made at first use, since it takes long to import.

    It would write every rule of the sheet anew for each letter, which takes three times as long as all the rest, and
    look for every rule's elements, also where no island has its class.
    """
    from premailer import Premailer

    @lru_cache(maxsize=8)
    def rules(css: str) -> list[tuple[_Rule, list[str]]]:
        parsed, _ = Premailer(**_OPTIONS)._parse_style_rules(css, 0)  # noqa: SLF001 - it offers no other door
        return [(rule, _CLASS.findall(rule[1])) for rule in parsed]

    class Inliner(Premailer):  # type: ignore[misc] # it tells no types
        def _parse_style_rules(self, css_body: str, ruleset_index: int) -> tuple[list[_Rule], list[object]]:
            del ruleset_index  # there is one sheet
            return [rule for rule, classes in rules(css_body) if all(one in self.html for one in classes)], []

    return Inliner
