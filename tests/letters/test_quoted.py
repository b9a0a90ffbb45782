from __future__ import annotations

import re
from quopri import decodestring

from hypothesis import given
from hypothesis import strategies as st

from newsletter.letters.quoted import quoted

TEXT = st.text(alphabet=st.one_of(st.characters(codec="utf-8"), st.sampled_from(" \t.\nF=-")), max_size=300)


@given(TEXT, TEXT, TEXT)
def test_a_splice_decodes_to_the_whole(before: str, value: str, after: str) -> None:
    """F10, S10: text, value and text encoded apart and joined decode to the text that they are together."""
    data = quoted(before, goes_on=True) + quoted(value, goes_on=True) + quoted(after)
    breaks = re.compile("\r\n|\r|\n")
    whole = "".join(breaks.sub("\n", part) for part in (before, value, after))
    assert decodestring(data).decode("utf-8").replace("\r\n", "\n") == whole
    lines = data.split(b"\r\n")
    assert all(len(line) <= 76 and line.isascii() for line in lines)
    assert not any(line.startswith((b".", b"From ")) for line in lines)
    assert not any(line.endswith((b" ", b"\t")) for line in lines)


def test_soft_breaks_keep_characters_whole() -> None:
    """A line break never falls inside a character, so each line is text by itself."""
    for line in quoted("ñ👩" * 100).split(b"=\r\n"):
        decodestring(line).decode("utf-8")


def test_what_mail_stores_change_is_out_of_their_sight() -> None:
    """A dot or ``From `` at a line's start is written so that nothing on the way touches it."""
    assert quoted(".\nFrom me\nFrost\n.x") == b"=2E\r\n=46rom me\r\nFrost\r\n=2Ex"
