"""Dossier and list -> who gets which edition of the issue."""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.audience.recipients import Audience, planned_readers, recipients
from newsletter.errors import ToMend
from newsletter.nouns.letter import Dossier
from newsletter.store.open import Store


class NobodyToWriteTo(ToMend):
    """The list is empty."""

    def __init__(self) -> None:
        super().__init__(
            "There is nobody on the list to write to.",
            "Bring the readers in: newsletter subscribers import FILE --ground consent --source TEXT",
        )


def readers(dossier: Dossier, store: Store) -> Audience:
    """Everyone who may be written to; who reads none of the issue's languages gets the profile's first, if it is there."""
    return recipients(store, *_editions(dossier))


def everyone(dossier: Dossier, store: Store) -> Iterator[tuple[str, str, str]]:
    """The same, one after the other and without unlocking anybody: id, edition or "", the reason where she gets none."""
    return planned_readers(store, *_editions(dossier))


def _editions(dossier: Dossier) -> tuple[tuple[str, ...], str]:
    there, first = tuple(dossier.renderings), dossier.profile.languages[0]
    return there, first if first in there else there[0]
