from __future__ import annotations

import datetime as dt
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import inspect

from newsletter.family import members
from newsletter.store import migrate
from newsletter.store.database import open_database
from newsletter.store.migrate import copies, keep_copy, revisions
from newsletter.store.tables import METADATA


def _shape(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    found = [row[0] for row in connection.execute("SELECT sql FROM sqlite_master WHERE sql <> '' ORDER BY name")]
    connection.close()
    return found


def test_the_steps_make_the_tables_that_the_code_knows(tmp_path: Path) -> None:
    """From nothing, the steps make what METADATA says: Alembic's own comparison finds no difference."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    members("newsletter.store")  # every file of tables stands in METADATA once it is imported
    database = open_database(str(tmp_path / "newsletter.db"))
    with database.read() as connection:
        tables = set(inspect(connection).get_table_names())
        assert {"subscriber", "suppression", "key_check", "alembic_version"} <= tables
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
        checks = {
            name: {check["name"] for check in inspect(connection).get_check_constraints(name)}
            for name in ("subscriber", "suppression", "key_check")
        }
    database.close()
    assert checks == {
        name: {str(one.name) for one in METADATA.tables[name].constraints if str(one.name).startswith("ck_")}
        for name in checks
    }


def test_a_second_start_changes_nothing_and_does_not_import_alembic(tmp_path: Path) -> None:
    """Startup is fast: an up-to-date database costs one look, byte for byte the same afterwards."""
    path = tmp_path / "newsletter.db"
    open_database(str(path)).close()
    before = path.read_bytes()
    code = (
        "import sys; from newsletter.store.database import open_database; open_database(sys.argv[1]).close();"
        "sys.exit('alembic' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=True)
    assert path.read_bytes() == before
    assert copies(path) == ()


def test_starting_is_quiet(tmp_path: Path) -> None:
    """The first start prints nothing: the command line has its own words."""
    code = "import sys; from newsletter.store.database import open_database; open_database(sys.argv[1]).close()"
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "a.db")], capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")


def test_steps_are_numbered_without_gaps() -> None:
    """One line of steps, each named by its number, each with the number it follows."""
    assert revisions() == [f"{number:04}" for number in range(1, len(revisions()) + 1)]


def test_an_older_database_is_copied_then_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before a step changes a list that exists, a dated copy is kept; the step's change is there afterwards."""
    path = tmp_path / "50% of records" / "newsletter.db"
    database = open_database(str(path))
    with database.write() as connection:
        connection.exec_driver_sql("INSERT INTO suppression VALUES (x'01', 'left', '2026-01-01')")
    database.close()
    later = tmp_path / "migrations"
    _copy_steps(later)
    monkeypatch.setattr(migrate, "MIGRATIONS", later)
    open_database(str(path)).close()
    assert any("CREATE TABLE later" in sql for sql in _shape(path))
    (copy,) = copies(path)
    assert not any("CREATE TABLE later" in sql for sql in _shape(copy))
    kept = sqlite3.connect(copy)
    assert kept.execute("SELECT count(*) FROM suppression").fetchone() == (1,)
    kept.close()
    assert {one.name for one in path.parent.iterdir()} == {path.name, copy.name}
    if os.name == "posix":
        assert copy.stat().st_mode & 0o777 == 0o600


def test_a_step_that_fails_leaves_the_list_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All the missing steps are made or none."""
    path = tmp_path / "newsletter.db"
    open_database(str(path)).close()
    before = _shape(path)
    later = tmp_path / "migrations"
    _copy_steps(later, then="    op.execute('SELECT no_such_column')\n")
    monkeypatch.setattr(migrate, "MIGRATIONS", later)
    with pytest.raises(Exception, match="no_such_column"):
        open_database(str(path))
    assert _shape(path) == before


def test_a_copy_that_could_not_be_finished_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """P5: half a copy, which nobody would find when somebody is to be erased, does not stay behind on a full disk."""
    path = tmp_path / "newsletter.db"
    open_database(str(path)).close()

    class Full(sqlite3.Connection):
        def backup(self, target: sqlite3.Connection, **_: object) -> None:
            target.execute("CREATE TABLE half (id INTEGER)")
            raise sqlite3.OperationalError("database or disk is full")

    real = sqlite3.connect
    monkeypatch.setattr("newsletter.store.migrate.sqlite3.connect", lambda where: real(where, factory=Full))
    with pytest.raises(sqlite3.OperationalError, match="full"):
        keep_copy(path, "0009", dt.date(2026, 11, 22))
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_a_copy_never_replaces_another(tmp_path: Path) -> None:
    """The first copy of the day is the one from before: a second try keeps it."""
    path = tmp_path / "newsletter.db"
    open_database(str(path)).close()
    first = keep_copy(path, "0009", dt.date(2026, 11, 22))
    kept = first.read_bytes()
    database = open_database(str(path))
    with database.write() as connection:
        connection.exec_driver_sql("INSERT INTO suppression VALUES (x'01', 'left', '2026-01-01')")
    database.close()
    assert keep_copy(path, "0009", dt.date(2026, 11, 22)) == first
    assert first.name == "newsletter.2026-11-22.before-0009.db"
    assert first.read_bytes() == kept


def _copy_steps(folder: Path, then: str = "") -> None:
    (folder / "versions").mkdir(parents=True)
    for path in (*migrate.MIGRATIONS.glob("*.py"), *migrate.MIGRATIONS.glob("versions/*.py")):
        (folder / path.relative_to(migrate.MIGRATIONS)).write_text(path.read_text("utf-8"), "utf-8")
    last, number = revisions()[-1], len(revisions()) + 1
    (folder / "versions" / f"step_{number:04}_later.py").write_text(
        f"import sqlalchemy as sa\nfrom alembic import op\nrevision = '{number:04}'\ndown_revision = '{last}'\n"
        f"def upgrade() -> None:\n    op.create_table('later', sa.Column('id', sa.Integer))\n{then}",
        "utf-8",
    )
