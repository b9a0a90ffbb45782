"""A copy that a synced folder left is told, with what its name says of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from newsletter.checks.conflicted_copy import check
from newsletter.nouns.conflicted import ConflictedCopy
from newsletter.nouns.problem import Place, Severity

from .conftest import Desk

DAY = dt.date(2025, 7, 4)


def test_it_is_told(desk: Desk) -> None:
    """A warning at the copy, with who and when, and a way to compare; nothing where there is none."""
    dossier = desk.dossier()
    assert check(dossier, DAY) == []
    copy = ConflictedCopy("2025-07 (1).yaml", "2025-07.yaml", "Google Drive", "Ana", "2025-07-01")
    (problem,) = check(replace(dossier, copies=(copy,)), DAY)
    assert (problem.severity, problem.place) == (Severity.WARNING, Place("issues/2025-07 (1).yaml"))
    assert "copy of 2025-07.yaml, as Google Drive makes them (Ana, 2025-07-01)" in problem.message
    assert "Compare it with 2025-07.yaml" in problem.hint
