"""What a file held at another time, or holds beside it -> the letter made of that, as of the file itself."""

from __future__ import annotations

from pathlib import Path

from newsletter.drafting.profile import read_profile
from newsletter.drafting.read import read
from newsletter.drafting.types import read_types
from newsletter.nouns.letter import Rendered
from newsletter.rendering.render import render
from newsletter.rendering.shelf import Shelf
from newsletter.settings import Settings
from newsletter.workspace import Workspace


def then(workspace: Workspace, path: Path, language: str, data: bytes, settings: Settings) -> Rendered | None:
    """The letter of an edition that says what ``data`` says; None where none can be made of it."""
    types, _ = read_types(workspace)
    profile, _ = read_profile(workspace.profile, workspace.root)
    edition, _ = read(path, types, root=workspace.root, language=language, data=data)
    if profile is None or edition is None:
        return None
    rendered, _ = render(edition, profile, Shelf(workspace, types, settings.public_url, profile.languages))
    return rendered
