"""A database of any age -> one with today's tables, by Alembic's steps, in one transaction and after a dated copy."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection

from newsletter.store.failures import ForeignDatabase, NewerDatabase

MIGRATIONS = Path(__file__).resolve().parent / "migrations"


class _Database(Protocol):
    @property
    def where(self) -> str: ...
    def read(self) -> AbstractContextManager[Connection]: ...
    def write(self) -> AbstractContextManager[Connection]: ...


def bring_up_to_date(database: _Database) -> None:
    """Run the steps that are missing. Raises NewerDatabase, ForeignDatabase."""
    known = revisions()
    with database.read() as connection:
        found = _revision(connection, database.where)
    if found == known[-1]:
        return  # every start but the first: Alembic is not even imported
    if found and found not in known:
        raise NewerDatabase(database.where)
    with database.write() as connection:
        found = _revision(connection, database.where)
        if found == known[-1]:
            return  # somebody did it while we stood in line
        if found:  # nobody writes now, so the copy is the list as it was
            keep_copy(Path(database.where), known[-1], dt.datetime.now().astimezone().date())
        _run_steps(connection)


def revisions() -> list[str]:
    """The steps there are, oldest first, by the numbers in their file names."""
    return sorted(path.stem.split("_")[1] for path in (MIGRATIONS / "versions").glob("step_*.py"))


def keep_copy(path: Path, before: str, today: dt.date) -> Path:
    """A copy of the database as it is now: ``newsletter.2026-11-22.before-0002.db``, 0600, never over another."""
    copy = path.with_name(f"{path.stem}.{today.isoformat()}.before-{before}{path.suffix}")
    if copy.exists():
        return copy
    part = copy.with_suffix(".part")  # a copy that was cut short never looks like a whole one
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    source, target = sqlite3.connect(path), sqlite3.connect(part)
    try:
        source.backup(target)
    except BaseException:
        target.close()
        part.unlink()  # half a copy of the list, which nobody would look for
        raise
    finally:
        source.close()
        target.close()
    return part.replace(copy)


def copies(path: Path) -> tuple[Path, ...]:
    """The copies that stand beside a database; who is erased from the list is still in them, locked."""
    return tuple(sorted(path.parent.glob(f"{path.stem}.*.before-*{path.suffix}")))


def _revision(connection: Connection, where: str) -> str:
    names = {row[0] for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not names:
        return ""
    if "alembic_version" not in names:
        raise ForeignDatabase(where)
    return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or "")


def _run_steps(connection: Connection) -> None:
    from alembic.command import upgrade
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    upgrade(config, "head")
