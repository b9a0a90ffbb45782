"""A Desk and an issue that was made and checked -> where it stands, and which step of the month comes next."""

from __future__ import annotations

from newsletter.delivery.server import NoServerSet, server
from newsletter.errors import NewsletterError
from newsletter.journal import read_journal
from newsletter.nouns.draft import Profile
from newsletter.nouns.problem import Problem
from newsletter.pipeline import Prepared
from newsletter.stand.list_and_books import Kept
from newsletter.stand.stand import Stand, stand_of
from newsletter.studio.desk import Desk
from newsletter.studio.way import Way, way


def journey(desk: Desk, prepared: Prepared, problems: tuple[Problem, ...], kept: Kept) -> tuple[Stand, Way]:
    """Where an issue stands, and where in the month it is. Raises BrokenApproval."""
    stand = stand_of(desk.workspace, prepared, problems, kept, desk.now())
    can_send = _can_send(desk, stand.dossier.profile if stand.dossier else None)
    return stand, way(stand, read_journal(desk.workspace, stand.issue), can_send=can_send)


def _can_send(desk: Desk, profile: Profile | None) -> bool:
    try:
        return bool(profile and server(desk.settings, profile.sender))
    except NoServerSet:
        return False
    except NewsletterError:  # it is set, and the page for test copies says what is wrong with it
        return True
