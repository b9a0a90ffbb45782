"""A coordinator's own templates: everything wrong with them at once, also where this issue does not use them."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from newsletter.drafting.types import read_types
from newsletter.rendering.layout import Templates
from newsletter.rendering.own_templates import (
    EVERYWHERE,
    IN_FRAME,
    IN_MJML,
    IN_MJML_FRAME,
    IN_SECTION,
    IN_TEXT,
    own_templates,
)
from newsletter.workspace import Workspace, shipped

if TYPE_CHECKING:
    from tests.rendering.conftest import House

SECTION = "<mj-section><mj-column><mj-text>\n{}\n</mj-text></mj-column></mj-section>"


def own(house: House, name: str, text: str | bytes) -> None:
    """Put a template of one's own into the workspace."""
    path = house.root / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def told(workspace: Workspace) -> list[str]:
    """Each problem as one line."""
    return [str(one) for one in own_templates(workspace, read_types(workspace)[0], "en")]


def test_a_workspace_without_its_own_has_nothing_to_tell(house: House, shipped_house: House) -> None:
    """And ours are looked over by the suite, not at each check."""
    assert told(house.workspace) == []
    (house.root / "templates").mkdir()
    assert told(house.workspace) == []
    assert told(shipped_house.workspace) == []


def test_a_copy_of_all_of_ours_is_clean(house: House) -> None:
    """Whoever begins with a copy begins without a problem: letters, texts, pages, styles."""
    shutil.copytree(shipped() / "templates", house.root / "templates", dirs_exist_ok=True)
    assert told(house.workspace) == []


@pytest.mark.parametrize(
    "said",
    [
        "{% set wide = here.first %}{% set x, y = ('a', 'b') if wide else ('c', 'd') %}{{ literal(x ~ y) }}",
        "{% for one in ('a', 'b') %}{{ literal(one if section.title == 'x' else one | upper) }}{% endfor %}",
        "{% set sizes = ['1px', '2px'] %}{{ literal(sizes[0]) }}",
    ],
)
def test_a_templates_own_words_may_be_literal(house: House, said: str) -> None:
    """Wherever they come from; what an author wrote may decide which of them is said."""
    own(house, "sections/news/email.mjml", SECTION.format(said))
    assert [one for one in told(house.workspace) if "literal" in one] == []


@pytest.mark.parametrize(
    ("name", "text", "place", "said"),
    [
        ("sections/news/email.mjml", SECTION.format("<mj-buton/>"), "2:1", "Did you mean <mj-button>?"),
        ("sections/news/email.mjml", "<mj-text>x</mj-text>", "1:1", "cannot stand in <mj-body>"),
        ("sections/news/email.mjml", SECTION.format("{{ section.titel }}"), "2:12", "Did you mean “title”?"),
        ("sections/news/email.mjml", SECTION.format("{{ section.image.captoin }}"), "2:18", "Did you mean “caption”?"),
        ("sections/news/email.mjml", SECTION.format("{{ here.wrod }}"), "2:9", "Did you mean “word”?"),
        ("sections/news/email.mjml", SECTION.format("{{ colour.papre }}"), "2:11", "Did you mean “paper”?"),
        ("sections/news/email.mjml", SECTION.format("{{ say('hello') }}"), "2:9", "no words “hello”"),
        ("sections/news/email.mjml", SECTION.format("{{ section.title | uper }}"), "2:20", "“upper”"),
        ("sections/news/email.mjml", SECTION.format("{{ section.title | safe }}"), "2:20", "no filter “safe”"),
        ("sections/news/email.mjml", SECTION.format("{{ literal(section.title) }}"), "2:4", "author's words"),
        ("sections/news/email.mjml", SECTION.format("{{ literal('a' ~ here.word) }}"), "2:4", "author's words"),
        *(
            ("sections/news/email.mjml", SECTION.format(said), f"2:{said.index('literal') + 1}", "author's words")
            for said in (
                "{% set x = section.title %}{{ literal(x) }}",
                "{% set x = section.title if here.first else 'a' %}{% set y = x ~ 'b' %}{{ literal(y | upper) }}",
                "{% set x = 'a' %}{% if here.first %}{% set x = section.title %}{% endif %}{{ literal(x) }}",
                "{% set a, b = 'x', section.title %}{{ literal(b) }}",
                "{% set x %}{{ section.title }}{% endset %}{{ literal(x) }}",
                "{% set ns = namespace(x=section.title) %}{{ literal(ns.x) }}",
                "{% for x in [section.title] %}{{ literal(x) }}{% endfor %}",
                "{% with x = section.title %}{{ literal(x) }}{% endwith %}",
                "{% macro m(x) %}{{ literal(x) }}{% endmacro %}{{ m(section.title) }}",
                "{{ literal(object=section.title) }}",
                "{{ literal(*[section.title]) }}",
                "{% set x = literal %}{{ x(section.title) }}",
            )
        ),
        ("sections/news/email.txt", "\n{{ section.titel }}", "2:12", "Did you mean “title”?"),
        ("sections/news/email.txt", "{% if %}", "1:1", "not right"),
        ("sections/news/email.txt", "{{ literal('x') }}", "1:4", "Nothing is called “literal”"),
        ("sections/news/web.html", "<p>\n{{ v.titel }}</p>", "2:6", "Did you mean “title”?"),
        ("sections/news/web.html", "<p>\n<b>x</p>", "2:1", "<b> is not closed"),
        ("web/frame.html", "{% block x %}", "1:1", "not right"),
        ("web/style.css", "p { color: red", "1:3", "never closed"),
        ("content.css", "p { color: red !important }", "1:5", "!important"),
        ("content.css", "p { color: {{ colour.papre }} }", "1:22", "Did you mean “paper”?"),
        ("frame.mjml", "<mjml><mj-body/></mjml>{{ masthead.wide.siz }}", "1:41", "Did you mean “size”?"),
        ("parts.mjml", "{% macro a() %}<p>{{ nothing }}{% endmacro %}", "1:16", "<p> is opened within"),
        ("sections/news/emial.mjml", "", "1:1", "Did you mean email.mjml?"),
        ("frame.text.txt", "", "1:1", "Did you mean frame.txt?"),
        ("content.css", b"p { color: \xff }", "1:1", "UTF-8"),
        ("parts.txt", b"x" * 1_000_001, "1:1", "larger than 1 MB"),
    ],
)
def test_a_slip_is_told_with_its_place(house: House, name: str, text: str | bytes, place: str, said: str) -> None:
    """File, line and column, what is wrong, and what was meant."""
    own(house, name, text)
    found = [one for one in told(house.workspace) if one.startswith(f"templates/{name}:{place}: ") and said in one]
    assert found, told(house.workspace)


