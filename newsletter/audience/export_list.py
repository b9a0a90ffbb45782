"""The list -> a CSV file for its owner's eyes alone, with no more in it than is needed (UK GDPR art. 5(1)(c))."""

from __future__ import annotations

from pathlib import Path

from newsletter.audience.private_csv import write_private_csv
from newsletter.audience.subscribers import everyone
from newsletter.nouns.person import Standing, Subscriber
from newsletter.store.open import Store

COLUMNS = ("email", "name", "language")
PROOF = ("ground", "source", "since", "wording")


def export_list(store: Store, path: Path, *, left: bool = False, proof: bool = False) -> int:
    """Write those on the list (``left``: those who have left it) as CSV, 0600, and say how many.

    Email, name and language, as mailing platforms read them; with ``proof`` also on what ground each stands there.
    For those who have left, the address alone. Raises CannotExport; what stood there before stays then.
    """
    wanted = Standing.LEFT if left else Standing.ACTIVE
    columns = COLUMNS[:1] if left else COLUMNS + PROOF if proof else COLUMNS
    return write_private_csv(path, columns, (_cells(one) for one in everyone(store) if one.standing is wanted))


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
