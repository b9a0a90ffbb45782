"""Store, profile and settings -> what is a reader's own in her message: leave link, Message-ID, and who signs it."""

from __future__ import annotations

from dataclasses import dataclass, field

from newsletter.delivery.sign.signer import signer
from newsletter.letters import leave_links, message_id
from newsletter.letters.compose import Sign
from newsletter.nouns.draft import IssueName, Profile
from newsletter.settings import Settings
from newsletter.store.vault import Vault
from newsletter.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Own:
    """The secrets and places from which each reader's leave link and Message-ID are made; ``sign`` signs her letter."""

    issue: IssueName
    public_url: str
    leave_by_mail: str
    link_secret: bytes = field(repr=False)
    id_secret: bytes = field(repr=False)
    sign: Sign | None = field(default=None, repr=False)

    def leave(self, subscriber: str) -> str:
        """Her leave link."""
        token = leave_links.leave_token(self.link_secret, subscriber)
        return leave_links.leave_url(token, public_url=self.public_url, leave_by_mail=self.leave_by_mail)

    def message_id(self, subscriber: str, domain: str) -> str:
        """Her copy's Message-ID."""
        return message_id.message_id(self.id_secret, self.issue, subscriber, domain)


def own(
    issue: IssueName, profile: Profile, settings: Settings, vault: Vault | None, workspace: Workspace | None = None
) -> Own:
    """For real letters with the list's vault; without one, links that lead nowhere (test copies).

    Raises what ``signer`` raises, where letters are to be signed.
    """
    links, ids = (vault.derive(one.PURPOSE) if vault else bytes(32) for one in (leave_links, message_id))
    sign = signer(settings, profile.sender.address, workspace)
    return Own(issue, settings.public_url, leave_links.leaving_address(profile), links, ids, sign)
