"""The styles in a letter's head: those that something in it meets, and no others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from newsletter.rendering.styles import needed, worn

if TYPE_CHECKING:
    from tests.rendering.conftest import House, Letters

WORN = frozenset({"text", "quiet"})


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        (".text, .gone, .text .gone p { color: red !important; }", ".text{color:red!important}"),
        (".gone { color: red; }", ""),
        ("a > b,\n  i { margin: 0  4px }", "a>b,i{margin:0 4px}"),
        ('[data-ogsc] .text a[title="a, b"] { color: red }', '[data-ogsc] .text a[title="a, b"]{color:red}'),
        ("@media (max-width:599px) { .text { a: b } .gone { c: d } }", "@media (max-width:599px){\n.text{a:b}\n}"),
        ("@media print { .gone { c: d } }", ""),
        (
            "@supports (a: b) { @media print { .quiet { c: d } } }",
            "@supports (a: b){\n@media print{\n.quiet{c:d}\n}\n}",
        ),
        ('@font-face { font-family: "Own"; }', '@font-face{font-family:"Own"}'),
        (".text { /* why */ color: red; ; nonsense; }", ".text{color:red}"),
        (".text .5 { a: b } .quiet { c: d }", ".text .5{a:b}\n.quiet{c:d}"),
        (".text { content: '; } .gone {'; }", '.text{content:"; } .gone {"}'),
        ("", ""),
    ],
)
def test_a_rule_stays_where_something_wears_its_class(css: str, kept: str) -> None:
    """Selectors are judged one by one, groups by what is in them; what is kept is written short, its meaning whole."""
    assert needed(css, WORN) == kept


def test_the_classes_that_are_worn() -> None:
    """Each of several in one attribute; and the one that Thunderbird puts around every letter."""
    assert worn('<p class="a b"><a class="c" data-class="d">') == {"a", "b", "c", "moz-text-html"}


def test_no_rule_of_a_letter_is_without_its_element(letters: Letters) -> None:
    """L1: what is in the head is there for something in the body."""
    html = letters["july-en"].html
    head, _, body = html.partition("<body")
    classes = worn(body)
    styles = re.findall(r"<style>(.*?)</style>", head, re.DOTALL)
    asked = set(re.findall(r"\.([a-z][\w-]*)", " ".join(re.sub(r"\{[^{}]*\}", " ", one) for one in styles)))
    assert asked
    assert asked <= classes


def test_a_letter_carries_no_style_of_a_section_it_has_not(house: House) -> None:
    """L1: a table brings its rules along, a quotation none of them."""
    table = "- {type: table, caption: C, header: [{first: A, second: B, third: C, fourth: D}], rows: [{first: a, second: b}]}\n"
    quote = "- {type: quote, text: Enough., speaker: Rosa Example}\n"
    with_table, without = (house.letter(one)[0].partition("<body")[0] for one in (quote + table, quote))
    assert ".data" in with_table
    assert ".data" not in without
