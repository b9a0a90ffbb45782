"""Dossier, list and books -> whom an issue is meant for: everybody; of a correction, those alone who got what it corrects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from newsletter.audience.recipients import Audience, Skipped
from newsletter.delivery.readers import everyone, readers
from newsletter.delivery.those_who_got import those_who_got
from newsletter.nouns.letter import Dossier
from newsletter.nouns.person import Recipient
from newsletter.store.open import Store


def meant_for(dossier: Dossier, store: Store, *, in_doubt: bool = False) -> Iterator[tuple[str, str, str]]:
    """One after the other and without unlocking anybody: id, edition or "", the reason where she gets none.

    A correction is for those who got what it corrects, in the edition they got; with ``in_doubt`` for those too of whom
    nobody knows whether they did. Raises NobodyGotIt, NobodyKnows.
    """
    people = everyone(dossier, store)
    corrected = dossier.corrects
    if corrected is None:
        return people
    return those_who_got(people, store.database, corrected, tuple(dossier.renderings), in_doubt=in_doubt)


def audience(dossier: Dossier, store: Store, *, in_doubt: bool = False) -> Audience:
    """The same people, with names and addresses."""
    whole = readers(dossier, store)
    if dossier.corrects is None:
        return whole
    meant = {one: (language, why) for one, language, why in meant_for(dossier, store, in_doubt=in_doubt)}
    editions: dict[str, list[Recipient]] = {language: [] for language in dossier.renderings}
    for one in whole:
        if one.id in meant and not meant[one.id][1]:
            language = meant[one.id][0]
            editions[language].append(replace(one, language=language))
    skipped = tuple(Skipped(one, why) for one, (_, why) in meant.items() if why)
    return Audience({language: tuple(people) for language, people in editions.items()}, skipped)
