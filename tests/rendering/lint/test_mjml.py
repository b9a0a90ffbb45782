"""What mrml passes in silence, and what it refuses without saying where."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.nouns.problem import Severity
from newsletter.rendering.lint.finding import Finding
from newsletter.rendering.lint.mjml import ANYWHERE, IN_BODY, LETTER, lands, lint
from newsletter.rendering.lint.mjml_tags import table
from newsletter.workspace import shipped

TEMPLATES = shipped() / "templates"
OURS = {path.relative_to(TEMPLATES).as_posix(): path.read_text("utf-8") for path in sorted(TEMPLATES.rglob("*.mjml"))}

COLUMN = "<mj-section><mj-column>\n{}\n</mj-column></mj-section>"
TEXT = COLUMN.format("<mj-text>{}</mj-text>")


def said(found: tuple[Finding, ...]) -> list[str]:
    """Each finding as one line."""
    return [f"{one.line}:{one.column} {one.message} {one.hint}" for one in found]


@pytest.mark.parametrize("name", OURS)
def test_our_own_templates_are_clean(name: str) -> None:
    """X13: every tag, attribute and value is known, and stands where it may."""
    assert said(lint(OURS[name], lands(name))) == []


def test_there_are_templates_to_look_at() -> None:
    """The frame, the parts, and every section type."""
    assert len(OURS) >= 23
    assert {lands(name) for name in OURS} == {LETTER, IN_BODY, ANYWHERE}


@pytest.mark.parametrize(
    ("source", "place", "message", "hint"),
    [
        (COLUMN.format("<mj-buton/>"), "2:1", "no <mj-buton> in MJML", "<mj-button>"),
        (COLUMN.format("<text>x</text>"), "2:1", "<text> cannot stand in <mj-column>", "<mj-text>"),
        (COLUMN.format("<MJ-TEXT>x</MJ-TEXT>"), "2:1", "small letters", "<mj-text>"),
        (COLUMN.format("<p>x</p>"), "2:1", "<p> cannot stand in <mj-column>", "belongs into <mj-text>"),
        (COLUMN.format('<mj-text colour="red">x</mj-text>'), "2:10", "has no attribute “colour”", "“color”"),
        ('<mj-section>\n<mj-column colour="red"/></mj-section>', "2:12", "no attribute “colour”", "“background-color”"),
        ("<mj-section>\n\n <mj-text>x</mj-text></mj-section>", "3:2", "cannot stand in <mj-section>", "<mj-column>"),
        ("<mj-column></mj-column>", "1:1", "<mj-column> cannot stand in <mj-body>", "<mj-section>"),
        ("<mj-section>  words</mj-section>", "1:15", "words stand directly", "<mj-text>"),
        (TEXT.format("<mj-button/>"), "2:10", "cannot stand in <mj-text>", "<mj-column>"),
        (COLUMN.format('<mj-image src="{{ a }}"/>'), "2:1", "needs alt", "alt="),
        (COLUMN.format('<mj-image src="{{ a }}" alt="" width="50%"/>'), "2:39", "“width” takes", "px"),
        (COLUMN.format('<mj-text align="centre">x</mj-text>'), "2:17", "“align” takes one of", "“center”"),
        (COLUMN.format('<mj-text padding="10 5px">x</mj-text>'), "2:19", "one to four figures", "10px"),
        (COLUMN.format('<mj-text color="bleu">x</mj-text>'), "2:17", "takes a colour", "“blue”"),
        (COLUMN.format('<mj-text color="1a1a1a">x</mj-text>'), "2:17", "takes a colour", "#1a1a1a"),
        (COLUMN.format('<mj-divider border-style="sold"/>'), "2:27", "takes one of", "“solid”"),
        (COLUMN.format('<mj-button border="2px sold red">x</mj-button>'), "2:20", "a width, a style", "“solid”"),
        (COLUMN.format('<mj-image src="x" alt="" fluid-on-mobile="yes"/>'), "2:43", "true, false", ""),
        (COLUMN.format('<mj-table cellpadding="a"></mj-table>'), "2:24", "whole figure", "0"),
        (COLUMN.format("<mj-text padding=0>x</mj-text>"), "2:10", "quotation marks", 'padding="0"'),
        ("<mj-section full-width></mj-section>", "1:13", "no value", "full-width="),
        ('<mj-section padding="0" padding="0"></mj-section>', "1:25", "twice", "one away"),
        (TEXT.format("a < b"), "2:12", "a < stands alone", "&lt;"),
        ("<!-- a -- b -->", "1:1", "holds --", "{#"),
        ("<!DOCTYPE html>", "1:1", "may not stand", "away"),
        ("<mj-section>\n<!-- never", "2:1", "never ends", ""),
        ('<mj-section padding="0></mj-section>', "1:1", "is not ended", ""),
        ("{% if a %}\n<mj-section>\n{% endif %}", "2:1", "within this {% if %}", "Close it there"),
        ("<mj-section></mj-section></mj-section>", "1:26", "not open here", "away"),
        (TEXT.format("<ul><li>a<li>b</ul>"), "2:14", "<li> is not closed", "</li>"),
        (TEXT.format("x</br>"), "2:11", "stands alone", "away"),
        (
            TEXT.format('{% if u %}<a href="{{ u }}">{% endif %}x'),
            "2:20",
            "<a> is opened within this {% if %}",
            "both ways",
        ),
    ],
)
def test_a_mistake_is_found_with_its_place(source: str, place: str, message: str, hint: str) -> None:
    """Line and column, so that one can go there; what was meant, so that one can mend it."""
    found = [one for one in said(lint(source, IN_BODY)) if one.startswith(f"{place} ") and message in one]
    assert found, said(lint(source, IN_BODY))
    assert hint in found[0]


def test_all_findings_are_told_at_once() -> None:
    """One slip does not hide the next, not even a tag that is not closed."""
    source = '<mj-section>\n<mj-column>\n<mj-text colour="red" align="centre"><b>x\n<mj-imag/></mj-text>\n</mj-section>'
    assert [one.split()[0] for one in said(lint(source, IN_BODY))] == ["2:1", "3:10", "3:30", "3:38", "4:1"]


@pytest.mark.parametrize(
    "source",
    [
        '{# a #}{% if x %}<mj-section css-class="{{ y }}"{% if z %} padding="0"{% endif %}>{{ v }}</mj-section>{% endif %}',
        TEXT.format("&nbsp;&middot; {{ a }}<br>b<br/><h{{ level }}>c</h{{ level }}>"),
        COLUMN.format('<mj-text padding="{% if a %}24px{% else %}8px{% endif %} {{ b }}px 0">x</mj-text>'),
        COLUMN.format('<mj-text padding="{{ all_four }}" color="{{ c }}" align="{{ start }}">x</mj-text>'),
        COLUMN.format('<mj-text {% if a %}align="left"{% else %}align="right"{% endif %}>x</mj-text>'),
        TEXT.format('<a href="{{ literal("mailto:") ~ x }}">{% if a > b %}>{% endif %}</a>'),
        "{% macro row(x) %}<tr><td>{{ x }}</td></tr>{% endmacro %}{% macro box() %}<mj-column></mj-column>{% endmacro %}",
        TEXT.format('<table role="table">{% for one in all %}<tr><td>{{ one }}</td></tr>{% else %}<tr></tr>{% endfor %}</table>'),
        TEXT.format("{% raw %}{{ as it is }} {% if %}{% endraw %}"),
        COLUMN.format('<mj-image src="{{ s }}" alt="{{ a }}" width="{{ w }}px" height="auto" border="1px solid rgb(1, 2, 3)"/>'),
        COLUMN.format('<mj-text letter-spacing="-0.5px" line-height="1.5" font-weight="700">x</mj-text>'),
    ],
)  # fmt: skip
def test_values_and_conditions_are_no_mistakes(source: str) -> None:
    """Jinja in text, in attributes, in names, around tags; entities and tags of HTML that stand alone."""
    assert said(lint(source, IN_BODY)) == []


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        ("{{ a }}pt", True),
        ("{{ a }}px {{ b }}", False),
        ("1px 2px 3px 4px 5px", True),
        ("{% if a %}1px{% elif b %}2pt{% endif %}", True),
        ("{% for a in b %}1px {% endfor %}", False),
        ("-{{ a }}px", False),
        ("", True),
    ],
)
def test_a_value_that_jinja_writes_in_part_is_judged_by_the_rest(value: str, wrong: bool) -> None:
    """Each way through its conditions is looked at; what cannot be known is taken as right."""
    assert bool(lint(COLUMN.format(f'<mj-text padding="{value}">x</mj-text>'), IN_BODY)) is wrong


@pytest.mark.parametrize("tag", sorted(name for name, tag in table().tags.items() if tag.refused))
def test_what_we_do_not_use_is_refused_with_its_reason_and_a_way_out(tag: str) -> None:
    """mj-include, mj-social, mj-carousel and the like exist; each is named for what it does to a reader."""
    (found,) = [one for one in lint(f"<{tag}></{tag}>") if f"<{tag}> is not used here: " in one.message]
    assert len(found.hint) > 10


@pytest.mark.parametrize(
    ("tag", "attribute"), [(name, one) for name, tag in table().tags.items() for one in sorted(tag.useless)]
)
def test_an_attribute_without_effect_is_a_warning(tag: str, attribute: str) -> None:
    """It does no harm, and whoever wrote it wonders why nothing happens."""
    found = [one for one in lint(f'<{tag} {attribute}="1px"></{tag}>') if one.message.startswith(f"“{attribute}” of ")]
    assert [one.severity for one in found] == [Severity.WARNING]
    assert found[0].hint


def test_the_styles_of_the_head_are_read_too() -> None:
    """At their own place in the file."""
    source = "<mjml><mj-head>\n<mj-style>\np { colour: red; }\n@import 'x';</mj-style></mj-head></mjml>"
    assert [one.split()[0] for one in said(lint(source, LETTER))] == ["3:5", "4:1"]


def test_defaults_are_judged_like_what_they_are_defaults_of() -> None:
    """In mj-attributes: a tag's own, those of all, and classes; no alt is asked for there."""
    around = "<mjml><mj-head><mj-attributes>{}</mj-attributes></mj-head></mjml>"
    fine = '<mj-all font-size="1px"/><mj-text align="left"/><mj-image width="1px"/><mj-class name="a" padding="0"/>'
    assert said(lint(around.format(fine), LETTER)) == []
    for slip in (
        '<mj-all font-size="1"/>',
        '<mj-text algin="left"/>',
        '<mj-image width="50%"/>',
        '<mj-class padding="0"/>',
    ):
        assert len(lint(around.format(slip), LETTER)) == 1, slip


@settings(max_examples=60, deadline=None)
@given(name=st.sampled_from(sorted(OURS)), data=st.data())
def test_no_template_however_broken_stops_it(name: str, data: st.DataObject) -> None:
    """A piece taken out of one of ours, or put in anywhere: it answers, and places lie within the file."""
    source = OURS[name]
    at = data.draw(st.integers(0, len(source)))
    piece = data.draw(
        st.sampled_from(['"', "<", ">", "{%", "%}", "{{", "}}", "</mj-text>", "<!--", "'", "{% if %}", "="])
    )
    broken = source[:at] + piece + source[at + data.draw(st.integers(0, 9)) :]
    lines = re.split("\n", broken)
    for found in lint(broken, lands(name)):
        assert 1 <= found.line <= len(lines)
        assert 1 <= found.column <= len(lines[found.line - 1]) + 1


def test_a_long_template_is_read_in_one_go(tmp_path: Path) -> None:
    """Quotation marks that never end do not make it search for ages."""
    del tmp_path
    assert lint('<mj-text css-class="' + "{{ a }} {% if b %}" * 5000)
