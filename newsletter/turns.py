"""Jobs that mostly wait -> all of them by turns in one thread, each written from top to bottom as if it were alone.

Threads that hand Python's lock to each other cost more than what they do in between. A turn goes on until it has to
wait for a connection, for the time, for what several ask for together, or for what another thread makes; whoever calls
the same functions outside of any turn waits by itself. greenlet keeps the place where a turn was left, however deep.
"""

from __future__ import annotations

import select
import selectors
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import ExitStack, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from greenlet import getcurrent, greenlet

T = TypeVar("T")
_MOMENT = 0.25  # of the time that something asked for together takes, for which the next one is waited
_LONGEST_MOMENT = 0.01  # seconds, all moments together
_LATEST = 0.2  # the weight of what was measured last
_NO_DESCRIPTOR_OF_ITS_OWN: type[selectors.BaseSelector] = getattr(selectors, "PollSelector", selectors.SelectSelector)
_LOOK = 0.25  # seconds of a wait after which is asked whether anybody is wanted still


class LeftBehind(BaseException):
    """Nobody waits any more for what this turn does."""


@dataclass(slots=True, eq=False)
class _Turn:
    """One job, and what it waits for."""

    turns: Turns
    job: Callable[[], None]
    place: Any = None  # greenlet's: where it goes on
    socket: socket.socket | None = None
    writing: bool = False
    until: float = 0.0
    sleep: Callable[[float], None] = time.sleep
    seconds: float = 0.0  # asked of sleep


@dataclass(slots=True)
class _Asked:
    """What several turns ask for together, who they are, when it is done at the latest, and how long it takes of late."""

    whats: list[Any] = field(default_factory=list)
    who: list[_Turn] = field(default_factory=list)
    latest: float = 0.0
    takes: float = 0.0


_current: ContextVar[_Turn | None] = ContextVar("turn", default=None)


def ready(one: socket.socket, seconds: float, *, writing: bool = False) -> bool:
    """Wait until a socket can be read, or written; False where it takes longer. One that is closed is ready."""
    seconds = max(0.0, seconds)
    if turn := _current.get():
        turn.socket, turn.writing, turn.until = one, writing, time.monotonic() + seconds
        return bool(turn.turns.listen(turn))
    return bool(_found([] if writing else [one], [one] if writing else [], seconds))


def rest(seconds: float, sleep: Callable[[float], None] = time.sleep) -> None:
    """Wait about so long; by ``sleep``, which may go by another clock, where nobody else has anything to do."""
    if turn := _current.get():
        turn.sleep, turn.seconds, turn.until = sleep, seconds, time.monotonic() + seconds
        turn.turns.rest(turn)
    else:
        sleep(seconds)


def together(do: Callable[[list[T]], None], what: T) -> None:
    """Have ``what`` done, in one call with what others ask of ``do`` at the same time."""
    if turn := _current.get():
        turn.turns.ask(turn, do, what)
    else:
        do([what])


def soon(made: Future[T]) -> T:
    """What another thread will have made in a moment: who can go on now goes first, then all wait. Raises what it raises.

    A turn for each such moment would cost more than it: what several ask for together would be asked for one by one.
    """
    if not made.done() and (turn := _current.get()):
        turn.turns.let_others(turn)
    return made.result()


def elsewhere(call: Callable[[], T], forget: Callable[[T], None]) -> T:
    """What a call gives that waits in its own way: others have their turns meanwhile. Raises what it raises.

    ``forget`` puts away what it gives where nobody waits for it any more.
    """
    turn = _current.get()
    if turn is None:
        return call()
    made: Future[T] = Future()
    try:
        threading.Thread(target=_make, args=(call, made), name="errand", daemon=True).start()
    except RuntimeError:  # the system has no more threads: it is made here, and the others wait for once
        return call()
    try:
        turn.turns.expect(turn, made)
        return made.result()
    except BaseException:
        made.add_done_callback(partial(_put_away, forget))
        raise


