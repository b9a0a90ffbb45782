"""Yahoo Mail, which wants a password made for programs."""

from __future__ import annotations

from newsletter.delivery.sign_in.mailbox import Mailbox, Way

MAILBOX = Mailbox(
    4,
    "Yahoo",
    Way.MADE,
    "smtp.mail.yahoo.com",
    465,
    domains=("yahoo.", "ymail.com", "rocketmail.com"),
    pace="yahoo",
    note="Yahoo does not take your usual password from a program. It takes an app password: 16 letters that Yahoo makes up,"
    " for this program alone.",
    steps=(
        "Open your browser, sign in to Yahoo, and open this page:\nhttps://login.yahoo.com/account/security",
        "Choose Generate app password (or Create app password). Type Newsletter as the name.",
        "Yahoo shows 16 letters, once. Copy them, come back here, and put them in below.",
        "What Yahoo says about it:\nhttps://help.yahoo.com/kb/SLN15241.html",
    ),
    take_back_page="https://login.yahoo.com/account/security",
    letters=16,
)
