"""What a mail server has taken and what books say -> the promise in figures, each of which has to be 0."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from tests.prove.sink import Arrival


def judged(written: Iterable[Arrival], states: Mapping[str, str]) -> dict[str, int]:
    """Person by person; ``states`` is what the ledger says of each copy, by its Message-ID."""
    here = list(written)
    arrived = Counter(one.number for one in here)
    people = Counter(one.person for one in here)
    return {
        "lost": sum(not arrived[one] and state != "in_doubt" for one, state in states.items()),
        "twice": sum(number > 1 for number in people.values()),
        "arrived and not in the books": sum(states.get(one) not in ("accepted", "in_doubt") for one in arrived),
        "one person under two Message-IDs": abs(len(people) - len(arrived)),
    }


def balanced(books: Mapping[str, int], people: int, copies: int) -> dict[str, int]:
    """The seven figures against one another, against the readers there are and against the copies."""
    rest = sum(number for name, number in books.items() if name != "planned")
    return {
        "left undone": books["waiting"] + books["deferred"] + books["refused"] + books["skipped"],
        "out of balance": abs(books["planned"] - rest) + abs(books["planned"] - people),
        "books and ledger differ": abs(books["planned"] - copies),
    }


def promise(wrong: Mapping[str, int]) -> str:
    """Whether it holds, in a sentence."""
    broken = {name: number for name, number in wrong.items() if number}
    return f"The promise is broken: {broken}" if broken else "The promise holds: nobody lost, nobody twice."
