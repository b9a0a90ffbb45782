"""An issue that went out with a mistake -> its correction, begun: its files, and how many would get it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsletter.audience.recipients import planned_readers
from newsletter.begin import Beginning, begin, correcting
from newsletter.delivery.those_who_got import those_who_got
from newsletter.errors import WrongUsage
from newsletter.ledger.book import Books, Ledger
from newsletter.pipeline import prepare

if TYPE_CHECKING:
    from newsletter.door import Door
    from newsletter.nouns.draft import IssueName
    from newsletter.store.open import Store


class IsBegun(WrongUsage):
    """A correction of the issue is begun already, and has not left."""

    def __init__(self, corrects: IssueName, there: IssueName) -> None:
        super().__init__(
            f"A correction of {corrects} is begun already: issues/{there}.yaml",
            f"Write it, then: newsletter check {there}. To begin another, send this one first, or delete its files.",
        )


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction that was begun: to how many it goes by edition, whom it leaves out and why, and the issue's books."""

    begun: Beginning
    by_language: Mapping[str, int]
    left_out: Mapping[str, int]
    books: Books


def correction(door: Door, corrects: IssueName, languages: Sequence[str], store: Store) -> Correction:
    """Begin one. Raises IsBegun, NobodyGotIt, NobodyKnows, NoSuchLanguage, and what beginning an issue raises."""
    workspace, ledger = door.workspace, Ledger(store.database)
    about_to = correcting(workspace, corrects, languages, door.now().date(), door.settings.public_url)
    editions = tuple(about_to.files)
    counted: Counter[str] = Counter(dict.fromkeys(editions, 0))
    left_out: Counter[str] = Counter()
    people = planned_readers(store, editions, editions[0])
    for _, language, why in those_who_got(people, store.database, corrects, editions):
        (left_out if why else counted)[why or language] += 1
    for name in workspace.issue_names():
        if name > corrects and name.slug and _corrects(door, name) == corrects and not ledger.books(name).planned:
            raise IsBegun(corrects, name)
    begin(workspace, about_to)
    return Correction(about_to, counted, left_out, ledger.books(corrects))


def _corrects(door: Door, name: IssueName) -> IssueName | None:
    dossier = prepare(door.workspace, name, door.settings).dossier
    return dossier.corrects if dossier else None
