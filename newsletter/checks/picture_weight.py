"""Pictures that make a letter heavy for readers on slow or paid connections."""

from __future__ import annotations

import datetime as dt

from newsletter.nouns.letter import Dossier, Rendered
from newsletter.nouns.problem import Place, Problem, Severity

NAME = "picture-weight"
WARN, MOST = 1_000_000, 7_000_000  # bytes of all pictures; embedded, 7 MB of pictures make a message of about 10 MB
HEAVIEST = 3


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning where an edition's pictures weigh more than 1 MB together, an error where mailboxes will refuse them."""
    found = (
        _look_at(dossier.renderings[edition.language], edition.place(("sections",)))
        for edition in dossier.editions
        if edition.language in dossier.renderings
    )
    return [problem for problem in found if problem]


def _look_at(rendered: Rendered, place: Place) -> Problem | None:
    weight = sum(len(picture.data) for picture in rendered.pictures)
    if weight <= WARN:
        return None
    heaviest = sorted(rendered.pictures, key=lambda picture: -len(picture.data))[:HEAVIEST]
    named = ", ".join(f"{picture.name} {len(picture.data) / 1000:.0f} kB" for picture in heaviest)
    severity = Severity.ERROR if weight > MOST else Severity.WARNING
    message = f"The pictures weigh {weight / 1_000_000:.1f} MB together, after scaling."
    return Problem(
        place, severity, NAME, message, f"Leave one out, or save photographs as JPEG. The heaviest: {named}."
    )
