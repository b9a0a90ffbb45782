"""What a server offers, and a message -> the commands of its envelope: MAIL, RCPT, DATA, with what the offer allows."""

from __future__ import annotations

import re
import smtplib
from dataclasses import dataclass

from newsletter.delivery.replies import Step
from newsletter.nouns.letter import Message

STEPS = (Step.MAIL, Step.RCPT, Step.DATA)
_OPAQUE = re.compile(r"[A-Za-z0-9.]{1,100}")  # RFC 3461 §4.4; letters and digits need no xtext


@dataclass(frozen=True, slots=True)
class Offer:
    """What the answer to EHLO offers of what we use."""

    pipelining: bool
    size_asked: bool  # SIZE= is taken (RFC 1870)
    limit: int  # bytes of a message, 0 for none that is said
    eight_bit: bool
    utf8: bool
    dsn: bool


def offer(session: smtplib.SMTP) -> Offer:
    """Read it, once a session."""
    limit = session.esmtp_features.get("size", "")
    return Offer(
        pipelining=session.has_extn("pipelining"),
        size_asked=session.has_extn("size"),
        limit=int(limit) if limit.isdecimal() and limit.isascii() else 0,
        eight_bit=session.has_extn("8bitmime"),
        utf8=session.has_extn("smtputf8"),
        dsn=session.has_extn("dsn"),
    )


def envelope(message: Message, offered: Offer) -> tuple[bytes, bytes, bytes]:
    """The three commands. Notice of failure is asked for with headers only, under an opaque id (S19, RFC 3461)."""
    mail, rcpt = f"MAIL FROM:<{message.sender}>", f"RCPT TO:<{message.recipient}>"
    if offered.size_asked:
        mail += f" SIZE={len(message.data)}"
    plain = message.sender.isascii() and message.recipient.isascii()
    if offered.eight_bit and not (plain and message.data.isascii()):
        mail += " BODY=8BITMIME"
    if not plain:
        mail += " SMTPUTF8"
    if offered.dsn:
        opaque = message.message_id.strip("<>").partition("@")[0]
        mail += " RET=HDRS" + (f" ENVID={opaque}" if _OPAQUE.fullmatch(opaque) else "")
        rcpt += " NOTIFY=FAILURE"
    return f"{mail}\r\n".encode(), f"{rcpt}\r\n".encode(), b"DATA\r\n"


def stuffed(message: Message) -> bytes:
    """The text as it travels, without the final dot: a dot at a line's start is doubled once (RFC 5321 §4.5.2)."""
    data = message.data
    if not message.dotless and (b"\r\n." in data or data.startswith(b".")):
        data = (b"." if data.startswith(b".") else b"") + data.replace(b"\r\n.", b"\r\n..")
    return data if data.endswith(b"\r\n") else data + b"\r\n"
