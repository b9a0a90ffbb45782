"""A new newsletter's folder: everything one needs to begin, and nothing of hers is ever written over."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
import yaml

from newsletter.__main__ import main
from newsletter.commands.init import contents
from newsletter.nouns.problem import Problem, Severity
from newsletter.pipeline import everything, prepare
from newsletter.settings import Settings
from newsletter.workspace import Workspace, find_workspace


def test_a_new_folder_is_a_workspace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Profile, example issue, room for pictures, settings and a .gitignore; the next step is said."""
    there = tmp_path / "Our news"
    assert main(["init", str(there)]) == 0
    workspace = find_workspace(there / "issues")
    assert workspace.root == there.resolve()
    assert len(workspace.issue_names()) == 1
    assert workspace.images.is_dir()
    assert {"outbox/", "records/", ".env"} <= set((there / ".gitignore").read_text("utf-8").splitlines())
    assert not (there / "templates").exists()
    said = capsys.readouterr()
    assert "newsletter preview" in said.err
    assert f'cd "{there}"' in said.err


def test_nothing_is_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What stands in the folder stays as it is, and is named as kept."""
    (tmp_path / ".gitignore").write_text("mine\n", "utf-8")
    assert main(["init", str(tmp_path)]) == 0
    assert (tmp_path / ".gitignore").read_text("utf-8") == "mine\n"
    assert f"kept  {tmp_path / '.gitignore'}" in capsys.readouterr().out


def test_a_newsletter_that_is_there_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second init changes not one byte, and says where to go on."""
    assert main(["init", str(tmp_path)]) == 0
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert main(["init", str(tmp_path)]) == 2
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    assert "already" in capsys.readouterr().err


FACTS = {
    '  name: ""                     # as readers': '  name: "Example Group"        # as readers',
    'legal: ""': 'legal: "Example Group, a charity"',
    'postal_address: ""': 'postal_address: "1 Example Street, London"',
    'privacy_url: ""': 'privacy_url: "https://example.org/privacy"',
    'complaints: ""': 'complaints: "data@example.org"',
    '  name: ""                     # what stands': '  name: "Example Group"        # what stands',
    'address: ""                  # a mailbox': 'address: "news@example.org"  # a mailbox',
    'leave_by_mail: ""': 'leave_by_mail: "leave@example.org"',
}


def test_only_her_own_facts_and_words_are_missing(tmp_path: Path) -> None:
    """What `check` asks of a new newsletter is who she is, in the profile, and her words for the example's."""
    assert main(["init", str(tmp_path)]) == 0
    workspace = find_workspace(tmp_path)
    missing = errors(workspace)
    assert missing
    of_profile = {problem.check for problem in missing if problem.place.file == "issues/newsletter.yaml"}
    assert of_profile == {"organisation-facts"}
    assert {problem.check for problem in missing} == {"organisation-facts", "placeholder"}
    text = workspace.profile.read_text("utf-8")
    for empty, filled in FACTS.items():
        assert empty in text
        text = text.replace(empty, filled)
    workspace.profile.write_text(text, "utf-8")
    assert len(errors(workspace)) == 5, "the example cannot go out unwritten"
    (example,) = workspace.issues.glob("20*.yaml")
    example.write_text(example.read_text("utf-8").replace("TO WRITE: ", "Words of hers: "), "utf-8")
    assert errors(workspace) == []


def errors(workspace: Workspace) -> list[Problem]:
    """What is to mend in the newest issue."""
    prepared = prepare(workspace, workspace.issue(None), Settings())
    return [problem for problem in everything(prepared) if problem.severity is Severity.ERROR]


@pytest.mark.parametrize("today", [dt.date(2026, 1, 31), dt.date(2026, 2, 1), dt.date(2026, 12, 31)])
def test_the_example_is_of_this_month(today: dt.date) -> None:
    """Its send day lies in the month of its name, and its petition is still open then."""
    files = dict(contents(today))
    issue = yaml.safe_load(files[f"issues/{today:%Y-%m}.yaml"])
    assert (issue["send_on"].year, issue["send_on"].month) == (today.year, today.month)
    assert issue["send_on"] >= today
    assert issue["sections"][-1]["until"] > issue["send_on"]


def test_an_editor_knows_the_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Schemas, what belongs to them, and which extension to take; settings of her own stay as they are."""
    mine = tmp_path / ".vscode" / "settings.json"
    mine.parent.mkdir()
    mine.write_text("{}", "utf-8")
    assert main(["init", str(tmp_path)]) == 0
    assert mine.read_text("utf-8") == "{}"
    assert json.loads((tmp_path / ".vscode" / "extensions.json").read_text("utf-8")) == {
        "recommendations": ["redhat.vscode-yaml"]
    }
    for path in (tmp_path / "issues").glob("*.yaml"):
        first = path.read_text("utf-8").splitlines()[0]
        assert (path.parent / first.removeprefix("# yaml-language-server: $schema=")).is_file(), path.name
    settings = json.loads(dict(contents(dt.date(2026, 1, 1)))[".vscode/settings.json"])
    assert all((tmp_path / name).is_file() for name in settings["yaml.schemas"])
    assert "newsletter new" in capsys.readouterr().err
