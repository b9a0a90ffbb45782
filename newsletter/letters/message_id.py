"""Issue and recipient -> Message-ID: the same at every attempt, and telling nothing about either end."""

from __future__ import annotations

from newsletter.letters.keyed_hash import keyed_hash
from newsletter.nouns.draft import IssueName

PURPOSE = "message-id"
"""What ``Vault.derive`` is asked for to get the secret."""


def message_id(secret: bytes, issue: IssueName, recipient_id: str, domain: str) -> str:
    """The Message-ID with its angle brackets, HMAC of issue and recipient at the sender's domain (RFC 5322 §3.6.4)."""
    own = keyed_hash(secret, f"{issue}\n{recipient_id}".encode())
    return f"<{own[:20].hex()}@{domain}>"
