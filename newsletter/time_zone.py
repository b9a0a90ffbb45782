"""What an author wrote on whose clock an hour is -> the time zone it names, if it is a name of IANA's list."""

from __future__ import annotations

from functools import cache
from zoneinfo import ZoneInfo, available_timezones

UTC = "UTC"
_SHORT = 5  # letters, of what people call their clock by: CEST, GMT+1
_WITHOUT_PLACE = ("Etc/", "SystemV/", "US/")  # names that mean the opposite of what one reads, or are no longer kept


def zone(text: str) -> ZoneInfo | None:
    """The zone of ``Europe/London``; None for words such as ``London time``."""
    return ZoneInfo(text) if (text == UTC or "/" in text) and text in names() else None


def looks_like_one(text: str) -> bool:
    """Whether it is written as a zone's name, be it right or wrong: ``Europe/Londres``, but not ``GMT/BST``."""
    first, slash, rest = text.partition("/")
    short = text.isupper() and max(len(first), len(rest)) <= _SHORT
    return bool(slash and first and rest) and not short and " " not in text.strip()


@cache
def names() -> tuple[str, ...]:
    """Every zone that is called after a place, and UTC."""
    return tuple(
        sorted(
            name
            for name in available_timezones()
            if name == UTC or ("/" in name and not name.startswith(_WITHOUT_PLACE))
        )
    )


def place(name: str) -> str:
    """The place in a zone's name: ``Buenos Aires`` of ``America/Argentina/Buenos_Aires``."""
    return name.rpartition("/")[2].replace("_", " ")
