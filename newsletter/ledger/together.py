"""What a commit mostly holds, accepted letters and the intents after them -> two statements, however many letters.

SQLite lets other threads in at each statement, so that many small ones cost far more than their work.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

_MOST = 64  # letters in one statement

Said = tuple[str, int, str, str, bool]
"""Of an accepted copy: subscriber, code, enhanced code, reply, and whether it lay with the sender."""


@dataclass(frozen=True, slots=True)
class Usual:
    """Copies that were accepted, and the subscribers whose copies are about to leave, ``at`` this second."""

    accepted: Sequence[Said]
    meant: Sequence[str]
    at: int


def write_together(connection: sqlite3.Connection, issue: str, may: str, usual: Usual) -> bool:
    """Write all of them, or say False: one is not as it is mostly, and the transaction is to be undone.

    ``may`` is SQL: whether the reader of a row of ``copy`` may be written to.
    """
    accepted, meant = len(usual.accepted), len(usual.meant)
    if max(accepted, meant) > _MOST:
        return False
    if accepted:
        said = [value for one in usual.accepted for value in one]
        if connection.execute(_accept(accepted), (*said, issue)).rowcount != accepted:
            return False
    return not meant or connection.execute(_mean(meant, may), (usual.at, issue, *usual.meant)).rowcount == meant


@cache
def _accept(number: int) -> str:
    """The sign + keeps SQLite from looking for copies by their state, instead of by their key."""
    rows = ", ".join(["(?, ?, ?, ?, ?)"] * number)
    return f"""
UPDATE copy SET state = 'accepted', next_try = NULL, code = said.column2, enhanced = said.column3,
reply = said.column4, sender_at_fault = said.column5
FROM (VALUES {rows}) AS said WHERE issue = ? AND subscriber = said.column1 AND +state = 'intent'
"""  # noqa: S608 - marks for values only


@cache
def _mean(number: int, may: str) -> str:
    return f"""
UPDATE copy SET state = 'intent', attempts = attempts + 1, first_try = coalesce(first_try, ?1), last_try = ?1
WHERE issue = ?2 AND subscriber IN ({", ".join("?" * number)}) AND +state IN ('waiting', 'deferred') AND ({may})
"""  # noqa: S608 - marks for values, and the writer's own condition
