"""Encoded edition and recipient -> Message: one splice, and the few header fields that are the recipient's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from email.utils import format_datetime
from functools import lru_cache

from newsletter.letters.answers import reader_answers
from newsletter.letters.encode import Encoded
from newsletter.letters.fill import join
from newsletter.letters.headers import text_field, wire_address, wire_mailbox_field
from newsletter.letters.quoted import quoted
from newsletter.nouns.letter import Message
from newsletter.nouns.person import Recipient

Sign = Callable[[Encoded, Sequence[bytes], Sequence[bytes], dt.datetime], bytes]
"""The edition, the reader's own header fields, the body in pieces and the time -> the fields that sign them."""


@dataclass(slots=True)
class Composed:
    """A message that may yet be signed."""

    encoded: Encoded = field(repr=False)
    own: tuple[bytes, ...] = field(repr=False)  # the header fields that are the recipient's own
    body: list[bytes] = field(repr=False)
    recipient: str = field(repr=False)
    message_id: str
    now: dt.datetime

    def message(self, sign: Sign | None = None) -> Message:
        """The whole, signed if it is to be; that may take a thousand times as long as what was done so far."""
        signed = sign(self.encoded, self.own, self.body, self.now) if sign else b""
        # The only copy of what is the same for all.
        data = b"".join((signed, *self.own, self.encoded.head, b"\r\n", *self.body))
        return Message(self.encoded.sender, self.recipient, self.message_id, data, dotless=True)


def compose(
    encoded: Encoded, recipient: Recipient, *, leave: str, message_id: str, now: dt.datetime, sign: Sign | None = None
) -> Message:
    """The message of one recipient, ``now`` with its zone; ``leave`` is her leave link. Raises UnfitAddress."""
    return composed(encoded, recipient, leave=leave, message_id=message_id, now=now).message(sign)


def composed(encoded: Encoded, recipient: Recipient, *, leave: str, message_id: str, now: dt.datetime) -> Composed:
    """The same, for whoever signs it later. Raises UnfitAddress.

    No line of it begins with a dot, and it ends with CRLF: SMTP has nothing to double or to add (RFC 5321 §4.5.2).
    """
    if now.tzinfo is None:
        raise ValueError("the time of a message needs its zone")
    answer, address = reader_answers(recipient.name, leave, str), wire_address(recipient.address)
    subject = encoded.subject
    own = (
        _date_field(now.replace(microsecond=0)),
        f"Message-ID: {message_id}\r\n".encode("ascii"),
        wire_mailbox_field("To", recipient.name, address),
        subject if isinstance(subject, bytes) else text_field("Subject", join(subject, answer)),
        *_leave_fields(leave),
    )
    body = [part if isinstance(part, bytes) else quoted(answer(part), goes_on=True) for part in encoded.body]
    return Composed(encoded, own, body, address, message_id, now)


@lru_cache(maxsize=8)
def _date_field(now: dt.datetime) -> bytes:
    return f"Date: {format_datetime(now)}\r\n".encode("ascii")


def _leave_fields(leave: str) -> tuple[bytes, ...]:
    """One URI, never folded within (RFC 2369 §2); one click where it is a page of ours (RFC 8058 §3.1)."""
    field = f"List-Unsubscribe: <{leave}>\r\n".encode("ascii")
    return (field, b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n") if leave.startswith("https:") else (field,)
