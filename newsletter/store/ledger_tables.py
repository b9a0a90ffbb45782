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
    Column("settled", Integer),  # settlement.id: somebody decided what a copy in doubt counts as
    CheckConstraint(
        "state IN ('waiting', 'intent', 'accepted', 'refused', 'deferred', 'in_doubt', 'skipped')", name="state"
    ),
    CheckConstraint("state <> 'deferred' OR next_try IS NOT NULL", name="deferred_until"),
    sqlite_with_rowid=False,
)

Index("ix_copy_state", copy.c.issue, copy.c.state)
Index("ix_copy_last_try", copy.c.last_try, sqlite_where=copy.c.last_try.is_not(None))
Index("ix_copy_next_try", copy.c.issue, copy.c.next_try, sqlite_where=copy.c.next_try.is_not(None))

copy_count = Table(
    "copy_count",  # how many copies stand in each state; triggers on ``copy`` keep it, whoever writes there
    METADATA,
    Column("issue", String(80), primary_key=True),
    Column("state", String(8), primary_key=True),
    Column("number", Integer, nullable=False),
    CheckConstraint("number >= 0", name="number"),
    sqlite_with_rowid=False,
)

audience_count = Table(
    "audience_count",  # the audience as it was planned: by edition, and who was left out by reason
    METADATA,
    Column("issue", String(80), primary_key=True),
    Column("language", String(35), primary_key=True),  # "" for those who were left out
    Column("reason", String(300), primary_key=True),  # "" for those who were not
    Column("number", Integer, nullable=False),
)

settlement = Table(
    "settlement",  # who decided what copies in doubt count as, when, and of how many
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("issue", String(80), nullable=False),
    Column("at", Integer, nullable=False),
    Column("who", String(200), nullable=False),
    Column("how", String(8), nullable=False),  # settle.How
    Column("number", Integer, nullable=False),
    CheckConstraint("how IN ('as-sent', 'resend')", name="how"),
)

seal = Table(
    "seal",  # an issue's totals once nothing waits any more; never changed (triggers see to it), kept when detail goes
    METADATA,
    Column("issue", String(80), primary_key=True),
    Column("sequence", Integer, primary_key=True),  # the last one counts: a settlement seals anew
    Column("at", Integer, nullable=False),
    *(Column(name, Integer, nullable=False) for name in ("planned", "accepted", "refused", "in_doubt", "skipped")),
    Column("begun", Integer),  # when the first copy was handed over, and when the last
    Column("ended", Integer),
    Column("digest", String(64), nullable=False),  # seal.fates_digest
    Column("purged", Integer),  # since when the copies themselves are gone
    CheckConstraint("planned = accepted + refused + in_doubt + skipped", name="balance"),
)
