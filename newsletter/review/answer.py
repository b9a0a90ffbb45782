"""A code and the sender's address -> the links that open an answer: yes with the code, or what should be changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from newsletter.letters.headers import UnfitAddress
from newsletter.letters.leave_links import mailto_address
from newsletter.nouns.draft import Profile


@dataclass(frozen=True, slots=True)
class Answers:
    """To whom the answer goes, and its two forms as mailto addresses (RFC 6068); all "" where nobody is named."""

    to: str = ""
    approve: str = ""
    change: str = ""


def answers(profile: Profile, say: Callable[..., str], **known: str) -> Answers:
    """Both answers; ``known`` fills the gaps of their phrases: the issue, its language, its subject, the code."""
    to = profile.sender.reply_to or profile.sender.address
    try:
        box = mailto_address(to)
    except UnfitAddress:
        return Answers()
    written = {kind: (say(f"{kind}_subject", **known), say(f"{kind}_body", **known)) for kind in ("approve", "change")}
    links = {kind: f"mailto:{box}?subject={_encoded(one)}&body={_encoded(two)}" for kind, (one, two) in written.items()}
    return Answers(to, links["approve"], links["change"])


def _encoded(text: str) -> str:
    """Lines end with CR LF there (RFC 6068 §5)."""
    return quote(text.strip().replace("\n", "\r\n"), safe="")
