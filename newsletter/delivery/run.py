"""A cleared issue's copies that are due -> letters for whoever is free, and each answer into the books.

What the connections of one sending share, by turns in one thread. ``letter`` is asked by each of them when it is free,
``may_leave`` just before a final dot, ``ended`` after each answer; ``work`` is what each of them does.
"""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice

from newsletter import turns
from newsletter.audience.recipients import recipient
from newsletter.delivery.next_readers import FRESH, NextReaders
from newsletter.delivery.own import Own
from newsletter.delivery.pace.allowance import Allowance, DailyLimit
from newsletter.delivery.replies import asks_for_patience
from newsletter.delivery.stops import AnswersLost, Interrupted, RunPaused
from newsletter.delivery.verdict import Verdict
from newsletter.ledger.book import Copy, Ledger
from newsletter.ledger.due import Due
from newsletter.ledger.writer import Ended, Entry, Intent, MeantIt, Tried, Withdrawn, Writer
from newsletter.letters.compose import composed
from newsletter.letters.encode import Encoded
from newsletter.letters.headers import UnfitAddress
from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import Fate, Message, Outcome
from newsletter.nouns.person import Recipient
from newsletter.store.open import Store

_AT_ONCE = 64  # readers whose records are read together
_IN_A_ROW = 8  # letters composed one after the other, where no pace makes them wait
STEP = 0.25  # seconds of a wait after which a wish to stop is heard
_UNFIT = Outcome(Fate.REFUSED, 0, "5.1.3", "This is not an address that mail can be sent to.")


@dataclass(slots=True)
class Letter:
    """A copy composed for its reader, and how far it got; ``meant`` once its intent is in the books."""

    copy: Copy
    ready: Message | Future[Message] = field(repr=False)
    meant: bool = False

    @property
    def message(self) -> Message:
        """As it travels; where it is still being signed, who can go on goes first. Raises what signing raises."""
        if isinstance(self.ready, Future):
            self.ready = turns.soon(self.ready)
        return self.ready


def _one_a_core() -> ThreadPoolExecutor:
    """Signing takes longer than all else, and lets Python's lock go meanwhile."""
    return ThreadPoolExecutor(os.cpu_count() or 1, thread_name_prefix="signing")


