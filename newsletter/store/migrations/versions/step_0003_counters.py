"""The ledger -> the ledger with counters that triggers keep, the audience as it was planned, seals and settlements."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_ONE_MORE = """
INSERT INTO copy_count (issue, state, number) VALUES (new.issue, new.state, 1)
ON CONFLICT (issue, state) DO UPDATE SET number = number + 1;
"""
_ONE_LESS = "UPDATE copy_count SET number = number - 1 WHERE issue = old.issue AND state = old.state;"
_ON_CHANGE = "AFTER UPDATE OF issue, state ON copy WHEN old.state <> new.state OR old.issue <> new.issue"
_SEALED = "issue, sequence, at, planned, accepted, refused, in_doubt, skipped, begun, ended, digest"
TRIGGERS = (
    f"CREATE TRIGGER copy_counted AFTER INSERT ON copy BEGIN {_ONE_MORE} END",
    f"CREATE TRIGGER copy_uncounted AFTER DELETE ON copy BEGIN {_ONE_LESS} END",
    f"CREATE TRIGGER copy_recounted {_ON_CHANGE} BEGIN {_ONE_LESS} {_ONE_MORE} END",
    f"CREATE TRIGGER seal_stays AFTER UPDATE OF {_SEALED} ON seal BEGIN SELECT RAISE(ABORT, 'a seal stays'); END",
    "CREATE TRIGGER seal_kept AFTER DELETE ON seal BEGIN SELECT RAISE(ABORT, 'a seal is kept'); END",
)


def upgrade() -> None:
    """Make the tables, count what is there, and have it counted from now on."""
    _make_counts()
    _make_settlements()
    _make_seals()
    op.add_column("copy", sa.Column("settled", sa.Integer))
    # Only what was handed over has a time, and only what was put off has another: the rest needs no place in an index.
    op.drop_index("ix_copy_last_try", "copy")
    op.create_index("ix_copy_last_try", "copy", ["last_try"], sqlite_where=sa.text("last_try IS NOT NULL"))
    op.create_index("ix_copy_next_try", "copy", ["issue", "next_try"], sqlite_where=sa.text("next_try IS NOT NULL"))
    op.execute("INSERT INTO copy_count SELECT issue, state, count(*) FROM copy GROUP BY issue, state")
    op.execute(
        "INSERT INTO audience_count SELECT issue, language, '', count(*) FROM copy"
        " WHERE language <> '' GROUP BY issue, language"
    )
    op.execute(  # who was left out from the start has no edition
        "INSERT INTO audience_count SELECT issue, '', reply, count(*) FROM copy"
        " WHERE language = '' GROUP BY issue, reply"
    )
    for trigger in TRIGGERS:
        op.execute(trigger)


def _make_counts() -> None:
    op.create_table(
        "copy_count",
        sa.Column("issue", sa.String(80), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("issue", "state", name=op.f("pk_copy_count")),
        sa.CheckConstraint("number >= 0", name=op.f("ck_copy_count_number")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "audience_count",
        sa.Column("issue", sa.String(80), nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("reason", sa.String(300), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("issue", "language", "reason", name=op.f("pk_audience_count")),
    )


def _make_settlements() -> None:
    op.create_table(
        "settlement",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("issue", sa.String(80), nullable=False),
        sa.Column("at", sa.Integer, nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("how", sa.String(8), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement")),
        sa.CheckConstraint("how IN ('as-sent', 'resend')", name=op.f("ck_settlement_how")),
    )


def _make_seals() -> None:
    op.create_table(
        "seal",
        sa.Column("issue", sa.String(80), nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("at", sa.Integer, nullable=False),
        *(
            sa.Column(name, sa.Integer, nullable=False)
            for name in ("planned", "accepted", "refused", "in_doubt", "skipped")
        ),
        sa.Column("begun", sa.Integer),
        sa.Column("ended", sa.Integer),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("purged", sa.Integer),
        sa.PrimaryKeyConstraint("issue", "sequence", name=op.f("pk_seal")),
        sa.CheckConstraint("planned = accepted + refused + in_doubt + skipped", name=op.f("ck_seal_balance")),
    )
