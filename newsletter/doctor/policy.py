"""A domain -> its DMARC policy and its organisation's domain, found by walking up the tree of DNS (RFC 9989 §4.10)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from newsletter.doctor.tags import tags
from newsletter.web.names import Names

VERSION = "v=DMARC1"
POLICIES = ("none", "quarantine", "reject")
REMOVED = ("pct", "rf", "ri")
"""Tags that RFC 9989 no longer has."""
_LONGEST = 8  # labels; of a longer name all but seven are left out after the first question


@dataclass(frozen=True, slots=True)
class Policy:
    """A DMARC record, and the domain under whose ``_dmarc`` it stands."""

    domain: str
    record: str

    @property
    def tags(self) -> dict[str, str]:
        """Its tags, their names in small letters."""
        return {name.lower(): value for name, value in tags(self.record).items()}

    def asks(self, domain: str) -> str:
        """What it asks of mail from a domain: none, quarantine or reject; "" where it says nothing that counts."""
        found = self.tags
        own = found.get("p", "").lower()
        below = found.get("sp", own).lower() if domain != self.domain else own
        if own in POLICIES:
            return below if below in POLICIES else own
        return "none" if found.get("rua") else ""  # RFC 9989 §4.7: with an address for reports it counts as none


@dataclass(frozen=True, slots=True)
class Walk:
    """What stood on the way up: the policy that holds, if any, the organisation's domain, and records that do not count."""

    policy: Policy | None
    organisation: str
    crowded: tuple[str, ...] = ()  # domains with several records, of which none counts
    broken: tuple[Policy, ...] = ()  # meant for DMARC, but not beginning with v=DMARC1


def walked(domain: str, names: Names) -> Walk:
    """Walk up from a domain. Raises NoNameServer."""
    found: list[Policy] = []
    crowded: list[str] = []
    broken: list[Policy] = []
    for target in _targets(domain):
        texts = names.texts(f"_dmarc.{target}")
        whole = [one for one in texts if _begins_right(one)]
        if len(whole) > 1:
            crowded.append(target)
        elif whole:
            found.append(Policy(target, whole[0]))
            if found[-1].tags.get("psd", "").lower() == "n" or (target != domain and _is_suffixs(found[-1])):
                break
        else:
            broken += [Policy(target, one) for one in texts if "dmarc" in one.lower()]
    organisation = _organisation(domain, found)
    return Walk(_holding(domain, organisation, found), organisation, tuple(crowded), tuple(broken))


def _begins_right(record: str) -> bool:
    """The first tag says which version it is, in just these letters."""
    name, _, rest = record.partition("=")
    return name.strip() == "v" and rest.partition(";")[0].strip() == "DMARC1"


def _targets(domain: str) -> Iterator[str]:
    labels = domain.split(".")
    yield domain
    rest = labels[1:] if len(labels) < _LONGEST else labels[-(_LONGEST - 1) :]
    for at in range(len(rest)):
        yield ".".join(rest[at:])


def _is_suffixs(policy: Policy) -> bool:
    return policy.tags.get("psd", "").lower() == "y"


def _organisation(domain: str, found: list[Policy]) -> str:
    """RFC 9989 §4.10.2: where psd=n stands, one below psd=y, else the shortest name with a record."""
    for one in found:
        if one.tags.get("psd", "").lower() == "n":
            return one.domain
        if _is_suffixs(one) and one.domain != domain:
            labels = domain.split(".")
            return ".".join(labels[-(one.domain.count(".") + 2) :])
    return found[-1].domain if found else domain


def _holding(domain: str, organisation: str, found: list[Policy]) -> Policy | None:
    """The domain's own, else its organisation's, else that of the public suffix above."""
    wanted = (domain, organisation)
    for name in wanted:
        for one in found:
            if one.domain == name:
                return one
    return next((one for one in found if _is_suffixs(one)), None)


def aligned(one: str, other: str, names: Names, *, strict: bool) -> bool:
    """Whether two domains count as the same sender's: equal, or of one organisation. Raises NoNameServer."""
    if one == other:
        return True
    return not strict and walked(one, names).organisation == walked(other, names).organisation
