"""Source of an MJML template -> what is wrong with it, by line: mrml itself passes unknown tags in silence."""

from __future__ import annotations

import re
from functools import lru_cache
from xml.parsers import expat

_PADDING = "padding padding-top padding-right padding-bottom padding-left"
_INNER = f"{_PADDING} css-class container-background-color"
_BORDER = "border border-top border-right border-bottom border-left border-radius"
_FONT = "font-family font-size font-style font-weight letter-spacing line-height text-decoration text-transform color"
_BUTTON = "align background-color height href inner-padding name rel target text-align vertical-align width"
_BACKGROUND = (
    "background-color background-url background-repeat background-size background-position "
    "background-position-x background-position-y"
)

# What we use of MJML (https://documentation.mjml.io): tag -> where it may stand, which attributes it takes.
# Left out on purpose: mj-include (mrml loses the width of what is included), mj-social and mj-navbar (they load
# pictures of others), mj-hero and mj-carousel (drawn wrongly by mrml or by mail programs).
_TAGS: dict[str, tuple[str, str]] = {
    "mjml": ("", "lang dir owa"),
    "mj-head": ("mjml", ""),
    "mj-title": ("mj-head", ""),
    "mj-preview": ("mj-head", ""),
    "mj-breakpoint": ("mj-head", "width"),
    "mj-attributes": ("mj-head", ""),
    "mj-style": ("mj-head", ""),
    "mj-raw": ("mj-head mj-body mj-wrapper mj-section mj-column", ""),
    "mj-body": ("mjml", "background-color width css-class"),
    "mj-wrapper": ("mj-body", f"{_PADDING} {_BORDER} {_BACKGROUND} css-class full-width text-align"),
    "mj-section": (
        "mj-body mj-wrapper",
        f"{_PADDING} {_BORDER} {_BACKGROUND} css-class direction full-width text-align",
    ),
    "mj-group": ("mj-section", "background-color css-class direction vertical-align width"),
    "mj-column": ("mj-section mj-group", f"{_PADDING} {_BORDER} background-color css-class vertical-align width"),
    "mj-text": ("mj-column", f"{_INNER} {_FONT} align height"),
    "mj-image": (
        "mj-column",
        f"{_INNER} {_BORDER} align alt fluid-on-mobile height href rel src srcset target title width",
    ),
    "mj-button": (
        "mj-column",
        f"{_INNER} {_BORDER} {_FONT} {_BUTTON}",
    ),
    "mj-divider": ("mj-column", f"{_INNER} align border-color border-style border-width width"),
    "mj-spacer": ("mj-column", f"{_INNER} height"),
    "mj-table": ("mj-column", f"{_INNER} {_FONT} align cellpadding cellspacing table-layout width"),
}
_INSIDE_ATTRIBUTES = {"mj-all", "mj-class"}
_HTML_INSIDE = {"mj-text", "mj-button", "mj-table", "mj-raw", "mj-title", "mj-preview", "mj-style"}
_ROOT = "template"
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)")
_JINJA = re.compile(r"\{%.*?%\}|\{#.*?#\}|\{\{.*?\}\}", re.DOTALL)
_STYLE = re.compile(r"(<mj-style[^>]*>)(.*?)(</mj-style>)", re.DOTALL)


@lru_cache(maxsize=256)
def lint(source: str) -> tuple[tuple[int, str], ...]:
    """What is wrong, as (line, sentence); every tag must be closed within the Jinja block that opens it."""
    reader = _Reader()
    plain = _STYLE.sub(lambda style: style[1] + _blank(style[2]) + style[3], _JINJA.sub(_without_jinja, source))
    try:
        reader.read(f"<{_ROOT}>{_ENTITY.sub('&amp;', plain)}</{_ROOT}>")
    except expat.ExpatError as error:
        reader.found.append((error.lineno, f"this is not well-formed: {expat.errors.messages[error.code]}."))
    return tuple(sorted(reader.found))


def _without_jinja(found: re.Match[str]) -> str:
    """Blank, line by line; what writes a value becomes a figure, so that a tag or an attribute keeps its shape."""
    return ("0" if found[0].startswith("{{") else "") + _blank(found[0])


def _blank(text: str) -> str:
    return "\n" * text.count("\n") if "\n" in text else ""


class _Reader:
    """Walks the tags of a template and notes what MJML does not know."""

    def __init__(self) -> None:
        self.found: list[tuple[int, str]] = []
        self._around: list[str] = [_ROOT]
        self._expat = expat.ParserCreate()
        self._expat.StartElementHandler = self._start
        self._expat.EndElementHandler = self._end
        self._expat.CharacterDataHandler = self._words

    def read(self, text: str) -> None:
        """Read it all. Raises ExpatError where it is not well-formed."""
        self._expat.Parse(text, True)  # noqa: FBT003 - expat takes it by position

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        around = self._around[-1]
        if tag != _ROOT:
            self._check(tag, attributes, around)
            self._around.append(tag)

    def _end(self, tag: str) -> None:
        if tag != _ROOT:
            self._around.pop()

    def _words(self, words: str) -> None:
        if words.strip(" \n\t0") and self._around[-1] in _TAGS.keys() - _HTML_INSIDE:
            self._note(f"words stand directly in <{self._around[-1]}>: put them into <mj-text>.")

    def _check(self, tag: str, attributes: dict[str, str], around: str) -> None:
        if around == "mj-attributes":
            known = set(" ".join(names for _, names in _TAGS.values()).split()) | {"name"}
            if tag not in _TAGS and tag not in _INSIDE_ATTRIBUTES:
                self._note(f"there is no <{tag}> in MJML.")
        elif any(one in _HTML_INSIDE for one in self._around) or self._inside_html():
            if tag.startswith("mj-"):
                self._note(f"<{tag}> cannot stand in <{around}>.")
            return
        elif around == _ROOT and not tag.startswith("mj"):
            return  # a macro: where it lands is not seen from here
        elif tag not in _TAGS:
            self._note(f"<{tag}> is not known here: HTML belongs into <mj-text>, and not every tag of MJML is used.")
            return
        else:
            parents, names = _TAGS[tag]
            known = set(names.split())
            if around not in (_ROOT, *parents.split()):
                self._note(f"<{tag}> cannot stand in <{around}>, only in <{parents.replace(' ', '> or <')}>.")
        for name in attributes.keys() - known:
            self._note(f"<{tag}> has no attribute {name}.")

    def _inside_html(self) -> bool:
        return any(not one.startswith("mj") for one in self._around[1:])

    def _note(self, sentence: str) -> None:
        self.found.append((self._expat.CurrentLineNumber, sentence))
