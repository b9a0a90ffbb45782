"""A moment -> the wait for it, in which one key stops everything; and a word where the moment was slept through."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from newsletter.ceremony.hour import told
from newsletter.ceremony.keys import any_key
from newsletter.ceremony.soft_stop import soft_stop
from newsletter.errors import NewsletterError, StoppedForSafety

if TYPE_CHECKING:
    from newsletter.door import Door
    from newsletter.nouns.draft import IssueName

MISSED_BY = dt.timedelta(minutes=5)
"""So much later than meant is not what somebody wanted: the computer slept, and it may be three in the morning."""
_STEP = 0.2  # seconds


class Held(NewsletterError):
    """Somebody stopped it before any letter left for a reader."""

    exit_code = 130

    def __init__(self, issue: IssueName, *, begun: bool) -> None:
        super().__init__(
            "Stopped before any letter left: no further reader has got anything."
            if begun
            else f"Stopped in time: no reader has got anything of {issue}, and its books are empty. First copies went to"
            " your own addresses only.",
            f"Mend what you saw and have it approved again, or leave it as it is; then: newsletter send {issue} --for-real",
        )


class Missed(StoppedForSafety):
    """The moment has passed long since, and there is nobody to ask."""

    def __init__(self, issue: IssueName, at: dt.datetime, now: dt.datetime) -> None:
        super().__init__(
            f"{missed(issue, at, now)} Nothing was sent to readers.",
            f"To send it now: newsletter send {issue} --for-real; or give a later hour with --at.",
        )


def hold(door: Door, until: dt.datetime, line: Callable[[str], str], stopped_by: Callable[[], NewsletterError]) -> bool:
    """Wait until then, with ``line`` of how long still before one's eyes. Whether the moment came as it was meant.

    One key stops it where somebody watches, and Ctrl-C, SIGTERM or a closed terminal anywhere: raises what ``stopped_by`` makes.
    """
    watched = door.interactive
    with soft_stop("") as asked, any_key(watched=watched) as pressed, _countdown(watched=watched) as show:
        if not watched:
            door.say(line(_span(until - door.now())))
        while (left := until - door.now()) > dt.timedelta():
            show(line(_span(left)))
            if pressed(min(_STEP, left.total_seconds())) or asked():
                raise stopped_by()
    return door.now() - until <= MISSED_BY


@contextmanager
def _countdown(*, watched: bool) -> Iterator[Callable[[str], None]]:
    """One line on stderr that is written over and over, where somebody watches."""
    from rich.console import Console
    from rich.live import Live
    from rich.text import Text

    if not watched:
        yield lambda _: None
        return
    with Live(Text(), console=Console(stderr=True), auto_refresh=False, transient=True) as live:
        shown = ""

        def show(text: str) -> None:
            nonlocal shown
            if text != shown:  # once a second, so that a screen reader is not talked over
                live.update(Text(text), refresh=True)
                shown = text

        yield show


def missed(issue: IssueName, at: dt.datetime, now: dt.datetime) -> str:
    """That the moment was missed, in words."""
    there = now.astimezone(at.tzinfo)
    return (
        f"{issue} was to leave at {told(at)}, and it is {there:%Y-%m-%d %H:%M} now: the computer slept, or was switched"
        " off meanwhile."
    )


def _span(left: dt.timedelta) -> str:
    """How long still: ``3 d 04:05:06`` or ``09:59``."""
    seconds = max(0, -(-left // dt.timedelta(seconds=1)))
    days, seconds = divmod(seconds, 86_400)
    hours, seconds = divmod(seconds, 3600)
    minutes, seconds = divmod(seconds, 60)
    if days:
        return f"{days} d {hours:02}:{minutes:02}:{seconds:02}"
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
