"""A picture of a recording -> the same with a play mark at the upper corner where one begins to read."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageDraw

from newsletter.rendering.palette import Palette

ACROSS, INSET = 56, 20
"""Of the disc, and between it and the picture's edges, in CSS pixels."""

LARGEST = 3
"""How many times the disc fits into the shorter side of a small picture, at the least."""

_FINER = 4  # drawn so much larger and then made small, for smooth edges


@dataclass(frozen=True, slots=True)
class PlayMark:
    """Colours as ``#rrggbb``; ``at_right`` in scripts that are read from right to left."""

    disc: str
    triangle: str
    at_right: bool = False

    def on(self, picture: Image.Image, across: int) -> Image.Image:
        """A picture (RGB or RGBA) that is shown ``across`` CSS pixels wide, with the mark on it."""
        points = picture.width / across
        disc = max(1, round(min(ACROSS * points, min(picture.size) / LARGEST)))
        inset = round(INSET * disc / ACROSS)
        left = picture.width - inset - disc if self.at_right else inset
        marked = picture.copy()
        mark, shape = self._drawn(disc)
        marked.paste(mark.convert(picture.mode), (left, inset), shape)
        return marked

    def _drawn(self, across: int) -> tuple[Image.Image, Image.Image]:
        """The mark and the shape of what it covers."""
        size = across * _FINER
        mark, shape = Image.new("RGB", (size, size), self.disc), Image.new("L", (size, size), 0)
        ImageDraw.Draw(shape).ellipse((0, 0, size - 1, size - 1), fill=255)
        # Its middle by weight is the disc's; a triangle in the middle by width would seem to lean back.
        corners = ((0.36, 0.26), (0.36, 0.74), (0.76, 0.5))
        ImageDraw.Draw(mark).polygon([(size * x, size * y) for x, y in corners], fill=self.triangle)
        small = (across, across)
        return mark.resize(small, Image.Resampling.LANCZOS), shape.resize(small, Image.Resampling.LANCZOS)


def play_mark(palette: Palette, direction: str) -> PlayMark:
    """The mark in a letter's colours: on the accent black or white, whichever reads better (WCAG 2.2, 1.4.11)."""
    return PlayMark(palette.accent, palette.on_accent, at_right=direction == "rtl")
