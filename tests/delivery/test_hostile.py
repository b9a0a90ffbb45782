"""A server that answers anything at any step, asked one command at a time and several at once: no outcome is wrong."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from newsletter.delivery.carriers.smtp import Smtp
from newsletter.delivery.server import Server
from newsletter.nouns.letter import Fate, Message, Outcome

Fake = Callable[..., Any]
At = Callable[..., Server]
STEPS = ("MAIL", "RCPT", "DATA", "END")
USUAL = {"MAIL": "250 2.1.0 Ok", "RCPT": "250 2.1.5 Ok", "DATA": "354 go on", "END": "250 2.0.0 Ok"}
PLAIN = "250-fake\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES"
SEVERAL_AT_ONCE = "250-fake\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES"

# What becomes of a letter, by the step at which the answer is given: accepted (after a new connection where need be),
# refused, deferred, deferred with the sender at fault (!), in doubt.
EXPECTED = """
421 4.3.2 closing               A   A   A   D!
450 4.2.1 later                 D!  D   D!  D
451 later                       D!  D   D!  D
452 4.3.1 no room               D!  D   D!  D
432 4.3.2 slower                D!  D!  D!  D!
535 5.7.8 who are you           D!  D!  D!  D!
550 no                          D!  R   D!  D!
550 5.1.1 no such user          D!  R   D!  R
550 5.7.1 policy                D!  D!  D!  D!
552 5.2.2 mailbox full          D!  R   D!  R
552 5.3.4 too big               D!  D!  D!  D!
554 no                          D!  R   D!  D!
555 what is SIZE                D!  R   D!  D!
550-5.1.1 no|550 5.1.1 at all   D!  R   D!  R
250-2.0.0 yes|550 5.1.1 no      D!  D   D!  ?
gibberish                       D!  D   D!  ?
199 so it goes                  D!  D   D!  ?
2500 Ok                         D!  D   D!  ?
long                            A   A   D!  A
endless                         D!  D   D!  ?
slow:                           A   A   A   A
half:                           A   A   A   ?
drop                            A   A   A   ?
stall                           A   A   A   ?
"""
FATES = {"A": Fate.ACCEPTED, "R": Fate.REFUSED, "D": Fate.DEFERRED, "?": Fate.IN_DOUBT}
ROWS = [(line[:32].strip(), *line[32:].split()) for line in EXPECTED.strip().splitlines()]
CASES = [(reply, step, said) for reply, *row in ROWS for step, said in zip(STEPS, row, strict=True)]


def _spoken(reply: str, step: str) -> str:
    if reply in ("slow:", "half:"):
        return reply + USUAL[step]
    made = {"long": "250 " + "x" * 20_000, "endless": "\r\n".join(["250-x"] * 300)}
    return made.get(reply, reply.replace("|", "\r\n"))


def _letters(message: Message) -> list[Message]:
    return [
        dataclasses.replace(
            message,
            recipient=f"reader{number}@example.net",
            message_id=f"<{number}@example.org>",
            data=message.data.replace(b"July", f"July {number}".encode()),
        )
        for number in range(3)
    ]


def _deliver(carrier: Smtp, messages: list[Message]) -> list[Outcome]:
    """One after the other on one line, as a run does it; each with the one that follows."""
    outcomes = []
    for message, following in zip(messages, [*messages[1:], None], strict=True):
        outcome = carrier.first().deliver(message, may_leave=lambda: True, following=following)
        assert outcome is not None
        outcomes.append(outcome)
    return outcomes


@pytest.mark.parametrize("offer", [PLAIN, SEVERAL_AT_ONCE], ids=["one by one", "several at once"])
@pytest.mark.parametrize(("reply", "step", "said"), CASES)
def test_any_answer_at_any_step(
    fake: Fake, at: At, message: Message, reply: str, step: str, said: str, offer: str
) -> None:
    """S1, S7, S9, S12, S15: the letter it was meant for, and neither the one before nor the one after."""
    messages = _letters(message)
    there = fake({"EHLO": [offer] * 9, step: [USUAL[step], _spoken(reply, step)]})
    with Smtp(at(there.port)) as carrier:
        first, hit, last = _deliver(carrier, messages)
    assert (first.fate, last.fate) == (Fate.ACCEPTED, Fate.ACCEPTED)
    assert (hit.fate, hit.sender_at_fault) == (FATES[said[0]], said.endswith("!"))
    assert "reader1" not in hit.reply
    arrived = [number for number, one in enumerate(messages) for text in there.received if text == one.data]
    assert len(arrived) == len(there.received)
    # What arrived of the second letter is in its fate; a server that takes a text and refuses it does not keep it.
    taken = 1 if step == "END" or said == "A" else 0
    assert sorted(arrived) == [0, *([1] * taken), 2]
    assert all(text == b"\r\n" for text in there.nobodys)
    if offer == PLAIN:
        assert there.early == []
    else:
        assert set(there.early) <= {"MAIL", "RCPT"}


@pytest.mark.parametrize("offer", [PLAIN, SEVERAL_AT_ONCE], ids=["one by one", "several at once"])
@pytest.mark.parametrize("how", ["421 4.3.2 closing", "half:", "drop", "stall"])
@pytest.mark.parametrize("step", STEPS[:3])
def test_a_line_that_breaks_twice_before_the_final_dot(
    fake: Fake, at: At, message: Message, how: str, step: str, offer: str
) -> None:
    """S1, S9: it surely did not leave; deferred, the sender's matter, and the next one goes."""
    script = [USUAL[step], *[_spoken(how, step)] * 2]
    there = fake({"EHLO": [offer] * 9, step: script})
    with Smtp(at(there.port)) as carrier:
        outcomes = _deliver(carrier, _letters(message))
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
        outcomes = _deliver(carrier, _letters(message))
    assert [one.fate for one in outcomes] == [Fate.ACCEPTED, Fate.REFUSED, Fate.ACCEPTED]
    assert there.nobodys == [b"\r\n"]
    assert len(there.received) == 2


