"""A link to leave the list, seen by every reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import Context, Pieces, Rendered, Slot, SlotName

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds

HREF = Slot(SlotName.LEAVE_URL, Context.HTML_ATTRIBUTE)
PLAIN = Slot(SlotName.LEAVE_URL, Context.PLAIN_TEXT)
GOOD_HTML: Pieces = ('<p><a style="color:#111" href="', HREF, '">Leave the list</a></p>')
GOOD_TEXT: Pieces = ("Leave the list: <", PLAIN, ">")


def rendering(html: Pieces, text: Pieces) -> Rendered:
    """An English rendering of these pieces."""
    return Rendered(IssueName(2025, 7), "en", "ltr", ("s",), "p", html, text, (), "d")


def test_both_parts_have_it(desk: Desk, finds: Finds) -> None:
    """U7: nothing to say where HTML and text both show it."""
    assert finds(desk.dossier(rendered=rendering(GOOD_HTML, GOOD_TEXT))) == []


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (GOOD_HTML, ("no link",)),
        (("<p>no link</p>",), GOOD_TEXT),
        (('<a href="', HREF, '"><img alt=""></a>'), GOOD_TEXT),
        (('<a style="display:none" href="', HREF, '">Leave</a>'), GOOD_TEXT),
        (("x" * 95_000, '<a href="', HREF, '">Leave</a>'), GOOD_TEXT),
    ],
)
def test_where_it_is_missing_or_unseen(desk: Desk, finds: Finds, html: Pieces, text: Pieces) -> None:
    """U7: left out of one part, without words, hidden, or below Gmail's cut."""
    assert [one[1] for one in finds(desk.dossier(rendered=rendering(html, text)))] == ["error"]
