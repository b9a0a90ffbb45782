from __future__ import annotations

import pytest

from newsletter.letters.answers import reader_answers
from newsletter.nouns.letter import Context, Slot, SlotName

BAD = '<b a="x">&\r\n\0\u2028\u202eend'


@pytest.mark.parametrize(
    ("context", "said"),
    [
        (Context.HTML_TEXT, '&lt;b a="x"&gt;&amp; end'),
        (Context.HTML_ATTRIBUTE, "&lt;b a=&quot;x&quot;&gt;&amp; end"),
        (Context.PLAIN_TEXT, '<b a="x">& end'),
        (Context.HEADER, '<b a="x">& end'),
    ],
)
def test_a_name_is_safe_where_it_stands(context: Context, said: str) -> None:
    """F11: escaped by context, one line, no control characters, nothing that turns the direction of the text."""
    answer = reader_answers(BAD, "https://news.example.org/u/T", str)
    assert answer(Slot(SlotName.FIRST_NAME, context, "friend")) == said


def test_links_and_pictures_are_answered_too() -> None:
    answer = reader_answers("", "mailto:a@example.org?subject=x&y", lambda name: f"cid:{name}")
    assert answer(Slot(SlotName.LEAVE_URL, Context.HTML_ATTRIBUTE)) == "mailto:a@example.org?subject=x&amp;y"
    assert answer(Slot(SlotName.LEAVE_URL, Context.PLAIN_TEXT)) == "mailto:a@example.org?subject=x&y"
    assert answer(Slot(SlotName.PICTURE, Context.HTML_ATTRIBUTE, picture="p.png")) == "cid:p.png"
    assert answer(Slot(SlotName.FIRST_NAME, Context.HTML_TEXT, "friend & all")) == "friend &amp; all"
