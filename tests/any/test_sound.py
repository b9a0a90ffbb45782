"""What looks at letters sees what is wrong: each of its rules is broken once on purpose."""

from __future__ import annotations

import pytest

from newsletter.drafting.types import read_types
from newsletter.workspace import Workspace, shipped
from tests.any import sound
from tests.any.house import Press
from tests.any.markdown import Prose
from tests.any.written import Bare, Day, Issue, Line, Written

NEWS = {
    "title": Line("a title"),
    "body": Prose(
        "words [of a link](https://example.org/a) and {first_name|you}",
        "words of a link <https://example.org/a> and Joan",
    ),
    "image": {"file": "wide.png", "alt": Line("a field"), "caption": Line("by us")},
    "sources": [{"title": Line("a source"), "url": Bare("https://example.org/s"), "date": Day("2025-06")}],
}


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Press:
    """One for English."""
    return Press(tmp_path_factory.mktemp("en"), "en")


@pytest.fixture(scope="module")
def written() -> Written:
    """A piece of news."""
    kind = read_types(Workspace(shipped()))[0]["news"]
    return Written(Issue(Line("a subject"), Line("a preheader"), ((kind, NEWS),)))


@pytest.mark.parametrize(
    ("part", "there", "broken", "fault"),
    [
        ("page", "", "", ""),
        ("page", "</p>", "", "not well-formed"),
        ("page", "kaya3x", "<script>kaya3x</script>", "no template writes: [('script', '')]"),
        ("page", "<p ", '<p onclick="x" ', "no template writes"),
        ("page", "words ", "words <p>x</p>", "stands in <p>"),
        ("page", "words ", "words [[0123456789-1]]", "left over"),
        ("page", "words ", "words <!--section 1-->", "left over"),
        ("page", "words ", "words &#7;", "not well-formed"),
        ("page", "words ", "words <!--[if mso]>-->", "conditions for Outlook are not balanced"),
        ("page", "words ", "", "differs"),
        ("page", "a\u00a0title", "a  TITLE", "title is not"),
        ("page", "kaya1x", "", ""),
        ("page", "kaya2x", "", "is shown in the text part only"),
        ("page", "a field", "afield", "alt is not"),
        ("page", 'href="https://example.org/a"', 'href="javascript:x"', "a link leads to"),
        ("page", "https://example.org/s", "https://example.org/t", "the text part lacks the link"),
        ("page", "<!DOCTYPE html>", "", "no doctype"),
        ("text", "https://example.org/a", "https://example.org/b", "the text part lacks the link"),
        ("text", "words of", "word of", "differs"),
        ("text", "words of", "words  \nof", "spaces at the end"),
        ("text", "words of", "words \u0007of", "a control character"),
        ("text", "words of", "words of " * 9, "columns"),
        ("text", "by us", "byus", "caption is not"),
        ("text", "a source", "", "title is not"),
        ("text", "June 2025", "June 2026", "sources.date, 2025-06, is in the page only"),
        ("text", "words of", "[[0123456789-1]]words of", "left over"),
        ("both", "and Joan", "and you", "not 'words of a link"),
    ],
)  # fmt: skip
def test_each_fault_is_seen(press: Press, written: Written, part: str, there: str, broken: str, fault: str) -> None:
    """A letter with one thing wrong is not sound; as it was made, it is."""
    page, text, _ = press.letter(written.yaml, "Joan")
    assert there in (text if part == "text" else page)
    if part != "text":
        page = page.replace(there, broken, 1) if there else page
    if part != "page":
        text = text.replace(there, broken, 1)
    found = list(sound.faults(page, text, written, {"{named}": "Joan", "{name}": "Joan"}, press.allowed, press.words))
    assert any(fault in one for one in found) if fault else found == []


def test_what_is_read_in_another_order_is_seen(press: Press, written: Written) -> None:
    """X8."""
    page, text, _ = press.letter(written.yaml, "Joan")
    turned = text.replace("kaya2x", "KAYA").replace("kaya6x", "kaya2x").replace("KAYA", "kaya6x")
    found = list(sound.faults(page, turned, written, {}, press.allowed, press.words))
    assert any("not in the same order" in one for one in found)


@pytest.mark.parametrize(
    ("there", "broken", "fault"),
    [
        (b"Subject: ", b"Subject: x ", "the subject is"),
        (b"words of", b"word of", "the text part does not arrive"),
        (b"\r\n", b"\n", "a bare line end"),
        (b"Precedence: ", "Precedence: é".encode(), "a header is not ASCII"),
        (b"<html", b" " * 80 + b"<html", "a line of the body is longer than 76"),
    ],
)
def test_each_fault_of_a_message_is_seen(
    press: Press, written: Written, there: bytes, broken: bytes, fault: str
) -> None:
    """The bytes that travel."""
    _, text, data = press.letter(written.yaml, "Joan")
    assert there in data
    assert list(sound.message_faults(data, press.subject, text)) == []
    assert any(fault in one for one in sound.message_faults(data.replace(there, broken, 1), press.subject, text))


def test_a_sound_issue_that_is_refused_is_a_fault(press: Press, written: Written) -> None:
    """Nothing is passed over in silence."""
    kept, written.yaml = written.yaml, written.yaml.replace("title:", "titel:", 1)
    assert any("refused" in one for one in press.faults(written)) is not written.refusable
    written.refusable = False
    assert any("refused" in one for one in press.faults(written))
    written.yaml = kept
