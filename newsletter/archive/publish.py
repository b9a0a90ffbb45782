"""Workspace -> ``outbox/site/``: the public pages of every issue that passes the gate."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from newsletter.archive.library import Library
from newsletter.archive.site import site
from newsletter.errors import NewsletterError, StoppedForSafety, ToMend
from newsletter.folder import replace_folder
from newsletter.gate.clear import Cleared, clear
from newsletter.nouns.draft import Edition, IssueName, NamedPerson, entries
from newsletter.nouns.problem import Place
from newsletter.pipeline import Prepared, prepare
from newsletter.settings import Settings
from newsletter.workspace import NoIssue, Workspace


class Endangered(ToMend):
    """An issue names somebody at risk, and nothing says on what ground."""

    def __init__(self, issue: IssueName, place: Place) -> None:
        super().__init__(
            f"The issue {issue} names somebody at risk, and nothing says on what ground: {place}.",
            'Anybody can find a public page, for years. Add consent: "agreed on 12 June" there, or leave the name out.',
        )


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An issue that is not published, and why."""

    issue: IssueName
    why: NewsletterError


@dataclass(frozen=True, slots=True)
class Published:
    """What came of publishing: the folder, the issues in it (newest first), and those that were left out."""

    folder: Path
    issues: tuple[IssueName, ...]
    left_out: tuple[LeftOut, ...]


def publish(workspace: Workspace, settings: Settings, now: dt.datetime) -> Published:
    """Write the whole site afresh as it should stand now; an older one stays until the new one is whole.

    Issues that do not pass the gate are left out. Raises the gate's own refusal where none is left; CannotWrite.
    """
    cleared: list[Cleared] = []
    left_out: list[LeftOut] = []
    for issue in reversed(workspace.issue_names()):
        try:
            cleared.append(for_the_page(workspace, prepare(workspace, issue, settings), now))
        except (ToMend, StoppedForSafety) as refusal:
            left_out.append(LeftOut(issue, refusal))
    if not cleared:
        raise left_out[0].why if left_out else NoIssue("to publish", ())
    folder = workspace.outbox / "site"
    library = Library(tuple(one.dossier for one in cleared), now.date())
    replace_folder(folder, site(library, workspace, settings.public_url))
    return Published(folder, tuple(one.dossier.issue for one in cleared), tuple(left_out))


def for_the_page(workspace: Workspace, prepared: Prepared, now: dt.datetime) -> Cleared:
    """Let an issue onto the public pages. Raises what the gate raises, and Endangered.

    It is judged by the day it was sent on: that its asks are over by now is no mistake of its own. Warnings do not hold
    it back either; whoever sent it has looked at them. One does: a page is not a letter.
    """
    on = _sent_on(prepared, now.date())
    cleared = clear(workspace, prepared, on, now=now, accept_warnings=True, as_page=True)
    for edition in cleared.dossier.editions:
        _keep_safe(edition)
    return cleared


def _keep_safe(edition: Edition) -> None:
    for entry in entries(edition):
        for number, person in enumerate(entry.value if isinstance(entry.value, tuple) else ()):
            if isinstance(person, NamedPerson) and person.at_risk and not person.consent.strip():
                raise Endangered(edition.issue, edition.place((*entry.path, number)))


def _sent_on(prepared: Prepared, on: dt.date) -> dt.date:
    return prepared.dossier.editions[0].send_on if prepared.dossier else on
