"""The ledger's tables, for SQLAlchemy Core: what was planned for an issue, and what became of each reader's copy.

They hold no address and no name, only the subscribers' random ids. Times are whole seconds since 1970, UTC.
"""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, Index, Integer, String, Table

from newsletter.store.tables import METADATA

planned_edition = Table(
    "planned_edition",
    METADATA,
    Column("issue", String(80), primary_key=True),  # draft.IssueName
    Column("language", String(35), primary_key=True),
    Column("digest", String(64), nullable=False),  # letter.Rendered.digest: what was planned is what is sent
    Column("frozen", Integer, nullable=False),  # when the readers of the issue were written down
)

copy = Table(
    "copy",
    METADATA,
    Column("issue", String(80), primary_key=True),
    Column("subscriber", String(32), primary_key=True),  # subscriber.id; stays when the subscriber is erased
    Column("language", String(35), nullable=False),
    Column("state", String(8), nullable=False),  # letter.Fate, or intent: handed over, and no answer written down yet
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("first_try", Integer),
    Column("last_try", Integer),
    Column("next_try", Integer),  # of a deferred one
    Column("code", Integer, nullable=False, server_default="0"),  # RFC 5321 §4.2
    Column("enhanced", String(12), nullable=False, server_default=""),  # RFC 3463
    Column("reply", String(300), nullable=False, server_default=""),  # the server's words, addresses redacted
    Column("sender_at_fault", Boolean(create_constraint=False), nullable=False, server_default="0"),
    CheckConstraint(
        "state IN ('waiting', 'intent', 'accepted', 'refused', 'deferred', 'in_doubt', 'skipped')", name="state"
    ),
    CheckConstraint("state <> 'deferred' OR next_try IS NOT NULL", name="deferred_until"),
    sqlite_with_rowid=False,
)

Index("ix_copy_state", copy.c.issue, copy.c.state)
Index("ix_copy_last_try", copy.c.last_try)
