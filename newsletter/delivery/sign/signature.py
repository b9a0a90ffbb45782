"""Header fields, body, key and time -> a DKIM-Signature field, relaxed/relaxed, without l= and i= (RFC 6376, RFC 8463)."""

from __future__ import annotations

import datetime as dt
import hashlib
from base64 import b64encode
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

from newsletter.delivery.sign.keys import PrivateKey
from newsletter.letters.canonical import relaxed_field

_HOLDS = (
    21 * 24 * 3600
)  # seconds until x=: longer than any server keeps trying (RFC 5321 §4.5.4.1), too short for replays
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


@dataclass(frozen=True, slots=True)
class Form:
    """A signature of one key over fields of the same names, but for what differs from letter to letter."""

    key: Key
    over: tuple[bytes, ...]  # the names of the fields that are there and signed, in order
    written: bytes  # the field up to its empty b=, with gaps for t=, x= and bh=
    relaxed: bytes  # the same in relaxed form


def form(key: Key, there: Collection[bytes], rewritten: frozenset[str]) -> Form:
    """The form for letters with fields of these names; those ``rewritten`` on the way are left out.

    A name that is listed once more than it stands there cannot be added without being noticed.
    """
    twice, once = ([name.encode() for name in names if name not in rewritten] for names in (_TWICE, _ONCE))
    over = tuple(name for name in twice + once if name in there)
    lines = [f"DKIM-Signature: v=1; a={key.algorithm}; c=relaxed/relaxed;", f" d={key.domain};"]
    lines += [f" s={key.selector}; t=%d; x=%d;", *_listed([*over, *twice]), " bh=%s;", " b="]
    written = "\r\n".join(lines).encode("ascii")
    return Form(key, over, written, relaxed_field(written).removesuffix(b"\r\n"))


def signature(form: Form, fields: Mapping[bytes, bytes], body_hash: bytes, now: dt.datetime) -> bytes:
    """The whole field; ``fields`` are in relaxed form, by name."""
    begun = int(now.timestamp())
    own = (begun, begun + _HOLDS, body_hash)
    over = b"".join([fields[name] for name in form.over])
    signed = b64encode(_raw(form.key.private, over + form.relaxed % own))
    lines = [signed[at : at + _WIDTH] for at in range(0, len(signed), _WIDTH)]
    return form.written % own + b"\r\n ".join(lines) + b"\r\n"


def hash_body(body: Iterable[bytes]) -> bytes:
    """The tag bh= of a body in relaxed form, given in pieces; while a long one is hashed other threads go on."""
    state = hashlib.sha256()
    for piece in body:
        state.update(piece)
    return b64encode(state.digest())


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
