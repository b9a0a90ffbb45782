"""What was taken out and what was put in, word by word; nothing is lost between the two."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from newsletter.review.difference import What, changes, words

OLD = "Dear friend,\n\nCongress voted on Friday. It\nwas close.\n\nThe end."


def shown(old: str, new: str) -> list[str]:
    """The changed paragraphs, with what is gone in [-] and what is new in {+}."""
    signs = {What.SAME: "{}", What.GONE: "[-{}]", What.NEW: "{{+{}}}"}
    return ["".join(signs[one.what].format(one.text) for one in paragraph) for paragraph in changes(old, new)]


def test_words_within_a_paragraph() -> None:
    """Only the paragraph that differs is shown, and in it the words."""
    assert shown(OLD, OLD.replace("Friday", "Thursday")) == ["Congress voted on [-Friday.]{+Thursday.} It was close."]


def test_lines_folded_otherwise_are_no_change() -> None:
    """A text part is folded anew whenever a word is put in."""
    assert shown(OLD, OLD.replace("It\nwas", "It was")) == []


def test_paragraphs_that_came_and_went() -> None:
    """Whole; one that has hardly a word in common with the old is another."""
    assert shown(OLD, OLD.replace("The end.", "A petition is open.")) == ["{+A petition is open.}", "[-The end.]"]
    assert shown("", "New.") == ["{+New.}"]
    assert shown("Old.", "") == ["[-Old.]"]


@given(some.text("ab \n", max_size=60), some.text("ab \n", max_size=60))
def test_each_side_can_be_read_back(old: str, new: str) -> None:
    """Without what is new it is the old text, without what is gone the new one."""
    found = words(old, new)
    assert "".join(one.text for one in found if one.what is not What.NEW) == old
    assert "".join(one.text for one in found if one.what is not What.GONE) == new
