"""The names in a folder -> which of them are copies of an edition that Dropbox, OneDrive and the like left beside it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from newsletter.nouns.conflicted import ConflictedCopy

_ENDING = ".yaml"
_ORDINARY = re.compile(r"(?:\d{4}-\d\d(?:-\d\d-[a-z0-9-]+)?(?:\.[A-Za-z][\w-]*)?|newsletter)\.yaml")
"""How editions, approvals and the profile are called."""
_DAY = r"(?P<day>\d{4}-\d\d-\d\d)"
_COPY = r"(?:copy|copia|cópia|copie|kopie)"
_CONFLICT = "(?:copia en conflicto|copie en conflit|cópia em conflito|copia in conflitto|in Konflikt stehende Kopie)"
_SURE: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (maker, re.compile(pattern, re.IGNORECASE))
    for maker, pattern in (
        ("Syncthing", r"(?P<of>.+)\.sync-conflict-(?P<flat>\d{8})-(?P<hour>\d{6})(?:-(?P<who>\w+))?"),
        ("Nextcloud", rf"(?P<of>.+) \(conflicted copy (?:(?P<who>.+?) )?{_DAY} (?P<hour>\d{{6}})\)"),
        ("ownCloud", r"(?P<of>.+)_conflict-(?P<flat>\d{8})-(?P<hour>\d{6})"),
        ("Seafile", rf"(?P<of>.+) \(SFConflict (?P<who>\S+) {_DAY}-(?P<hour>\d\d-\d\d-\d\d)\)"),
        ("Dropbox", rf"(?P<of>.+) \((?:(?P<who>.+?)['’]s? )?conflicted copy(?: {_DAY})?(?: \(?\d+\)?)?\)"),
        ("Dropbox", rf"(?P<of>.+) \({_CONFLICT}(?: (?:de|di|von) (?P<who>.+?))??(?: {_DAY})?(?: \(?\d+\)?)?\)"),
        ("Windows", rf"(?P<of>.+) - {_COPY}(?: \(\d+\))?"),
        ("macOS", rf"(?P<of>.+) {_COPY}(?: \d+)?"),
    )
)
_UNSURE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("Google Drive", re.compile(r"(?P<of>.+) ?\(\d{1,3}\)")),
    ("iCloud", re.compile(r"(?P<of>.+) \d{1,2}")),
)
"""Names that only mean a copy where the file itself stands beside it."""
_COMPUTER = re.compile(r"(?=[A-Z]*[\d-])[A-Z][A-Z0-9-]{3,14}|[A-Za-z][\w-]*(?:-PC|MacBook[\w-]*|iMac)\d*")
"""What OneDrive puts after a hyphen: DESKTOP-AB12, Martas-MacBook-Pro."""


def conflicted(names: Iterable[str]) -> tuple[ConflictedCopy, ...]:
    """Those of the names that seem to be copies of an edition, of an approval or of the profile."""
    there = {unicodedata.normalize("NFC", name) for name in names}
    return tuple(sorted(one for name in there if (one := _copy(name, there))))


def _copy(name: str, there: set[str]) -> ConflictedCopy | None:
    if not name.endswith(_ENDING):
        return None
    stem = name.removesuffix(_ENDING)
    for maker, pattern in _SURE:
        if (found := pattern.fullmatch(stem)) and _ORDINARY.fullmatch(found["of"] + _ENDING):
            return ConflictedCopy(name, found["of"] + _ENDING, maker, _part(found, "who"), _when(found))
    for maker, pattern in _UNSURE:
        if (found := pattern.fullmatch(stem)) and (of := found["of"].rstrip() + _ENDING) in there:
            return ConflictedCopy(name, of, maker) if _ORDINARY.fullmatch(of) else None
    for at in (found.start() for found in re.finditer("-", stem)):
        of, who = stem[:at] + _ENDING, stem[at + 1 :]
        if of in there and _ORDINARY.fullmatch(of) and _COMPUTER.fullmatch(who):
            return ConflictedCopy(name, of, "OneDrive", who)
    return None


def _when(found: re.Match[str]) -> str:
    flat = _part(found, "flat")
    day = f"{flat[:4]}-{flat[4:6]}-{flat[6:]}" if flat else _part(found, "day")
    hour = _part(found, "hour").replace("-", "")
    return f"{day} {hour[:2]}:{hour[2:4]}" if hour else day


def _part(found: re.Match[str], name: str) -> str:
    return (found.groupdict().get(name) or "").strip()
