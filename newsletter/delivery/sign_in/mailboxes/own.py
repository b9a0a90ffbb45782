"""Every other provider, and an organisation's own mail server."""

from __future__ import annotations

from newsletter.delivery.sign_in.mailbox import Mailbox, Way

MAILBOX = Mailbox(
    6,
    "Another provider, or your organisation's own server",
    Way.USUAL,
    note="Whoever looks after your mail knows the name of the server for outgoing mail (SMTP), such as smtp.example.org. The"
    " help pages of a provider have it too.",
)
