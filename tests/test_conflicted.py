"""Copies that a synced folder leaves beside an edition are known by their names, and nothing else is taken for one."""

from __future__ import annotations

import shutil
import unicodedata
from pathlib import Path

import pytest

from newsletter.conflicted import conflicted
from newsletter.nouns.conflicted import ConflictedCopy
from newsletter.nouns.draft import IssueName
from newsletter.pipeline import everything, prepare
from newsletter.settings import Settings
from newsletter.workspace import Workspace

JULY, SPANISH, SPECIAL = "2025-07.yaml", "2025-07.es.yaml", "2025-07-14-apci.yaml"
DROPBOX, NEXTCLOUD, WINDOWS, DRIVE = "Dropbox", "Nextcloud", "Windows", "Google Drive"

COPIES = [
    ("2025-07 (Ana's conflicted copy 2025-07-01).yaml", JULY, DROPBOX, "Ana", "2025-07-01"),
    ("2025-07 (Ana’s conflicted copy 2025-07-01).yaml", JULY, DROPBOX, "Ana", "2025-07-01"),
    ("2025-07 (Jesus' conflicted copy 2025-07-01 (1)).yaml", JULY, DROPBOX, "Jesus", "2025-07-01"),
    ("2025-07 (MARTA-PC's conflicted copy 2025-07-01).yaml", JULY, DROPBOX, "MARTA-PC", "2025-07-01"),
    ("2025-07.es (Copia en conflicto de Rosa Inés 2025-07-01).yaml", SPANISH, DROPBOX, "Rosa Inés", "2025-07-01"),
    ("2025-07 (copia en conflicto de Ana).yaml", JULY, DROPBOX, "Ana", ""),
    ("2025-07 (Copie en conflit de Zoé 2025-07-01).yaml", JULY, DROPBOX, "Zoé", "2025-07-01"),
    ("2025-07 (In Konflikt stehende Kopie von Uwe 2025-07-01).yaml", JULY, DROPBOX, "Uwe", "2025-07-01"),
    ("2025-07-DESKTOP-AB12.yaml", JULY, "OneDrive", "DESKTOP-AB12", ""),
    ("2025-07.es-LAPTOP-9K2.yaml", SPANISH, "OneDrive", "LAPTOP-9K2", ""),
    ("2025-07-14-apci-DESKTOP-AB12.yaml", SPECIAL, "OneDrive", "DESKTOP-AB12", ""),
    ("2025-07-14-apci-MARTA-PC.yaml", SPECIAL, "OneDrive", "MARTA-PC", ""),
    ("2025-07-Martas-MacBook-Pro.yaml", JULY, "OneDrive", "Martas-MacBook-Pro", ""),
    ("2025-07 (1).yaml", JULY, DRIVE, "", ""),
    ("2025-07.es (12).yaml", SPANISH, DRIVE, "", ""),
    ("2025-07.approval (1).yaml", "2025-07.approval.yaml", DRIVE, "", ""),
    ("2025-07 2.yaml", JULY, "iCloud", "", ""),
    ("2025-07 (conflicted copy 2025-07-01 104412).yaml", JULY, NEXTCLOUD, "", "2025-07-01 10:44"),
    ("2025-07 (conflicted copy ana 2025-07-01 104412).yaml", JULY, NEXTCLOUD, "ana", "2025-07-01 10:44"),
    ("2025-07_conflict-20250701-104412.yaml", JULY, "ownCloud", "", "2025-07-01 10:44"),
    ("2025-07.sync-conflict-20250701-104412-ABC.yaml", JULY, "Syncthing", "ABC", "2025-07-01 10:44"),
    ("2025-07.es.sync-conflict-20250701-104412-ABC.yaml", SPANISH, "Syncthing", "ABC", "2025-07-01 10:44"),
    ("2025-07 (SFConflict ana@example.org 2025-07-01-10-44-12).yaml", JULY, "Seafile", "ana@example.org", "2025-07-01 10:44"),
    ("2025-07 - Copy.yaml", JULY, WINDOWS, "", ""),
    ("2025-07 - copia (2).yaml", JULY, WINDOWS, "", ""),
    ("2025-07 copy 2.yaml", JULY, "macOS", "", ""),
    ("newsletter (1).yaml", "newsletter.yaml", DRIVE, "", ""),
]  # fmt: skip
THERE = (JULY, SPANISH, SPECIAL, "2025-07.approval.yaml", "newsletter.yaml")


