"""A mail (.eml) -> Page: its HTML part, else its text; pictures that came with it, its subject and its day."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from urllib.parse import unquote

from newsletter.drafting.adopt.page import Page
from newsletter.drafting.adopt.read_html import read_html
from newsletter.drafting.adopt.read_text import read_text
from newsletter.drafting.adopt.tidy import squeezed, tidied
from newsletter.drafting.decode import decode
from newsletter.errors import ToMend
from newsletter.nouns.problem import Place

_HEADER = re.compile(rb"[!-9;-~]+:")
_USUAL = re.compile(
    rb"^(?:from|date|subject|mime-version|message-id|received|content-type):", re.IGNORECASE | re.MULTILINE
)
_HEAD = 20_000  # bytes in which a mail's headers stand


class NoWords(ToMend):
    """A mail has neither an HTML part nor a text."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"{file} is a mail without words. Nothing was written.",
            "Open it, copy its text into a plain text file, and name that.",
        )


def is_mail(data: bytes) -> bool:
    """Whether bytes begin with the headers of a mail."""
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    found = {one.lower() for one in _USUAL.findall(head)}
    return bool(_HEADER.match(head)) and len(found) > 2  # noqa: PLR2004 - a text may begin with From: and Date:


def read_mail(data: bytes, file: str) -> Page:
    """The mail; its places count paragraphs. Raises NoWords, NotText, TooDeep."""
    mail = BytesParser(policy=policy.default).parsebytes(data)
    body = mail.get_body(preferencelist=("html", "plain")) if isinstance(mail, EmailMessage) else None
    raw = body.get_payload(decode=True) if body is not None else None
    if body is None or not isinstance(raw, bytes) or not raw.strip():
        raise NoWords(file)
    text = decode(raw, file, str(body.get_content_charset() or ""))
    if body.get_content_subtype() == "html":
        page = read_html(text, file, unit="paragraph", fetched=_pictures(mail))
    else:
        page = read_text(text, file)
        blocks = (replace(one, place=Place(file, number), stretches=()) for number, one in enumerate(page.blocks, 1))
        page = replace(page, blocks=tuple(blocks))
    return replace(page, kind="mail", unit="paragraph", title=_subject(mail), sent=_day(mail))


def _pictures(mail: EmailMessage) -> Callable[[str], bytes]:
    there: dict[str, bytes] = {}
    for part in mail.walk():
        named, raw = str(part.get("Content-ID") or "").strip(" <>"), part.get_payload(decode=True)
        if named and isinstance(raw, bytes) and part.get_content_maintype() == "image":
            there[f"cid:{named}"] = raw
    return lambda source: there.get(unquote(source), b"")


def _subject(mail: EmailMessage) -> str:
    try:
        return squeezed(tidied(str(mail["Subject"] or "")))
    except (ValueError, LookupError, IndexError, AttributeError):  # of headers that no program should write
        return ""


def _day(mail: EmailMessage) -> date | None:
    try:
        return mail["Date"].datetime.date() if mail["Date"] else None
    except (ValueError, LookupError, IndexError, AttributeError):
        return None
