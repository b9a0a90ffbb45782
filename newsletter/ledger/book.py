"""Recipients, intents and outcomes -> the ledger: each copy's fate, committed before and after it is handed over."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import islice
from typing import NamedTuple

from sqlalchemy import Connection, and_, func, insert, select, update

from newsletter.errors import StoppedForSafety
from newsletter.ledger.retry import USUAL, RetryRule
from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import Fate
from newsletter.store.database import Database
from newsletter.store.ledger_tables import audience_count, copy, copy_count, planned_edition, seal

INTENT = "intent"
"""The state of a copy that was handed over, or was about to be, and whose answer is not written down yet."""

LEFT_SINCE = "left since"

GAVE_UP = "4.4.7"  # delivery time expired (RFC 3463 §3.5)
REPLY_LENGTH = 300
_AT_ONCE = 10_000  # rows put into one statement, so that a million readers need no memory of their own
_SAID_OF = 20_000  # copies of a state whose reasons are read: a list of reasons is for reading, not for counting
_PLANNED = "INSERT INTO copy (issue, subscriber, language, state, reply) VALUES (?, ?, ?, ?, ?)"


class NotThisCopy(StoppedForSafety):
    """A copy was to be handed over that is not due: another sender has it, or it is settled."""

    def __init__(self, issue: IssueName) -> None:
        super().__init__(
            f"The books of {issue} were changed by somebody else while it was being sent; the sending stopped.",
            f"Look at newsletter status {issue}, then give the same command again.",
        )


@dataclass(frozen=True, slots=True)
class Books:
    """An issue's books: how many copies were planned, and how many met each fate. They always balance."""

    planned: int = 0
    accepted: int = 0
    refused: int = 0
    deferred: int = 0
    in_doubt: int = 0
    skipped: int = 0
    waiting: int = 0

    def as_dict(self) -> dict[str, int]:
        """The seven keys that scripts rely on."""
        return asdict(self)


class Why(NamedTuple):
    """Why some copies did not arrive: what the server answered, or why they were skipped, in ``reply``."""

    state: str
    number: int
    reply: str
    enhanced: str = ""
    code: int = 0

    @property
    def answer(self) -> str:
        """The server's words, led by their code."""
        return self.reply if self.reply.startswith(self.enhanced) else f"{self.enhanced} {self.reply}".strip()


@dataclass(frozen=True, slots=True)
class Copy:
    """One reader's copy that is due."""

    subscriber: str
    language: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """The books of every issue. Only a real send opens them; ``rule`` says when deferred copies are due."""

    database: Database
    rule: RetryRule = USUAL

    def digests(self, issue: IssueName) -> dict[str, str]:
        """The digest of each edition as it was planned; empty where the issue was never sent."""
        found = select(planned_edition.c.language, planned_edition.c.digest).where(
            planned_edition.c.issue == str(issue)
        )
        with self.database.read() as connection:
            return {row.language: row.digest for row in connection.execute(found)}

    def plan(
        self,
        issue: IssueName,
        digests: Mapping[str, str],
        recipients: Iterable[tuple[str, str]],
        skipped: Mapping[str, str],
        now: dt.datetime,
    ) -> None:
        """Freeze who gets the issue, once: (subscriber, language) pairs, and who is skipped with the reason."""
        name, at = str(issue), _seconds(now)
        counted: Counter[tuple[str, str]] = Counter()
        with self.database.write() as connection:
            if connection.execute(select(planned_edition.c.issue).where(planned_edition.c.issue == name)).first():
                raise NotThisCopy(issue)
            editions = [
                {"issue": name, "language": key, "digest": digest, "frozen": at} for key, digest in digests.items()
            ]
            connection.execute(insert(planned_edition), editions)
            rows = _planned(name, recipients, skipped, counted)
            while some := list(islice(rows, _AT_ONCE)):
                connection.exec_driver_sql(_PLANNED, some)
            audience = [
                {"issue": name, "language": language, "reason": why, "number": number}
                for (language, why), number in counted.items()
            ]
            if audience:
                connection.execute(insert(audience_count), audience)

    def settle_dead(self, issue: IssueName) -> int:
        """Turn the intents of a sender that died into copies in doubt; say how many. Only under the issue's lock."""
        with self.database.write() as connection:
            settled = update(copy).where(copy.c.issue == str(issue), copy.c.state == INTENT)
            return connection.execute(settled.values(state=Fate.IN_DOUBT.value)).rowcount

    def plan_anew(self, issue: IssueName, digests: Mapping[str, str]) -> None:
        """Let the copies that are still to go be of these editions, which have changed since they were planned."""
        with self.database.write() as connection:
            for language, digest in digests.items():
                this = and_(planned_edition.c.issue == str(issue), planned_edition.c.language == language)
                connection.execute(update(planned_edition).where(this).values(digest=digest))

    def books(self, issue: IssueName, *, being_sent: bool = False) -> Books:
        """The issue's books; an intent waits while its sender lives (``being_sent``), else it is in doubt."""
        with self.database.read() as connection:
            return books_in(connection, issue, being_sent=being_sent)

    def issues(self) -> list[str]:
        """The names of the issues that have books, oldest first."""
        with self.database.read() as connection:
            found = select(planned_edition.c.issue).distinct().order_by(planned_edition.c.issue)
            return list(connection.execute(found).scalars())

    def times(self, issue: IssueName) -> tuple[dt.datetime | None, dt.datetime | None]:
        """When the first of an issue's copies was handed over and when the last, in UTC; None where none was."""
        name = str(issue)
        found = select(func.min(copy.c.first_try), func.max(copy.c.last_try)).where(copy.c.issue == name)
        sealed = select(seal.c.begun, seal.c.ended).where(seal.c.issue == name).order_by(seal.c.sequence.desc())
        with self.database.read() as connection:
            gone = purged_books(connection, issue)
            first, last = connection.execute(sealed.limit(1) if gone else found).one()
        begun, ended = (None if at is None else dt.datetime.fromtimestamp(at, dt.UTC) for at in (first, last))
        return begun, ended

    def next_due(self, issue: IssueName) -> dt.datetime | None:
        """When the first of the deferred copies is due, in UTC; None where there is none."""
        with self.database.read() as connection:
            return next_due_in(connection, issue)

    def unplanned(self, issue: IssueName, subscribers: Iterable[str]) -> int:
        """How many of these are not in the issue's books: they came after its readers were written down."""
        every, missing = iter(subscribers), 0
        this = copy.c.issue == str(issue)
        with self.database.read() as connection:
            if purged_books(connection, issue):
                return 0  # nobody knows any more
            while some := list(islice(every, 500)):
                there = select(func.count()).select_from(copy).where(this, copy.c.subscriber.in_(some))
                missing += len(some) - connection.execute(there).scalar_one()
        return missing

    def refusals(self, issue: IssueName) -> list[Why]:
        """Why copies did not arrive, most frequent first."""
        with self.database.read() as connection:
            return reasons_in(connection, issue)


