"""The finished page, read once."""

from __future__ import annotations

from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import Context, Pieces, Rendered, Slot, SlotName
from newsletter.seen.page import FRAME, LEAVE, PICTURE, page, words
from newsletter.seen.styles import inline, styles

LEAVING = Slot(SlotName.LEAVE_URL, Context.HTML_ATTRIBUTE)
SHOWN = Slot(SlotName.PICTURE, Context.HTML_ATTRIBUTE, picture="a.png")


def rendered(html: Pieces, *sections: Pieces) -> Rendered:
    """A rendering of this HTML."""
    return Rendered(IssueName(2025, 7), "en", "ltr", ("s",), "", html, (), (), "d", sections)


def test_each_element_knows_its_section() -> None:
    """Also where two sections are alike, have line ends in them, or open a comment for Outlook."""
    one = ("<!--[if mso]><table><![endif]--><p>\nA\n</p>",)
    two: Pieces = ('<img src="', SHOWN, '">')
    html = ("<html><body><h1>x</h1>\n", *one, *one, *two, '<p>f</p><a href="', LEAVING, '">leave</a></body></html>')
    seen = page(rendered(html, one, one, two))
    told = [(element.tag, section) for element, section in seen.elements]
    assert told == [
        ("html", FRAME),
        ("body", FRAME),
        ("h1", FRAME),
        ("p", 0),
        ("p", 1),
        ("img", 2),
        ("p", FRAME),
        ("a", FRAME),
    ]
    assert next(seen.all("img"))[0].get("src") == f"{PICTURE}a.png"
    assert next(seen.all("a"))[0].get("href") == LEAVE


def test_a_page_is_read_once() -> None:
    """However many checks look at it."""
    first = rendered(("<html><body><p>x</p></body></html>",))
    assert page(first) is page(first)


def test_what_is_no_page_is_an_empty_one() -> None:
    """Nothing raises."""
    for html in ("", "\0", "\ud800", "<", "<!--", "</p>", "<p" * 3000, "<div>" * 3000):
        assert page(rendered((html,))).root is not None


def test_words_are_those_that_are_read() -> None:
    """Without comments and styles."""
    seen = page(rendered(("<body><div>A <b>b</b><!-- c --><style>d</style>\n e</div></body>",)))
    assert words(next(seen.all("div"))[0]) == "A b e"


def test_the_cascade() -> None:
    """Important before not, on the element before in a sheet, the more specific, the later; by night more rules."""
    css = (
        "p { color: red } .a { color: green } p { color: blue; margin: 0 } p:foo(x) { color: pink }"
        "@media print { p { color: black !important } } @media (max-width: 9px) { p { color: black !important } }"
        "@media (prefers-color-scheme: dark) { p { color: white !important } }"
    )
    html = f'<head><style>{css}</style></head><body><p class="a">x</p><p>y</p><p style="color:gray">z</p></body>'
    seen = page(rendered((html,)))
    paragraphs = [element for element, _ in seen.all("p")]
    by_day = styles(seen, night=False)
    assert [by_day[one]["color"] for one in paragraphs] == ["green", "blue", "gray"]
    assert {styles(seen, night=True)[one]["color"] for one in paragraphs} == {"white"}
    assert inline(paragraphs[2]) == {"color": "gray"}
