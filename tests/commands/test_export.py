from __future__ import annotations

import base64
import stat

import pytest

from newsletter.__main__ import main
from newsletter.workspace import Workspace


def allow(workspace: Workspace) -> None:
    text = workspace.profile.read_text("utf-8").replace("approval: required", "approval: optional")
    workspace.profile.write_text(text, "utf-8")


@pytest.fixture
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key of this test's own."""
    monkeypatch.setenv("NEWSLETTER_KEY", base64.urlsafe_b64encode(bytes(range(32))).decode())


def test_export_names_the_platforms_and_how_well_they_are_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--list"]) == 0
    said = capsys.readouterr().out
    for name in ("mailchimp", "brevo", "listmonk"):
        assert name in said
    assert "from memory" in said, "what we are not sure of is said"


def test_export_writes_the_folder_and_says_how_to_go_on(sample: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    allow(sample)
    assert main(["--workspace", str(sample.root), "export", "2025-07", "--for", "brevo", "--yes"]) == 0
    folder = sample.outbox / "2025-07" / "brevo"
    assert str(folder) in capsys.readouterr().out
    assert "{{unsubscribe}}" in (folder / "email.html").read_text("utf-8")
    there = {path.name for path in sample.records.iterdir()}
    assert there == {"journal"}, "without --with-list nothing of the list is touched; that it left is written down"


@pytest.mark.usefixtures("key")
def test_export_of_the_list_warns_about_people(sample: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """P12: who handles the data, the contract, delete after use; the file is its owner's alone."""
    allow(sample)
    where = ["--workspace", str(sample.root)]
    add = ["subscribers", "add", "ana@example.org", "--name", "Ana", "--ground", "consent", "--source", "a test"]
    assert main([*where, *add]) == 0
    capsys.readouterr()
    assert main([*where, "export", "2025-07", "--for", "mailchimp", "--with-list", "--yes"]) == 0
    said = capsys.readouterr()
    assert "Intuit" in said.err
    assert "article 28" in said.err
    assert "Delete the list files" in said.err
    written = sample.outbox / "2025-07" / "mailchimp" / "list.en.csv"
    assert "ana@example.org,Ana" in written.read_text("utf-8")
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    assert "ana@example.org" not in said.out + said.err


def test_export_of_an_unapproved_issue_stops_for_safety(sample: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--workspace", str(sample.root), "export", "2025-07", "--for", "brevo"]) == 4
    assert "newsletter approve" in capsys.readouterr().err
    assert not (sample.outbox / "2025-07" / "brevo").exists()


@pytest.mark.parametrize(
    ("words", "said"), [(["--for", "mailchump"], "Known are: brevo, listmonk, mailchimp"), ([], "--for NAME")]
)
def test_export_called_wrongly_says_how(
    sample: Workspace, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    """Exit 2."""
    assert main(["--workspace", str(sample.root), "export", "2025-07", *words]) == 2
    assert said in capsys.readouterr().err
