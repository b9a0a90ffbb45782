"""Addresses that carry marks of persons or campaigns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.checks.conftest import PROFILE, found

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds

BODY = "- type: news\n  title: A vote\n  body: |\n    They voted: [the bill]({url}).\n"


@pytest.mark.parametrize(
    ("marked", "clean"),
    [
        ("https://example.org/a?fbclid=IwAR1", "https://example.org/a"),
        ("https://example.org/a?page=2&mc_eid=1b&q=a%20b+c", "https://example.org/a?page=2&q=a%20b+c"),
        ("https://example.org/a?_hsenc=p&mkt_tok=x&oly_enc_id=1#part", "https://example.org/a#part"),
        ("https://example.org/a?FBCLID=1&gclid=2", "https://example.org/a"),
        ("https://www.youtube.com/watch?v=abc&si=def", "https://www.youtube.com/watch?v=abc"),
        ("https://example.org/a?utm_source=n&utm_medium=e&id=7", "https://example.org/a?id=7"),
        ("https://example.org/a?utm_source=n&fbclid=1", "https://example.org/a"),
    ],
)
def test_a_mark_is_taken_away_and_nothing_else(desk: Desk, marked: str, clean: str) -> None:
    """P1: no address tells whose letter or page it was copied from; every other letter of it stays."""
    (problem,) = found("link_marks", desk.dossier(BODY.format(url=marked)))
    assert (str(problem.place), problem.severity) == ("issues/2025-07.yaml:8:28", "warning")
    (edit,) = problem.fix
    assert (edit.old, edit.new) == (marked, clean)
    assert found("link_marks", desk.dossier(BODY.format(url=clean))) == []


def test_a_group_may_want_campaign_codes_on_its_own_site(desk: Desk, finds: Finds) -> None:
    """P1: they are the same for every reader, and stay where the profile says so; marks of persons never do."""
    allowing = f"{PROFILE}campaign_hosts: [www.example.org]\n"
    ours = BODY.format(url="https://www.example.org/a?utm_source=peru")
    assert finds(desk.dossier(ours, profile=allowing)) == []
    assert len(finds(desk.dossier(ours))) == 1
    elsewhere = BODY.format(url="https://www.example.net/a?utm_source=peru")
    assert "utm_source" in finds(desk.dossier(elsewhere, profile=allowing))[0][2]
    personal = BODY.format(url="https://www.example.org/a?fbclid=1&utm_source=peru")
    assert "fbclid" in finds(desk.dossier(personal, profile=allowing))[0][2]


def test_buttons_sources_and_other_languages_count_too(desk: Desk) -> None:
    """Each at its own value, quoted or not."""
    dossier = desk.dossier("""\
        - type: petition
          title: Sign
          body: Ask.
          url: "https://example.org/p?gclid=1"
          url_es: https://example.org/p-es?gclid=1
          sources:
            - {title: The bill, url: 'https://example.org/?fbclid=1'}
    """)
    problems = found("link_marks", dossier)
    assert [(one.place.line, one.place.column, len(one.fix)) for one in problems] == [
        (8, 9, 1),
        (9, 11, 1),
        (11, 31, 1),
    ]


def test_what_is_no_mark_stays(desk: Desk, finds: Finds) -> None:
    """A name that only looks like one, and an address without any."""
    for url in ("https://example.org/a?si=2&b", "https://example.org/?q=utm_source", "mailto:a@example.org?fbclid=1"):
        assert finds(desk.dossier(BODY.format(url=url))) == []


def test_an_address_that_is_not_written_as_it_is_gets_no_fix(desk: Desk) -> None:
    """Nothing is mended that does not stand there letter by letter."""
    (problem,) = found("link_marks", desk.dossier(BODY.format(url="https://example.org/ñ?fbclid=1&amp;b=2")))
    assert problem.fix == ()
