from __future__ import annotations

import dataclasses
import datetime as dt
from itertools import pairwise

from dkim.canonicalization import Relaxed
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsletter.letters.canonical import relaxed_body, relaxed_field
from newsletter.letters.compose import compose
from newsletter.letters.encode import encode
from newsletter.letters.quoted import SOFT_BREAK, quoted
from newsletter.nouns.draft import Profile
from newsletter.nouns.letter import Context, Rendered, Slot, SlotName
from newsletter.nouns.person import Recipient

NOW = dt.datetime(2025, 7, 4, 9, 30, tzinfo=dt.UTC)
ODD = st.text(alphabet=st.one_of(st.characters(codec="utf-8"), st.sampled_from(" \t.\nF=-")), max_size=200)
NAMES = st.one_of(
    ODD,
    st.sampled_from(
        ["", " ", ".", "..", ". .", "From ", "From me", "Fr", "\t", "a\tb", "a  b", "سلام عليكم", "ñ" * 500]
    ),
    st.sampled_from(["x" * 500, "." * 500, " ." * 250, "a  " * 160, "From " * 100, "=" * 500, "0\n" * 250]),
)
BYTES = st.lists(st.sampled_from([b"a", b" ", b"\t", b"\r\n", b".", b"=", b"\r\n\r\n"]), max_size=30).map(b"".join)


@given(BYTES)
def test_a_relaxed_body_is_what_another_makes_of_it(body: bytes) -> None:
    """A2: dkimpy as the oracle of the relaxed form, for bodies with blanks, tabs and empty lines anywhere."""
    body += b"\r\n"
    assert relaxed_body(body) == Relaxed.canonicalize_body(body)


@given(st.lists(st.sampled_from([b"a", b" ", b"\t", b"\r\n ", b":", b"\r\n\t"]), max_size=20).map(b"".join))
def test_a_relaxed_field_is_what_another_makes_of_it(value: bytes) -> None:
    """A2: fields folded anywhere, with blanks on both sides of the colon."""
    for name in (b"Subject", b"sUBJECT "):
        [(theirs, said)] = Relaxed.canonicalize_headers([(name, value + b"\r\n")])
        assert relaxed_field(name + b":" + value + b"\r\n") == theirs + b":" + said


@given(ODD, NAMES, ODD)
def test_what_is_spliced_is_canonical_already(before: str, value: str, after: str) -> None:
    """F10, S10, A2: text, value and text encoded apart and joined are their own relaxed form, with no dot to double."""
    data = quoted(before, goes_on=True) + quoted(value, goes_on=True) + quoted(after) + b"\r\n--end--\r\n"
    assert relaxed_body(data) == data
    assert not data.startswith(b".")
    assert b"\r\n." not in data


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=NAMES,
    text=ODD,
    link=st.sampled_from(["https://news.example.org/u/.T", "mailto:a@example.org?subject=leave%20T"]),
)
def test_a_whole_letter_is_canonical_by_construction(
    name: str, text: str, link: str, rendered: Rendered, profile: Profile, ana: Recipient
) -> None:
    """F4, F10, S10, A2: whatever an author writes and a reader is called, the body needs no second look."""
    slots = Slot(SlotName.FIRST_NAME, Context.PLAIN_TEXT, "friend"), Slot(SlotName.LEAVE_URL, Context.PLAIN_TEXT)
    odd = dataclasses.replace(rendered, text=(slots[0], text, slots[0], *rendered.text, slots[1], text, slots[1]))
    encoded = encode(odd, profile)
    message = compose(encoded, dataclasses.replace(ana, name=name), leave=link, message_id="<1@example.org>", now=NOW)
    head, _, body = message.data.partition(b"\r\n\r\n")
    assert relaxed_body(body) == body
    assert b"\r\n." not in message.data
    assert max(map(len, body.split(b"\r\n"))) <= 76
    template = b"".join(part for part in encoded.body if isinstance(part, bytes))
    assert relaxed_body(template) == template
    filled = [part for part in encoded.body if part != b""]
    before = [part for part, then in pairwise(filled) if isinstance(then, Slot)]
    assert all(part.endswith(b"\r\n") for part in before if isinstance(part, bytes))
    assert quoted("x", goes_on=True).endswith(SOFT_BREAK)
    assert head.isascii()
