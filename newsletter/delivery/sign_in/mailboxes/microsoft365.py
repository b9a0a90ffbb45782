"""Microsoft 365: an organisation's mailbox. Its passwords end for programs, so one signs in by a code in the browser."""

from __future__ import annotations

from newsletter.delivery.sign_in.authority import Authority
from newsletter.delivery.sign_in.mailbox import Mailbox, Way

_LOGIN = "https://login.microsoftonline.com/{tenant}/oauth2/v2.0"

MICROSOFT = Authority(
    "Microsoft",
    f"{_LOGIN}/token",
    "https://outlook.office.com/SMTP.Send offline_access",
    device_url=f"{_LOGIN}/devicecode",
    browser_url=f"{_LOGIN}/authorize",
    withdraw_page="https://myapps.microsoft.com",
    redirect_host="localhost",
)

MAILBOX = Mailbox(
    2,
    "Microsoft 365 (a mailbox of your organisation)",
    Way.CODE,
    "smtp.office365.com",
    587,
    "starttls",
    domains=(),
    pace="microsoft365",
    note="You sign in at Microsoft in your browser, on this computer or on a telephone. Your password stays between you and"
    " Microsoft.\nPasswords in programs end: from the end of December 2026 Microsoft takes them only where an administrator"
    " says so. (Exchange Team, 27 January 2026:\nhttps://techcommunity.microsoft.com/blog/exchange/updated-exchange-online-smtp-auth-basic-authentication-deprecation-timeline/4489835 )",
    authority=MICROSOFT,
    registering=(
        (
            "Open https://entra.microsoft.com, Applications, App registrations, New registration. Name: Newsletter. Accounts in"
            " this organizational directory only. Redirect URI: Public client/native, http://localhost"
        ),
        "In the new registration, Authentication: Allow public client flows, Yes.",
        (
            "API permissions, Add a permission, APIs my organization uses, Office 365 Exchange Online, Delegated permissions,"
            " SMTP.Send. Then: Grant admin consent."
        ),
        (
            "Let the mailbox send by programs: https://admin.microsoft.com, Users, Active users, the mailbox, Mail, Manage email"
            " apps, Authenticated SMTP."
        ),
        "Send back the Application (client) ID and the Directory (tenant) ID. Neither is secret.",
    ),
)
