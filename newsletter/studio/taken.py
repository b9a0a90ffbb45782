"""A file that was dropped or an address that was typed -> kept in memory for as long as she decides what becomes of it."""

from __future__ import annotations

import re
import secrets
from collections import OrderedDict
from dataclasses import dataclass, field

from starlette.requests import Request

from newsletter.errors import WrongUsage

MOST = 12
LONGEST_NAME = 100
_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


class NotHere(WrongUsage):
    """What was dropped is no longer in memory."""

    def __init__(self) -> None:
        super().__init__(
            "What you gave is no longer here: the studio was started anew, or other files came after it.",
            "Drop it once more.",
        )


@dataclass(frozen=True, slots=True)
class Taken:
    """What was given: its bytes, and how it is called. ``name`` is a label and an ending, never a path."""

    name: str
    data: bytes = field(repr=False)
    content_type: str = ""
    address: str = ""


def keep_taken(request: Request, taken: Taken) -> str:
    """Keep it for this run, beside the last few; the key by which a page names it."""
    tray = _tray(request)
    key = secrets.token_urlsafe(9)
    tray[key] = taken
    while len(tray) > MOST:
        tray.popitem(last=False)
    return key


def taken_by(request: Request, key: str) -> Taken:
    """What was kept under a key. Raises NotHere."""
    found = _tray(request).get(key)
    if found is None:
        raise NotHere
    return found


def plain_name(name: str) -> str:
    """A file's own name without folders, and without signs that would garble a line."""
    last = re.split(r"[\\/]", _UNFIT.sub(" ", name).strip())[-1].strip(" .")
    return last[-LONGEST_NAME:] or "file"


def _tray(request: Request) -> OrderedDict[str, Taken]:
    if not hasattr(request.app.state, "tray"):
        request.app.state.tray = OrderedDict()
    tray: OrderedDict[str, Taken] = request.app.state.tray
    return tray