@pytest.mark.parametrize("name", ["sections/news/email.mjml", "parts.mjml", "content.css", "sections/news/email.txt"])
def test_a_template_saved_by_an_editor_that_marks_its_files_is_used(house: House, name: str) -> None:
    """Notepad and others put a byte order mark before UTF-8: no letter holds it, and no problem comes of it."""
    own(house, name, b"\xef\xbb\xbf" + (shipped() / "templates" / name).read_bytes())
    assert told(house.workspace) == []
    assert all("\ufeff" not in part for part in house.letter("- {type: news, title: One, body: Two}"))


def test_all_is_told_at_once(house: House) -> None:
    """Over several files, several slips in each."""
    own(house, "sections/news/email.mjml", SECTION.format('<b colour="x">{{ section.titel }}'))
    own(house, "sections/letter/email.txt", "{{ section.boddy }}\n{{ nothing }}")
    own(house, "content.css", "p { colr: red }\nq { color: red !important }")
    assert len(told(house.workspace)) == 7


def test_a_type_without_what_a_letter_is_made_of_is_told(house: House) -> None:
    """Before the first section of that type is written."""
    own(house, "sections/poem/fields.yaml", "fields:\n  lines: {kind: markdown}\n")
    own(house, "sections/poem/email.mjml", SECTION.format("{{ section.lines }}"))
    (only,) = told(house.workspace)
    assert only.startswith("templates/sections/poem/fields.yaml:1:1: error:")
    assert "email.txt" in only


def test_what_ones_own_templates_bring_in_is_used(house: House) -> None:
    """A part of one's own under any name."""
    own(house, "mine.mjml", "{% macro row(x) %}<p>{{ x }}</p>{% endmacro %}")
    assert len(told(house.workspace)) == 1
    start = "{% import 'mine.mjml' as mine with context %}"
    own(house, "sections/news/email.mjml", start + SECTION.format("{{ mine.row(section.title) }}"))
    assert told(house.workspace) == []


def test_the_names_it_knows_are_those_that_templates_get(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither one more nor one less, in any template of a letter."""
    given: dict[str, set[str]] = {}
    fill = Templates.fill

    def noted(self: Templates, name: str, values: dict[str, object]) -> str:
        given[name] = {*values, *self._tools} - {"write"}
        return fill(self, name, values)

    monkeypatch.setattr(Templates, "fill", noted)
    house.letter("- {type: letter, body: x}")
    everywhere = {*EVERYWHERE}
    assert given["sections/letter/email.mjml"] == everywhere | {*IN_MJML, *IN_SECTION}
    assert given["sections/letter/email.txt"] == everywhere | {*IN_TEXT, *IN_SECTION, "leave_url"}
    assert given["frame.mjml"] == everywhere | {*IN_MJML, *IN_FRAME, *IN_MJML_FRAME}
    assert given["frame.txt"] == everywhere | {*IN_TEXT, *IN_FRAME}
    assert given["content.css"] == everywhere | {*IN_TEXT}
