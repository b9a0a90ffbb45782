"""Names, subjects and addresses -> header fields as bytes: folded, encoded by RFC 2047, closed to injection.

The standard library's policies write encoded-words of 76 characters (the limit is 75) and encode a long
List-Unsubscribe, which no mailbox understands; hence our own few lines, with its parser as the oracle in the tests.
"""

from __future__ import annotations

import re
import unicodedata
from base64 import b64encode
from collections.abc import Callable
from functools import lru_cache

import idna

from newsletter.errors import ToMend
from newsletter.letters.answers import one_line

LINE = 78  # RFC 5322 §2.1.1
_LINE_OF_WORDS = 76  # RFC 2047 §2, a line that holds an encoded-word
_WORD = 75  # RFC 2047 §2, the encoded-word itself
_FRAME = len("=?utf-8?q??=")
_LONGEST_PLAIN_WORD = 60
_LONGEST_ADDRESS = 254  # RFC 5321 §4.5.3.1.3, less the angle brackets

_PLAIN = re.compile(r"[ -~]*")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_Q_AS_IS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!*+-/")  # RFC 2047 §5(3)
_LOCAL_PART = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u00a1-\U0010ffff-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u00a1-\U0010ffff-]+)*"
)
_DOMAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?)*")


class UnfitAddress(ToMend):
    """An address that mail cannot be sent to. The address itself is not repeated."""

    def __init__(self) -> None:
        super().__init__(
            "This is not an address that mail can be sent to.", "An address is a name, the sign @ and a domain."
        )


def text_field(name: str, text: str) -> bytes:
    """An unstructured field such as Subject, folded at 78 or in encoded-words, with its CRLF."""
    value = one_line(text)
    if _stays_plain(value):
        return _fold(f"{name}:", re.findall(r" *[^ ]+", f" {value}"))
    return f"{name}: {_words(value, len(name) + 2)}\r\n".encode("ascii")


def mailbox_field(name: str, display: str, address: str) -> bytes:
    """A field with one mailbox, such as From or To, with its CRLF. Raises UnfitAddress."""
    return wire_mailbox_field(name, display, wire_address(address))


def wire_mailbox_field(name: str, display: str, travels: str) -> bytes:
    """The same of an address as it travels."""
    phrase = _phrase(one_line(display), len(name) + 2)
    angled = f"<{travels}>" if phrase else travels
    last = f"{name}: {phrase}".rsplit("\r\n", 1)[-1]
    gap = "" if not phrase else " " if len(last) + 1 + len(angled) <= LINE else "\r\n "
    return f"{name}: {phrase}{gap}{angled}\r\n".encode()


def wire_address(address: str) -> str:
    """An address as it travels: its domain as A-labels (IDNA 2008, UTS 46). Raises UnfitAddress."""
    local, at, domain = unicodedata.normalize("NFC", address).rpartition("@")
    if not at or not _LOCAL_PART.fullmatch(local) or not local.isprintable():
        raise UnfitAddress
    whole = f"{local}@{wire_domain(domain)}"
    if len(whole.encode()) > _LONGEST_ADDRESS:
        raise UnfitAddress
    return whole


@lru_cache(maxsize=1024)
def wire_domain(domain: str) -> str:
    """A domain as A-labels. Raises UnfitAddress."""
    try:
        labels = domain if domain.isascii() else idna.encode(domain, uts46=True).decode("ascii")
    except idna.IDNAError:
        raise UnfitAddress from None
    if not _DOMAIN.fullmatch(labels):
        raise UnfitAddress
    return labels


def ascii_phrase(text: str) -> str:
    """A display name for a field that must hold no encoded-word (List-Id): accents dropped, quoted where needed."""
    bare = unicodedata.normalize("NFKD", one_line(text)).encode("ascii", "ignore").decode("ascii")
    bare = " ".join(bare.replace("=?", "").split())[:_LONGEST_PLAIN_WORD].strip()
    return bare if not bare or _ATOMS.fullmatch(bare) else _quote(bare)


def _stays_plain(text: str) -> bool:
    short = all(len(word) <= _LONGEST_PLAIN_WORD for word in text.split(" "))
    return bool(_PLAIN.fullmatch(text)) and "=?" not in text and short


def _fold(line: str, tokens: list[str]) -> bytes:
    lines = [line]
    for token in tokens:
        if len(lines[-1]) + len(token) > LINE and lines[-1].strip():
            lines.append(token)
        else:
            lines[-1] += token
    return ("\r\n".join(lines) + "\r\n").encode("ascii")


def _phrase(text: str, column: int) -> str:
    if _stays_plain(text) and len(text) <= _LONGEST_PLAIN_WORD:
        return text if not text or _ATOMS.fullmatch(text) else _quote(text)
    return _words(text, column)


def _quote(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _words(text: str, column: int) -> str:
    """Encoded-words in Q or B, whichever is shorter, each of whole characters, one a line."""
    q = sum(map(_q_cost, text)) <= len(text.encode()) * 4 // 3
    first = min(_WORD, _LINE_OF_WORDS - column) - _FRAME
    parts = _cut(text, first, _WORD - _FRAME, _q_cost if q else None)
    frame: Callable[[str], str] = _q_word if q else _b_word
    return "\r\n ".join(frame(part) for part in parts)


def _cut(text: str, first: int, room: int, q_cost: Callable[[str], int] | None) -> list[str]:
    parts, size = [""], 0
    for character in text:
        size += q_cost(character) if q_cost else len(character.encode())
        there = first if len(parts) == 1 else room
        if (size if q_cost else -(-size // 3) * 4) > there:
            parts.append("")
            size = q_cost(character) if q_cost else len(character.encode())
        parts[-1] += character
    return parts


def _q_cost(character: str) -> int:
    return 1 if character in _Q_AS_IS or character == " " else 3 * len(character.encode())


def _q_word(text: str) -> str:
    said = (c if c in _Q_AS_IS else "_" if c == " " else "".join(f"={byte:02X}" for byte in c.encode()) for c in text)
    return f"=?utf-8?q?{''.join(said)}?="


def _b_word(text: str) -> str:
    return f"=?utf-8?b?{b64encode(text.encode()).decode('ascii')}?="
