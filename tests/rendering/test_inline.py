"""Styles written on the elements of an island, whatever words stand in it."""

from __future__ import annotations

from unittest.mock import patch

import pytest

from newsletter.rendering import inline as step
from newsletter.rendering.inline import inline

CSS = "p { margin: 0 0 16px; } p:last-child { margin-bottom: 0; } a { color: #141414; } .wide { width: 100%; }"


def test_styles_stand_on_each_element() -> None:
    """A class's, a tag's, a place's; in few bytes."""
    found = inline(
        ['<p>One</p><p><a href="https://example.org/">two</a></p>', '<img class="wide" src="a" alt=""/>'], CSS
    )
    assert found[0] == (
        '<p style="margin:0 0 16px">One</p><p style="margin:0">'
        '<a href="https://example.org/" style="color:#141414">two</a></p>'
    )
    assert 'style="width:100%"' in found[1]


@pytest.mark.parametrize(
    "words",
    [
        "a &lt; b &amp; c",
        "[gap-0] [gap-1]",
        "&nbsp;x\u00a0y",
        "{{ x }} *|X|* %x% [[key-1]]",
        "<!-- a > b -->",
        "&#34;&#39;\\",
        "emoji \U0001f469\u200d\U0001f467, o\u0301, \u202eabc",
    ],
)
def test_words_and_addresses_pass_untouched(words: str) -> None:
    """Nothing of what an author wrote goes through the parser: not a reference, not a gap's own name."""
    address = "https://example.org/?a=1&amp;b=[gap-0]&amp;c=%C3%B1"
    found = inline([f'<p>{words} <a href="{address}">{words}</a></p>'], CSS)[0]
    assert found.count(words) == 2
    assert f'href="{address}"' in found


def test_a_class_may_be_named_like_a_gap() -> None:
    """An own template's: it stays what it is."""
    assert '<p class="[gap-9] wide"' in inline(['<p class="[gap-9] wide">x</p>'], CSS)[0]


def test_white_space_between_cells_stays_where_it_is() -> None:
    """Words between cells would be thrown out of a table by the parser; blanks are no words."""
    table = '<table><tr>\n<td class="wide">a</td>\n<td>b</td></tr></table>'
    assert inline([table], CSS) == [table.replace('class="wide"', 'class="wide" style="width:100%"')]


def test_an_island_like_one_before_needs_no_parser() -> None:
    """Shapes are what goes through premailer: new words in tags that were seen come out styled without it."""
    inline(['<p title="x">One <em>word</em></p>'], CSS)
    with patch.object(step, "_through_premailer", side_effect=AssertionError):
        assert inline(['<p title="y">Two <em>words &amp; more</em></p>'], CSS) == [
            '<p title="y" style="margin:0">Two <em>words &amp; more</em></p>'
        ]


def test_styles_may_look_at_addresses() -> None:
    """A coordinator's own sheet may colour mail addresses: then addresses are not left out of the shape."""
    css = 'a[href$="@example.org"] { color: #5c5c5c; }'
    web, mail = inline(['<a href="https://example.org/">a</a>', '<a href="mailto:a@example.org">a</a>'], css)
    assert "style" not in web
    assert 'style="color:#5c5c5c"' in mail


def test_what_was_kept_is_bounded() -> None:
    """A preview may run for weeks: old shapes and old sheets are forgotten."""
    for number in range(step._SHEETS_KEPT + 3):
        inline(["<p>x</p>"], f"p {{ margin: {number}px; }}")
    assert len(step._KEPT) <= step._SHEETS_KEPT
    with patch.object(step, "_MOST_KEPT", 1):
        for deep in range(3):
            inline(["<p>" * (deep + 1) + "x" + "</p>" * (deep + 1)], CSS)
        assert len(step._KEPT[CSS]) == 1


def test_what_is_forgotten_meanwhile_is_not_missed() -> None:
    """A preview renders in several threads, and each may clear what all of them keep."""
    css = CSS + "em { color: #141414; }"
    inline(["<p>known</p>"], css)
    through = step._through_premailer

    def forgetful(shapes: list[str], sheet: str) -> object:
        step._KEPT[sheet].clear()
        return through(shapes, sheet)

    with patch.object(step, "_through_premailer", forgetful):
        known, new = inline(["<p>known</p>", "<em>new</em>"], css)
    assert ">known</p>" in known
    assert ">new</em>" in new
