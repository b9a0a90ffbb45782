"""Marks of the sentence at the end of an address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.checks.conftest import found

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds

BODY = "- type: news\n  title: A vote\n  body: |\n    They voted: {link}\n"


@pytest.mark.parametrize(
    ("link", "right"),
    [
        ("[the bill](https://example.org/bill.)", "https://example.org/bill"),
        ("[the bill](https://example.org/bill,) and more", "https://example.org/bill"),
        ("<https://example.org/bill;>", "https://example.org/bill"),
        ("[us](mailto:peru@example.org.)", "mailto:peru@example.org"),
        ("<https://example.org/bill)>", "https://example.org/bill"),
        ("[the bill](https://example.org/a...)", "https://example.org/a"),
    ],
)
def test_the_mark_is_taken_out_of_the_address(desk: Desk, link: str, right: str) -> None:
    """X4: a link leads to what it says; the fix takes the mark away."""
    (problem,) = found("link_end", desk.dossier(BODY.format(link=link)))
    assert problem.severity == "warning"
    assert problem.fix[0].new == right


def test_a_button_too(desk: Desk) -> None:
    """An address that was pasted with its full stop."""
    dossier = desk.dossier("- type: petition\n  title: Sign\n  body: Ask.\n  url: https://example.org/p.\n")
    (problem,) = found("link_end", dossier)
    assert (str(problem.place), problem.fix[0].new) == ("issues/2025-07.yaml:8:8", "https://example.org/p")


@pytest.mark.parametrize(
    "link",
    [
        "[a](https://example.org/bill)",
        "[a](https://example.org/bill_(law))",
        "[a](https://example.org/bill/)",
        "[a](https://example.org/?q=1) .",
        "[a](https://example.org/a-)",
    ],
)
def test_good_ends_pass(desk: Desk, finds: Finds, link: str) -> None:
    """Nothing to say; a bracket that the address opened is its own."""
    assert finds(desk.dossier(BODY.format(link=link))) == []
