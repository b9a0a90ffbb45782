"""A mailbox and the settings -> the client as which one signs in there, or why there is none."""

from __future__ import annotations

import re

from newsletter.delivery.sign_in.authority import Client
from newsletter.delivery.sign_in.mailbox import Mailbox
from newsletter.errors import ToMend
from newsletter.settings import BadSetting, Settings

_GOOGLES = ".apps.googleusercontent.com"
_MICROSOFTS = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TENANT = re.compile(r"[\w-]+(\.[\w-]+)*", re.ASCII)


class NoClient(ToMend):
    """The organisation has not registered the program where one signs in."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} wants to know which program asks, and your organisation has not told it yet.",
            "Give the steps above to whoever looks after your organisation's computers. Put what comes back into the file"
            " .env (NEWSLETTER_SMTP_CLIENT_ID, and NEWSLETTER_SMTP_TENANT), and type newsletter login again.",
        )


def client_of(mailbox: Mailbox, settings: Settings) -> Client | None:
    """The client; None where the mailbox has an app password instead, and no client of Google's is set.

    Raises NoClient, BadSetting.
    """
    authority = mailbox.authority
    if authority is None:
        return None
    if not authority.device_url:  # Google
        if not settings.smtp_client_id.endswith(_GOOGLES):
            return None
        return Client(authority, settings.smtp_client_id, settings.smtp_client_secret)
    if not settings.smtp_client_id:
        raise NoClient(authority.name)
    if not _MICROSOFTS.fullmatch(settings.smtp_client_id.lower()):
        raise BadSetting("SMTP_CLIENT_ID", "like 01234567-89ab-cdef-0123-456789abcdef, as Microsoft shows it")
    tenant = mailbox.tenant or settings.smtp_tenant
    if not _TENANT.fullmatch(tenant):
        raise BadSetting("SMTP_TENANT", "your organisation's domain or its number at Microsoft")
    return Client(authority.of(tenant), settings.smtp_client_id, settings.smtp_client_secret)
