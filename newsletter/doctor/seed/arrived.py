"""A message as a mailbox saved it, or its header pasted -> its fields, and whose word on it can be trusted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from newsletter.doctor.seed.results import Results, results
from newsletter.errors import ToMend

LARGEST = 60_000_000  # bytes of a file that may be a message
_OLE = b"\xd0\xcf\x11\xe0"  # how a .msg file of Outlook's begins
_NAME = re.compile(r"^([!-9;-~]+):(.*)$", re.DOTALL)
_FIRST = re.compile(
    r"^(delivered-to|return-path|received|x-[\w-]+|arc-[\w-]+|authentication-results|dkim-signature|from|date):",
    re.IGNORECASE,
)
_BY_A_MAILBOX = re.compile(
    r"^(delivered-to|return-path|received|x-received|authentication-results|arc-seal):", re.IGNORECASE
)
_RESULTS = "authentication-results"


class NotAMessage(ToMend):
    """What was given is no message."""

    def __init__(self, outlooks: bool = False) -> None:  # noqa: FBT001, FBT002 - whether it is Outlook's own kind
        what = "a file of Outlook's own kind (.msg)" if outlooks else "no message with its header"
        super().__init__(
            f"What was given is {what}.",
            "Open the copy in your mailbox, choose “Show original” or “View source”, and save all of it as a file"
            " seed.eml; or copy all of it and paste it: newsletter doctor --seed-result -",
        )


@dataclass(frozen=True, slots=True)
class Arrived:
    """A message's fields from the top, unfolded."""

    fields: tuple[tuple[str, str], ...]

    def every(self, name: str) -> list[str]:
        """The values of all fields of a name, from the top."""
        return [value for there, value in self.fields if there == name.lower()]

    def one(self, name: str) -> str:
        """The value of the topmost field of a name, without blanks around; "" for none."""
        return next(iter(self.every(name)), "").strip()

    @property
    def from_domain(self) -> str:
        """The domain that readers see."""
        from email.utils import parseaddr

        return parseaddr(self.one("from"))[1].rpartition("@")[2].lower()

    def trusted(self) -> Results | None:
        """What the mailbox that took the message found; None where it wrote nothing.

        Anybody may write such a field; the one on top was put there last, by the mailbox itself (RFC 8601 §7.1). Some
        write one field a method, under names of one domain (dmarc.icloud.com, spf.icloud.com): those that follow
        without another server's mark between them count too.
        """
        found: Results | None = None
        for name, value in self.fields:
            if found is not None and name == "received":
                break
            if name == _RESULTS:
                one = results(value)
                if found is None:
                    found = one
                elif _owner(one.host) == _owner(found.host):
                    found = Results(found.host, (*found.found, *one.found))
        return found

    def distrusted(self) -> int:
        """How many fields of that kind were written by somebody on the way, and are not believed."""
        trusted = self.trusted()
        counted = len(trusted.found) if trusted else 0
        total, fields = 0, 0
        for value in self.every(_RESULTS):
            total += len(results(value).found)
            fields += total > counted
        return fields


def _owner(host: str) -> str:
    """The last two parts of a host's name, which is enough to tell one mailbox's hosts from another's."""
    return ".".join(host.split(".")[-2:])


def arrived(data: bytes) -> Arrived:
    """Read it. Raises NotAMessage."""
    if data.startswith(_OLE):
        raise NotAMessage(outlooks=True)
    text = data[:LARGEST].decode("utf-8-sig", "replace").replace("\r\n", "\n")
    found = tuple(_fields(_from_the_top(text.split("\n"))))
    if not any(name == "from" for name, _ in found):
        raise NotAMessage
    return Arrived(found)


def _from_the_top(lines: list[str]) -> list[str]:
    """Without what a web page shows above the header: a table with From and To, and a button."""
    written = [at for at, line in enumerate(lines) if line.strip()]
    if written and (first := _NAME.match(lines[written[0]])) and not first[2].startswith("\t"):
        return lines[written[0] :]
    for begins in (_BY_A_MAILBOX, _FIRST):
        for at in written:
            if begins.match(lines[at]):
                return lines[at:]
    return lines


def _fields(lines: list[str]) -> Iterator[tuple[str, str]]:
    name, value = "", ""
    for line in lines:
        if not line.strip():
            break
        if line[:1] in " \t":
            value += f" {line.strip()}"
        elif found := _NAME.match(line):
            if name:
                yield name, value
            name, value = found[1].lower(), found[2].strip()
        else:
            break
    if name:
        yield name, value
