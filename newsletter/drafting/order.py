"""The section types -> the order in which the names of an issue file stand, as the samples and the manual have it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from newsletter.drafting.fields import COMMON, EDITION, PARTS
from newsletter.editing.changes import SECTIONS, Order
from newsletter.nouns.draft import Field, Kind, Path, SectionType

_LONG = frozenset({Kind.MARKDOWN, Kind.PICTURE, Kind.ROWS, Kind.SOURCES, Kind.PEOPLE})


def order(types: Mapping[str, SectionType], languages: Iterable[str] = ()) -> Order:
    """The order of the names under a path. ``languages`` are those in which an address may have a name: ``url_es``."""
    tongues = tuple(languages)

    def names(path: Path, kind: str) -> Sequence[str]:
        found = types.get(kind)
        if not path:
            return (*_names(EDITION, tongues), "sections")
        if path[:-1] == SECTIONS:
            return ("type", *_names(_section(found.fields), tongues)) if found else ()
        field = next((one for one in found.fields if one.name == path[2]), None) if found and len(path) > 2 else None  # noqa: PLR2004 - sections, which, field
        if field is None:
            return ()
        return tuple(_names(field.fields or PARTS.get(field.kind, ()), tongues))

    return names


def _names(fields: Iterable[Field], languages: Sequence[str]) -> Iterator[str]:
    for one in fields:
        yield one.name
        if one.kind is Kind.URL:
            yield from (f"{one.name}_{language}" for language in languages)


def _section(fields: Sequence[Field]) -> list[Field]:
    """The id first, then what stands at a section's head, what ties it to others, its text and all else."""
    shared = [one for one in COMMON if one.name != "id"]
    own = [one for one in fields if one not in COMMON]
    text = next((number for number, one in enumerate(own) if one.kind in _LONG), len(own))
    return [*(one for one in COMMON if one.name == "id"), *own[:text], *shared, *own[text:]]