@pytest.mark.parametrize(("name", "of", "maker", "who", "when"), COPIES)
def test_copies(name: str, of: str, maker: str, who: str, when: str) -> None:
    """With who and when, where the name says it; also as a Mac writes accents."""
    expected = (ConflictedCopy(name, of, maker, who, when),)
    assert conflicted([*THERE, name]) == expected
    assert conflicted([*THERE, unicodedata.normalize("NFD", name)]) == expected


@pytest.mark.parametrize(
    "name",
    [
        *THERE,
        "2025-07-es.yaml",
        "2025-07-ES.yaml",
        "2025-07-APCI.yaml",
        "2025-07.pt-BR.yaml",
        "2025-07.zh-Hans.yaml",
        "2025-08.yaml",
        "2025-08 (1).yaml",  # its file is not there: somebody's own name
        "2025-08-DESKTOP-AB12.yaml",
        "2025-7 (1).yaml",
        "notes (1).yaml",
        "2025-07 - Copy.txt",
        "2025-07 (1).yml",
        "(1).yaml",
    ],
)
def test_other_names_are_none(name: str) -> None:
    """Editions, names that are only wrong, and other people's files."""
    assert conflicted({*THERE, name}) == ()


@pytest.mark.parametrize("name", [name for name, of, *_ in COPIES if of != "newsletter.yaml"])
def test_a_copy_is_no_issue_and_no_edition(tmp_path: Path, name: str) -> None:
    """The program reads what it read before; the copy is not called misnamed either, since it is told by itself."""
    workspace = Workspace(tmp_path)
    workspace.issues.mkdir()
    for file in (*THERE, name):
        (workspace.issues / file).write_text("subject: x\n", "utf-8")
    july = IssueName(2025, 7)
    assert [str(one) for one in workspace.issue_names()] == ["2025-07", "2025-07-14-apci"]
    assert list(workspace.edition_files(july, "en")) == ["en", "es"]
    assert workspace.misnamed("en") == ()
    assert str(workspace.issue("2025-07")) == "2025-07"


def test_a_copy_alone_is_no_issue(tmp_path: Path) -> None:
    """Where the file itself has gone, its copy still is not taken for an edition in an odd language."""
    workspace = Workspace(tmp_path)
    workspace.issues.mkdir()
    for name in ("2025-07.sync-conflict-20250701-104412-ABC.yaml", "2025-07.es 2.yaml"):
        (workspace.issues / name).write_text("subject: x\n", "utf-8")
    assert workspace.edition_files(IssueName(2025, 7), "en") == {}


def test_it_is_told_also_where_the_file_cannot_be_read(tmp_path: Path) -> None:
    """Then the copy may be the whole one."""
    shutil.copytree(Path(__file__).parent / "tour" / "base", tmp_path, dirs_exist_ok=True)
    workspace = Workspace(tmp_path)
    for path in workspace.issues.glob("2025-07*.yaml"):
        path.write_text("subject: [x\n", "utf-8")
    (workspace.issues / "2025-07 (Ana's conflicted copy 2025-07-01).yaml").write_text("subject: x\n", "utf-8")
    found = [
        one for one in everything(prepare(workspace, IssueName(2025, 7), Settings())) if one.check == "conflicted-copy"
    ]
    assert [one.place.file for one in found] == ["issues/2025-07 (Ana's conflicted copy 2025-07-01).yaml"]
    assert "Ana, 2025-07-01" in found[0].message
