"""The ask that matters most."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds

PETITION = "- type: petition\n  title: {0}\n  body: B.\n  url: https://example.org/{0}\n{1}"
EVENT = "- type: event\n  title: An evening\n  date: 2025-07-20\n  body: B.\n"
FEATURED = "  featured: yes\n"


def test_two_asks_of_which_none_matters_most(desk: Desk, finds: Finds) -> None:
    """At the second."""
    ((place, severity, message),) = finds(desk.dossier(PETITION.format("a", "") + PETITION.format("b", "")))
    assert (place, severity) == ("issues/2025-07.yaml:9:3", "warning")
    assert "2 asks" in message


def test_two_that_matter_most(desk: Desk, finds: Finds) -> None:
    """At the second featured: yes."""
    both = PETITION.format("a", FEATURED) + PETITION.format("b", FEATURED)
    ((place, _, message),) = finds(desk.dossier(both))
    assert place == "issues/2025-07.yaml:14:13"
    assert "“a”" in message


@pytest.mark.parametrize(
    "sections",
    [
        PETITION.format("a", FEATURED) + PETITION.format("b", ""),
        PETITION.format("a", "") + PETITION.format("b", FEATURED),
        PETITION.format("a", "") + EVENT,
        PETITION.format("a", ""),
        PETITION.format("a", FEATURED) + PETITION.format("b", "  featured: no\n"),
    ],
)
def test_one_that_matters_most_passes(desk: Desk, finds: Finds, sections: str) -> None:
    """Wherever it stands; an evening to come to takes nothing from it."""
    assert finds(desk.dossier(sections)) == []
