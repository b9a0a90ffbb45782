"""A run and its carrier -> every letter delivered: by turns over several connections, each with one letter on its way.

One thread serves them all, so that no connection hands Python's lock to another for each of its letters; the one that
called waits beside it, and hears the second Ctrl-C.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from types import TracebackType
from typing import Self

from newsletter.delivery.run import Letter, Run
from newsletter.delivery.session import LoginRefused, NoServer, NoWayToSignIn, TlsRefused
from newsletter.delivery.stops import CutOff
from newsletter.errors import NewsletterError
from newsletter.ledger.writer import Entry
from newsletter.nouns.letter import Carrier, Line, ManyLines, Message, Outcome
from newsletter.store.database import PATIENCE
from newsletter.turns import LeftBehind, Turns

_CANNOT_CONNECT = (NoServer, TlsRefused, LoginRefused, NoWayToSignIn)
_SOON = 2 * PATIENCE / 1000 + 2  # seconds for lines that were cut off to write down what they know, or to take it back
_LOOK = 0.2
_DEEP = 2  # letters that a connection has composed ahead


class _OneByOne:
    """A carrier that takes one message at a time, as the only line."""

    def __init__(self, carrier: Carrier) -> None:
        self._carrier = carrier
        self._cut = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """The carrier is put away by whoever opened it."""

    def deliver(
        self,
        message: Message,
        *,
        may_leave: Callable[[], bool],
        following: Message | None = None,
        meanwhile: Callable[[], None],
    ) -> Outcome | None:
        """Ask, then hand it over."""
        del following, meanwhile
        if not may_leave():
            return None
        if self._cut:
            raise CutOff
        return self._carrier.deliver(message)

    def abort(self) -> None:
        """What it takes now it takes whole; and nothing more."""
        self._cut = True


def work(run: Run, carrier: Carrier) -> None:
    """Deliver everything that is due, with as many connections as carrier and pace allow; the carrier is entered.

    Raises Interrupted, RunPaused, AnswersLost, DailyLimit, and what the carrier and the books raise.
    """
    lines: list[Line] = [_OneByOne(carrier)]
    if isinstance(carrier, ManyLines):
        lines = [carrier.first(), *(carrier.line() for _ in range(1, number_of_lines(run, carrier)))]
    run.verdict.lines = len(lines)
    run.connect(len(lines))
    done = threading.Event()  # a thread that was joined when Ctrl-C came counts as ended while it is not (CPython 3.11)
    try:
        threading.Thread(target=_serve_all, args=(run, lines, done), name="sending", daemon=True).start()
        while not done.wait(_LOOK):
            pass
    except RuntimeError:  # the system has no more threads, and nothing was begun
        raise
    except BaseException as error:  # the second Ctrl-C: whoever waits for an answer is let go, and says it is in doubt
        run.stop_at_once(error)
        done.wait(_SOON)
        raise
    run.conclude()


def number_of_lines(run: Run, carrier: ManyLines) -> int:
    """As many as carrier and pace allow, and none that would have nothing to do."""
    return max(1, min(carrier.connections, run.allowance.connections, len(run.due)))


def _serve_all(run: Run, lines: Sequence[Line], done: threading.Event) -> None:
    """All connections, by turns; one that is still being made when everything has left is not waited for."""
    try:
        with run.store.database.hot() as reading:
            all_of_them = Turns()
            for place, line in enumerate(lines):
                all_of_them.begin(partial(_serve, run, line, reading, own=place > 0))
            all_of_them.run(partial(_wanted, run, lines, all_of_them))
    except BaseException as trouble:  # noqa: BLE001 - told by the thread that waits
        run.fail(trouble)
    finally:
        run.stop_signing()
        done.set()


def _wanted(run: Run, lines: Sequence[Line], all_of_them: Turns) -> bool:
    """Asked before each turn, so that no letter leaves once the run is to stop at once."""
    if run.at_once:
        for line in lines:
            line.abort()
    return run.busy(away=all_of_them.away)


def _serve(run: Run, line: Line, reading: sqlite3.Connection, *, own: bool) -> None:
    """One connection from its first letter to its last; the first one is the carrier's to open and to put away."""
    error: BaseException | None = None
    began = False
    try:
        with ExitStack() as stack:
            if own:
                stack.enter_context(line)
            began = True
            run.begin()
            _letters(run, line, reading)
    except _CANNOT_CONNECT as trouble:
        error = trouble  # the others go on, and take what this one had; the last one stops the run
    except LeftBehind:
        return
    except BaseException as trouble:  # noqa: BLE001 - told by the thread that waits for all
        run.fail(trouble)
    run.leave(error, began=began)


class _Ahead:
    """The letters that a connection has composed before their turn, while it waits for the books or for the server.

    The next one's envelope rides behind a final dot, and the one after is composed while that dot waits for its intent.
    """

    def __init__(self, run: Run, reading: sqlite3.Connection, deep: int) -> None:
        self._run, self._reading, self._deep = run, reading, deep
        self._letters: deque[Letter] = deque()

    def fill(self) -> None:
        """Compose what may leave at once; why there is no more is told later, and one that awaits its intent goes first."""
        try:
            while len(self._letters) < self._deep and (letter := self._run.letter(self._reading, wait=False)):
                self._letters.append(letter)
        except Exception as error:  # noqa: BLE001 - whatever it is: a letter waits for its intent meanwhile, and goes first
            self._run.fail(error)

    def next(self) -> Letter | None:
        """The next one, which stays the next."""
        return self._letters[0] if self._letters else None

    def take(self, before: list[Entry]) -> Letter | None:
        """The next one, or the wait for it; nothing is left unwritten while one waits.

        Where the run is over, all that is there is given back; at the limit of the day it had its place, and leaves.
        """
        if self._run.over():
            self.give_back()
        if not self._letters:
            self._run.write(before)
            return self._run.letter(self._reading)
        return self._letters.popleft()

    def give_back(self) -> None:
        """None of them has been begun."""
        while self._letters:
            self._run.give_back(self._letters.pop().copy)


def _letters(run: Run, line: Line, reading: sqlite3.Connection) -> None:
    before: list[Entry] = []
    ahead = _Ahead(run, reading, 0 if isinstance(line, _OneByOne) else _DEEP)
    try:
        while (letter := ahead.take(before)) is not None:
            if ahead.next() is None:
                ahead.fill()
            _one(run, line, letter, ahead, before)
    finally:
        ahead.give_back()
        run.write(before)


def _one(run: Run, line: Line, letter: Letter, ahead: _Ahead, before: list[Entry]) -> None:
    """One letter, handed over and written down; where it surely did not leave it goes back."""
    following = ahead.next()

    def may_leave() -> bool:
        ahead.fill()  # while the server reads the text
        return run.may_leave(letter, before)

    try:
        outcome = line.deliver(
            letter.message,
            may_leave=may_leave,
            following=following.message if following else None,
            meanwhile=partial(run.write, before),
        )
    except NewsletterError:
        run.withdraw(letter)
        run.give_back(letter.copy)
        raise
    run.ended(letter, outcome, before, more=ahead.next() is not None)
