"""The list -> a CSV file for its owner's eyes alone, with no more in it than is needed (UK GDPR art. 5(1)(c))."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from newsletter.audience.formula import harmless
from newsletter.audience.subscribers import everyone
from newsletter.errors import OutsideFailed
from newsletter.nouns.person import Standing, Subscriber
from newsletter.store.open import Store

COLUMNS = ("email", "name", "language")
PROOF = ("ground", "source", "since", "wording")


class CannotExport(OutsideFailed):
    """The file cannot be written."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path} cannot be written: {reason}.", "See that the disk has room and that you may write there."
        )


def export_list(store: Store, path: Path, *, left: bool = False, proof: bool = False) -> int:
    """Write those on the list (``left``: those who have left it) as CSV, 0600, and say how many.

    Email, name and language, as mailing platforms read them; with ``proof`` also on what ground each stands there.
    For those who have left, the address alone. Raises CannotExport; what stood there before stays then.
    """
    wanted = Standing.LEFT if left else Standing.ACTIVE
    columns = COLUMNS[:1] if left else COLUMNS + PROOF if proof else COLUMNS
    people = [one for one in everyone(store) if one.standing is wanted]
    _write_private(path, _csv(columns, (_cells(one) for one in people)))
    return len(people)


def _cells(one: Subscriber) -> dict[str, str]:
    return {
        "email": one.address,
        "name": one.name,
        "language": one.language,
        "ground": one.ground.value,
        "source": one.source,
        "since": one.since.isoformat(),
        "wording": one.wording,
    }


def _csv(columns: tuple[str, ...], rows: Iterator[dict[str, str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([harmless(row[name]) for name in columns] for row in rows)
    return out.getvalue().encode("utf-8")


def _write_private(path: Path, data: bytes) -> None:
    """Whole or not at all, and its owner's alone from its first byte on (mkstemp makes files 0600)."""
    part = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=path.parent, prefix=".list-", suffix=".part")
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        Path(part).replace(path)
    except BaseException as error:  # also Ctrl-C: no half list is left behind
        if part:
            Path(part).unlink(missing_ok=True)
        if not isinstance(error, OSError):
            raise
        raise CannotExport(path, (error.strerror or "the disk refused").lower()) from None
