"""The group's look -> the letter's colours by day and by night, chosen so that words can be read on them."""

from __future__ import annotations

from dataclasses import dataclass

from newsletter.nouns.draft import Look

INK, PAPER = "#141414", "#ffffff"
QUIET, HAIRLINE = "#5c5c5c", "#d4d4d4"
READABLE = 4.5
"""Least contrast of words and their ground (WCAG 2.2, 1.4.3)."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as ``#rrggbb``. At night ink and paper change places, and so do the masthead's field and words."""

    accent: str
    on_accent: str
    ink: str
    paper: str
    quiet: str
    hairline: str
    night_ink: str = "#f2f2f0"
    night_paper: str = "#141414"
    night_quiet: str = "#b4b4b0"
    night_hairline: str = "#3d3d3d"
    print_ink: str = INK  # on the white of a sheet, whatever the letter's paper

    @property
    def field_by_night(self) -> bool:
        """Whether the masthead keeps its field at night, because the accent cannot be read as words there."""
        return contrast(self.accent, self.night_paper) < READABLE


def palette(look: Look) -> Palette:
    """The colours of a letter; words on the accent are black or white, whichever reads better."""
    on_accent = max((INK, PAPER), key=lambda words: contrast(words, look.accent))
    quiet = QUIET if contrast(QUIET, look.paper) >= READABLE else look.ink
    return Palette(look.accent, on_accent, look.ink, look.paper, quiet, HAIRLINE)


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - figures of sRGB
