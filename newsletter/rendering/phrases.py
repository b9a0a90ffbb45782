"""``[words]{lang=es}`` in Markdown -> tokens that carry the language, its quotation marks, and the side it is read from."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import islice, pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_core.smartquotes import process_inlines
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_plugin

from newsletter.languages import side, tag
from newsletter.words import Hand

SAID = re.compile(r"\{lang=(?P<quote>\"?)(?P<tag>[A-Za-z0-9-]+)(?P=quote)\}")
"""What may stand in braces after words in brackets, and after a link: a language, and nothing else."""

_Rule = Callable[[StateInline, bool], bool]
_OPENING, _CLOSING = ("span_open", "link_open"), ("span_close", "link_close")


def with_phrases(parser: MarkdownIt) -> MarkdownIt:
    """The same parser, which now reads phrases in another language; every other thing in braces stays as it stands."""
    known = parser.inline.ruler.getRules("")
    attrs_plugin(parser, after=("link_close",), spans=True, allowed=("lang",))
    span, attribute = (rule for rule in parser.inline.ruler.getRules("") if rule not in known)
    parser.inline.ruler.at("span", _only_with_language(span))
    parser.inline.ruler.at("attr", _only_a_language(attribute))
    return parser


def language_at(text: str, start: int, end: int) -> str | None:
    """The language said in braces at this place of a text, None where there is no valid one."""
    found = SAID.match(text, start, end)
    return tag(found["tag"]) if found else None


def speak(tokens: Sequence[Token], hand: Hand) -> None:
    """Say on each paragraph, phrase and link whose words are read from the other side that it is so."""
    for before, token in pairwise(tokens):
        if not token.children:
            continue
        own = side(_words(token.children)) or hand.direction
        _turn(token.children, own)
        if own != hand.direction and before.hidden:  # an item of a list: its sign stays on the list's side
            token.children.insert(0, Token("span_open", "span", 1, {"dir": own}))
            token.children.append(Token("span_close", "span", -1, meta={"around": hand.direction}))
        elif own != hand.direction:
            before.attrs["dir"] = own
            token.meta |= {"dir": own, "around": hand.direction}


def quotes_of_their_own(hand: Hand) -> Callable[[StateCore], None]:
    """A rule that sets the quotation marks inside phrases, each those of its language, before the rest of the text's."""

    def rule(state: StateCore) -> None:
        for block in state.tokens:
            children = block.children or []
            for start, end in _phrases(children):
                marks = hand.marks_in(str(children[start].attrs["lang"]))
                if marks:
                    process_inlines(children[start + 1 : end], StateCore("", quoter(marks), {}))

    return rule


@lru_cache(maxsize=32)
def quoter(quotes: tuple[str, ...]) -> MarkdownIt:
    """A parser that does nothing but set these quotation marks."""
    return MarkdownIt("zero", {"typographer": True, "quotes": quotes}).enable("smartquotes")


def _only_with_language(span: _Rule) -> _Rule:
    def rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser calls it so
        if state.src[state.pos] != "[":
            return False
        end = state.md.helpers.parseLinkLabel(state, state.pos, disableNested=False)
        return end >= 0 and bool(language_at(state.src, end + 1, state.posMax)) and span(state, silent)

    return rule


def _only_a_language(attribute: _Rule) -> _Rule:
    def rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser calls it so
        return bool(language_at(state.src, state.pos, state.posMax)) and attribute(state, silent)

    return rule


def _phrases(children: Sequence[Token]) -> list[tuple[int, int]]:
    """Where phrases and links with a language open and close, the inner before those around them."""
    opened: list[int] = []
    found: list[tuple[int, int]] = []
    for at, token in enumerate(children):
        if token.type in _OPENING:
            opened.append(at)
        elif token.type in _CLOSING and opened:
            start = opened.pop()
            if "lang" in children[start].attrs:
                found.append((start, at))
    return found


def _turn(children: Sequence[Token], direction: str) -> None:
    around = [(0, direction)]
    for at, token in enumerate(children):
        if token.type in _OPENING:
            if "lang" in token.attrs:
                token.attrs["lang"] = tag(str(token.attrs["lang"])) or ""
            if "lang" in token.attrs and token.type == "link_open":
                token.attrs["hreflang"] = token.attrs["lang"]
            around.append((at, _own_side(children, at) or around[-1][1]))
        elif token.type in _CLOSING and len(around) > 1:
            start, own = around.pop()
            if own != around[-1][1]:
                children[start].attrs["dir"] = own
                token.meta["around"] = around[-1][1]


def _own_side(children: Sequence[Token], start: int) -> str:
    """The side of the phrase or link that opens here."""
    depth, inside = 0, []
    for token in islice(children, start, None):
        depth += (token.type in _OPENING) - (token.type in _CLOSING)
        inside.append(token)
        if not depth:
            break
    return side(_words(inside))


def _words(tokens: Sequence[Token]) -> str:
    return "".join(token.content or " " * (not token.nesting) for token in tokens)
