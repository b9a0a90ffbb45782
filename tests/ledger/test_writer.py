from __future__ import annotations

import datetime as dt
import sqlite3
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.ledger.book import Ledger, NotThisCopy
from newsletter.ledger.writer import Ended, Entry, Intent, MeantIt, Tried, Withdrawn, Writer
from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import Fate, Outcome
from newsletter.store import database as of_the_store
from newsletter.store.database import Database, open_database
from newsletter.store.failures import DatabaseBusy, DiskFull
from newsletter.turns import Turns
from tests.any.plain_ledger import PlainLedger

JULY = IssueName.parse("2025-07")
NOW = dt.datetime(2025, 7, 4, 9, 0, tzinfo=dt.UTC)
ACCEPTED = Outcome(Fate.ACCEPTED, 250, "2.0.0", "Ok")
PEOPLE = [f"{number:032x}" for number in range(200)]


def _planned(path: Path) -> Database:
    database = open_database(str(path))
    Ledger(database).plan(JULY, {"en": "1" * 64}, [(one, "en") for one in PEOPLE], {}, NOW)
    return database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = _planned(tmp_path / "books.db")
    yield opened
    opened.close()


def _rows(database: Database) -> list[tuple[object, ...]]:
    with database.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql("SELECT * FROM copy ORDER BY subscriber")]


OUTCOMES = st.builds(
    Outcome,
    st.sampled_from([Fate.ACCEPTED, Fate.REFUSED, Fate.DEFERRED, Fate.IN_DOUBT]),
    st.sampled_from([0, 250, 421, 451, 550]),
    st.sampled_from(["", "5.1.1", "5.4.5", "4.2.0"]),
    st.just("so it goes"),
    st.booleans(),
)
STORY = st.tuples(st.booleans(), st.one_of(st.none(), OUTCOMES), st.booleans(), st.integers(0, 9))


@settings(max_examples=25, deadline=None)
@given(st.lists(STORY, max_size=8))
def test_it_writes_what_the_ledger_itself_would(
    tmp_path_factory: pytest.TempPathFactory, stories: list[tuple[bool, Outcome | None, bool, int]]
) -> None:
    """S5, S8, S17: intents, outcomes, what is taken back and who has left: row by row as ``PlainLedger`` does it alone."""
    folder = tmp_path_factory.mktemp("books")
    one, other = _planned(folder / "one.db"), _planned(folder / "other.db")
    ledger = PlainLedger(other)
    off = {person for person, story in zip(PEOPLE, stories, strict=False) if not story[0]}

    def may(_connection: object, subscriber: str) -> bool:
        return subscriber not in off

    with Writer(one, JULY, f"subscriber NOT IN ({', '.join(map(repr, off))})") as writer:
        for person, story in zip(PEOPLE, stories, strict=False):
            _, outcome, meant, days = story
            at = NOW + dt.timedelta(days=days)
            said = ledger.begin(JULY, person, at, may)
            assert writer.write(Intent(person, at)) == [said]
            if not said:
                continue
            if outcome is None:
                ledger.withdraw(JULY, person)
                writer.write(Withdrawn(person))
                continue
            assert writer.write(Ended(person, outcome, at)) == [ledger.finish(JULY, person, outcome, at)]
            if meant:
                ledger.refuse(JULY, [person])
                writer.write(MeantIt(person))
    assert _rows(one) == _rows(other)
    one.close()
    other.close()


@settings(max_examples=25, deadline=None)
@given(st.sets(st.integers(0, 11)), st.lists(st.tuples(st.integers(0, 11), st.booleans(), OUTCOMES), max_size=30))
def test_what_shares_a_commit_is_written_as_if_each_stood_alone(
    tmp_path_factory: pytest.TempPathFactory, off: set[int], stories: list[tuple[int, bool, Outcome]]
) -> None:
    """S5, S17: many letters in one statement, some of whose readers have left, some of which are nobody's turn."""
    folder = tmp_path_factory.mktemp("books")
    one, other = _planned(folder / "one.db"), _planned(folder / "other.db")
    may = f"subscriber NOT IN ({', '.join(repr(PEOPLE[number]) for number in off)})"
    entries: list[Entry] = [
        Ended(PEOPLE[number], outcome, NOW) if ends else Intent(PEOPLE[number], NOW)
        for number, ends, outcome in stories
    ]
    with Writer(one, JULY, may) as together, Writer(other, JULY, may) as alone:
        for start in range(0, len(entries), 6):
            some = entries[start : start + 6]
            assert _said(together, *some) == _said(alone, *some, each=True)
    assert _rows(one) == _rows(other)
    one.close()
    other.close()


