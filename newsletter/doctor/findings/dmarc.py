"""DMARC: whether the domain says what is to become of mail that only pretends to come from it, and who is told."""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.delivery.sign.record import Record
from newsletter.doctor.facts import Facts
from newsletter.doctor.finding import Finding, Grade, Step, together
from newsletter.doctor.mistyped import doubled
from newsletter.doctor.policy import POLICIES, REMOVED, VERSION, Policy, Walk, walked
from newsletter.doctor.tags import written
from newsletter.web.names import Names

NAME = "dmarc"
STEP = Step.DOMAIN
WHY = "Gmail, Yahoo and Microsoft want every list's domain to have a DMARC record, be it only with p=none."
ASK = (
    "Give this to whoever looks after {domain}: please let its DNS hold this record. The address in rua gets reports"
    " from mailboxes, one a day from each; it must exist, and should not be your everyday one."
)
DEDICATED = (
    "Best is a domain only for the newsletter, such as news.{domain}: there you can be strict without harm to the"
    " organisation's other mail."
)


def look(facts: Facts) -> Iterator[Finding]:
    """A record on the way up from the domain (RFC 9989) that begins rightly, says p and rua; advice how to go on (A7)."""
    domain = facts.own_domain
    if not domain:
        return
    walk = walked(domain, facts.names)
    yield from _not_counting(walk)
    if walk.policy:
        yield from _judged(walk.policy, domain, facts.names)
    elif not walk.crowded and not walk.broken:
        yield Finding(
            Grade.ERROR,
            NAME,
            f"{domain} has no DMARC record, and no domain above it has one.",
            WHY,
            doubled(f"_dmarc.{domain}", domain, facts.names) or ASK.format(domain=domain),
            _first(domain),
        )


def _first(domain: str) -> Record:
    return Record(f"_dmarc.{domain}", f"{VERSION}; p=none; rua=mailto:dmarc@{domain}")


def _not_counting(walk: Walk) -> Iterator[Finding]:
    grade = Grade.WARNING if walk.policy else Grade.ERROR
    for domain in walk.crowded:
        yield Finding(
            grade,
            NAME,
            f"There are several DMARC records under _dmarc.{domain}; where there is more than one, none counts.",
            WHY,
            f"Let whoever looks after {domain} take out all but one.",
        )
    for one in walk.broken:
        rest = {name: value for name, value in one.tags.items() if name != "v"}
        yield Finding(
            grade,
            NAME,
            f"The record under _dmarc.{one.domain} does not begin with {VERSION}, so it does not count: {one.record}",
            WHY,
            ASK.format(domain=one.domain),
            Record(f"_dmarc.{one.domain}", _in_order(rest, one.domain)),
        )


def _in_order(found: dict[str, str], domain: str) -> str:
    """The record as it should be: version first, then p, without what no longer exists."""
    usual = {"p": "none", "rua": f"mailto:dmarc@{domain}"}
    rest = {name: value for name, value in found.items() if name not in (*REMOVED, "v", "p")}
    policy = found.get("p", "").lower()
    return written({"v": "DMARC1", "p": policy if policy in POLICIES else "none", **({"rua": usual["rua"]} | rest)})


def _judged(policy: Policy, domain: str, names: Names) -> Iterator[Finding]:
    troubles = list(together([*_policy(policy), *_reports(policy, names), *_removed(policy)]))
    yield from troubles
    asks = policy.asks(domain)
    if not any(one.grade is Grade.ERROR for one in troubles):
        above = "" if policy.domain == domain else f", by the record of {policy.domain}"
        yield Finding(Grade.OK, NAME, f"DMARC of {domain} is p={asks}{above}: {policy.record}")
        yield from _way_on(policy, domain, asks)


def _mended(policy: Policy) -> Record:
    return Record(f"_dmarc.{policy.domain}", _in_order(policy.tags, policy.domain))


def _policy(policy: Policy) -> Iterator[Finding]:
    said = policy.tags.get("p", "")
    if said.lower() not in POLICIES:
        what = f"says p={said}, which is none of {', '.join(POLICIES)}" if said else "does not say p"
        counts = not said and policy.tags.get("rua")  # as none, by RFC 9989 §4.7; older mailboxes pass it over
        yield Finding(
            Grade.WARNING if counts else Grade.ERROR,
            NAME,
            f"The DMARC record of {policy.domain} {what}.",
            WHY,
            ASK.format(domain=policy.domain),
            _mended(policy),
        )


def _reports(policy: Policy, names: Names) -> Iterator[Finding]:
    targets = [one.strip() for one in policy.tags.get("rua", "").split(",") if one.strip()]
    if not targets:
        yield Finding(
            Grade.WARNING,
            NAME,
            f"The DMARC record of {policy.domain} names nobody who gets reports (rua).",
            "Reports are how one learns that letters fail, or that somebody else writes in one's name.",
            ASK.format(domain=policy.domain),
            _mended(policy),
        )
    for one in targets:
        if not one.lower().startswith("mailto:"):
            yield Finding(
                Grade.WARNING,
                NAME,
                f"Reports cannot be sent to {one}: an address in rua begins with mailto:.",
                hint=f"Let whoever looks after {policy.domain} mend the record: {policy.record}",
            )
        else:
            yield from _elsewhere(policy, one.partition("@")[2].partition("!")[0].lower(), names)


def _elsewhere(policy: Policy, to: str, names: Names) -> Iterator[Finding]:
    """Reports to another domain are sent only where that one agrees (RFC 9990 §4)."""
    related = to == policy.domain or to.endswith(f".{policy.domain}") or policy.domain.endswith(f".{to}")
    if related or not to:
        return
    name = f"{policy.domain}._report._dmarc.{to}"
    if not names.texts(name, VERSION):
        yield Finding(
            Grade.WARNING,
            NAME,
            f"Reports about {policy.domain} are to go to {to}, which does not say that it wants them.",
            "Then most mailboxes send none.",
            f"Give this to whoever looks after {to}: please let its DNS hold this record.",
            Record(name, VERSION),
        )


def _removed(policy: Policy) -> Iterator[Finding]:
    old = [name for name in REMOVED if name in policy.tags]
    if old:
        yield Finding(
            Grade.WARNING,
            NAME,
            f"The DMARC record of {policy.domain} says what no longer exists (RFC 9989): {', '.join(old)}.",
            "Some mailboxes still heed them and others do not: with pct your policy holds here and not there.",
            ASK.format(domain=policy.domain),
            _mended(policy),
        )


def _way_on(policy: Policy, domain: str, asks: str) -> Iterator[Finding]:
    """A7: none first, then what the reports allow."""
    if policy.tags.get("t", "").lower() == "y":
        yield Finding(
            Grade.ADVICE,
            NAME,
            f"The DMARC record of {policy.domain} says that it is only a trial (t=y).",
            "Mailboxes then act one step more mildly than p says.",
            "Take t=y out once reports have shown that your own letters pass.",
        )
    if asks == "none":
        own = DEDICATED.format(domain=policy.domain) if policy.domain == domain else ""
        yield Finding(
            Grade.ADVICE,
            NAME,
            "With p=none mailboxes report, but let through what only pretends to come from you.",
            "That is the right beginning.",
            "Read the reports for some weeks. When all your own letters pass, go on to p=quarantine, then to p=reject."
            f" {own}".rstrip(),
            Record(f"_dmarc.{domain}", _in_order({**policy.tags, "p": "quarantine"}, domain)),
        )
