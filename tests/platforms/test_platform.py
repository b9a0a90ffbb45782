from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import newsletter
from newsletter.platforms.platform import BrokenPlatform, read_platforms

OWN = Path(newsletter.__file__).parent


def test_the_three_platforms_are_known_with_their_sources_and_confidence() -> None:
    found = read_platforms()
    assert list(found) == ["brevo", "listmonk", "mailchimp"]
    for one in found.values():
        assert one.sources
        assert one.confidence["leave link"]
        assert one.confidence["first name"]
        assert one.processor
        assert one.where


FOURTH = """
name: Fourth
processor: Fourth Ltd
where: Iceland
contract: ''
tags: {first_name: "{$name|default('⟪fallback⟫')}", leave_url: '{$unsubscribe}'}
fallback_forbids: ["'"]
delimiters: ['{$']
literal: "{ $"
comments: kept
zip: no
max_html_bytes: 400000
list: [{column: subscriber, holds: address}]
steps: [Paste it.]
notes: []
list_steps: [Upload it.]
confidence: {leave link: invented}
sources: [a test]
"""


def test_a_fourth_platform_is_one_file_dropped_in(tmp_path: Path) -> None:
    """Adding a platform: drop its file into a copy of the program, edit nothing else, and the command knows it."""
    shutil.copytree(OWN, tmp_path / "newsletter", ignore=shutil.ignore_patterns("__pycache__", "studio"))
    shutil.copytree(OWN.parent / "templates", tmp_path / "templates")
    shutil.copytree(OWN.parent / "issues", tmp_path / "issues")
    (tmp_path / "newsletter" / "platforms" / "fourth.yaml").write_text(FOURTH, "utf-8")
    profile = tmp_path / "issues" / "newsletter.yaml"
    profile.write_text(profile.read_text("utf-8").replace("approval: required", "approval: optional"), "utf-8")

    def run(*words: str) -> str:
        command = [sys.executable, "-m", "newsletter", *words]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert "fourth" in run("export", "--list")
    assert "README.txt" in run("export", "2025-07", "--for", "fourth", "--yes")
    text = (tmp_path / "outbox" / "2025-07" / "fourth" / "email.txt").read_text("utf-8")
    assert "{$name|default('" in text
    assert "{$unsubscribe}" in text


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("name: Fourth", "name: [", "not YAML"),
        ("processor: Fourth Ltd\n", "", "processor is missing"),
        ("'{$unsubscribe}'", "'{ $unsubscribe }'", "neither a space nor"),
        ("holds: address", "holds: birthday", "birthday"),
        ("holds: address", "holds: name", "no column of the list holds the address"),
        ("delimiters: ['{$']", "delimiters: [1]", "should be words"),
        ("max_html_bytes: 400000", "max_html_bytes: many", "wrong shape"),
    ],
)
def test_a_broken_platform_file_is_named_with_what_is_wrong(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in FOURTH
    (tmp_path / "fourth.yaml").write_text(FOURTH.replace(old, new), "utf-8")
    with pytest.raises(BrokenPlatform, match=said) as refused:
        read_platforms(tmp_path)
    assert refused.value.message.startswith("platforms/fourth.yaml: ")
