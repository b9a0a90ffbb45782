"""``status``, ``who-was-sent``, ``history``, ``verify``, ``settle`` and ``purge`` as they are typed, on real books."""

from __future__ import annotations

import base64
import csv
import datetime as dt
import io
import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from newsletter.audience.subscribers import add, erase, remove
from newsletter.audience.terms import Terms
from newsletter.door import Door
from newsletter.ledger.lock import sending
from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import Fate, Outcome
from newsletter.nouns.person import Ground
from newsletter.settings import Settings
from newsletter.store.open import Store, open_store
from newsletter.workspace import Workspace
from tests.any.plain_ledger import PlainLedger
from tests.any.typed import typed

Run = Callable[..., tuple[int, str, str]]
KEY = base64.urlsafe_b64encode(b"k" * 32).decode()
OTHER_KEY = base64.urlsafe_b64encode(b"o" * 32).decode()
JULY = IssueName.parse("2025-07")
NOW = dt.datetime(2025, 7, 4, 9, 0, tzinfo=dt.UTC)
YEARS_LATER = NOW.replace(year=2026, month=8, day=5)
ANA, BEN, EVA, LIZ, TOM = (f"{name}@example.org" for name in ("ana", "ben", "eva", "liz", "tom"))
WHY = "refused, 1: There is no such mailbox, or there is none any more. The server said: 5.1.1 no such"
NO = Outcome(Fate.REFUSED, 550, "5.1.1", "no such mailbox")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    (tmp_path / "issues").mkdir()
    (tmp_path / "issues" / "newsletter.yaml").write_text("title: Peru newsletter\n", "utf-8")
    (tmp_path / "issues" / "2025-07.yaml").write_text("subject: July\n", "utf-8")
    return Workspace(tmp_path.resolve())


