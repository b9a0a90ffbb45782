"""The newsletter's name -> how large it stands in the masthead, wide and on a phone: the largest step that fits."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

ROOM, PHONE_ROOM = 488, 272
"""CSS pixels between the margins, of a wide window and of a phone of 320."""

# Widths of Helvetica Bold in thousandths of its size (Adobe's font metrics); whatever is missing counts as 611.
_WIDTHS = {
    **dict.fromkeys(" IJijl.,:;!'’|/()[]", 278) | {"J": 556, "(": 333, ")": 333, "[": 333, "]": 333},
    **dict.fromkeys("-ftr", 333) | {"r": 389},
    **dict.fromkeys("acekxsvyzJL0123456789", 556) | {"z": 500, "L": 611},
    **dict.fromkeys("bdghnopquFTZ", 611) | {"w": 778, "m": 889},
    **dict.fromkeys("EPSVXY", 667) | {"G": 778, "O": 778, "Q": 778, "M": 833, "W": 944},
    **dict.fromkeys("ABCDHKNRU&", 722),
}
_WIDEST = 1000
# White before the ink of a letter, in thousandths: straight stems, round ones; the rest has next to none.
_STEMS, _ROUNDS = "BDEFHIKLMNPRUbhiklmnpru1", "CGOQSacdegoqs0235689J"


@dataclass(frozen=True, slots=True)
class Step:
    """A size of the name in CSS pixels: letters, lines, space between letters, space before the ink."""

    size: int
    line: int
    spacing: int
    bearing: int = 0


WIDE = (Step(112, 104, -5), Step(72, 72, -3), Step(48, 52, -2))
PHONE = (Step(96, 88, -4), Step(64, 64, -3), Step(48, 52, -2), Step(40, 44, -1))

OPENING = (Step(64, 64, -3), Step(48, 52, -2), Step(40, 44, -1))
"""Of a country's name above its sections, the same everywhere."""


_WIDER = {"Verdana": 1.22, "Georgia": 1.1, "Trebuchet MS": 1.04, "Tahoma": 1.04, "Segoe UI": 1.04}
"""How many times as wide as Helvetica a bold line is in another font, where it is wider: after a, e, n and o, rounded up."""


def room_in(fonts: tuple[str, ...], room: int) -> int:
    """The room that a name has in whichever of these fonts is the widest, as if it were set in Helvetica."""
    return int(room / max((_WIDER.get(name, 1.0) for name in fonts), default=1.0))


def step(name: str, steps: tuple[Step, ...], room: int) -> Step:
    """The largest step at which the name fits on one line; the smallest where none does."""
    fitting = next((one for one in steps if _width(name, one) <= room), steps[-1])
    return Step(fitting.size, fitting.line, fitting.spacing, _bearing(name) * fitting.size // 1000)


def fits_spaced(word: str, one: Step, room: int) -> bool:
    """Whether a word fits on one line even where a reader has drawn its letters apart (WCAG 1.4.12: 0.12 of their size)."""
    return _width(word, Step(one.size, one.line, 0)) + 0.12 * one.size * len(word) <= room


def _width(name: str, one: Step) -> float:
    plain = unicodedata.normalize("NFD", name)
    letters = [letter for letter in plain if not unicodedata.combining(letter)]
    return sum(_letter(letter) * one.size / 1000 + one.spacing for letter in letters)


def _letter(letter: str) -> int:
    return _WIDEST if unicodedata.east_asian_width(letter) in "WF" else _WIDTHS.get(letter, 611)


def _bearing(name: str) -> int:
    first = unicodedata.normalize("NFD", name[:1])[:1]
    return 72 if first in _STEMS and first else 44 if first in _ROUNDS and first else 15
