"""review and approve --code, as one types them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from newsletter.__main__ import main

if TYPE_CHECKING:
    from newsletter.workspace import Workspace


@pytest.fixture(autouse=True)
def in_the_sample(sample: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """One stands in the newsletter's folder."""
    monkeypatch.chdir(sample.root)


def codes(capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, str]:
    """Give July to read; the code of each language, as it was said."""
    assert main(["review", "2025-07", *more]) == 0
    return dict(re.findall(r"^(\w+): .* code (\S+)$", capsys.readouterr().out, re.MULTILINE))


def change(sample: Workspace, old: str, new: str) -> None:
    """Change some words of the English July."""
    path = sample.issues / "2025-07.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_a_file_for_each_language(sample: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """With a code of its own each, which stands in the file too; or only the one asked for."""
    found = codes(capsys)
    assert list(found) == ["en", "es"]
    assert found["en"] != found["es"]
    for name, language in (("review.html", "en"), ("review.es.html", "es")):
        assert found[language] in (sample.outbox / "2025-07" / name).read_text("utf-8")
    assert codes(capsys, "--language", "es") == {"es": found["es"]}


def test_the_code_approves_what_was_read_and_nothing_else(
    sample: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    """No question is asked: the answer was given by whoever sent the code."""
    found = codes(capsys)
    assert main(["approve", "2025-07", "--by", "Luz Example", "--code", found["es"].lower().replace("-", " ")]) == 0
    written = (sample.issues / "2025-07.approval.yaml").read_text("utf-8")
    assert "es:" in written
    assert "en:" not in written
    assert f"code: {found['es']}" in written
    assert "how: code" in written


def test_the_code_of_an_earlier_state_is_refused(sample: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """With what has changed since, in words; exit code 4, and nothing is written."""
    found = codes(capsys)
    change(sample, "amnesty on its first", "amnesty in its first")
    assert main(["approve", "2025-07", "--by", "Luz", "--code", found["en"]]) == 4
    said = capsys.readouterr().err
    assert "since then it has changed: subject" in said
    assert "newsletter review 2025-07 --language en" in said
    assert not (sample.issues / "2025-07.approval.yaml").exists()
    again = codes(capsys)
    assert again["en"] != found["en"]
    assert main(["approve", "2025-07", "--by", "Luz", "--code", again["en"], "--code", again["es"]]) == 0


def test_a_code_that_nobody_was_given(sample: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """One of another state that is not known, and what is no code at all."""
    assert main(["approve", "2025-07", "--by", "Luz", "--code", "00000-00000"]) == 4
    assert "nor of an earlier state that is known" in capsys.readouterr().err
    assert main(["approve", "2025-07", "--by", "Luz", "--code", "yes please"]) == 2
    assert "ten letters and digits" in capsys.readouterr().err
    assert not (sample.issues / "2025-07.approval.yaml").exists()


def test_a_language_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    """Wrong usage, with the languages that are."""
    assert main(["review", "2025-07", "--language", "fr"]) == 2
    assert "en, es" in capsys.readouterr().err


def test_an_issue_that_cannot_be_made(sample: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """It says where to see what is wrong."""
    (sample.issues / "newsletter.yaml").write_text("[", "utf-8")
    assert main(["review", "2025-07"]) == 1
    assert "newsletter check 2025-07" in capsys.readouterr().err
