"""An animation -> whether it may move in a letter, what it is shown as where it may not, and a GIF that any reader can show.

WCAG 2.2.2: what moves by itself stops within five seconds, for no letter has a button that stops it. 2.3.1: see flashes.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from PIL import Image, ImageChops, ImageStat

from newsletter.nouns.problem import Severity
from newsletter.rendering.flashes import CELL, flash
from newsletter.rendering.light_picture import HEAVY, scaled
from newsletter.rendering.open_picture import Remark, kind
from newsletter.rendering.plain_picture import in_plain_colours

LONGEST = 5000
"""Milliseconds from the first picture to the last."""

CANVAS = 4_000_000
"""Points of an animation, at most; and of all its pictures together, UNPACKED to be looked at, KEPT to be written."""

UNPACKED, KEPT = 250_000_000, 24_000_000
HEAVIEST = 2 * HEAVY
_COLUMN = 600  # CSS pixels: the widest that a letter shows it
_STEPS = ((1.0, 255), (0.75, 128), (0.5, 64), (0.5, 32))  # how wide, as a share of the sharpest; colours
_SWIFT, _SWIFT_AS_SHOWN = 10, 100  # milliseconds: browsers show what should pass in a hundredth of a second in a tenth
_CLEAR = 255  # the place of the palette that one sees through
_UNLIKE, _HALF = 48, 2  # of 255; of all cells
_ALIKE = 8  # of 255, by which a blank sheet may differ from its middle
_WAY_OUT = (
    "If it should move, let it play once and stop within 5 seconds; if not, save the picture that matters as PNG."
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an animation may move, and the number of the picture by which it is shown where it stands still."""

    moves: bool
    still: int = 0
    remark: Remark | None = None


def is_moving(image: Image.Image) -> bool:
    """Whether the file is an animation; pages of a TIFF and the spare pictures in a JPEG are none."""
    return kind(image) in {"GIF", "PNG", "WEBP", "AVIF"} and bool(getattr(image, "is_animated", False))


def judge(image: Image.Image, name: str) -> Verdict:
    """Look at an animation picture by picture, as far as it takes to know."""
    if image.width * image.height > CANVAS:
        return _still(name, 0, "it is too large to move", f"Make it about {_COLUMN} points wide.")
    plays = _plays(image)
    seen: list[tuple[int, Image.Image, float]] = []
    lasts = 0.0
    for number, frame, stands in _frames(image):
        seen.append((number, _in_cells(frame), stands))
        lasts += (_SWIFT_AS_SHOWN if stands <= _SWIFT else stands) * max(1, plays)
        if lasts > LONGEST or len(seen) * image.width * image.height > UNPACKED:
            break
    still = next((number for number, cells, _ in seen if not _is_blank(cells)), seen[0][0])
    if not plays:
        return _still(name, still, "it moves without end, and a reader cannot stop it", _WAY_OUT)
    if lasts > LONGEST:
        return _still(name, still, "it moves for more than 5 seconds, and a reader cannot stop it", _WAY_OUT)
    if len(seen) * image.width * image.height > UNPACKED:
        return _still(name, still, "it is too large to move", f"Make it about {_COLUMN} points wide.")
    if flash([(cells, stands) for _, cells, stands in seen], plays):
        reason = "it flashes more than three times a second, which can bring on seizures"
        return _still(name, still, reason, "Let it change more slowly, or save the picture that matters as PNG.")
    return Verdict(moves=True, still=still, remark=_of_the_first(name, seen[0][1], seen[-1][1]))


def film(image: Image.Image, width: int, points: int) -> bytes | None:
    """The animation as a GIF at most ``points`` wide, not below ``width`` points; None where it stays too heavy."""
    frames = [(number, lasts) for number, _, lasts in _frames(image)]
    most = (KEPT * image.width / image.height / len(frames)) ** 0.5
    across = min(points, int(most), image.width)
    if across < min(width, image.width):
        return None
    profile = image.info.get("icc_profile")
    drawn = [scaled(in_plain_colours(frame, profile), across) for _, frame, _ in _frames(image)]
    made = b""
    for share, colours in _STEPS:
        narrower = max(min(width, across), round(across * share))
        made = _gif([scaled(one, narrower) for one in drawn], [lasts for _, lasts in frames], _plays(image), colours)
        if len(made) <= HEAVY:
            return made
    return made if len(made) <= HEAVIEST else None


