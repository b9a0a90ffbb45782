from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from newsletter.store.database import Database, open_database
from newsletter.store.failures import (
    CannotWriteDatabase,
    DamagedDatabase,
    DatabaseBusy,
    DiskFull,
    ForeignDatabase,
    NewerDatabase,
    OldSqlite,
    in_plain_words,
)

POSIX = pytest.mark.skipif(os.name != "posix", reason="file modes")

ADD_ONE = """
import sys
from newsletter.store.database import open_database
database = open_database(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
for _ in range(int(sys.argv[2])):
    with database.write() as connection:
        seen = connection.exec_driver_sql("SELECT mark FROM key_check").scalar_one()
        connection.exec_driver_sql("UPDATE key_check SET mark = ?", (int(seen) + 1,))
"""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(str(tmp_path / "records" / "newsletter.db"))
    yield opened
    opened.close()


@contextmanager
def as_nobody() -> Iterator[None]:
    """An ordinary user, also where tests run as root, whom no mode stops."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def _count(database: Database) -> int:
    with database.read() as connection:
        return int(connection.exec_driver_sql("SELECT mark FROM key_check").scalar_one())


def _start_at_zero(database: Database) -> None:
    with database.write() as connection:
        connection.exec_driver_sql("INSERT INTO key_check (id, mark) VALUES (1, 0)")


def test_no_update_is_lost_between_processes(database: Database) -> None:
    """Two programs that read a number and write it back plus one, 300 times each, make 600."""
    _start_at_zero(database)
    asked = [sys.executable, "-c", ADD_ONE, database.where, "300"]
    both = [subprocess.Popen(asked, stdin=subprocess.PIPE, stdout=subprocess.PIPE) for _ in range(2)]
    for one in both:
        assert one.stdout is not None
        assert one.stdout.readline() == b"ready\n"
    for one in both:
        assert one.stdin is not None
        one.stdin.write(b"\n")
        one.stdin.flush()
    for one in both:
        one.communicate()
    assert [one.returncode for one in both] == [0, 0]
    assert _count(database) == 600


def test_no_update_is_lost_between_threads(database: Database) -> None:
    """Eight threads that share one Database, 50 times each, make 400."""
    _start_at_zero(database)

    def add() -> None:
        for _ in range(50):
            with database.write() as connection:
                seen = connection.exec_driver_sql("SELECT mark FROM key_check").scalar_one()
                connection.exec_driver_sql("UPDATE key_check SET mark = ?", (int(seen) + 1,))

    threads = [threading.Thread(target=add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert _count(database) == 400


def test_write_holds_the_lock_from_its_first_moment(database: Database) -> None:
    """write() begins IMMEDIATE: before its first statement nobody else can begin to write."""
    other = sqlite3.connect(database.where, timeout=0, isolation_level=None)
    with database.write(), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    other.execute("BEGIN IMMEDIATE")
    other.close()


def test_a_read_sees_one_moment_and_changes_nothing(database: Database) -> None:
    """What another writes meanwhile is not seen before the next read; a write inside a read is refused."""
    _start_at_zero(database)
    with database.read() as connection:
        before = connection.exec_driver_sql("SELECT mark FROM key_check").scalar_one()
        with database.write() as other:
            other.exec_driver_sql("UPDATE key_check SET mark = 7")
        assert connection.exec_driver_sql("SELECT mark FROM key_check").scalar_one() == before
    assert _count(database) == 7
    with pytest.raises(CannotWriteDatabase), database.read() as connection:
        connection.exec_driver_sql("UPDATE key_check SET mark = 8")
    assert _count(database) == 7


def test_what_an_exception_leaves_is_undone(database: Database) -> None:
    """A block that fails half-way has written nothing."""

    def fail() -> None:
        with database.write() as connection:
            connection.exec_driver_sql("INSERT INTO key_check (id, mark) VALUES (1, 0)")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    with database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM key_check").scalar_one() == 0


def test_safe_before_fast(database: Database) -> None:
    """Write-ahead log, every commit on the disk, foreign keys held, what is deleted overwritten."""
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "temp_store": 2,
        "busy_timeout": 10_000,
    }
    with database.write() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
    assert found == wanted


@POSIX
def test_files_are_their_owner_s_alone(tmp_path: Path) -> None:
    """P6: the folder 0700, the database with its log and index 0600, also where the umask would say otherwise."""
    before = os.umask(0)
    try:
        database = open_database(str(tmp_path / "records" / "newsletter.db"))
        with database.write() as connection:
            connection.exec_driver_sql("INSERT INTO key_check (id, mark) VALUES (1, 0)")
        modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "records").iterdir()}
    finally:
        os.umask(before)
    assert set(modes) == {"newsletter.db", "newsletter.db-wal", "newsletter.db-shm"}
    assert set(modes.values()) == {0o600}
    assert (tmp_path / "records").stat().st_mode & 0o777 == 0o700
    database.close()


@POSIX
def test_a_database_that_others_could_read_is_closed_to_them(database: Database) -> None:
    """P6: a file restored with the wrong mode is mended at the next start."""
    database.close()
    Path(database.where).chmod(0o644)
    open_database(database.where).close()
    assert Path(database.where).stat().st_mode & 0o777 == 0o600


def test_many_starts_at_once_make_one_database(tmp_path: Path) -> None:
    """Six programs that start together on nothing all come up, on the same tables."""
    where = tmp_path / "records" / "newsletter.db"
    code = "import sys; from newsletter.store.database import open_database; open_database(sys.argv[1]).close()"
    all_six = [subprocess.Popen([sys.executable, "-c", code, str(where)], stderr=subprocess.PIPE) for _ in range(6)]
    said = [one.communicate()[1] for one in all_six]
    assert [one.returncode for one in all_six] == [0] * 6, said
    assert [path.name for path in where.parent.iterdir()] == ["newsletter.db"]


def test_not_a_database(tmp_path: Path) -> None:
    """A text file in its place is named as damaged, kept as it is, and a blank list is warned against."""
    path = tmp_path / "newsletter.db"
    path.write_text("email,name\n" * 500, "utf-8")
    with pytest.raises(DamagedDatabase, match=r"damaged.*last copy.*who has left") as caught:
        open_database(str(path))
    assert caught.value.exit_code == 1
    assert path.read_text("utf-8") == "email,name\n" * 500


def test_damaged_in_the_middle(database: Database) -> None:
    """A file whose pages were overwritten is named as damaged."""
    database.close()
    path = Path(database.where)
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(bytes(data))
    with pytest.raises(DamagedDatabase):
        open_database(str(path))


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    """NEWSLETTER_DATABASE that names somebody else's database does not get our tables."""
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE recipes (title TEXT)")
    other.commit()
    other.close()
    with pytest.raises(ForeignDatabase):
        open_database(str(path))
    other = sqlite3.connect(path)
    assert [row[0] for row in other.execute("SELECT name FROM sqlite_master")] == ["recipes"]
    other.close()


