"""An attribute's value and its kind -> what is wrong with it, or None; what Jinja writes into it is taken as right."""

from __future__ import annotations

import re
from functools import cache

from PIL import ImageColor

from newsletter.drafting.meant import closest

HOLE = "\ufffc"
"""Stands for what Jinja writes: any text, also none, also several words."""

_JINJA = re.compile(r"\{\{.*?\}\}|\{#.*?#\}|\{%.*?%\}", re.DOTALL)
_WORD = re.compile(r"\{%[-+]?\s*(\w+)")
_MOST_WAYS = 32
_KIND = re.compile(r"(\w+)(?:\(([^)]*)\))?(?:\{(\d),(\d)\})?")
_FIGURE = r"(?:\d+(?:\.\d+)?|\.\d+)"
_BY_MJML = re.compile(r"#(?:[0-9a-f]{3}){1,2}|rgb\(\d{1,3}(?:, ?\d{1,3}){2}\)|rgba\(\d{1,3}(?:, ?\d{1,3}){2}, ?(?:0|1|0?\.\d{1,3}|1\.0{1,3})\)", re.IGNORECASE)  # fmt: skip
_STYLES = ("none", "hidden", "dotted", "dashed", "solid", "double", "groove", "ridge", "inset", "outset")
_SPACES = re.compile(r"\s+(?![^(]*\))")


def alternatives(value: str) -> list[str]:
    """All texts that a value may become: one for each way through its ``{% if %}``, a HOLE for each ``{{ }}``."""
    ways, end = [""], 0
    stack: list[tuple[str, list[str], list[str]]] = []
    for found in _JINJA.finditer(value):
        ways = [way + value[end : found.start()] for way in ways]
        end = found.end()
        word = _WORD.match(found[0])
        if found[0].startswith("{{"):
            ways = [way + HOLE for way in ways]
        elif word and word[1] == "if":
            stack.append(("if", ways, []))
        elif word and word[1] in ("else", "elif") and stack:
            before, done = stack[-1][1:]
            done += ways
            ways = before
            if word[1] == "else":
                stack[-1] = ("else", before, done)
        elif word and word[1] == "endif" and stack:
            kind, before, done = stack.pop()
            ways = list(dict.fromkeys([*done, *ways, *(before if kind == "if" else [])]))
        elif not found[0].startswith("{#"):
            return [HOLE]
        if len(ways) > _MOST_WAYS:
            return [HOLE]
    return [HOLE] if stack else [way + value[end:] for way in ways]


def wrong(value: str, kind: str) -> tuple[str, str] | None:
    """What is wrong with a value of this kind, and what to write instead; None where it is right or cannot be told."""
    if set(value) == {HOLE}:
        return None
    name, arguments, _, most = _KIND.fullmatch(kind).groups()  # type: ignore[union-attr] # a kind of our own table
    if name == "enum":
        return _wrong_word(value, tuple(arguments.split(",")))
    if name in ("unit", "unitWithNegative"):
        return _wrong_units(value, tuple(arguments.split(",")), int(most or 1), negative=name != "unit")
    return _JUDGES[name](value) if name in _JUDGES else None


def _wrong_word(value: str, words: tuple[str, ...]) -> tuple[str, str] | None:
    pattern = re.escape(value).replace(HOLE, ".*")
    if any(re.fullmatch(pattern, word) for word in words):
        return None
    known = tuple(word for word in words if word)
    said = "one of these: " + ", ".join(known) if len(known) > 1 else f"only {known[0]}"
    close = closest(value, known)
    return f"takes {said}", f"Did you mean “{close}”?" if close else ""


def _wrong_units(value: str, units: tuple[str, ...], most: int, *, negative: bool) -> tuple[str, str] | None:
    parts = value.split()
    if not parts and value != HOLE:
        return _asked(units, most), "Leave the attribute out, or give it a figure."
    for part in parts:
        if not _is_figure(part, units, negative=negative):
            return _asked(units, most), _meant(part, units)
    open_ended = any(part == HOLE for part in parts)
    if len(parts) > most and not open_ended:
        return _asked(units, most), f"Leave {len(parts) - most} of the {len(parts)} figures out."
    return None


def _is_figure(part: str, units: tuple[str, ...], *, negative: bool) -> bool:
    if part in ("auto", "0"):
        return part in (*units, "0")
    endings = [re.escape(unit) for unit in units if unit != "auto"]
    if HOLE in part:
        ending = "|".join([*endings, ""] if part.endswith(HOLE) else endings)
        return bool(re.fullmatch(rf"-?[\d.{HOLE}]+(?:{ending})", part))
    return bool(re.fullmatch(rf"{'-?' if negative else ''}{_FIGURE}(?:{'|'.join(endings)})", part))


def _asked(units: tuple[str, ...], most: int) -> str:
    named = [unit for unit in units if unit and unit != "auto"]
    bare = ", or a bare figure" if "" in units else ""
    auto = ", or auto" if "auto" in units else ""
    count = "a figure" if most == 1 else "one to four figures"
    return f"takes {count} in {' or '.join(named)}{bare}{auto}"


def _meant(part: str, units: tuple[str, ...]) -> str:
    unit = next((one for one in units if one not in ("", "auto")), "")
    found = re.fullmatch(rf"({_FIGURE})(?:,(\d+))?(px|%)?", part.casefold())
    if part.endswith("%") and "%" not in units:
        return f"Percents are not known here: say it in {unit}."
    if found:
        typed = found[3] if found[3] in units else unit
        return f"Type instead: {found[1]}{f'.{found[2]}' if found[2] else ''}{typed}"
    return f"Such as 24{unit}." if unit else ""


def _wrong_colour(value: str) -> tuple[str, str] | None:
    if HOLE in value:
        inside = value.replace(HOLE, "")
        return None if re.fullmatch(r"#?[0-9a-fA-F]*|rgba?\([\d., ]*\)?", inside) else (_COLOUR, "")
    if _BY_MJML.fullmatch(value) or value in _colours():
        return None
    if re.fullmatch(r"(?:[0-9a-fA-F]{3}){1,2}", value):
        return _COLOUR, f"Type instead: #{value}"
    close = closest(value.casefold(), _colours())
    return _COLOUR, f"Did you mean “{close}”?" if close else ""


_COLOUR = "takes a colour, such as #1a1a1a, rgb(26, 26, 26) or black"


@cache
def _colours() -> frozenset[str]:
    return frozenset({*ImageColor.colormap, "transparent", "inherit"})


def _wrong_figure(value: str) -> tuple[str, str] | None:
    return None if re.fullmatch(rf"[\d{HOLE}]+", value) else ("takes a whole figure", "Such as 0.")


def _wrong_flag(value: str) -> tuple[str, str] | None:
    return _wrong_word(value, ("true", "false"))


def _wrong_border(value: str) -> tuple[str, str] | None:
    if value in ("none", "0", "inherit", "initial"):
        return None
    for part in _SPACES.split(value.strip()):
        right = part in _STYLES or part in ("thin", "medium", "thick") or HOLE in part
        if not right and _wrong_units(part, ("px", "em", "pt"), 1, negative=False) and _wrong_colour(part):
            close = closest(part, (*_STYLES, *_colours()))
            return (
                "takes a width, a style and a colour, such as 2px solid #1a1a1a",
                f"Did you mean “{close}”?" if close else "",
            )
    return None


_JUDGES = {"color": _wrong_colour, "integer": _wrong_figure, "boolean": _wrong_flag, "border": _wrong_border}
