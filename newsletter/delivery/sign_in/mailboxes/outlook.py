"""Outlook.com, Hotmail, Live and MSN: private mailboxes at Microsoft, which take no passwords from programs."""

from __future__ import annotations

from newsletter.delivery.sign_in.authority import Authority
from newsletter.delivery.sign_in.mailbox import Mailbox, Way

_LOGIN = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0"

MAILBOX = Mailbox(
    3,
    "Outlook.com, Hotmail, Live or MSN (a private mailbox at Microsoft)",
    Way.CODE,
    "smtp-mail.outlook.com",
    587,
    "starttls",
    domains=("outlook.", "hotmail.", "live.", "msn.com"),
    pace="outlook",
    note="A private mailbox is not made for a list of readers: Microsoft lets it write to few people whom it never wrote to"
    " before. A mailbox of your organisation, or a mailing service (newsletter export --list), fits better.\nYou sign in at"
    " Microsoft in your browser. Passwords and app passwords do not work for programs there since 16 September 2024."
    " (Microsoft:\nhttps://support.microsoft.com/office/c5d65390-9676-4763-b41f-d7986499a90d )",
    authority=Authority(
        "Microsoft",
        f"{_LOGIN}/token",
        "https://outlook.office.com/SMTP.Send offline_access",
        device_url=f"{_LOGIN}/devicecode",
        browser_url=f"{_LOGIN}/authorize",
        withdraw_page="https://account.live.com/consent/Manage",
        redirect_host="localhost",
    ),
    tenant="consumers",
    registering=(
        (
            "Somebody with an organisation's account at Microsoft opens https://entra.microsoft.com, Applications, App"
            " registrations, New registration. Name: Newsletter. Personal Microsoft accounts only. Redirect URI: Public"
            " client/native, http://localhost"
        ),
        "In the new registration, Authentication: Allow public client flows, Yes.",
        "Send back the Application (client) ID. It is not secret.",
    ),
)
