"""A group's own colours and fonts -> as the letter uses them, or in plain words why they cannot be, with what can."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Callable

from newsletter.drafting.meant import did_you_mean
from newsletter.drafting.values import Unfit, written

READABLE = 4.5
"""Least contrast of words and their ground (WCAG 2.2, 1.4.3)."""

DARK_WORDS, LIGHT_WORDS = "#141414", "#ffffff"
"""What stands on the accent: whichever reads better."""

DEFAULT_FONTS = ("Helvetica Neue", "Helvetica", "Arial")
FONTS = {
    **dict.fromkeys((*DEFAULT_FONTS, "Calibri", "Segoe UI", "Tahoma", "Trebuchet MS", "Verdana"), "sans-serif"),
    **dict.fromkeys(("Cambria", "Georgia", "Palatino", "Times New Roman"), "serif"),
}
"""Fonts that stand on readers' own devices, and their kind. Nothing is fetched: that would tell who reads (P1)."""

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_STEPS = 255


def colour(value: object) -> str:
    """A colour as ``#rrggbb``."""
    text = written(value).strip()
    if not _COLOUR.fullmatch(text):
        meant = _meant(text)
        hint = f'Type instead: "{meant}"' if meant else 'Six digits after #, in quotes, such as "#ffe600".'
        raise Unfit(f"“{text}” is not a colour.", hint)
    return text.lower()


def _meant(text: str) -> str:
    """The colour that a name or another way of writing means: ``red``, ``#fe0``, ``rgb(255, 230, 0)``; "" if none."""
    from PIL import ImageColor  # where a colour is written wrongly, and nowhere else

    for form in (text, f"#{text}", text.replace(" ", "")):
        try:
            red, green, blue, *_ = ImageColor.getrgb(form)
        except ValueError:
            continue
        found = f"#{red:02x}{green:02x}{blue:02x}"
        return found if _COLOUR.fullmatch(found) else ""  # it lets rgb(300, 0, 0) pass
    return ""


def fonts(value: object) -> tuple[str, ...]:
    """Names of fonts, the first choice first, with commas between."""
    text = written(value).strip()
    if found := re.search(r"[\"';:{}<>()\\]", text):
        raise Unfit(
            f"“{found[0]}” cannot stand in a font's name.",
            "Write names and commas only, such as Georgia, Times New Roman.",
        )
    known = {name.casefold(): name for name in FONTS}
    names = [" ".join(name.split()) for name in text.split(",") if name.strip()]
    for name in names:
        if name.casefold() not in known:
            raise Unfit(f"“{name}” is not a font that every reader's device has.", did_you_mean(name, FONTS))
    return tuple(dict.fromkeys(known[name.casefold()] for name in names))


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def on_accent(accent: str) -> float:
    """Contrast of the accent with whichever words read better on it."""
    return max(contrast(words, accent) for words in (DARK_WORDS, LIGHT_WORDS))


def nearest(wanted: str, passes: Callable[[str], bool]) -> str:
    """The colour of the same hue, as near in lightness as can be, that passes; black or white always may."""
    hue, light, strength = colorsys.rgb_to_hls(*(part / 255 for part in _parts(wanted)))
    for step in range(1, _STEPS + 1):
        for other in (light - step / _STEPS, light + step / _STEPS):
            if 0 <= other <= 1:
                rgb = colorsys.hls_to_rgb(hue, other, strength)
                found = "#" + "".join(f"{round(part * 255):02x}" for part in rgb)
                if passes(found):
                    return found
    return wanted


def _parts(colour_: str) -> tuple[int, int, int]:
    return int(colour_[1:3], 16), int(colour_[3:5], 16), int(colour_[5:7], 16)


def _luminance(colour_: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour_))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - figures of sRGB
