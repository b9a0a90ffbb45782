"""Where templates, words and pictures come from, and the public address of an edition's page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from newsletter.nouns.draft import IssueName, SectionType
from newsletter.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Shelf:
    """What rendering reaches for. ``languages`` are those in which this issue has editions."""

    workspace: Workspace
    types: Mapping[str, SectionType]
    public_url: str = ""
    languages: tuple[str, ...] = ("en",)


def page_path(issue: IssueName, language: str, default: str) -> str:
    """Where an edition's page stands below the public address: ``2025-07/``, in other languages ``2025-07/es/``."""
    return f"{issue}/" if language == default else f"{issue}/{language}/"
