from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import Connection, inspect

from newsletter.ledger.book import Books, NotThisCopy, Why
from newsletter.ledger.retention import purge
from newsletter.ledger.seal import seal_if_done
from newsletter.ledger.settle import How, settle
from newsletter.ledger.verify import verify
from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import Fate, Outcome
from newsletter.store.database import Database, open_database
from tests.any.plain_ledger import PlainLedger

JULY = IssueName.parse("2025-07")
NOW = dt.datetime(2025, 7, 4, 9, 0, tzinfo=dt.UTC)
ANA, BEN, EVA = "a" * 32, "b" * 32, "e" * 32
HOUR = dt.timedelta(hours=1)
ACCEPTED = Outcome(Fate.ACCEPTED, 250, "2.0.0", "Ok")
LATER = Outcome(Fate.DEFERRED, 451, "4.2.0", "later")


def _yes(_connection: Connection, _subscriber: str) -> bool:
    return True


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(str(tmp_path / "records" / "newsletter.db"))
    yield opened
    opened.close()


@pytest.fixture
def ledger(database: Database) -> PlainLedger:
    book = PlainLedger(database)
    book.plan(JULY, {"en": "1" * 64, "es": "2" * 64}, [(ANA, "en"), (BEN, "es")], {EVA: "left"}, NOW)
    return book


def test_the_plan_is_frozen(ledger: PlainLedger) -> None:
    """S18: digests by language are kept, the readers are written down once."""
    assert ledger.digests(JULY) == {"en": "1" * 64, "es": "2" * 64}
    assert [(copy.subscriber, copy.language) for copy in ledger.due(JULY, NOW)] == [(ANA, "en"), (BEN, "es")]
    with pytest.raises(NotThisCopy):
        ledger.plan(JULY, {"en": "3" * 64}, [(EVA, "en")], {}, NOW)
    assert ledger.books(JULY).as_dict() == {
        "planned": 3,
        "accepted": 0,
        "refused": 0,
        "deferred": 0,
        "in_doubt": 0,
        "skipped": 1,
        "waiting": 2,
    }
    assert ledger.unplanned(JULY, [ANA, BEN, "f" * 32]) == 1


def test_an_intent_is_in_doubt_unless_its_sender_lives(ledger: PlainLedger) -> None:
    """S1, S5: committed before anything is handed over; never due again by itself."""
    assert ledger.begin(JULY, ANA, NOW, _yes)
    assert ledger.books(JULY).in_doubt == 1
    assert ledger.books(JULY, being_sent=True).waiting == 2
    assert [copy.subscriber for copy in ledger.due(JULY, NOW)] == [BEN]
    assert ledger.settle_dead(JULY) == 1
    assert ledger.books(JULY, being_sent=True).in_doubt == 1
    assert [copy.subscriber for copy in ledger.due(JULY, NOW + 1000 * HOUR)] == [BEN]
    with pytest.raises(NotThisCopy):
        ledger.begin(JULY, ANA, NOW, _yes)


def test_an_outcome_needs_its_intent(ledger: PlainLedger) -> None:
    """S5: nothing is written down as handed over that was not meant to be; and nothing twice."""
    with pytest.raises(NotThisCopy):
        ledger.finish(JULY, ANA, ACCEPTED, NOW)
    ledger.begin(JULY, ANA, NOW, _yes)
    assert ledger.finish(JULY, ANA, ACCEPTED, NOW) is Fate.ACCEPTED
    with pytest.raises(NotThisCopy):
        ledger.begin(JULY, ANA, NOW, _yes)


def test_who_left_since_is_skipped_in_the_same_transaction(ledger: PlainLedger) -> None:
    """S17: the question whether she may be written to and the intent are one step."""
    assert not ledger.begin(JULY, ANA, NOW, lambda _connection, subscriber: subscriber != ANA)
    assert ledger.books(JULY).skipped == 2
    assert Why("skipped", 1, "left since") in ledger.refusals(JULY)


def test_deferred_copies_wait_longer_each_time(ledger: PlainLedger) -> None:
    """S8: first after 30 minutes, then twice as long, given up as refused after five days; 5yz never comes back."""
    at, waits = NOW, []
    while True:
        ledger.begin(JULY, ANA, at, _yes)
        if ledger.finish(JULY, ANA, LATER, at) is not Fate.DEFERRED:
            break
        due = ledger.next_due(JULY)
        assert due is not None
        assert not [copy for copy in ledger.due(JULY, due - dt.timedelta(seconds=1)) if copy.subscriber == ANA]
        waits.append((due - at).total_seconds() / 60)
        at = due
    assert waits[:5] == [30, 60, 120, 240, 480]
    assert dt.timedelta(days=4) < at - NOW <= dt.timedelta(days=5)
    assert ledger.books(JULY).refused == 1
    assert ("refused", 1, "later", "4.2.0") in [one[:4] for one in ledger.refusals(JULY)]
    ledger.begin(JULY, BEN, NOW, _yes)
    ledger.finish(JULY, BEN, Outcome(Fate.REFUSED, 550, "5.1.1", "no"), NOW)
    assert ledger.due(JULY, NOW + 10_000 * HOUR) == []


