"""A letter's HTML and a condition of reading -> the page that a browser draws for it, and how faithful that is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
DESKTOP, PHONE, NARROW = 640, 375, 320  # CSS pixels that a letter has for itself
_SCHEME = re.compile(r"\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)")
_BOTH = re.compile(r"(color-scheme\"? ?(?:content=\"|: ?))light dark")
_FUNCTION = re.compile(r"^export (function (\w+))", re.MULTILINE)


class Faith(StrEnum):
    """How far one may trust one's eyes."""

    EXACT = "exact"  # the same bytes, drawn by a browser
    CLOSE = "close"  # what some programs do, done the same way as far as it is known
    ROUGH = "rough"  # an estimate


@dataclass(frozen=True, slots=True)
class Condition:
    """One way of reading: by day or by night, whose night, with pictures or without, how large."""

    faith: Faith = Faith.EXACT
    width: int = DESKTOP
    dark: bool = False  # the reader's machine asks for the letter's own night
    style: str = ""  # a style sheet that is added
    script: str = ""  # a module whose function changes the finished page
    given: Mapping[str, bool] = field(default_factory=dict)  # to that function
    pictures: bool = True
    scale: int = 1  # how many times as large everything is drawn


CONDITIONS: Mapping[str, Condition] = {
    "desktop": Condition(),
    "phone": Condition(width=PHONE),
    "dark": Condition(dark=True),
    "partial-night": Condition(Faith.CLOSE, script="partial-night.js"),
    "unmarked-night": Condition(Faith.CLOSE, script="partial-night.js", given={"unmarked": True}),
    "full-night": Condition(Faith.ROUGH, style="full-night.css"),
    "images-off": Condition(pictures=False),
    "large": Condition(width=NARROW, scale=2),  # a window of 640 px at 200 % has room for 320
    "text-spacing": Condition(style="text-spacing.css"),
}


def with_style(html: str, condition: Condition) -> str:
    """A letter's page with the condition's style sheet at the end of its head; the same bytes where it has none."""
    return html.replace("</head>", f"<style>{style(condition)}</style></head>", 1) if condition.style else html


def style(condition: Condition) -> str:
    """What stands in a condition's style sheet; "" where it has none."""
    return _text(condition.style) if condition.style else ""


def script(condition: Condition) -> str:
    """A condition's function as an expression that a browser can evaluate: it takes ``given`` and changes the page."""
    source = _text(condition.script)
    found = _FUNCTION.search(source)
    if not found:
        raise ValueError(f"{condition.script} exports no function")
    plain = _FUNCTION.sub(r"\1", source)
    return f"given => {{{plain}\nreturn {found[2]}(document, given);}}"


def with_scheme(html: str, scheme: str) -> str:
    """A letter's page as on a machine that is set to light or dark, whatever this one is set to."""
    turned = _SCHEME.sub(lambda asked: "(min-width: 0)" if asked[1] == scheme else "(max-width: 0)", html)
    return _BOTH.sub(rf"\g<1>{scheme}", turned)


@cache
def _text(name: str) -> str:
    return (FOLDER / name).read_text("utf-8")
