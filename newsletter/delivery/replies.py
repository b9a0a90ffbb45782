"""A server's reply at a step of the transaction -> Outcome, by code and enhanced code, never by its words (RFC 5321 §4.2).

What lies with the sender (policy, reputation, quota, content, sign-in: B1) never counts against the reader: the copy
is deferred, and the run pauses.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from newsletter.delivery.redact import redact
from newsletter.nouns.letter import Fate, Outcome

SERVICE_CLOSES = 421
SIGN_IN_ENDED = frozenset({530, 535})  # RFC 4954 §6
_ENHANCED = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})(?=\s|$)")
_SENDERS_CODES = frozenset({SERVICE_CLOSES, 432, 454, 523, 530, 534, 535, 538})  # RFC 4954 §6, RFC 5321 §3.8
# Of x.1.x, about addresses, 7 and 8 are about the sender's (RFC 3463 §3.2), whenever they are said; and 5.1.90 is Exchange's
# own "daily limit for message recipients".
_SENDERS_MATTERS = re.compile(r"[45]\.(?:7\.\d+|6\.\d+|3\.4|3\.2|4\.5|1\.(?:7|8|90))")
_READERS_MATTERS = re.compile(r"[45]\.(?:1\.(?!(?:7|8|90)$)|2\.)\d+")
_SLOWER = frozenset({SERVICE_CLOSES, 432, 454})
_PATIENCE = re.compile(r"4\.7\.\d+|4\.4\.5|4\.3\.2")
# Exchange says its daily limit with 5.2.0, the code of any trouble with a mailbox, and the name of what it raised.
_QUOTA_RAISED = "SubmissionQuotaExceeded"


class Step(StrEnum):
    """How far a transaction got."""

    MAIL = "MAIL FROM"
    RCPT = "RCPT TO"
    DATA = "DATA"
    END = "the end of the message"


class Reply(NamedTuple):
    """A whole reply, all its lines; the code is -1 where it was none."""

    code: int
    text: str

    @property
    def kind(self) -> int:
        """The first digit, which decides."""
        return self.code // 100

    @property
    def enhanced(self) -> str:
        """The enhanced code (RFC 3463), "" where there is none or where it contradicts the code."""
        found = _ENHANCED.match(self.text)
        return found[1] if found and found[1][0] == str(self.kind) else ""


def about_the_reader(enhanced: str) -> bool:
    """Whether an enhanced code says that it is about the reader's address or mailbox (RFC 3463 §3.2, §3.3)."""
    return bool(_READERS_MATTERS.fullmatch(enhanced))


def asks_for_patience(outcome: Outcome) -> bool:
    """Whether the server asks us to go more slowly (L8): 421, 432, SES's 454, 4.7.x."""
    slower = outcome.code in _SLOWER or bool(_PATIENCE.fullmatch(outcome.enhanced))
    return outcome.sender_at_fault and slower


def judge(step: Step, reply: Reply, address: str) -> Outcome:
    """What a reply means for the copy of this reader; her address is taken out of the words that are kept."""
    fault = False
    if step is Step.END and reply.kind not in (4, 5):
        fate = Fate.ACCEPTED if reply.kind == 2 else Fate.IN_DOUBT  # noqa: PLR2004 - RFC 5321 §4.2.1
    else:
        fault = _lies_with_the_sender(step, reply)
        fate = Fate.REFUSED if reply.kind == 5 and not fault else Fate.DEFERRED  # noqa: PLR2004 - RFC 5321
    return Outcome(fate, max(reply.code, 0), reply.enhanced, redact(reply.text, address), fault)


def _lies_with_the_sender(step: Step, reply: Reply) -> bool:
    if reply.code in _SENDERS_CODES or _SENDERS_MATTERS.fullmatch(reply.enhanced) or _QUOTA_RAISED in reply.text:
        return True
    if step in (Step.MAIL, Step.DATA):
        return True
    # After the reader was accepted, a permanent refusal is about the message, unless it says that it is about her.
    return step is Step.END and reply.kind == 5 and not about_the_reader(reply.enhanced)  # noqa: PLR2004 - RFC 5321
