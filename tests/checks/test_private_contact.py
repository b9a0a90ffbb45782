"""Ways to private people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds


NEWS = "- type: news\n  title: A vote\n  body: |\n    Write to {words} now.\n"


@pytest.mark.parametrize(
    "words",
    [
        "rosa1984@gmail.com",
        "rosa.quispe@example.net",
        "[Rosa](mailto:rosa@hotmail.com)",
        "+51 987 654 321",
        "+44 7700 900123",
        "07700 900123",
        "[Rosa](https://wa.me/51987654321)",
    ],
)
def test_a_private_person_is_not_put_into_a_thousand_mailboxes(desk: Desk, finds: Finds, words: str) -> None:
    """P14: each once, at its place in the text."""
    ((place, severity, _),) = finds(desk.dossier(NEWS.format(words=words)))
    assert place.startswith("issues/2025-07.yaml:8:")
    assert severity == "warning"


@pytest.mark.parametrize(
    "words",
    [
        "ana.example@example.org",
        "press@example.net",
        "[the ministry](mailto:minister@example.net)",
        "+44 20 7946 0000",
        "article 2025-0612-07",
        "[page](https://example.org/07700900123)",
    ],
)
def test_offices_and_our_own_pass(desk: Desk, finds: Finds, words: str) -> None:
    """The organisation's own domain, an office, a landline, a number that is none."""
    assert finds(desk.dossier(NEWS.format(words=words))) == []


def test_those_to_whom_an_action_is_written_pass(desk: Desk, finds: Finds) -> None:
    """Their addresses are public, and the whole point."""
    action = """\
        - type: urgent-action
          title: Protect them
          what: x
          addressees:
            - {name: Elena Vargas, email: "mailto:elena.vargas@gmail.com"}
          appeal: x
    """
    assert finds(desk.dossier(action)) == []
