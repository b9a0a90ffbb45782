"""The proof over spoilt files proves something: its slips are of every kind, and it sees what is not sound."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.nouns.problem import Place, Problem, Severity
from tests.prove.mutations import mutated
from tests.prove.trial import NotSound, Trial, look_at

ROOT = Path(__file__).resolve().parents[2]
WHOLE = [path.read_bytes() for path in sorted((ROOT / "issues").glob("20*.yaml"))]


def test_the_first_hundred(tmp_path: Path) -> None:
    """Editions and refused files both come of it, and each is sound."""
    trial = Trial(tmp_path / "report.json", 100)
    for number in range(100):
        trial.one(mutated(WHOLE[number % len(WHOLE)], WHOLE, number))
    assert trial.count["files"] == 100
    assert trial.count["editions"] >= 10
    assert trial.count["refused"] >= 10
    assert trial.count["checked"] >= 1
    assert (tmp_path / "report.json").is_file()


def test_the_same_number_makes_the_same_file() -> None:
    """What was found can be found again."""
    assert mutated(WHOLE[0], WHOLE, 7) == mutated(WHOLE[0], WHOLE, 7)
    assert len({mutated(WHOLE[0], WHOLE, number) for number in range(50)}) > 45


@pytest.mark.parametrize(
    "problems",
    [
        [],
        [Problem(Place("issues/2025-07.yaml", 1), Severity.WARNING, "fields", "x")],
        [Problem(Place("issues/2025-07.yaml", 99), Severity.ERROR, "fields", "x")],
        [Problem(Place("issues/2025-07.yaml", 1, 0), Severity.ERROR, "fields", "x")],
        [Problem(Place("issues/2025-07.yaml", 1), Severity.ERROR, "fields", "")],
    ],
)
def test_what_is_not_sound_is_seen(problems: list[Problem]) -> None:
    """No edition and no error; an error beyond the file; an error without a word."""
    with pytest.raises(NotSound):
        look_at(None, problems, b"subject: x\n")
