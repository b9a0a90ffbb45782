"""Jobs that mostly wait -> all of them by turns in one thread, each written from top to bottom as if it were alone.

Threads that hand Python's lock to each other cost more than what they do in between. A turn goes on until it has to
wait for a connection, for the time, or for what several ask for together; whoever calls the same functions outside of
any turn waits by itself. greenlet keeps the place where a turn was left, however deep.
"""

from __future__ import annotations

import select
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from greenlet import getcurrent, greenlet

T = TypeVar("T")
_MOMENT = 0.25  # of the time that something asked for together takes, for which the next one is waited
_LONGEST_MOMENT = 0.01  # seconds, all moments together
_LATEST = 0.2  # the weight of what was measured last
_LONG = 3600.0  # seconds; nobody waits for longer without being looked after


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
    """What several turns ask for together, who they are, until when others are waited for, how long it takes of late."""

    whats: list[Any] = field(default_factory=list)
    who: list[_Turn] = field(default_factory=list)
    until: float = 0.0
    takes: float = 0.0


_current: ContextVar[_Turn | None] = ContextVar("turn", default=None)


def ready(one: socket.socket, seconds: float, *, writing: bool = False) -> bool:
    """Wait until a socket can be read, or written; False where it takes longer. Raises OSError, ValueError."""
    seconds = max(0.0, seconds)
    if turn := _current.get():
        turn.socket, turn.writing, turn.until = one, writing, time.monotonic() + seconds
        return bool(turn.turns.listen(turn))
    found = select.select(() if writing else (one,), (one,) if writing else (), (), seconds)
    return bool(found[0] or found[1])


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


def elsewhere(call: Callable[[], T], forget: Callable[[T], None]) -> T:
    """What a call gives that waits in its own way: others have their turns meanwhile. Raises what it raises.

    ``forget`` puts away what it gives where nobody waits for it any more.
    """
    turn = _current.get()
    if turn is None:
        return call()
    errand = _Errand(call, forget)
    try:
        turn.turns.send_out(turn, errand)
    except BaseException:
        errand.nobody_waits()
        raise
    return errand.brought()


