"""Edition + profile + shelf -> Rendered and problems, rendered anew only where something of it has changed."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache

from newsletter.nouns.draft import Edition, Profile
from newsletter.nouns.letter import Rendered
from newsletter.nouns.problem import Problem
from newsletter.rendering.render import render
from newsletter.rendering.shelf import Shelf
from newsletter.workspace import stamps

MOST = 8  # editions: those of the issues that one works on


Source = tuple[Edition, Profile, Shelf, Hashable]


class _Kept:
    """The last rendering of one edition: what it came from, and what came of it."""

    made: tuple[Source, Rendered, tuple[Problem, ...]] | None = None


@lru_cache(maxsize=MOST)
def _kept(_: Hashable) -> _Kept:
    return _Kept()


def render_once(edition: Edition, profile: Profile, shelf: Shelf) -> tuple[Rendered, list[Problem]]:
    """As ``render``, and raises the same; templates, words and pictures count as what they are now."""
    place = shelf.workspace
    kept = _kept((place.root, edition.issue, edition.language))
    source = edition, profile, shelf, stamps(place.images, *place.template_folders)
    made = kept.made
    if made is None or not _same(made[0], source):
        kept.made = None  # what was is not kept beside what comes
        rendered, problems = render(edition, profile, shelf)
        made = kept.made = source, rendered, tuple(problems)
    return made[1], list(made[2])


def _same(one: Source, other: Source) -> bool:
    """The very same edition and profile, as ``read_once`` gives them; comparing them would take longer than rendering."""
    return one[0] is other[0] and one[1] is other[1] and one[2:] == other[2:]
