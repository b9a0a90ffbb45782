"""The list -> the list and the ledger: planned editions, and the fate of each reader's copy."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the ledger's tables."""
    op.create_table(
        "planned_edition",
        sa.Column("issue", sa.String(80), nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("frozen", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("issue", "language", name=op.f("pk_planned_edition")),
    )
    op.create_table(
        "copy",
        sa.Column("issue", sa.String(80), nullable=False),
        sa.Column("subscriber", sa.String(32), nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("first_try", sa.Integer),
        sa.Column("last_try", sa.Integer),
        sa.Column("next_try", sa.Integer),
        sa.Column("code", sa.Integer, nullable=False, server_default="0"),
        sa.Column("enhanced", sa.String(12), nullable=False, server_default=""),
        sa.Column("reply", sa.String(300), nullable=False, server_default=""),
        sa.Column("sender_at_fault", sa.Boolean(create_constraint=False), nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("issue", "subscriber", name=op.f("pk_copy")),
        sa.CheckConstraint(
            "state IN ('waiting', 'intent', 'accepted', 'refused', 'deferred', 'in_doubt', 'skipped')",
            name=op.f("ck_copy_state"),
        ),
        sa.CheckConstraint("state <> 'deferred' OR next_try IS NOT NULL", name=op.f("ck_copy_deferred_until")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_copy_state", "copy", ["issue", "state"])
    op.create_index("ix_copy_last_try", "copy", ["last_try"])
