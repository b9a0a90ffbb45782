"""Alignment: whether what signs and what takes bounces belongs to the domain that readers see in From, as DMARC wants."""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.delivery.sign.set_keys import set_keys
from newsletter.doctor.facts import Facts
from newsletter.doctor.finding import Finding, Grade, Step
from newsletter.doctor.policy import aligned, walked

NAME = "alignment"
STEP = Step.DOMAIN
WHY = (
    "DMARC passes only where a signature (DKIM d=) or the address for bounces (Return-Path) is of From's organisation."
)


def look(facts: Facts) -> Iterator[Finding]:
    """From held against DKIM's d= and the Return-Path by the organisation's domain (RFC 9989 §4.4, A4); that nothing signs, ``dkim`` tells."""
    domain = facts.own_domain
    if not domain:
        return
    walk = walked(domain, facts.names)
    modes = walk.policy.tags if walk.policy else {}
    strict = {name: modes.get(name, "r").lower() == "s" for name in ("adkim", "aspf")}
    signers = dict.fromkeys(key.domain for key in set_keys(facts.settings))
    good = [one for one in signers if aligned(one, domain, facts.names, strict=strict["adkim"])]
    for one in signers:
        if one not in good:
            yield _foreign(one, domain, strict=strict["adkim"])
    if good:
        yield Finding(
            Grade.OK,
            NAME,
            f"Letters from {domain} are signed by {' and '.join(good)}, which is of the same organisation ({walk.organisation}).",
        )
    elif not signers and facts.limits.signs:
        yield _by_the_relay(facts, domain)


def _foreign(signer: str, domain: str, *, strict: bool) -> Finding:
    apart = "DMARC of your domain wants them equal (adkim=s)" if strict else "they belong to two organisations"
    return Finding(
        Grade.ERROR,
        NAME,
        f"Letters come from {domain}, but are signed by {signer}: {apart}, so the signature does not count.",
        WHY,
        f"Have a key made for {domain} (newsletter dkim new --domain {domain}), and set NEWSLETTER_DKIM_DOMAIN={domain}.",
    )


def _by_the_relay(facts: Facts, domain: str) -> Finding:
    if facts.rewrites_return_path:
        return Finding(
            Grade.ADVICE,
            NAME,
            f"{facts.limits.name} takes bounces at an address of its own: only its signature in the name of {domain} counts.",
            WHY,
            "Whether it signs so, a copy to yourself tells for certain: newsletter doctor --seed",
        )
    return Finding(
        Grade.OK,
        NAME,
        f"Bounces go to {domain} itself; whether {facts.limits.name} signs in its name too, newsletter doctor --seed tells.",
    )
