"""A copy as it arrived, saved from mailboxes of several kinds (A8); the files are written by ourselves, with invented hosts and people."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter.delivery.pace.limits import limits
from newsletter.doctor.finding import Finding, Grade
from newsletter.doctor.seed.arrived import Arrived, NotAMessage, arrived
from newsletter.doctor.seed.judge import judge
from newsletter.doctor.seed.results import results
from newsletter.settings import Settings

SAVED = Path(__file__).parent / "saved"


def saved(name: str) -> Arrived:
    return arrived((SAVED / f"{name}.eml").read_bytes())


def judged(here: Arrived, *, left: bool = True, profile: str = "own-relay") -> list[Finding]:
    return list(judge(here, saved("sent") if left else None, limits(Settings(smtp_profile=profile))))


def by_check(some: list[Finding]) -> dict[str, Finding]:
    return {one.check: one for one in some}


def test_gmail() -> None:
    """A8: everything passes, both list fields are as they left, the signature covers them, nothing was rewritten."""
    found = judged(saved("gmail"))
    assert {one.grade for one in found} == {Grade.OK}
    assert [one.check for one in found] == [
        *("seed", "seed-spf", "seed-dkim", "seed-dmarc", "seed-list", "seed-covered", "seed-rewritten")
    ]
    assert "by mx.google.com" in found[0].message
    assert "never-believed" not in str(found)


def test_outlook_behind_a_relay() -> None:
    """A8: Microsoft's field names nobody; the relay's own Return-Path and Message-ID are told."""
    found = judged(saved("outlook"), profile="brevo-relay")
    said = by_check(found)
    assert "does not say its name" in said["seed"].message
    assert said["seed-spf"].grade is Grade.OK
    assert "relay's own domain" in said["seed-spf"].message
    assert "signed by group.example" in said["seed-dkim"].message
    assert said["seed-dmarc"].grade is Grade.OK
    assert said["seed-list"].grade is Grade.OK, "another fold is no change"
    assert [one.grade for one in found if one.check == "seed-rewritten"] == [Grade.ADVICE, Grade.ADVICE]
    assert "bounces.relay.example" in said["seed-rewritten"].message


def test_a_relay_that_rewrites_unforeseen() -> None:
    """A8, A1: the profile that is set does not know of it, so a signature made here would break."""
    (one, _) = (one for one in judged(saved("outlook")) if one.check == "seed-rewritten")
    assert one.grade is Grade.WARNING
    assert "NEWSLETTER_SMTP_PROFILE" in one.hint


def test_an_older_copy() -> None:
    """A8: with another date and another Message-ID nothing is said of rewriting."""
    data = (SAVED / "gmail.eml").read_bytes()
    old = data.replace(b"Date: Tue, 01", b"Date: Mon, 30").replace(b"<0123456789abcdef@", b"<fedcba9876543210@")
    (one,) = (one for one in judged(arrived(old)) if one.check == "seed-rewritten")
    assert (one.grade, "another copy" in one.message) == (Grade.ADVICE, True)


def test_icloud() -> None:
    """A8: one field a method, all of one owner; what stands below the next server's mark is not believed."""
    found = judged(saved("icloud"))
    said = by_check(found)
    assert {one.grade for one in found} == {Grade.OK}
    assert "1 more, further down" in said["seed"].message
    assert "group.example" in said["seed-dkim"].message


def test_yahoo_where_all_is_wrong() -> None:
    """A8: each failure is an error with its remedy; the relay has taken readers' way out."""
    found = judged(saved("yahoo"))
    said = by_check(found)
    assert said["seed-spf"].grade is said["seed-dkim"].grade is said["seed-dmarc"].grade is Grade.ERROR
    assert "fail (p=NONE)" in said["seed-dmarc"].message
    assert said["seed-list"].message == (
        "List-Unsubscribe was changed on the way. List-Unsubscribe-Post was taken out on the way."
    )
    assert "perm_fail" in said["seed-dkim"].message
    assert said["seed-covered"].grade is Grade.WARNING


