"""DKIM: whether DNS holds the key that belongs to your signatures, so that everybody can see that letters are yours."""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

from newsletter.delivery.sign.record import Record, record
from newsletter.delivery.sign.set_keys import ONLY_ED25519, only_ed25519, set_keys
from newsletter.delivery.sign.signature import Key
from newsletter.doctor.facts import Facts
from newsletter.doctor.finding import Finding, Grade, Step
from newsletter.doctor.mistyped import doubled, with_marks
from newsletter.doctor.tags import tags
from newsletter.web.names import Answer

NAME = "dkim"
STEP = Step.DOMAIN
SHORTEST = 2048
WHY = "Mailboxes fetch this key to see that a letter is yours. Without it your signatures count for nothing."
ASK = "Give this to whoever looks after {domain}: please let its DNS hold this record, and no other under this name."


def look(facts: Facts) -> Iterator[Finding]:
    """Each key that signs here is held against DNS (RFC 6376 §3.6); where none does, whether the provider signs."""
    keys = set_keys(facts.settings)
    for key in keys:
        yield from _judged(key, facts)
    if only_ed25519(keys):
        yield Finding(Grade.WARNING, NAME, ONLY_ED25519)
    if not keys and facts.own_domain:
        yield from _signed_by_others(facts)


def _judged(key: Key, facts: Facts) -> Iterator[Finding]:
    wanted = record(key)
    answer = facts.names.ask(wanted.name, "TXT")
    led = f" (by way of {answer.by_way_of[-1]})" if answer.by_way_of else ""
    troubles = list(_troubles(key, wanted, answer))
    if not answer.records and (said := doubled(wanted.name, key.domain, facts.names)):
        troubles = [replace(one, hint=said) for one in troubles]
    yield from troubles
    if not troubles:
        yield Finding(Grade.OK, NAME, f"The key that signs your letters stands in DNS, under {wanted.name}{led}.")


def _troubles(key: Key, wanted: Record, answer: Answer) -> Iterator[Finding]:
    ask = ASK.format(domain=key.domain)
    found = [one for one in answer.records if one.strip()]
    if not found:
        message = f"DNS holds no key under {wanted.name}. A new record can take some hours to be seen."
    elif len(found) > 1:
        message = f"DNS holds {len(found)} records under {wanted.name}; where there is more than one, nobody knows which counts."
    elif with_marks(found[0], wanted.value):
        message = (
            f"The key under {wanted.name} was entered with quotation marks or backslashes, which are taken for a part of"
            " it."
        )
        ask = "Enter it once more as it stands here, without marks around it or in it."
    else:
        yield from _of_record(key, wanted, tags(found[0]))
        return
    yield Finding(Grade.ERROR, NAME, message, WHY, ask, wanted)


def _of_record(key: Key, wanted: Record, there: dict[str, str]) -> Iterator[Finding]:
    ask = ASK.format(domain=key.domain)
    public = "".join(there.get("p", "").split())
    own = tags(wanted.value)
    message = ""
    if there.get("v", "DKIM1") != "DKIM1" or (not public and "p" not in there):
        message = f"What DNS holds under {wanted.name} is no DKIM record."
    elif not public:
        message = f"The key under {wanted.name} is revoked: its p= is empty."
    elif there.get("k", "rsa").lower() != own["k"] or public != own["p"]:
        message = f"The key in DNS under {wanted.name} is not the one that signs here: every signature fails."
    elif "h" in there and "sha256" not in there["h"].lower().split(":"):
        message = (
            f"The record under {wanted.name} does not allow sha256 (its h= is {there['h']}), which all signatures use."
        )
    elif "s" in there and not {"*", "email"} & set(there["s"].lower().replace(" ", "").split(":")):
        message = f"The key under {wanted.name} is not for mail (its s= is {there['s']})."
    if message:
        yield Finding(Grade.ERROR, NAME, message, WHY, ask, wanted)
    elif "y" in there.get("t", "").lower().replace(" ", "").split(":"):
        yield Finding(
            Grade.WARNING,
            NAME,
            f"The record under {wanted.name} says that it is only a test (t=y).",
            "Mailboxes may treat your letters as if they were not signed.",
            ask,
            wanted,
        )


def _signed_by_others(facts: Facts) -> Iterator[Finding]:
    """No key here: the provider's may be found under the names that it is known to use."""
    domain, limits = facts.own_domain, facts.limits
    for selector in limits.selectors:
        name = f"{selector}._domainkey.{domain}"
        for one in facts.names.ask(name, "TXT").records:
            if public := tags(one).get("p"):
                yield from _providers(name, public, limits.name)
                return
    if limits.signs:
        asked = f" (looked under {', '.join(limits.selectors)})" if limits.selectors else ""
        yield Finding(
            Grade.WARNING if limits.selectors else Grade.ADVICE,
            NAME,
            f"{limits.name} can sign your letters, but no key of it was found in the DNS of {domain}{asked}.",
            "As long as it signs with another domain than yours, the signature does not count for your address.",
            f"Look in its settings for DKIM, or “authenticate your domain”; it shows the records that {domain} needs."
            " A copy to yourself tells whether it works: newsletter doctor --seed",
        )
        return
    yield Finding(
        Grade.WARNING,
        NAME,
        "Nothing here signs your letters (DKIM), and whether your mail server does cannot be told from here.",
        "Mailboxes distrust what is not signed; Gmail, Yahoo and Microsoft refuse much of it. SPF alone does not hold: it"
        " breaks as soon as somebody has your letter forwarded to another mailbox.",
        "Ask whoever runs the server whether it signs. If not: newsletter dkim new makes a key and says what to do."
        " A copy to yourself tells it for certain: newsletter doctor --seed",
    )


def _providers(name: str, public: str, owner: str) -> Iterator[Finding]:
    bits = _bits(public)
    if 0 < bits < SHORTEST:
        yield Finding(
            Grade.WARNING,
            NAME,
            f"{owner} signs your letters with a key of {bits:,} bits (under {name}).",
            f"Mailboxes trust keys of {SHORTEST:,} bits or more.",
            "Have a new key made in its settings for DKIM, and put the new record into DNS.",
        )
    else:
        yield Finding(Grade.OK, NAME, f"DNS holds a key of {owner}, under {name}.")


def _bits(public: str) -> int:
    """The length of an RSA key; 0 where it is of another kind."""
    try:
        key = load_der_public_key(b64decode("".join(public.split()), validate=True))
    except (ValueError, TypeError, binascii.Error, UnsupportedAlgorithm):
        return 0
    return key.key_size if isinstance(key, RSAPublicKey) else 0
