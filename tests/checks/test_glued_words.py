"""Words that ran into each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds


@pytest.mark.parametrize(
    ("language", "text", "column"),
    [
        ("en", "They voted.The bill passed.", 15),
        ("en", "They voted,and the bill passed.", 15),
        ("en", "They asked theCongress again.", 16),
        ("en", "The bill was approved. A billapproved in haste.", 30),
        ("en", "The heart ofthe matter.", 15),
        ("es", "Votaron.El proyecto pasó.", 12),
        ("es", "Lo pidió elCongreso.", 14),
        ("es", "El informe dela comisión.", 16),
    ],
)
def test_glued_words_are_told(desk: Desk, finds: Finds, language: str, text: str, column: int) -> None:
    """At the mark without its space, or at the start of what is two words."""
    ((place, severity, _),) = finds(desk.says(text, language=language))
    assert (place.rpartition(":")[2], severity) == (str(column), "warning")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Within a landowners' group nobody overturned a worldwide verdict; lands and owners turned over."),
        ("en", "McDonald, YouTube, WhatsApp, iPhone, DeSantis, MacArthur, LaTeX."),
        ("en", "See example.org, U.S.A., No.7, e.g. this, Node.js and a.m. and p.m."),
        ("en", "Write to ines@example.org or follow @theGuardian and #NoALaAmnistia."),
        ("es", "Sobretodo y aunque, porque las alas, sino también conque."),
        ("en", "1,400 people at 18:30; and/or; 7.Two"),
    ],
)
def test_names_and_whole_words_pass(desk: Desk, finds: Finds, language: str, text: str) -> None:
    """Nothing to say."""
    assert finds(desk.says(text, language=language)) == []


def test_a_figure_that_runs_into_its_word(desk: Desk, finds: Finds) -> None:
    """“15years”; short ones are units and endings."""
    assert [one[2] for one in finds(desk.says("15years for 200people, 10km away, on the 22nd, in the 1980s."))] == [
        "Between “15” and “years” a space is missing.",
        "Between “200” and “people” a space is missing.",
    ]


def test_small_words_in_one_in_spanish(desk: Desk, finds: Finds) -> None:
    """“conlas” is no word; “alas” is one."""
    dossier = desk.says("Other.")
    edition = desk.edition("- type: letter\n  body: Tiñe conlas recetas, enun patio, con alas.\n", language="es")
    found = finds(type(dossier)(dossier.issue, dossier.profile, (edition,), {}, ()))
    assert [one[2].partition(" ")[0] for one in found] == ["“conlas”", "“enun”"]
