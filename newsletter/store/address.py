"""An address as written -> its canonical form, so that every spelling of one mailbox is found by the same hash."""

from __future__ import annotations

import re
import unicodedata

import idna

_PLAIN = re.compile(r"[!-?A-~]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]+")
"""Printable ASCII with a domain that has no A-label in it: nothing to do but to lower the case."""

_JOINERS = "\u200c\u200d"
"""Zero-width joiner and non-joiner, which RFC 5892 allows in some scripts' domains."""

_ROUNDS = 4  # NFKC and case folding settle after two; four is a bound, not a need


def canonical(address: str) -> str:
    """The same text for every way to write one address: blanks, case, Unicode form, U-label or A-label.

    The local part is folded too. RFC 5321 section 2.4 lets a server tell Ana@ from ana@, yet none that people use
    does; to take them for one errs on the side of somebody who has left. A plus-tag stays as it is given.
    """
    stripped = address.strip()
    if _PLAIN.fullmatch(stripped) and "xn--" not in stripped.lower():
        return stripped.lower()
    local, at, domain = unicodedata.normalize("NFKC", stripped).rpartition("@")
    return f"{_fold(local)}{at}{domain_to_ascii(domain)}"


def domain_to_ascii(domain: str) -> str:
    """A domain in lower-case A-labels (UTS 46); folded like a local part where that cannot be done.

    Not folded before: UTS 46 keeps a German sharp s and a Greek final sigma, which case folding would lose.
    """
    seen = without_invisible(domain, but=_JOINERS).strip(" \t\r\n.\u3002")
    try:
        return idna.encode(seen, uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError):
        return _fold(domain).strip(".")


def without_invisible(text: str, but: str = "") -> str:
    """The text without characters that nobody sees but that make two words differ: zero-width, byte order mark."""
    return "".join(char for char in text if char in but or unicodedata.category(char) != "Cf")


def _fold(text: str) -> str:
    for _ in range(_ROUNDS):
        folded = unicodedata.normalize("NFKC", without_invisible(text).casefold()).strip()
        if folded == text:
            break
        text = folded
    return text
