"""Nothing -> the list: subscribers, suppressions, the mark of the key."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the first tables."""
    op.create_table(
        "subscriber",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("address_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("address_box", sa.LargeBinary, nullable=False),
        sa.Column("name_box", sa.LargeBinary, nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("ground", sa.String(16), nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("wording", sa.String, nullable=False, server_default=""),
        sa.Column("since", sa.Date, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("left_on", sa.Date),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriber")),
        sa.UniqueConstraint("address_hash", name=op.f("uq_subscriber_address_hash")),
        sa.CheckConstraint("ground IN ('consent', 'soft_opt_in')", name=op.f("ck_subscriber_ground")),
        sa.CheckConstraint("trim(source) <> ''", name=op.f("ck_subscriber_source")),
        sa.CheckConstraint(
            "(state = 'active' AND left_on IS NULL) OR (state = 'left' AND left_on IS NOT NULL)",
            name=op.f("ck_subscriber_state"),
        ),
    )
    op.create_table(
        "suppression",
        sa.Column("address_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("reason", sa.String(16), nullable=False),
        sa.Column("since", sa.Date, nullable=False),
        sa.PrimaryKeyConstraint("address_hash", name=op.f("pk_suppression")),
        sa.CheckConstraint(
            "reason IN ('left', 'erased', 'bounced', 'complaint', 'imported')", name=op.f("ck_suppression_reason")
        ),
    )
    op.create_table(
        "key_check",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("mark", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_check")),
        sa.CheckConstraint("id = 1", name=op.f("ck_key_check_one")),
    )
