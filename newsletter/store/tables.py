"""The list's tables, for SQLAlchemy Core: who is on it, who must not be written to, and which key locks it.

Columns that end in ``box`` are locked by the vault; times are dates, for a list needs no finer. There is room for
nothing else about a person (UK GDPR art. 5(1)(c)): no opens, no clicks, no network addresses.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Date, Integer, LargeBinary, MetaData, String, Table

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

subscriber = Table(
    "subscriber",
    METADATA,
    Column("id", String(32), primary_key=True),  # 128 random bits in hex
    Column("address_hash", LargeBinary(32), nullable=False, unique=True),
    Column("address_box", LargeBinary, nullable=False),  # purpose address:ID
    Column("name_box", LargeBinary, nullable=False),  # purpose name:ID
    Column("language", String(35), nullable=False),  # BCP 47, "" where unknown
    Column("ground", String(16), nullable=False),  # person.Ground
    Column("source", String, nullable=False),
    Column("wording", String, nullable=False, server_default=""),  # what they agreed to, word for word
    Column("since", Date, nullable=False),
    Column("state", String(8), nullable=False),  # person.Standing
    Column("left_on", Date),
    CheckConstraint("ground IN ('consent', 'soft_opt_in')", name="ground"),
    CheckConstraint("trim(source) <> ''", name="source"),
    CheckConstraint("(state = 'active' AND left_on IS NULL) OR (state = 'left' AND left_on IS NOT NULL)", name="state"),
)

suppression = Table(
    "suppression",
    METADATA,
    Column("address_hash", LargeBinary(32), primary_key=True),
    Column("reason", String(16), nullable=False),  # audience.suppress.Reason
    Column("since", Date, nullable=False),
    CheckConstraint("reason IN ('left', 'erased', 'bounced', 'complaint', 'imported')", name="reason"),
)

key_check = Table(
    "key_check",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("mark", LargeBinary(32), nullable=False),  # derived from the key, tells nothing about it
    CheckConstraint("id = 1", name="one"),
)
