from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsletter.delivery.carriers.smtp import Smtp
from newsletter.delivery.send import send
from newsletter.delivery.server import Server
from newsletter.delivery.sign.signer import Signer, signer
from newsletter.delivery.try_out import try_out
from newsletter.gate.clear import Cleared
from newsletter.letters.compose import compose
from newsletter.letters.encode import Encoded, encode
from newsletter.nouns.draft import Sender
from newsletter.nouns.letter import Context, Dossier, Slot, SlotName
from newsletter.nouns.person import Recipient
from newsletter.settings import Settings
from newsletter.store.open import Store
from tests.any.signed import SECOND, SELECTOR, Signing, tags

LEAVE = "https://news.example.org/u/T"
ONCE = {"message-id", "content-transfer-encoding", "list-id", "feedback-id"}
TWICE = {
    *("from", "to", "subject", "date", "reply-to", "mime-version", "content-type"),
    *("list-unsubscribe", "list-unsubscribe-post"),
}
PAGE = Settings(smtp_profile="own-relay", public_url="https://news.example.org")


@cache
def _signer(keys: Signing, *, second: bool = False) -> Signer:
    made = signer(keys.settings(second=second), "peru@example.org")
    assert made
    return made


@pytest.fixture
def letter(keys: Signing, encoded: Encoded, ana: Recipient, now: dt.datetime) -> bytes:
    """A signed letter."""
    return compose(encoded, ana, leave=LEAVE, message_id="<1@example.org>", now=now, sign=_signer(keys)).data


def test_what_the_signature_covers(keys: Signing, letter: bytes) -> None:
    """A1, U2: each field that matters, and those that must not be added once more than they stand there."""
    assert keys.verified(letter) == [True]
    listed = tags(letter)["h"].split(":")
    assert {name for name in listed if listed.count(name) == 2} == TWICE
    assert {name for name in listed if listed.count(name) == 1} == ONCE
    there = {
        name.lower() for name in re.findall(r"^([A-Za-z-]+):", letter.partition(b"\r\n\r\n")[0].decode(), re.MULTILINE)
    }
    assert set(listed) <= there


