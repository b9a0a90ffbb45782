"""The path of a file -> Database: SQLite, private to its owner, whose writes stand in line so that none is lost."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from newsletter.closed import is_open
from newsletter.store.failures import CannotWriteDatabase, DiskFull, OldSqlite, in_plain_words
from newsletter.store.migrate import bring_up_to_date

OLDEST = (3, 33)  # of August 2020: UPDATE ... FROM, with which the outcomes of many letters are written at once
PATIENCE = 10_000  # milliseconds that a write waits for its turn
_WAL_TRIES = 200  # switching to WAL does not wait in line: 200 times 10 ms
_WRITES = "newsletter_writes"


@dataclass(frozen=True, slots=True)
class Database:
    """An open database. Threads may share it: each transaction takes a connection of its own."""

    where: str
    engine: Engine = field(repr=False)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one moment and can change nothing."""
        with self._transaction(writes=False) as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that alone may write: committed at the end of the block, undone where an exception leaves it.

        Raises DatabaseBusy after ten seconds in line, DiskFull, DiskFailed, CannotWriteDatabase, DamagedDatabase.
        """
        with self._transaction(writes=True) as connection:
            yield connection

    @contextmanager
    def hot(self) -> Iterator[sqlite3.Connection]:
        """A connection for prepared SQL, of one thread at a time; each statement or transaction is the caller's own.

        Exceptions inside the block are SQLite's, for the caller to put into plain words.
        """
        with plain_words(self.where):
            pooled = self.engine.raw_connection()
        connection = pooled.driver_connection
        pooled.detach()
        if not isinstance(connection, sqlite3.Connection):
            raise TypeError("only SQLite has hot connections")
        try:
            connection.execute("PRAGMA query_only = OFF")
            yield connection
        finally:
            connection.close()

    def close(self) -> None:
        """Close every connection; the last one folds the write-ahead log into the file."""
        self.engine.dispose()

    @contextmanager
    def _transaction(self, *, writes: bool) -> Iterator[Connection]:
        with plain_words(self.where), self.engine.connect() as connection:
            connection.execution_options(**{_WRITES: writes})
            with connection.begin():
                yield connection


@contextmanager
def plain_words(where: str) -> Iterator[None]:
    """Turn SQLite's exceptions into ours."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        said = in_plain_words(error.orig if isinstance(error, DBAPIError) else error, where)
        if said is None:
            raise
        raise said from None


def open_database(where: str) -> Database:
    """Open the file at this absolute path, making it (0600) and its folder (0700), and bring its tables up to date.

    Raises OldSqlite, CannotWriteDatabase, DamagedDatabase, ForeignDatabase, NewerDatabase, DiskFull, DatabaseBusy.
    """
    if sqlite3.sqlite_version_info < OLDEST:
        raise OldSqlite(sqlite3.sqlite_version, ".".join(map(str, OLDEST)))
    _make_private(Path(where))
    database = Database(where, _engine(where))
    try:
        with plain_words(where):
            bring_up_to_date(database)
    except BaseException:
        database.close()
        raise
    return database


def _make_private(path: Path) -> None:
    """An empty file of its owner's alone, before SQLite writes to it: its log and index take the same rights."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        if is_open(path):
            path.chmod(0o600)
    except OSError as error:
        import errno

        raise (DiskFull if error.errno == errno.ENOSPC else CannotWriteDatabase)(str(path)) from None


def _engine(where: str) -> Engine:
    # hide_parameters: an exception of SQLAlchemy's otherwise holds the row that it was about.
    engine = create_engine(URL.create("sqlite", database=where), hide_parameters=True)
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    return engine


def _on_connect(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    """Leave BEGIN to us (SQLAlchemy, "SQLite transaction control"), and never trade safety for speed."""
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {PATIENCE}")
    _log_ahead(connection)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA temp_store = MEMORY")  # no sorting of the list in a file under /tmp
    connection.execute("PRAGMA secure_delete = ON")  # who is erased leaves no trace in the file's free pages


def _log_ahead(connection: sqlite3.Connection) -> None:
    if connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
        return
    for tries_left in reversed(range(_WAL_TRIES)):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or not tries_left:
                raise
            time.sleep(0.01)
        else:
            return


def _on_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
