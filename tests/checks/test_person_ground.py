"""People and the ground on which they are named."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds


PERSON = "- type: person\n  title: Rosa Quispe\n  body: x\n{more}"
PEOPLE = "  people: [{{name: Rosa Quispe, consent: agreed in writing, at_risk: {risk}}}]\n"
PORTRAIT = "  portrait: {{file: a.png, alt: {alt}, credit: {credit}}}\n"


def test_a_person_s_section_needs_a_ground(desk: Desk, finds: Finds) -> None:
    """P14: a section on a person says under people on what ground."""
    assert [one[:2] for one in finds(desk.dossier(PERSON.format(more="")))] == [("issues/2025-07.yaml:6:10", "warning")]
    assert finds(desk.dossier(PERSON.format(more=PEOPLE.format(risk="no")))) == []


def test_a_face_of_somebody_at_risk(desk: Desk, finds: Finds) -> None:
    """P14: a photograph finds whoever looks for her; a drawing does not."""
    photo = PORTRAIT.format(alt="A woman at a window", credit="us")
    endangered = PERSON.format(more=photo + PEOPLE.format(risk="yes"))
    assert [one[:2] for one in finds(desk.dossier(endangered))] == [("issues/2025-07.yaml:8:13", "warning")]
    assert finds(desk.dossier(endangered.replace("credit: us", "credit: 'Drawing: us'"))) == []
    assert finds(desk.dossier(PERSON.format(more=photo + PEOPLE.format(risk="no")))) == []


def test_a_voice_that_an_earlier_issue_calls_at_risk(desk: Desk, finds: Finds) -> None:
    """P14: who was at risk last month is not quoted by name without a word on it."""
    earlier = desk.edition(PERSON.format(more=PEOPLE.format(risk="yes")))
    quote = "- type: quote\n  text: We wait.\n  speaker: rosa Quispe\n"
    assert finds(desk.dossier(quote)) == []
    now = replace(desk.dossier(quote), earlier=(earlier,))
    assert [one[:2] for one in finds(now)] == [("issues/2025-07.yaml:7:12", "warning")]
    agreed = replace(desk.dossier(quote + PEOPLE.format(risk="yes")), earlier=(earlier,))
    assert finds(agreed) == []
