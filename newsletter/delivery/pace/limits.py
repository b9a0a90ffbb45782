"""Settings and ``templates/pace/<name>.yaml`` -> Limits: what the mailbox or relay allows, typed and complete (L2, L10)."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import yaml

from newsletter.errors import StoppedForSafety, ToMend
from newsletter.settings import Settings
from newsletter.workspace import Workspace, shipped

FOLDER = "pace"
SURE = ("published", "reported", "memory", "ours")
"""How well a figure is known: its owner's page says so, others do, we remember it, or it is our own caution."""

_NUMBERS = ("second", "minute", "hour", "day", "new_a_day", "tenant")
_COUNTS = ("connections", "per_connection")
_NONE, _LICENCES = "none", "licences"


class NoSuchPace(ToMend):
    """NEWSLETTER_SMTP_PROFILE names a profile that is not there."""

    def __init__(self, asked: str, known: tuple[str, ...]) -> None:
        near = difflib.get_close_matches(asked, known, 1)
        meant = f"Did you mean {near[0]}? " if near else ""
        super().__init__(
            f"NEWSLETTER_SMTP_PROFILE is “{asked}”, and there is no such profile.",
            f"{meant}Known are: {', '.join(known)}. Mend it in the file .env.",
        )


class BrokenPace(ToMend):
    """A profile's file cannot be used: what a mailbox allows is never guessed."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file}: {reason}.", "Compare it with the other files of templates/pace/ in the manual.")


class LimitOfAnother(StoppedForSafety):
    """A profile without a limit was chosen for a server that has one."""

    def __init__(self, profile: str, host: str, fitting: tuple[str, ...]) -> None:
        super().__init__(
            f"NEWSLETTER_SMTP_PROFILE is {profile}, which knows no limit, but {host} has one: it would shut the mailbox.",
            f"Set NEWSLETTER_SMTP_PROFILE to {' or '.join(fitting)} in the file .env.",
        )


@dataclass(frozen=True, slots=True)
class Limits:
    """What may leave; None where there is no limit of that kind. ``day`` is any 24 hours, not from midnight."""

    profile: str
    name: str
    day: int | None
    second: int | None = None
    minute: int | None = None
    hour: int | None = None
    new_a_day: int | None = None  # people never written to before (L6)
    tenant: int | None = None  # all mailboxes of the organisation together (L3)
    connections: int = 1
    per_connection: int = 50
    hosts: tuple[str, ...] = ()  # its servers; * stands for any part of a name
    fit: bool = True  # for a list
    why: str = ""  # the sentence that says why not
    signs: bool = False  # adds a DKIM signature of its own
    rewrites: tuple[str, ...] = ()  # header fields that it writes anew, and that no signature of ours may cover
    spf: str = ""  # the domain that the SPF record of a sender's own domain has to include for it
    selectors: tuple[str, ...] = ()  # names under which the key that it signs with stands in a sender's own domain
    confidence: Mapping[str, str] | None = None
    source: str = ""
    looked_up: str = ""

    @property
    def per_day(self) -> int | None:
        """The lower of the mailbox's own limit and the organisation's."""
        known = [one for one in (self.day, self.tenant) if one is not None]
        return min(known) if known else None

    @property
    def interval(self) -> float:
        """Seconds from letter to letter that keep below what a second and a minute allow; 0 for none."""
        return max(1 / self.second if self.second else 0.0, 60 / self.minute if self.minute else 0.0)

    def serves(self, host: str) -> bool:
        """Whether a mail server is one of this profile's."""
        host = host.strip().rstrip(".").lower()
        return any(fnmatchcase(host, one) for one in self.hosts)


def tenant_limit(licences: int) -> int:
    """Recipients outside in 24 hours that Microsoft grants all mailboxes of an organisation together (L3)."""
    return int(500 * max(licences, 1) ** 0.7 + 9500)


def limits(settings: Settings, workspace: Workspace | None = None) -> Limits:
    """What NEWSLETTER_SMTP_PROFILE stands for, with what was stated besides. Raises NoSuchPace, BrokenPace, LimitOfAnother."""
    files = _files(workspace)
    if settings.smtp_profile not in files:
        raise NoSuchPace(settings.smtp_profile, tuple(files))
    found = _read(files[settings.smtp_profile], settings.smtp_licences)
    if settings.smtp_per_day:
        found = replace(found, day=settings.smtp_per_day)
    fitting = fitting_profiles(settings.smtp_host, workspace)
    if found.per_day is None and fitting and found.profile not in fitting:
        raise LimitOfAnother(found.profile, settings.smtp_host, fitting)
    return found


def fitting_profiles(host: str, workspace: Workspace | None = None) -> tuple[str, ...]:
    """The profiles that name this mail server as theirs."""
    return tuple(name for name, path in _files(workspace).items() if host and _read(path, 0).serves(host))


def _files(workspace: Workspace | None) -> dict[str, Path]:
    return (workspace or Workspace(shipped())).template_members(FOLDER, ".yaml")


def _read(path: Path, licences: int) -> Limits:
    file = f"templates/{FOLDER}/{path.name}"
    try:
        raw = yaml.safe_load(path.read_text("utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BrokenPace(file, "it is not YAML: " + " ".join(str(error).split())) from None
    if not isinstance(raw, dict):
        raise BrokenPace(file, "it should be lines such as day: 500")
    known = {one.name for one in fields(Limits)} - {"profile"}
    for key in sorted(set(map(str, raw)) - known):
        raise BrokenPace(file, f"“{key}” is not one of its keys, which are {', '.join(sorted(known))}")
    if "day" not in raw:
        raise BrokenPace(
            file, "day is missing: how many letters may leave in 24 hours, or none where there is no limit"
        )
    if raw.get("tenant") == _LICENCES:
        raw["tenant"] = tenant_limit(licences)
    return Limits(path.stem, **{key: _typed(file, key, value) for key, value in {"name": path.stem, **raw}.items()})


def _typed(file: str, key: str, value: Any) -> Any:
    """A value as it should be; a limit that cannot be understood is never taken for none."""
    if key in _NUMBERS and value == _NONE:
        return None
    if key in (*_NUMBERS, *_COUNTS):
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise BrokenPace(file, f"{key} should be a whole number from 1, or none where there is no limit")
        return value
    if key in ("fit", "signs"):
        if not isinstance(value, bool):
            raise BrokenPace(file, f"{key} should be yes or no")
        return value
    if key in ("hosts", "rewrites", "selectors"):
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise BrokenPace(file, f"{key} should be a list such as [smtp.example.org]")
        return tuple(one.lower() if key == "hosts" else one for one in value)
    if key == "confidence":
        if not isinstance(value, dict) or not set(value.values()) <= set(SURE):
            raise BrokenPace(file, f"confidence should say {', '.join(SURE)} of each figure")
        return value
    return str(value)
