"""A mail server's no at the sign-in -> what to do about it, in plain words."""

from __future__ import annotations

import re

_ANEW = "Sign in anew with: newsletter login"
_USUAL = f"{_ANEW}. Or see NEWSLETTER_SMTP_USER and NEWSLETTER_SMTP_PASSWORD in the file .env."
_BY_TOKEN = (
    "See that the mailbox set in the file .env (NEWSLETTER_SMTP_USER) is the one with which you signed in at the browser,"
    f" or one that it may write for. {_ANEW}"
)
_TEMPORARY = "Wait some minutes, then give the same command again."

# What a reply says, by the words and enhanced codes of those who say it, most telling first.
_KNOWN: tuple[tuple[str, str], ...] = (
    (
        r"SmtpClientAuthentication is disabled",
        (
            "Sending by programs is switched off for this mailbox. Whoever administers your Microsoft 365 switches it on:"
            " admin.microsoft.com, Users, Active users, this mailbox, Mail, Manage email apps, Authenticated SMTP. It takes up"
            " to an hour. (Microsoft's page about it: https://aka.ms/smtp_auth_disabled)"
        ),
    ),
    (
        r"basic authentication is (disabled|not supported)|5\.7\.30",
        f"This server takes no passwords any more. {_ANEW}, which goes by a code in the browser.",
    ),
    (
        r"security defaults",
        f"Your organisation allows no passwords for programs. {_ANEW}, which goes by a code in the browser.",
    ),
    (
        r"5\.7\.9|[Aa]pplication-specific password required",
        f"Google wants an app password of 16 letters, not your usual password. {_ANEW}, which leads you to it.",
    ),
    (
        r"gsmtp|BadCredentials",
        (
            "Gmail takes an app password of 16 letters only, never your usual password; and app passwords end when you change"
            f" your usual one. {_ANEW}, which leads you to it."
        ),
    ),
    (
        r"AUTH00\d|mail\.yahoo",
        f"Yahoo takes an app password only, never your usual password. {_ANEW}, which leads you to it.",
    ),
)
_LATER = 4


def advice(code: int, reply: str, *, by_token: bool = False) -> str:
    """What to do; the reply itself is not repeated, as some servers say in it what was typed."""
    found = next((words for pattern, words in _KNOWN if re.search(pattern, reply)), "")
    usual = _BY_TOKEN if by_token else _USUAL
    return found or (_TEMPORARY if code // 100 == _LATER else usual)
