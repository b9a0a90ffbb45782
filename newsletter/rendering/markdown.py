"""Markdown -> HTML or wrapped plain text, from the same tokens; name slots go where the caller says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from functools import lru_cache
from html import escape
from itertools import zip_longest
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from newsletter.languages import isolated, reset
from newsletter.rendering.held import dates_held
from newsletter.rendering.phrases import quoter, quotes_of_their_own, speak, with_phrases
from newsletter.rendering.slots import FIRST_NAME, cleaned
from newsletter.rendering.text import WIDTH, write
from newsletter.words import Hand, Words

SAFE_LINK = re.compile(r"(?:https?://|mailto:|tel:)[^\s]", re.IGNORECASE)
LOWEST_HEADING = 6

AnswerName = Callable[[str | None], str]
"""Says what stands for the reader's name; it is given the author's fallback, None where there is none."""


def to_html(text: str, words: Words, *, level: int = 3, name: AnswerName | None = None) -> str:
    """Markdown as HTML; its first heading gets ``level``. Left to itself, a name slot says its fallback."""
    env = {"name": name or (lambda fallback: escape((fallback or "").strip() or words.say("friend")))}
    hand = words.hand
    html = _parser(hand).renderer.render(_tokens(text, hand, level), _OPTIONS, env)
    return dates_held(str(html).strip(), words.calendar)


def to_plain(text: str, words: Words, width: int = WIDTH, *, level: int = 3, name: AnswerName | None = None) -> str:
    """Markdown as plain text in lines of at most ``width`` characters, links as ``words <address>``.

    ``level`` changes nothing here, but a text read for ``to_html`` at the same level is not read again.
    """
    answer = name or (lambda fallback: (fallback or "").strip() or words.say("friend"))
    return write(_tokens(text, words.hand, level), width, answer, words.direction)


def address(url: str) -> str:
    """An address as Markdown writes its own: the host in ASCII (RFC 5891), the rest percent-encoded (RFC 3986)."""
    return normalizeLink(url)


def said(text: str, words: Words, language: str = "") -> str:
    """A short plain text as it stands in a letter: with true quotation marks, kept apart if read from the other side.

    ``language`` is its own, where it is another than the letter's.
    """
    return isolated(set_quotes(cleaned(text), words, language), words.direction)


def set_quotes(text: str, words: Words, language: str = "") -> str:
    """A short plain text with the true quotation marks and apostrophes of its language."""
    if "'" not in text and '"' not in text:
        return text
    marks = words.hand.marks_in(language) if language else None
    return _with_quotes(text, marks or words.marks)


@lru_cache(maxsize=512)
def _with_quotes(text: str, quotes: tuple[str, ...]) -> str:
    tokens = quoter(quotes).parseInline(text)
    return "".join("\n" if child.type == "softbreak" else child.content for child in tokens[0].children or ())


_OPTIONS = OptionsDict(
    {
        "maxNesting": 20,  # deeper is no letter; the parser would spend its stack
        "html": False,
        "linkify": False,
        "typographer": True,
        "quotes": "“”‘’",
        "xhtmlOut": True,  # what goes into a template must be well-formed there
        "breaks": False,
        "langPrefix": "",
        "highlight": None,
    }
)


@lru_cache(maxsize=256)
def _tokens(text: str, hand: Hand, level: int) -> Sequence[Token]:
    """The text read; kept, since each is written twice, and most are what they were when a preview asks again."""
    tokens = _without_empty(_parser(hand).parse(cleaned(text)))
    _settle_headings(tokens, level)
    for token in tokens:
        token.children = token.children and list(_settled_links(token.children))
    _drop_tooltips(tokens)
    _drop_names_of_code(tokens)
    speak(tokens, hand)
    return tokens


def _settled_links(children: Sequence[Token]) -> Iterator[Token]:
    """Links without links in them, which no page can show; one without words says its address."""
    depth = 0
    for child, after in zip_longest(children, children[1:]):
        if child.type in ("link_open", "link_close"):
            depth += child.nesting
            if depth + (child.type == "link_close") > 1:
                continue
        yield child
        if child.type == "link_open" and after is not None and after.type == "link_close":
            yield Token("text", "", 0, content=str(child.attrGet("href")).removeprefix("mailto:"))


def _without_empty(tokens: Sequence[Token]) -> list[Token]:
    """Without the items that hold nothing, and the lists and quotations that then hold none."""
    kept: list[Token] = []
    for token in tokens:
        if kept and token.type == _EMPTY.get(kept[-1].type):
            kept.pop()
        else:
            kept.append(token)
    return kept


_EMPTY = {f"{kind}_open": f"{kind}_close" for kind in ("list_item", "bullet_list", "ordered_list", "blockquote")}
"""What opens and what closes around nothing: a bullet that says nothing is a slip."""


def _drop_tooltips(tokens: Sequence[Token]) -> None:
    """Let no link hold words that only a mouse finds: ``[words](address "more words")`` (WCAG 2.1.1)."""
    for token in tokens:
        for child in token.children or ():
            child.attrs.pop("title", None)


def _drop_names_of_code(tokens: Sequence[Token]) -> None:
    """Let the word after a fence be no class: it would wear the letter's own styles."""
    for token in tokens:
        if token.type == "fence":
            token.info = ""


