"""Words that show another address than the link's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds

BODY = "- type: news\n  title: A vote\n  body: |\n    They voted: {link}\n"


@pytest.mark.parametrize(
    "link",
    [
        "[www.example.org](https://example.net/a)",
        "[https://example.org/bill](https://example.net/bill)",
        "[example.org/bill](https://example.com)",
        "[peru@example.org](mailto:chile@example.org)",
        "[peru@example.org](https://example.net/write)",
        "[example.org](https://example.org.example.net/)",
    ],
)
def test_what_one_sees_is_where_one_gets(desk: Desk, finds: Finds, link: str) -> None:
    """X4: an address in the words that is not the link's is how frauds look."""
    assert [one[1] for one in finds(desk.dossier(BODY.format(link=link)))] == ["warning"]


@pytest.mark.parametrize(
    "link",
    [
        "[www.example.org](https://example.org/a)",
        "[example.org](https://news.example.org/a)",
        "[www.news.example.org](https://example.org/)",
        "[peru@example.org](mailto:peru@example.org?subject=A)",
        "[EE.UU](https://example.org/a)",
        "[report.pdf](https://example.org/a)",
        "[the bill](https://example.org/a)",
    ],
)
def test_others_pass(desk: Desk, finds: Finds, link: str) -> None:
    """The same site, another part of it, and words that are no address."""
    assert finds(desk.dossier(BODY.format(link=link))) == []
