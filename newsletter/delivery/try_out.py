"""Dossier and a coordinator's own address -> one copy of an edition to look at; no ledger, no list, no key."""

from __future__ import annotations

import datetime as dt
import hashlib

from newsletter.delivery.own import own
from newsletter.errors import OutsideFailed, StoppedForSafety
from newsletter.gate.leaving import NoSuchEdition
from newsletter.letters.compose import compose
from newsletter.letters.encode import encode
from newsletter.letters.leave_links import NOBODY
from newsletter.nouns.draft import Profile
from newsletter.nouns.letter import Carrier, Dossier, Fate, Outcome
from newsletter.nouns.person import Recipient
from newsletter.settings import Settings
from newsletter.store.address import canonical
from newsletter.workspace import Workspace


class NotATestAddress(StoppedForSafety):
    """Test copies go to the coordinators' own addresses only."""

    def __init__(self, file: str) -> None:
        super().__init__(
            "A test copy goes only to an address of your own, and this one is not among them.",
            f"Add it under test_addresses in {file}.",
        )


class TestCopyRefused(OutsideFailed):
    """The server did not take the test copy."""

    __test__ = False  # pytest takes it for a test otherwise

    def __init__(self, outcome: Outcome) -> None:
        said = f"{outcome.code or ''} {outcome.reply}".strip()
        super().__init__(
            f"The mail server did not take the test copy: {said}", "Mend what it says, then do the same again."
        )


def try_out(
    dossier: Dossier,
    settings: Settings,
    carrier: Carrier,
    address: str,
    now: dt.datetime,
    *,
    language: str = "",
    workspace: Workspace | None = None,
) -> Outcome:
    """Send one copy, in the first language unless another is said; its leave link leads nowhere.

    Raises NotATestAddress, NoSuchEdition, TestCopyRefused, and what the carrier raises.
    """
    profile, there = dossier.profile, tuple(dossier.renderings)
    may_get_test(profile, address)
    language = language or (profile.languages[0] if profile.languages[0] in there else there[0])
    if language not in there:
        raise NoSuchEdition(language, there)
    encoded = encode(dossier.renderings[language], profile, public_url=settings.public_url)
    nobody = own(dossier.issue, profile, settings, None, workspace)
    # Each test copy has a Message-ID of its own: a mailbox would hide the second of two with the same.
    mark = hashlib.sha256(f"{canonical(address)}\n{now.isoformat()}".encode()).hexdigest()
    recipient = Recipient(NOBODY, address, "", language)
    number = nobody.message_id(mark, encoded.domain)
    leave = nobody.leave(NOBODY)
    message = compose(encoded, recipient, leave=leave, message_id=number, now=now, sign=nobody.sign)
    with carrier:
        outcome = carrier.deliver(message)
    if outcome.fate not in (Fate.ACCEPTED, Fate.IN_DOUBT):
        raise TestCopyRefused(outcome)
    return outcome


def may_get_test(profile: Profile, address: str) -> None:
    """Raise NotATestAddress where an address is none of the coordinators' own."""
    if canonical(address) not in {canonical(one) for one in profile.test_addresses}:
        raise NotATestAddress(profile.file)
