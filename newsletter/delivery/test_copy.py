"""Prepared issue and a coordinator's own address -> one copy on its way through the mail server, and a line in the journal."""

from __future__ import annotations

import datetime as dt

from newsletter.delivery.carriers.smtp import Smtp
from newsletter.delivery.server import server
from newsletter.delivery.try_out import may_get_test, try_out
from newsletter.gate.clear import mended
from newsletter.journal import What, note
from newsletter.nouns.letter import Outcome
from newsletter.pipeline import Prepared
from newsletter.settings import Settings
from newsletter.workspace import Workspace


def send_test_copy(
    workspace: Workspace, prepared: Prepared, settings: Settings, address: str, now: dt.datetime, *, language: str = ""
) -> Outcome:
    """Send one copy to an address of one's own; that one left is noted, never to whom.

    Raises NotReady, what ``server`` and ``try_out`` raise, and CannotWrite.
    """
    dossier = mended(prepared, prepared.problems)
    may_get_test(dossier.profile, address)
    there = tuple(dossier.renderings)
    language = language or (dossier.profile.languages[0] if dossier.profile.languages[0] in there else there[0])
    carrier = Smtp(server(settings, dossier.profile.sender))
    outcome = try_out(dossier, settings, carrier, address, now, language=language, workspace=workspace)
    digest = dossier.renderings[language].digest
    note(workspace, dossier.issue, What.TEST_COPY, now, language=language, detail=outcome.fate.value, digest=digest)
    return outcome
