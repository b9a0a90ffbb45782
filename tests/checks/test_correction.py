"""A correction says that it is one, of what, and what is right."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from newsletter.checks.correction import MARKS, check
from newsletter.nouns.draft import IssueName, Section
from newsletter.pipeline import prepare
from newsletter.settings import Settings
from newsletter.words import read_words
from newsletter.workspace import Workspace, shipped
from tests.tour.slips import ISSUE, Slip, made

if TYPE_CHECKING:
    from newsletter.nouns.letter import Dossier

JUNE = IssueName.parse("2025-06")


@pytest.fixture
def dossier(tmp_path: Path) -> Dossier:
    """The tour's July issue, in two languages, as a correction of June's with all that one needs."""
    found = prepare(made(Slip("none", "none"), tmp_path / "base"), ISSUE, Settings()).dossier
    assert found
    first = found.editions[0].sections[0]
    wrong = Section(replace(first.type, name="correction"), {"wrong": "1989", "right": "1998"}, ("sections", 0))
    editions = tuple(
        replace(one, corrects=JUNE, subject=f"{MARKS[one.language][0]}: a vote", sections=(wrong, *one.sections))
        for one in found.editions
    )
    return replace(found, editions=editions)


def said(dossier: Dossier) -> list[str]:
    """What is told of it."""
    return [f"{one.severity}: {one.message} {one.hint}" for one in check(dossier, dossier.editions[0].send_on)]


def test_a_whole_correction_is_well(dossier: Dossier) -> None:
    """And so is an issue that corrects nothing, whatever its subject."""
    assert said(dossier) == []
    assert said(replace(dossier, editions=tuple(replace(one, corrects=None) for one in dossier.editions))) == []


def test_each_edition_says_what_it_corrects(dossier: Dossier) -> None:
    """The audience hangs on it."""
    first, second = dossier.editions
    (told,) = said(replace(dossier, editions=(first, replace(second, corrects=None))))
    assert told.startswith("error: Another edition of this correction corrects 2025-06")
    assert told.endswith("corrects: 2025-06")


def test_its_subject_is_marked(dossier: Dossier) -> None:
    """At its beginning, in its own language; in a language without marks nobody can know."""
    first, second = (replace(one, subject="A vote: correction") for one in dossier.editions)
    assert [one.rpartition("  ")[2] for one in said(replace(dossier, editions=(first, second)))] == [
        "Correction:",
        "Corrección:",
    ]
    assert said(replace(dossier, editions=(replace(first, language="qu"),))) == []
    assert said(replace(dossier, editions=(replace(first, subject="correction: a vote"),))) == []


def test_it_says_what_is_right(dossier: Dossier) -> None:
    """The page of the issue shows just that."""
    bare = tuple(replace(one, sections=one.sections[1:]) for one in dossier.editions)
    assert [one.partition(".")[0] for one in said(replace(dossier, editions=bare))] == [
        "error: Nothing here says what was wrong and what is right"
    ] * 2


def test_it_corrects_what_there_was(dossier: Dossier) -> None:
    """Neither itself nor an issue that is not there."""
    for name in ("2025-07", "2019-01"):
        editions = tuple(replace(one, corrects=IssueName.parse(name)) for one in dossier.editions)
        (told,) = said(replace(dossier, editions=editions))
        assert f"no earlier issue {name}" in told


def test_the_word_of_the_letter_is_one_that_its_subject_may_bear() -> None:
    """What stands at the head of the section marks a subject too, in every language that is shipped."""
    workspace = Workspace(shipped())
    for language, marks in MARKS.items():
        assert read_words(workspace, language).phrases["section_correction"] in marks