def test_a_text_without_a_sender_but_with_a_reader_is_never_ended(fake: Fake, at: At, message: Message) -> None:
    """S12: MAIL refused, RCPT and DATA not: a final dot would give her an empty letter, so the line is cut."""
    there = fake({"EHLO": [SEVERAL_AT_ONCE] * 3, "MAIL": [USUAL["MAIL"], "550 5.7.1 not you"]})
    with Smtp(at(there.port)) as carrier:
        outcomes = _deliver(carrier, _letters(message))
    assert [one.fate for one in outcomes] == [Fate.ACCEPTED, Fate.DEFERRED, Fate.ACCEPTED]
    assert (len(there.received), there.nobodys) == (2, [])


def test_several_commands_at_once_only_where_offered(fake: Fake, at: At, message: Message) -> None:
    """S12: never at EHLO, never behind DATA before its answer; the next envelope rides behind the final dot."""
    messages = _letters(message)
    one, many = fake({"EHLO": [PLAIN]}), fake({"EHLO": [SEVERAL_AT_ONCE]})
    for there in (one, many):
        with Smtp(at(there.port)) as carrier:
            _deliver(carrier, messages)
        assert there.received == [each.data for each in messages]
    assert one.early == []
    assert many.early == ["MAIL", "RCPT"] * 3
    assert one.commands == many.commands


def test_a_text_is_cut_off_where_its_reader_left_at_the_last_moment(fake: Fake, at: At, message: Message) -> None:
    """S17: asked after the text and before the final dot; no dot, no letter, and the next one goes."""
    there = fake({"EHLO": [SEVERAL_AT_ONCE] * 2})
    first, second, _ = _letters(message)
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
    first, second, third = _letters(message)
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
        outcomes = _deliver(carrier, [message] * 10)
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
            _deliver(carrier, messages)
        assert ours.received == theirs.received == [one.data for one in messages]
