from __future__ import annotations

import re
from base64 import b64decode
from quopri import decodestring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.letters.answers import one_line
from newsletter.letters.headers import ascii_phrase, mailbox_field, text_field

_WORD = re.compile(r"=\?utf-8\?([qb])\?([^?]*)\?=")


def _decode(field: bytes) -> str:
    """An own decoder, for the library's puts a space between adjacent words (a known trap)."""
    text = re.sub(r"\r\n(?=[ \t])", "", field.decode("ascii").removesuffix("\r\n")).partition(":")[2].removeprefix(" ")
    said = []
    for kind, payload in _WORD.findall(text):
        raw = b64decode(payload, validate=True) if kind == "b" else decodestring(payload.encode(), header=True)
        said.append(raw.decode("utf-8"))  # each one alone: whole characters
    return "".join(said) if said else text


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from(' ñ👩‍👧,=?_"\\')), max_size=300))
def test_a_subject_comes_back_as_it_was(text: str) -> None:
    """F2, F3, F11: encoded-words up to 75 of whole characters, lines up to 78, the same text after decoding."""
    field = text_field("Subject", text)
    assert _decode(field) == one_line(text)
    assert field.endswith(b"\r\n")
    for line in field.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= 78
        assert line.strip()
        assert not re.search(rb"[\r\n\0]", line)
    assert all(len(found) <= 75 for found in re.findall(rb"=\?\S*\?=", field))


@given(st.text(max_size=200))
def test_a_display_name_comes_back_as_it_was(name: str) -> None:
    """F3, F11: between From: and the address stands the name, whatever it holds."""
    field = mailbox_field("From", name, "peru@example.org")
    assert field.isascii()
    phrase = re.sub(r"\r\n(?= )", "", field.decode()).removeprefix("From: ").removesuffix("\r\n")
    phrase = phrase.removesuffix("<peru@example.org>").removesuffix("peru@example.org").strip()
    if phrase.startswith('"'):
        phrase = re.sub(r"\\(.)", r"\1", phrase[1:-1])
    assert (_decode(f"X: {phrase}\r\n".encode()) if "=?" in phrase else phrase) == one_line(name)
    assert all(len(line) <= 78 for line in field.split(b"\r\n"))


def test_plain_text_stays_plain() -> None:
    """A subject in ASCII is folded at blanks, not encoded."""
    assert text_field("Subject", "Peru:  two blanks") == b"Subject: Peru:  two blanks\r\n"
    long = "Congress votes for an amnesty, and the families of the victims answer with a vigil in Lima"
    field = text_field("Subject", long)
    assert (
        field
        == b"Subject: Congress votes for an amnesty, and the families of the victims answer\r\n with a vigil in Lima\r\n"
    )
    assert text_field("Subject", "") == b"Subject:\r\n"


@pytest.mark.parametrize(
    ("title", "said"),
    [("Boletín sobre el Perú", "Boletin sobre el Peru"), ("Peru, a newsletter", '"Peru, a newsletter"'), ("نشرة", "")],
)
def test_a_list_name_is_ascii(title: str, said: str) -> None:
    """F1: List-Id holds no encoded-word."""
    assert ascii_phrase(title) == said
