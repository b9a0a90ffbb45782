"""Workspace, settings, profile and the ways to ask outside -> Facts: all that a finding looks at."""

from __future__ import annotations

import datetime as dt
import ipaddress
import ssl
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from newsletter.checks.free_mail import FREE
from newsletter.delivery.pace.limits import Limits, fitting_profiles, limits
from newsletter.delivery.server import is_a_providers
from newsletter.letters.headers import UnfitAddress, wire_domain
from newsletter.nouns.draft import Profile
from newsletter.settings import Settings
from newsletter.web.fetch import Probe
from newsletter.web.names import Names
from newsletter.workspace import Workspace

OWN_RELAY = "own-relay"
OF_EXAMPLES = ("example.org", "example.com", "example.net")
"""Domains that nobody has and every manual names (RFC 2606): the sample's own sender is there."""


@dataclass(frozen=True)
class Facts:
    """What is set, and whom to ask: ``names`` DNS, ``probe`` the web. ``context`` says whom to trust instead of the system's authorities."""

    workspace: Workspace
    settings: Settings
    profile: Profile
    names: Names
    probe: Callable[[str], Probe]
    now: dt.datetime
    context: ssl.SSLContext | None = None

    @cached_property
    def domain(self) -> str:
        """The domain of the sender's address as DNS has it; "" while there is none of one's own."""
        domain = domain_of(self.profile.sender.address)
        return "" if domain in OF_EXAMPLES else domain

    @property
    def own_domain(self) -> str:
        """The same, but "" for a mailbox provider's, of which only the provider looks after the records."""
        return "" if is_of_many(self.domain) else self.domain

    @cached_property
    def limits(self) -> Limits:
        """What is known of the mail server's owner, by its name where no profile is chosen. Raises what ``limits`` raises."""
        chosen = limits(self.settings, self.workspace)
        if chosen.hosts or chosen.profile == OWN_RELAY:
            return chosen
        fitting = fitting_profiles(self.settings.smtp_host, self.workspace)
        known = [limits(replace(self.settings, smtp_profile=name), self.workspace) for name in fitting]
        return max(known, key=lambda one: bool(one.spf or one.selectors), default=chosen)

    @property
    def server_addresses(self) -> tuple[str, ...]:
        """The addresses of the mail server, which may be written as one. Raises NoNameServer."""
        host = self.settings.smtp_host.strip("[]")
        try:
            return (str(ipaddress.ip_address(host)),)
        except ValueError:
            return self.names.addresses(host)

    @property
    def rewrites_return_path(self) -> bool:
        """Whether bounces go to the relay's own address, so that SPF is asked of the relay's domain, not of ours."""
        return "return-path" in (one.lower() for one in self.limits.rewrites)


def is_of_many(domain: str) -> bool:
    """Whether everybody may have an address at a domain, whose records in DNS are its provider's."""
    return is_a_providers(domain) or bool(FREE.fullmatch(domain))


def domain_of(address: str) -> str:
    """The domain of an address as A-labels, in small letters; "" where it has none."""
    try:
        return wire_domain(address.rpartition("@")[2]).lower() if "@" in address else ""
    except UnfitAddress:
        return ""