def _make(call: Callable[[], T], made: Future[T]) -> None:
    _current.set(None)  # a thread may begin with what was set where it was started
    try:
        result = call()
    except BaseException as error:  # noqa: BLE001 - whoever waits must hear of it, whatever it is
        made.set_exception(error)
    else:
        made.set_result(result)


def _put_away(forget: Callable[[T], None], made: Future[T]) -> None:
    if made.exception() is None:
        forget(made.result())


class Turns:
    """Who has a turn, in one thread."""

    def __init__(self) -> None:
        self._all: dict[_Turn, None] = {}
        self._ready: deque[tuple[_Turn, object]] = deque()
        self._listening: dict[_Turn, None] = {}
        self._resting: dict[_Turn, None] = {}
        self._asked: dict[Callable[[list[Any]], None], _Asked] = {}
        self._expected: dict[_Turn, Future[Any]] = {}
        self._bell = _Bell()
        self._loop: Any = None
        self._over = False

    def begin(self, job: Callable[[], None]) -> None:
        """One more."""
        turn = _Turn(self, job)
        self._all[turn] = None
        self._ready.append((turn, None))

    @property
    def away(self) -> bool:
        """Whether all who are there wait for what other threads make."""
        return 0 < len(self._all) == len(self._expected)

    def run(self, wanted: Callable[[], bool]) -> None:
        """Until all are done, or none is ``wanted`` any more. Raises what one of them raises, and leaves the others."""
        self._loop = getcurrent()
        with ExitStack() as in_the_end:
            in_the_end.callback(self._leave_all)
            while self._all and wanted():
                if self._ready:
                    turn, value = self._ready.popleft()
                    self._go_on(turn, value)
                elif not self._do_together():
                    self._wait()

    def listen(self, turn: _Turn) -> object:
        """Until its socket is ready, or its time is over."""
        self._listening[turn] = None
        return self._pause()

    def rest(self, turn: _Turn) -> None:
        """Until its time is over."""
        self._resting[turn] = None
        self._pause()

    def ask(self, turn: _Turn, do: Callable[[list[T]], None], what: T) -> None:
        """Until what it asks for was done; at once where it clears up and all is over."""
        if self._over:
            do([what])
            return
        asked = self._asked.setdefault(do, _Asked())
        if not asked.who:
            asked.latest = time.monotonic() + _LONGEST_MOMENT
        asked.whats.append(what)
        asked.who.append(turn)
        error = self._pause()
        if isinstance(error, BaseException):
            raise error

    def let_others(self, turn: _Turn) -> None:
        """Until whoever can go on now has."""
        if self._ready:
            self._ready.append((turn, None))
            self._pause()

    def expect(self, turn: _Turn, made: Future[Any]) -> None:
        """Until another thread has made it."""
        self._expected[turn] = made
        made.add_done_callback(self._bell.ring)
        self._pause()

    def _pause(self) -> object:
        """The others' turns, until this one can go on."""
        if self._over:
            raise LeftBehind
        return self._loop.switch()

    def _go_on(self, turn: _Turn, value: object) -> None:
        if turn.place is not None:
            turn.place.switch(value)
            return
        turn.place = greenlet(self._whole)
        turn.place.switch(turn)

    def _whole(self, turn: _Turn) -> None:
        _current.set(turn)
        try:
            turn.job()
        finally:
            self._all.pop(turn, None)

    def _do_together(self) -> bool:
        """What is asked for, once nobody else is about to ask for it too; False where there is nothing to do so."""
        for do, asked in self._asked.items():
            if not asked.who:
                continue
            moment = min(_MOMENT * asked.takes, asked.latest - time.monotonic())
            if not (self._listening and moment > 0 and self._poll(moment)):
                self._do(do, asked)
            return True
        return False

    def _do(self, do: Callable[[list[Any]], None], asked: _Asked) -> None:
        whats, who = asked.whats, asked.who
        asked.whats, asked.who = [], []
        began, error = time.monotonic(), None
        try:
            do(whats)
        except BaseException as trouble:  # noqa: BLE001 - whoever asked must hear of it, whatever it is
            error = trouble
        asked.takes += _LATEST * (time.monotonic() - began - asked.takes)
        self._ready.extend((turn, error) for turn in who)

    def _wait(self) -> None:
        """Until something happens: nobody can go on, and nothing is asked for."""
        if self._resting and not (self._listening or self._expected):
            first = min(self._resting, key=lambda turn: turn.seconds)
            first.sleep(first.seconds)
            self._wake(list(self._resting))
            return
        now = time.monotonic()
        until = min((turn.until for turn in (*self._listening, *self._resting)), default=now + _LOOK)
        self._poll(max(0.0, min(until - now, _LOOK)))

    def _poll(self, seconds: float) -> bool:
        """Whoever can go on within this time; whether anybody can."""
        reading = [turn.socket for turn in self._listening if turn.socket and not turn.writing]
        writing = [turn.socket for turn in self._listening if turn.socket and turn.writing]
        if self._expected:
            reading.append(self._bell.ears)
        found = _found(reading, writing, seconds)
        now = time.monotonic()
        for turn in list(self._listening):
            if id(turn.socket) in found or turn.until <= now:
                del self._listening[turn]
                self._ready.append((turn, id(turn.socket) in found))
        self._wake([turn for turn in self._resting if turn.until <= now])
        if id(self._bell.ears) in found:
            self._welcome()
        return bool(self._ready)

    def _wake(self, turns: list[_Turn]) -> None:
        for turn in turns:
            del self._resting[turn]
            self._ready.append((turn, None))

    def _welcome(self) -> None:
        self._bell.hear()
        for turn in [one for one, made in self._expected.items() if made.done()]:
            del self._expected[turn]
            self._ready.append((turn, None))

    def _leave_all(self) -> None:
        """Whoever is still there clears up, each of them, whatever the others raise."""
        self._over = True
        with ExitStack() as each:
            each.callback(self._bell.close)
            for turn in list(self._all):
                each.callback(self._leave, turn)

    def _leave(self, turn: _Turn) -> None:
        self._all.pop(turn, None)
        if turn.place is not None:
            with suppress(LeftBehind):
                turn.place.throw(LeftBehind)


