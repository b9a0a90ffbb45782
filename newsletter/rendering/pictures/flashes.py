"""Pictures one after another -> whether they flash more than is safe, by WCAG 2.2, success criterion 2.3.1.

Its definition (general flash and red flash thresholds): a flash is a rise and a fall, or a fall and a rise, of relative
luminance by a tenth of the most there is, while the darker side is below 0.8; or of a saturated red. More than three in
any second are too many, where together they fill a quarter of what one sees sharply, 341 by 256 CSS pixels.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence

from PIL import Image, ImageChops

CELL = 4
"""CSS pixels across: a flicker finer than 0.1 degrees, 3.4 pixels, is none (the definition's exception)."""

_AREA = 341 * 256 // 4  # CSS pixels
_TOO_MANY = 7  # turns in a second: three flashes have six
_SECOND = 1000
_STEP, _DARK = 26, 204  # a tenth, and 0.8, of luminance from 0 to 255
_RED_STEP, _ANY = 16, 256  # (R-G-B)x320 > 20, from 0 to 255; how dark the darker side is does not matter
_LINEAR = [round(255 * (v / 255 / 12.92 if v <= 10 else ((v / 255 + 0.055) / 1.055) ** 2.4)) for v in range(256)]  # noqa: PLR2004 - sRGB
_LUMINANCE = (0.2126, 0.7152, 0.0722, 0)


def flash(pictures: Sequence[tuple[Image.Image, float]], plays: int = 1) -> bool:
    """Whether pictures (RGB, a point each CELL CSS pixels; milliseconds that each stands), played so often, flash too much."""
    seen = [(*_seen(picture), lasts) for picture, lasts in pictures] * plays
    return _too_much(((light, lasts) for light, _, lasts in seen), _STEP, _DARK) or _too_much(
        ((red, lasts) for _, red, lasts in seen), _RED_STEP, _ANY
    )


def _seen(picture: Image.Image) -> tuple[Image.Image, Image.Image]:
    """Relative luminance, and how saturated a red is (0 where R/(R+G+B) is below 0.8), as light adds up."""
    linear = picture.point(_LINEAR * 3)
    red, green, blue = linear.split()
    others = ImageChops.add(green, blue).point([min(255, 4 * v) for v in range(256)])
    saturated = ImageChops.subtract(others, red).point([255] + [0] * 255)
    excess = ImageChops.subtract(ImageChops.subtract(red, green), blue)
    return linear.convert("L", _LUMINANCE), ImageChops.darker(excess, saturated)


def _too_much(values: Iterable[tuple[Image.Image, float]], step: int, dark: int) -> bool:
    swings: _Swings | None = None
    recent: deque[tuple[float, Image.Image]] = deque()
    now = 0.0
    for value, lasts in values:
        if swings is None:
            swings, turns = _Swings(value, step, dark), Image.new("L", value.size)
        else:
            recent.append((now, swings.turned(value)))
            turns = ImageChops.add(turns, recent[-1][1])
            while recent[0][0] <= now - _SECOND:
                turns = ImageChops.subtract(turns, recent.popleft()[1])
            if sum(turns.histogram()[_TOO_MANY:]) * CELL * CELL >= _AREA:
                return True
        now += lasts
    return False


class _Swings:
    """Where a value, cell by cell, turned from rising to falling or back, by at least a step."""

    def __init__(self, first: Image.Image, step: int, dark: int) -> None:
        self._peak = first  # the last highest or lowest value
        self._rising = self._falling = Image.new("L", first.size)
        self._at_least_a_step = [0] * step + [255] * (256 - step)
        self._dark = [255] * min(dark, 256) + [0] * (256 - min(dark, 256))

    def turned(self, value: Image.Image) -> Image.Image:
        """1 in each cell that turned with this value, 0 in the others."""
        up, down = ImageChops.subtract(value, self._peak), ImageChops.subtract(self._peak, value)
        rose = _both(up.point(self._at_least_a_step), self._peak.point(self._dark), ImageChops.invert(self._rising))
        fell = _both(down.point(self._at_least_a_step), value.point(self._dark), ImageChops.invert(self._falling))
        further = _either(_both(self._rising, up.point(_SOME)), _both(self._falling, down.point(_SOME)))
        self._peak = Image.composite(value, self._peak, _either(rose, fell, further))
        self._rising = _either(_both(self._rising, ImageChops.invert(fell)), rose)
        self._falling = _either(_both(self._falling, ImageChops.invert(rose)), fell)
        return _either(rose, fell).point([0] * 255 + [1])


_SOME = [0] + [255] * 255


def _both(*masks: Image.Image) -> Image.Image:
    first, *others = masks
    for other in others:
        first = ImageChops.darker(first, other)
    return first


def _either(*masks: Image.Image) -> Image.Image:
    first, *others = masks
    for other in others:
        first = ImageChops.lighter(first, other)
    return first
