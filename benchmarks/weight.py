"""How heavy a letter is, and how its weight and its rendering time grow with its sections.

    make bench

The weight is that of the HTML part as it travels (quoted-printable) to the reader with the longest name. Issues of 1
to 96 sections are made of the sample's own news, in turn. Growth is linear where a section weighs the same in a long
letter as in a short one; rendering likewise takes the same time for each, every text new in each round.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import replace

from compose import anew, july
from rich.console import Console
from rich.table import Table

from newsletter.checks.size import weigh
from newsletter.nouns.draft import Edition, Profile, Section
from newsletter.rendering.render import render
from newsletter.rendering.shelf import Shelf

COUNTS = (0, 1, 3, 6, 12, 24, 48, 96)
ROUNDS = 9


def main() -> None:
    """Weigh and time each length, print the table."""
    edition, profile, shelf = july()
    whole = weigh(render(edition, profile, shelf)[0].html)
    table = Table("sections", "kB encoded", "bytes a section", "ms", "ms a section")
    empty = weighed(edition, profile, shelf, 0)
    for count in COUNTS:
        weight, took = weighed(edition, profile, shelf, count), timed(edition, profile, shelf, count)
        each = ("", "") if not count else (f"{(weight - empty) / count:,.0f}", f"{took / count:.2f}")
        table.add_row(str(count), f"{weight / 1000:.1f}", each[0], f"{took:.1f}", each[1])
    console = Console(width=110)
    console.print(table)
    public = weighed(edition, profile, replace(shelf, public_url="https://news.example.org"), 0)
    console.print(f"A letter without sections: {empty / 1000:.1f} kB, with a public address {public / 1000:.1f} kB")
    console.print(f"July, with all its {len(edition.sections)} sections: {whole / 1000:.1f} kB")


def of_length(edition: Edition, count: int) -> Edition:
    """An issue of so many sections: the sample's news, one after the other."""
    news = [section for section in edition.sections if section.type.name == "news"]
    sections: list[Section] = [news[number % len(news)] for number in range(count)]
    return replace(edition, sections=tuple(sections))


def weighed(edition: Edition, profile: Profile, shelf: Shelf, count: int) -> int:
    """Bytes on the way."""
    return weigh(render(of_length(edition, count), profile, shelf)[0].html)


def timed(edition: Edition, profile: Profile, shelf: Shelf, count: int) -> float:
    """Milliseconds, the median of the rounds after one that warms up."""
    times = []
    for number in range(ROUNDS + 1):
        new = anew(of_length(edition, count), number)
        start = time.perf_counter()
        render(new, profile, shelf)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times[1:])


if __name__ == "__main__":
    main()
