"""Any answer at any step -> what becomes of the letter: the table, and one cell of it tried out on a scripted server."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from newsletter.delivery.carriers.smtp import Smtp
from newsletter.delivery.server import Server, Timeouts
from newsletter.delivery.session import LoginRefused, NoServer, NoWayToSignIn, TlsRefused
from newsletter.nouns.letter import Fate, Message, Outcome

Fake = Callable[..., Any]
BEFORE, LETTER, BEHIND = ("GREETING", "EHLO", "AUTH"), ("MAIL", "RCPT", "DATA", "END"), ("RSET", "QUIT")
STEPS = (*BEFORE, *LETTER, *BEHIND)
USUAL = {
    "GREETING": "220 fake",
    "AUTH": "235 2.7.0 Ok",
    "MAIL": "250 2.1.0 Ok",
    "RCPT": "250 2.1.5 Ok",
    "DATA": "354 go on",
    "END": "250 2.0.0 Ok",
    "RSET": "250 2.0.0 Ok",
    "QUIT": "221 2.0.0 Bye",
}
PLAIN = "250-fake\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES"
SEVERAL_AT_ONCE = "250-fake\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES"
SIGNED_IN = "250-fake\r\n250-PIPELINING\r\n250-AUTH PLAIN\r\n250 ENHANCEDSTATUSCODES"
QUICK = Timeouts(connect=5, greeting=0.7, command=0.7, data=0.7, block=5, final=0.7, goodbye=0.7)
PATIENT = Timeouts(connect=20, greeting=20, command=20, data=20, block=20, final=20, goodbye=20)

# The answer is given to the second of three letters, at the greeting, EHLO and AUTH to the connection before all.
EXPECTED = """
421 4.3.2 closing               W   W   L   A   A   A   D!  R   A
450 4.2.1 later                 W   W   L   D!  D   D!  D   R   A
451 later                       W   W   L   D!  D   D!  D   R   A
452 4.3.1 no room               W   W   L   D!  D   D!  D   R   A
432 4.3.2 slower                W   W   L   D!  D!  D!  D!  R   A
535 5.7.8 who are you           W   W   L   D!  D!  D!  D!  R   A
550 no                          W   W   L   D!  R   D!  D!  R   A
550 5.1.1 no such user          W   W   L   D!  R   D!  R   R   A
550 5.7.1 policy                W   W   L   D!  D!  D!  D!  R   A
552 5.2.2 mailbox full          W   W   L   D!  R   D!  R   R   A
552 5.3.4 too big               W   W   L   D!  D!  D!  D!  R   A
554 no                          W   W   L   D!  R   D!  D!  R   A
555 what is SIZE                W   W   L   D!  R   D!  D!  R   A
550-5.1.1 no|550 5.1.1 at all   W   W   L   D!  R   D!  R   R   A
250-2.0.0 yes|550 5.1.1 no      W   W   L   D!  D   D!  ?   R   A
gibberish                       W   W   L   D!  D   D!  ?   R   A
199 so it goes                  W   W   L   D!  D   D!  ?   R   A
2500 Ok                         W   A   L   D!  D   D!  ?   R   A
long                            W   W   W   A   A   D!  A   R   A
endless                         W   W   W   D!  D   D!  ?   R   A
slow:                           A   A   A   A   A   A   A   R   A
half:                           W   A   A   A   A   A   ?   R   A
drop                            W   W   W   A   A   A   ?   R   A
stall                           W   W   W   A   A   A   ?   R   A
"""
MEANING = {
    "A": "accepted, after a new connection where need be",
    "R": "refused: this reader's copy, for good",
    "D": "put off: this reader's copy, and tried again by itself",
    "D!": "put off, and the sender's matter: after a few the run pauses, and no reader is struck off",
    "?": "in doubt: nobody can know, and nothing is sent again unasked",
    "W": "the connection is not made: the run stops with a sentence, every letter waits",
    "L": "not signed in: the run stops with a sentence, every letter waits",
}
_FATES = {Fate.ACCEPTED: "A", Fate.REFUSED: "R", Fate.DEFERRED: "D", Fate.IN_DOUBT: "?", Fate.SKIPPED: "S"}
ROWS = [(line[:32].strip(), *line[32:].split()) for line in EXPECTED.strip().splitlines()]
CASES = [(reply, step, said) for reply, *row in ROWS for step, said in zip(STEPS, row, strict=True)]


@dataclass(frozen=True)
class Seen:
    """What came of one cell: the outcomes of three letters, or of the connection, and what the server had."""

    said: str
    outcomes: tuple[Outcome, ...]
    messages: tuple[Message, ...]
    there: Any


def spoken(reply: str, step: str) -> str:
    """A reply of the table as it is said at a step."""
    usual = PLAIN if step == "EHLO" else USUAL[step]
    if reply in ("slow:", "half:"):
        return reply + usual
    made = {"long": f"{usual[:3]} " + "x" * 20_000, "endless": "\r\n".join([f"{usual[:3]}-x"] * 300)}
    if step in LETTER:
        made = {"long": "250 " + "x" * 20_000, "endless": "\r\n".join(["250-x"] * 300)}
    return made.get(reply, reply.replace("|", "\r\n"))


def letters(message: Message) -> list[Message]:
    """Three letters to three readers."""
    return [
        dataclasses.replace(
            message,
            recipient=f"reader{number}@example.net",
            message_id=f"<{number}@example.org>",
            data=message.data.replace(b"July", f"July {number}".encode()),
        )
        for number in range(3)
    ]


def deliver(carrier: Smtp, messages: list[Message]) -> list[Outcome]:
    """One after the other on one line, as a run does it; each with the one that follows."""
    outcomes = []
    for message, following in zip(messages, [*messages[1:], None], strict=True):
        outcome = carrier.first().deliver(message, may_leave=lambda: True, following=following)
        assert outcome is not None
        outcomes.append(outcome)
    return outcomes


def tried(fake: Fake, message: Message, reply: str, step: str, offer: str) -> Seen:
    """One cell of the table, on a server of its own."""
    said = spoken(reply, step)
    script = {"EHLO": [SIGNED_IN if step == "AUTH" else offer] * 9}
    script[step] = [USUAL[step], said] if step in LETTER else [said]
    if step == "RSET":
        script["RCPT"] = [USUAL["RCPT"], "550 5.1.1 no such user"]
    there, messages = fake(script), letters(message)
    user = ("peru", "open sesame") if step == "AUTH" else ("", "")
    timeouts = QUICK if reply in ("stall", "endless") else PATIENT  # nothing else is to hang on a busy machine
    server = Server("127.0.0.1", there.port, "none", "mail.example.org", *user, timeouts=timeouts)
    try:
        with Smtp(server) as carrier:
            outcomes = deliver(carrier, messages)
    except (LoginRefused, NoWayToSignIn):
        return Seen("L", (), tuple(messages), there)
    except (NoServer, TlsRefused):
        return Seen("W", (), tuple(messages), there)
    hit = outcomes[1]
    return Seen(_FATES[hit.fate] + "!" * hit.sender_at_fault, tuple(outcomes), tuple(messages), there)
