"""What people type -> an address, a name, a language or a date that can be kept, or why not."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum

from newsletter.errors import ToMend
from newsletter.store.address import domain_to_ascii, without_invisible

LONGEST_ADDRESS = 254  # RFC 5321 section 4.5.3.1.3, less the brackets
LONGEST_LOCAL = 64  # section 4.5.3.1.1
LONGEST_NAME = 120
MONTHS = 12
_JOINERS = "\u200c\u200d"  # they hold letters of Persian and parts of an emoji together

_LOCAL = re.compile(r"[^\s.@\"(),:;<>\[\\\]\x00-\x20\x7f-\xa0]+(?:\.[^\s.@\"(),:;<>\[\\\]\x00-\x20\x7f-\xa0]+)*")
_DOMAIN = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?=.*[a-z])[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"  # RFC 5890
)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*")
_DATE = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ].*)?")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T ].*)?")
_LANGUAGES = {
    "english": "en",
    "ingles": "en",
    "anglais": "en",
    "spanish": "es",
    "espanol": "es",
    "castellano": "es",
    "french": "fr",
    "francais": "fr",
    "frances": "fr",
    "german": "de",
    "deutsch": "de",
    "aleman": "de",
    "portuguese": "pt",
    "portugues": "pt",
    "quechua": "qu",
    "aymara": "ay",
}


class BadAddress(ToMend):
    """Something that is no e-mail address. What it is is not repeated: it may well be somebody's, mistyped."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"That is not an e-mail address: {reason}.", "An address looks like ana@example.org")
        self.reason = reason


def read_address(text: str) -> str:
    """An address as it is kept: blanks and invisible characters gone, its domain in lower-case A-labels.

    Local parts beyond ASCII are kept (RFC 6531). Control characters, blanks, quotes and brackets inside are refused:
    nobody's address has them, and they are how a header is smuggled into a letter. Raises BadAddress.
    """
    text = unicodedata.normalize("NFC", without_invisible(text).strip())
    if not text:
        raise BadAddress("it is empty")
    if _damaged(text):
        raise BadAddress("it holds a character that was damaged on its way here")
    local, at, domain = text.rpartition("@")
    if not at or not local or not domain:
        raise BadAddress("it has no @ with something on both sides")
    if not _LOCAL.fullmatch(local):
        raise BadAddress("what stands before the @ has a blank, a quotation mark, a bracket or a stray dot in it")
    domain = domain_to_ascii(domain)
    if not _DOMAIN.fullmatch(domain):
        raise BadAddress("what stands behind the @ is not the name of a mail domain")
    if len(local.encode()) > LONGEST_LOCAL or len(local.encode()) + 1 + len(domain) > LONGEST_ADDRESS:
        raise BadAddress("it is longer than an address can be")
    return f"{local}@{domain}"


def one_line(text: str) -> str:
    """A text in one line: control and invisible characters gone, blanks single."""
    kept = (" " if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") else char for char in text)
    seen = without_invisible("".join(kept), but=_JOINERS)
    return unicodedata.normalize("NFC", " ".join(seen.split()))


def read_name(text: str) -> str | None:
    """A name in one line; None where it is damaged or longer than 120 characters: cut, it would be a wrong name."""
    name = one_line(text)
    return None if _damaged(text) or len(name) > LONGEST_NAME else name


def _damaged(text: str) -> bool:
    """Whether a text was read in a wrong encoding before it came here: with lost characters, or ``JosÃ©`` for José."""
    if any(char == "\ufffd" or unicodedata.category(char) == "Cs" for char in text):
        return True
    try:
        return text.encode("cp1252").decode("utf-8") != text
    except UnicodeError:
        return False


def read_language(text: str) -> str | None:
    """A language as a BCP 47 tag in lower case, ``es-pe``; "" where nothing is said, None where it is not understood."""
    text = plain_word(text)
    if text in _LANGUAGES:
        return _LANGUAGES[text]
    tag = text.replace("_", "-")
    return tag if not tag or _LANGUAGE.fullmatch(tag) else None


class DayOrder(StrEnum):
    """How a column writes dates that end with the year."""

    DAY_FIRST = "the day first, then the month"
    MONTH_FIRST = "the month first, then the day"


def day_order(column: Iterable[str]) -> DayOrder | None:
    """The order in which a column's dates must be meant, by those that can be read in one way only; None in doubt."""
    dates = [(int(found[1]), int(found[2])) for text in column if (found := _YEAR_LAST.fullmatch(text.strip()))]
    day_first = any(first > MONTHS for first, _ in dates)
    month_first = any(second > MONTHS for _, second in dates)
    if day_first == month_first:
        return None
    return DayOrder.DAY_FIRST if day_first else DayOrder.MONTH_FIRST


def read_date(text: str, order: DayOrder | None = None) -> dt.date | None:
    """A date written year first, ``2025-06-13``, whatever time follows; year last only in a known order.

    None for any other: 6/7/2025 is anybody's guess.
    """
    found = _DATE.fullmatch(text.strip())
    parts = found.groups() if found else ()
    if not found and order and (found := _YEAR_LAST.fullmatch(text.strip())):
        first, second, year = found.groups()
        parts = (year, second, first) if order is DayOrder.DAY_FIRST else (year, first, second)
    try:
        return dt.date(*(int(part) for part in parts)) if parts else None
    except ValueError:
        return None


def plain_word(text: str) -> str:
    """A word as it is compared: lower case, no accents, no blanks around."""
    bare = unicodedata.normalize("NFKD", without_invisible(text)).casefold().strip()
    return "".join(char for char in bare if not unicodedata.combining(char))
