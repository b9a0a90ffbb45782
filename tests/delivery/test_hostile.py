"""A server that answers anything at any step, asked one command at a time and several at once: no outcome is wrong."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from newsletter.delivery.carriers.smtp import Smtp
from newsletter.delivery.server import Server
from newsletter.nouns.letter import Fate, Message
from tests.delivery.hostile_table import (
    CASES,
    LETTER,
    PLAIN,
    SEVERAL_AT_ONCE,
    USUAL,
    Fake,
    deliver,
    letters,
    spoken,
    tried,
)

At = Callable[..., Server]
WHOLE = [(reply, step, said, PLAIN) for reply, step, said in CASES] + [
    (reply, step, said, SEVERAL_AT_ONCE) for reply, step, said in CASES if step in LETTER
]


@pytest.mark.parametrize(("reply", "step", "said", "offer"), WHOLE)
def test_any_answer_at_any_step(fake: Fake, message: Message, reply: str, step: str, said: str, offer: str) -> None:
    """S1, S7, S9, S12, S15: the letter it was meant for, and neither the one before nor the one after."""
    seen = tried(fake, message, reply, step, offer)
    assert seen.said == said
    if not seen.outcomes:
        assert (seen.there.received, seen.there.nobodys) == ([], [])
        return
    first, hit, last = seen.outcomes
    assert (first.fate, last.fate) == (Fate.ACCEPTED, Fate.ACCEPTED)
    assert "reader1" not in hit.reply
    arrived = [number for number, one in enumerate(seen.messages) for text in seen.there.received if text == one.data]
    assert len(arrived) == len(seen.there.received)
    # What arrived of the second letter is in its fate; a server that takes a text and refuses it does not keep it.
    taken = 1 if step == "END" or said == "A" else 0
    assert sorted(arrived) == [0, *([1] * taken), 2]
    assert all(text == b"\r\n" for text in seen.there.nobodys)
    if offer == PLAIN and step != "AUTH":
        assert seen.there.early == []
    else:
        assert set(seen.there.early) <= {"MAIL", "RCPT"}


def test_a_server_that_knows_no_ehlo(fake: Fake, at: At, message: Message) -> None:
    """S7, S12: greeted in the old way, nothing is offered, and one command is given at a time."""
    there = fake({"EHLO": ["502 5.5.1 unknown"], "HELO": ["250 fake"]})
    with Smtp(at(there.port)) as carrier:
        assert {one.fate for one in deliver(carrier, letters(message))} == {Fate.ACCEPTED}
    assert there.early == []
    assert len(there.received) == 3


def test_chunks_are_not_used_even_where_they_are_offered(fake: Fake, at: At, message: Message) -> None:
    """S13: BDAT is never said, so it is never mixed with DATA; what is binary is never sent as it is."""
    there = fake({"EHLO": ["250-fake\r\n250-PIPELINING\r\n250-CHUNKING\r\n250-BINARYMIME\r\n250 8BITMIME"]})
    with Smtp(at(there.port)) as carrier:
        deliver(carrier, letters(message))
    assert "BDAT" not in there.verbs()
    assert not any("BINARYMIME" in line for lines in there.commands for line in lines)
    assert there.verbs().count("DATA") == len(there.received) == 3


@pytest.mark.parametrize("offer", [PLAIN, SEVERAL_AT_ONCE], ids=["one by one", "several at once"])
@pytest.mark.parametrize("how", ["421 4.3.2 closing", "half:", "drop", "stall"])
@pytest.mark.parametrize("step", LETTER[:3])
def test_a_line_that_breaks_twice_before_the_final_dot(
    fake: Fake, at: At, message: Message, how: str, step: str, offer: str
) -> None:
    """S1, S9: it surely did not leave; deferred, the sender's matter, and the next one goes."""
    script = [USUAL[step], *[spoken(how, step)] * 2]
    there = fake({"EHLO": [offer] * 9, step: script})
    with Smtp(at(there.port)) as carrier:
        outcomes = deliver(carrier, letters(message))
    assert [one.fate for one in outcomes] == [Fate.ACCEPTED, Fate.DEFERRED, Fate.ACCEPTED]
    assert outcomes[1].sender_at_fault
    assert len(there.received) == 2


@pytest.mark.parametrize("end", ["554 5.5.1 no valid recipients", "250 2.0.0 Ok", "drop"])
def test_only_the_final_dot_goes_where_nobody_is_to_get_the_text(
    fake: Fake, at: At, message: Message, end: str
) -> None:
    """S12: RCPT refused, and DATA answered 354 all the same: the text must end, and is empty."""
    refused = "550 5.1.1 no such user"
    there = fake({"EHLO": [SEVERAL_AT_ONCE] * 3, "RCPT": [USUAL["RCPT"], refused], "END": [USUAL["END"], end]})
    with Smtp(at(there.port)) as carrier:
        outcomes = deliver(carrier, letters(message))
    assert [one.fate for one in outcomes] == [Fate.ACCEPTED, Fate.REFUSED, Fate.ACCEPTED]
    assert there.nobodys == [b"\r\n"]
    assert len(there.received) == 2


def test_a_text_without_a_sender_but_with_a_reader_is_never_ended(fake: Fake, at: At, message: Message) -> None:
    """S12: MAIL refused, RCPT and DATA not: a final dot would give her an empty letter, so the line is cut."""
    there = fake({"EHLO": [SEVERAL_AT_ONCE] * 3, "MAIL": [USUAL["MAIL"], "550 5.7.1 not you"]})
    with Smtp(at(there.port)) as carrier:
        outcomes = deliver(carrier, letters(message))
    assert [one.fate for one in outcomes] == [Fate.ACCEPTED, Fate.DEFERRED, Fate.ACCEPTED]
    assert (len(there.received), there.nobodys) == (2, [])


