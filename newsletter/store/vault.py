"""Key + text -> a locked box and back (AES-GCM), and addresses -> keyed hashes by which they are found (HMAC-SHA256)."""

from __future__ import annotations

import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import insert, select

from newsletter.errors import StoppedForSafety, ToMend
from newsletter.store.address import canonical
from newsletter.store.database import Database
from newsletter.store.tables import key_check

KEY_BYTES = 32
NONCE_BYTES = 12  # NIST SP 800-38D section 8.2.2: random nonces, safe for 2**32 boxes under one key
FORMAT = b"\x01"


class WrongKey(StoppedForSafety):
    """The list was locked with another key than the one at hand."""

    def __init__(self) -> None:
        super().__init__(
            "The key on this computer is not the one that this list was locked with, so nothing was opened or changed.",
            "Use the key of the person who kept the list before: their file newsletter/key, or their NEWSLETTER_KEY.",
        )


class DamagedBox(ToMend):
    """A locked value was changed or moved since it was written."""

    def __init__(self) -> None:
        super().__init__(
            "A locked record of the list is damaged: it was changed since it was written, and cannot be read.",
            "Bring the folder records/ back from your last copy.",
        )


class Vault:
    """Locks what says who somebody is. The key shows in no repr, message or pickle."""

    __slots__ = ("_boxes", "_derived", "_hashes", "_key")

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError(f"a key has {KEY_BYTES} bytes")
        self._key = key
        self._derived: dict[str, bytes] = {}
        self._boxes = AESGCM(self.derive("boxes"))
        self._hashes = hmac.new(self.derive("addresses"), digestmod="sha256")

    def __repr__(self) -> str:
        return "<Vault>"

    def __reduce__(self) -> str:
        raise TypeError("a vault is not written down")

    def seal(self, text: str, purpose: str = "") -> bytes:
        """Lock a text. The purpose ("address:ID") is bound in: the box opens under the same purpose only."""
        nonce = os.urandom(NONCE_BYTES)
        return FORMAT + nonce + self._boxes.encrypt(nonce, text.encode("utf-8"), purpose.encode("utf-8"))

    def open(self, box: bytes, purpose: str = "") -> str:
        """Unlock a box. Raises DamagedBox where it was changed, or belongs to another purpose or key."""
        nonce, locked = box[1 : 1 + NONCE_BYTES], box[1 + NONCE_BYTES :]
        if box[:1] != FORMAT or len(nonce) != NONCE_BYTES:
            raise DamagedBox
        try:
            return self._boxes.decrypt(nonce, locked, purpose.encode("utf-8")).decode("utf-8")
        except InvalidTag:
            raise DamagedBox from None

    def address_hash(self, address: str) -> bytes:
        """32 bytes that are the same for every spelling of one address and mean nothing without the key."""
        state = self._hashes.copy()
        state.update(canonical(address).encode("utf-8", "surrogatepass"))
        return state.digest()

    def derive(self, purpose: str) -> bytes:
        """A key of 32 bytes for one purpose (HKDF-SHA256, RFC 5869): leave links, Message-IDs."""
        if purpose not in self._derived:
            step = HKDF(SHA256(), KEY_BYTES, salt=b"newsletter", info=purpose.encode("utf-8"))
            self._derived[purpose] = step.derive(self._key)
        return self._derived[purpose]


def key_is_known(database: Database) -> bool:
    """Whether this database was locked with some key already."""
    with database.read() as connection:
        return connection.execute(select(key_check.c.id)).first() is not None


def check_key(database: Database, vault: Vault) -> None:
    """Raise WrongKey where the database was locked with another key; a new database remembers this one's mark."""
    mark = vault.derive("key check")
    with database.read() as connection:
        known = connection.execute(select(key_check.c.mark)).scalar()
    if known is None:
        with database.write() as connection:
            known = connection.execute(select(key_check.c.mark)).scalar()
            if known is None:
                connection.execute(insert(key_check).values(id=1, mark=mark))
                return
    if not hmac.compare_digest(bytes(known), mark):
        raise WrongKey
