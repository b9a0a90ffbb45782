"""Letters as they lie in mailboxes -> what is wrong with them, and each without what the servers put above it."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Mapping

_TRACE = re.compile(
    rb"\A(?:(?:Return-Path|Delivered-To|Received|Authentication-Results):[^\r\n]*\r\n(?:[ \t][^\r\n]*\r\n)*)+",
    re.IGNORECASE,
)


def without_trace(data: bytes) -> bytes:
    """A letter as it was handed over: without the fields that Postfix, OpenDKIM and Dovecot put above it."""
    return _TRACE.sub(b"", data, count=1)


def found_fault(letters: Mapping[str, bytes]) -> list[str]:
    """What is wrong with the one letter of each reader; [] where nothing is."""
    faults: list[str] = []
    numbers: set[str] = set()
    for reader, data in letters.items():
        parsed = email.message_from_bytes(data, policy=email.policy.default)
        said = [re.sub(r"\s+", " ", str(one)) for one in parsed.get_all("Authentication-Results", [])]
        if len(said) != 1 or not said[0].startswith("mx.example.org;") or " dkim=pass " not in said[0]:
            faults.append(f"{reader}: OpenDKIM says {said}")
        if [one.addr_spec for one in parsed["To"].addresses] != [reader]:
            faults.append(f"{reader}: it is written to {parsed['To']}")
        if parsed.defects or data.replace(b"\r\n", b"").translate(None, b"\r\n") != data.replace(b"\r\n", b""):
            faults.append(f"{reader}: {parsed.defects or 'a line that ends otherwise'}")
        numbers.add(str(parsed["Message-ID"]))
    if len(numbers) != len(letters):
        faults.append(f"{len(letters)} letters have {len(numbers)} Message-IDs")
    return faults
