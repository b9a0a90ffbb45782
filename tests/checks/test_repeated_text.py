"""Text that readers have had already."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds

LONG = "Ask the court in Talis to let her go, and tell a friend about it too."
LARGO = "Pida al tribunal de Talis que la deje ir, y cuénteselo a una amiga también."


@pytest.mark.parametrize(("language", "text"), [("en", LONG), ("es", LARGO)])
def test_a_sentence_of_the_issue_before_is_told(desk: Desk, finds: Finds, language: str, text: str) -> None:
    """At its start, with the place where it stood."""
    ((place, severity, message),) = finds(desk.says(f"Now. {text}", language=language, before=f"Then. {text}"))
    assert (place.rpartition(":")[2], severity) == ("10", "warning")
    assert "issues/2025-06" in message
    assert "line 9" in message


def test_a_paragraph_that_stands_twice_is_told_once(desk: Desk, finds: Finds) -> None:
    """However many sentences it has."""
    twice = f"{LONG} {LONG[:-1]} and to another.\n\n    Between.\n\n    {LONG} {LONG[:-1]} and to another."
    ((place, _, message),) = finds(desk.says(twice))
    assert place == "issues/2025-07.yaml:13:5"
    assert "this issue" in message


def test_what_is_short_or_new_passes(desk: Desk, finds: Finds) -> None:
    """“Thank you for reading” may be said every month."""
    assert finds(desk.says("Thank you for reading.", before="Thank you for reading.")) == []
    assert finds(desk.says(LONG, before=LONG.replace("Talis", "Lima"))) == []


def test_an_ask_that_is_carried_on_may_say_the_same(desk: Desk, finds: Finds) -> None:
    """It bears the same id."""
    ask = f"- type: petition\n  id: free-her\n  title: T\n  url: https://example.org/x\n  body: {LONG}\n"
    dossier = desk.says(LONG, before="Other.")
    earlier = (desk.edition(ask, issue="2025-06"),)
    carried = (desk.edition(ask),)
    assert finds(type(dossier)(dossier.issue, dossier.profile, carried, {}, earlier)) == []
    other = (desk.edition(ask.replace("free-her", "free-him")),)
    assert len(finds(type(dossier)(dossier.issue, dossier.profile, other, {}, earlier))) == 1


def test_what_is_still_to_be_written_is_not_told_again(desk: Desk, finds: Finds) -> None:
    """`newsletter new` writes it into each issue, and its mark is told already."""
    said = f'"TO WRITE: {LONG}"'
    assert finds(desk.says(said, before=said)) == []


def test_an_ask_without_an_id_is_known_by_its_address(desk: Desk, finds: Finds) -> None:
    """As `newsletter new` carries it on."""
    ask = f"- type: petition\n  title: T\n  url: https://example.org/x\n  body: {LONG}\n"
    dossier = desk.says(LONG, before="Other.")
    earlier = (desk.edition(ask, issue="2025-06"),)
    for now, times in ((ask, 0), (ask.replace("org/x", "org/y"), 1)):
        found = finds(type(dossier)(dossier.issue, dossier.profile, (desk.edition(now),), {}, earlier))
        assert len(found) == times
