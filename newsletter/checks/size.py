"""Letters so long that Gmail cuts off their end, the leave link with it (at about 102 kB of HTML)."""

from __future__ import annotations

import binascii
import datetime as dt
from itertools import accumulate

from newsletter.letters.answers import reader_answers
from newsletter.letters.fill import join
from newsletter.nouns.draft import Edition
from newsletter.nouns.letter import Dossier, Pieces, Rendered
from newsletter.nouns.problem import Problem, Severity

NAME = "size"
WARN, MOST = 90_000, 100_000  # bytes of the HTML part as it travels
MANY = 40  # sections: past this no single one is to blame
HEAVIEST = 3  # sections that the hint names
LONGEST_NAME = "Ñ" * 60  # the worst reader: each letter takes six bytes on the way
LONGEST_LINK = "https://news.example.org/" + "u" * 120
LONGEST_ADDRESS = "https://news.example.org/images/" + "p" * 40


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning above 90 kB, an error above 100 kB, for the reader with the longest name; names the heaviest sections."""
    found = (
        _look_at(edition, dossier.renderings[edition.language])
        for edition in dossier.editions
        if edition.language in dossier.renderings
    )
    return [problem for problem in found if problem]


def weigh(html: Pieces) -> int:
    """Bytes of a piece of HTML as it travels, in quoted-printable, to the reader with the longest name."""
    worst = reader_answers(LONGEST_NAME, LONGEST_LINK, lambda name: LONGEST_ADDRESS + name)
    # The same encoding as letters.quoted to within a few soft breaks, at a twentieth of the time.
    return len(binascii.b2a_qp(join(html, worst).encode(errors="replace")))


def _look_at(edition: Edition, rendered: Rendered) -> Problem | None:
    weight = weigh(rendered.html)
    if weight <= WARN:
        return None
    severity = Severity.ERROR if weight > MOST else Severity.WARNING
    by_weight = sorted(enumerate(map(weigh, rendered.sections)), key=lambda pair: -pair[1])[:HEAVIEST]
    named = [
        f"{_named(edition, index)} {size / 1000:.0f} kB" for index, size in by_weight if index < len(edition.sections)
    ]
    place = edition.place(("sections", by_weight[0][0])) if by_weight else edition.place()
    message = f"The letter weighs {weight / 1000:.0f} kB; Gmail cuts off what comes after about 100 kB, the end first."
    hint = f"Shorten what weighs most: {', '.join(named)}." if named else "Shorten it."
    if len(edition.sections) > MANY:
        hint = f"It has {len(edition.sections)} sections: divide it into two issues here, or leave some out."
        place = edition.place(("sections", _first_cut(rendered)))
    return Problem(place, severity, NAME, message, hint)


def _first_cut(rendered: Rendered) -> int:
    """Which section no longer fits."""
    sums = accumulate(map(weigh, rendered.sections))
    return next((number for number, total in enumerate(sums) if total > WARN), 0)


def _named(edition: Edition, index: int) -> str:
    section = edition.sections[index]
    return f"“{section.title}”" if section.title else f"{section.type.name} (section {index + 1})"
