"""A YAML string -> the value of its field: one function a kind; Unfit says in plain words why it cannot be."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from unicodedata import normalize
from urllib.parse import urlsplit

from newsletter import languages, time_zone
from newsletter.drafting.meant import (
    BROWSER,
    DATE,
    TIME,
    date_advice,
    date_meant,
    did_you_mean,
    flag_advice,
    time_advice,
    url_advice,
    zone_meant,
)
from newsletter.nouns.draft import UNSURE, IssueName, Kind, PartialDate, Path, Translated

YES = frozenset({"yes", "true"})
NO = frozenset({"no", "false"})
LONGEST_NUMBER = 9

KEY = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_ADDRESS = re.compile(
    r"[^\s@<>(),;:\"\\\[\]]+@(?:[^\s@<>(),;:\"\\\[\]._-][^\s@<>(),;:\"\\\[\].]*\.)+[^\s@<>(),;:\"\\\[\].]{2,}"
)
_HOST = re.compile(r"[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)+")
_TABS = re.compile(r"\t+")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_MONTH = re.compile(r"(\d{4})(?:-(\d{2}))?", re.ASCII)
_TIME = re.compile(r"(\d{1,2}):(\d{2})", re.ASCII)
_MONTH_NAMES = tuple(calendar.month_name)


class Unfit(ValueError):
    """A value that its field cannot hold; ``inside`` is the way from the field to the guilty part."""

    def __init__(self, message: str, hint: str = "", inside: Path = (), *, wants_text: bool = False) -> None:
        super().__init__(message)
        self.message = message
        self.wants_text = wants_text
        self.hint = hint
        self.inside = inside


WRITE_IT = "Write the text after the colon; before a text of several lines type a | there: body: |"


def written(value: object) -> str:
    """What stands there as a string. Raises Unfit for a list or for names with values."""
    if isinstance(value, str):
        return value
    what = "a list" if isinstance(value, list) else "names with values of their own"
    raise Unfit(f"A text belongs here, not {what}.", WRITE_IT, wants_text=True)


def markdown(value: object) -> str:
    """Markdown, its characters composed (NFC), nothing else changed."""
    return normalize("NFC", written(value))


def line(value: object) -> str:
    """A text on one line: line breaks and tabs become spaces, characters are composed (NFC)."""
    return tidy(written(value))


def tidy(text: str) -> str:
    """What `line` makes of a string."""
    lines = (part.strip() for part in text.split("\n"))
    return normalize("NFC", _TABS.sub(" ", " ".join(part for part in lines if part)))


def file(value: object) -> str:
    """A file's name, its characters as they are: the disk may hold them uncomposed."""
    return written(value).strip()


def url(value: object) -> str:
    """An address that a reader can open: https, http or mailto."""
    text = written(value).strip()
    if not text:
        return ""
    advice = url_advice(text)
    if re.search(r"[\s<>\"\\]", text):
        raise Unfit("The address holds a space or another character that no address has.", advice)
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        raise Unfit("This is no address that can be opened.", BROWSER) from None
    if parts.scheme == "mailto" and _ADDRESS.fullmatch(parts.path):
        return text
    if parts.scheme not in {"https", "http"}:
        raise Unfit("An address starts with https://, http:// or mailto:.", advice)
    if "." not in host.strip("."):
        raise Unfit(f"“{host or text}” is not the name of a web site.", advice)
    return text


def address(value: object) -> str:
    """An e-mail address, checked for its form only; its domain may be in any script."""
    text = tidy(written(value))
    if text and not _ADDRESS.fullmatch(text):
        raise Unfit(
            "This is not an e-mail address.", "It looks like name@example.org, without a name in front or brackets."
        )
    return text


def host(value: object) -> str:
    """The name of a web site, in small letters."""
    text = tidy(written(value)).casefold()
    if text and not _HOST.fullmatch(text):
        named = urlsplit(text).hostname if "://" in text and "[" not in text else text.partition("/")[0]
        advice = f"Write {named}" if named and _HOST.fullmatch(named) else "It looks like www.example.org"
        raise Unfit("This is not the name of a web site.", advice)
    return text