@dataclass(slots=True)
class Run:
    """One run of a sending."""

    issue: IssueName
    store: Store
    ledger: Ledger
    writer: Writer
    due: Due
    allowance: Allowance
    known: frozenset[str]  # who has been written to before; empty where the pace does not ask
    own: Own
    encoded: Mapping[str, Encoded] = field(repr=False)
    now: Callable[[], dt.datetime]
    sleep: Callable[[float], None]
    progress: Callable[[int, int], None]
    stopped: Callable[[], bool]
    verdict: Verdict = field(default_factory=Verdict)
    error: BaseException | None = None
    limit: DailyLimit | None = None
    at_once: bool = False  # whether it is to stop without waiting for any answer
    interrupted: bool = False
    _done: int = 0
    _working: int = 0
    _connecting: int = 0
    _trouble: BaseException | None = None
    _next: deque[Copy] = field(default_factory=deque)
    _copies: Iterator[Copy] = field(init=False)
    _readers: NextReaders = field(default_factory=NextReaders)
    _made: deque[Letter] = field(default_factory=deque)
    _made_until: float = 0.0
    _signers: ThreadPoolExecutor = field(default_factory=_one_a_core)

    def __post_init__(self) -> None:
        self._copies = iter(self.due)

    def over(self) -> bool:
        """Whether nothing more is to be begun: something went wrong, or somebody asked to stop."""
        return self.error is not None or self.stopped()

    def letter(self, reading: sqlite3.Connection, *, wait: bool = True) -> Letter | None:
        """The next letter; None where there is none, or none yet and nobody wants to ``wait`` for it.

        Raises DailyLimit, DamagedBox, and what the books raise; the copy then waits as it did.
        """
        self._forget_stale()
        if not (self._may_begin() and (self._made or self._compose(reading, wait=wait))):
            return None
        letter = self._made.popleft()
        try:
            if self._allowed(letter.copy, wait=wait):
                return letter
        except BaseException:
            self.give_back(letter.copy)
            raise
        self.give_back(letter.copy)
        return None

    def give_back(self, copy: Copy) -> None:
        """A copy that was not begun goes to whoever asks next."""
        self._next.appendleft(copy)

    def may_leave(self, letter: Letter, before: list[Entry]) -> bool:
        """Commit the intent, in one wait with what is still to be written of the letter ``before``; S17 is asked anew."""
        letter.meant = bool(self.writer.write(*before, Intent(letter.copy.subscriber, self.now()))[-1])
        before.clear()
        return letter.meant

    def ended(self, letter: Letter, outcome: Outcome | None, before: list[Entry], *, more: bool) -> None:
        """What became of a letter; None where its reader left at the last moment.

        An accepted one may be written down with the next intent, where ``more`` follow on the same connection.
        """
        if outcome is None:
            self._count()
            return
        said = self.verdict.weighed(letter.copy, outcome)
        kind = Ended if letter.meant else Tried
        before.append(kind(letter.copy.subscriber, said, self.now()))
        if not (more and said.fate is Fate.ACCEPTED):
            self.write(before)
        self._hear(letter.copy, said, doubted=said is not outcome)
        self._count()

    def write(self, before: list[Entry]) -> None:
        """Write down what is still to be written."""
        if before:
            self.writer.write(*before)
            before.clear()

    def withdraw(self, letter: Letter) -> None:
        """Take an intent back: the final dot of the letter did not leave."""
        if letter.meant:
            self.writer.write(Withdrawn(letter.copy.subscriber))

    def fail(self, error: BaseException) -> None:
        """Nothing more is begun; the first reason is the one that is told.

        At the limit of the day what had its place already still leaves; at any other reason it waits.
        """
        if isinstance(error, DailyLimit):
            self.limit = self.limit or error
        else:
            self.error = self.error or error

    def stop_at_once(self, error: BaseException) -> None:
        """The same, and what is on its way is not waited for. From whatever thread."""
        self.at_once = True
        self.fail(error)

    def connect(self, lines: int) -> None:
        """So many connections are about to be made."""
        self._connecting = lines

    def begin(self) -> None:
        """One of them is there."""
        self._connecting -= 1
        self._working += 1

    def leave(self, error: BaseException | None, *, began: bool) -> None:
        """A connection is done, or could not be made. The last one says why for all, where letters are left."""
        if began:
            self._working -= 1
        else:
            self._connecting -= 1
        self._trouble = self._trouble or error
        if self._trouble is not None and not self._working + self._connecting and self._left():
            self.fail(self._trouble)

    def busy(self, *, away: bool) -> bool:
        """Whether somebody is at work, or somebody may yet come whom the letters that are left wait for.

        Where the run is over nobody waits for connections: ``away`` says that no letter is on its way.
        """
        if away and self.over():
            self.interrupted = self.interrupted or (self.error is None and (self._working > 0 or self._left()))
            return False
        return self._working > 0 or (self._connecting > 0 and self.error is None and self._left())

    def _left(self) -> bool:
        """Whether there are copies that nobody has begun and that may leave now."""
        if self.interrupted or self.limit is not None:
            return False
        return bool(self._made or self._next or self._drawn())

    def _drawn(self) -> deque[Copy]:
        """Those who come next, where nobody was next any more."""
        self._next.extend(islice(self._copies, _AT_ONCE))
        return self._next

    def stop_signing(self) -> None:
        """Nobody waits for a signature any more."""
        self._signers.shutdown(wait=False, cancel_futures=True)

    def conclude(self) -> None:
        """Say why it stopped, if it did. Raises what stopped it, Interrupted, DailyLimit."""
        if self.error is not None:
            raise self.error
        if self.interrupted:
            raise Interrupted(self.issue)
        if self.limit is not None:
            raise self.limit

    def _taken(self, reading: sqlite3.Connection) -> Copy | None:
        if not self._next:
            self._readers.read(self._drawn(), reading)
        return self._next.popleft() if self._next and self._may_begin() else None

    def _may_begin(self) -> bool:
        """Whether a letter may be begun, where there is one left."""
        if self.error is not None or self.limit is not None:
            return False
        if (self._made or self._next) and self.stopped():
            self.interrupted = True
            return False
        return True

    def _compose(self, reading: sqlite3.Connection, *, wait: bool) -> bool:
        """Some letters in a row, which costs each of them half; False where there is none, or none yet."""
        number = 1 if self.allowance.interval(self.now()) else _IN_A_ROW
        self._made_until = time.monotonic() + FRESH
        while len(self._made) < number and (copy := self._taken(reading)) is not None:
            try:
                ready = self._composed(copy, reading)
            except BaseException:
                self.give_back(copy)
                raise
            if ready is not None:
                self._made.append(Letter(copy, ready))
            elif not wait:
                break  # it cost a commit, for which somebody's final dot may be waiting: one at a time
        return bool(self._made)

    def _forget_stale(self) -> None:
        """What the list says of a reader may have changed since."""
        if self._made and time.monotonic() > self._made_until:
            while self._made:
                self.give_back(self._made.pop().copy)

    def _composed(self, copy: Copy, reading: sqlite3.Connection) -> Message | Future[Message] | None:
        """Her letter; None where she has left since, or cannot be written to: that is in the books then."""
        reader = self._readers.of(copy, reading)
        if reader is None:
            # Skipped; who is back on the list this very moment is another run's, and in doubt at no time.
            self.writer.write(Intent(copy.subscriber, self.now()), Withdrawn(copy.subscriber))
            self._count()
            return None
        try:
            return self._message(copy, recipient(reader, self.store.vault, copy.language))
        except UnfitAddress:
            self.writer.write(Tried(copy.subscriber, _UNFIT, self.now()))
            self._count()
            return None

    def _message(self, copy: Copy, one: Recipient) -> Message | Future[Message]:
        encoded = self.encoded[copy.language]
        number = self.own.message_id(one.id, encoded.domain)
        letter = composed(encoded, one, leave=self.own.leave(one.id), message_id=number, now=self.now())
        if self.own.sign is None:
            return letter.message()
        try:
            return self._signers.submit(letter.message, self.own.sign)
        except RuntimeError:  # the system has no more threads: it is signed here, and the others wait for once
            return letter.message(self.own.sign)

    def _allowed(self, copy: Copy, *, wait: bool) -> bool:
        """Whether the letter may leave by the pace, now or after a wait; a wish to stop ends the wait."""
        while left := self.allowance.take(self.now(), new=copy.subscriber not in self.known):
            if not wait:
                return False
            if self.over():
                self.interrupted = self.interrupted or self.error is None
                return False
            turns.rest(min(left.total_seconds(), STEP), self.sleep)
        return True

    def _hear(self, copy: Copy, said: Outcome, *, doubted: bool) -> None:
        self.verdict.add(said)
        if doubted:
            self.verdict.doubted.append(copy.subscriber)
        if believed := self.verdict.believed():
            self.writer.write(*map(MeantIt, believed))
        if self.verdict.too_many_lost:
            self.fail(AnswersLost(self.issue))
        elif self.verdict.too_many_faults and self.error is None:
            now = self.now()
            self.fail(RunPaused(self.issue, said, max(self.ledger.next_due(self.issue) or now, now)))
        if asks_for_patience(said):
            self.allowance.slow_down(self.now())

    def _count(self) -> None:
        self._done += 1
        self.progress(self._done, len(self.due))
