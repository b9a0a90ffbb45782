"""The two links open a mail to the sender with the code in it."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from newsletter.nouns.draft import Profile, Sender, Translated
from newsletter.review.answer import answers

PHRASES = {
    "approve_subject": "Yes: {code} & {subject}",
    "approve_body": "I read “{subject}”.\n\nCode: {code}\n",
    "change_subject": "No: {code}",
    "change_body": "Please: ?#&+%",
}


def say(phrase: str, /, **gaps: str) -> str:
    """The phrase with its gaps filled."""
    return PHRASES[phrase].format(**gaps)


def profile(sender: Sender) -> Profile:
    """A profile with this sender."""
    return Profile(Translated({"": "A newsletter"}), ("en",), {}, sender=sender)


def test_both_open_a_mail_with_the_code() -> None:
    """To the reply address where there is one; each sign of subject and body comes through (RFC 6068)."""
    found = answers(
        profile(Sender(address="a@example.org", reply_to="b+c@example.org")), say, code="7K3M2", subject="A & B"
    )
    parts = urlsplit(found.approve)
    assert (parts.scheme, parts.path, found.to) == ("mailto", "b+c@example.org", "b+c@example.org")
    asked = parse_qs(parts.query, strict_parsing=True)
    assert asked == {"subject": ["Yes: 7K3M2 & A & B"], "body": ["I read “A & B”.\r\n\r\nCode: 7K3M2"]}
    assert parse_qs(urlsplit(found.change).query)["body"] == ["Please: ?#&+%"]
    assert "+" not in urlsplit(found.approve).query


def test_without_an_address_there_is_no_link() -> None:
    """The page then asks to answer the mail with which it came."""
    assert answers(profile(Sender()), say, code="7", subject="x").approve == ""
