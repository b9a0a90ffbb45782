"""Settings and the sender's domain -> Signer, or None where letters are not signed here."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from newsletter.delivery.pace.limits import limits
from newsletter.delivery.sign.set_keys import set_keys
from newsletter.delivery.sign.signature import Form, Key, form, hash_body, signature
from newsletter.errors import ToMend
from newsletter.letters.canonical import relaxed_body, relaxed_field
from newsletter.letters.encode import Encoded
from newsletter.letters.headers import UnfitAddress, wire_domain
from newsletter.settings import Settings
from newsletter.workspace import Workspace

_FIELD = re.compile(rb"[^\r\n]+(?:\r\n[ \t][^\r\n]*)*\r\n")


class NotAligned(ToMend):
    """A signature for another domain than the sender's does not speak for her (DMARC)."""

    def __init__(self, domain: str, sender: str) -> None:
        super().__init__(
            f"NEWSLETTER_DKIM_DOMAIN is {domain}, but the letters come from an address at {sender}: a signature counts"
            " only for the sender's own domain.",
            f"Set NEWSLETTER_DKIM_DOMAIN={sender} in the file .env, with a key made for it: newsletter dkim new",
        )


@dataclass(frozen=True, slots=True)
class _Edition:
    """What is the same in all letters of an edition, found out once."""

    encoded: Encoded
    fields: Mapping[bytes, bytes]  # its header fields in relaxed form, by name
    canonical: bool  # whether its body is in relaxed form already, and with it every letter's
    forms: dict[tuple[bytes, ...], list[Form]] = field(default_factory=dict)  # by the names of a letter's fields


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs letters with every key there is; may be used from several threads at once."""

    keys: tuple[Key, ...]
    rewritten: frozenset[str] = frozenset()
    _editions: dict[int, _Edition] = field(default_factory=dict, repr=False, compare=False)

    def __call__(self, encoded: Encoded, own: Sequence[bytes], body: Sequence[bytes], now: dt.datetime) -> bytes:
        """The fields that sign a letter, to stand above all others."""
        edition = self._editions.get(id(encoded)) or self._first_of(encoded)
        fields = {**edition.fields, **dict(map(_named, own))}
        hashed = hash_body(body if edition.canonical else (relaxed_body(b"".join(body)),))
        return b"".join([signature(one, fields, hashed, now) for one in self._forms(edition, tuple(fields))])

    def _forms(self, edition: _Edition, names: tuple[bytes, ...]) -> list[Form]:
        if names not in edition.forms:  # two threads may make the same at once, which does no harm
            edition.forms[names] = [form(key, names, self.rewritten) for key in self.keys]
        return edition.forms[names]

    def _first_of(self, encoded: Encoded) -> _Edition:
        """Values are encoded canonically and stand on lines of their own: it is enough to look at what is around them."""
        template = b"".join(part for part in encoded.body if isinstance(part, bytes))
        edition = _Edition(encoded, dict(map(_named, _FIELD.findall(encoded.head))), relaxed_body(template) == template)
        self._editions[id(encoded)] = edition  # it holds the edition, so that its id stays its own
        return edition


def signer(settings: Settings, sender: str, workspace: Workspace | None = None) -> Signer | None:
    """Who signs for a sender's address; ``workspace`` holds profiles of its own, which say what a relay rewrites (A1).

    Raises NotAligned, and what ``set_keys`` and ``limits`` raise.
    """
    keys = set_keys(settings)
    for key in keys:
        _refuse_foreign(key.domain, sender.rpartition("@")[2])
    if not keys:
        return None
    return Signer(keys, frozenset(name.lower() for name in limits(settings, workspace).rewrites))


def _named(one: bytes) -> tuple[bytes, bytes]:
    relaxed = relaxed_field(one)
    return relaxed.partition(b":")[0], relaxed


def _refuse_foreign(domain: str, sender: str) -> None:
    """The sender's domain or one above or below it, but no top-level domain (relaxed alignment, RFC 9989)."""
    try:
        own = wire_domain(sender).lower()
    except UnfitAddress:
        return  # encode() says in plain words what is wrong with the sender
    related = domain == own or own.endswith(f".{domain}") or domain.endswith(f".{own}")
    if "." not in domain or not related:
        raise NotAligned(domain, own)
