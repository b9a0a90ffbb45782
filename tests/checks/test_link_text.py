"""Links that make sense read alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds


@pytest.mark.parametrize(
    ("link", "severity"),
    [
        ("[](https://example.org/a)", "error"),
        ("[click here](https://example.org/a)", "warning"),
        ("[Aquí.](https://example.org/a)", "warning"),
        ("[**Haz clic aquí**](https://example.org/a)", "warning"),
        ("[https://example.org/a](https://example.org/a)", "warning"),
        ("<https://example.org/a>", "warning"),
    ],
)
def test_a_link_that_says_nothing(desk: Desk, finds: Finds, link: str, severity: str) -> None:
    """X4: link text is not empty, no bare address, no “click here”; pointed at inside the text."""
    body = f"- type: news\n  title: A vote\n  body: |\n    They voted.\n\n    Then {link} it was.\n"
    assert [one[:2] for one in finds(desk.dossier(body))] == [("issues/2025-07.yaml:10:10", severity)]


def test_the_same_words_for_two_targets(desk: Desk, finds: Finds) -> None:
    """X4: words differ for different targets; the second is pointed at, the first named."""
    dossier = desk.dossier("""\
        - type: news
          title: A vote
          body: |
            See [the report](https://example.org/a), again [the report](https://example.org/a)
            and [The report](https://example.org/b).
    """)
    assert [one[:2] for one in finds(dossier)] == [("issues/2025-07.yaml:9:9", "warning")]


def test_a_button_that_says_nothing(desk: Desk, finds: Finds) -> None:
    """X4: a button is a link too; two may say “Sign”, for each stands under its own title."""
    petition = (
        "- type: petition\n  title: {title}\n  body: Ask.\n  url: https://example.org/{title}\n  button: {button}\n"
    )
    two = petition.format(title="a", button="Sign") + petition.format(title="b", button="Sign")
    assert finds(desk.dossier(two)) == []
    assert [one[1] for one in finds(desk.dossier(petition.format(title="a", button="Click here")))] == ["warning"]


def test_good_links_pass(desk: Desk, finds: Finds) -> None:
    """X4: nothing to say; code and brackets that are no links are left alone."""
    body = "- type: news\n  title: A vote\n  body: Read [the bill 7549](https://example.org/a) or `[here](b)`.\n"
    assert finds(desk.dossier(body)) == []


def test_an_address_that_is_no_link(desk: Desk, finds: Finds) -> None:
    """Written out in a text; its full stop is the sentence's."""
    ((place, severity, message),) = finds(desk.dossier("- type: letter\n  body: Look at https://example.org/a.\n"))
    assert (place, severity) == ("issues/2025-07.yaml:6:17", "warning")
    assert message.startswith("The address https://example.org/a stands bare")
