"""SPF: whether the domain's DNS says, once and briefly enough, that your mail server may send for it."""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.delivery.server import is_loopback
from newsletter.delivery.sign.record import Record
from newsletter.doctor.facts import Facts
from newsletter.doctor.finding import Finding, Grade, Step
from newsletter.doctor.spf import MOST_LOOKUPS, MOST_VOIDS, VERSION, Spf, ended, merged, records, walk, with_term

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
    if facts.limits.spf:
        return f"include:{facts.limits.spf}"
    host = facts.settings.smtp_host
    return f"a:{host}" if facts.limits.profile == "own-relay" and not is_loopback(host) else ""


def _judged(facts: Facts, spf: Spf) -> Iterator[Finding]:
    troubles = [*_broken(spf), *_ending(spf), *_covering(facts, spf)]
    yield from troubles
    if not any(one.grade in (Grade.ERROR, Grade.WARNING) for one in troubles):
        yield Finding(
            Grade.OK,
            NAME,
            f"{spf.domain} has one SPF record, which costs {spf.lookups} of {MOST_LOOKUPS} lookups: {spf.record}",
        )


def _broken(spf: Spf) -> Iterator[Finding]:
    if spf.mistakes:
        yield Finding(
            Grade.ERROR,
            NAME,
            f"The SPF record of {spf.domain} holds what nobody can follow: {', '.join(dict.fromkeys(spf.mistakes))}.",
            "A record with a mistake counts as none, also where the mistake is in a record that it includes.",
            f"Show this to whoever looks after {spf.domain}: {spf.record}",
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
    ask = ASK.format(domain=spf.domain)
    if spf.ending == "+":
        yield Finding(
            Grade.ERROR,
            NAME,
            f"The SPF record of {spf.domain} ends with +all: it lets everybody in the world write in its name.",
            "That is worse than no record.",
            ask,
            Record(spf.domain, ended(spf.record, "~")),
        )
    elif spf.ending not in ("-", "~") and not spf.mistakes:
        said = "with ?all" if spf.ending else "without all"
        yield Finding(
            Grade.WARNING,
            NAME,
            f"The SPF record of {spf.domain} ends {said}: it says nothing of servers that it does not name.",
            "So it does not keep anybody from writing in your name.",
            ask,
            Record(spf.domain, ended(spf.record, "~")),
        )


def _covering(facts: Facts, spf: Spf) -> Iterator[Finding]:
    """Whether the configured server is let in; silent where nobody can know from outside."""
    term = _term(facts)
    if facts.rewrites_return_path or not facts.settings.smtp_host:
        return
    if not term:
        yield Finding(
            Grade.ADVICE,
            NAME,
            f"Whether this SPF record covers {facts.settings.smtp_host} cannot be told from here.",
            "A server that takes your letters often hands them on to others, which then appear as the sender.",
            "A copy to yourself tells it for certain: newsletter doctor --seed",
        )
    elif not _covered(facts, spf):
        yield Finding(
            Grade.ERROR,
            NAME,
            f"The SPF record of {spf.domain} does not let {facts.settings.smtp_host} send for it.",
            WHY,
            ASK.format(domain=spf.domain),
            Record(spf.domain, with_term(spf.record, term)),
        )


def _covered(facts: Facts, spf: Spf) -> bool:
    if facts.limits.spf:
        return facts.limits.spf in spf.includes or bool(spf.unfollowed)
    addresses = facts.names.addresses(facts.settings.smtp_host)
    return bool(spf.unfollowed) or (bool(addresses) and all(map(spf.lets, addresses)))
