"""Prepared issue -> its first copies, one of each edition to each of the coordinators' own addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from newsletter.delivery.test_copy import send_test_copy
from newsletter.delivery.try_out import TestCopyRefused
from newsletter.nouns.letter import Fate
from newsletter.store.address import canonical

if TYPE_CHECKING:
    from newsletter.door import Door
    from newsletter.nouns.draft import Profile
    from newsletter.nouns.letter import Dossier
    from newsletter.pipeline import Prepared

NO_ADDRESS = (
    "No first copy goes out: there are no test_addresses in {file}. With one, you see the letter in a mailbox before your"
    " readers do."
)


@dataclass(frozen=True, slots=True)
class FirstCopies:
    """How many left, of how many editions, and why one did not, if any."""

    left: int = 0
    editions: int = 0
    in_doubt: int = 0
    refused: TestCopyRefused | None = None


def own_addresses(profile: Profile) -> tuple[str, ...]:
    """The coordinators' own addresses, each once."""
    return tuple({canonical(one): one for one in profile.test_addresses}.values())


def first_copies(door: Door, prepared: Prepared, dossier: Dossier) -> FirstCopies:
    """Send them, through the mail server that the readers' letters will take; each is noted in the journal.

    Raises TestCopyRefused where none was taken, and what reaching the server raises: nothing leaves for readers then.
    """
    left = in_doubt = 0
    refused: TestCopyRefused | None = None
    for language in dossier.renderings:
        for address in own_addresses(dossier.profile):
            try:
                outcome = send_test_copy(
                    door.workspace, prepared, door.settings, address, door.now(), language=language
                )
            except TestCopyRefused as error:  # one mailbox that is gone does not hold up the issue
                refused = error
                continue
            left += 1
            in_doubt += outcome.fate is Fate.IN_DOUBT
    if refused and not left:
        raise refused
    return FirstCopies(left, len(dossier.renderings), in_doubt, refused)


def told(copies: FirstCopies, dossier: Dossier) -> list[str]:
    """What to say of them."""
    if not own_addresses(dossier.profile):
        return [NO_ADDRESS.format(file=dossier.profile.file)]
    said = "The first copy is" if copies.left == 1 else f"{copies.left} first copies are"
    editions = "" if copies.editions == 1 else f", in {copies.editions} languages"
    lines = [f"{said} on the way to your own addresses{editions}. Their leave links lead nowhere, on purpose."]
    if copies.in_doubt:
        lines.append(f"Of {copies.in_doubt} of them the mail server's answer was lost; they have probably arrived.")
    if copies.refused:
        lines.append(f"One of your own addresses was refused. {copies.refused.message}")
    return lines
