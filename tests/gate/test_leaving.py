"""The code of what would leave: short, unmistakable, and another for any other state."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from newsletter.gate.leaving import PROGRAM, SENDER, Leaving, code_of, read_code

DIGESTS = some.binary(min_size=32, max_size=32).map(bytes.hex)
SAW = ("subject 1", "news “A vote” 2", "the order of the sections 3", f"{SENDER} 4")


@given(DIGESTS)
def test_a_code_has_ten_signs_that_nobody_misreads(digest: str) -> None:
    """Crockford's: no I, L, O or U; typed in any way that people type, it is the same."""
    code = code_of(digest)
    assert re.fullmatch("[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}", code)
    for typed in (code, code.lower(), code.replace("-", ""), f" {code}. ", code.replace("0", "O").replace("1", "l")):
        assert read_code(typed) == code


@given(DIGESTS, some.integers(0, 49))
def test_each_of_its_fifty_bits_counts(digest: str, bit: int) -> None:
    """Two states that differ there have two codes."""
    other = f"{int(digest, 16) ^ 1 << (255 - bit):064x}"
    assert code_of(other) != code_of(digest)


@pytest.mark.parametrize("typed", ["", "7K3M2", "7K3M2-9QXTBB", "7K3M2-9QXTU", "hello"])
def test_what_is_no_code(typed: str) -> None:
    """Too short, too long, a sign that no code has."""
    assert read_code(typed) is None


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (SAW, [PROGRAM]),
        (("subject 9", *SAW[1:]), ["subject"]),
        ((*SAW[:3], f"{SENDER} 9"), [SENDER]),
        ((SAW[0], "news “The vote” 2", *SAW[2:]), ["news “A vote”", "news “The vote” (gone)"]),
        ((*SAW[:2], "the order of the sections 9", SAW[3]), ["the order of the sections"]),
    ],
)
def test_what_changed_is_named(before: tuple[str, ...], said: list[str]) -> None:
    """Own parts first, then what stands around them; where no part did, the program lays it out in another way."""
    assert Leaving("en", "ff", SAW).changed(before) == said