class Turns:
    """Who has a turn, in one thread."""

    def __init__(self) -> None:
        self._all: dict[_Turn, None] = {}
        self._ready: deque[tuple[_Turn, object]] = deque()
        self._listening: dict[_Turn, None] = {}
        self._resting: dict[_Turn, None] = {}
        self._asked: dict[Callable[[list[Any]], None], _Asked] = {}
        self._errands: dict[_Errand[Any], _Turn] = {}
        self._bell = _Bell()
        self._loop: Any = None

    def begin(self, job: Callable[[], None]) -> None:
        """One more."""
        turn = _Turn(self, job)
        self._all[turn] = None
        self._ready.append((turn, None))

    def run(self, wanted: Callable[[], bool]) -> None:
        """Until all are done, or none is ``wanted`` any more. Raises what one of them raises, and leaves the others."""
        self._loop = getcurrent()
        try:
            while self._all and wanted():
                if self._ready:
                    turn, value = self._ready.popleft()
                    self._go_on(turn, value)
                elif not self._do_together():
                    self._wait()
        finally:
            for turn in list(self._all):
                self._leave(turn)
            self._bell.close()

    def listen(self, turn: _Turn) -> object:
        """Until its socket is ready, or its time is over."""
        self._listening[turn] = None
        return self._loop.switch()

    def rest(self, turn: _Turn) -> None:
        """Until its time is over."""
        self._resting[turn] = None
        self._loop.switch()

    def ask(self, turn: _Turn, do: Callable[[list[T]], None], what: T) -> None:
        """Until what it asks for was done."""
        asked = self._asked.setdefault(do, _Asked())
        if not asked.who:
            asked.until = time.monotonic() + _LONGEST_MOMENT
        asked.whats.append(what)
        asked.who.append(turn)
        if error := self._loop.switch():
            raise error

    def send_out(self, turn: _Turn, errand: _Errand[Any]) -> None:
        """Until somebody else comes back with it."""
        self._errands[errand] = turn
        threading.Thread(target=errand.run, args=(self._bell.ring,), name="errand", daemon=True).start()
        self._loop.switch()

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
            moment = min(_MOMENT * asked.takes, asked.until - time.monotonic())
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
        if self._resting and not self._listening:
            first = min(self._resting, key=lambda turn: turn.seconds)
            first.sleep(first.seconds)
            self._wake(list(self._resting))
            return
        now = time.monotonic()
        until = min((turn.until for turn in (*self._listening, *self._resting)), default=now + _LONG)
        self._poll(max(0.0, until - now))

    def _poll(self, seconds: float) -> bool:
        """Whoever can go on within this time; whether anybody can."""
        reading = [turn.socket for turn in self._listening if turn.socket and not turn.writing]
        writing = [turn.socket for turn in self._listening if turn.socket and turn.writing]
        if self._errands:
            reading.append(self._bell.ears)
        try:
            found = select.select(reading, writing, (), seconds)
        except (OSError, ValueError):
            self._give_up_broken()
            return True
        now = time.monotonic()
        there = {id(one) for some in found for one in some}
        for turn in list(self._listening):
            if id(turn.socket) in there or turn.until <= now:
                del self._listening[turn]
                self._ready.append((turn, id(turn.socket) in there))
        self._wake([turn for turn in self._resting if turn.until <= now])
        if id(self._bell.ears) in there:
            self._welcome()
        return bool(self._ready)

    def _give_up_broken(self) -> None:
        """A socket that was closed under whoever listens to it is never ready."""
        broken = [turn for turn in self._listening if turn.socket is None or turn.socket.fileno() < 0]
        for turn in broken or list(self._listening):
            del self._listening[turn]
            self._ready.append((turn, False))

    def _wake(self, turns: list[_Turn]) -> None:
        for turn in turns:
            del self._resting[turn]
            self._ready.append((turn, None))

    def _welcome(self) -> None:
        self._bell.hear()
        for errand in [one for one in self._errands if one.back]:
            self._ready.append((self._errands.pop(errand), None))

    def _leave(self, turn: _Turn) -> None:
        self._all.pop(turn, None)
        if turn.place is not None:
            with suppress(LeftBehind):
                turn.place.throw(LeftBehind)


class _Errand(Generic[T]):
    """A call that another thread makes for a turn."""

    def __init__(self, call: Callable[[], T], forget: Callable[[T], None]) -> None:
        self._call, self._forget = call, forget
        self._lock, self._forgotten = threading.Lock(), False
        self._result: list[T] = []
        self._error: BaseException | None = None
        self.back = False

    def run(self, ring: Callable[[], None]) -> None:
        """Make the call, and say so; what nobody waits for is put away."""
        try:
            self._result.append(self._call())
        except BaseException as error:  # noqa: BLE001 - whoever waits must hear of it, whatever it is
            self._error = error
        with self._lock:
            self.back = True
            if not self._forgotten:
                ring()
                return
        self._put_away()

    def brought(self) -> T:
        """What the call gave. Raises what it raised."""
        if self._error is not None:
            raise self._error
        return self._result[0]

    def nobody_waits(self) -> None:
        """Whoever sent it out has gone."""
        with self._lock:
            self._forgotten = True
        if self.back:
            self._put_away()

    def _put_away(self) -> None:
        while self._result:
            self._forget(self._result.pop())


class _Bell:
    """What wakes whoever waits for sockets."""

    def __init__(self) -> None:
        self.ears, self._mouth = socket.socketpair()
        self.ears.setblocking(False)  # noqa: FBT003 - the name of the call says what it means

    def ring(self) -> None:
        """From whatever thread; another's ring may have brought in who rings, and all be over by now."""
        with suppress(OSError):
            self._mouth.send(b"!")

    def hear(self) -> None:
        """What rang has been heard."""
        self.ears.recv(64)

    def close(self) -> None:
        """Nobody listens any more."""
        self.ears.close()
        self._mouth.close()
