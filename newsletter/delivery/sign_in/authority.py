"""Where one signs in by OAuth -> its addresses, and who asks there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

_ADDRESSES = ("token_url", "device_url", "browser_url")


@dataclass(frozen=True, slots=True)
class Authority:
    """Who gives tokens for a mailbox. ``{tenant}`` in an address is the organisation's own part."""

    name: str
    token_url: str
    scope: str
    device_url: str = ""  # where a code to type is asked for (RFC 8628 §3.1); empty: it has none for mail
    browser_url: str = ""  # where a person says yes (RFC 6749 §4.1)
    revoke_url: str = ""  # where tokens are handed back (RFC 7009); empty: only on a page
    withdraw_page: str = ""  # where a person takes it back
    redirect_host: str = "127.0.0.1"  # what it calls this machine (RFC 8252 §7.3)
    browser_asks: tuple[tuple[str, str], ...] = ()  # what else it wants to be asked there

    def of(self, tenant: str) -> Authority:
        """The same, for one organisation."""
        addresses = {name: getattr(self, name).format(tenant=tenant) for name in _ADDRESSES}
        return replace(self, **addresses)


@dataclass(frozen=True, slots=True)
class Client:
    """Who asks: the program as an organisation registered it with an authority."""

    authority: Authority
    id: str
    secret: str = field(default="", repr=False)

    def says(self, **more: str) -> dict[str, str]:
        """The fields of a form, with who it comes from."""
        own = {"client_id": self.id, **({"client_secret": self.secret} if self.secret else {})}
        return {**own, **more}