def _said(writer: Writer, *entries: Entry, each: bool = False) -> list[object]:
    """The answers, or that one of the entries is nobody's turn, after which nothing more is asked."""
    answers: list[object] = []
    try:
        for some in [[one] for one in entries] if each else [entries]:
            answers += writer.write(*some)
    except NotThisCopy:
        return ["not this copy"]
    return answers


def test_a_copy_that_was_refused_before_it_could_leave_is_an_attempt_without_a_doubt(database: Database) -> None:
    """S5, S8: refused at RCPT, it never was an intent that anybody could read, and counts as one attempt."""
    with Writer(database, JULY, "true") as writer:
        assert writer.write(Tried(PEOPLE[0], Outcome(Fate.DEFERRED, 451), NOW)) == [Fate.DEFERRED]
        assert writer.write(Tried(PEOPLE[1], Outcome(Fate.REFUSED, 550, "5.1.1"), NOW)) == [Fate.REFUSED]
    assert [(row.attempts, row.subscriber) for row in PlainLedger(database).due(JULY, NOW + dt.timedelta(hours=1))][
        -1
    ] == (
        1,
        PEOPLE[0],
    )


def test_who_was_found_gone_is_skipped_and_who_is_back_by_then_waits(database: Database) -> None:
    """S5, S17: asked and taken back in one commit, so that nobody ever reads of a copy in doubt that was not composed."""
    with Writer(database, JULY, f"subscriber <> '{PEOPLE[0]}'") as writer:
        assert writer.write(Intent(PEOPLE[0], NOW), Withdrawn(PEOPLE[0])) == [False, None]
        assert writer.write(Intent(PEOPLE[1], NOW), Withdrawn(PEOPLE[1])) == [True, None]
    books = Ledger(database).books(JULY)
    assert (books.skipped, books.in_doubt, books.waiting) == (1, 0, len(PEOPLE) - 1)
    assert {one.subscriber: one.attempts for one in PlainLedger(database).due(JULY, NOW)}[PEOPLE[1]] == 0


def test_what_is_taken_back_was_no_attempt_and_begins_no_clock(database: Database) -> None:
    """S8: her five days begin with the first letter that could leave; an earlier attempt of hers stays one."""
    later = NOW + dt.timedelta(days=6)
    put_off = Outcome(Fate.DEFERRED, 450, "4.2.1", "mailbox busy")
    fresh = _rows(database)
    with Writer(database, JULY, "true") as writer:
        writer.write(Intent(PEOPLE[0], NOW))
        writer.write(Withdrawn(PEOPLE[0]))
        assert _rows(database) == fresh
        assert writer.write(Intent(PEOPLE[0], later), Ended(PEOPLE[0], put_off, later))[-1] is Fate.DEFERRED
        writer.write(Tried(PEOPLE[1], put_off, NOW))
        writer.write(Intent(PEOPLE[1], later), Withdrawn(PEOPLE[1]))
        assert writer.write(Intent(PEOPLE[1], later), Ended(PEOPLE[1], put_off, later))[-1] is Fate.REFUSED


def test_those_who_have_their_turns_share_commits_and_lose_nothing(database: Database) -> None:
    """S5: outcome and next intent in one wait, from eight turns; each commit holds all eight, and none is lost."""
    commits: list[int] = []
    lanes = [PEOPLE[start::8] for start in range(8)]

    def lane(writer: Writer, people: list[str]) -> None:
        before: list[Entry] = []
        for person in people:
            assert writer.write(*before, Intent(person, NOW))[-1] is True
            before = [Ended(person, ACCEPTED, NOW)]
        writer.write(*before)

    def watch(statement: str) -> None:
        if statement != "COMMIT":
            return
        with database.read() as connection:
            found = connection.exec_driver_sql("SELECT count(*) FROM copy WHERE state = 'intent'").scalar_one()
        commits.append(found)

    with Writer(database, JULY, "true") as writer:
        writer._connection.set_trace_callback(watch)
        turns = Turns()
        for people in lanes:
            turns.begin(partial(lane, writer, people))
        turns.run(lambda: True)
    assert Ledger(database).books(JULY).accepted == len(PEOPLE)
    assert len(commits) == len(PEOPLE) // 8 + 1
    assert max(commits) <= 8


