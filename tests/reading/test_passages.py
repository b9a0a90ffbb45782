"""Every text and every link of an edition, with its place."""

from __future__ import annotations

import datetime as dt

import pytest

from newsletter.nouns.draft import (
    Edition,
    Field,
    IssueName,
    Kind,
    Picture,
    Section,
    SectionType,
    Source,
    Translated,
    Value,
)
from newsletter.reading.passages import links, no_links, passages, spoken

SAID = Translated({"": "Label"})
ROW = (Field("topic", Kind.TEXT, SAID, SAID), Field("text", Kind.MARKDOWN, SAID, SAID))
FIELDS = (
    Field("body", Kind.MARKDOWN, SAID, SAID),
    Field("url", Kind.URL, SAID, SAID),
    Field("image", Kind.PICTURE, SAID, SAID),
    Field("sources", Kind.SOURCES, SAID, SAID),
    Field("items", Kind.ROWS, SAID, SAID, fields=ROW),
    Field("button", Kind.TEXT, SAID, SAID),
)
TYPE = SectionType("thing", SAID, FIELDS)


def edition(**values: Value) -> Edition:
    """An edition of one section."""
    section = Section(TYPE, values, ("sections", 0))
    return Edition(IssueName(2025, 7), "en", "Subject", "Preheader", dt.date(2025, 7, 4), (section,), "f.yaml")


def in_body(text: str) -> list[tuple[str | None, str, int | None]]:
    """The links of a Markdown text: words, target, offset."""
    return [(link.words, link.url, link.offset) for link in links(edition(body=text))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see [the *bill*](https://e.org/a) now", [("the bill", "https://e.org/a", 4)]),
        ("<https://e.org> and\\n[x](y)", [("https://e.org", "https://e.org", 0), ("x", "y", 20)]),
        ("- [](https://e.org)", [("", "https://e.org", 2)]),
        ("![a march](https://e.org/p.png)", [("a march", "https://e.org/p.png", 0)]),
        ("[r][1]\n\n[1]: https://e.org", [("r", "https://e.org", 0)]),
        ("`[x](y)` \\[x](y)", []),
        ("> one\n> [two](https://e.org)", [("two", "https://e.org", 8)]),
        ("[a](https://e.org/1) [a](https://e.org/2)", [("a", "https://e.org/1", 0), ("a", "https://e.org/2", 21)]),
    ],
)
def test_links_in_text(text: str, found: list[tuple[str, str, int]]) -> None:
    """Inline, bare, by reference, of a picture; with the place where each begins."""
    assert in_body(text.replace("\\n", "\n")) == found


def test_links_of_buttons_sources_and_rows() -> None:
    """A button's words come from its own field; without one, the template says them."""
    whole = edition(
        url="https://e.org/sign", button="Sign", sources=(Source("The bill", "", "https://e.org/bill"), Source("Book")),
        items=({"topic": "Law", "text": "[x](https://e.org/x)"},),
    )  # fmt: skip
    assert [(link.words, link.url, link.path[2:], link.button) for link in links(whole)] == [
        ("Sign", "https://e.org/sign", ("url",), True),
        ("The bill", "https://e.org/bill", ("sources", 0, "url"), False),
        ("x", "https://e.org/x", ("items", 0, "text"), False),
    ]
    assert [link.words for link in links(edition(url="https://e.org"))] == [None]


def test_what_was_meant_as_a_link() -> None:
    """An address with a space is no link to any reader of Markdown."""
    assert [one[0::2] for one in no_links(edition(body="ab [x](https://e.org/a b)"))] == [("](https://e.org/a b)", 5)]
    assert list(no_links(edition(body="[x](https://e.org) (see [1])"))) == []


def test_every_text_that_readers_see() -> None:
    """Subject, preheader, fields, the words on a picture, sources, rows."""
    whole = edition(
        body="Body", image=Picture("file.png", "Alt", "Caption", "Credit"), sources=(Source("Title", "Publisher"),),
        items=({"topic": "Law", "text": "Row"},),
    )  # fmt: skip
    texts = [passage.text for passage in passages(whole)]
    assert texts == ["Subject", "Preheader", "Body", "Alt", "Caption", "Credit", "Title", "Publisher", "Law", "Row"]


def test_words_as_readers_see_them() -> None:
    """Without marks and code, each piece with its place."""
    found = [(words, offset) for words, _, offset in spoken(edition(body="a **b** `c` d"))]
    assert found == [("a ", 0), ("b", 4), (" ", 7), (" d", 11)]
