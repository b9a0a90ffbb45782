"""Rendered and profile -> Encoded: the whole MIME message once an edition, with gaps for what is a reader's own."""

from __future__ import annotations

import hashlib
import re
from base64 import encodebytes
from collections.abc import Callable
from dataclasses import dataclass

from newsletter.errors import ToMend
from newsletter.letters.answers import escape
from newsletter.letters.headers import (
    LINE,
    UnfitAddress,
    ascii_phrase,
    mailbox_field,
    text_field,
    wire_address,
    wire_domain,
)
from newsletter.letters.leave_links import mailto_address, picture_url
from newsletter.letters.quoted import quoted
from newsletter.nouns.draft import Profile
from newsletter.nouns.letter import Dossier, PictureFile, Pieces, Rendered, Slot, SlotName

Parts = tuple[bytes | Slot, ...]
"""Encoded text and the slots between; the text before a slot ends in a soft break."""

_FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")


class NoSender(ToMend):
    """The profile does not say, or not rightly, from whom the letters come."""

    def __init__(self, file: str, key: str) -> None:
        super().__init__(
            f"{file} does not say from whom the letters come: {key} under sender is missing, or is not what it should be.",
            "An example: sender: {name: Peru coordination, address: peru@example.org, list_id: peru.news.example.org}",
        )


@dataclass(frozen=True, slots=True)
class Encoded:
    """An edition as MIME with its gaps. ``head`` ends each line with CRLF; the blank line after it is not in it."""

    sender: str  # the envelope's
    domain: str  # the sender's, as A-labels: the right side of Message-IDs
    subject: bytes | Pieces  # the whole field, or pieces where a slot stands in it
    head: bytes  # fields that are the same for all
    body: Parts


def encode(rendered: Rendered, profile: Profile, *, public_url: str = "") -> Encoded:
    """Encode an edition; pictures are linked under ``public_url`` or embedded where it is "". Raises NoSender."""
    address = _of_sender(profile, "address", profile.sender.address, wire_address)
    domain = address.rpartition("@")[2]
    personal = any(isinstance(piece, Slot) for piece in rendered.subject)
    return Encoded(
        sender=address,
        domain=domain,
        subject=rendered.subject if personal else text_field("Subject", "".join(map(str, rendered.subject))),
        head=_head(rendered, profile, domain, public_url),
        body=_alternative(rendered, domain, public_url),
    )


def encode_editions(dossier: Dossier, *, public_url: str) -> dict[str, Encoded]:
    """Encode every edition of an issue, by language. Raises NoSender."""
    return {
        language: encode(rendered, dossier.profile, public_url=public_url)
        for language, rendered in dossier.renderings.items()
    }


def _of_sender(profile: Profile, key: str, value: str, wire: Callable[[str], str]) -> str:
    try:
        return wire(value)
    except UnfitAddress:
        raise NoSender(profile.file, key) from None


def _head(rendered: Rendered, profile: Profile, domain: str, public_url: str) -> bytes:
    sender = profile.sender
    list_id = _of_sender(profile, "list_id", sender.list_id or f"newsletter.{domain}", wire_domain)
    name = ascii_phrase(profile.title.into(profile.languages[0]))
    gap = "" if not name else " " if len(f"List-Id: {name} <{list_id}>") <= LINE else "\r\n "
    owner = _of_sender(profile, "reply_to", sender.reply_to or sender.address, mailto_address)
    archive = f"List-Archive: <{public_url}/>\r\n" if public_url.isascii() and public_url else ""
    lines = (
        f"List-Id: {name}{gap}<{list_id}>\r\n"
        f"List-Help: <mailto:{owner}?subject=help>\r\n"
        f"List-Owner: <mailto:{owner}>\r\n"
        f"{archive}"
        "List-Post: NO\r\n"
        "Precedence: bulk\r\n"
        f"Feedback-ID: {rendered.issue}:{list_id}:newsletter:{_sender_mark(domain)}\r\n"
        f"Content-Language: {rendered.language}\r\n"
        "MIME-Version: 1.0\r\n"
        "Content-Transfer-Encoding: 7bit\r\n"
        f'Content-Type: multipart/alternative;\r\n boundary="{_boundary(rendered, "alternative")}"\r\n'
    )
    reply_to = mailbox_field("Reply-To", "", sender.reply_to) if sender.reply_to else b""
    return mailbox_field("From", sender.name, sender.address) + reply_to + lines.encode("ascii")


