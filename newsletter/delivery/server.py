"""Settings and sender -> Server: which mail server is used, and whether it may be."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from pathlib import Path

from newsletter.delivery.sign_in.bearer import Bearer
from newsletter.delivery.sign_in.kept import kept
from newsletter.errors import StoppedForSafety, ToMend
from newsletter.letters.headers import UnfitAddress, wire_domain
from newsletter.nouns.draft import Sender
from newsletter.settings import Settings

_PORTS = {"tls": 465, "starttls": 587, "none": 25}
_RELAY_PORT = 25

# Whose mailboxes may be written from only through their owner's servers (Gmail's sender guidelines; DMARC).
_OWN_SERVERS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("gmail.com", "googlemail.com"), ("smtp.gmail.com", "smtp.googlemail.com")),
    (("outlook.", "hotmail.", "live.", "msn.com"), ("smtp-mail.outlook.com", "smtp.office365.com")),
    (("yahoo.", "ymail.com", "rocketmail.com", "aol.com"), ("mail.yahoo.com", "smtp.aol.com")),
    (("icloud.com", "me.com", "mac.com"), ("smtp.mail.me.com",)),
)
_FOR_TRIALS = ".onmicrosoft.com"


class NoServerSet(ToMend):
    """No mail server is set."""

    def __init__(self) -> None:
        super().__init__(
            "No mail server is set, so nothing can be sent.",
            "Say which mailbox your newsletter comes from: newsletter login. It finds the server, and writes the settings"
            " (NEWSLETTER_SMTP_HOST and others) into the file .env.",
        )


class NotSignedIn(ToMend):
    """There is a user name, and nothing to sign in with."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"Nobody is signed in at the mail server {host}, and no password is set.", "Sign in with: newsletter login"
        )


class NotUnencrypted(StoppedForSafety):
    """Without TLS mail may go only to a server on this machine."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"NEWSLETTER_SMTP_SECURITY is none, but {host} is another machine: readers' addresses would travel openly.",
            "Set NEWSLETTER_SMTP_SECURITY=tls (or starttls) in the file .env.",
        )


class RelayPort(StoppedForSafety):
    """Port 25 is for servers among themselves."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"Port 25 of {host} is for mail servers among themselves, not for sending your own mail.",
            "Set NEWSLETTER_SMTP_PORT=465, or 587 with NEWSLETTER_SMTP_SECURITY=starttls. Where your organisation has a"
            " relay of its own at port 25, and whoever looks after it says so: NEWSLETTER_SMTP_PORT_25=yes",
        )


class NotYourServer(StoppedForSafety):
    """The sender's address belongs to a mailbox provider whose own server is not the one used."""

    def __init__(self, domain: str, host: str) -> None:
        super().__init__(
            f"Mail from an address at {domain} may be sent only through the server of {domain}, not through {host}:"
            " everybody else's would be refused or land among the spam.",
            "Use the server of your mailbox, or put an address of your own domain into issues/newsletter.yaml (sender).",
        )


class TrialDomain(StoppedForSafety):
    """A tenant's onmicrosoft.com domain is for trials (100 messages a day, 550 5.7.236)."""

    def __init__(self) -> None:
        super().__init__(
            "An address at onmicrosoft.com is for trials: Microsoft lets it send only a few letters a day.",
            "Put an address of your own domain into issues/newsletter.yaml (sender).",
        )


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long each answer may take, in seconds: RFC 5321 §4.5.3.2 at the least; ``connect`` is before SMTP begins."""

    connect: float = 60
    greeting: float = 300
    command: float = 300  # EHLO, AUTH, MAIL, RCPT, RSET
    data: float = 120
    block: float = 180
    final: float = 600
    goodbye: float = 10


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server that may be used, and how."""

    host: str
    port: int
    security: str  # tls, starttls or none
    ehlo: str  # the name we give: never this machine's
    user: str = ""
    password: str = field(default="", repr=False)
    timeouts: Timeouts = Timeouts()
    bearer: Bearer | None = field(default=None, repr=False, compare=False)  # where one signs in with tokens

    @property
    def here(self) -> bool:
        """Whether it runs on this machine."""
        return is_loopback(self.host)


def server(settings: Settings, sender: Sender, *, folder: Path | None = None) -> Server:
    """The server to send through; ``folder`` is where sign-ins are kept, the user's config folder unless another is given.

    Raises NoServerSet, NotUnencrypted, RelayPort, NotYourServer, TrialDomain, NotSignedIn, and what reading a kept
    sign-in raises.
    """
    host = settings.smtp_host.strip().rstrip(".").strip("[]")  # [::1] is how some write an IPv6 address
    if not host:
        raise NoServerSet
    port = settings.smtp_port or _PORTS[settings.smtp_security]
    if not is_loopback(host):
        if settings.smtp_security == "none":
            raise NotUnencrypted(host)
        if port == _RELAY_PORT and settings.smtp_port_25 != "yes":
            raise RelayPort(host)
    domain = sender.address.rpartition("@")[2].lower()
    _refuse_foreign(domain, host.lower())
    password, bearer = _signed_in(settings, host, folder)
    return Server(
        host, port, settings.smtp_security, _ehlo(sender, domain), settings.smtp_user, password, bearer=bearer
    )


def _signed_in(settings: Settings, host: str, folder: Path | None) -> tuple[str, Bearer | None]:
    """A password, or tokens: what the settings hold goes before what was kept."""
    if settings.smtp_password or not settings.smtp_user:
        return settings.smtp_password, None
    found = kept(host, settings.smtp_user, folder)
    if found is None:
        raise NotSignedIn(host)
    return found.password, Bearer(found, folder) if found.tokens else None


def is_loopback(host: str) -> bool:
    """Whether a host is this machine: localhost or a loopback address, written as such."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_a_providers(domain: str) -> bool:
    """Whether addresses of a domain are given out by a mailbox provider, who signs what its own servers send."""
    return any(_belongs(domain.lower(), domains) for domains, _ in _OWN_SERVERS) or domain.endswith(_FOR_TRIALS)


def _belongs(domain: str, domains: tuple[str, ...]) -> bool:
    return any(domain == one or (one.endswith(".") and domain.startswith(one)) for one in domains)


def _ehlo(sender: Sender, domain: str) -> str:
    try:
        return wire_domain(sender.ehlo or domain)
    except UnfitAddress:
        return "localhost.invalid"  # encode() has refused such a sender in plain words before


def _refuse_foreign(domain: str, host: str) -> None:
    if domain.endswith(_FOR_TRIALS):
        raise TrialDomain
    for domains, hosts in _OWN_SERVERS:
        if _belongs(domain, domains) and not any(host == own or host.endswith(f".{own}") for own in hosts):
            raise NotYourServer(domain, host)
