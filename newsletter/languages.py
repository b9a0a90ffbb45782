"""A language's tag -> whether it is one, and what it is called; a text -> the side from which it is read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.numbers import format_decimal

LTR, RTL = "ltr", "rtl"
_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?:-(?P<script>[a-z]{4}))?(?:-(?P<region>[a-z]{2}|\d{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*",
    re.IGNORECASE | re.ASCII,
)
_STRONG = {"L": LTR, "R": RTL, "AL": RTL}
_OPEN = {LTR: "\u2066", RTL: "\u2067"}  # LRI, RLI
_CLOSE = "\u2069"  # PDI
_RESET = {LTR: "\u200e", RTL: "\u200f"}  # LRM, RLM
_ISOLATED = re.compile("([\u2066\u2067])([^\u2066-\u2069]*)\u2069(?=[\u200e\u200f])")
"""As `isolated` writes it; what an author typed stays as it was typed."""
_INVISIBLE = re.compile("[\u200e\u200f\u2066-\u2069]")
_FIRST_HEBREW = "\u0590"  # no script before it is read from the right
_LONGEST_CODE = 2
_FIVE_FIGURES = 10_000
_NO_BREAK = "\u00a0"


@lru_cache(maxsize=256)
def tag(written: str) -> str | None:
    """A language's tag (BCP 47) in its usual letters, ``pt-BR``; None where it is none, or where a shorter one is right.

    Languages of two letters must be known to the Unicode CLDR; of the thousands with three it holds the common ones.
    """
    found = _TAG.fullmatch(written)
    if not found:
        return None
    language = found["language"].lower()
    if language in get_global("language_aliases"):
        return None
    if len(language) == _LONGEST_CODE and language not in Locale("en").languages:
        return None
    rest = written[len(language) :].lower()
    for part, wanted in (("script", str.title), ("region", str.upper)):
        if found[part]:
            rest = rest.replace(f"-{found[part].lower()}", f"-{wanted(found[part].lower())}", 1)
    return language + rest


def meant(written: str) -> str:
    """The tag that somebody meant who wrote a language's name, an outdated or a longer code; "" where nobody can tell."""
    plain = written.strip().lower()
    alias = get_global("language_aliases").get(plain)
    if alias and tag(alias):
        return str(alias)
    for speaker in ("en", "es", plain[:2]):
        names = locale(speaker).languages
        if found := next((code for code, name in names.items() if name.lower() == plain and tag(code)), ""):
            return str(found)
    return {"sp": "es", "ge": "de", "gr": "el", "cz": "cs", "jp": "ja", "cn": "zh", "ua": "uk"}.get(plain, "")


def same(one: str, other: str) -> bool:
    """Whether who reads one reads the other too: ``pt`` and ``pt-BR``."""
    return one.partition("-")[0].lower() == other.partition("-")[0].lower()


def name(language: str, speaker: str) -> str:
    """What a language is called in a speaker's language, within a sentence; its tag where that language has no name."""
    code = language.partition("-")[0].lower()
    return str(locale(speaker).languages.get(code) or code)


def full_name(language: str, speaker: str) -> str:
    """The same with its script and region, where it has any: ``Portuguese (Brazil)``."""
    try:
        return Locale.parse(language, sep="-").get_display_name(locale(speaker)) or language
    except (UnknownLocaleError, ValueError):
        return name(language, speaker)


@lru_cache(maxsize=64)
def locale(language: str) -> Locale:
    """What is known of a language: names, dates, numbers; that of English for one of which nothing is."""
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def number(value: int, speaker: str) -> str:
    """A whole number; from five figures on in groups, with no-break spaces where groups have spaces: ``12,500``."""
    if abs(value) < _FIVE_FIGURES:
        return str(value)
    return re.sub(r"\s", _NO_BREAK, format_decimal(value, locale=locale(speaker), numbering_system="latn"))


def side(text: str) -> str:
    """``ltr`` or ``rtl``, as most words of a text are read; "" for figures and signs alone, and where both are as many.

    A number that begins with + is one to be called, and is read from the left.
    """
    if text.isascii() and not text.startswith("+"):
        return LTR if any(map(str.isalpha, text)) else ""
    words = [found for word in text.split() if (found := _first(word))]
    left = words.count(LTR)
    right = len(words) - left
    if left == right:
        return LTR if text.startswith("+") and not words else ""
    return LTR if left > right else RTL


def begins(text: str) -> str:
    """``ltr`` or ``rtl``, as its first letter is read, "" for none: many mail programs judge a line by it.

    What is kept apart counts too: it should not (UAX 9, P2), but not all of them leave it out.
    """
    return _first(text)


def isolated(text: str, around: str) -> str:
    """A text that is put into one read from the side ``around``: each then keeps its own order (UAX 9).

    Where the sides differ, unseen marks part the two; where they do not, one mark ends a text whose last word differs.
    """
    if around == LTR and (text.isascii() or max(text, default="") < _FIRST_HEBREW):
        return text
    if _ISOLATED.search(text):
        return text
    own = side(text)
    if own and own != around:
        return f"{opened(own)}{text}{closed(around)}"
    last = _first(text[::-1])
    return text + _RESET[around] if last and last != around else text


def over_lines(lines: Iterable[str]) -> Iterator[str]:
    """The lines of one text: what is kept apart ends with its line (UAX 9, X8), so it begins anew on the next."""
    still = ""
    for line in lines:
        whole = still + line
        last = max(whole.rfind(mark) for mark in _OPEN.values())
        still = whole[last] if last > whole.rfind(_CLOSE) else ""
        yield whole + _CLOSE if still else whole


def as_html(text: str) -> str:
    """A text that is HTML already, its isolates written as elements: not every mail program knows the marks."""
    return _ISOLATED.sub(_element, text)


def bare(text: str) -> str:
    """A text without such marks, for what is no text to be read: an address, the length of a line."""
    return _INVISIBLE.sub("", text)


def reset(around: str) -> str:
    """The unseen mark after which a text goes on from its own side."""
    return _RESET[around]


def opened(own: str) -> str:
    """The unseen mark with which something begins that is read from this side; `closed` ends it."""
    return _OPEN[own]


def closed(around: str) -> str:
    """The unseen marks with which it ends, in a text read from the side ``around``."""
    return _CLOSE + _RESET[around]


def _element(found: re.Match[str]) -> str:
    own = LTR if found[1] == _OPEN[LTR] else RTL
    return f'<span dir="{own}">{found[2]}</span>'


def _first(word: str) -> str:
    return next((_STRONG[kind] for kind in map(unicodedata.bidirectional, word) if kind in _STRONG), "")
