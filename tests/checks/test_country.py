"""Sections of countries, known and unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsletter.checks.country import check

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds

NEWS = "- type: news\n  title: A vote\n  body: They voted.\n  significant: {kept}\n"
SEVERAL = """\
title: Andes newsletter
languages: [en]
countries:
  peru: {name: Peru}
  bolivia: {name: Bolivia}
"""


def test_an_unknown_country(desk: Desk, finds: Finds) -> None:
    """A country that the profile does not have: an error at the word."""
    dossier = desk.dossier(NEWS.format(kept="no") + "  country: preu\n")
    (found,) = finds(dossier)
    assert found[:2] == ("issues/2025-07.yaml:9:12", "error")
    assert "preu" in found[2]


def test_a_country_by_its_name(desk: Desk) -> None:
    """Who writes Perú means peru."""
    dossier = desk.dossier(NEWS.format(kept="no") + "  country: Perú\n")
    (problem,) = check(dossier, dossier.editions[0].send_on)
    assert problem.hint == "Did you mean peru?"


def test_a_known_country(desk: Desk, finds: Finds) -> None:
    """One of the profile's own is well, and with a single one nothing need be said."""
    assert finds(desk.dossier(NEWS.format(kept="yes") + "  country: peru\n")) == []
    assert finds(desk.dossier(NEWS.format(kept="yes"))) == []


def test_significant_news_of_no_country_among_several(desk: Desk, finds: Finds) -> None:
    """What is to stand on a public page must say on which; what is not, need not."""
    found = finds(desk.dossier(NEWS.format(kept="yes"), profile=SEVERAL))
    assert [one[:2] for one in found] == [("issues/2025-07.yaml:5:3", "warning")]
    assert finds(desk.dossier(NEWS.format(kept="no"), profile=SEVERAL)) == []