def _alternative(rendered: Rendered, domain: str, public_url: str) -> Parts:
    """Text first, HTML last (RFC 2046 §5.1.4), around the HTML its embedded pictures (RFC 2387)."""
    edge = _boundary(rendered, "alternative")
    embedded = () if public_url else _shown(rendered)
    html = _picture_answers(
        rendered.html, lambda name: picture_url(public_url, name) if public_url else f"cid:{_cid(name, domain)}"
    )
    page: Parts = (_part_head("html"), *_spliced(html))
    if embedded:
        inner = _boundary(rendered, "related")
        page = (
            f'Content-Type: multipart/related; type="text/html";\r\n boundary="{inner}"\r\n\r\n--{inner}\r\n'.encode(),
            *page,
            *(f"\r\n--{inner}\r\n".encode() + _picture_part(picture, domain) for picture in embedded),
            f"\r\n--{inner}--".encode(),
        )
    start = f"--{edge}\r\n".encode() + _part_head("plain")
    between = f"\r\n--{edge}\r\n".encode()
    return _merged((start, *_spliced(rendered.text), between, *page, f"\r\n--{edge}--\r\n".encode()))


def _part_head(subtype: str) -> bytes:
    head = f"Content-Type: text/{subtype}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    return head.encode("ascii")


def _spliced(pieces: Pieces) -> Parts:
    last = len(pieces) - 1
    return tuple(
        quoted(piece, goes_on=place < last) if isinstance(piece, str) else piece for place, piece in enumerate(pieces)
    )


def _picture_answers(pieces: Pieces, address: Callable[[str], str]) -> Pieces:
    """Pieces with the pictures' addresses put in, which are the same for all, and neighbours joined."""
    joined: list[str | Slot] = []
    for piece in pieces:
        if isinstance(piece, Slot) and piece.name is SlotName.PICTURE:
            said: str | Slot = escape(address(piece.picture), piece.context)
        else:
            said = piece
        if isinstance(said, str) and joined and isinstance(joined[-1], str):
            joined[-1] += said
        else:
            joined.append(said)
    return tuple(joined)


def _merged(parts: Parts) -> Parts:
    joined: list[bytes | Slot] = []
    for part in parts:
        if isinstance(part, bytes) and joined and isinstance(joined[-1], bytes):
            joined[-1] += part
        else:
            joined.append(part)
    return tuple(joined)


def _shown(rendered: Rendered) -> tuple[PictureFile, ...]:
    used = {piece.picture for piece in rendered.html if isinstance(piece, Slot) and piece.name is SlotName.PICTURE}
    return tuple(picture for picture in rendered.pictures if picture.name in used)


def _picture_part(picture: PictureFile, domain: str) -> bytes:
    name = f'; filename="{picture.name}"' if _FILE_NAME.fullmatch(picture.name) else ""
    head = (
        f"Content-Type: {picture.media_type}\r\nContent-Transfer-Encoding: base64\r\n"
        f"Content-ID: <{_cid(picture.name, domain)}>\r\nContent-Disposition: inline{name}\r\n\r\n"
    )
    return head.encode("ascii") + encodebytes(picture.data).rstrip().replace(b"\n", b"\r\n")


def _cid(name: str, domain: str) -> str:
    return f"{hashlib.sha256(name.encode()).hexdigest()[:32]}@{domain}"


def _boundary(rendered: Rendered, kind: str) -> str:
    """A boundary that no encoded part can hold: ``=_`` is neither quoted-printable nor base64 (RFC 2045 §6.7)."""
    return f"=_{kind}_{rendered.digest[:24]}"


def _sender_mark(domain: str) -> str:
    """Feedback-ID's SenderId: 5 to 15 characters, constant for a sender."""
    return hashlib.sha256(domain.encode()).hexdigest()[:12]