def day(value: object) -> dt.date:
    """A whole date."""
    text = written(value).strip()
    found = _DAY.fullmatch(text)
    if not found:
        raise Unfit(f"“{text}” is not a date as it is written here.", _advice(text))
    year, month, number = (int(part) for part in found.groups())
    _must_exist(year, month, number)
    return dt.date(year, month, number)


def partial_date(value: object) -> PartialDate:
    """A day, a month or a year."""
    text = written(value).strip()
    if _DAY.fullmatch(text):
        known = day(text)
        return PartialDate(known.year, known.month, known.day)
    found = _MONTH.fullmatch(text)
    if not found:
        year, month, day_ = date_meant(text) or (0, 0, 0)
        hint = f"Type instead: {year}-{month:02}" if year and month and not day_ else _advice(text)
        more = f"{hint} A month is 2025-07, a year 2025." if hint == DATE else hint
        raise Unfit(f"“{text}” is not a date as it is written here.", more)
    year, month = int(found[1]), int(found[2] or 0)
    _must_exist(year, month if found[2] else 1, 1)
    return PartialDate(year, month)


def _must_exist(year: int, month: int, number: int) -> None:
    if year < 1:
        raise Unfit("There is no year 0.", "Mend the date.")
    if not 1 <= month <= len(_MONTH_NAMES) - 1:
        raise Unfit(f"There is no month {month:02}.", "A date is written year-month-day, such as 2025-07-04.")
    days = calendar.monthrange(year, month)[1]
    if not 1 <= number <= days:
        name = _MONTH_NAMES[month]
        raise Unfit(f"{number} {name} does not exist: {name} {year} has {days} days.", "Mend the day.")


def _advice(text: str) -> str:
    """How a date is to be typed. Raises Unfit where there is no such day."""
    if _MONTH.fullmatch(text) and "-" in text:
        return f"Give the day too, such as {text}-30."
    try:
        return date_advice(text)
    except ValueError:
        _must_exist(*(date_meant(text) or (0, 0, 0)))
        raise


def time(value: object) -> dt.time:
    """A time of day, 00:00 to 23:59."""
    text = written(value).strip()
    found = _TIME.fullmatch(text)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:  # noqa: PLR2004 - a clock's own figures
        raise Unfit(f"“{text}” is not a time.", time_advice(text) if not found else TIME)
    return dt.time(int(found[1]), int(found[2]))


def issue(value: object) -> IssueName | None:
    """The name of an issue; None where nothing stands."""
    text = written(value).strip()
    try:
        return IssueName.parse(text.removesuffix(".yaml")) if text else None
    except ValueError:
        raise Unfit(f"“{text}” is not the name of an issue.", "Give its month, such as 2025-07.") from None


def zone(value: object) -> str:
    """The name of a clock, as IANA's list has it: ``Europe/London``."""
    text = written(value).strip()
    if text and time_zone.zone(text) is None:
        meant = zone_meant(text)
        hint = f"Did you mean “{meant}”?" if meant else "Type such as Europe/London; the clocks go by it in summer too."
        raise Unfit(f"“{text}” is not the name of a time zone.", hint)
    return text


def number(value: object) -> int:
    """A whole number, from 0."""
    text = written(value).strip()
    if not text.isascii() or not text.isdigit() or len(text) > LONGEST_NUMBER:
        raise Unfit(f"“{text}” is not a whole number.", "Type digits only, such as 48.")
    return int(text)


def flag(value: object) -> bool:
    """Yes or no."""
    text = written(value).strip()
    if text.lower() not in YES | NO:
        raise Unfit(f"“{text}” is neither yes nor no.", flag_advice(text))
    return text.lower() in YES


