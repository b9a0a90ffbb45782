"""How long `check` takes beside rendering, on the sample's July issue with both its editions, in one process.

    make bench

Both in one run, in turn, the median of the rounds; offline. Each round renders texts that are new, and looks at the
letter just made, so that nothing is remembered from the round before. The table lists the checks by what they cost.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from compose import anew
from rich.console import Console
from rich.table import Table

from newsletter.family import members
from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import Dossier
from newsletter.pipeline import CHECKS, prepare
from newsletter.pipeline import check as look
from newsletter.rendering.render import render
from newsletter.rendering.shelf import Shelf
from newsletter.settings import Settings
from newsletter.workspace import Workspace, shipped

ROUNDS = 15
SHOWN = 12  # checks
JULY = IssueName(2025, 7)


def main() -> None:
    """Time both, print the tables."""
    dossier, shelf = july()
    rounds = [one_round(dossier, shelf, number) for number in range(ROUNDS + 1)][1:]
    rendering, checking = (statistics.median(times) for times in zip(*rounds, strict=True))
    console = Console(width=110)
    table = Table("July, two editions", "ms", "times rendering")
    table.add_row("rendering: HTML and text", f"{rendering:.1f}", "1.0")
    table.add_row(f"all {len(members(CHECKS))} checks", f"{checking:.1f}", f"{checking / rendering:.1f}")
    console.print(table)
    console.print(by_check(dossier, shelf, rendering))


def july() -> tuple[Dossier, Shelf]:
    """The sample's newest issue as `check` looks at it."""
    workspace, settings = Workspace(shipped()), Settings()
    dossier = prepare(workspace, JULY, settings).dossier
    if dossier is None:
        raise SystemExit("The sample's July issue cannot be read.")
    from newsletter.drafting.types import read_types

    return dossier, Shelf(workspace, read_types(workspace)[0], "", tuple(one.language for one in dossier.editions))


def new_dossier(dossier: Dossier, shelf: Shelf, number: int) -> tuple[Dossier, float]:
    """The same issue with every text new, rendered; and the milliseconds that took."""
    editions = tuple(anew(edition, number) for edition in dossier.editions)
    start = time.perf_counter()
    renderings = {one.language: render(one, dossier.profile, shelf)[0] for one in editions}
    took = (time.perf_counter() - start) * 1000
    return replace(dossier, editions=editions, renderings=renderings), took


def one_round(dossier: Dossier, shelf: Shelf, number: int) -> tuple[float, float]:
    """Milliseconds of rendering and of checking."""
    new, rendering = new_dossier(dossier, shelf, number)
    return rendering, timed(lambda: look(new, new.editions[0].send_on))


def timed(work: Callable[[], object]) -> float:
    """Milliseconds."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def by_check(dossier: Dossier, shelf: Shelf, rendering: float) -> Table:
    """The checks that cost most. What several share is paid by the first that needs it."""
    costs: dict[str, list[float]] = {}
    for number in range(ROUNDS):
        new, _ = new_dossier(dossier, shelf, ROUNDS + 1 + number)
        for name, member in members(CHECKS).items():
            costs.setdefault(name, []).append(timed(partial(member.check, new, new.editions[0].send_on)))
    table = Table("check", "ms", "times rendering")
    for name, times in sorted(costs.items(), key=lambda pair: -statistics.median(pair[1]))[:SHOWN]:
        cost = statistics.median(times)
        table.add_row(name, f"{cost:.2f}", f"{cost / rendering:.2f}")
    return table


if __name__ == "__main__":
    main()