def test_several_commands_at_once_only_where_offered(fake: Fake, at: At, message: Message) -> None:
    """S12: never at EHLO, never behind DATA before its answer; the next envelope rides behind the final dot."""
    messages = letters(message)
    one, many = fake({"EHLO": [PLAIN]}), fake({"EHLO": [SEVERAL_AT_ONCE]})
    for there in (one, many):
        with Smtp(at(there.port)) as carrier:
            deliver(carrier, messages)
        assert there.received == [each.data for each in messages]
    assert one.early == []
    assert many.early == ["MAIL", "RCPT"] * 3
    assert one.commands == many.commands


def test_a_text_is_cut_off_where_its_reader_left_at_the_last_moment(fake: Fake, at: At, message: Message) -> None:
    """S17: asked after the text and before the final dot; no dot, no letter, and the next one goes."""
    there = fake({"EHLO": [SEVERAL_AT_ONCE] * 2})
    first, second, _ = letters(message)
    with Smtp(at(there.port)) as carrier:
        line = carrier.first()
        assert line.deliver(first, may_leave=lambda: False, following=second) is None
        outcome = line.deliver(second, may_leave=lambda: True)
    assert outcome is not None
    assert outcome.fate is Fate.ACCEPTED
    assert there.received == [second.data]


def test_an_envelope_that_is_not_followed_up_gives_no_letter(fake: Fake, at: At, message: Message) -> None:
    """S12, S15: somebody stops the run while the next envelope is on its way: the line is cut, without a text."""
    there = fake({"EHLO": [SEVERAL_AT_ONCE] * 2})
    first, second, third = letters(message)
    with Smtp(at(there.port)) as carrier:
        line = carrier.first()
        line.deliver(first, may_leave=lambda: True, following=second)
        assert line.deliver(third, may_leave=lambda: True, following=second) is not None
    assert there.received == [first.data, third.data]
    assert there.nobodys == []


def test_an_answer_to_a_text_that_has_not_ended_is_no_acceptance(fake: Fake, at: At, message: Message) -> None:
    """S7, S12: "354" and "250" at once: the 250 answers nothing of ours, and no final dot follows it."""
    there = fake({"EHLO": [SEVERAL_AT_ONCE] * 3, "DATA": ["354 go on\r\n250 2.0.0 Ok"] * 2})
    with Smtp(at(there.port)) as carrier:
        outcome = carrier.deliver(message)
    assert (outcome.fate, outcome.sender_at_fault, there.received) == (Fate.DEFERRED, True, [])


def test_notice_of_failure_is_asked_for_where_it_is_offered(fake: Fake, at: At, message: Message) -> None:
    """S19: headers only, under the opaque part of the Message-ID, and no address in it; nothing where it is not offered."""
    hers = dataclasses.replace(message, message_id="<0123abcd@example.org>")
    there = fake({"EHLO": ["250-fake\r\n250-DSN\r\n250 SIZE 100000"]})
    with Smtp(at(there.port)) as carrier:
        carrier.deliver(hers)
    size = len(message.data)
    assert f"MAIL FROM:<peru@example.org> SIZE={size} RET=HDRS ENVID=0123abcd" in there.commands[0]
    assert "RCPT TO:<ana.lopez@example.net> NOTIFY=FAILURE" in there.commands[0]
    odd = fake({"EHLO": ["250-fake\r\n250 DSN"]})
    with Smtp(at(odd.port)) as carrier:
        carrier.deliver(dataclasses.replace(message, message_id="<a+b=c@example.org>"))
    assert "MAIL FROM:<peru@example.org> RET=HDRS" in odd.commands[0]


def test_a_bounded_number_a_connection_with_several_commands_at_once(fake: Fake, at: At, message: Message) -> None:
    """S15: QUIT, a new connection, and nobody's envelope rides on the last letter of the old one."""
    there = fake({"EHLO": [SEVERAL_AT_ONCE] * 9})
    with Smtp(at(there.port), per_session=4) as carrier:
        outcomes = deliver(carrier, [message] * 10)
    assert {one.fate for one in outcomes} == {Fate.ACCEPTED}
    assert [lines.count("DATA") for lines in there.commands] == [4, 4, 2]
    assert [lines[-1] for lines in there.commands] == ["QUIT"] * 3


def test_smtplib_sends_the_same_bytes_letter_by_letter(fake: Fake, at: At, message: Message) -> None:
    """S10, S11: the library as the oracle, several at once or one by one, with dots at every odd place."""
    import smtplib

    odd = [b".", b"..", b".x", b"x.", b"", b".\r\n.", b"\r\n", b"..\r\n.\r\n..."]
    head = b"From: peru@example.org\r\nSubject: dots\r\n\r\n"
    messages = [dataclasses.replace(message, data=head + text + b"\r\n") for text in odd]
    messages += [dataclasses.replace(message, data=head + b"x" * 70 + b"\r\n" + (b"y" * 70 + b"\r\n") * 3000)]
    theirs = fake()
    with smtplib.SMTP("127.0.0.1", theirs.port, local_hostname="mail.example.org") as library:
        for one in messages:
            library.sendmail(one.sender, [one.recipient], one.data)
    for offer in (PLAIN, SEVERAL_AT_ONCE):
        ours = fake({"EHLO": [offer]})
        with Smtp(at(ours.port)) as carrier:
            deliver(carrier, messages)
        assert ours.received == theirs.received == [one.data for one in messages]
