"""The table of MJML: whole, and without contradictions (``make prove`` compares it with MJML's own)."""

from __future__ import annotations

import pytest

from newsletter.rendering.lint.mjml_tags import CONTENT, TAGS, table
from newsletter.rendering.lint.values import alternatives, wrong

BEYOND = {"mjml", "mj-all", "mj-class", "mj-include", "mj-selector", "mj-html-attribute"}
"""What stands in documents beside the components."""


def test_every_component_is_known() -> None:
    """MJML 5.4.1 has 31 components with 394 attributes."""
    components = [tag for name, tag in table().tags.items() if name not in BEYOND]
    assert len(components) == 31
    assert sum(len(tag.original) for tag in components) == 394


def test_tags_stand_in_tags_that_are_known_and_hold_tags() -> None:
    """No slip in the table itself."""
    tags = table().tags
    for tag in tags.values():
        assert tag.holds in (TAGS, "none", *CONTENT), tag.name
        assert all(tags[one].holds == TAGS for one in tag.inside), tag.name
        assert set(tag.useless) <= set(tag.original), tag.name
        assert set(tag.required) <= set(tag.original), tag.name


@pytest.mark.parametrize(
    "kind", sorted({kind for kinds in table().kinds.values() for kind in kinds} - {"string", "address"})
)
def test_every_kind_of_value_can_be_wrong(kind: str) -> None:
    """Nonsense is told from a value, and what Jinja writes is taken as right."""
    assert wrong("(nonsense)", kind)
    assert wrong(alternatives("{{ value }}")[0], kind) is None
