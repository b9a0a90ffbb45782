"""What a reply counts as: what lies with the sender never strikes a reader off."""

from __future__ import annotations

import pytest

from newsletter.delivery.replies import Reply, Step, judge
from newsletter.nouns.letter import Fate


@pytest.mark.parametrize("step", [Step.MAIL, Step.RCPT, Step.END])
@pytest.mark.parametrize(
    "reply",
    [
        Reply(550, "5.1.8 <peru@group.example>: Sender address rejected: Domain not found"),
        Reply(553, "5.1.7 Bad sender's mailbox address syntax"),
        Reply(450, "4.1.8 <peru@group.example>: Sender address rejected: Domain not found"),
    ],
    ids=lambda reply: reply.text[:5],
)
def test_a_server_that_minds_our_own_address(step: Step, reply: Reply) -> None:
    """B1: x.1.7 and x.1.8 are about the sender (RFC 3463 §3.2), though Postfix says them when the reader is named."""
    found = judge(step, reply, "ana@example.org")
    assert (found.fate, found.sender_at_fault) == (Fate.DEFERRED, True)


@pytest.mark.parametrize("enhanced", ["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"])
def test_what_is_about_the_reader(enhanced: str) -> None:
    """Her copy alone is refused, also where it is said at the end."""
    for step in (Step.RCPT, Step.END):
        found = judge(step, Reply(550, f"{enhanced} no"), "ana@example.org")
        assert (found.fate, found.sender_at_fault) == (Fate.REFUSED, False)