def closed(value: object) -> bool | str | dt.date:
    """Whether an ask is closed: yes, no, unsure, or the day since when."""
    text = written(value).strip()
    if text.lower() in YES | NO:
        return text.lower() in YES
    if text.lower() == UNSURE:
        return UNSURE
    if not any(map(str.isdigit, text)):
        raise Unfit(f"“{text}” does not say whether it is closed.", "Type yes, no, unsure, or the day: 2025-07-20")
    return day(value)


def months(value: object) -> tuple[PartialDate, ...]:
    """A month, or a list of months."""
    found = tuple(
        _whole_month(one, (number,) if isinstance(value, list) else ())
        for number, one in enumerate(value if isinstance(value, list) else [value])
        if one != ""
    )
    return tuple(sorted(dict.fromkeys(found)))


def _whole_month(value: object, inside: Path) -> PartialDate:
    try:
        found = partial_date(value)
    except Unfit as error:
        raise Unfit(error.message, "A month is written year-month, such as 2025-08.", inside) from None
    if not found.month or found.day:
        meant = f"{found.year:04}-{found.month or 8:02}"
        raise Unfit(f"“{value}” is not a month.", f"Type the month alone, such as {meant}.", inside)
    return found


def choice(choices: tuple[str, ...]) -> Callable[[object], str]:
    """One of some words."""

    def chosen(value: object) -> str:
        text = line(value)
        if text not in choices:
            raise Unfit(f"“{text}” cannot stand here.", did_you_mean(text, choices))
        return text

    return chosen


def language(value: object) -> str:
    """A language's tag: ``en``, ``es``, ``pt-BR`` (RFC 5646)."""
    text = written(value).strip()
    if not _LANGUAGE.fullmatch(text):
        raise Unfit(f"“{text}” is not a language's short name.", "Such as en for English, es for Spanish.")
    return text


def tag(value: object) -> str:
    """The tag of any language of the world (BCP 47), in its usual letters."""
    text = written(value).strip()
    found = languages.tag(text)
    if found or not text:
        return found or ""
    wanted = languages.meant(text)
    hint = f"Type instead: {wanted}" if wanted else "Such as es for Spanish, fr for French, qu for Quechua."
    raise Unfit(f"“{text}” is not a language's short name.", hint)


def phrase(value: object) -> Translated:
    """A text for every language, or one for each: ``{en: Peru, es: Perú}``. Of one line or of several."""
    if isinstance(value, str):
        return Translated({"": normalize("NFC", value.strip())})
    if not isinstance(value, dict):
        raise Unfit("A text belongs here, or one for each language.", "Such as {en: Peru, es: Perú}.")
    texts: dict[str, str] = {}
    for tag, text in value.items():
        if not _LANGUAGE.fullmatch(tag):
            hint = (
                "Give each text under its language, such as {en: Peru, es: Perú}. A text with a comma stands in quotes."
            )
            raise Unfit(f"“{tag}” is not a language's short name.", hint, (tag,))
        if not isinstance(text, str):
            raise Unfit("A text belongs here.", "", (tag,))
        texts[tag] = normalize("NFC", text.strip())
    return Translated(texts)


def addresses(value: object) -> Translated:
    """An address that a reader can open, or one for each language in which there is such a page."""
    if not isinstance(value, dict):
        there = url(value)
        return Translated({"": there} if there else {})
    found = {}
    for tag, there in phrase(value).texts.items():
        try:
            found[tag] = url(there)
        except Unfit as unfit:
            raise Unfit(unfit.message, unfit.hint, (tag,)) from None
    return Translated({tag: there for tag, there in found.items() if there})


READERS: dict[Kind, Callable[[object], object]] = {
    Kind.TEXT: line,
    Kind.MARKDOWN: markdown,
    Kind.URL: url,
    Kind.DATE: day,
    Kind.PARTIAL_DATE: partial_date,
    Kind.TIME: time,
    Kind.NUMBER: number,
    Kind.FLAG: flag,
    Kind.CLOSED: closed,
}
