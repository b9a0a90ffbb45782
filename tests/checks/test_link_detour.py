"""Addresses behind other addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.checks.conftest import found

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds

BODY = "- type: news\n  title: A vote\n  body: |\n    They voted: [the bill]({url}).\n"
REAL = "https://example.org/bill?a=1"
WRAPPED = "https%3A%2F%2Fexample.org%2Fbill%3Fa%3D1"


@pytest.mark.parametrize(
    "url",
    [
        f"https://l.facebook.com/l.php?u={WRAPPED}&h=AT0",
        f"https://lm.facebook.com/l.php?u={WRAPPED}",
        f"https://l.instagram.com/?u={WRAPPED}&e=1",
        f"https://www.google.com/url?sa=t&url={WRAPPED}&usg=A",
        f"https://www.google.co.uk/url?q={WRAPPED}&sa=D",
        f"https://eur02.safelinks.protection.outlook.com/?url={WRAPPED}&data=05%7C01&reserved=0",
        f"https://www.youtube.com/redirect?event=d&q={WRAPPED}",
        f"https://duckduckgo.com/l/?uddg={WRAPPED}",
        "https://urldefense.com/v3/__https://example.org/bill?a=1__;!!Abc!x$",
    ],
)
def test_the_real_address_is_put_in_its_place(desk: Desk, url: str) -> None:
    """P1: nobody notes by the way who follows a link."""
    (problem,) = found("link_detour", desk.dossier(BODY.format(url=url)))
    assert (str(problem.place), problem.severity) == ("issues/2025-07.yaml:8:28", "warning")
    (edit,) = problem.fix
    assert (edit.old, edit.new) == (url, REAL)


@pytest.mark.parametrize(
    "url",
    [
        "https://bit.ly/xyz",
        "https://www.tinyurl.com/xyz",
        "https://example.us2.list-manage.com/track/click?u=1&id=2",
        "https://u123.ct.sendgrid.net/ls/click?upn=abc",
        "https://l.facebook.com/l.php?u=javascript%3Aalert(1)",
    ],
)
def test_where_it_leads_only_a_person_can_find_out(desk: Desk, url: str) -> None:
    """P1: a shortener or a newsletter program counts who follows, and does not say where to."""
    problems = found("link_detour", desk.dossier(BODY.format(url=url)))
    assert [(one.severity, one.fix) for one in problems] == ([] if "facebook" in url else [("warning", ())])


@pytest.mark.parametrize(
    "url",
    [
        "https://www.google.com/maps?q=https%3A%2F%2Fexample.org",
        "https://www.facebook.com/examplegroup",
        "https://example.org/go?url=https%3A%2F%2Fexample.net",
        "https://www.youtube.com/watch?v=abc",
        "mailto:a@bit.ly",
    ],
)
def test_straight_links_pass(desk: Desk, finds: Finds, url: str) -> None:
    """Nothing to say."""
    assert finds(desk.dossier(BODY.format(url=url))) == []


def test_an_address_of_commas_and_brackets_can_be_put_anywhere(desk: Desk) -> None:
    """What YAML or Markdown would stumble over is written as bytes."""
    url = "https://l.facebook.com/l.php?u=https%3A%2F%2Fexample.org%2Fa%2Cb(c)%5Bd%5D"
    assert (
        found("link_detour", desk.dossier(BODY.format(url=f"<{url}>")))[0].fix[0].new
        == "https://example.org/a%2Cb%28c%29%5Bd%5D"
    )