class _Bell:
    """What wakes whoever waits for sockets."""

    def __init__(self) -> None:
        self.ears, self._mouth = socket.socketpair()
        self.ears.setblocking(False)  # noqa: FBT003 - the name of the call says what it means

    def ring(self, made: Future[Any]) -> None:
        """From whatever thread; another's ring may have brought in who rings, and all be over by now."""
        del made
        with suppress(OSError):
            self._mouth.send(b"!")

    def hear(self) -> None:
        """What rang has been heard."""
        self.ears.recv(64)

    def close(self) -> None:
        """Nobody listens any more."""
        self.ears.close()
        self._mouth.close()


def _found(reading: list[socket.socket], writing: list[socket.socket], seconds: float) -> set[int]:
    """The id of each socket that can be read, or written, within this time."""
    try:
        found = select.select(reading, writing, (), seconds)
    except (OSError, ValueError):  # one is closed; or its descriptor is above 1023, which select cannot say
        return _found_by_poll(reading, writing, seconds)
    return {id(one) for some in found for one in some}


def _found_by_poll(reading: list[socket.socket], writing: list[socket.socket], seconds: float) -> set[int]:
    """The same in whole milliseconds, which are too long for a moment; who is closed is ready, and finds its trouble."""
    closed = set()
    with _NO_DESCRIPTOR_OF_ITS_OWN() as all_of_them:
        for ones, what in ((reading, selectors.EVENT_READ), (writing, selectors.EVENT_WRITE)):
            for one in ones:
                try:
                    all_of_them.register(one, what)
                except (OSError, ValueError):
                    closed.add(id(one))
        return closed or {id(key.fileobj) for key, _ in all_of_them.select(seconds)}
