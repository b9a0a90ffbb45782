"""Gmail, and Google Workspace. Google's device code does not cover mail; its browser way wants a client that Google verified."""

from __future__ import annotations

from newsletter.delivery.sign_in.authority import Authority
from newsletter.delivery.sign_in.mailbox import Mailbox, Way

GOOGLE = Authority(
    "Google",
    "https://oauth2.googleapis.com/token",
    "https://mail.google.com/",
    browser_url="https://accounts.google.com/o/oauth2/v2/auth",
    revoke_url="https://oauth2.googleapis.com/revoke",
    withdraw_page="https://myaccount.google.com/connections",
    browser_asks=(("access_type", "offline"), ("prompt", "consent")),
)

MAILBOX = Mailbox(
    1,
    "Gmail, or Google Workspace (an address of your own that is kept at Google)",
    Way.MADE,
    "smtp.gmail.com",
    465,
    domains=("gmail.com", "googlemail.com"),
    pace="gmail",
    pace_elsewhere="workspace",
    note="Google does not take your usual password from a program. It takes an app password: 16 letters that Google makes"
    " up, for this program alone. You can take it back at any time, and your usual password stays as it is.",
    steps=(
        "Open your browser, and sign in to Google with the mailbox that the newsletter comes from.",
        "Two-step sign-in has to be on. See here, and switch it on if it is not:\nhttps://myaccount.google.com/signinoptions/two-step-verification",
        "Then open this page:\nhttps://myaccount.google.com/apppasswords",
        "Type Newsletter as the name there, and press Create.",
        (
            "Google shows 16 letters, once. Copy them, come back here, and put them in below. The blanks among them do not"
            " matter."
        ),
        (
            "If Google says that the page is not for your account: two-step sign-in is still off, or it knows security keys"
            " only, or the mailbox is an organisation's, whose administrator has to allow app passwords. What Google says:\nhttps://support.google.com/accounts/answer/185833"
        ),
    ),
    take_back_page="https://myaccount.google.com/apppasswords",
    letters=16,
    authority=GOOGLE,
)
