"""Braces that were to say a language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.checks.conftest import found

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds


def body(text: str) -> str:
    """A section with this text from line 7, column 5 on."""
    return f"- type: news\n  title: A vote\n  body: |\n    {text}\n"


def test_what_is_right_passes(desk: Desk, finds: Finds) -> None:
    """X1: phrases and links with their language, names of readers, braces that mean nothing to us."""
    text = "The [Defensoría]{lang=es}, [a link](https://example.org){lang=es-PE}, {first_name|you}, [x](https://example.org/y){first_name|you}: `{lang=sp}`"
    assert finds(desk.dossier(body(text))) == []


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("[Word]{lang=sp}", "Write {lang=es}"),
        ("[Word]{lang=Spanish}", "Write {lang=es}"),
        ('[Word]{lang = "español"}', "Write {lang=es}"),
        ("[Word]{lang=xx}", "“xx” is no language's short name"),
        ("[Word]{.big}", "the language of the words before it"),
        ("[Word]{onclick=x}", "the language of the words before it"),
        ("[Word]{lang=es onclick=x}", "Nothing but the language"),
        ("[W](https://example.org){style=x}", "the language of the words before it"),
        ("[W](https://example.org){lang=sp}", "Write {lang=es}"),
        ("Word{lang=es}", "Put the words that it is about in brackets"),
    ],
)
def test_what_is_not_is_told_at_its_place(desk: Desk, text: str, hint: str) -> None:
    """X1: an error on the brace itself, with what to write."""
    dossier = desk.dossier(body(text))
    problems = found("phrase_language", dossier)
    assert [(str(one.place), one.severity.value) for one in problems] == [
        (f"issues/2025-07.yaml:8:{5 + text.index('{')}", "error")
    ]
    assert hint in problems[0].hint


def test_a_short_field_cannot_say_it(desk: Desk, finds: Finds) -> None:
    """A title stands in a subject line or an alternative text too, where no mark can be."""
    problems = finds(desk.dossier('- {type: news, title: "[Voto]{lang=es}", body: Text.}\n'))
    assert [one[:2] for one in problems] == [("issues/2025-07.yaml:5:30", "error")]
