"""Dossier and list -> Rehearsal: every letter composed in memory, some written to the outbox; no ledger, no network."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from newsletter.audience.recipients import Audience
from newsletter.delivery.carriers.outbox import Outbox
from newsletter.delivery.own import Own, own
from newsletter.delivery.readers import NobodyToWriteTo, readers
from newsletter.letters.compose import Sign, compose
from newsletter.letters.encode import encode_editions
from newsletter.letters.headers import UnfitAddress
from newsletter.letters.leave_links import NOBODY
from newsletter.nouns.letter import Dossier, Message
from newsletter.nouns.person import Recipient
from newsletter.settings import Settings
from newsletter.store.open import Store
from newsletter.workspace import Workspace

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


def rehearse(
    dossier: Dossier,
    store: Store,
    settings: Settings,
    folder: Path,
    now: dt.datetime,
    *,
    workspace: Workspace | None = None,
    people: Audience | None = None,
) -> Rehearsal:
    """Compose every letter and write ten, spread over the list, and the longest into ``folder``.

    What is written is signed as the real ones would be; for their figures letters need no signature. Leave links lead
    nowhere, so that a click on one removes nobody. ``people`` are whom it is meant for, if that is not everybody.
    Raises NobodyToWriteTo, OutboxNotWritable, NoSender, and what ``own`` raises.
    """
    people = readers(dossier, store) if people is None else people
    everyone = tuple(people)
    if not everyone:
        raise NobodyToWriteTo
    real = own(dossier.issue, dossier.profile, settings, store.vault, workspace)
    letter = _letters(dossier, real, settings, now)
    longest, unfit = (0, 0), 0
    for number, one in enumerate(everyone):
        message = letter(one, None)
        unfit += message is None
        longest = max(longest, (len(message.data) if message else 0, -number))
    wanted = dict.fromkeys([*(number * len(everyone) // SHOWN for number in range(SHOWN)), -longest[1]])
    shown = [message for number in wanted if (message := letter(everyone[number], real.sign))]
    return Rehearsal(
        readers={language: len(of) for language, of in people.by_language.items()},
        skipped=_counted([one.reason for one in people.skipped]),
        unfit=unfit,
        subjects={edition.language: edition.subject for edition in dossier.editions},
        longest=max((len(message.data) for message in shown), default=0),
        written=_write(shown, folder),
        folder=folder,
    )


def _letters(
    dossier: Dossier, real: Own, settings: Settings, now: dt.datetime
) -> Callable[[Recipient, Sign | None], Message | None]:
    """A reader, and who signs -> her letter, None where her address cannot be written to."""
    encoded = encode_editions(dossier, public_url=settings.public_url)

    def letter(one: Recipient, sign: Sign | None) -> Message | None:
        edition = encoded[one.language]
        number = real.message_id(one.id, edition.domain)
        try:
            return compose(edition, one, leave=real.leave(NOBODY), message_id=number, now=now, sign=sign)
        except UnfitAddress:
            return None

    return letter


def _write(messages: list[Message], folder: Path) -> int:
    with Outbox(folder) as outbox:
        for message in messages:
            outbox.deliver(message)
    return len(messages)


def _counted(reasons: list[str]) -> dict[str, int]:
    return {reason: reasons.count(reason) for reason in sorted(set(reasons))}
