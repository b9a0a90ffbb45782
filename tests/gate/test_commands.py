"""check, build and approve, as one types them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from newsletter.__main__ import main

if TYPE_CHECKING:
    from tests.gate.conftest import Newsroom


@pytest.fixture(autouse=True)
def in_the_newsroom(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """One stands in the newsletter's folder."""
    monkeypatch.chdir(newsroom.workspace.root)


def test_check_says_that_all_is_well(capsys: pytest.CaptureFixture[str]) -> None:
    """One line and exit code 0; without a name the newest issue is meant."""
    assert main(["check"]) == 0
    assert capsys.readouterr().out == "All well: nothing to mend in 2025-07.\n"


def test_check_tells_what_to_mend_and_counts_the_rest(newsroom: Newsroom, capsys: pytest.CaptureFixture[str]) -> None:
    """Errors spelled out, each with file, line and column in front, the rest in counts; exit code 1 for errors."""
    newsroom.change("2025-07.yaml", "They voted for it.", "They [here](https://example.org/a) {name}.")
    newsroom.change("2025-07.es.yaml", "Votaron a favor.", "Votaron [la ley](https://example.org/a).")
    assert main(["check", "2025-07"]) == 1
    lines = [line for line in capsys.readouterr().out.splitlines() if line]
    assert lines[0] == "2025-07: 1 to mend before sending."
    assert lines[1].startswith("issues/2025-07.yaml:13:46: ")
    assert lines[3:] == ["1 to look at (link-text)", "Everything at once: newsletter check 2025-07 --all"]


def test_check_all_spells_everything_out(newsroom: Newsroom, capsys: pytest.CaptureFixture[str]) -> None:
    """With --all, and in --json, the warning stands there too: both tell the same problems."""
    newsroom.change("2025-07.yaml", "They voted for it.", "They [here](https://example.org/a) {name}.")
    newsroom.change("2025-07.es.yaml", "Votaron a favor.", "Votaron [la ley](https://example.org/a).")
    assert main(["check", "2025-07", "--all"]) == 1
    told = capsys.readouterr().out
    assert main(["check", "2025-07", "--json"]) == 1
    problems = json.loads(capsys.readouterr().out)
    assert [(one["line"], one["column"]) for one in problems] == [(13, 16), (13, 46)]
    for one in problems:
        assert (
            f"{one['file']}:{one['line']}:{one['column']}: {one['message']}  [{one['check']}]\n    {one['hint']}"
            in told
        )


def test_warnings_alone_are_no_failure(newsroom: Newsroom, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 0: it can go out once they have been looked at."""
    newsroom.change("2025-07.yaml", "They voted for it.", "They [here](https://example.org/a).")
    newsroom.change("2025-07.es.yaml", "Votaron a favor.", "Votaron [la ley](https://example.org/a).")
    assert main(["check", "2025-07"]) == 0
    said = capsys.readouterr().out
    assert "nothing stops it. Please look at 1 thing first." in said
    assert "issues/2025-07.yaml:13:16: " in said


def test_check_json(newsroom: Newsroom, capsys: pytest.CaptureFixture[str]) -> None:
    """One list on stdout and nothing else, with the keys that scripts rely on."""
    newsroom.change("2025-07.yaml", "They voted for it.", "They {name}.")
    assert main(["check", "--json", "2025-07"]) == 1
    said = capsys.readouterr()
    (problem,) = json.loads(said.out)
    assert set(problem) == {"file", "line", "column", "severity", "check", "message", "hint"}
    assert (problem["file"], problem["line"], problem["column"]) == ("issues/2025-07.yaml", 13, 16)
    assert said.err == ""


def test_build_says_where_to_look(newsroom: Newsroom, capsys: pytest.CaptureFixture[str]) -> None:
    """Files with their sizes, the weight on its way, the sections by weight."""
    assert main(["build", "2025-07"]) == 0
    said = capsys.readouterr()
    assert (newsroom.workspace.outbox / "2025-07" / "email.es.eml").is_file()
    assert "email.html" in said.out
    assert "% of what Gmail shows" in said.out
    assert "news  A vote" in said.out
    assert "email.html in a browser" in said.err


def test_build_of_what_cannot_be_read(newsroom: Newsroom, capsys: pytest.CaptureFixture[str]) -> None:
    """It says what is wrong, exits 1, and leaves the last build alone."""
    assert main(["build"]) == 0
    page = newsroom.workspace.outbox / "2025-07" / "email.html"
    before = page.read_bytes()
    newsroom.change("2025-07.yaml", "title: A vote", "titel: A vote")
    assert main(["build"]) == 1
    assert "issues/2025-07.yaml:11:" in capsys.readouterr().err
    assert page.read_bytes() == before


def test_approve_by_language(newsroom: Newsroom, capsys: pytest.CaptureFixture[str]) -> None:
    """Both editions, or only the one asked for."""
    assert main(["approve", "2025-07", "--by", "Ana", "--language", "es", "--yes"]) == 0
    text = (newsroom.workspace.issues / "2025-07.approval.yaml").read_text("utf-8")
    assert "es:" in text
    assert "en:" not in text
    assert main(["approve", "2025-07", "--by", "Ana", "--yes"]) == 0
    assert "en:" in (newsroom.workspace.issues / "2025-07.approval.yaml").read_text("utf-8")
    assert "An amnesty that turns its back" in capsys.readouterr().err


def test_approve_refuses_while_errors_stand(newsroom: Newsroom) -> None:
    """S18: nobody approves what cannot go out."""
    newsroom.change("2025-07.yaml", "They voted for it.", "They {name}.")
    assert main(["approve", "2025-07", "--by", "Ana", "--yes"]) == 1
    assert not (newsroom.workspace.issues / "2025-07.approval.yaml").exists()


def test_approve_asks_a_person(newsroom: Newsroom, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a keyboard and without --yes it stops for safety, and says how to answer."""
    assert main(["approve", "2025-07", "--by", "Ana"]) == 4
    assert "--yes" in capsys.readouterr().err
    assert not (newsroom.workspace.issues / "2025-07.approval.yaml").exists()


def test_approve_of_a_language_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    """Wrong usage, with the languages that are there."""
    assert main(["approve", "2025-07", "--by", "Ana", "--language", "fr", "--yes"]) == 2
    assert "en, es" in capsys.readouterr().err


@pytest.mark.parametrize("by", ["", "  "])
def test_approve_by_nobody(newsroom: Newsroom, capsys: pytest.CaptureFixture[str], by: str) -> None:
    """S18: an approval has a name, or it is none."""
    assert main(["approve", "2025-07", "--by", by, "--yes"]) == 2
    assert "--by" in capsys.readouterr().err
    assert not (newsroom.workspace.issues / "2025-07.approval.yaml").exists()
