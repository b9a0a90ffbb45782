from __future__ import annotations

import pytest

from newsletter.delivery.replies import Reply, Step, about_the_reader, asks_for_patience, judge
from newsletter.ledger.retry import DAY, USUAL
from newsletter.nouns.letter import Fate

QUOTA = [
    # Google: Gmail SMTP errors and codes
    (550, "5.4.5 Daily user sending limit exceeded. For more information on Gmail sending limits go to the help."),
    (550, "5.4.5 Daily SMTP relay sending limit exceeded for user."),
    (550, "5.7.1 Daily SMTP relay limit exceeded for customer. For more information go to the help."),
    (421, "4.3.0 Temporary System Problem. Try again later"),
    (421, "4.4.5 Server busy, try again later."),
    (421, "4.7.0 Try again later, closing connection."),
    (421, "4.7.0 Temporary System Problem. Try again later."),
    (421, "4.7.0 Our system has detected an unusual rate of unsolicited mail originating from your IP address."),
    (421, "4.7.28 Our system has detected an unusual rate of mail."),
    (454, "4.7.0 Too many login attempts, please try again later."),
    # Microsoft: SMTP submission, non-delivery reports
    (432, "4.3.2 Concurrent connections limit exceeded."),
    (432, "4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded"),
    (451, "4.7.500 Server busy. Please try again later"),
    (550, "5.1.90 Your message can't be sent because you've reached your daily limit for message recipients"),
    (550, "5.7.232 Your message can't be sent because your trial tenant has exceeded its daily limit"),
    (550, "5.7.233 Your message can't be sent because your tenant exceeded its daily limit"),
    (550, "5.7.236 Your message can't be sent: the daily limit of the onmicrosoft.com domain"),
    (554, "5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException; Failed to process message"),
    # others
    (454, "Throttling failure: Daily message quota exceeded"),
    (454, "Throttling failure: Maximum sending rate exceeded"),
    (550, "5.7.1 You have exceeded your daily sending limit. Please try again later."),
]


@pytest.mark.parametrize("step", list(Step))
@pytest.mark.parametrize(("code", "text"), QUOTA, ids=[f"{code} {text[:14]}" for code, text in QUOTA])
def test_what_a_quota_says_means_wait(code: int, text: str, step: Step) -> None:
    """L8, L3, B1: put off with the time to go on, at any step, never held against the reader, never given up."""
    outcome = judge(step, Reply(code, text), "ana@example.net")
    assert (outcome.fate, outcome.sender_at_fault) == (Fate.DEFERRED, True)
    now = 1_751_619_600
    for tried in (1, 3, 40):
        due = USUAL.next_try(outcome, tried, now - 30 * DAY, now)
        assert due is not None
        assert now + 30 * 60 <= due <= now + 8 * 3600
    assert not about_the_reader(outcome.enhanced) or outcome.enhanced == "5.2.0"


def test_a_reader_who_gets_too_much_mail_is_only_put_off() -> None:
    """L8: Gmail's 4.2.1 is about her mailbox; she gets her copy later, and the run goes on."""
    outcome = judge(
        Step.RCPT, Reply(450, "4.2.1 The user you are trying to contact is receiving mail too quickly."), "a@b.example"
    )
    assert (outcome.fate, outcome.sender_at_fault) == (Fate.DEFERRED, False)
    assert USUAL.next_try(outcome, 1, 0, 0) == 1800


@pytest.mark.parametrize(
    ("code", "text", "slower"),
    [
        (421, "4.7.0 Try again later", True),
        (451, "4.7.500 Server busy", True),
        (432, "4.3.2 Concurrent connections limit exceeded.", True),
        (454, "Throttling failure: Maximum sending rate exceeded", True),
        (550, "5.7.1 relaying denied", False),
        (550, "5.4.5 Daily user sending limit exceeded", False),
        (450, "4.2.1 mailbox busy", False),
        (250, "2.0.0 Ok", False),
    ],
)
def test_what_asks_for_a_slower_pace(code: int, text: str, slower: bool) -> None:
    """L8: 421, 432, 4.7.x and SES's throttling; a limit of the day does not get better by going slowly."""
    assert asks_for_patience(judge(Step.END, Reply(code, text), "a@b.example")) is slower


def test_a_reader_without_room_is_still_refused() -> None:
    """B1: words about a quota of hers change nothing: her mailbox is full, or is not there."""
    full = judge(Step.RCPT, Reply(552, "5.2.2 mailbox full; quota exceeded"), "a@b.example")
    assert (full.fate, full.sender_at_fault) == (Fate.REFUSED, False)
    gone = judge(Step.RCPT, Reply(550, "5.1.1 no such user"), "a@b.example")
    assert (gone.fate, about_the_reader(gone.enhanced)) == (Fate.REFUSED, True)
