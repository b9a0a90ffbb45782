"""A copy of a file that a synced folder or a person left beside it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class ConflictedCopy:
    """A file ``name`` that seems to be a copy of the file ``of``, as its name tells; what it does not tell is "".

    ``maker`` is the program that makes such names, ``who`` a person or a computer, ``when`` a day, with or without hour:
    ``2025-07-01`` or ``2025-07-01 10:44``.
    """

    name: str
    of: str
    maker: str = ""
    who: str = ""
    when: str = ""
