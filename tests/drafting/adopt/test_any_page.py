"""Whatever words a page holds, its issues say these words and no others, and can be read."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from newsletter.drafting.adopt.adopt import adopt
from newsletter.drafting.adopt.find_months import find_months
from newsletter.drafting.adopt.keep import keep
from newsletter.drafting.adopt.open_page import open_page
from newsletter.drafting.adopt.page import Block, Form, Run
from newsletter.drafting.adopt.tidy import letters
from newsletter.drafting.adopt.to_markdown import block_markdown
from newsletter.drafting.profile import read_profile
from newsletter.drafting.read import read
from newsletter.drafting.types import read_types
from newsletter.languages import bare
from newsletter.nouns.draft import Picture, SectionType
from newsletter.nouns.problem import Place
from newsletter.rendering.markdown import to_html
from newsletter.words import read_words
from newsletter.workspace import Workspace, shipped

from .conftest import NOW, PROFILE

SIGNS = [
    "*",
    "**",
    "_",
    "_a_",
    "a_b",
    "__",
    "`",
    "```",
    "[x]",
    "![x](y)",
    "{first_name|you}",
    "{lang=es}",
    "-",
    "--",
    "---",
    "+",
    "1.",
    "2)",
    "#",
    "###",
    "<",
    "<b>",
    ">",
    "&",
    "&amp;",
    "\\",
    "\\\\",
    "~~~",
    "===",
    "|",
    "!",
    ":",
    ";",
    "http://a.example",
    "www.a.example",
    "'",
    '"',
    "%",
    "@x",
    "…",
    "–",
    "5%",
    "\xa0",
    "¿qué?",
    "(a)",
    "a:",
    "#b",
    "x#y",
    "يوم",
]
WORDS = st.one_of(
    st.sampled_from(SIGNS),
    st.sampled_from(
        [
            "Congress",
            "approved",
            "the",
            "bill",
            "in",
            "Lima",
            "yes",
            "no",
            "null",
            "2025",
            "June",
            "photo",
            "here",
            "petition",
            "sign",
        ]
    ),
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co", "Zl", "Zp"]), min_size=1, max_size=8
    ),
)
LINES = st.lists(WORDS, min_size=1, max_size=25).map(" ".join)
PROSE = LINES.filter(lambda line: not find_months((Block(Form.HEADING, Place("page"), (Run(line),)),)))
MONTHS = st.sampled_from(["June 2025", "May 2025", "April 2025", "March 2024"])
HAND = read_words(Workspace(shipped()), "en")
QUOTES = str.maketrans(dict.fromkeys("“”‘’'\"", "'"))


def seen(text: str) -> str:
    """Letters and signs as a reader sees them; quotation marks are set by the letter, and so are all alike here; unseen marks are its own."""
    return letters(bare(text)).translate(QUOTES)


def rendered(markdown: str) -> str:
    """The words that a reader gets of a Markdown text."""
    tree = etree.fromstring(f"<div>{to_html(markdown, HAND)}</div>", etree.HTMLParser())
    return "".join(tree.itertext()) if tree is not None else ""


@given(st.lists(st.tuples(LINES, st.booleans(), st.booleans(), st.booleans()), min_size=1, max_size=4), st.booleans())
@settings(max_examples=400, deadline=None)
def test_markdown_says_the_words_of_its_runs(parts: list[tuple[str, bool, bool, bool]], item: bool) -> None:
    """Bold, italic, linked or bare, with any sign at any place."""
    runs = tuple(
        Run(text, strong, em, "https://example.org/a_(b)" if linked else "") for text, strong, em, linked in parts
    )
    block = Block(Form.ITEM if item else Form.PARAGRAPH, Place("page"), runs)
    assert seen(rendered(block_markdown(block))) == seen(block.text)


@cache
def types() -> Mapping[str, SectionType]:
    """The shipped types: as a fixture, they would stand in every report on a failure."""
    return read_types(Workspace(shipped()))[0]


def texts(file: Path, root: Path) -> list[str]:
    """What an issue says: titles of its own, texts as rendered, captions."""
    edition, problems = read(file, types(), root=root, language="en")
    assert edition is not None, (problems, file.read_text("utf-8"))
    found = []
    for section in edition.sections:
        body = str(section.values.get("body", ""))
        made = (
            "made of the text's first words"
            in file.read_text("utf-8").split("\n")[edition.place((*section.path, "title")).line - 2]
        )
        found += [rendered(body), *([] if made else [section.title])]
        image = section.values.get("image")
        found += [image.caption] if isinstance(image, Picture) else []
    return found


@given(st.lists(st.tuples(MONTHS, st.lists(PROSE, min_size=1, max_size=4)), min_size=1, max_size=4))
@settings(max_examples=100, deadline=None)
def test_any_page_keeps_its_words(page: list[tuple[str, list[str]]]) -> None:
    """Random paragraphs under months in any order, some of them twice: nothing lost, nothing added, all readable."""
    body = "".join(
        f"<h2>{month}</h2>" + "".join(f"<p>{html.escape(line)}</p>" for line in lines) for month, lines in page
    )
    with TemporaryDirectory() as folder:
        workspace = Workspace(Path(folder).resolve())
        workspace.issues.mkdir()
        workspace.profile.write_text(PROFILE, "utf-8")
        profile, _ = read_profile(workspace.profile, workspace.root)
        assert profile is not None
        opened = open_page(f"<!doctype html><main>{body}</main>".encode(), "page.html")
        adoption = adopt(opened, workspace, profile)
        keep(adoption, workspace, NOW)
        said = [text for one in adoption.issues for text in texts(workspace.root / one.file, workspace.root)]
    assert (adoption.count.lost, adoption.count.added) == ((), ())
    expected = Counter("".join(seen(line) for _, lines in page for line in lines))
    headings = Counter("".join(seen(block.text) for block in opened.blocks if block.form is Form.HEADING))
    got = Counter("".join(map(seen, [*said, rendered(adoption.standing)])))
    months = Counter("".join(seen(month) for month, _ in page))
    assert got + headings == expected + months
