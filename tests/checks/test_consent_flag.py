"""People named without a ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds


def test_a_person_without_a_ground_is_a_warning(desk: Desk, finds: Finds) -> None:
    """P14: whoever is named needs an explicit ground; the one without it is pointed at."""
    dossier = desk.dossier("""\
        - type: news
          title: A witness
          body: She spoke.
          people:
            - {name: Ana Quispe, consent: agreed on 12 June}
            - {name: Luz Quispe, at_risk: yes}
    """)
    ((place, severity, message),) = finds(dossier)
    assert (place, severity) == ("issues/2025-07.yaml:10:7", "warning")
    assert "at risk" in message


def test_no_people_nothing_to_say(desk: Desk, finds: Finds) -> None:
    """P14: only those under ``people`` are asked about."""
    assert finds(desk.dossier()) == []
