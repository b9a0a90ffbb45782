"""What is known of a provider's mailboxes: where their mail is handed over, how one signs in there, and what to tell a person."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import ModuleType

from newsletter.delivery.sign_in.authority import Authority
from newsletter.family import members


class Way(StrEnum):
    """How one signs in."""

    MADE = "a password made for programs"
    CODE = "a code typed in the browser"
    USUAL = "the mailbox's own password"


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A kind of mailbox. ``steps`` lead a person to the password, ``note`` is what she should know before."""

    place: int  # in the list
    title: str
    way: Way
    host: str = ""
    port: int = 0
    security: str = "tls"
    domains: tuple[str, ...] = ()  # the provider's own, with a dot at the end where the country follows
    pace: str = ""  # the profile of the pace for an address at its own domains
    pace_elsewhere: str = ""  # and for one at somebody else's
    steps: tuple[str, ...] = ()
    note: str = ""
    take_back_page: str = ""  # where an app password is taken back
    letters: int = 0  # of an app password, without blanks; 0: it may be any
    authority: Authority | None = None
    tenant: str = ""  # for a Microsoft authority: the tenant, where it is always the same
    registering: tuple[str, ...] = ()  # what whoever administers it does once, so that there is a client id

    def is_home_of(self, address: str) -> bool:
        """Whether an address is one of the provider's own."""
        domain = address.rpartition("@")[2].lower()
        return any(domain == one or (one.endswith(".") and domain.startswith(one)) for one in self.domains)

    def pace_of(self, address: str) -> str:
        """The profile of the pace, "" where none is known."""
        return self.pace if not self.domains or self.is_home_of(address) else self.pace_elsewhere or self.pace


def mailboxes() -> dict[str, Mailbox]:
    """Every kind there is, by name, in the order of the list."""
    found = {name: _of(module) for name, module in members("newsletter.delivery.sign_in.mailboxes").items()}
    return dict(sorted(found.items(), key=lambda one: one[1].place))


def _of(module: ModuleType) -> Mailbox:
    found = module.MAILBOX
    if not isinstance(found, Mailbox):
        raise TypeError(module.__name__)
    return found
