"""Prepared issue and a coordinator's own address -> one copy on its way, kept as it left so that it can be compared."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from newsletter.delivery.carriers.smtp import Smtp
from newsletter.delivery.server import server
from newsletter.delivery.try_out import may_get_test, try_out
from newsletter.errors import ToMend
from newsletter.gate.clear import mended
from newsletter.journal import What, note
from newsletter.nouns.letter import Carrier, Message, Outcome
from newsletter.pipeline import Prepared
from newsletter.settings import Settings
from newsletter.workspace import Workspace
from newsletter.write_file import write_file


class NoTestAddress(ToMend):
    """Nobody is there who would look at the copy."""

    def __init__(self, file: str) -> None:
        super().__init__(
            "There is no address to which a copy could go.",
            f"Write an address of your own, best at Gmail or Outlook, under test_addresses in {file}.",
        )


@dataclass
class _Noting:
    """A carrier that remembers what it was given."""

    carrier: Carrier
    taken: list[Message] = field(default_factory=list)

    def __enter__(self) -> Self:
        self.carrier.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.carrier.__exit__(kind, error, trace)

    def deliver(self, message: Message) -> Outcome:
        self.taken.append(message)
        return self.carrier.deliver(message)


def kept_copy(workspace: Workspace) -> Path:
    """Where the copy that left last is kept."""
    return workspace.outbox / "seed" / "sent.eml"


def send_seed(
    workspace: Workspace, prepared: Prepared, settings: Settings, address: str, now: dt.datetime
) -> tuple[str, Outcome]:
    """Send one to the address, or to the first of test_addresses where it is ""; to whom it went, and how.

    Raises NotReady, NoTestAddress, what ``server`` and ``try_out`` raise, and CannotWrite.
    """
    dossier = mended(prepared, prepared.problems)
    address = address or next(iter(dossier.profile.test_addresses), "")
    if not address:
        raise NoTestAddress(dossier.profile.file)
    may_get_test(dossier.profile, address)
    there = tuple(dossier.renderings)
    language = dossier.profile.languages[0] if dossier.profile.languages[0] in there else there[0]
    carrier = _Noting(Smtp(server(settings, dossier.profile.sender)))
    outcome = try_out(dossier, settings, carrier, address, now, language=language, workspace=workspace)
    write_file(kept_copy(workspace), carrier.taken[-1].data)
    digest = dossier.renderings[language].digest
    note(workspace, dossier.issue, What.TEST_COPY, now, language=language, detail=outcome.fate.value, digest=digest)
    return address, outcome
