"""What law and custom put into every letter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.checks.conftest import found

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds


@pytest.fixture
def good() -> str:
    """A profile in which nothing is missing."""
    from tests.checks.conftest import PROFILE

    return str(PROFILE)


@pytest.mark.parametrize("fact", ["name: Example", "legal", "postal_address", "privacy_url", "complaints"])
def test_each_fact_of_the_organisation_must_be_there(desk: Desk, finds: Finds, good: str, fact: str) -> None:
    """P9, P10: legal name, postal address, privacy notice and a way to complain stand in every letter."""
    without = re.sub(rf"^  {fact}.*\n", "", good, count=1, flags=re.MULTILINE)
    assert without != good
    ((place, severity, _),) = finds(desk.dossier(profile=without))
    assert place.startswith("issues/newsletter.yaml:7:")
    assert severity == "error"


def test_a_sender_who_cannot_be_answered_is_refused(desk: Desk, finds: Finds, good: str) -> None:
    """F15: From is a mailbox that somebody reads."""
    for address in ("noreply@example.org", "no-reply@example.org", "do-not-reply@example.org", "NoReply@example.org"):
        found = finds(desk.dossier(profile=good.replace("peru@example.org", address)))
        assert [one[:2] for one in found] == [("issues/newsletter.yaml:14:12", "error")], address


def test_a_sender_must_be_named(desk: Desk, finds: Finds, good: str) -> None:
    """F15: the display name is not empty, and best names the organisation."""
    nameless = finds(desk.dossier(profile=good.replace("  name: Peru coordination, Example Rights\n", "")))
    other = finds(desk.dossier(profile=good.replace("Peru coordination, Example Rights", "Ana")))
    assert [one[1] for one in nameless] == ["error"]
    assert [one[1] for one in other] == ["note"]


def test_a_whole_profile_passes(desk: Desk, finds: Finds, good: str) -> None:
    """P9: nothing to say."""
    assert finds(desk.dossier(profile=good)) == []


def test_a_list_without_a_name_is_told(desk: Desk, finds: Finds, good: str) -> None:
    """U9: the list is named once, in a domain of one's own; until then a note says so."""
    unnamed = good.replace("  list_id: peru.news.example.org\n", "")
    assert [one[1] for one in finds(desk.dossier(profile=unnamed))] == ["note"]


def test_a_line_that_stands_there_empty_is_to_be_filled_not_added(desk: Desk, good: str) -> None:
    """A new folder holds each line, empty: a second one of the name would be the next mistake."""
    empty = good.replace("  legal: Example Rights, a company limited by guarantee", '  legal: ""')
    (problem,) = found("organisation_facts", desk.dossier(profile=empty))
    assert problem.hint.startswith('Write it between the quotes: legal: "')
    gone = good.replace("  legal: Example Rights, a company limited by guarantee\n", "")
    (problem,) = found("organisation_facts", desk.dossier(profile=gone))
    assert problem.hint.startswith("Under organisation: add a line such as legal: ")
