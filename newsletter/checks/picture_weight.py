"""Pictures that make a letter heavy for readers on slow or paid connections."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from newsletter.nouns.letter import Dossier, Rendered
from newsletter.nouns.problem import Place, Problem, Severity

NAME = "picture-weight"
WARN = 1_000_000  # bytes of all pictures of a letter
ADVISED, MOST = 200_000, 10_000_000  # bytes of a whole message
ON_ITS_WAY = 78 / 57  # base64: 57 bytes make a line of 76 letters and its end
HEAVIEST = 3


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning where all pictures weigh more than 1 MB; inside the letter, a note above 200 kB, an error above 10 MB."""
    return [
        problem
        for edition in dossier.editions
        if edition.language in dossier.renderings
        for problem in _look_at(dossier.renderings[edition.language], edition.place(("sections",)), dossier.public_url)
    ]


def _look_at(rendered: Rendered, place: Place, public_url: str) -> Iterator[Problem]:
    weight = sum(len(picture.data) for picture in rendered.pictures)
    words_alone = sum(len(piece) for piece in (*rendered.html, *rendered.text) if isinstance(piece, str))
    message = round(weight * ON_ITS_WAY) + words_alone
    if not public_url and message > MOST:
        words = f"With its pictures inside, the letter weighs {message / 1_000_000:.0f} MB; many mailboxes refuse it."
        yield Problem(place, Severity.ERROR, NAME, words, f"Leave pictures out. The heaviest: {_heaviest(rendered)}.")
    elif weight > WARN:
        words = f"The pictures weigh {weight / 1_000_000:.1f} MB together, after scaling."
        hint = f"Leave one out, or save photographs as JPEG. The heaviest: {_heaviest(rendered)}."
        yield Problem(place, Severity.WARNING, NAME, words, hint)
    elif not public_url and message > ADVISED:
        words = (
            f"With its pictures inside, the letter weighs {message / 1000:.0f} kB for each reader; 200 kB is advised."
        )
        hint = (
            "With public pages (NEWSLETTER_PUBLIC_URL in .env) readers fetch the pictures from there; or leave one out. "
            f"The heaviest: {_heaviest(rendered)}."
        )
        yield Problem(place, Severity.NOTE, NAME, words, hint)


def _heaviest(rendered: Rendered) -> str:
    heaviest = sorted(rendered.pictures, key=lambda picture: -len(picture.data))[:HEAVIEST]
    return ", ".join(f"{picture.name} {len(picture.data) / 1000:.0f} kB" for picture in heaviest)
