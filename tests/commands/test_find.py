"""newsletter find, as one types it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from newsletter.__main__ import main

if TYPE_CHECKING:
    from newsletter.workspace import Workspace


@pytest.fixture(autouse=True)
def in_the_sample(sample: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """One stands in the newsletter's folder."""
    monkeypatch.chdir(sample.root)


def test_each_place_with_its_line_and_the_words_marked(capsys: pytest.CaptureFixture[str]) -> None:
    """Newest first; how many there are is said on stderr."""
    assert main(["find", "Peru Support Group", "visit"]) == 0
    said = capsys.readouterr()
    place, line = said.out.splitlines()
    assert place == "issues/2024-12.yaml:45:39: news “Four days to press for justice”"
    assert "The «visit» was organised with the «Peru Support Group»" in line
    assert said.err == "1 place.\n"


def test_json_has_every_place(capsys: pytest.CaptureFixture[str]) -> None:
    """One list, with the six keys, and nothing else on stdout."""
    assert main(["find", "putis", "--json"]) == 0
    said = capsys.readouterr()
    found = json.loads(said.out)
    assert {tuple(one) for one in found} == {("file", "line", "column", "issue", "section", "text")}
    assert found[0]["issue"] == "2025-07"
    assert main(["find", "nothing-like-this", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_nothing_found_says_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    """In a sentence, with exit code 0: it did what was asked."""
    assert main(["find", "amnisty"]) == 0
    assert "“amnisty” occurs nowhere; the nearest that does is “Amnesty”." in capsys.readouterr().err


def test_many_places_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    """The newest forty, unless all are asked for."""
    assert main(["find", "the"]) == 0
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == 80
    assert "newest 40 of" in said.err
    assert main(["find", "the", "--all"]) == 0
    assert len(capsys.readouterr().out.splitlines()) > 80


def test_without_anything_to_look_for(capsys: pytest.CaptureFixture[str]) -> None:
    """Wrong usage, with an example."""
    assert main(["find", " "]) == 2
    assert "newsletter find amnesty" in capsys.readouterr().err


def test_by_language(capsys: pytest.CaptureFixture[str]) -> None:
    """The first language is that of the files that name none."""
    assert main(["find", "ramos", "--language", "en", "--json"]) == 0
    assert {one["file"].count(".") for one in json.loads(capsys.readouterr().out)} == {1}
    assert main(["find", "ramos", "--language", "es", "--json"]) == 0
    assert {one["file"] for one in json.loads(capsys.readouterr().out)} == {"issues/2025-07.es.yaml"}
