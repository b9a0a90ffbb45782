"""Recipient -> the link by which she leaves the list, and back again; it never expires and nobody else can make it."""

from __future__ import annotations

import hmac
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import cache
from urllib.parse import quote, urlsplit

from newsletter.letters.headers import wire_address, wire_domain
from newsletter.letters.keyed_hash import keyed_hash
from newsletter.nouns.draft import Profile

PURPOSE = "leave-link"
"""What ``Vault.derive`` is asked for to get the secret."""

NOBODY = "0" * 32
"""The recipient of rehearsals and test copies: a link of hers is well formed and removes no one."""

_VERSION = b"\x01"
_ID = 16
_SEAL = 16
_TOKEN = re.compile(r"[A-Za-z0-9_-]{44}")  # 33 octets fill 44 characters exactly: no character is without effect


def leave_token(secret: bytes, recipient_id: str) -> str:
    """The secret word of a leave link: the subscriber's random id under a seal (RFC 8058 §3.1: hard to forge)."""
    body = _VERSION + bytes.fromhex(recipient_id)
    if len(body) != 1 + _ID:
        raise ValueError("a subscriber's id has 32 hexadecimal digits")
    return urlsafe_b64encode(body + _seal(secret, body)).decode("ascii")


def read_token(secret: bytes, token: str) -> str | None:
    """The subscriber's id that a token stands for, None for a token that is not ours; in constant time."""
    if not _TOKEN.fullmatch(token):
        return None
    whole = urlsafe_b64decode(token)
    body = whole[: 1 + _ID]
    genuine = hmac.compare_digest(_seal(secret, body), whole[1 + _ID :])
    return body[1:].hex() if genuine and body[:1] == _VERSION else None


def leave_url(token: str, *, public_url: str, leave_by_mail: str) -> str:
    """Where a reader leaves: a page of ours where there is a public address, else a message to write. In ASCII."""
    if public_url:
        return f"{_in_ascii(public_url)}/u/{token}"
    return f"mailto:{mailto_address(leave_by_mail)}?subject=leave%20{token}"


def leaving_address(profile: Profile) -> str:
    """Who gets the messages of those who leave by mail: the profile's own address for it, else the sender's."""
    return profile.leave_by_mail or profile.sender.reply_to or profile.sender.address


def picture_url(public_url: str, name: str) -> str:
    """Where a picture stands under the public address: the same for every reader."""
    return f"{_in_ascii(public_url)}/images/{quote(name)}"


def mailto_address(address: str) -> str:
    """An address as a mailto URI holds it (RFC 6068 §2). Raises UnfitAddress."""
    local, _, domain = wire_address(address).rpartition("@")
    safe = quote(local, safe="!$'*+-._~")
    return f"{safe}@{domain}"


def _seal(secret: bytes, body: bytes) -> bytes:
    return keyed_hash(secret, body)[:_SEAL]


@cache
def _in_ascii(address: str) -> str:
    parts = urlsplit(address.rstrip("/"))
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{wire_domain(parts.hostname or '')}{port}{quote(parts.path, safe='/%')}"
