"""What a page of ours hands in as JSON -> its fields, as texts, lists of texts and yes or no."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from newsletter.errors import WrongUsage

LONGEST = 4_000  # characters of one field


class NotAsked(WrongUsage):
    """What came is not what a page of ours hands in."""

    def __init__(self) -> None:
        super().__init__("What was handed in cannot be read.", "Load the page anew, and do it once more.")


class NothingChosen(WrongUsage):
    """Of several that can be chosen none was."""

    def __init__(self) -> None:
        super().__init__("Nothing was chosen.", "Tick at least one.")


@dataclass(frozen=True, slots=True)
class Asked:
    """The fields of a form."""

    fields: Mapping[str, Any]

    def text(self, name: str) -> str:
        """One field, "" where it is not there."""
        value = self.fields.get(name, "")
        return value.strip()[:LONGEST] if isinstance(value, str) else ""

    def texts(self, name: str) -> tuple[str, ...]:
        """A field of which several may be chosen."""
        value = self.fields.get(name, [])
        listed = value if isinstance(value, list) else [value]
        return tuple(one.strip()[:LONGEST] for one in listed if isinstance(one, str) and one.strip())

    def chosen(self, name: str) -> tuple[str, ...]:
        """The same, where one at least has to be chosen if the form offers several. Raises NothingChosen."""
        found = self.texts(name)
        if not found and self.text("choose"):
            raise NothingChosen
        return found

    def yes(self, name: str) -> bool:
        """Whether a box is ticked."""
        return bool(self.text(name)) or self.fields.get(name) is True


async def asked(request: Request) -> Asked:
    """The fields that a form hands in. Raises NotAsked."""
    try:
        found = json.loads(await request.body() or b"{}")
    except ValueError:
        raise NotAsked from None
    if not isinstance(found, dict):
        raise NotAsked
    return Asked(found)
