"""A copy as it arrived, and as it left -> findings: what the mailbox made of it, and what was changed on the way (A8)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsletter.delivery.pace.limits import Limits
from newsletter.doctor.finding import Finding, Grade
from newsletter.doctor.seed.arrived import Arrived
from newsletter.doctor.seed.results import Result, Results
from newsletter.doctor.tags import tags

LIST_FIELDS = ("List-Unsubscribe", "List-Unsubscribe-Post")
PASS = "pass"  # noqa: S105 - a result, no password
_NOTHING = ("none", "neutral", "policy", "temperror")
_LEARN = "See what DNS says: newsletter doctor"


def judge(here: Arrived, left: Arrived | None, limits: Limits) -> Iterator[Finding]:
    """Whose word it is, then what it says of SPF, DKIM and DMARC, then what became of the fields that matter."""
    trusted = here.trusted()
    if left and here.from_domain != left.from_domain:
        yield Finding(
            Grade.ERROR,
            "seed",
            f"This is not the copy that was sent: it comes from {here.from_domain or 'nobody'}, and the copy from"
            f" {left.from_domain}.",
            hint="Save the newest copy of your newsletter from your mailbox, and give that file.",
        )
        return
    if trusted is None or not trusted.found:
        yield Finding(
            Grade.UNSEEN,
            "seed",
            "Your mailbox does not write down what it made of the copy (no field Authentication-Results).",
            hint="Send a copy to a mailbox that does, such as one at Gmail: newsletter doctor --seed --to ADDRESS",
        )
    else:
        yield _whose(here, trusted)
        yield from _spf(trusted, here)
        yield from _dkim(trusted, here)
        yield from _dmarc(trusted, here)
    yield from _list_fields(here, left)
    yield from _covered(here)
    yield from _rewritten(here, left, limits)


def _whose(here: Arrived, trusted: Results) -> Finding:
    by = trusted.host or "your mailbox (it does not say its name; Microsoft's do not)"
    others = here.distrusted()
    beside = f" {others} more, further down, came with the letter and are not believed." if others else ""
    return Finding(
        Grade.OK,
        "seed",
        f"Believed is the result on top, by {by}.{beside}",
        "Anybody can write such a field into a letter; the one on top was put there last, by the mailbox itself. If that"
        " is not the name of your mailbox's provider, believe nothing of it.",
    )


def _spf(trusted: Results, here: Arrived) -> Iterator[Finding]:
    found = [one for one in trusted.found if one.method == "spf"]
    if not found:
        yield Finding(Grade.UNSEEN, "seed-spf", "Your mailbox says nothing of SPF.")
        return
    one = found[0]
    if one.result == PASS and _related(one.domain, here.from_domain):
        yield Finding(Grade.OK, "seed-spf", f"SPF passes, for {one.domain}.")
    elif one.result == PASS:
        yield Finding(
            Grade.OK,
            "seed-spf",
            f"SPF passes, for {one.domain or 'the relay'}: that is your relay's own domain, so DMARC counts the signature only.",
        )
    else:
        yield Finding(
            Grade.WARNING if one.result in _NOTHING else Grade.ERROR,
            "seed-spf",
            f"SPF does not pass{f' for {one.domain}' if one.domain else ''}: {_said(one)}.",
            "The server that handed the letter over is not among those that the domain's DNS lets send.",
            _LEARN,
        )


def _dkim(trusted: Results, here: Arrived) -> Iterator[Finding]:
    found = [one for one in trusted.found if one.method == "dkim"]
    own = [one for one in found if _related(one.domain, here.from_domain)]
    good = [one for one in own if one.result == PASS]
    if good:
        yield Finding(Grade.OK, "seed-dkim", f"DKIM passes, signed by {good[0].domain}.")
    elif own:
        yield Finding(
            Grade.ERROR,
            "seed-dkim",
            f"The signature of {own[0].domain} does not hold: {_said(own[0])}.",
            "Either the letter was changed after it was signed, or the key in DNS is not the one that signs.",
            "If newsletter doctor finds the key in DNS well, your relay rewrites something: choose its profile"
            " (NEWSLETTER_SMTP_PROFILE), which leaves out of the signature what it is known to rewrite.",
        )
    elif any(one.result == PASS for one in found):
        others = " and ".join(sorted({one.domain or "somebody" for one in found if one.result == PASS}))
        yield Finding(
            Grade.ERROR,
            "seed-dkim",
            f"The letter is signed by {others} only, not in the name of {here.from_domain}.",
            "Such a signature says nothing of you: DMARC does not count it.",
            f"Have {here.from_domain} authenticated in the settings of your relay, or have letters signed here:"
            " newsletter dkim new",
        )
    else:
        said = _said(found[0]) if found else "nothing is said of it"
        yield Finding(
            Grade.ERROR,
            "seed-dkim",
            f"No signature (DKIM) arrived that holds: {said}.",
            "Mailboxes distrust what is not signed; Gmail, Yahoo and Microsoft refuse much of it.",
            "Have letters signed: newsletter dkim new",
        )


def _dmarc(trusted: Results, here: Arrived) -> Iterator[Finding]:
    found = [one for one in trusted.found if one.method == "dmarc"]
    if not found:
        yield Finding(Grade.UNSEEN, "seed-dmarc", "Your mailbox says nothing of DMARC.")
    elif found[0].result in (PASS, "bestguesspass"):
        yield Finding(Grade.OK, "seed-dmarc", f"DMARC passes, for {found[0].domain or here.from_domain}.")
    else:
        none = found[0].result == "none"
        yield Finding(
            Grade.ERROR,
            "seed-dmarc",
            f"DMARC does not pass for {found[0].domain or here.from_domain}: {_said(found[0])}.",
            "The domain has no DMARC record."
            if none
            else "Neither SPF nor DKIM spoke for the domain that readers see.",
            _LEARN,
        )


def _said(one: Result) -> str:
    return f"{one.result} ({one.remark.strip()})" if one.remark.strip() else one.result


def _related(one: str, other: str) -> bool:
    """Of one organisation, as far as the names alone can tell; the mailbox has asked DNS, and its dmarc says so."""
    return bool(one and other) and (one == other or one.endswith(f".{other}") or other.endswith(f".{one}"))


def _list_fields(here: Arrived, left: Arrived | None) -> Iterator[Finding]:
    changes = [said for name in LIST_FIELDS if (said := _changed(name, here, left))]
    if changes:
        yield Finding(
            Grade.ERROR,
            "seed-list",
            " ".join(changes),
            "By these two fields mailboxes offer readers a way out; who finds none presses “spam”.",
            "Ask your relay to leave them alone: look in its settings for “unsubscribe” or “list management”, and"
            " switch that off.",
        )
    else:
        said = "both fields" if here.every(LIST_FIELDS[1]) else "the field"
        kept = "as it left" if left else "there"
        yield Finding(Grade.OK, "seed-list", f"Readers' way out ({said} List-Unsubscribe) is {kept}.")


def _changed(name: str, here: Arrived, left: Arrived | None) -> str:
    """What became of a field on the way; "" where it is as it left, or nobody knows how it left."""
    there = list(map(_tight, here.every(name)))
    if len(there) > 1:
        return f"There are {len(there)} fields {name} in what arrived; one is all that mailboxes heed."
    if left is None:
        return "" if there or name != LIST_FIELDS[0] else f"{name} is not in what arrived."
    sent = list(map(_tight, left.every(name)))
    if there == sent:
        return ""
    return f"{name} was {'taken out' if not there else 'changed' if sent else 'put in'} on the way."


def _tight(value: str) -> str:
    return re.sub(r"\s+", "", value)


def _covered(here: Arrived) -> Iterator[Finding]:
    """Whether a signature in our name covers the fields of the list (RFC 8058 §4)."""
    there = {name.lower() for name in LIST_FIELDS if here.every(name)}
    signatures = [tags(one) for one in here.every("dkim-signature")]
    own = [one for one in signatures if _related(one.get("d", "").lower(), here.from_domain)]
    if not (own and there):
        return
    covering = [one for one in own if there <= set(_tight(one.get("h", "")).lower().split(":"))]
    if covering:
        yield Finding(Grade.OK, "seed-covered", f"The signature of {covering[0]['d']} covers readers' way out.")
    else:
        yield Finding(
            Grade.WARNING,
            "seed-covered",
            f"The signature of {own[0].get('d', '')} does not cover readers' way out (List-Unsubscribe).",
            "Gmail and Yahoo then show no button for leaving (RFC 8058).",
            "Have letters signed here, where it is covered: newsletter dkim new",
        )


def _another_copy(here: Arrived, left: Arrived, known: set[str]) -> bool:
    """Each copy has a date and a Message-ID of its own; few relays write the date anew."""
    return "date" not in known and all(here.one(name) != left.one(name) for name in ("message-id", "date"))


def _rewritten(here: Arrived, left: Arrived | None, limits: Limits) -> Iterator[Finding]:
    known = {one.lower() for one in limits.rewrites}
    if left and _another_copy(here, left, known):
        yield Finding(
            Grade.ADVICE,
            "seed-rewritten",
            f"This seems to be another copy than the one that left last: it is dated {here.one('date') or 'nowhere'}.",
            "So it cannot be said whether your relay rewrites Message-ID.",
            "Save the newest copy, and give that file.",
        )
        left = None
    if left and here.one("message-id") != left.one("message-id"):
        yield Finding(
            Grade.ADVICE if "message-id" in known else Grade.WARNING,
            "seed-rewritten",
            f"Your relay gave the letter another Message-ID: {here.one('message-id') or 'none'}.",
            "Doubt about a letter can then not be settled by looking for its Message-ID at the relay; and a signature"
            " made here breaks, where it covers that field.",
            ""
            if "message-id" in known
            else f"Choose the profile of your relay: NEWSLETTER_SMTP_PROFILE. What is set, {limits.profile}, does not know of it.",
        )
    back = here.one("return-path").strip("<>").rpartition("@")[2].lower()
    if back and not _related(back, here.from_domain):
        yield Finding(
            Grade.ADVICE,
            "seed-rewritten",
            f"Letters that cannot be delivered go back to {back}, your relay's own domain (Return-Path).",
            "The relay learns which addresses fail, and you only through it; SPF speaks for it, not for you.",
            "Look there now and then which addresses it has given up.",
        )
    elif left and here.one("message-id") == left.one("message-id"):
        yield Finding(Grade.OK, "seed-rewritten", "Message-ID and the address for bounces are as they left.")
