"""Dossier and list -> Rehearsal: every letter composed in memory, some written to the outbox; no ledger, no network."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from newsletter.delivery.carriers.outbox import Outbox
from newsletter.delivery.own import own
from newsletter.delivery.readers import NobodyToWriteTo, readers
from newsletter.letters.compose import compose
from newsletter.letters.encode import encode_editions
from newsletter.letters.headers import UnfitAddress
from newsletter.letters.leave_links import NOBODY
from newsletter.nouns.letter import Dossier, Message
from newsletter.nouns.person import Recipient
from newsletter.settings import Settings
from newsletter.store.open import Store

SHOWN = 10  # letters written out, besides the longest


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a real sending would do, in figures."""

    readers: dict[str, int]  # by edition
    skipped: dict[str, int]  # by reason
    unfit: int  # readers whose address cannot be written to
    subjects: dict[str, str]
    longest: int  # bytes of the longest letter, as it travels
    written: int
    folder: Path

    @property
    def letters(self) -> int:
        """How many letters would leave."""
        return sum(self.readers.values()) - self.unfit


def rehearse(dossier: Dossier, store: Store, settings: Settings, folder: Path, now: dt.datetime) -> Rehearsal:
    """Compose every letter and write ten, spread over the list, and the longest into ``folder``.

    Their leave links lead nowhere, so that a click on one removes nobody. Raises NobodyToWriteTo,
    OutboxNotWritable, NoSender.
    """
    people = readers(dossier, store)
    everyone = tuple(people)
    if not everyone:
        raise NobodyToWriteTo
    wanted = {number * len(everyone) // SHOWN for number in range(SHOWN)}
    shown, longest, unfit = [], None, 0
    for number, message in enumerate(_letters(dossier, everyone, store, settings, now)):
        if message is None:
            unfit += 1
            continue
        if longest is None or len(message.data) > len(longest.data):
            longest = message
        if number in wanted:
            shown.append(message)
    if longest is not None and longest not in shown:
        shown.append(longest)
    return Rehearsal(
        readers={language: len(of) for language, of in people.by_language.items()},
        skipped=_counted([one.reason for one in people.skipped]),
        unfit=unfit,
        subjects={edition.language: edition.subject for edition in dossier.editions},
        longest=len(longest.data) if longest else 0,
        written=_write(shown, folder),
        folder=folder,
    )


def _letters(
    dossier: Dossier, everyone: tuple[Recipient, ...], store: Store, settings: Settings, now: dt.datetime
) -> Iterator[Message | None]:
    """Each reader's letter in turn, None for one whose address cannot be written to; one at a time in memory."""
    real = own(dossier.issue, dossier.profile, settings, store.vault)
    encoded = encode_editions(dossier, public_url=settings.public_url)
    for one in everyone:
        edition = encoded[one.language]
        number = real.message_id(one.id, edition.domain)
        try:
            yield compose(edition, one, leave=real.leave(NOBODY), message_id=number, now=now)
        except UnfitAddress:
            yield None


def _write(messages: list[Message], folder: Path) -> int:
    with Outbox(folder) as outbox:
        for message in messages:
            outbox.deliver(message)
    return len(messages)


def _counted(reasons: list[str]) -> dict[str, int]:
    return {reason: reasons.count(reason) for reason in sorted(set(reasons))}
