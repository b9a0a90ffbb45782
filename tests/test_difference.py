"""What was taken out and what was put in, word by word; nothing is lost between the two."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from newsletter.difference import Row, Stretch, What, changes, lines, words

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


def test_two_files_side_by_side() -> None:
    """Each line of both stands once, with its number; what is alike stands beside each other, its words compared."""
    old = "subject: An amnesty\nsend_on: 2025-07-04\n\nsections:\n  - type: letter\n    body: |\n      Dear all,\n"
    new = "subject: An amnesty law\n\nsections:\n  - type: letter\n    # by Ana\n    body: |\n      Dear all,\n"
    rows = lines(old, new)
    assert [(row.before, row.after) for row in rows] == [
        (1, 1), (2, 0), (3, 2), (4, 3), (5, 4), (0, 5), (6, 6), (7, 7),
    ]  # fmt: skip
    assert [row.same for row in rows] == [False, False, True, True, True, False, True, True]
    assert rows[0].words == (Stretch(What.SAME, "subject: An amnesty"), Stretch(What.NEW, " law"))
    assert rows[1] == Row(2, 0, (Stretch(What.GONE, "send_on: 2025-07-04"),))


@given(some.lists(some.sampled_from(["a b c", "a b d", "", "x", "- type: news", "- type: letter"])), some.data())
def test_both_files_can_be_read_from_the_rows(old: list[str], data: some.DataObject) -> None:
    """Whatever stands in them: nothing is lost, nothing twice, in order."""
    new = data.draw(some.lists(some.sampled_from([*old, "a b c e", "y"])))
    rows = lines("\n".join(old), "\n".join(new))
    before, after = "\n".join(old).splitlines(), "\n".join(new).splitlines()
    assert [row.before for row in rows if row.before] == list(range(1, len(before) + 1))
    assert [row.after for row in rows if row.after] == list(range(1, len(after) + 1))
    for row in rows:
        if row.before:
            assert "".join(one.text for one in row.words if one.what is not What.NEW) == before[row.before - 1]
        if row.after:
            assert "".join(one.text for one in row.words if one.what is not What.GONE) == after[row.after - 1]
