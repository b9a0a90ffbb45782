"""What mrml passes in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.rendering.lint import lint
from newsletter.workspace import shipped

OURS = sorted((shipped() / "templates").rglob("*.mjml"))


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.relative_to(shipped()).as_posix())
def test_our_own_templates_are_clean(path: Path) -> None:
    """X13: every tag and attribute is known, and stands where it may."""
    assert lint(path.read_text("utf-8")) == ()


def test_there_are_templates_to_look_at() -> None:
    """Seven sections, the frame, the parts."""
    assert len(OURS) >= 9


@pytest.mark.parametrize(
    ("source", "line", "said"),
    [
        ("<mj-section>\n<mj-colum/></mj-section>", 2, "<mj-colum> is not known"),
        ("<mj-section>\n\n<mj-text>x</mj-text></mj-section>", 3, "cannot stand in <mj-section>"),
        ('<mj-section>\n<mj-column colour="red"/></mj-section>', 2, "no attribute colour"),
        ("<mj-section>words</mj-section>", 1, "words stand directly"),
        ("<mj-section><mj-column><p>x</p></mj-column></mj-section>", 1, "<p> is not known"),
        ("{% if a %}\n<mj-section>\n{% endif %}", 3, "not well-formed"),
        (
            "<mj-section><mj-column><mj-text><mj-button/></mj-text></mj-column></mj-section>",
            1,
            "cannot stand in <mj-text>",
        ),
        ("<mj-include path='x'/>", 1, "<mj-include> is not known"),
    ],
)
def test_a_mistake_is_found_with_its_line(source: str, line: int, said: str) -> None:
    """File and line, so that one can go there."""
    found = lint(source)
    assert found
    assert found[0][0] == line
    assert said in found[0][1]


def test_values_and_conditions_are_no_mistakes() -> None:
    """Jinja in text, in attributes, around tags; entities of HTML."""
    assert (
        lint(
            '{# a #}{% if x %}<mj-section css-class="{{ y }}"{% if z %} padding="0"{% endif %}>{{ v }}</mj-section>{% endif %}'
        )
        == ()
    )
    assert lint("<mj-section><mj-column><mj-text>&nbsp;&middot; {{ a }}</mj-text></mj-column></mj-section>") == ()
