"""What SQLite could not do -> one of our exceptions, in plain words and without a value of the list in it."""

from __future__ import annotations

import sqlite3

from newsletter.errors import NewsletterError, OutsideFailed, ToMend

_PRIMARY = 0xFF  # the lowest byte of an extended result code is the primary one (sqlite.org/rescode.html)


class DamagedDatabase(ToMend):
    """The file is no database, or is damaged."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"{where} cannot be read: it is damaged, or no database at all. Nothing in it was changed.",
            "Move the file away and bring records/ back from your last copy. Do not start with an empty list:"
            " it would forget who has left.",
        )


class ForeignDatabase(ToMend):
    """The file is a database of another program."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"{where} is a database of another program, and was left as it is.",
            "Name another file in NEWSLETTER_DATABASE.",
        )


class NewerDatabase(ToMend):
    """The database was written by a later version of this program."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"{where} was last used by a newer version of this program, which this version cannot read safely.",
            "Install the newest version here too. Nothing was changed.",
        )


class OldSqlite(OutsideFailed):
    """The SQLite of this computer lacks what the books are written with."""

    def __init__(self, version: str, wanted: str) -> None:
        super().__init__(
            f"The list and the books need SQLite {wanted} or newer, and the Python of this computer has SQLite {version}."
            " Nothing was changed.",
            "On Windows or a Mac install Python anew from python.org: it brings a newer one along. On Linux ask whoever looks"
            " after the computer to bring its system up to date.",
        )


class CannotWriteDatabase(OutsideFailed):
    """The file or its folder may not be written or made."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"The list and the books cannot be opened for writing: {where}",
            "See that the folder is there and that you may write to it and to every file in it.",
        )


class DiskFull(OutsideFailed):
    """There is no room left on the disk."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"The disk is full: the last change to {where} was not made. What was there before is safe.",
            "Make room, then do the same again.",
        )


class DiskFailed(OutsideFailed):
    """The disk did not do what it should."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"The disk failed while {where} was in use; the last change was not made.",
            "See that the disk or the network folder is still there, then do the same again.",
        )


class DatabaseBusy(OutsideFailed):
    """Another command kept the database to itself for too long."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"Another command is writing to {where}, and did not finish in time.",
            "Wait until it is done, then do the same again.",
        )


_BY_CODE: dict[int, type[DamagedDatabase | CannotWriteDatabase | DiskFull | DiskFailed | DatabaseBusy]] = {
    sqlite3.SQLITE_NOTADB: DamagedDatabase,
    sqlite3.SQLITE_CORRUPT: DamagedDatabase,
    sqlite3.SQLITE_CANTOPEN: CannotWriteDatabase,
    sqlite3.SQLITE_READONLY: CannotWriteDatabase,
    sqlite3.SQLITE_PERM: CannotWriteDatabase,
    sqlite3.SQLITE_FULL: DiskFull,
    sqlite3.SQLITE_IOERR: DiskFailed,
    sqlite3.SQLITE_BUSY: DatabaseBusy,
    sqlite3.SQLITE_LOCKED: DatabaseBusy,
}


def in_plain_words(error: BaseException | None, where: str) -> NewsletterError | None:
    """Our exception for one of sqlite3's; None for what is a mistake of ours and should be seen as one."""
    code = getattr(error, "sqlite_errorcode", None)
    kind = _BY_CODE.get(code & _PRIMARY) if isinstance(code, int) else None
    return kind(where) if kind else None
