"""A run that goes on -> a bar on stderr: how many, how fast, how long still, and how many were refused so far."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from newsletter.ledger.book import Books

_LOOKS = 2  # a second
_A_MINUTE_UP_TO = 600  # letters a minute; what is faster is told by the second


class Rate(ProgressColumn):
    """How many letters leave, a minute or a second."""

    def render(self, task: Task) -> Text:
        """The rate of late."""
        if not (speed := task.finished_speed or task.speed):
            return Text("")
        slow = speed * 60 <= _A_MINUTE_UP_TO
        return Text(f"{speed * 60:.0f} a minute" if slow else f"{speed:.0f} a second")


class Refused(ProgressColumn):
    """How many were refused, put off or are in doubt, by the books."""

    def __init__(self, books: Callable[[], Books]) -> None:
        super().__init__()
        self._books = books

    def render(self, task: Task) -> Text:
        """What the books say now, at the end too."""
        del task
        return Text(troubles(self._books()))


def troubles(books: Books) -> str:
    """Refusals and the like in a few words; "none refused" where there are none."""
    found = [(books.refused, "refused"), (books.deferred, "put off"), (books.in_doubt, "in doubt")]
    return ", ".join(f"{number:,} {name}" for number, name in found if number) or "none refused"


@contextmanager
def bar(books: Callable[[], Books], *, watched: bool) -> Iterator[Callable[[int, int], None]]:
    """Show it while the block lasts, where somebody watches; what it gives is told how many of how many are done."""
    columns = (
        TextColumn("Sending"),
        BarColumn(),
        MofNCompleteColumn(),
        Rate(),
        TimeRemainingColumn(),
        Refused(books),
    )
    with Progress(*columns, console=Console(stderr=True), refresh_per_second=_LOOKS, disable=not watched) as shown:
        task = shown.add_task("Sending", total=None)

        def progress(done: int, total: int) -> None:
            shown.update(task, completed=done, total=total)

        yield progress
