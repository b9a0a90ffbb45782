"""What nobody foresaw: the report says where it happened, and not to whom."""

from __future__ import annotations

import datetime as dt
import os
from importlib import metadata
from pathlib import Path

import pytest

from newsletter.trouble import Setting, explain

NOW = dt.datetime(2026, 11, 22, 10, 0, tzinfo=dt.UTC)


def _reports(folder: Path) -> list[Path]:
    return sorted(folder.glob("trouble-*.txt"))


def _fail(setting: Setting) -> str:
    nobody: dict[str, str] = {}
    with pytest.raises(KeyError) as caught:
        nobody["ana@example.org"]
    return str(explain(caught.value, setting))


def test_a_report_never_replaces_or_follows_anything(tmp_path: Path) -> None:
    """Two surprises within a second are two reports; a link laid in the way, as in a shared /tmp, is not written to."""
    setting = Setting("send", NOW, tmp_path)
    mine = tmp_path / "mine.txt"
    mine.write_text("mine", "utf-8")
    (tmp_path / "trouble-2026-11-22-100000.txt").symlink_to(mine)
    said = {_fail(setting), _fail(setting)}
    assert len(said) == 2
    assert mine.read_text("utf-8") == "mine"
    reports = [path for path in _reports(tmp_path) if not path.is_symlink()]
    assert len(reports) == 2
    for report in reports:
        assert any(str(report) in one for one in said)
        assert "KeyError" in report.read_text("utf-8")
        assert "ana@" not in report.read_text("utf-8")
        assert os.name != "posix" or report.stat().st_mode & 0o077 == 0


def test_a_program_that_was_not_installed_reports_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run from its folder, the program has no version: trouble about trouble helps nobody."""

    def unknown(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", unknown)
    assert str(tmp_path) in _fail(Setting("send", NOW, tmp_path))
    assert len(_reports(tmp_path)) == 1