def test_one_thread_at_a_time_writes_and_none_once_the_books_are_closed(database: Database) -> None:
    """S5: whoever comes too late is told; a connection that is closed under a writer ends the whole program."""
    with Writer(database, JULY, "true") as writer:
        threads = [threading.Thread(target=writer.write, args=(Intent(person, NOW),)) for person in PEOPLE[:8]]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    with pytest.raises(RuntimeError, match="closed"):
        writer.write(Intent(PEOPLE[9], NOW))
    assert Ledger(database).books(JULY).in_doubt == 8


def test_a_copy_that_is_settled_already_fails_alone(database: Database) -> None:
    """S5: what stood before it in the same wait stands; the others that share the commit hear nothing of it."""
    with Writer(database, JULY, "true") as writer:
        writer.write(Intent(PEOPLE[0], NOW))
        with pytest.raises(NotThisCopy):
            writer.write(Ended(PEOPLE[0], ACCEPTED, NOW), Intent(PEOPLE[0], NOW))
        with pytest.raises(NotThisCopy):
            writer.write(Ended(PEOPLE[1], ACCEPTED, NOW))
        with pytest.raises(NotThisCopy):
            writer.write(Intent("f" * 32, NOW))
        assert writer.write(Intent(PEOPLE[1], NOW)) == [True]
    books = Ledger(database).books(JULY)
    assert (books.accepted, books.in_doubt, books.planned) == (1, 1, len(PEOPLE))


def test_a_full_disk_is_said_to_everybody_who_waits(database: Database) -> None:
    """S5: nothing of that commit stands, each waiter hears our sentence, and with room again it goes on."""
    heard: list[type[BaseException]] = []
    with Writer(database, JULY, "true") as writer:
        writer.write(Intent(PEOPLE[0], NOW))
        pages = writer._connection.execute("PRAGMA page_count").fetchone()[0]
        writer._connection.execute(f"PRAGMA max_page_count = {pages}")
        long = Outcome(Fate.REFUSED, 550, "5.1.1", "x" * 300)

        def ask(person: str) -> None:
            try:
                writer.write(Tried(person, long, NOW))
            except DiskFull as error:
                heard.append(type(error))

        turns = Turns()
        for person in PEOPLE[1:]:
            turns.begin(partial(ask, person))
        turns.run(lambda: True)
        assert heard
        writer._connection.execute("PRAGMA max_page_count = 1000000")
        assert writer.write(Ended(PEOPLE[0], ACCEPTED, NOW)) == [Fate.ACCEPTED]
    books = Ledger(database).books(JULY)
    assert books.refused == len(PEOPLE) - 1 - len(heard)
    assert books.accepted == 1
    assert sum(books.as_dict().values()) == 2 * books.planned


def test_books_that_another_keeps_to_itself_are_said_to_be_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database locked: a sentence after the patience is over, and nothing changed."""
    monkeypatch.setattr(of_the_store, "PATIENCE", 50)
    database = _planned(tmp_path / "books.db")
    with Writer(database, JULY, "true") as writer:
        with database.write(), pytest.raises(DatabaseBusy, match="Another command is writing"):
            writer.write(Intent(PEOPLE[0], NOW))
        assert writer.write(Intent(PEOPLE[0], NOW)) == [True]
    database.close()


def test_a_mistake_of_ours_reaches_whoever_waits_and_nobody_waits_for_ever(database: Database) -> None:
    """Whatever goes wrong inside, each thread that waits is let go."""
    with Writer(database, JULY, "abs(-9223372036854775808)") as writer:
        with pytest.raises(sqlite3.OperationalError, match="overflow"):
            writer.write(Intent(PEOPLE[0], NOW))
        writer.write(Tried(PEOPLE[0], ACCEPTED, NOW))
    assert Ledger(database).books(JULY).accepted == 1
