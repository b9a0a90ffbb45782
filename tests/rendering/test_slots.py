"""Taking text apart at its slots."""

from __future__ import annotations

from newsletter.nouns.letter import Context, Slot, SlotName
from newsletter.rendering.slots import Marks, cleaned, subject_pieces


def test_a_subject_is_taken_apart() -> None:
    """F11: its slot stands in a header."""
    slot = Slot(SlotName.FIRST_NAME, Context.HEADER, "Friend")
    assert subject_pieces("{first_name|Friend}, a letter", Context.HEADER, "friend") == (slot, ", a letter")
    assert subject_pieces("A letter", Context.HEADER, "friend") == ("A letter",)


def test_marks_do_not_reach_into_each_other() -> None:
    """What stands behind a mark is not looked through again, whatever an author wrote there."""
    marks = Marks("key")
    inner = marks.put("hidden")
    outer = marks.put(f"words {inner}")
    assert marks.fill(f"a {outer} b") == f"a words {inner} b"
    assert marks.put("hidden") == inner


def test_no_control_character_reaches_a_letter() -> None:
    """F9: neither C0 nor C1 nor a lone surrogate; tabs, line ends and joiners stay."""
    assert cleaned("a\x00b\x92c\ud800d\te\n👩\u200d👧") == "abcd\te\n👩\u200d👧"
