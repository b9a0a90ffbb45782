"""Markdown as HTML and as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from newsletter.rendering.markdown import set_quotes, to_html, to_plain
from newsletter.words import Words, read_words
from newsletter.workspace import Workspace, shipped

if TYPE_CHECKING:
    from tests.rendering.conftest import House


@pytest.fixture
def words() -> Words:
    """English."""
    return read_words(Workspace(shipped()), "en")


def test_html_of_an_author_is_text(words: Words) -> None:
    """F11: no tag that an author writes is one for the reader."""
    assert to_html("<script>x</script> <b>b", words) == "<p>&lt;script&gt;x&lt;/script&gt; &lt;b&gt;b</p>"


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "/here"]
)
def test_a_link_leads_to_a_page_or_a_mailbox(words: Words, address: str) -> None:
    """F11: any other address stays as it was written, for the author to see."""
    assert "<a" not in to_html(f"[click]({address})", words)
    assert f"({address})" in to_plain(f"[click]({address})", words)


def test_a_picture_in_running_text_is_a_link(words: Words) -> None:
    """P1: it would be fetched from elsewhere at each reading."""
    assert to_html("![A map](https://example.org/map.png)", words) == (
        '<p><a href="https://example.org/map.png">A map</a></p>'
    )
    assert to_plain("![A map](https://example.org/map.png)", words) == "A map <https://example.org/map.png>"


def test_a_picture_inside_a_link_is_its_words(words: Words) -> None:
    """Links do not stand in one another: no browser reads them so; HTML and text say the same."""
    text = "[![A map](https://example.org/map.png) and more](https://example.org/)"
    assert to_html(text, words) == '<p><a href="https://example.org/">A map and more</a></p>'
    assert to_plain(text, words) == "A map and more <https://example.org/>"
    bare = "[![](https://example.org/map.png)](https://example.org/)"
    assert to_html(bare, words) == '<p><a href="https://example.org/">https://example.org/map.png</a></p>'
    assert to_plain(bare, words) == "https://example.org/map.png <https://example.org/>"


def test_a_name_in_the_words_of_a_picture_or_a_link_is_said(words: Words) -> None:
    """Wherever words are read, the slot is answered; never in an address (P1)."""
    for text in ("![For {first_name|you}](https://example.org/p)", "[For {first_name|you}](https://example.org/p)"):
        assert to_html(text, words) == '<p><a href="https://example.org/p">For you</a></p>'
        assert to_plain(text, words) == "For you <https://example.org/p>"


def test_a_name_slot_left_to_itself_says_its_fallback(words: Words) -> None:
    """For the public pages; a slot that we do not know stays as it is."""
    assert (
        to_html("Dear {first_name|reader}, {first_name} {firstname}", words)
        == "<p>Dear reader, friends {firstname}</p>"
    )
    assert to_plain("Dear {first_name|a < b}", words) == "Dear a < b"
    assert "a &lt; b" in to_html("Dear {first_name|a < b}", words)


def test_lists_and_quotations_in_plain_text(words: Words) -> None:
    """X14: nested lists are set in, loose ones are parted, quotations keep their sign."""
    text = "- one\n- two\n  - in\n\n3. three\n\n4. four\n\n> said\n>\n> - item\n\n    code\n\n***"
    assert to_plain(text, words) == (
        "- one\n- two\n  - in\n\n3. three\n\n4. four\n\n> said\n>\n> - item\n\n    code\n\n* * *"
    )


def test_lines_are_folded_and_addresses_stay_whole(words: Words) -> None:
    """X14: no line over the width but for an address that is longer."""
    address = "https://example.org/" + "x" * 80
    folded = to_plain(f"{'word ' * 40}[words of a link]({address}) and more", words).splitlines()
    assert f"<{address}>" in folded
    assert all(len(line) <= 72 for line in folded if address not in line)


def test_what_is_set_in_is_folded_too(words: Words) -> None:
    """X14: four spaces at the start of a paragraph, typed by chance, make no line that runs on."""
    lines = to_plain("> - a\n>\n>       " + "word  " * 40, words).splitlines()
    assert len(lines) > 3
    assert max(map(len, lines)) <= 72


def test_an_item_with_nothing_in_it_is_no_item(words: Words) -> None:
    """X14: neither a bullet without words nor, in HTML, one without its end."""
    assert to_html("a\n\n- \n- b\n\n1. \n\nc", words) == "<p>a</p>\n<ul>\n<li>b</li>\n</ul>\n<p>c</p>"
    assert to_plain("a\n\n- \n- b\n\n1. \n\nc", words) == "a\n\n- b\n\nc"


def test_tabs_become_spaces(words: Words) -> None:
    """X14: a line of the text part is as wide as it is counted; a list that starts at 0 does so in both parts."""
    assert to_plain("a\tb\n\n```\na\tb\n\tc\n```\n\n0. d", words) == "a b\n\n    a   b\n        c\n\n0. d"
    assert 'start="0"' in to_html("0. d", words)


def test_a_link_never_stands_in_a_link_and_never_without_words(words: Words) -> None:
    """X4, F8: an address in the words of a link is words; a link without words says its address, in both parts."""
    inside = "[a <https://example.org/y> b](https://example.org/x)"
    assert to_html(inside, words) == '<p><a href="https://example.org/x">a https://example.org/y b</a></p>'
    assert to_plain(inside, words) == "a https://example.org/y b <https://example.org/x>"
    assert to_html("a [](https://example.org/x)", words) == (
        '<p>a <a href="https://example.org/x">https://example.org/x</a></p>'
    )
    assert to_plain("a [](https://example.org/x)", words) == "a https://example.org/x"


def test_no_break_spaces_hold_as_long_as_the_line_does(house: House) -> None:
    """X14: a line that would be longer than 76 is folded at them too, set in or not; elsewhere they keep words together."""
    long = "\u00a0".join(["word"] * 40)
    _, text = house.letter(f'- {{type: letter, body: "{long}\\n\\n> - {long}\\n\\n{"x " * 33}30\u00a0June"}}')
    assert max(map(len, text.split("\n"))) <= 76
    assert "\n> - word word" in text
    assert "\n>   word word" in text
    assert "\n30 June\n" in text


def test_mail_addresses_are_not_said_twice(words: Words) -> None:
    """X14."""
    assert to_plain("<peru@example.org>", words) == "peru@example.org"
    assert to_plain("[us](mailto:peru@example.org?subject=x)", words) == "us <mailto:peru@example.org?subject=x>"


@pytest.mark.parametrize("sign", [">", "[", "*", "- ", "![", "(", "`", "'", "<", "> - ", "{first_name", "**a "])
def test_depth_without_end_harms_nothing(words: Words, sign: str) -> None:
    """Ten thousand of anything: no crash, no stack spent, no minute lost."""
    to_html(sign * 10_000, words)
    to_plain(sign * 10_000, words)


def test_quotation_marks_are_those_of_the_language(words: Words) -> None:
    """Straight ones are set, in Markdown and in titles; the rest of a title is not Markdown."""
    spanish = read_words(Workspace(shipped()), "es")
    assert to_html('"a" isn\'t', words) == "<p>“a” isn’t</p>"
    assert set_quotes('It\'s *so* <b> "here"', words) == "It’s *so* <b> “here”"
    assert set_quotes('"aquí"', spanish) == "«aquí»"


def test_a_link_holds_no_words_that_only_a_mouse_finds(words: Words) -> None:
    """X4: a tooltip is not read by who has no mouse, nor in the text part."""
    for text in ('[words](https://example.org/ "more words")', '[words][a]\n\n[a]: https://example.org/ "more words"'):
        assert to_html(text, words) == '<p><a href="https://example.org/">words</a></p>'


@pytest.mark.parametrize("word", ["title", "[gap-9]", "lead quiet"])
def test_a_word_after_the_fence_of_a_verse_does_nothing(words: Words, word: str) -> None:
    """Programmers name a language there; as a class it would wear the letter's own styles."""
    assert to_html(f"```{word}\nverse\n```", words) == "<pre><code>verse\n</code></pre>"
