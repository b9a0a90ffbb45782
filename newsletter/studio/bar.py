"""An issue's books -> the parts of a thin bar, each wide enough to be seen."""

from __future__ import annotations

from dataclasses import dataclass

from newsletter.ledger.book import Books

WIDTH, LEAST, GAP = 240, 8, 1


@dataclass(frozen=True, slots=True)
class Part:
    """One part: what became of these letters, how many they are, where it begins and how wide it is."""

    name: str
    number: int
    x: float
    width: float


def parts(books: Books) -> tuple[tuple[str, int], ...]:
    """What became of an issue's letters, in the order in which it is drawn; what is empty is left out."""
    every = (
        ("accepted", books.accepted),
        ("refused", books.refused),
        ("unsure", books.in_doubt),
        ("waiting", books.waiting + books.deferred),
        ("left", books.skipped),
    )
    return tuple(one for one in every if one[1])


def bar(books: Books) -> tuple[Part, ...]:
    """The bar's parts from left to right; the small ones take their room from the largest."""
    every = parts(books)
    room = WIDTH - GAP * (len(every) - 1)
    widths = [max(LEAST, room * number / books.planned) for _, number in every]
    widths[widths.index(max(widths))] -= sum(widths) - room
    found, x = [], 0.0
    for (name, number), width in zip(every, widths, strict=True):
        found.append(Part(name, number, round(x, 2), round(width, 2)))
        x += width + GAP
    return tuple(found)
