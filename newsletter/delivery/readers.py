"""Dossier and list -> who gets which edition of the issue; of a correction, only those who got what it corrects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from newsletter.audience.recipients import Audience, Skipped, planned_readers, recipients
from newsletter.delivery.those_who_got import those_who_got
from newsletter.errors import ToMend
from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import Dossier
from newsletter.nouns.person import Recipient
from newsletter.store.open import Store


class NobodyToWriteTo(ToMend):
    """The list is empty."""

    def __init__(self) -> None:
        super().__init__(
            "There is nobody on the list to write to.",
            "Bring the readers in: newsletter subscribers import FILE --ground consent --source TEXT",
        )


def readers(dossier: Dossier, store: Store, *, in_doubt: bool = False) -> Audience:
    """Everyone who may be written to; who reads none of the issue's languages gets the profile's first, if it is there.

    A correction is for those alone who got what it corrects, in the edition they got; with ``in_doubt`` for those too
    of whom nobody knows whether they did.
    """
    whole = recipients(store, *_editions(dossier))
    if corrected_by(dossier) is None:
        return whole
    meant = {one: (language, why) for one, language, why in everyone(dossier, store, in_doubt=in_doubt)}
    editions: dict[str, list[Recipient]] = {language: [] for language in dossier.renderings}
    for one in whole:
        if one.id in meant and not meant[one.id][1]:
            language = meant[one.id][0]
            editions[language].append(replace(one, language=language))
    skipped = tuple(Skipped(one, why) for one, (_, why) in meant.items() if why)
    return Audience({language: tuple(people) for language, people in editions.items()}, skipped)


def everyone(dossier: Dossier, store: Store, *, in_doubt: bool = False) -> Iterator[tuple[str, str, str]]:
    """The same, one after the other and without unlocking anybody: id, edition or "", the reason where she gets none."""
    people = planned_readers(store, *_editions(dossier))
    corrected = corrected_by(dossier)
    if corrected is None:
        return people
    return those_who_got(people, store.database, corrected, tuple(dossier.renderings), in_doubt=in_doubt)


def corrected_by(dossier: Dossier) -> IssueName | None:
    """The issue that this one corrects, if it is a correction."""
    return next((one.corrects for one in dossier.editions if one.corrects), None)


def _editions(dossier: Dossier) -> tuple[tuple[str, ...], str]:
    there, first = tuple(dossier.renderings), dossier.profile.languages[0]
    return there, first if first in there else there[0]
