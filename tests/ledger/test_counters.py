"""The counters beside the copies: right after an update of the program, whoever writes, and while somebody writes."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from newsletter.ledger.account import account
from newsletter.ledger.book import Ledger
from newsletter.ledger.retention import purge
from newsletter.ledger.seal import last_seal, seal_if_done
from newsletter.ledger.verify import open_to_others, recount, verify
from newsletter.nouns.draft import IssueName
from newsletter.store import migrate
from newsletter.store.database import Database, open_database
from newsletter.store.migrate import copies

JULY, AUGUST = IssueName.parse("2025-07"), IssueName.parse("2025-08")
NOW = dt.datetime(2025, 7, 4, 9, 0, tzinfo=dt.UTC)
AT = int(NOW.timestamp())
STATES = ("accepted", "refused", "deferred", "in_doubt", "skipped", "waiting", "intent")

WRITES = """
import datetime as dt, sys
from newsletter.ledger.due import Due
from newsletter.ledger.writer import Ended, Intent, Writer
from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import Fate, Outcome
from newsletter.store.database import open_database
july, now = IssueName.parse("2025-07"), dt.datetime(2025, 7, 4, 9, 0, tzinfo=dt.UTC)
database = open_database(sys.argv[1])
fates = [Fate.ACCEPTED, Fate.REFUSED, Fate.DEFERRED, Fate.IN_DOUBT]
print("writing", flush=True)
with Writer(database, july, "subscriber NOT LIKE '%8'") as writer:
    for number, copy in enumerate(Due(database, july, now)):
        if writer.write(Intent(copy.subscriber, now)) == [True]:
            writer.write(Ended(copy.subscriber, Outcome(fates[number % 4], 250), now))
"""


def _none(_issue: IssueName) -> bool:
    return False


@pytest.fixture
def before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Books as the version before wrote them: two issues, 340 copies in every state, and somebody who left since."""
    path, older = tmp_path / "records" / "newsletter.db", tmp_path / "migrations"
    shutil.copytree(migrate.MIGRATIONS, older, ignore=shutil.ignore_patterns("step_0003*", "__pycache__"))
    with monkeypatch.context() as patched:
        patched.setattr(migrate, "MIGRATIONS", older)
        open_database(str(path)).close()
    connection = sqlite3.connect(path)
    for issue in (JULY, AUGUST):
        connection.executemany(
            "INSERT INTO planned_edition VALUES (?, ?, ?, ?)", [(str(issue), one, "1" * 64, AT) for one in ("en", "es")]
        )
    rows = [
        (str(issue), f"{number:032x}", ("en", "es")[number % 2], state, AT if state == "deferred" else None, "")
        for issue in (JULY, AUGUST)
        for number, state in enumerate(state for many, state in enumerate(STATES, 10) for _ in range(many * 2))
    ]
    rows += [(str(JULY), f"{number:032x}", "", "skipped", None, "left") for number in range(1000, 1022)]
    rows += [(str(JULY), "f" * 32, "en", "skipped", None, "left since")]
    connection.executemany(
        "INSERT INTO copy (issue, subscriber, language, state, next_try, reply) VALUES (?, ?, ?, ?, ?, ?)", rows
    )
    connection.commit()
    connection.close()
    return path


def test_older_books_go_over_with_right_counters(before: Path) -> None:
    """Nothing is lost when the program is brought up to date: figures, audience and reasons are those of the copies."""
    database = open_database(str(before))
    ledger = Ledger(database)
    expected = {"accepted": 20, "refused": 22, "deferred": 24, "in_doubt": 26 + 32, "skipped": 28, "waiting": 30}
    assert ledger.books(AUGUST).as_dict() == {"planned": 182, **expected}
    assert ledger.books(JULY).as_dict() == {"planned": 205, **expected, "skipped": 28 + 23}
    assert ledger.books(JULY, being_sent=True).waiting == 30 + 32
    found = account(database, JULY)
    assert (found.editions, found.left_out) == ({"en": 92, "es": 91}, {"left": 22})
    assert {one[:3] for one in found.reasons if one.state == "skipped"} == {
        ("skipped", 22, "left"),
        ("skipped", 29, "left since"),
    }
    assert {one.what for one in verify(database, _none)} == {"intents"}
    assert len(copies(before)) == 1
    assert ledger.settle_dead(JULY) == 32
    assert ledger.books(JULY).in_doubt == 58
    database.close()


@pytest.fixture
def database(tmp_path: Path) -> Database:
    opened = open_database(str(tmp_path / "newsletter.db"))
    Ledger(opened).plan(JULY, {"en": "1" * 64}, [(f"{n:032x}", "en") for n in range(300)], {"e" * 32: "left"}, NOW)
    return opened


def test_books_balance_while_another_process_writes(database: Database) -> None:
    """Read at any moment, as often as one likes, every copy stands in exactly one place."""
    writer = subprocess.Popen([sys.executable, "-c", WRITES, database.where], stdout=subprocess.PIPE)
    assert writer.stdout is not None
    assert writer.stdout.readline() == b"writing\n"
    seen, ledger = set(), Ledger(database)
    while writer.poll() is None:
        for alive in (True, False):
            books = ledger.books(JULY, being_sent=alive).as_dict()
            assert books.pop("planned") == 301 == sum(books.values())
        found = account(database, JULY)
        told_of = {one: sum(row.number for row in found.reasons if row.state == one) for one in ("refused", "deferred")}
        assert told_of == {"refused": found.books.refused, "deferred": found.books.deferred}
        seen.add(books["accepted"])
    writer.stdout.close()
    assert writer.returncode == 0
    assert len(seen) > 5, "the books were read while they were written"
    assert [one.what for one in verify(database, _none)] == []
    assert ledger.books(JULY).skipped == 1 + 19
    database.close()


