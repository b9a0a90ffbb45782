"""Islands and our own content.css -> the same islands with their styles written on each element, by premailer."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from premailer import Premailer

_ISLAND = re.compile(r"<!--island \d+--><div>(.*?)</div><!--end-->", re.DOTALL)
_CLASS = re.compile(r"\.([\w-]+)")

_Rule = tuple[tuple[int, ...], str, str]
"""A rule as premailer keeps it: its weight, its selector, its declarations."""


def inline(islands: Sequence[str], css: str) -> list[str]:
    """Write the styles on the elements of each island.

    The letter as a whole never comes here: premailer would lose its doctype, its ``!important`` and its
    conditions for Outlook. Islands are kept as they came out: of a letter that is being written, one changes at a time.
    """
    done = {island: kept for island in islands if (kept := _KEPT.get((island, css)))}
    new = [island for island in dict.fromkeys(islands) if island not in done]
    done.update(zip(new, _styled(new, css), strict=True))
    if len(_KEPT) > _MOST_KEPT:
        _KEPT.clear()
    _KEPT.update(((island, css), styled) for island, styled in done.items())
    return [done[island] for island in islands]


_KEPT: dict[tuple[str, str], str] = {}
_MOST_KEPT = 1000


def _styled(islands: Sequence[str], css: str) -> list[str]:
    """All go through in one document: it is the call that costs."""
    if not islands:
        return []
    body = "".join(f"<!--island {number}--><div>{island}</div><!--end-->" for number, island in enumerate(islands))
    page = f"<!DOCTYPE html><html><head></head><body>{body}</body></html>"
    found = _ISLAND.findall(_inliner()(page, css_text=[css], **_OPTIONS).transform(pretty_print=False))
    if len(found) != len(islands):
        raise ValueError("an island was lost while its styles were written")
    return found


_OPTIONS = {
    "keep_style_tags": True,
    "strip_important": False,
    "disable_link_rewrites": True,
    "allow_network": False,
    "allow_loading_external_files": False,
    "disable_validation": True,
    "disable_leftover_css": True,
    "align_floating_images": False,
    "disable_basic_attributes": ["width", "height"],  # a picture's own stay as they are
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
