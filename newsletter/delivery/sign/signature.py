"""Header fields, body, key and time -> a DKIM-Signature field, relaxed/relaxed, without l= and i= (RFC 6376, RFC 8463)."""

from __future__ import annotations

import datetime as dt
import hashlib
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

from newsletter.delivery.sign.keys import PrivateKey
from newsletter.letters.canonical import relaxed_field

HOLDS = dt.timedelta(days=21)  # x=: longer than any server keeps trying (RFC 5321 §4.5.4.1), too short for replays
_WIDTH = 74
_PADDING, _SHA256 = PKCS1v15(), SHA256()

# What mailboxes show or act on, and the one more that must not be put above it (RFC 6376 §5.4, §8.15; RFC 8058 §4).
_TWICE = (
    *("from", "to", "subject", "date", "reply-to", "mime-version", "content-type"),
    *("list-unsubscribe", "list-unsubscribe-post"),
)
_ONCE = ("message-id", "content-transfer-encoding", "list-id", "feedback-id")  # some relays add one of their own


@dataclass(frozen=True, slots=True)
class Key:
    """A private key, and under which name in which domain its public half is found."""

    domain: str
    selector: str
    private: PrivateKey = field(repr=False)

    @property
    def algorithm(self) -> str:
        """The word of the tag a=."""
        return "ed25519-sha256" if isinstance(self.private, Ed25519PrivateKey) else "rsa-sha256"


def signature(
    key: Key, fields: Mapping[bytes, bytes], body_hash: bytes, now: dt.datetime, *, rewritten: frozenset[str]
) -> bytes:
    """The whole field; ``fields`` are in relaxed form, by name; those ``rewritten`` on the way are left out."""
    names = _signed(fields, rewritten)
    unsigned = _unsigned(key, names, body_hash, int(now.timestamp()))
    over = b"".join(map(fields.__getitem__, dict.fromkeys(name for name in names if name in fields)))
    signed = b64encode(_raw(key.private, over + relaxed_field(unsigned)[:-2])).decode("ascii")
    return unsigned + "\r\n ".join(signed[at : at + _WIDTH] for at in range(0, len(signed), _WIDTH)).encode() + b"\r\n"


def hash_body(body: bytes) -> bytes:
    """The tag bh= of a body in relaxed form."""
    return b64encode(hashlib.sha256(body).digest())


def _signed(fields: Mapping[bytes, bytes], rewritten: frozenset[str]) -> list[bytes]:
    """The names of h=: one that is listed once more than it stands there cannot be added without being noticed."""
    names = [name.encode() for name in _TWICE + _ONCE if name not in rewritten]
    return [*(name for name in names if name in fields), *(name.encode() for name in _TWICE if name not in rewritten)]


def _unsigned(key: Key, names: list[bytes], body_hash: bytes, now: int) -> bytes:
    """The field with an empty b=, folded between tags and between names."""
    until = now + int(HOLDS.total_seconds())
    lines = [f"DKIM-Signature: v=1; a={key.algorithm}; c=relaxed/relaxed;", f" d={key.domain};"]
    lines += [f" s={key.selector}; t={now}; x={until};", *_listed(names), f" bh={body_hash.decode()};", " b="]
    return "\r\n".join(lines).encode("ascii")


def _listed(names: list[bytes]) -> list[str]:
    lines = [" h="]
    for number, name in enumerate(names):
        piece = name.decode() + (";" if number == len(names) - 1 else ":")
        if len(lines[-1]) + len(piece) > _WIDTH:
            lines.append(" ")
        lines[-1] += piece
    return lines


def _raw(private: PrivateKey, data: bytes) -> bytes:
    """The signature itself; other threads go on meanwhile."""
    if isinstance(private, Ed25519PrivateKey):
        return private.sign(hashlib.sha256(data).digest())  # RFC 8463 §3
    return private.sign(data, _PADDING, _SHA256)
