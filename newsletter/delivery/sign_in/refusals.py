"""A mail server's no at the sign-in -> what to do about it, in plain words."""

from __future__ import annotations

import re

_USUAL = (
    "Sign in anew with: newsletter login. Or see NEWSLETTER_SMTP_USER and NEWSLETTER_SMTP_PASSWORD in the file .env."
)
_FOR_TOKENS = (
    "See that the mailbox set in the file .env (NEWSLETTER_SMTP_USER) is the one with which you signed in at the browser,"
    " or one that it may write for. Sign in anew with: newsletter login"
)
_TEMPORARY = "Wait some minutes, then give the same command again."
_SWITCHED_OFF = (
    "Sending by programs is switched off for this mailbox. Whoever administers your Microsoft 365 switches it on:"
    " admin.microsoft.com, Users, Active users, this mailbox, Mail, Manage email apps, Authenticated SMTP. It takes up to"
    " an hour. What Microsoft says about it: https://aka.ms/smtp_auth_disabled"
)
_NO_PASSWORDS = (
    "This server takes no passwords from programs any more. Sign in anew with: newsletter login, which goes by a code in"
    " the browser."
)
_GOOGLES = (
    "Gmail takes an app password of 16 letters only, never your usual password; and app passwords end when you change"
    " your usual one. Sign in anew with: newsletter login, which leads you to it."
)
_YAHOOS = (
    "Yahoo takes an app password only, never your usual password. Sign in anew with: newsletter login, which leads you to"
    " it."
)
_KNOWN = (
    (r"SmtpClientAuthentication is disabled", _SWITCHED_OFF),
    (r"basic authentication is (disabled|not supported)|5\.7\.30|security defaults", _NO_PASSWORDS),
    (r"5\.7\.9|application-specific password|gsmtp|BadCredentials", _GOOGLES),
    (r"AUTH00\d|mail\.yahoo", _YAHOOS),
)
"""What a reply says, by the words and enhanced codes of those who say it, the most telling first."""
_LATER = 4
_DURING_LOGIN = {
    _USUAL: "See that it is the password of the user name that you gave, with its capitals and small letters. Some"
    " providers take only an app password, made for programs: their help pages say so.",
    _FOR_TOKENS: "See that the mailbox is the one with which you signed in at the browser, or one that it may write for;"
    " then type newsletter login again.",
    _NO_PASSWORDS: "This server takes no passwords from programs any more. Type newsletter login again, and choose"
    " Microsoft 365 or Outlook.com there: one signs in to them by a code in the browser.",
    _GOOGLES: "Gmail takes an app password of 16 letters only, never your usual password; and app passwords end when you"
    " change your usual one. Copy it once more from the page that showed it, or have another one made there:"
    " https://myaccount.google.com/apppasswords",
    _YAHOOS: "Yahoo takes an app password only, never your usual password. Copy it once more from the page that showed it,"
    " or have another one made there: https://login.yahoo.com/account/security",
}
"""The advice that leads to ``newsletter login``, as it is said there."""
_IN_VAIN = frozenset({_SWITCHED_OFF, _DURING_LOGIN[_NO_PASSWORDS]})


def advice(code: int, reply: str, *, by_token: bool = False) -> str:
    """What to do; the reply itself is not repeated, as some servers say in it what was typed."""
    found = next((words for pattern, words in _KNOWN if re.search(pattern, reply, re.IGNORECASE)), "")
    return found or (_TEMPORARY if code // 100 == _LATER else _FOR_TOKENS if by_token else _USUAL)


def during_login(hint: str) -> str:
    """The same advice for somebody who is signing in right now."""
    return _DURING_LOGIN.get(hint, hint)


def in_vain(hint: str) -> bool:
    """Whether another password would change nothing."""
    return hint in _IN_VAIN
