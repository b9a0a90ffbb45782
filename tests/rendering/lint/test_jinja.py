"""What can be told of a template's Jinja without filling it in."""

from __future__ import annotations

import pytest
from jinja2 import Environment

from newsletter.rendering.lint.jinja import Known, lint

PARTS = "{% macro head(word) %}{{ word }}{% endmacro %}{% set space = 1 %}"
KNOWN = Known(
    names={"say": None, "section": {"title": None, "image": {"alt": None}}, "items": None},
    phrases={"leave": "Leave", "open_until": "Open until {date}"},
    source={"parts.txt": PARTS, "broken.txt": "{% if %}"}.get,
)
IMPORT = "{% import 'parts.txt' as parts with context %}"


def found(source: str, known: Known = KNOWN) -> list[str]:
    """Each finding as one line."""
    return [
        f"{one.line}:{one.column} {one.message} {one.hint}" for one in lint(source, Environment(autoescape=True), known)
    ]


@pytest.mark.parametrize(
    ("source", "place", "said"),
    [
        ("a\n  {% if %}", "2:3", "not right"),
        ("{% for a in items %}", "1:1", "not right"),
        ("x\n{{ section.titel }}", "2:12", "“section” has no “titel”. Did you mean “title”?"),
        ("{{ section.image.art }}", "1:18", "“section.image” has no “art”"),
        ("{{ secton.title }}", "1:4", "nothing is called “secton” here. Did you mean “section”?"),
        ("{{ section.title | uper }}", "1:20", "no filter “uper”. Did you mean “upper”?"),
        ("{% if section is strin %}{% endif %}", "1:18", "no test “strin”. Did you mean “string”?"),
        ("{{ say('laeve') }}", "1:9", "no words “laeve”. Did you mean “leave”?"),
        ("{{ say('open_until') }}", "1:9", "a gap that is not filled"),
        ("{{ section.title.__class__ }}", "1:18", "not for templates"),
        ("{% include 'partz.txt' %}", "1:13", "no template “partz.txt”"),
        ("{% import 'parts.txt' as parts %}", "1:4", "without its context"),
        (IMPORT + "{{ parts.haed(1) }}", "1:56", "“parts” has no “haed”. Did you mean “head”?"),
        ("{% from 'parts.txt' import haed with context %}", "1:28", "“parts.txt” has no “haed”"),
        ("{% for one in items %}{{ one }}{% endfor %}\n{{ one }}", "2:4", "nothing is called “one”"),
        ("{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1) }}{{ b }}", "1:51", "nothing is called “b”"),
    ],
)
def test_a_slip_is_found_with_its_place(source: str, place: str, said: str) -> None:
    """Before any section is written that would use it."""
    assert [one for one in found(source) if one.startswith(f"{place} ") and said in one], found(source)


@pytest.mark.parametrize(
    "source",
    [
        "{% for one in items if one %}{{ loop.index }}{{ one }}{% else %}{{ items }}{% endfor %}",
        "{% for a, b in items %}{{ a ~ b }}{% endfor %}{% set c, d = 1, 2 %}{{ c + d }}",
        "{{ later }}{% if items %}{% set later = 1 %}{% endif %}",
        "{% macro m(a, b=1) %}{{ a }}{{ b }}{{ caller() }}{{ varargs }}{% endmacro %}{% call m(1) %}x{% endcall %}",
        "{% set ns = namespace(x=1) %}{% set ns.x = 2 %}{{ ns.x }}{% for n in range(3) %}{{ n }}{% endfor %}",
        "{% with a = 1 %}{{ a }}{% endwith %}{% set b %}x{% endset %}{{ b | upper }}{{ section.title.upper() }}",
        IMPORT + "{{ parts.head(1) }}{{ parts.space }}{{ say('open_until', date=1) }}{{ say(items) }}",
        "{% from 'parts.txt' import head as top with context %}{{ top(1) }}",
        "{% include 'absent.txt' ignore missing %}{% import 'broken.txt' as broken with context %}{{ broken.x }}",
    ],
)
def test_what_is_right_passes(source: str) -> None:
    """Loops, macros, blocks and whatever they bind."""
    assert found(source) == []


def test_where_nothing_is_known_nothing_is_said_of_names() -> None:
    """The pages around a section: filters and syntax are looked at all the same."""
    assert found("{{ anything.at_all }}", Known(None)) == []
    assert found("{{ anything | filtre }}", Known(None))


def test_all_slips_are_told_at_once() -> None:
    """In the order of the lines."""
    assert [one.split()[0] for one in found("{{ a }}\n{{ section.b }}\n{{ items | c }}")] == ["1:4", "2:12", "3:12"]