def test_a_newer_database_is_refused_in_plain_words(database: Database) -> None:
    """A list that a later version used is not touched by this one."""
    with database.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    with pytest.raises(NewerDatabase, match=r"newer version.*Install the newest"):
        open_database(database.where)


def test_too_old_a_sqlite_is_told_before_anything_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As some systems still have beside a new Python; the oldest that will do, does, as does the one that is here."""
    path = tmp_path / "records" / "newsletter.db"
    monkeypatch.setattr(sqlite3, "sqlite_version", "3.26.0")
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 26, 0))
    with pytest.raises(OldSqlite, match=r"need SQLite 3\.33 or newer.* has SQLite 3\.26\.0") as told:
        open_database(str(path))
    assert told.value.exit_code == 3
    assert "python.org" in told.value.hint
    assert not path.parent.exists()
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 33, 0))
    open_database(str(path)).close()


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """A file where the folder should be: a sentence, not a traceback."""
    (tmp_path / "records").write_text("", "utf-8")
    with pytest.raises(CannotWriteDatabase, match="may write"):
        open_database(str(tmp_path / "records" / "newsletter.db"))


@POSIX
def test_a_folder_and_a_file_that_may_not_be_written(tmp_path: Path) -> None:
    """Read-only folder, read-only file: a sentence, exit code 3."""
    tmp_path.chmod(0o755)
    (tmp_path / "records").mkdir(mode=0o755)
    with as_nobody(), pytest.raises(CannotWriteDatabase) as caught:
        open_database(str(tmp_path / "records" / "newsletter.db"))
    assert caught.value.exit_code == 3
    open_database(str(tmp_path / "mine.db")).close()
    os.chmod(tmp_path / "mine.db", 0o444)  # noqa: PTH101 - the mode is the point
    with as_nobody(), pytest.raises(CannotWriteDatabase):
        open_database(str(tmp_path / "mine.db"))


def _fill(database: Database) -> None:
    with database.write() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        for number in range(2000):
            row = (number.to_bytes(32, "big"),)
            connection.exec_driver_sql("INSERT INTO suppression VALUES (?, 'left', '2026-01-01')", row)


def test_a_full_disk(database: Database) -> None:
    """No room: the change is undone, what was there stays, and the sentence says so."""
    with pytest.raises(DiskFull, match=r"full.*Make room") as caught:
        _fill(database)
    assert caught.value.exit_code == 3
    with database.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM suppression").scalar_one() == 0


def test_a_busy_database(database: Database) -> None:
    """Another command that never ends: we wait, then say so."""
    other = sqlite3.connect(database.where, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with database.read() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 10")
    with pytest.raises(DatabaseBusy, match="Another command"), database.write():
        pass
    other.close()


def test_a_mistake_of_ours_stays_visible_but_says_no_values(database: Database) -> None:
    """P6: what is no trouble of the disk's is not dressed up as one, and holds nothing of the row."""
    with pytest.raises(IntegrityError) as caught, database.write() as connection:
        connection.execute(
            text("INSERT INTO suppression VALUES (:hash, :reason, '2026-01-01')"),
            {"hash": b"1", "reason": "ana@example.org"},
        )
    assert "ana@example.org" not in str(caught.value)
    assert in_plain_words(ValueError(), "x") is None