def test_a_field_that_is_not_there_cannot_be_added(keys: Signing, dossier: Dossier, ana: Recipient, now: Any) -> None:
    """A1: no Reply-To and no List-Unsubscribe-Post in the letter: listed once, so that none can be put there."""
    profile = replace(dossier.profile, sender=Sender("Peru", "peru@example.org"))
    bare = encode(dossier.renderings["en"], profile)
    mail = "mailto:leave@example.org?subject=leave"
    data = compose(bare, ana, leave=mail, message_id="<1@example.org>", now=now, sign=_signer(keys)).data
    listed = tags(data)["h"].split(":")
    assert (listed.count("reply-to"), listed.count("list-unsubscribe-post")) == (1, 1)
    assert keys.verified(data) == [True]
    for added in (b"Reply-To: eve@example.com\r\n", b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"):
        assert keys.verified(added + data) == [False]


def test_the_tags(letter: bytes, now: dt.datetime) -> None:
    """A2, A10: rsa-sha256, relaxed/relaxed, no l= and no i=; t= the letter's own time, x= three weeks later."""
    found = tags(letter)
    assert set(found) == {"v", "a", "c", "d", "s", "t", "x", "h", "bh", "b"}
    assert (found["v"], found["a"], found["c"]) == ("1", "rsa-sha256", "relaxed/relaxed")
    assert (found["d"], found["s"]) == ("example.org", SELECTOR)
    assert int(found["t"]) == int(now.timestamp())
    assert int(found["x"]) - int(found["t"]) == 21 * 24 * 3600


def test_the_field_is_folded(letter: bytes) -> None:
    """F2: no line beyond 78, none empty, and it stands above all others."""
    head = letter.partition(b"\r\n\r\n")[0].split(b"\r\n")
    assert head[0].startswith(b"DKIM-Signature: v=1;")
    assert max(map(len, head)) <= 78
    assert all(line.strip() for line in head)


@pytest.mark.parametrize("name", sorted(TWICE | ONCE))
def test_a_field_that_is_changed_or_taken_away_is_noticed(keys: Signing, letter: bytes, name: str) -> None:
    """A1, U2: each field of h= by itself."""
    pattern = re.compile(rb"(?im)^(" + name.encode() + rb":[ ])((?:[^\r\n]|\r\n[ \t])*)\r\n")
    assert len(pattern.findall(letter.partition(b"\r\n\r\n")[0] + b"\r\n")) == 1
    changed = pattern.sub(rb"\1x\2\r\n", letter, count=1)
    gone = pattern.sub(b"", letter, count=1)
    assert letter not in {changed, gone}
    assert keys.verified(changed) == [False]
    assert keys.verified(gone) == [False]


@pytest.mark.parametrize("name", sorted(TWICE))
@pytest.mark.parametrize("above", [True, False])
def test_a_second_field_is_noticed(keys: Signing, letter: bytes, name: str, *, above: bool) -> None:
    """A1: above the first, where mailboxes show it, or below."""
    field = name.encode() + b": eve@example.com\r\n"
    head, _, body = letter.partition(b"\r\n\r\n")
    more = field + letter if above else head + b"\r\n" + field + b"\r\n" + body
    assert keys.verified(more) == [False]


def test_a_body_that_is_changed_or_lengthened_is_noticed(keys: Signing, letter: bytes) -> None:
    """A2: without l= nothing can be put behind the end; what relays do to blanks and empty lines does no harm."""
    assert keys.verified(letter + b"And now a word from our sponsor.\r\n") == [False]
    assert keys.verified(letter.replace(b"Leave", b"Stay!")) == [False]
    assert keys.verified(letter + b"\r\n\r\n") == [True]
    head, _, body = letter.partition(b"\r\n\r\n")
    assert keys.verified(head + b"\r\n\r\n" + body.replace(b"\r\n", b" \t\r\n")) == [True]
    folded = head.replace(b"Subject: Peru in en", b"SUBJECT:\r\n\tPeru  in\r\n en ")
    assert keys.verified(folded + b"\r\n\r\n" + body) == [True]


def test_a_second_signature(keys: Signing, encoded: Encoded, ana: Recipient, now: dt.datetime) -> None:
    """A3: Ed25519 beside RSA, each under its own selector, each holds by itself."""
    sign = _signer(keys, second=True)
    data = compose(encoded, ana, leave=LEAVE, message_id="<1@example.org>", now=now, sign=sign).data
    assert keys.verified(data) == [True, True]
    first, rest = data.split(b"DKIM-Signature:")[1:]
    assert tags(b"DKIM-Signature:" + first)["s"] == SELECTOR
    assert (tags(b"DKIM-Signature:" + rest)["s"], tags(b"DKIM-Signature:" + rest)["a"]) == (SECOND, "ed25519-sha256")
    assert keys.verified(data.replace(b"Leave", b"Stay!")) == [False, False]


def test_what_arrives_is_what_was_signed(
    keys: Signing,
    cleared: Cleared,
    store: Store,
    enlist: Callable[..., str],
    fake: Callable[..., Any],
    at: Callable[..., Server],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """S11, A9, F14: a whole sending, verified on the bytes that the server received; no log holds the key."""
    caplog.set_level(logging.DEBUG)
    for name in ("Ana", ".Eva", "María  José", "From here"):
        enlist(f"{len(name)}@example.net", name, "es" if len(name) > 5 else "en")
    there = fake()

    def clock() -> dt.datetime:
        return dt.datetime.now(dt.UTC)

    sent = send(cleared, store, keys.settings(PAGE, second=True), Smtp(at(there.port)), clock)
    assert (sent.books.accepted, len(there.received)) == (4, 4)
    for data in there.received:
        assert keys.verified(data) == [True, True]
        assert tags(data)["h"].split(":").count("list-unsubscribe-post") == 2
    secret = keys.rsa.read_text().splitlines()[1]
    assert secret not in caplog.text + str([one.__dict__ for one in caplog.records])


def test_a_test_copy_is_signed_too(
    keys: Signing, dossier: Dossier, fake: Callable[..., Any], at: Callable[..., Server], now: dt.datetime
) -> None:
    """S11: what the coordinators try out is what readers will get."""
    there = fake()
    try_out(dossier, keys.settings(), Smtp(at(there.port)), "ana@example.org", now)
    assert [keys.verified(data) for data in there.received] == [[True]]


ODD = st.text(alphabet=st.one_of(st.characters(codec="utf-8"), st.sampled_from(' \t.\nF=-ñ,"\\')), max_size=80)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=ODD, subject=ODD, text=ODD)
def test_any_letter_verifies(
    keys: Signing, dossier: Dossier, ana: Recipient, name: str, subject: str, text: str
) -> None:
    """A1, A2, S11: whatever the name, subject and text hold."""
    slot = Slot(SlotName.FIRST_NAME, Context.HEADER, "friend")
    odd = replace(dossier.renderings["en"], subject=(subject, slot, subject), text=(slot, text, slot))
    made = encode(odd, replace(dossier.profile, sender=replace(dossier.profile.sender, name=name)))
    sign, now = _signer(keys), dt.datetime.now(dt.UTC)
    data = compose(made, replace(ana, name=name), leave=LEAVE, message_id="<1@example.org>", now=now, sign=sign).data
    assert keys.verified(data) == [True]


FIELDS = st.lists(
    st.tuples(
        st.sampled_from(["From", "REPLY-TO", "List-Id", "X-Odd", "Content-Type"]),
        st.lists(st.sampled_from(["a", " ", "\t", "\r\n ", "\r\n\t", ":", ";"]), max_size=12).map("".join),
    ),
    max_size=5,
    unique_by=lambda pair: pair[0],
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    fields=FIELDS,
    body=st.lists(st.sampled_from([b"a", b" ", b"\t", b"\r\n", b".", b"\r\n\r\n"]), max_size=30).map(b"".join),
)
def test_an_edition_that_is_not_canonical_verifies_too(
    keys: Signing, encoded: Encoded, ana: Recipient, fields: list[tuple[str, str]], body: bytes
) -> None:
    """A2: none of ours is; were one, it would be signed the slow way, and hold. Folded, empty, odd fields too."""
    head = "".join(f"{name}: x{value}x\r\n" for name, value in dict([("From", ""), *fields]).items())
    odd = replace(encoded, head=head.encode(), body=(body + b"\r\n",))
    now = dt.datetime.now(dt.UTC)
    data = compose(odd, ana, leave=LEAVE, message_id="<1@example.org>", now=now, sign=_signer(keys)).data
    assert keys.verified(data) == [True]
