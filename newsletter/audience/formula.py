"""A cell -> the cell as a spreadsheet may show it without running it as a formula, and back (OWASP, CSV injection)."""

from __future__ import annotations

_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # the wide ones are run in some languages of Excel


def harmless(cell: str) -> str:
    """A cell that begins like a formula gets an apostrophe before it: then it is text."""
    return f"'{cell}" if cell.startswith(_STARTS) else cell


def as_meant(cell: str) -> str:
    """A cell without the apostrophe that ``harmless`` put there."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_STARTS) else cell
