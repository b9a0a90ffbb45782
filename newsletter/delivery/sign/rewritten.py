"""A profile (NEWSLETTER_SMTP_PROFILE) -> the header fields that its relay adds or rewrites, and a signature leaves out (A1)."""

from __future__ import annotations

_IDS = frozenset({"message-id", "feedback-id"})

# Amazon says of SES which fields not to sign (its guide, Manual DKIM signing); that the others give a Message-ID and a
# Feedback-ID of their own is caution: what is left out can only lose a little, what is changed breaks the signature.
_REWRITTEN = {
    "ses": _IDS | {"date"},
    "brevo-relay": _IDS,
    "mailgun": _IDS,
    "postmark": _IDS,
}


def rewritten(profile: str) -> frozenset[str]:
    """The names in small letters; none for a server that passes on what it gets."""
    return _REWRITTEN.get(profile, frozenset())
