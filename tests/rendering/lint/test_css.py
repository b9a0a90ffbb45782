"""Styles in templates: slips with their place, and what a letter may not hold."""

from __future__ import annotations

import pytest

from newsletter.rendering.lint import css
from newsletter.workspace import shipped

TEMPLATES = shipped() / "templates"


def test_our_own_styles_are_clean() -> None:
    """The letter's and the pages'."""
    assert css.sheet((TEMPLATES / "content.css").read_text("utf-8"), css.CONTENT) == ()
    assert css.sheet((TEMPLATES / "web" / "style.css").read_text("utf-8"), css.PAGE) == ()


@pytest.mark.parametrize(
    ("source", "place", "said"),
    [
        ("p {\n  color: red !important;\n}", (2, 3), "!important"),
        ("p { background: url(x.png) }", (1, 17), "url()"),
        ("p { background: linear-gradient(red, image-set('a.png' 1x)) }", (1, 38), "url()"),
        ("@import 'x.css';", (1, 1), "@import"),
        ("@font-face { src: url(x) }", (1, 1), "@font-face"),
        ("\n@media print { p { color: red } }", (2, 1), "@media is passed over"),
        ("a:hover { color: red }", (1, 1), ":hover is passed over"),
        ("p { colr: red }", (1, 5), "no property “colr”"),
        ("p { color }", (1, 10), "cannot be read"),
        ("p { color: }", (1, 5), "nothing stands after"),
        ("p { color: red\nq { color: blue }", (1, 3), "never closed"),
        ("p { color: red\nq { color: blue }", (1, 5), "within another"),
        ("p { color: red } }", (1, 18), "cannot be read"),
        ("{ color: red }", (1, 1), "without a name"),
        ("/* { */ p { {% if a %}colour: red;{% endif %} }", (1, 23), "“colour”"),
    ],
)
def test_a_slip_is_found_with_its_place(source: str, place: tuple[int, int], said: str) -> None:
    """Parsers of styles keep silent, and the rule is simply not there."""
    found = [one for one in css.sheet(source, css.CONTENT) if said in one.message]
    assert [(one.line, one.column) for one in found] == [place], css.sheet(source, css.CONTENT)
    assert found[0].hint


def test_what_jinja_writes_is_taken_as_right() -> None:
    """In names, values and around rules."""
    source = "p { padding-{{ start }}: {{ a }}px; {% if b %}color: {{ c }};{% endif %} }\n{% if d %}\nq { margin: 0 }\n{% endif %}"
    assert css.sheet(source, css.CONTENT) == ()


def test_the_head_of_a_letter_may_win_and_ask() -> None:
    """Media queries and !important are what it is for; nothing is fetched there either."""
    source = "@media (max-width:599px) { .a { color: red !important; } }"
    assert css.sheet(source, css.HEAD) == ()
    assert css.sheet("@media print { .a { background: url(x) } }", css.HEAD)
