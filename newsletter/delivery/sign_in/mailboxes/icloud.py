"""iCloud Mail, which wants a password made for programs."""

from __future__ import annotations

from newsletter.delivery.sign_in.mailbox import Mailbox, Way

MAILBOX = Mailbox(
    5,
    "iCloud",
    Way.MADE,
    "smtp.mail.me.com",
    587,
    "starttls",
    domains=("icloud.com", "me.com", "mac.com"),
    pace="icloud",
    note="Apple does not take your usual password from a program. It takes an app-specific password: 16 letters that Apple"
    " makes up, for this program alone.",
    steps=(
        "Open your browser, and sign in here (two-factor authentication has to be on):\nhttps://account.apple.com",
        "Choose Sign-In and Security, then App-Specific Passwords, then Generate. Type Newsletter as the name.",
        "Apple shows 16 letters with hyphens between them. Copy them, come back here, and put them in below.",
        "What Apple says about it:\nhttps://support.apple.com/102654",
    ),
    take_back_page="https://account.apple.com",
    letters=16,
)
