"""SPF: whether the domain's DNS says, once and briefly enough, that your mail server may send for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from newsletter.delivery.server import is_loopback
from newsletter.delivery.sign.record import Record
from newsletter.doctor.facts import OWN_RELAY, Facts
from newsletter.doctor.finding import Finding, Grade, Step, together
from newsletter.doctor.spf import (
    MOST_LOOKUPS,
    MOST_VOIDS,
    VERSION,
    Spf,
    ended,
    merged,
    records,
    redirects,
    walk,
    with_term,
    without,
)

NAME = "spf"
STEP = Step.DOMAIN
WHY = "Mailboxes ask DNS which servers may send for a domain, and distrust what comes from others."
ASK = "Give this to whoever looks after {domain}: please let its DNS hold this one record, and no other that begins with v=spf1."


def look(facts: Facts) -> Iterator[Finding]:
    """One record, at most ten lookups and two that find nothing, an end, and your server in it (RFC 7208)."""
    domain = facts.own_domain
    if not domain:
        return
    found = records(domain, facts.names)
    if not found:
        yield _missing(facts)
    elif len(found) > 1:
        yield Finding(
            Grade.ERROR,
            NAME,
            f"{domain} has {len(found)} SPF records; where there is more than one, none counts.",
            WHY,
            ASK.format(domain=domain),
            Record(domain, merged(found)),
        )
    else:
        yield from _judged(facts, walk(domain, found[0], facts.names))


def _missing(facts: Facts) -> Finding:
    own = facts.rewrites_return_path
    term = _term(facts)
    hint = ASK.format(domain=facts.domain)
    if not term and not own:
        hint += (
            f" What has to stand in place of PROVIDER is said in the help pages of whoever runs"
            f" {facts.settings.smtp_host or 'your mail server'}: look there for SPF."
        )
    if own:
        return Finding(
            Grade.ADVICE,
            NAME,
            f"{facts.domain} has no SPF record. Your relay sends under an address of its own, so it can do without.",
            "A domain that says who may send for it is harder to abuse.",
        )
    value = f"{VERSION} {term or 'include:PROVIDER'} ~all"
    return Finding(Grade.ERROR, NAME, f"{facts.domain} has no SPF record.", WHY, hint, Record(facts.domain, value))


def _term(facts: Facts) -> str:
    """What lets the configured server send, as far as that can be known."""
    if facts.limits.spf and facts.settings.smtp_host:
        return f"include:{facts.limits.spf}"
    host = facts.settings.smtp_host
    if not host or facts.limits.profile != OWN_RELAY or is_loopback(host):
        return ""
    if facts.server_addresses == (host.strip("[]"),):
        return f"ip6:{host.strip('[]')}" if ":" in host else f"ip4:{host}"
    return f"a:{host}"


def _judged(facts: Facts, spf: Spf) -> Iterator[Finding]:
    cure = _cure(facts, spf)
    troubles = [*_broken(spf), *_ending(spf), *_not_covering(facts, spf)]
    ask = ASK.format(domain=spf.domain) if cure else ""
    for one in together([replace(one, record=cure) for one in troubles]):
        yield replace(one, hint=f"{one.hint} {ask}".strip())
    if not troubles:
        yield Finding(
            Grade.OK,
            NAME,
            f"{spf.domain} has one SPF record, which costs {spf.lookups} of {MOST_LOOKUPS} lookups: {spf.record}",
        )
        yield from _not_known(facts)


def _cure(facts: Facts, spf: Spf) -> Record | None:
    """The record without what is broken in it, with your server, and with an end; None where that changes nothing."""
    value = without(spf.record, {*spf.mistakes, *spf.voids})
    if not _covered(facts, spf):
        value = with_term(value, _term(facts))
    if spf.ending not in ("-", "~") and not redirects(value):
        value = ended(value, "~")
    return Record(spf.domain, value) if value != spf.record else None


def _broken(spf: Spf) -> Iterator[Finding]:
    if spf.mistakes:
        yield Finding(
            Grade.ERROR,
            NAME,
            f"The SPF record of {spf.domain} holds what nobody can follow: {', '.join(dict.fromkeys(spf.mistakes))}.",
            "A record with a mistake counts as none, also where the mistake is in a record that it includes.",
            f"It says now: “{spf.record}”.",
        )
    if spf.lookups > MOST_LOOKUPS:
        costs = sorted(spf.costs.items(), key=lambda pair: -pair[1])
        dearest = ", ".join(f"{term} ({number})" for term, number in costs[:4])
        yield Finding(
            Grade.ERROR,
            NAME,
            f"The SPF record of {spf.domain} needs {spf.lookups} lookups; at most {MOST_LOOKUPS} are made.",
            "Mailboxes stop after the tenth, and then the record counts as none.",
            f"Let whoever looks after {spf.domain} take out what is no longer used. It is spent on: {dearest}.",
        )
    if len(spf.voids) > MOST_VOIDS:
        yield Finding(
            Grade.ERROR,
            NAME,
            f"The SPF record of {spf.domain} names {len(spf.voids)} places that hold nothing:"
            f" {', '.join(dict.fromkeys(spf.voids))}.",
            f"Mailboxes stop after {MOST_VOIDS} such, and then the record counts as none.",
            f"Let whoever looks after {spf.domain} take them out.",
        )


def _ending(spf: Spf) -> Iterator[Finding]:
    if spf.ending == "+":
        yield Finding(
            Grade.ERROR,
            NAME,
            f"The SPF record of {spf.domain} ends with +all: it lets everybody in the world write in its name.",
            "That is worse than no record.",
        )
    elif spf.ending not in ("-", "~") and not spf.mistakes:
        said = "with ?all" if spf.ending else "without all"
        yield Finding(
            Grade.WARNING,
            NAME,
            f"The SPF record of {spf.domain} ends {said}: it says nothing of servers that it does not name.",
            "So it does not keep anybody from writing in your name.",
        )


def _not_covering(facts: Facts, spf: Spf) -> Iterator[Finding]:
    if not _covered(facts, spf):
        yield Finding(
            Grade.ERROR,
            NAME,
            f"The SPF record of {spf.domain} does not let {facts.settings.smtp_host} send for it.",
            WHY,
        )


def _not_known(facts: Facts) -> Iterator[Finding]:
    if facts.settings.smtp_host and not facts.rewrites_return_path and not _term(facts):
        yield Finding(
            Grade.ADVICE,
            NAME,
            f"Whether this SPF record covers {facts.settings.smtp_host} cannot be told from here.",
            "A server that takes your letters often hands them on to others, which then appear as the sender.",
            "A copy to yourself tells it for certain: newsletter doctor --seed",
        )


def _covered(facts: Facts, spf: Spf) -> bool:
    """Whether the configured server is let in; yes where nobody can know from outside."""
    if facts.rewrites_return_path or not _term(facts) or spf.unfollowed:
        return True
    if facts.limits.spf:
        return facts.limits.spf in spf.includes
    addresses = facts.server_addresses
    return bool(addresses) and all(map(spf.lets, addresses))
