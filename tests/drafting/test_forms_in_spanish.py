"""What a form says of a type and its fields: all of it in English and in Spanish."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsletter.drafting import fields
from newsletter.drafting.types import read_types
from newsletter.nouns.draft import Field, Translated
from newsletter.workspace import Workspace, shipped

ALIKE = {"Id", "Embargo"}
"""Labels that are the same word in both."""


def said() -> Iterator[tuple[str, Translated]]:
    """Every label, help and description, each with where it stands."""
    types, problems = read_types(Workspace(shipped()))
    assert problems == []
    for name, kind in types.items():
        yield f"{name}: label", kind.label
        yield f"{name}: about", kind.about
        yield from _of(name, kind.fields)
    for part in ("EDITION", "PICTURE", "SOURCE", "PERSON"):
        yield from _of(part, getattr(fields, part))


def _of(name: str, given: tuple[Field, ...]) -> Iterator[tuple[str, Translated]]:
    for one in given:
        yield f"{name}.{one.name}: label", one.label
        yield f"{name}.{one.name}: help", one.help
        yield from _of(f"{name}.{one.name}", one.fields)


@pytest.mark.parametrize(("where", "words"), list(said()), ids=lambda one: one if isinstance(one, str) else "")
def test_both_languages_are_there(where: str, words: Translated) -> None:
    """No label, help or description falls back to the other language."""
    english, spanish = words.texts.get("en", ""), words.texts.get("es", "")
    assert english, where
    assert spanish, where
    assert english != spanish or english in ALIKE
    if not where.endswith("label"):
        assert english[-1:] == spanish[-1:] or english[-1].isalpha() or english[-1] in "/:"
    assert not re.search(r"[¡!“”]", spanish)


def test_a_type_of_one_s_own_may_say_it_once(tmp_path: Path) -> None:
    """A plain text is said in every language, as it was written."""
    folder = tmp_path / "templates" / "sections" / "visit"
    folder.mkdir(parents=True)
    text = 'label: Visit\nabout: "Where we went."\nfields:\n  title: {kind: text, help: "What it was."}\n'
    (folder / "fields.yaml").write_text(text, "utf-8")
    visit = read_types(Workspace(tmp_path))[0]["visit"]
    assert (visit.about.into("es"), visit.fields[0].help.into("es")) == ("Where we went.", "What it was.")