def _settle_headings(tokens: Sequence[Token], level: int) -> None:
    """Let the headings of a body start at ``level`` and never skip one (WCAG 1.3.1)."""
    ranks = sorted({token.tag for token in tokens if token.type == "heading_open"})
    last = level - 1
    for token in tokens:
        if token.type == "heading_open":
            last = min(level + ranks.index(token.tag), last + 1, LOWEST_HEADING)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{last}"


@lru_cache(maxsize=32)
def _parser(hand: Hand) -> MarkdownIt:
    parser = with_phrases(MarkdownIt("commonmark", {**_OPTIONS, "quotes": hand.marks}))
    parser.enable("smartquotes")
    parser.core.ruler.before("smartquotes", "quotes_of_their_own", quotes_of_their_own(hand))
    parser.inline.ruler.before("emphasis", "first_name", _name_rule)
    parser.validateLink = lambda url: bool(SAFE_LINK.match(url))  # type: ignore[method-assign]  # its own way
    for kind, rule in _RENDER_RULES.items():
        parser.add_render_rule(kind, rule)
    return parser


def _name_rule(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the parser calls it so
    found = FIRST_NAME.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        state.push("first_name", "", 0).meta = {"fallback": found["fallback"]}
    state.pos = found.end()
    return True


Rendering = tuple[RendererHTML, Sequence[Token], int, OptionsDict, MutableMapping[str, Any]]


def _render_name(
    _: RendererHTML, tokens: Sequence[Token], at: int, __: OptionsDict, env: MutableMapping[str, Any]
) -> str:
    return str(env["name"](tokens[at].meta["fallback"]))


def _render_softbreak(*_: object) -> str:
    return " "


def _render_image(
    _: RendererHTML, tokens: Sequence[Token], at: int, __: OptionsDict, env: MutableMapping[str, Any]
) -> str:
    """A picture in running text would be fetched from elsewhere at each reading (P1): it becomes a link."""
    source = escape(str(tokens[at].attrGet("src") or ""))
    words = "".join(
        str(env["name"](one.meta["fallback"])) if one.type == "first_name" else escape(one.content)
        for one in tokens[at].children or ()
    )
    inside = sum({"link_open": 1, "link_close": -1}.get(one.type, 0) for one in tokens[:at])
    return words or source if inside else f'<a href="{source}">{words or source}</a>'


def _render_close(
    self: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: MutableMapping[str, Any]
) -> str:
    around = tokens[at].meta.get("around")
    return self.renderToken(tokens, at, options, env) + (reset(str(around)) if around else "")


_RENDER_RULES: dict[str, Callable[..., str]] = {
    "first_name": _render_name,
    "softbreak": _render_softbreak,
    "image": _render_image,
    "span_close": _render_close,
    "link_close": _render_close,
}