def too_heavy(name: str) -> Remark:
    """What to say where ``film`` gave up."""
    message = f"{name} is shown as a still picture: it would weigh more than {HEAVIEST // 1000} kB."
    return Remark(Severity.WARNING, message, "Make it smaller or shorter, with fewer pictures and fewer colours.")


def _still(name: str, number: int, reason: str, hint: str) -> Verdict:
    remark = Remark(Severity.WARNING, f"{name} is shown as a still picture: {reason}.", hint)
    return Verdict(moves=False, still=number, remark=remark)


def _of_the_first(name: str, first: Image.Image, last: Image.Image) -> Remark | None:
    """Older Outlook shows the first picture alone (caniemail.com: image-gif)."""
    hint = "Let its first picture show what matters."
    if _is_blank(first):
        return Remark(Severity.WARNING, f"Some Outlooks show only the first picture of {name}, which is blank.", hint)
    unlike = sum(ImageChops.difference(first, last).convert("L").histogram()[_UNLIKE:])
    if unlike * _HALF < first.width * first.height:
        return None
    message = f"Some Outlooks show only the first picture of {name}, which is quite unlike the last."
    return Remark(Severity.NOTE, message, hint)


def _plays(image: Image.Image) -> int:
    """How often it plays, 0 for without end; a GIF without a word of it plays once, one that says 2 three times."""
    loop = image.info.get("loop")
    if kind(image) == "GIF":
        return 1 if loop is None else loop + 1 if loop else 0
    return int(loop or 0)


def _frames(image: Image.Image) -> Iterator[tuple[int, Image.Image, float]]:
    """Each picture in turn: its number, itself, and how many milliseconds it stands. It is the same object each time."""
    first = 1 if image.info.get("default_image") else 0  # of an APNG: shown only where nothing can move
    for number in count(first):
        try:
            image.seek(number)
        except EOFError:
            return
        image.load()
        yield number, image, float(image.info.get("duration") or 0)


def _in_cells(image: Image.Image) -> Image.Image:
    """As it stands on white paper, a point each CELL CSS pixels."""
    across = max(1, min(image.width, _COLUMN) // CELL)
    down = max(1, round(image.height * across / image.width))
    plain = in_plain_colours(image)
    if plain.mode == "RGBA":
        plain = Image.alpha_composite(Image.new("RGBA", plain.size, "white"), plain).convert("RGB")
    return plain.resize((across, down), Image.Resampling.BOX)


def _is_blank(cells: Image.Image) -> bool:
    even = Image.new("RGB", cells.size, _middle(cells))
    return not any(ImageChops.difference(cells, even).convert("L").histogram()[_ALIKE:])


def _middle(cells: Image.Image) -> tuple[int, int, int]:
    red, green, blue = (round(mean) for mean in ImageStat.Stat(cells).mean)
    return red, green, blue


def _gif(frames: list[Image.Image], lasts: list[float], plays: int, colours: int) -> bytes:
    """All frames in one palette, so that only what changes is written."""
    clear = any(frame.mode == "RGBA" for frame in frames)
    palette = _palette(frames, colours)
    drawn = [_painted(frame, palette) for frame in frames]
    options: dict[str, object] = {"transparency": _CLEAR, "disposal": 2} if clear else {}
    if plays != 1:
        options["loop"] = max(0, plays - 1)
    out = io.BytesIO()
    drawn[0].save(
        out,
        "GIF",
        save_all=True,
        append_images=drawn[1:],
        duration=[round(one) for one in lasts],
        optimize=False,
        **options,
    )
    return out.getvalue()


def _palette(frames: list[Image.Image], colours: int) -> Image.Image:
    """The colours that eight frames, from first to last, have most of."""
    some = frames[:: max(1, len(frames) // 8)]
    sheet = Image.new("RGB", (200, 200 * len(some)))
    for place, frame in enumerate(some):
        sheet.paste(frame.convert("RGB").resize((200, 200), Image.Resampling.NEAREST), (0, 200 * place))
    return sheet.quantize(colours, dither=Image.Dither.NONE)


def _painted(frame: Image.Image, palette: Image.Image) -> Image.Image:
    painted = frame.convert("RGB").quantize(palette=palette, dither=Image.Dither.NONE)
    if frame.mode == "RGBA":
        painted.paste(_CLEAR, mask=frame.getchannel("A").point([255] * 128 + [0] * 128))
    return painted
