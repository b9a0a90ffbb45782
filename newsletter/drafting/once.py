"""An issue's or the profile's file -> what was read of it, read anew only where other bytes stand there."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import lru_cache
from pathlib import Path

from newsletter.drafting.profile import read_profile
from newsletter.drafting.read import read
from newsletter.drafting.source import UnreadableFile, file_name
from newsletter.nouns.draft import Edition, Profile, SectionType
from newsletter.nouns.problem import Problem

MOST = 256  # files
Types = Mapping[str, SectionType]


class _Kept:
    """The last reading of one file: the bytes and the types it came from, and what came of them."""

    edition: tuple[bytes, Types, Edition | None, tuple[Problem, ...]] | None = None
    profile: tuple[bytes, Profile | None, tuple[Problem, ...]] | None = None


@lru_cache(maxsize=MOST)
def _kept(_: Hashable) -> _Kept:
    return _Kept()


def read_once(path: Path, types: Types, *, root: Path, language: str) -> tuple[Edition | None, list[Problem]]:
    """As ``read``; the same bytes under the same types give the very same edition. Raises UnreadableFile."""
    kept, data = _kept((path, root, language)), _bytes(path, root)
    known = kept.edition
    if known is None or known[0] != data or not _same(known[1], types):
        edition, problems = read(path, types, root=root, language=language, data=data)
        known = kept.edition = data, dict(types), edition, tuple(problems)
    return known[2], list(known[3])


def read_profile_once(path: Path, root: Path) -> tuple[Profile | None, list[Problem]]:
    """As ``read_profile``; the same bytes give the very same profile. Raises UnreadableFile."""
    kept, data = _kept((path, root)), _bytes(path, root)
    known = kept.profile
    if known is None or known[0] != data:
        profile, problems = read_profile(path, root, data=data)
        known = kept.profile = data, profile, tuple(problems)
    return known[1], list(known[2])


def _bytes(path: Path, root: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(file_name(path, root), error) from error


def _same(one: Types, other: Types) -> bool:
    return one.keys() == other.keys() and all(one[name] is other[name] for name in one)
