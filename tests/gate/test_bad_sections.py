"""What an author may do to a section: a problem with its place and a way on, and never a broken letter."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from newsletter.nouns.letter import Slot
from newsletter.pipeline import everything
from newsletter.rendering.text import WIDTH
from tests.gate.conftest import EN, PROFILE

if TYPE_CHECKING:
    from newsletter.nouns.letter import Pieces, Rendered
    from newsletter.nouns.problem import Problem
    from tests.gate.conftest import Newsroom

NAMES = ["first", "second", "third", "fourth", "fifth", "sixth", *(f"column{number}" for number in range(7, 41))]
FORTY = "{" + ", ".join(f"{name}: x" for name in NAMES) + "}"
LIST = "[" + ", ".join("x" for _ in NAMES) + "]"
ASK = "  - {type: petition, title: Sign, body: Ask them., url: 'https://example.org/p', button: BUTTON}\n"
TABLE = "  - {type: table, caption: Victims., header: [HEADER], rows: [ROW, {first: Cusco, sixth: y}]}\n"
IN_PLAIN_SIGHT = 5
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta"}


class Balance(HTMLParser):
    """Every tag that is opened is closed, in turn."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.feed(html)
        self.close()
        self.wrong += self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open."""
        if len(dict(attrs)) != len(attrs):
            self.wrong.append(f"{tag} with an attribute twice")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close."""
        if tag not in VOID and (not self.open or self.open.pop() != tag):  # mrml closes a meta too
            self.wrong.append(f"</{tag}> {self.getpos()}")


def tried(newsroom: Newsroom, sections: str) -> tuple[tuple[Problem, ...], Rendered | None]:
    """What the pipeline says of an issue with these sections more, and what it made of it."""
    newsroom.write("newsletter.yaml", PROFILE.replace("languages: [en, es]", "languages: [en]"))
    (newsroom.workspace.issues / "2025-07.es.yaml").unlink()
    newsroom.write("2025-07.yaml", EN + sections)
    prepared = newsroom.prepared()
    return everything(prepared), prepared.dossier.renderings["en"] if prepared.dossier else None


def whole(pieces: Pieces) -> str:
    """With every slot answered."""
    return "".join("x" if isinstance(one, Slot) else one for one in pieces)


def well_formed(rendered: Rendered) -> None:
    """Both parts are whole."""
    html, text = whole(rendered.html), whole(rendered.text)
    assert not Balance(html).wrong
    assert "</html>" in html
    assert "[[" not in html + text
    short = [line for line in text.splitlines() if " " in line.strip() and "<" not in line]
    assert max(map(len, short)) <= WIDTH


TELLS = [
    (ASK.replace("BUTTON", '"' + "Sign this petition " * 30 + '"'), "14:90", "button-length", "characters", "verb first"),
    (ASK.replace("BUTTON", "W" * 400), "14:90", "button-length", "400 characters", "verb first"),
    (TABLE.replace("HEADER", FORTY).replace("ROW", FORTY), "14:", "fields", "33 more", "first, second, third, fourth, fifth, sixth"),
    (TABLE.replace("HEADER", LIST).replace("ROW", LIST), "14:", "fields", "A list stands here", "{first: ..."),
    (f"  - {{type: table, caption: x, header: {LIST}, rows: {LIST}}}\n", "14:40", "fields", "39 more", "{first:"),
    (TABLE.replace("HEADER", "{first: Region}").replace("ROW", "{first: Puno}"), "14:109", "table-shape", "sixth", "sixth: ..."),
    ("  - {type: news, title: x, body: y, picture_at: centre}\n", "14:49", "fields", "centre", "top, left, right"),
    ("  - {type: news, title: x, body: y, picture_at: lefft}\n", "14:49", "fields", "lefft", "Did you mean “left”?"),
    ("  - {type: news, title: x, body: y, acent: red}\n", "14:37", "fields", "acent", "What may stand here"),
    ("  - {type: newz, title: x, body: y}\n", "14:12", "fields", "newz", "Did you mean “news”?"),
    ("  - {type: news, title: x, body: y, image: {file: gone.png, alt: z}}\n", "14:51", "picture-missing", "gone.png", "issues/images/"),
    ("  - {type: recording, title: x, url: 'https://example.org/r', image: {file: gone.png, alt: z}}\n", "14:77", "picture-missing", "gone.png", "issues/images/"),
    ("  - {type: event, title: x, date: 2025-07-17, timezone: Europe/Londres}\n", "14:57", "time-zone", "Londres", "Europe/London"),
    ("  - {type: outcome, ask: nothing, asked: x, since: y}\n", "14:26", "outcome-ask", "nothing", "id: nothing"),
    ("  - {type: previous, title: x, issue: 2019-01}\n", "14:39", "previous-issue", "2019-01", "first issue"),
]  # fmt: skip


@pytest.mark.parametrize(("sections", "place", "check", "message", "hint"), TELLS)
def test_it_is_told_at_its_place_with_a_way_on(
    newsroom: Newsroom, sections: str, place: str, check: str, message: str, hint: str
) -> None:
    """In a few lines, also where forty things are wrong; what could be made of it is whole."""
    problems, rendered = tried(newsroom, sections)
    found = next(one for one in problems if one.check == check)
    assert str(found.place).startswith(f"issues/2025-07.yaml:{place}")
    assert message in found.message
    assert hint in found.hint
    assert len(problems) <= IN_PLAIN_SIGHT
    if rendered:
        well_formed(rendered)


def test_two_hundred_sections(newsroom: Newsroom) -> None:
    """The letter is whole, and too long for anybody: that is an error, with what to do."""
    sections = "".join(f"  - {{type: news, title: News {number}, body: They voted.}}\n" for number in range(200))
    problems, rendered = tried(newsroom, sections)
    assert rendered
    well_formed(rendered)
    assert len(rendered.sections) == 202
    size = next(one for one in problems if one.check == "size")
    assert size.severity.value == "error"
    assert 30 < size.place.line < 100  # where Gmail cuts
    assert "202 sections: divide it into two issues here" in size.hint
    leave = next(one for one in problems if one.check == "leave-link")
    assert "templates" not in leave.hint


def test_mistakes_that_are_not_alike_are_told_one_by_one(newsroom: Newsroom) -> None:
    """Only what has the same way on is said once."""
    wrong = "titel: x, boddy: y, plase: z, dat: 2025-06-13, sorces: [], imagge: {file: x}"
    problems, _ = tried(newsroom, f"  - {{type: news, {wrong}}}\n")
    hints = [one.hint for one in problems if "is not known here" in one.message]
    assert len(hints) == 6
    assert all(hint.startswith("Did you mean") for hint in hints)