def test_signed_by_the_relay_only() -> None:
    """A8, A4: a signature in another's name does not count."""
    here = arrived(
        b"Authentication-Results: mx.example.com; dkim=pass header.d=relay.example; spf=none\nFrom: peru@group.example\n\n"
    )
    said = by_check(judged(here, left=False))
    assert (said["seed-dkim"].grade, "relay.example only" in said["seed-dkim"].message) == (Grade.ERROR, True)
    assert said["seed-spf"].grade is Grade.WARNING
    assert said["seed-dmarc"].grade is Grade.UNSEEN
    assert "List-Unsubscribe is not in what arrived" in said["seed-list"].message


def test_a_forged_result_below_is_not_believed() -> None:
    """RFC 8601 §7.1: the sender wrote it; the mailbox's own says fail."""
    here = arrived(
        b"Authentication-Results: mx.example.com; dkim=fail header.d=group.example\n"
        b"Received: from evil.example by mx.example.com\n"
        b"Authentication-Results: mx.example.com; dkim=pass header.d=group.example; dmarc=pass\n"
        b"From: peru@group.example\n\n"
    )
    said = by_check(judged(here, left=False))
    assert said["seed-dkim"].grade is Grade.ERROR
    assert said["seed-dmarc"].grade is Grade.UNSEEN


def test_a_mailbox_that_writes_nothing() -> None:
    """It could not be looked at; what became of the fields is told all the same."""
    here = arrived((SAVED / "sent.eml").read_bytes())
    found = judged(here)
    assert found[0].grade is Grade.UNSEEN
    assert by_check(found)["seed-list"].grade is Grade.OK


def test_another_message() -> None:
    """A8: what comes from somebody else is not judged at all."""
    (one,) = judged(arrived(b"Received: x\nFrom: shop@example.net\nSubject: Sale\n\n"))
    assert (one.grade, "not the copy" in one.message) == (Grade.ERROR, True)


def test_what_is_copied_from_a_page() -> None:
    """Gmail's page has a table above the message; Windows ends lines otherwise, and some files begin with a mark."""
    table = "Original message\nMessage ID\t<0123@group.example>\nFrom:\tshop@example.net\nDKIM:\t'PASS'\n\n"
    text = table + (SAVED / "gmail.eml").read_text("utf-8")
    assert arrived(text.encode()).from_domain == "group.example"
    assert arrived(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()).from_domain == "group.example"


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"\x00\xff" * 50, b"<html><body>no</body></html>", b"Subject: x\n\nFrom: y"]
)
def test_what_is_no_message(data: bytes) -> None:
    """It is said how to get one."""
    with pytest.raises(NotAMessage, match="Show original"):
        arrived(data)


def test_outlooks_own_files() -> None:
    """A .msg file is named as such."""
    with pytest.raises(NotAMessage, match=r"\.msg"):
        arrived(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500)


@pytest.mark.parametrize(
    ("value", "host", "found"),
    [
        ("mx.example.com; none", "mx.example.com", []),
        ("mx.example.com 1; spf=pass", "mx.example.com", [("spf", "pass")]),
        ("spf=pass (a; b) smtp.mailfrom=x; dkim=none", "", [("spf", "pass"), ("dkim", "none")]),
        ('"mx.example.com"; dkim/1 = fail reason="bad; sig" header.d=x', "mx.example.com", [("dkim", "fail")]),
        ("mx.example.com;;; =; garbage; dmarc=pass", "mx.example.com", [("dmarc", "pass")]),
        (r"mx.example.com (com\)ment; spf=fail); spf=pass", "mx.example.com", [("spf", "pass")]),
        ("", "", []),
        (";", "", []),
    ],
)
def test_the_grammar(value: str, host: str, found: list[tuple[str, str]]) -> None:
    """RFC 8601 §2.2, and what is written beside it."""
    read = results(value)
    assert (read.host, [(one.method, one.result) for one in read.found]) == (host, found)


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet=st.sampled_from('ab;=.()"\\ \t/@1pass')) | st.text())
def test_any_text(value: str) -> None:
    """Nobody falls over what a mailbox writes, and a bracket or quotation never opened a result."""
    read = results(value)
    assert all(one.method and one.result for one in read.found)


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    """A file of any kind is a message or is refused in words."""
    try:
        here = arrived(data + b"\nFrom: peru@group.example\n")
    except NotAMessage:
        return
    assert list(judge(here, None, limits(Settings())))
