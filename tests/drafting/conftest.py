"""What the drafting tests stand on: the shipped section types."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from newsletter.drafting.types import read_types
from newsletter.nouns.draft import SectionType
from newsletter.workspace import Workspace, shipped


@pytest.fixture(scope="session")
def types() -> Mapping[str, SectionType]:
    """The shipped section types."""
    found, problems = read_types(Workspace(shipped()))
    assert problems == []
    return found
