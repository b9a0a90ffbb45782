"""A new list of invented people, with its key beside it, and a way to write a CSV file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from newsletter.audience.terms import Terms
from newsletter.nouns.person import Ground
from newsletter.settings import Settings
from newsletter.store.open import Store, open_store
from newsletter.workspace import Workspace

Writer = Callable[..., Path]


@pytest.fixture
def today() -> dt.date:
    return dt.date(2026, 11, 22)


@pytest.fixture
def terms() -> Terms:
    return Terms(Ground.CONSENT, "sign-up sheet", dt.date(2026, 3, 14), "Yes, send me the newsletter.")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(Workspace(tmp_path / "work"), Settings(), folder=tmp_path / "keys") as opened:
        yield opened


@pytest.fixture
def write(tmp_path: Path) -> Writer:
    def _write(text: str | bytes, name: str = "list.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return path

    return _write
