"""Addresses that are fetched in the open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.checks.conftest import found

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds


def test_http_is_noted_and_can_be_mended(desk: Desk) -> None:
    """P1: in texts, buttons and sources, each at its address."""
    problems = found(
        "link_http",
        desk.dossier("""\
        - type: petition
          title: Sign
          body: On [the law](http://example.org/law).
          url: HTTP://example.org/p
          sources:
            - {title: The bill, url: "http://example.org/bill"}
    """),
    )
    assert [(one.place.line, one.place.column) for one in problems] == [(7, 22), (8, 8), (10, 31)]
    assert [one.fix[0].new for one in problems] == [
        "https://example.org/law",
        "https://example.org/p",
        "https://example.org/bill",
    ]
    assert {one.severity for one in problems} == {"note"}


def test_others_pass(desk: Desk, finds: Finds) -> None:
    """Nothing to say of https and mailto."""
    body = "- {type: letter, body: 'On [the law](https://example.org/http://x), [to us](mailto:a@example.org).'}\n"
    assert finds(desk.dossier(body)) == []
