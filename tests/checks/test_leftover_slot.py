"""Marks that no reader should see."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from newsletter.drafting.types import read_types
from newsletter.rendering.render import render
from newsletter.rendering.shelf import Shelf

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds

BODY = "- type: letter\n  body: |\n    Dear reader,\n\n    hello {mark} and so on.\n"


@pytest.mark.parametrize(
    "mark",
    [
        "{name}", "{firstname|friend}", "{leave_url}", "{first_name|", "{first_name|}", "{first_name| }",
        "{ first_name|friend }", "{{first_name}}", "{{ contact.FIRSTNAME }}", "{% if x %}", "*|FNAME|*", "[[firstname]]",
        "%FIRSTNAME%", "%%emailaddr%%", "<<First Name>>",
        "{first name|friend}", "[first_name|friend]", "(first_name)", "first_name", "{nombre propio|amiga}",
    ],
)  # fmt: skip
def test_a_mark_left_over_is_an_error_at_its_place(desk: Desk, finds: Finds, mark: str) -> None:
    """S13: nothing that was meant to be filled reaches a reader unfilled; pointed at inside the text."""
    found = [one[:2] for one in finds(desk.dossier(BODY.format(mark=mark)))]
    assert found == [("issues/2025-07.yaml:9:11", "error")]


def test_a_slot_works_in_texts_and_in_the_subject_only(desk: Desk, finds: Finds) -> None:
    """A name in a title, an alt or the preheader would stand there in braces."""
    title = desk.dossier('- type: news\n  title: "For {first_name|you}"\n  body: They voted.\n')
    head = "subject: Peru, {first_name|friend}\npreheader: Dear {first_name|friend}\nsend_on: 2025-07-04\nsections:\n"
    assert [one[0] for one in finds(title)] == ["issues/2025-07.yaml:6:15"]
    assert [one[0] for one in finds(desk.dossier(head=head))] == ["issues/2025-07.yaml:2:17"]


@pytest.mark.parametrize(
    "text", ["{first_name|friend}", "{first_name}", "20 % of 30%", "[[1]](https://example.org)", "{ }", "a {b c} d"]
)
def test_what_is_no_mark_passes(desk: Desk, finds: Finds, text: str) -> None:
    """Nothing to say."""
    assert finds(desk.dossier(BODY.format(mark=text))) == []


@pytest.mark.parametrize("text", ["[Sign](https://example.org/{first_name})", "Type `{first_name}` there."])
def test_a_slot_that_nothing_answers_is_seen_in_the_letter_itself(desk: Desk, finds: Finds, text: str) -> None:
    """Between backticks or in an address a name is no slot: it is told, not sent."""
    dossier = desk.dossier(f'- type: letter\n  body: "{text}"\n')
    workspace = desk.workspace
    types, _ = read_types(workspace)
    rendered, _ = render(dossier.editions[0], dossier.profile, Shelf(workspace, types))
    assert finds(dossier) == []
    (found,) = finds(replace(dossier, renderings={"en": rendered}))
    assert found[1] == "error"
