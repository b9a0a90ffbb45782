"""The file .env and settings -> the file with these settings in it; what stood there before still does, with a # before it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from newsletter.settings import PREFIX, BrokenEnv
from newsletter.write_file import write_file

_PLAIN = re.compile(r"[\w.@+:/-]*", re.ASCII)


def set_in_env(file: Path, wanted: Mapping[str, str]) -> bool:
    """Write settings, by their names without NEWSLETTER_; whether an old line was put out of use. Raises CannotWrite, BrokenEnv.

    An empty value takes a setting out of use.
    """
    lines = _lines(file)
    new = {name: f"{PREFIX}{name}={_quoted(value)}" for name, value in wanted.items() if value}
    kept = [f"#{line}" if _sets(line, wanted) and line.strip() not in new.values() else line for line in lines]
    missing = [line for line in new.values() if line not in {one.strip() for one in kept}]
    if missing or kept != lines:
        text = "\n".join([*kept, *(["", "# written by: newsletter login"] if missing else []), *missing])
        write_file(file, f"{text.strip()}\n".encode(), 0o600)
    return kept != lines


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text("utf-8-sig").splitlines()
    except FileNotFoundError:
        return []
    except UnicodeDecodeError:
        raise BrokenEnv from None


def _sets(line: str, wanted: Mapping[str, str]) -> bool:
    found = re.match(rf"\s*(?:export\s+)?{PREFIX}(\w+)\s*=", line)
    return bool(found) and found[1] in wanted  # type: ignore[index]  # it was found


def _quoted(value: str) -> str:
    """As ``.env`` files have it: quoted where a value holds more than a name or an address does."""
    if _PLAIN.fullmatch(value):
        return value
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
