"""What SpamAssassin said becomes problems at the words it is about."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from newsletter.nouns.letter import SpamRule, SpamScore

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds

DEAR = SpamRule("DEAR_FRIEND", 2.7, "Dear Friend? That's not very dear!")
CAPITALS = SpamRule("SUBJ_ALL_CAPS", 2.6, "Subject is all capitals")
PRAISE = SpamRule("MAILING_LIST_MULTI", -1.0, "Multiple indicators imply a widely-seen list manager")


def test_each_rule_against_it_at_its_place(desk: Desk, finds: Finds) -> None:
    """The worst first; what speaks for the letter is not told."""
    dossier = replace(desk.dossier(), spam={"en": SpamScore(4.3, 5.0, (PRAISE, CAPITALS, DEAR))})
    assert [one[:2] for one in finds(dossier)] == [
        ("issues/2025-07.yaml:6:9", "note"),
        ("issues/2025-07.yaml:1:10", "note"),
    ]


def test_from_the_limit_on_it_is_a_warning(desk: Desk, finds: Finds) -> None:
    """With what most of it comes from."""
    dossier = replace(desk.dossier(), spam={"en": SpamScore(5.3, 5.0, (CAPITALS, DEAR))})
    severity, message = finds(dossier)[0][1:]
    assert severity == "warning"
    assert message.startswith("SpamAssassin holds the letter for spam: 5.3 points")


def test_nobody_asked_nothing_said(desk: Desk, finds: Finds) -> None:
    """Without --spam the check is silent."""
    assert finds(desk.dossier()) == []
