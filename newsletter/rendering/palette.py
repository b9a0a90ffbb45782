"""The group's look -> the letter's colours by day and by night, chosen so that words can be read on them."""

from __future__ import annotations

from dataclasses import dataclass

from newsletter.drafting.look import DARK_WORDS, FONTS, LIGHT_WORDS, READABLE, contrast
from newsletter.nouns.draft import Look

INK = DARK_WORDS
QUIET, HAIRLINE = "#5c5c5c", "#d4d4d4"


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
    on_accent = max((DARK_WORDS, LIGHT_WORDS), key=lambda words: contrast(words, look.accent))
    quiet = QUIET if contrast(QUIET, look.paper) >= READABLE else look.ink
    return Palette(look.accent, on_accent, look.ink, look.paper, quiet, HAIRLINE)


def font_stack(look: Look) -> str:
    """Its fonts as CSS, with the kind that stands in where a device has none of them."""
    named = [f"'{name}'" if " " in name else name for name in look.font]
    return ",".join([*named, FONTS[look.font[0]] if look.font else "sans-serif"])


def outlook_font(look: Look) -> str:
    """The one font that classic Outlook is told: of several it takes the last resort if it lacks the first."""
    return next(
        (f"'{name}'" if " " in name else name for name in look.font if not name.startswith("Helvetica")), "Arial"
    )
