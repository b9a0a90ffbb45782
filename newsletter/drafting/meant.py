"""What somebody typed for a date, a time, an address or a name -> what she most likely meant, as advice; "" if unknown."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from unicodedata import combining, normalize

from newsletter.time_zone import names, place

NOTHING: Mapping[str, str] = {}
DATE = "A date is written year-month-day, such as 2025-07-04."
TIME = "A time is written with 24 hours, such as 18:30."
BROWSER = "Copy it anew from the browser."

_DASHES = re.compile("[\u2010-\u2015\u2212]")
_WEEKDAY = re.compile(
    r"^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun"
    r"|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo)[.,]? +",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(?<=\d)[ T,]+(?:at |a las )?\d{1,2}[:.h]\d{2}\D*")
_YEAR_FIRST = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", re.ASCII)
_WORD = r"(?P<month>[^\W\d]{3,})\.?"
_IN_WORDS = (
    re.compile(rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|º)?(?: de | del | of |[ -]){_WORD}(?:(?: de | del |,? |-)(?P<year>\d{{4}}))?"),
    re.compile(rf"{_WORD} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year>\d{{4}}))?"),
    re.compile(rf"{_WORD}(?: de | del |,? )(?P<year>\d{{4}})(?P<day>)"),
)  # fmt: skip
_MONTHS = ("jan|ene", "feb", "mar", "apr|abr", "may", "jun", "jul", "aug|ago", "sep|set", "oct", "nov", "dec|dic")
_CLOCK_FACE = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))? ?(?:(a|p)\.? ?m\.?|h|hs|hrs?|horas|uhr)?", re.IGNORECASE)
_MARKDOWN_LINK = re.compile(r"<([^<>\s]+)>|\[[^\]]*\]\(([^()\s]+)\)")
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}(?:[/?#]\S*)?")
_MAILBOX = re.compile(r"[^\s@/]+@[^\s@/]+\.[^\W\d_]{2,}")
_SLIP_OF_SCHEME = re.compile(r"h+t{1,3}p+(s?)[:;]?/{0,2}(?=[\w-]+\.)", re.IGNORECASE)
_YES = frozenset({"sí", "si", "y", "on", "ja", "oui", "1"})
_NO = frozenset({"n", "off", "nein", "non", "0"})


def date_meant(text: str) -> tuple[int, int, int] | None:
    """Year, month and day, which need not exist, of 2025-7-4, "Fri 4 July 2025", "July 4, 2025", "4 de julio de 2025".

    None where the text may mean another day too, or none. A month alone has day 0, a day without its year year 0.
    """
    text = _CLOCK.sub("", _WEEKDAY.sub("", _DASHES.sub("-", text.replace("\u00a0", " "))).strip())
    if found := _YEAR_FIRST.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _DAY_FIRST.fullmatch(text):
        return None if int(found[1]) <= len(_MONTHS) else (int(found[3]), int(found[2]), int(found[1]))
    for pattern in _IN_WORDS:
        if found := pattern.fullmatch(text):
            name = plain(found["month"])
            months = [number for number, start in enumerate(_MONTHS, 1) if re.match(start, name)]
            return (int(found["year"] or 0), months[0], int(found["day"] or 0)) if months else None
    return None


def date_advice(text: str) -> str:
    """How the date is to be typed. Raises ValueError where it does not exist."""
    if both := _DAY_FIRST.fullmatch(text):
        one, other, year = (int(part) for part in both.groups())
        if one <= len(_MONTHS) and other <= len(_MONTHS) and one != other:
            first, second = dt.date(year, other, one), dt.date(year, one, other)
            return f"Type {first} if it is in {calendar.month_name[other]}, {second} if it is in {calendar.month_name[one]}."
    year, month, day = date_meant(text) or (0, 0, 0)
    if day and month and not year:
        return "Give the year too, such as 2025-07-04."
    if month and not day:
        return f"Give the day too, such as {year}-{month:02}-30."
    return f"Type instead: {dt.date(year, month, day)}" if year else DATE


def time_meant(text: str) -> str:
    """The time of 6pm, 6.30 p.m., 18h30, 18.30 hs, as it is written here; "" where it is none."""
    found = _CLOCK_FACE.fullmatch(text.strip())
    if not found or text.strip().isdigit():
        return ""
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half and hour <= 12:  # noqa: PLR2004 - a clock's own figure
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return f"{dt.time(hour, minute):%H:%M}"
    except ValueError:
        return ""


def time_advice(text: str) -> str:
    """How a time is to be typed."""
    meant = time_meant(text)
    return f"Type instead: {meant}" if meant else TIME


def flag_advice(text: str) -> str:
    """The answer meant by sí, Y or off."""
    word = text.strip().lower()
    return f"Type instead: {'yes' if word in _YES else 'no'}" if word in _YES | _NO else "Type yes or no."


def url_advice(text: str) -> str:
    """The address meant by one without its beginning, with a slip in it, or in the brackets of a Markdown link."""
    if found := _MARKDOWN_LINK.fullmatch(text):
        inner = found[1] or found[2]
        return f"Type only the address: {inner}" if inner.startswith(("https://", "http://", "mailto:")) else BROWSER
    if re.search(r"\s", text):
        return BROWSER
    if _MAILBOX.fullmatch(text):
        return f"Type instead: mailto:{text}"
    if found := _SLIP_OF_SCHEME.match(text):
        return f"Type instead: http{found[1].lower()}://{text[found.end() :]}"
    return f"Type instead: https://{text}" if _HOST.fullmatch(text) else BROWSER


def plain(word: str) -> str:
    """A word without capitals and accents, to compare it with others."""
    return "".join(letter for letter in normalize("NFKD", word.casefold()) if not combining(letter)).strip()


def closest(word: str, known: Iterable[str], called: Mapping[str, str] = NOTHING) -> str:
    """The known word that was most likely meant; ``called`` are other names for them, in any language. "" for none."""
    known = tuple(known)
    bare = plain(word)
    for form in (word, bare, bare.replace(" ", "_"), bare.replace("_", "-"), bare.replace(" ", "-")):
        if form in known:
            return form
    if found := called.get(bare.replace("_", " ")):
        return found
    for form in (word, bare.replace(" ", "_"), bare.replace("_", "-")):
        if close := get_close_matches(form, known, 1, 0.7):
            return close[0]
    return ""


def zone_meant(written: str) -> str:
    """The time zone whose name is nearly this, or whose place stands in these words: ``London time``. "" for none."""
    if close := closest(written, names()):
        return close
    said = written.casefold()
    return next((name for name in names() if place(name).casefold() in said), "") if said else ""


def did_you_mean(word: str, known: Iterable[str], called: Mapping[str, str] = NOTHING) -> str:
    """The known word that was most likely meant, or all of them."""
    known = tuple(known)
    if close := closest(word, known, called):
        return f"Did you mean “{close}”?"
    return f"What may stand here: {', '.join(known)}." if known else ""
