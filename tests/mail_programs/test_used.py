"""The detector of features sees what stands in a letter."""

from __future__ import annotations

import pytest

from newsletter.mail_programs.used import in_styles, used


@pytest.mark.parametrize(
    ("selector", "found"),
    [
        ("a", {"type"}),
        (".a.b", {"class", "chaining"}),
        ("td.key", {"type", "class", "chaining"}),
        (".a td, .b > p", {"class", "descendant", "grouping", "child", "type"}),
        ("[x] .a", {"attribute", "descendant", "class"}),
        ("#o + li", {"id", "adjacent-sibling", "type"}),
        ("* ~ li", {"universal", "general-sibling", "type"}),
        (".a  ,.b", {"class", "grouping"}),
    ],
)
def test_selectors(selector: str, found: set[str]) -> None:
    """Each kind, and how they are joined."""
    assert in_styles(f"{selector} {{}}") == {f"selector {one}" for one in found}


@pytest.mark.parametrize(
    ("css", "key"),
    [
        ("p:last-child {}", "pseudo last-child"),
        ("p::after {}", "pseudo after"),
        ("p:has(img) {}", "pseudo has"),
        ("p { color: red !important }", "important"),
        ("p { display: flex }", "value display: flex"),
        ("p { width: calc(1em - 2%) }", "function calc"),
        ("p { width: calc(1em - 2%) }", "unit %"),
        ("p { width: 2vw }", "unit vw"),
        ("p { background: url(x) }", "function url"),
        ("p { width: initial }", "unit initial"),
        ("@media (hover) { p { margin: 0 } }", "media hover"),
        ("@media (hover) { p { margin: 0 } }", "property margin"),
        ("@media (hover) { p { margin: 0 } }", "at media"),
        ("@import 'x';", "at import"),
        ("/* x */", "comment css"),
    ],
)
def test_styles(css: str, key: str) -> None:
    """Properties, values, units, functions, at-rules and what they ask for."""
    assert key in in_styles(css)
    assert key in used(f"<style>{css}</style>")


@pytest.mark.parametrize(
    ("html", "key"),
    [
        ("<!DOCTYPE html>", "declaration doctype html"),
        ("<!-- x -->", "comment html"),
        ('<bdi lang="es">x</bdi>', "tag bdi"),
        ('<bdi lang="es">x</bdi>', "attribute lang"),
        ('<a href="#x">x</a>', "link anchor"),
        ('<a href="mailto:a@example.org">x</a>', "link mailto"),
        ('<p style="text-indent: 2em">x</p>', "property text-indent"),
        ('<p style="text-indent: 2em">x</p>', "unit em"),
        ('<img src="images/x.png">', "picture png"),
        ('<img src="data:image/jpeg;base64,x">', "picture jpg"),
        ('<meta name="color-scheme" content="light">', "meta color-scheme"),
        ('<style media="screen">p {}</style>', "media screen"),
    ],
)
def test_markup(html: str, key: str) -> None:
    """Tags, attributes, links, pictures, and the styles on them."""
    assert key in used(html)


def test_what_is_for_outlook_or_paper_alone_is_left_out() -> None:
    """No other program sees it."""
    assert "tag video" not in used("<!--[if mso]><video></video><![endif]-->")
    assert in_styles("@media print { p { orphans: 3 } }") == {"at media", "media print"}


def test_styles_that_cannot_be_read_are_no_styles() -> None:
    """Nothing slips through because it could not be understood."""
    with pytest.raises(ValueError, match="cannot be read"):
        in_styles("p { color: red } }")