def test_what_lies_with_the_sender_waits_only_where_waiting_helps(ledger: PlainLedger) -> None:
    """L8, S9: a quota waits an hour; what somebody has to mend is due as soon as it is mended."""
    for subscriber, enhanced, wait in ((ANA, "5.7.26", 0), (BEN, "5.4.5", 3600)):
        ledger.begin(JULY, subscriber, NOW, _yes)
        ledger.finish(JULY, subscriber, Outcome(Fate.DEFERRED, 550, enhanced, "no", sender_at_fault=True), NOW)
        due = [copy.subscriber for copy in ledger.due(JULY, NOW + dt.timedelta(seconds=wait))]
        assert subscriber in due
    assert [copy.subscriber for copy in ledger.due(JULY, NOW)] == [ANA]


def test_nobody_loses_her_copy_through_a_matter_of_the_senders(ledger: PlainLedger) -> None:
    """S9, B1: a quota or a policy may last longer than the days after which a deferred copy is given up."""
    at = NOW
    for enhanced in ("5.4.5", "4.7.0", "5.7.26", "") * 4:
        ledger.begin(JULY, ANA, at, _yes)
        outcome = Outcome(Fate.DEFERRED, 550 if enhanced[:1] == "5" else 421, enhanced, "no", sender_at_fault=True)
        assert ledger.finish(JULY, ANA, outcome, at) is Fate.DEFERRED
        at += dt.timedelta(days=2)
        assert ANA in [copy.subscriber for copy in ledger.due(JULY, at)]


def test_who_waits_comes_before_who_was_deferred(ledger: PlainLedger) -> None:
    """S9: a few readers whose copies pause every run keep nobody else from getting hers."""
    ledger.begin(JULY, ANA, NOW, _yes)
    ledger.finish(JULY, ANA, Outcome(Fate.DEFERRED, 550, "5.7.1", "no", sender_at_fault=True), NOW)
    assert [copy.subscriber for copy in ledger.due(JULY, NOW)] == [BEN, ANA]


def test_a_clock_that_was_wrong_keeps_nobody_waiting_for_years(ledger: PlainLedger) -> None:
    """A copy deferred while the clock stood in 2035 is due once the clock is right again."""
    ahead = NOW.replace(year=2035)
    ledger.begin(JULY, ANA, ahead, _yes)
    ledger.finish(JULY, ANA, LATER, ahead)
    assert ANA in [copy.subscriber for copy in ledger.due(JULY, NOW)]
    ledger.begin(JULY, ANA, NOW, _yes)
    assert ledger.finish(JULY, ANA, LATER, NOW) is Fate.DEFERRED
    assert ANA not in [copy.subscriber for copy in ledger.due(JULY, NOW)]


def test_an_intent_is_taken_back_where_nothing_left(ledger: PlainLedger) -> None:
    """A server that cannot be reached costs nobody an attempt."""
    ledger.begin(JULY, ANA, NOW, _yes)
    ledger.withdraw(JULY, ANA)
    assert [(copy.subscriber, copy.attempts) for copy in ledger.due(JULY, NOW)] == [(ANA, 0), (BEN, 0)]


def test_the_books_hold_no_place_for_an_address(database: Database) -> None:
    """P6, P7: subscribers' ids only; the migration makes the tables that the code describes."""
    from newsletter.store.ledger_tables import audience_count, copy, copy_count, planned_edition, seal, settlement

    seen = inspect(database.engine)
    for table in (copy, planned_edition, copy_count, audience_count, settlement, seal):
        columns = {column["name"] for column in seen.get_columns(table.name)}
        assert columns == {column.name for column in table.columns}
        assert not any(word in name for name in columns for word in ("address", "name", "mail"))
    assert {index["name"] for index in seen.get_indexes("copy")} == {
        *("ix_copy_state", "ix_copy_last_try", "ix_copy_next_try")
    }


