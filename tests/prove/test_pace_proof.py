from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.prove.pace import densest, profiles, tried


@pytest.mark.parametrize("profile", profiles())
def test_no_profile_ever_lets_more_leave_than_it_may(profile: str, tmp_path: Path) -> None:
    """L2, L3, L6, L10: three days by a clock of its own, with restarts, on real books; any second, minute, hour, day."""
    done = tried(profile, tmp_path, random.Random(profile), most=2500)  # noqa: S311 - the same each time
    assert done.kept()
    assert done.starts > 1
    assert len(done.left) >= min(2500, 3 * (done.limits.per_day or 2500)) * 0.9


def test_the_proof_would_see_one_too_many() -> None:
    """What counts the letters counts half-open stretches: the first and one a whole span later are in two."""
    assert densest([0, 1, 2, 59.9, 60], 60) == 4
    assert densest([0, 0, 60, 60, 60], 60) == 3
    assert densest([], 60) == 0
