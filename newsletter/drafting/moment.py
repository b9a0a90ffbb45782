"""``2025-07-10 00:01 Europe/London`` -> that moment, the same wherever one is; or why it is none."""

from __future__ import annotations

import datetime as dt
import re

from newsletter.drafting import values
from newsletter.drafting.meant import zone_meant
from newsletter.time_zone import zone

LIKE = "2025-07-10 00:01 Europe/London"
SCHEMA: dict[str, object] = {
    "type": "string",
    "pattern": r"^\d{4}-\d{2}-\d{2} \d{1,2}:\d{2} [A-Za-z]+(/[A-Za-z_/+-]+)?$",
}
_HOUR = re.compile(r"(?<!\d)\d{1,2}[:.h]\d{2}(?: ?[ap]\.?m\b\.?)?", re.IGNORECASE)
_ZONE = re.compile(r"(?<= )(?:UTC|[^\W\d]+/\S+)$")


def moment(value: object) -> dt.datetime:
    """A day, an hour and whose clock it is on. Of an hour that comes twice, the second: an embargo is never cut short."""
    text = values.tidy(values.written(value)).strip()
    if not text:
        raise values.Unfit("Nothing stands here.", f"Such as {LIKE}")
    found = _HOUR.search(text) or _ZONE.search(text)
    typed, written = (text[: found.start()], text[found.end() :].strip()) if found else (text, "")
    day = values.day(typed.strip().removesuffix("T").rstrip(" ,"))
    if not found or found.re is _ZONE:
        raise values.Unfit("The hour is missing.", f"Type instead: {day} 00:01 {_place(found[0] if found else '')}")
    hour = values.time(found[0])
    where = zone(written)
    if where is None:
        raise values.Unfit(_no_zone(written), f"Type instead: {day} {hour:%H:%M} {_place(written)}")
    there = dt.datetime.combine(day, hour, where).replace(fold=1)
    if there.astimezone(dt.UTC).astimezone(where).replace(tzinfo=None) != there.replace(tzinfo=None):
        message = f"There is no {hour:%H:%M} on {day} in {written}: the clocks go forward in that hour."
        raise values.Unfit(message, "Give the hour after it.")
    return there


def _no_zone(written: str) -> str:
    if written:
        return f"“{written}” is not the name of a time zone."
    return "It does not say on whose clock: readers and journalists elsewhere would have it earlier or later."


def _place(written: str) -> str:
    return zone_meant(written) or "Europe/London"
