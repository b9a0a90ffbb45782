"""Whose server lets a letter through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.checks.conftest import PROFILE

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds


@pytest.mark.parametrize(
    ("address", "severity"),
    [
        ("peru@gmail.com", "warning"),
        ("peru@outlook.com", "warning"),
        ("peru@yahoo.co.uk", "warning"),
        ("peru@example.onmicrosoft.com", "error"),
        ("peru@mail.example.org", ""),
        ("peru@gmail.example.org", ""),
    ],
)
def test_an_address_that_others_refuse(desk: Desk, finds: Finds, address: str, severity: str) -> None:
    """A5, F15: told at the sender's address."""
    told = finds(desk.dossier(profile=PROFILE.replace("peru@example.org", address)))
    assert [one[:2] for one in told] == ([("issues/newsletter.yaml:14:12", severity)] if severity else [])