@pytest.fixture
def run(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Run:
    """Type a command: exit code, stdout, stderr. ``now`` is another day, ``key`` another key or none."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))

    def type_in(*words: str, now: dt.datetime = NOW, key: str = KEY) -> tuple[int, str, str]:
        return typed(
            words, Door(workspace.root, environ={"NEWSLETTER_KEY": key} if key else {}, now=lambda: now), capsys
        )

    return type_in


@pytest.fixture
def books(workspace: Workspace) -> dict[str, str]:
    """July: Ana has it, Ben's mailbox refused it, Eva's answer was lost, Liz left before, Tom's waits. Ids by address."""
    terms = Terms(ground=Ground.CONSENT, source="sign-up sheet", since=dt.date(2025, 1, 1), language="en")
    with open_store(workspace, Settings(key=KEY)) as store:
        ids = {one: add(store, one, one[:3].title(), terms, NOW.date()).id for one in (ANA, BEN, EVA, LIZ, TOM)}
        remove(store, LIZ, dt.date(2025, 7, 2))
        ledger = PlainLedger(store.database)
        ledger.plan(JULY, {"en": "1" * 64}, [(ids[one], "en") for one in (ANA, BEN, EVA, TOM)], {ids[LIZ]: "left"}, NOW)
        for address, outcome in ((ANA, Outcome(Fate.ACCEPTED, 250, "2.0.0", "Ok")), (BEN, NO), (EVA, None)):
            ledger.begin(JULY, ids[address], NOW, lambda *_: True)
            if outcome:
                ledger.finish(JULY, ids[address], outcome, NOW)
    return ids


def _store(workspace: Workspace) -> Store:
    return open_store(workspace, Settings(key=KEY))


def _finish(workspace: Workspace, ids: dict[str, str]) -> None:
    """Tom's copy leaves too."""
    with _store(workspace) as store:
        ledger = PlainLedger(store.database)
        ledger.begin(JULY, ids[TOM], NOW, lambda *_: True)
        ledger.finish(JULY, ids[TOM], Outcome(Fate.ACCEPTED, 250), NOW)


def test_nothing_is_made_where_nothing_was_sent(run: Run, workspace: Workspace) -> None:
    """No list, no key, no books: each says so and leaves nothing behind."""
    for words, said in (
        (("status",), "has not been sent"),
        (("status", "--csv"), "has not been sent"),
        (("who-was-sent", "--addresses"), "has not been sent"),
        (("history", ANA), "Nothing is kept"),
        (("verify",), "No issue has books yet."),
        (("settle", "--resend", "--yes"), "Nothing of 2025-07 is in doubt."),
        (("purge", "--yes"), "nothing to delete"),
    ):
        code, out, _ = run(*words, key="")
        assert (code, said in out) == (0, True), (words, out)
    assert not workspace.records.exists()


def test_status_says_what_is_next(run: Run, books: dict[str, str]) -> None:
    """Figures, audience, reasons; doubt never counts as sent, and how it is settled stands beside it."""
    code, out, _ = run("status")
    assert code == 0
    assert "2025-07: planned for 5 (en 4)" in out
    for line in (
        "1  accepted",
        "1  refused",
        "1  in doubt",
        "1  skipped",
        "1  waiting",
        WHY,
        "skipped, 1: have left the list",
    ):
        assert line in out
    assert "newsletter settle 2025-07 --as-sent" in out
    assert "newsletter send 2025-07 --for-real" in out
    assert json.loads(run("status", "--json")[1]) == {
        "planned": 5,
        "accepted": 1,
        "refused": 1,
        "deferred": 0,
        "in_doubt": 1,
        "skipped": 1,
        "waiting": 1,
    }
    assert not any(one in out for one in books)


def test_status_as_lines(run: Run, books: dict[str, str], tmp_path: Path) -> None:
    """By address where the key is; by number alone where it is not, or is another; in a file of one's own."""
    code, out, err = run("status", "--csv")
    rows = {row["address"]: row for row in csv.DictReader(io.StringIO(out))}
    assert (code, set(rows)) == (0, set(books))
    assert (rows[BEN]["state"], rows[BEN]["code"], rows[BEN]["reply"]) == ("refused", "550", "no such mailbox")
    assert (rows[EVA]["state"], rows[EVA]["first_try"][:4]) == ("in_doubt", "2025")
    assert "for your eyes alone" in err
    for key in ("", OTHER_KEY):
        code, out, err = run("status", "--csv", key=key)
        unnamed = list(csv.DictReader(io.StringIO(out)))
        assert (code, {row["reader"] for row in unnamed}) == (0, set(books.values()))
        assert {row["address"] for row in unnamed} == {""}
        assert "So nobody is named by address." in err
    file = tmp_path / "lists" / "july.csv"
    code, out, err = run("status", "--csv", "--to", str(file))
    assert (code, out) == (0, "")
    assert "Delete it" in err
    assert ANA in file.read_text("utf-8")
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600
    assert run("status", "--to", str(file))[0] == 2


def test_who_was_sent(run: Run, books: dict[str, str], workspace: Workspace) -> None:
    """P13: figures without a key; people by address when asked; whoever was erased since is counted, not named."""
    code, out, err = run("who-was-sent", "2025-07", key="")
    assert (code, out.split()) == (0, ["1", "got", "it", "1", "in", "doubt", "3", "did", "not", "get", "it"])
    assert "72 hours" in err
    assert run("who-was-sent", "--addresses", key="")[0] == 4
    code, out, _ = run("who-was-sent", "--addresses")
    assert f"got it  {ANA}" in out
    assert f"in doubt  {EVA}" in out
    assert f"did not get it  {BEN}" in out
    with _store(workspace) as store:
        erase(store, ANA, NOW.date())
    code, out, err = run("who-was-sent", "--csv")
    rows = {row["address"]: row["got"] for row in csv.DictReader(io.StringIO(out))}
    assert rows == {EVA: "in doubt", **dict.fromkeys((BEN, LIZ, TOM), "did not get it")}
    assert "1 more (got it) cannot be named" in err
    assert len(books) == 5
    said = json.loads(run("who-was-sent", "--json", "--addresses")[1])
    assert (said["yes"], said["unsure"], said["no"], len(said["people"])) == (1, 1, 3, 4)


def test_history(run: Run, books: dict[str, str], workspace: Workspace) -> None:
    """Her question to us: issue by issue, by whichever spelling of her address; after erasure only what is kept."""
    code, out, _ = run("history", " BEN@Example.org ")
    assert code == 0
    assert out.startswith("2025-07  en  2025-07-0")
    assert "refused, 550 5.1.1 no such mailbox" in out
    assert "in doubt" in run("history", EVA)[1]
    assert "Must not be written to since 2025-07-02: left." in run("history", LIZ)[1]
    assert "Nothing is kept" in run("history", "zoe@example.org")[1]
    (sent,) = json.loads(run("history", BEN, "--json")[1])["sent"]
    assert (sent["issue"], sent["state"], sent["code"]) == ("2025-07", "refused", 550)
    with _store(workspace) as store:
        erase(store, BEN, NOW.date())
    code, out, _ = run("history", BEN)
    assert "only a mark is kept" in out
    assert "2025-07  en" not in out
    assert run("history", ANA, key="")[0] == 4
    assert len(books) == 5


@pytest.mark.parametrize(("flag", "kept"), [("--as-sent", "count as sent"), ("--resend", "wait again")])
def test_settle(run: Run, books: dict[str, str], workspace: Workspace, flag: str, kept: str) -> None:
    """Asked first, written down with who and when, shown by status and by the lines of the copies."""
    assert run("settle", "2025-07")[0] == 2
    assert run("settle", "2025-07", "--as-sent", "--resend")[0] == 2
    before = run("status", "--json")[1]
    code, _, err = run("settle", "2025-07", flag)
    assert (code, run("status", "--json")[1]) == (4, before)
    assert "say the same command again with --yes" in err
    code, out, _ = run("settle", "2025-07", flag, "--by", "Rosa", "--yes")
    assert (code, kept in out) == (0, True)
    figures = json.loads(run("status", "--json")[1])
    assert (figures["in_doubt"], figures["accepted"], figures["waiting"]) == (
        (0, 2, 1) if flag == "--as-sent" else (0, 1, 2)
    )
    assert "Of 1 that was in doubt, Rosa decided on 2025-07-0" in run("status")[1]
    rows = {row["address"]: row["settled"] for row in csv.DictReader(io.StringIO(run("status", "--csv")[1]))}
    assert rows == {**dict.fromkeys(books, ""), EVA: "yes"}
    assert run("verify")[0] == 0
    again = json.loads(run("settle", "2025-07", flag, "--yes", "--json")[1])
    assert again["settled"] == 0
    if flag == "--as-sent":
        _finish(workspace, books)
        assert "decision" in run("who-was-sent", "--csv")[1]


def test_settle_keeps_its_hands_off_an_issue_that_is_being_sent(
    run: Run, books: dict[str, str], workspace: Workspace
) -> None:
    """S6: what looks like doubt may be a letter on its way."""
    with sending(workspace.records / "newsletter.db", JULY):
        code, _, err = run("settle", "2025-07", "--as-sent", "--yes")
        assert (code, "being sent right now" in err) == (4, True)
        assert run("verify")[0] == 0
        assert "It is being sent right now." in run("status")[2]
    assert json.loads(run("status", "--json")[1])["in_doubt"] == 1
    code, out, _ = run("verify")
    assert (code, "In doubt of 2025-07: 1 copy that a sending handed over" in out) == (1, True)
    assert len(books) == 5


def test_purge(run: Run, books: dict[str, str], workspace: Workspace) -> None:
    """P8: after thirteen months it is reminded, asked, and gone; the totals are the same as before, and sealed."""
    _finish(workspace, books)
    assert run("settle", "--as-sent", "--yes")[0] == 0
    before = run("status", "--json")[1]
    assert "these totals are sealed" in run("status")[1]
    assert "nothing to delete" in run("purge", "--yes", now=NOW.replace(year=2026))[1]
    assert "newsletter purge" not in run("status", now=NOW.replace(year=2026))[2]
    assert "Who got 2025-07 has been kept for more than 13 months." in run("status", now=YEARS_LATER)[2]
    code, _, err = run("purge", now=YEARS_LATER)
    assert (code, "Who got 2025-07 is deleted; the totals stay." in err) == (4, True)
    code, out, _ = run("purge", "--yes", "--json", now=YEARS_LATER)
    assert (code, json.loads(out)) == (
        0,
        {"issues": ["2025-07"], "copies": 5, "left": 1, "before": "2025-07-05", "files": []},
    )
    assert run("status", "--json")[1] == before
    assert "Who got it was deleted on 2026-08-05" in run("status")[1]
    assert "newsletter purge" not in run("status", now=YEARS_LATER)[2]
    assert run("verify", now=YEARS_LATER)[0] == 0
    for words in (("status", "--csv"), ("who-was-sent", "--addresses")):
        code, out, err = run(*words)
        assert (code, out, "no longer kept" in err) == (1, "", True)
    assert "Of 2025-07 it is no longer kept who got it." in run("history", ANA)[1]
    assert "only a mark is kept" in run("history", LIZ)[1]
    with _store(workspace) as store, store.database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM copy").scalar() == 0
        assert connection.exec_driver_sql("SELECT count(*) FROM subscriber WHERE state = 'left'").scalar() == 0


def test_purge_closes_what_was_never_sent(run: Run, books: dict[str, str], workspace: Workspace) -> None:
    """What still waits after a year is put down as skipped, and what is in doubt stays so: nobody is counted as sent."""
    assert run("purge", "--yes", now=YEARS_LATER)[0] == 0
    figures = json.loads(run("status", "--json")[1])
    assert figures == {
        "planned": 5,
        "accepted": 1,
        "refused": 1,
        "deferred": 0,
        "in_doubt": 1,
        "skipped": 2,
        "waiting": 0,
    }
    assert run("settle", "--as-sent", "--yes")[0] == 1
    assert "Nothing is left to send." in run("status")[1]
    data = b"".join(path.read_bytes() for path in workspace.records.glob("newsletter.db*"))
    assert b"no such mailbox" not in data
    assert len(books) == 5


def test_purge_names_the_copies_from_before_an_update(run: Run, books: dict[str, str], workspace: Workspace) -> None:
    """An old copy of the database holds who got what as well."""
    old = workspace.records / "newsletter.2025-07-01.before-0003.db"
    shutil.copy(workspace.records / "newsletter.db", old)
    assert str(old) in run("purge", "--yes", now=YEARS_LATER)[2]
    assert len(books) == 5


def test_a_clock_set_back_a_day(run: Run, books: dict[str, str], workspace: Workspace) -> None:
    """Nothing is lost, purged or counted twice by a clock that runs wrong."""
    _finish(workspace, books)
    yesterday, before = NOW - dt.timedelta(days=1), run("status", "--json")[1]
    assert run("settle", "--as-sent", "--yes", now=yesterday)[0] == 0
    assert run("verify", now=yesterday)[0] == 0
    assert run("purge", "--yes", now=yesterday)[1].startswith("Nothing is older")
    assert json.loads(run("status", "--json", now=yesterday)[1])["accepted"] == json.loads(before)["accepted"] + 1


def test_a_locked_database(
    run: Run, books: dict[str, str], workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program keeps it to itself: reading goes on, a decision is refused in a sentence and not half made."""
    monkeypatch.setattr("newsletter.store.database.PATIENCE", 200)
    other = sqlite3.connect(workspace.records / "newsletter.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert "1  accepted" in run("status")[1]
    code, _, err = run("settle", "--as-sent", "--yes")
    assert (code, "Another command is writing" in err) == (3, True)
    other.execute("ROLLBACK")
    other.close()
    assert json.loads(run("status", "--json")[1])["in_doubt"] == 1
    assert len(books) == 5


def test_a_full_disk(run: Run, books: dict[str, str], workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A decision that cannot be written is not made: neither the copies nor the counters have moved."""
    from newsletter.store import database as opener

    on_connect = opener._on_connect

    def full(connection: sqlite3.Connection, entry: object) -> None:
        on_connect(connection, entry)  # type: ignore[arg-type]  # as SQLAlchemy calls it
        _no_more_pages(connection)

    _fill(workspace.records / "newsletter.db")
    monkeypatch.setattr(opener, "_on_connect", full)
    before = run("status", "--json")[1]
    code, _, err = run("settle", "--as-sent", "--yes", "--by", "Rosa")
    assert (code, "The disk is full" in err) == (3, True)
    assert run("status", "--json")[1] == before
    assert json.loads(before)["in_doubt"] == 1
    assert [one["what"] for one in json.loads(run("verify", "--json")[1])["problems"]] == ["intents"]
    assert len(books) == 5


def _no_more_pages(connection: sqlite3.Connection) -> None:
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")


def _fill(path: Path) -> None:
    """Use up the room in the pages that are there."""
    connection = sqlite3.connect(path, isolation_level=None)
    _no_more_pages(connection)
    for size in (1000, 100, 10, 0):
        with suppress(sqlite3.OperationalError):
            for _ in range(10_000):
                connection.execute("INSERT INTO settlement VALUES (NULL, '2020', 0, ?, 'resend', 0)", ("x" * size,))
            pytest.fail("the file did not become full")
    connection.close()


@pytest.mark.skipif(os.name != "posix", reason="rights of files are POSIX's")
def test_books_that_others_could_read(run: Run, books: dict[str, str], workspace: Workspace) -> None:
    """Named once, and closed by being opened."""
    (workspace.records / "newsletter.db").chmod(0o644)
    code, out, _ = run("verify", "--json")
    found = json.loads(out)
    assert (code, [one["what"] for one in found["problems"]]) == (1, ["permissions", "intents"])
    assert run("settle", "--as-sent", "--yes")[0] == 0
    assert run("verify")[0] == 0
    assert len(books) == 5


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", "newer version"),
        ("DROP TABLE alembic_version", "another program"),
    ],
)
def test_books_that_are_not_ours(run: Run, books: dict[str, str], workspace: Workspace, sql: str, said: str) -> None:
    """A foreign or a newer database is left as it is, by each of the commands, with a sentence."""
    connection = sqlite3.connect(workspace.records / "newsletter.db")
    connection.execute(sql)
    connection.commit()
    connection.close()
    before = (workspace.records / "newsletter.db").read_bytes()
    for words in (
        *(("status",), ("who-was-sent",), ("history", ANA), ("verify",), ("purge", "--yes")),
        ("settle", "--as-sent", "--yes"),
    ):
        code, out, err = run(*words)
        assert (code, out, said in err) == (1, "", True), words
    assert (workspace.records / "newsletter.db").read_bytes() == before
    assert len(books) == 5
