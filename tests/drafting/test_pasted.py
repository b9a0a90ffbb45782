"""What is copied elsewhere keeps its words, links, lists and emphasis, and says what it did not take along."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from newsletter.drafting.pasted import TooMuch, What, pasted
from newsletter.languages import bare
from newsletter.rendering.markdown import to_html
from newsletter.words import read_words
from newsletter.workspace import Workspace, shipped
from tests.any.work import ends

CLIPBOARDS = Path(__file__).parent / "clipboards"
MAKES = sorted(path.stem for path in CLIPBOARDS.glob("*.html"))
HAND = read_words(Workspace(shipped()), "en")
QUOTES = str.maketrans(dict.fromkeys('“”‘’"', "'"))


def copied(make: str) -> str:
    """What a program puts on the clipboard."""
    return (CLIPBOARDS / f"{make}.html").read_text("utf-8")


def tree(html: str) -> etree._Element:
    return etree.fromstring(f"<div>{html}</div>".encode(), etree.HTMLParser(encoding="utf-8"))


def words(text: str) -> list[str]:
    return bare(text).translate(QUOTES).split()


def rendered(markdown: str) -> etree._Element:
    """What a reader gets of a text, by our own Markdown."""
    return tree(to_html(markdown, HAND))


def said(root: etree._Element) -> list[str]:
    """The words of a page, with white space where a browser would show one."""
    return words("".join(_pieces(root)))


def _pieces(element: etree._Element) -> Iterator[str]:
    apart = element.tag in {"p", "li", "div", "br", "tr", "td", "h1", "h2", "h3", "h4", "figcaption", "blockquote"}
    yield " " if apart else ""
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in {"style", "script", "head", "title"}:
            yield from _pieces(child)
        yield child.tail or ""
    yield " " if apart else ""


def without(text: list[str], gone: list[str]) -> list[str]:
    """Words without some that stand one after another among them, or without a mark that hangs on one."""
    at = [number for number in range(len(text)) if text[number : number + len(gone)] == gone]
    if at:
        return text[: at[0]] + text[at[0] + len(gone) :]
    number = next(number for number, word in enumerate(text) if gone[0] in word)
    return [*text[:number], text[number].replace(gone[0], "", 1), *text[number + 1 :]]


LEFT_OUT = {
    "word-desktop": ["[1]", "[MQ1]", "Draft 3, not for print", "was", "[1]", "[MQ1]", "Ask Rosa for the date."],
    "libreoffice": ["1", "1"],
    "web-page": ["Home News", "[2]", "Share", "Subscribe", "tracking words"],
}
"""Words of the samples that are none of the text."""


@pytest.mark.parametrize("make", MAKES)
def test_what_each_program_copies(make: str) -> None:
    """The Markdown is what a careful person would have typed."""
    assert pasted(copied(make)).markdown + "\n" == (CLIPBOARDS / f"{make}.md").read_text("utf-8")


def test_there_are_a_dozen_makes() -> None:
    assert len(MAKES) >= 12


@pytest.mark.parametrize("make", MAKES)
def test_no_word_is_lost_and_none_added(make: str) -> None:
    """Rendered by our own Markdown it says what was copied, in order, but for the signs of lists and of cells."""
    source = copied(make)
    for ignored in re.findall(r"<span\s+style='mso-list:Ignore'>[^<]*<span[^>]*>[^<]*</span></span>", source):
        source = source.replace(ignored, "", 1)
    source = re.sub(r"<span>\d\.<span style='font:7.0pt", "<span><span style='font:7.0pt", source)
    source = re.sub(r'<img[^>]*alt="([^"a-zA-Z]+)"[^>]*>', r"\1", source)
    before, after = said(tree(source)), [word for word in said(rendered(pasted(source).markdown)) if word != "·"]
    for gone in LEFT_OUT.get(make, []):
        before = without(before, gone.split())
    assert "".join(before) == "".join(after)


@pytest.mark.parametrize("make", MAKES)
def test_links_and_lists_are_the_same(make: str) -> None:
    """As many items as deep as they were, and the links that lead somewhere, in order."""
    got = rendered(pasted(copied(make)).markdown)
    links = [str(one) for one in tree(copied(make)).xpath("//a/@href") if re.match(r"https?:|mailto:", str(one))]
    links = [one for one in links if "/share" not in one]
    assert len(got.xpath("//a/@href")) == len(links)
    assert not [one for one in got.xpath("//a/@href") if re.search(r"safelinks|google\.com/url|l\.php", str(one))]
    expected = re.findall(r"^ *(?:-|\d+\.) ", (CLIPBOARDS / f"{make}.md").read_text("utf-8"), re.MULTILINE)
    assert len(got.xpath("//li")) == len(expected)


def test_what_was_left_out_is_told() -> None:
    """In plain words, each kind once."""
    notes = {one.what: one for one in pasted(copied("word-desktop")).notes}
    assert set(notes) == {What.PICTURE, What.FOOTNOTE, What.COMMENT, What.OTHER, What.DELETED, What.DETOUR}
    assert str(notes[What.PICTURE]) == "A picture was left out: drop it in."
    assert str(notes[What.OTHER]) == "Left out as no part of the text: hidden text, “Draft 3, not for print”"
    assert str(notes[What.DELETED]) == "Deleted text was left out: “was”"
    lost = [one for one in pasted(copied("web-page")).notes if one.what is What.LOST_LINK]
    assert str(lost[0]) == "The link of “Read on” leads nowhere outside; only its words were taken."
    assert What.TABLE in {one.what for one in pasted(copied("excel")).notes}


def test_pictures_and_a_title_are_offered() -> None:
    """Their descriptions, so that the form can ask for them; and what may belong into the field for the title."""
    got = pasted(copied("word-desktop"))
    assert got.pictures == ("Women with candles before a court house",)
    assert got.title == "The court in Abancay hears the families"
    assert pasted(copied("gmail")).title == ""


@pytest.mark.parametrize(
    ("plain", "markdown"),
    [
        ("Dear all,\r\n\r\nfirst line\r\nsecond line", "Dear all,\n\nfirst line\\\nsecond line"),
        ("• one\n• two", "- one\n- two"),
        ("5 * 3 < 16 & a_b", "5 \\* 3 \\< 16 & a_b"),
        ("Dear {first_name|friend},\n\n**this** is [Markdown](https://www.example.org)", None),
        ("- one\n  - two", None),
        ("> quoted\n> twice", None),
    ],
)
def test_plain_text(plain: str, markdown: str | None) -> None:
    """Line breaks and lists stay, signs are only signs; what is Markdown already is left as it is."""
    assert pasted("", plain).markdown == (plain if markdown is None else markdown)


def test_a_text_editors_colours_are_no_emphasis() -> None:
    """An issue file copied from a code editor comes as it was typed."""
    html = '<meta charset="utf-8"><div style="color: #ccc;font-family: Menlo, monospace;white-space: pre;"><div><span style="font-weight: bold;">**a**</span></div></div>'
    assert pasted(html, "**a**").markdown == "**a**"


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("", ""),
        ("<p>  </p><div><br></div>", ""),
        ("<ul><li></li><li><ul><li>deep</li></ul></li></ul>", "- deep"),
        ("<ul><li>a</li></ul><ol><li>b</li></ol>", "- a\n\n1. b"),
        ("<ul><li>a</li></ul><ol start=3><li>b</li></ol>", "- a\n\n3. b"),
        ("<ol><li>a</li><li>b</li></ol><ol><li>c</li></ol>", "1. a\n2. b\n\n1) c"),
        ("<ol><li>a</li><li value=7>b</li></ol>", "1. a\n\n7) b"),
        ("<ul><li>a<br>b<ul><li>c<br>d</li></ul></li></ul>", "- a\\\n  b\n  - c\\\n    d"),
        ("<blockquote><blockquote>a</blockquote>b</blockquote>c", "> > a\n>\n> b\n\nc"),
        ("<blockquote><ul><li>a<ul><li>b</li></ul></li></ul></blockquote>", "> - a\n>   - b"),
        ("<pre>one\n  two</pre>", "one\\\ntwo"),
        ("<a href='javascript:alert(1)'>x</a><script>y</script>", "x"),
        ("<a href='https://a.example/'><b>x</b> <i>y</i></a>", "[x y](https://a.example/)"),
        ("<p>- not a list</p><p>1. nor this</p><p># nor this</p>", "\\- not a list\n\n1\\. nor this\n\n\\# nor this"),
        ("<p>a</p><hr><p>b</p>", "a\n\n---\n\nb"),
        ("Version:0.9\r\nStartHTML:00097\r\nSourceURL:https://a.example/\r\n<html><body><p>a</p></body></html>", "a"),
        ("<p>{first_name|x} [y]{lang=es}</p>", "\\{first_name|x} \\[y\\]\\{lang=es}"),
    ],
)
def test_shapes(html: str, markdown: str) -> None:
    """Odd ones come out as Markdown that says the same."""
    got = pasted(html).markdown
    assert got == markdown
    assert "".join(said(rendered(got))) == "".join(
        word for word in said(tree(html)) if "Version" not in word and "Start" not in word and "Source" not in word
    )


TEXT = st.text(st.sampled_from("ab *_`[]<>{}()#+-.1!&\\~|:\"'\u00a0é\n"), max_size=12)
INLINE = st.sampled_from(["b", "i", "span", "u", "a href='https://a.example/x'", "code"])
BOX = st.sampled_from(["p", "div", "blockquote", "ul", "ol", "li", "h3", "pre", "table", "tr", "td"])


def _inside(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda tag, inner: f"<{tag}>{''.join(inner)}</{tag.split()[0]}>", INLINE | BOX, st.lists(parts, max_size=4)
    )


@given(st.recursive(TEXT.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;")), _inside, max_leaves=25))
@settings(max_examples=300, deadline=None)
def test_whatever_is_copied_keeps_its_letters(html: str) -> None:
    """Boxes in boxes, signs of Markdown at any place: each letter is there, in order, and no other."""
    root = etree.fromstring(f"<div>{html}</div>".encode(), etree.HTMLParser(encoding="utf-8"))
    before = "".join(words("".join(root.itertext()))) if root is not None else ""
    after = "".join(said(rendered(pasted(html).markdown))).replace("·", "")
    assert after == before


@pytest.mark.parametrize(
    "html",
    [
        "<span>" * 100_000 + "x",
        "<p>" + "<span>a </span>" * 100_000,
        "<p>" + "<b>a</b> b " * 20_000,
        "<p>" + "<a href=https://a.example/>a</a> " * 20_000,
        "<ul>" + "<li>a" * 60_000,
        "<ol>" + "<li>a" * 60_000,
        "<blockquote>" * 200 + "x",
        "<ul><li>" * 100 + "x",
        "<div>" * 200 + "<div><br></div><div>a</div>" * 20_000,
        "<b>" + "." * 190_000 + "</b>",
        "<b>" + "a " * 95_000 + "</b>",
        "<p>" + "*_[]`" * 38_000,
        "<p>" + "<br>" * 200_000,
        "<table>" + "<tr><td>a<td>b" * 40_000,
        "<!--" * 1_000_000,
        "<p class=MsoListParagraph>" * 20_000 + "x",
        "<img src='data:image/png;base64," + "A" * 6_000_000 + "'>x",
    ],
    ids=lambda html: html[:24],
)
def test_bounded(html: str) -> None:
    """Huge and deep ones are refused or done while one waits."""
    with ends(), suppress(TooMuch):
        pasted(html)


def test_what_is_refused_says_the_way_out() -> None:
    """No traceback, and something to do."""
    for html in ("<p>" + "a" * 5_000_001, "<div>" * 100_000, "<p>" + "word " * 60_000, "<p>a" * 4_000):
        with pytest.raises(TooMuch, match=r"Ctrl\+Shift\+V"):
            pasted(html)