class Balance(RuleBasedStateMachine):
    """Whatever happens in whatever order, the books balance, and a copy is accepted at most once."""

    def __init__(self) -> None:
        super().__init__()
        import tempfile

        self.folder = tempfile.TemporaryDirectory()
        self.database = open_database(f"{self.folder.name}/books.db")
        self.ledger = PlainLedger(self.database)
        self.now = NOW
        self.planned = -1
        self.handed: list[str] = []
        self.accepted: list[str] = []
        self.counted_as_sent = 0
        self.totals: Books | None = None  # once the copies are deleted

    @initialize(people=st.integers(0, 6), skipped=st.integers(0, 3))
    def plan(self, people: int, skipped: int) -> None:
        """Freeze the readers."""
        off = {f"{number:032x}": "left" for number in range(100, 100 + skipped)}
        self.planned = people + skipped
        rows = [(f"{number:032x}", "en") for number in range(people)]
        self.ledger.plan(JULY, {"en": "1" * 64}, rows, off, self.now)

    @rule(may=st.booleans())
    def begin(self, may: bool) -> None:
        """The next copy that is due."""
        due = self.ledger.due(JULY, self.now)
        if due and self.ledger.begin(JULY, due[0].subscriber, self.now, lambda *_: may):
            self.handed.append(due[0].subscriber)

    @precondition(lambda self: self.handed)
    @rule(fate=st.sampled_from([Fate.ACCEPTED, Fate.REFUSED, Fate.DEFERRED, Fate.IN_DOUBT]), fault=st.booleans())
    def finish(self, fate: Fate, fault: bool) -> None:
        """Its outcome."""
        one = self.handed.pop()
        self.ledger.finish(JULY, one, Outcome(fate, 451, sender_at_fault=fault), self.now)
        if fate is Fate.ACCEPTED:
            self.accepted.append(one)

    @precondition(lambda self: self.handed)
    @rule()
    def withdraw(self) -> None:
        """Or no outcome, as nothing left."""
        self.ledger.withdraw(JULY, self.handed.pop())

    @rule()
    def die(self) -> None:
        """The sender dies, and another takes over."""
        self.ledger.settle_dead(JULY)
        self.handed.clear()

    @rule(hours=st.integers(-30, 100))
    def wait(self, hours: int) -> None:
        """Time passes, or a clock is set back."""
        self.now += hours * HOUR

    @precondition(lambda self: not self.handed)
    @rule(how=st.sampled_from(How))
    def settle(self, how: How) -> None:
        """Somebody decides about what is in doubt, and nothing else is touched; totals that were sealed are sealed anew."""
        before = self.ledger.books(JULY)
        number = settle(self.database, JULY, how, "Ana", self.now)
        assert number == (0 if self.totals else before.in_doubt)
        self.counted_as_sent += number if how is How.AS_SENT else 0
        after = self.ledger.books(JULY)
        moved = after.accepted - before.accepted if how is How.AS_SENT else after.waiting - before.waiting
        assert moved == number
        if number:
            seal_if_done(self.database, JULY, self.now)

    @precondition(lambda self: not self.handed)
    @rule()
    def close(self) -> None:
        """A seal is made only where nothing waits, and holds what the books say."""
        sealed, books = seal_if_done(self.database, JULY, self.now), self.ledger.books(JULY)
        assert (sealed is not None) == (bool(books.planned) and not books.waiting + books.deferred)
        assert sealed is None or sealed.books == books

    @precondition(lambda self: not self.handed and self.planned > 0)
    @rule(sure=st.integers(0, 3))
    def purge(self, sure: int) -> None:
        """The copies are deleted, the totals stay."""
        if sure == 3:
            before = self.ledger.books(JULY)
            purge(self.database, JULY, self.now)
            self.totals = self.ledger.books(JULY)
            given_up = before.waiting + before.deferred
            assert self.totals == replace(before, waiting=0, deferred=0, skipped=before.skipped + given_up)

    @invariant()
    def balanced(self) -> None:
        """Planned = accepted + refused + deferred + in_doubt + skipped + waiting, by the counters as by the copies."""
        if self.planned < 0:
            return
        for alive in (True, False):
            figures = self.ledger.books(JULY, being_sent=alive).as_dict()
            assert figures.pop("planned") == self.planned == sum(figures.values())
            assert figures["accepted"] == len(self.accepted) + self.counted_as_sent
        assert len(self.accepted) == len(set(self.accepted))
        assert self.totals in (None, self.ledger.books(JULY))
        found = verify(self.database, lambda _issue: False)
        assert {one.what for one in found} == ({"intents"} if self.handed else set())
        told_of = sum(one.number for one in self.ledger.refusals(JULY) if one.state == "skipped")
        assert self.totals or told_of == self.ledger.books(JULY).skipped

    def teardown(self) -> None:
        """Put the database away."""
        self.database.close()
        self.folder.cleanup()


TestBalance = Balance.TestCase
TestBalance.settings = settings(max_examples=30, stateful_step_count=30, deadline=None)
