"""An issue that is longer than any letter can be is told so at once, at the section where it becomes so."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.drafting.read import read
from newsletter.drafting.types import read_types
from newsletter.nouns.draft import Edition
from newsletter.nouns.problem import Place, Problem
from newsletter.workspace import Workspace
from tests.any.work import ends

HEAD = "subject: S\npreheader: P\nsend_on: 2025-07-04\nsections:\n"
LONG = "  - type: letter\n    body: |\n" + ("      " + "word " * 1_875 + "\n\n") * 4


def reading(root: Path, sections: str) -> tuple[Edition | None, list[Problem]]:
    """What comes of an issue with these sections."""
    path = root / "issues" / "2025-07.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(HEAD + sections, "utf-8")
    return read(path, read_types(Workspace(root))[0], root=root, language="en")


def test_the_section_that_goes_too_far_is_named(tmp_path: Path) -> None:
    """Five sections of 37 kB are read; with a sixth, it is said where to divide."""
    edition, problems = reading(tmp_path, LONG * 5)
    assert edition is not None
    assert problems == []
    edition, problems = reading(tmp_path, LONG * 6)
    assert edition is None
    assert [(one.check, one.severity, one.place) for one in problems] == [
        ("size", "error", Place("issues/2025-07.yaml", 55, 5))
    ]
    assert "Divide it" in problems[0].hint


def test_a_paragraph_without_end(tmp_path: Path) -> None:
    """A text in one piece is told of at the character where that piece begins."""
    edition, problems = reading(tmp_path, "  - type: letter\n    body: |\n      Hi.\n\n      " + "word " * 9_000 + "\n")
    assert edition is None
    assert [(one.check, one.place) for one in problems] == [("size", Place("issues/2025-07.yaml", 9, 7))]
    assert "44,999 characters" in problems[0].message


@pytest.mark.parametrize(
    "sections",
    [
        "  - type: letter\n    body: |\n" + "      a\n\n" * 20_000,  # each paragraph costs more than its words
        "  - {type: letter, body: Hi}\n" * 5_000,
        "  - type: news\n    title: T\n    body: Hi\n    sources:\n"
        + "      - {title: A, url: 'https://a.example'}\n" * 9_000,
        "x" * 400_000,
    ],
    ids=["paragraphs", "sections", "sources", "no list"],
)
def test_what_is_long_without_many_letters(tmp_path: Path, sections: str) -> None:
    """Two megabytes of YAML are told of, whatever they are made of."""
    with ends():
        edition, problems = reading(tmp_path, sections)
    assert edition is None
    assert problems


def test_the_head_alone_may_be_too_long(tmp_path: Path) -> None:
    """A subject of a book's length is no reason to lay the book out."""
    path = tmp_path / "issues" / "2025-07.yaml"
    path.parent.mkdir()
    path.write_text(
        HEAD.replace("subject: S", f"subject: {'word ' * 70_000}") + "  - {type: letter, body: Hi}\n", "utf-8"
    )
    edition, problems = read(path, read_types(Workspace(tmp_path))[0], root=tmp_path, language="en")
    assert edition is None
    assert [one.check for one in problems] == ["size"]