def books_in(connection: Connection, issue: IssueName, *, being_sent: bool = False) -> Books:
    """The issue's books by the counters that stand beside its copies; where those are gone, by its seal."""
    if gone := purged_books(connection, issue):
        return gone
    found = select(copy_count.c.state, copy_count.c.number).where(copy_count.c.issue == str(issue))
    counted: dict[str, int] = {row[0]: row[1] for row in connection.execute(found)}
    intents = counted.pop(INTENT, 0)
    home = (Fate.WAITING if being_sent else Fate.IN_DOUBT).value
    counted[home] = counted.get(home, 0) + intents
    return Books(planned=sum(counted.values()), **counted)


def purged_books(connection: Connection, issue: IssueName) -> Books | None:
    """The books of an issue whose copies are no longer kept; None where they are."""
    found = select(seal).where(seal.c.issue == str(issue)).order_by(seal.c.sequence.desc()).limit(1)
    row = connection.execute(found).first()
    if row is None or row.purged is None:
        return None
    return Books(row.planned, row.accepted, row.refused, in_doubt=row.in_doubt, skipped=row.skipped)


def next_due_in(connection: Connection, issue: IssueName) -> dt.datetime | None:
    """When the first of the deferred copies is due, in UTC; None where there is none."""
    # A copy under way keeps its time until its answer is there, so the first in the index need not be deferred.
    this = copy.c.issue == str(issue), copy.c.next_try.is_not(None), copy.c.state == Fate.DEFERRED.value
    at = connection.execute(select(copy.c.next_try).where(*this).order_by(copy.c.next_try).limit(1)).scalar()
    return None if at is None else dt.datetime.fromtimestamp(at, dt.UTC)


def reasons_in(connection: Connection, issue: IssueName) -> list[Why]:
    """Why copies did not arrive, most frequent first.

    Of those who were skipped the number is that of the audience as it was planned, and of the counters.
    """
    found: list[Why] = []
    answer = copy.c.reply, copy.c.enhanced, copy.c.code
    there = books_in(connection, issue).as_dict()
    for state in (Fate.REFUSED.value, Fate.DEFERRED.value):
        if not there[state]:
            continue  # the counters know
        # Their names first, which stand in the index: else a database may read every copy to find these.
        names = select(copy.c.subscriber).where(copy.c.issue == str(issue), copy.c.state == state).limit(_SAID_OF)
        some = names.subquery()
        these = select(*answer, func.count()).join(some, some.c.subscriber == copy.c.subscriber)
        rows = connection.execute(these.where(copy.c.issue == str(issue)).group_by(*answer))
        found += [Why(state, number, reply, enhanced, code) for reply, enhanced, code, number in rows]
    skipped = Fate.SKIPPED.value
    found += [Why(skipped, number, why) for why, number in _left_out(connection, issue).items()]
    return sorted(found, key=lambda one: (-one.number, one))


def _left_out(connection: Connection, issue: IssueName) -> dict[str, int]:
    """Who was skipped, by reason: those of the plan, and whoever left since."""
    this = audience_count.c.issue == str(issue), audience_count.c.language == ""
    planned = select(audience_count.c.reason, audience_count.c.number).where(*this)
    found: dict[str, int] = {row[0]: row[1] for row in connection.execute(planned)}
    if purged_books(connection, issue):
        return found
    since = books_in(connection, issue).skipped - sum(found.values())
    return {**found, LEFT_SINCE: found.get(LEFT_SINCE, 0) + since} if since > 0 else found


def _planned(
    name: str, recipients: Iterable[tuple[str, str]], skipped: Mapping[str, str], counted: Counter[tuple[str, str]]
) -> Iterator[tuple[str, str, str, str, str]]:
    """The rows of a plan, counted as they pass."""
    for one, language in recipients:
        counted[language, ""] += 1
        yield name, one, language, Fate.WAITING.value, ""
    for one, why in skipped.items():
        counted["", why] += 1
        yield name, one, "", Fate.SKIPPED.value, why


def _seconds(moment: dt.datetime) -> int:
    return int(moment.timestamp())
