"""What files are made of: bytes become text, and nobody is told "codec can't decode byte 0xfa"."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.nouns.problem import Severity
from newsletter.yaml_tree.text import FORBIDDEN, decode, mend


def test_windows_1252_is_recognised_and_named() -> None:
    """A file saved by an old Windows editor: where, what it is, and how to save it as UTF-8."""
    text, problems = decode("subject: x\nbody: El Perú sí\n".encode("cp1252"), "issues/a.yaml")
    assert text == "subject: x\nbody: El Perú sí\n"  # read on, so that the rest can be looked over at once
    (problem,) = problems
    assert str(problem.place) == "issues/a.yaml:2:13"
    assert "Windows-1252" in problem.message
    assert "Perú" in problem.message
    assert "Save as" in problem.hint


def test_a_file_of_two_encodings_is_read_line_by_line() -> None:
    """Pasted together from two files: the lines that are UTF-8 stay right."""
    text, problems = decode("a: Perú\n".encode() + "b: niña\n".encode("cp1252"), "f")
    assert text == "a: Perú\nb: niña\n"
    assert problems[0].place.line == 2


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_what_windows_calls_unicode_is_recognised(encoding: str) -> None:
    """Notepad's "Unicode" is UTF-16, with or without its mark."""
    text, problems = decode("subject: Perú\n".encode(encoding), "f")
    assert text is not None
    assert "subject: Perú" in text
    assert "UTF-" in problems[0].message
    assert problems[0].severity is Severity.ERROR


@pytest.mark.parametrize(
    ("start", "name"),
    [(b"PK\x03\x04", "Word"), (b"%PDF-1.7", "PDF"), (b"{\\rtf1", "RTF"), (b"\xff\xd8\xff", "picture")],
)
def test_what_is_no_text_is_named(start: bytes, name: str) -> None:
    """A Word document with the ending .yaml is told from a YAML file with mistakes."""
    text, problems = decode(start + b"rest", "f")
    assert text is None
    assert name in problems[0].message


def test_a_byte_order_mark_is_accepted() -> None:
    """Notepad writes one; it is no part of the text."""
    assert decode(b"\xef\xbb\xbfsubject: x", "f") == ("subject: x", [])


def test_c1_characters_get_the_meaning_they_had_in_windows() -> None:
    """F9: an apostrophe pasted from Word (U+0092) becomes one; Gmail cuts letters that hold such characters."""
    text, problems = mend("a\nIt\x92s \x93so\x94 \x85\n", "f")
    assert text == "a\nIt’s “so” …\n"
    (problem,) = problems
    assert (problem.severity, str(problem.place)) == (Severity.WARNING, "f:2:3")
    assert "U+0092" in problem.message
    assert "3 more" in problem.message


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x81", "\ud800", "\uffff"])
def test_control_characters_are_refused_at_their_place(character: str) -> None:
    """F11: NUL and its kind reach no letter."""
    _, problems = mend(f"a\nbc{character}d", "f")
    assert [(one.severity, str(one.place)) for one in problems] == [(Severity.ERROR, "f:2:3")]


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_every_line_end_is_one(end: str) -> None:
    """F4: Windows, old Macs and the rest: the text is the same, and so are its lines."""
    assert mend(f"a: 1{end}b: 2{end}", "f") == ("a: 1\nb: 2\n", [])


@given(st.binary())
def test_no_bytes_raise(data: bytes) -> None:
    """Whatever is in a file, it is text or a problem; what comes out is fit for the parser."""
    text, problems = decode(data, "f")
    assert text is not None or problems
    if text is not None:
        mended, _ = mend(text, "f")
        assert not FORBIDDEN.search(mended)


def test_what_is_no_text_is_said_so_once() -> None:
    """A program, a disk image, a cipher: one sentence, not a list of control characters; nine bad ones are a bad paste."""
    text, (problem,) = decode(bytes(range(256)) * 40, "issues/2025-07.yaml")
    assert text is None
    assert problem.message == "This is no text file, whatever its name says."
    text, problems = decode(b"subject: " + b"x\x07" * 9, "issues/2025-07.yaml")
    assert (text, problems) == ("subject: " + "x\x07" * 9, [])
