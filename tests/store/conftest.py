"""A new store in a folder of its own, with its key beside it: no test touches the real config folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from newsletter.settings import Settings
from newsletter.store.open import Store, open_store
from newsletter.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "work")


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    return tmp_path / "config" / "newsletter"


@pytest.fixture
def store(workspace: Workspace, keys: Path) -> Iterator[Store]:
    with open_store(workspace, Settings(), folder=keys) as opened:
        yield opened