def test_counters_follow_whatever_writes(database: Database) -> None:
    """Rows that come, go, move and change, one by one or many at once, by any SQL."""
    with database.write() as connection:
        for sql in (
            "UPDATE copy SET state = 'accepted' WHERE subscriber < '0000000000000000000000000000003'",
            "UPDATE copy SET state = state, code = 250",
            "DELETE FROM copy WHERE state = 'skipped'",
            "INSERT INTO copy (issue, subscriber, language, state) VALUES ('2025-08', 'a', 'en', 'refused')",
            "UPDATE copy SET issue = '2025-08' WHERE subscriber = '00000000000000000000000000000001'",
        ):
            connection.exec_driver_sql(sql)
    assert not {"counters"} & {one.what for one in verify(database, _none)}
    assert Ledger(database).books(JULY).accepted == 47
    assert Ledger(database).books(AUGUST).as_dict() == {
        **dict.fromkeys(("deferred", "in_doubt", "skipped", "waiting"), 0),
        "planned": 2,
        "accepted": 1,
        "refused": 1,
    }
    database.close()


def test_what_does_not_agree_is_found(database: Database) -> None:
    """Each kind of disagreement by its word, with the way on; the counters can be made again."""
    spoilt = {
        "counters": "UPDATE copy_count SET number = number + 1 WHERE state = 'waiting'",
        "planned": "UPDATE audience_count SET number = number + 1 WHERE reason = ''",
        "intents": "UPDATE copy SET state = 'intent' WHERE subscriber LIKE '%0a_'",
        "edition": "UPDATE copy SET language = 'fr' WHERE subscriber LIKE '%0b1'",
        "settlement": "UPDATE copy SET settled = 7 WHERE subscriber LIKE '%0b2'",
        "address": "UPDATE copy SET reply = 'no ana@example.org' WHERE subscriber LIKE '%0b3'",
        "triggers": "DROP TRIGGER copy_recounted",
    }
    for what, sql in spoilt.items():
        with database.write() as connection:
            connection.exec_driver_sql(sql)
        (found,) = [one for one in verify(database, _none) if one.what == what]
        assert found.message.endswith(".")
        assert found.hint
        if what == "counters":
            recount(database)
    assert {one.what for one in verify(database, lambda _: True)} == set(spoilt) - {"counters", "intents"}
    database.close()


def test_a_damaged_file_is_found(database: Database) -> None:
    """A page of the file that is not what it was: said as damage, not as a surprise."""
    database.close()
    path = Path(database.where)
    whole = bytearray(path.read_bytes())
    connection = sqlite3.connect(path)
    (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ix_copy_state'").fetchone()
    connection.close()
    whole[(root - 1) * 4096 + 12 : (root - 1) * 4096 + 42] = bytes(30)
    path.write_bytes(whole)
    opened = open_database(database.where)
    assert [one.what for one in verify(opened, _none)] == ["damaged"]
    opened.close()


def test_a_seal_stays(database: Database) -> None:
    """Nothing is sealed while something waits; then totals, times and a digest that any change of a fate breaks."""
    assert seal_if_done(database, JULY, NOW) is None
    with database.write() as connection:
        connection.exec_driver_sql(
            "UPDATE copy SET state = 'accepted', first_try = ?, last_try = ? WHERE state = 'waiting'", (AT, AT + 60)
        )
    sealed = seal_if_done(database, JULY, NOW)
    assert sealed is not None
    assert (sealed.books.accepted, sealed.books.skipped, sealed.begun) == (300, 1, NOW)
    assert seal_if_done(database, JULY, NOW + dt.timedelta(days=1)) == sealed
    for sql in ("UPDATE seal SET accepted = 299, refused = 1", "DELETE FROM seal"):
        with pytest.raises(IntegrityError, match="seal"), database.write() as connection:
            connection.exec_driver_sql(sql)
    swap = "UPDATE copy SET code = 251 WHERE subscriber = '00000000000000000000000000000001'"
    with database.write() as connection:
        connection.exec_driver_sql(swap)
    assert {one.what for one in verify(database, _none)} == {"seal"}
    database.close()


def test_a_purge_that_was_cut_short_is_finished(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """P8: the books are whole at each moment of it, and the same call again does the rest."""
    monkeypatch.setattr("newsletter.ledger.retention._AT_ONCE", 100)

    class Cut(Exception):
        pass

    class Short(Database):
        left = 5

        @contextmanager
        def write(self) -> Iterator[Connection]:
            Short.left -= 1
            if not Short.left:
                raise Cut
            with super().write() as connection:
                yield connection

    with pytest.raises(Cut):
        purge(Short(database.where, database.engine), JULY, NOW)
    books = Ledger(database).books(JULY)
    assert (books.planned, books.skipped, books.waiting) == (301, 301, 0)
    assert [one.what for one in verify(database, _none)] == ["purge"]
    assert purge(database, JULY, NOW) == 201
    assert Ledger(database).books(JULY) == books
    assert verify(database, _none) == []
    with database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM copy").scalar() == 0
        assert last_seal(connection, JULY)
    database.close()


def test_a_file_that_others_can_read_is_named(database: Database) -> None:
    """Said before the books are opened, which closes them to others."""
    database.close()
    path = Path(database.where)
    assert open_to_others(path) == []
    path.chmod(0o644)
    assert [one.what for one in open_to_others(path)] == ["permissions"]
