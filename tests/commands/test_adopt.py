"""`newsletter adopt`: what is printed, what a program reads, what is written, and what is said where nothing can be done."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from newsletter.__main__ import _call, main
from newsletter.door import Door
from newsletter.web.fetch import Page, fetch
from tests.any.web import LOOPBACK, serving

DATA = Path(__file__).parents[1] / "drafting" / "adopt" / "data"
PROFILE = "title: Peru newsletter\nlanguages: [en, es]\ncountries:\n  peru:\n    name: {en: Peru, es: Perú}\n"
TWO = f"{PROFILE}  chile:\n    name: Chile\n"
Say = Callable[..., int]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A newsletter's folder, in which one stands, with the page beside it in two forms."""
    (tmp_path / "issues").mkdir()
    (tmp_path / "issues" / "newsletter.yaml").write_text(PROFILE, "utf-8")
    for path in DATA.iterdir():
        shutil.copy(path, tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def files(folder: Path) -> dict[str, bytes]:
    """Everything in the folder of issues."""
    return {path.name: path.read_bytes() for path in (folder / "issues").rglob("*") if path.is_file()}


def test_line_by_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each paragraph with its line and what it became, doubts below it, then what to mend and what was written."""
    assert main(["adopt", "significant-events.txt"]) == 0
    said = capsys.readouterr()
    lines = said.out.splitlines()
    assert "line 9: “Significant Events from Newsletters 2025”  ->  year 2025" in lines
    assert "line 11: “July 2025”  ->  issue 2025-07" in lines
    at = lines.index(
        "line 19: “Marisiela Monzon Ramos, daughter of Celia Ramos”  ->  2025-06, section 1: caption of a picture"
    )
    assert lines[at + 1].startswith("    ? Taken for the caption of a picture")
    assert any(line.startswith("significant-events.txt:27:226: “Sign the petition here” was a link") for line in lines)
    assert "wrote  issues/2025-07.yaml: 1 section, 111 words" in lines
    assert lines[-1].endswith("None was lost, none added.")
    assert "newsletter check 2025-07" in said.err
    assert len(files(folder)) == 12


def test_json_is_one_document(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Issues, standing text and problems as `check --json` has them, and nothing else on stdout."""
    assert main(["adopt", "significant-events.html", "--json"]) == 0
    said = capsys.readouterr()
    found = json.loads(said.out)
    assert set(found) == {"issues", "standing", "problems"}
    assert [one["issue"] for one in found["issues"]][:2] == ["2025-07", "2025-06"]
    assert {one["state"] for one in found["issues"]} == {"written"}
    assert found["standing"].startswith("### Peru")
    assert found["problems"]
    keys = {"file", "line", "column", "severity", "check", "message", "hint"}
    assert all(set(one) == keys for one in found["problems"])
    for one in found["problems"]:
        text = (folder / one["file"]).read_text("utf-8").split("\n")
        assert 1 <= one["line"] <= len(text)
        assert 1 <= one["column"] <= len(text[one["line"] - 1]) + 1
    assert said.err == ""


def test_mending_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Which links went where, and where the copy is."""
    main(["adopt", "significant-events.txt"])
    capsys.readouterr()
    assert main(["adopt", "significant-events.html"]) == 0
    out = capsys.readouterr().out
    assert "mended issues/2025-05.yaml: 1 lost link put in, nothing else changed" in out
    assert ": [petition here](https://example.org/apci-petition)" in out
    assert "copy   records/copies/2025-05." in out
    assert "left   issues/2025-07.yaml: it was there already" in out
    before = files(folder)
    assert main(["adopt", "significant-events.html"]) == 0
    assert files(folder) == before


def test_a_page_of_the_web(folder: Path) -> None:
    """Fetched by the guarded way, its links made whole by where it stood in the end."""
    with serving() as site:
        page = (
            (DATA / "significant-events.html")
            .read_text("utf-8")
            .replace('<link rel="canonical" href="https://example.org/peru">', "")
        )
        site.put("/news/peru", page.replace('href="https://example.org/apci-petition"', 'href="../apci"'))
        site.redirect("/peru", site.url("/news/peru"))

        def reach(url: str) -> Page:
            return fetch(url, reach=LOOPBACK)

        assert _call(["adopt", site.url("/peru")], Door(folder, fetch=reach)) == 0
        assert f"[petition here]({site.url('/apci')})" in (folder / "issues" / "2025-05.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("typed", "code", "words"),
    [
        (["no-such-file.txt"], 2, "There is no file"),
        (["significant-events.txt", "--month", "July"], 2, "is not a month"),
        (["significant-events.txt", "--country", "chile"], 2, "covers no country"),
        (["http://127.0.0.1/"], 3, "not on the public web"),
        (["https://"], 1, "cannot be opened"),
        (["empty.txt"], 1, "There is no text in empty.txt"),
        (["monthless.txt"], 1, "No month is found in monthless.txt"),
        (["called.docx"], 1, "cannot be read as a Word document"),
    ],
)
def test_what_cannot_be_is_a_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str], typed: list[str], code: int, words: str
) -> None:
    """On stderr, with an exit code; nothing on stdout, also for programs, and nothing is written."""
    for name, text in (("empty.txt", ""), ("monthless.txt", "Words."), ("called.docx", "Words.")):
        (folder / name).write_text(text, "utf-8")
    before = files(folder)
    assert main(["adopt", *typed, "--json"]) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert words in said.err
    assert len(said.err.strip().split("\n")) == 2
    assert files(folder) == before


def test_one_month_as_said(folder: Path) -> None:
    """A page that names no month is that of --month."""
    (folder / "letter.txt").write_text("Dear friends,\n\nThis is what happened.\n", "utf-8")
    assert main(["adopt", "letter.txt", "--month", "2025-07"]) == 0
    assert "- type: letter" in (folder / "issues" / "2025-07.yaml").read_text("utf-8")


def test_several_countries(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The one that the page names; where it names none, that is asked for, and --country answers."""
    (folder / "issues" / "newsletter.yaml").write_text(TWO, "utf-8")
    assert main(["adopt", "significant-events.txt"]) == 0
    assert "country: peru" in (folder / "issues" / "2025-07.yaml").read_text("utf-8")
    (folder / "letter.txt").write_text("March 2023\n\nThis is what happened.\n", "utf-8")
    capsys.readouterr()
    assert main(["adopt", "letter.txt"]) == 0
    assert "--country and one of: peru, chile" in capsys.readouterr().out
    (folder / "issues" / "2023-03.yaml").unlink()
    assert main(["adopt", "letter.txt", "--country", "chile"]) == 0
    assert "country: chile" in (folder / "issues" / "2023-03.yaml").read_text("utf-8")


def test_a_broken_profile_stops_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the place of its first mistake."""
    (folder / "issues" / "newsletter.yaml").write_text("title: [\n", "utf-8")
    assert main(["adopt", "significant-events.txt"]) == 1
    assert "issues/newsletter.yaml:" in capsys.readouterr().err
