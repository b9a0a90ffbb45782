"""Keys for tests -> settings that sign with them, and dkimpy's word on a letter: which of its signatures hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import dkim

from newsletter.delivery.sign.new_key import new_key
from newsletter.delivery.sign.record import record
from newsletter.delivery.sign.set_keys import set_keys
from newsletter.settings import Settings

SELECTOR, SECOND = "july", "second"


@dataclass(frozen=True)
class Signing:
    """The settings of a domain whose letters are signed, and what its DNS holds."""

    rsa: Path
    ed25519: Path
    domain: str = "example.org"

    def settings(self, usual: Settings | None = None, *, second: bool = False) -> Settings:
        """Settings that sign, with the second key too if asked for."""
        more = {"dkim_ed25519_selector": SECOND, "dkim_ed25519_key_file": str(self.ed25519)} if second else {}
        return replace(
            usual or Settings(),
            dkim_domain=self.domain,
            dkim_selector=SELECTOR,
            dkim_key_file=str(self.rsa),
            **more,  # type: ignore[arg-type]  # fields by name
        )

    @cache  # noqa: B019 - few, and as long as the tests
    def zone(self) -> dict[str, str]:
        """What DNS holds, by name."""
        return {said.name: said.value for said in map(record, set_keys(self.settings(second=True)))}

    def verified(self, data: bytes) -> list[bool]:
        """For each signature of a letter, from the top, whether it holds."""
        zone = self.zone()
        number = len(re.findall(rb"^DKIM-Signature:", data.partition(b"\r\n\r\n")[0], re.MULTILINE | re.IGNORECASE))
        return [bool(_verify(data, place, zone)) for place in range(number)]


def _verify(data: bytes, place: int, zone: dict[str, str]) -> object:
    def asked(name: bytes, timeout: int = 5) -> bytes | None:
        del timeout
        found = zone.get(name.decode().rstrip("."))
        return found.encode() if found else None

    try:
        return dkim.DKIM(data).verify(idx=place, dnsfunc=asked)
    except dkim.DKIMException:
        return False


def signing(folder: Path) -> Signing:
    """New keys of both kinds in a folder."""
    made = Signing(folder / "rsa.pem", folder / "ed25519.pem")
    new_key(made.rsa)
    new_key(made.ed25519, ed25519=True)
    return made


def tags(data: bytes) -> dict[str, str]:
    """The tags of a letter's first signature, without blanks."""
    field = re.search(rb"DKIM-Signature:((?:[^\r\n]|\r\n[ \t])+)", data)
    assert field
    pairs = re.sub(rb"\s", b"", field[1]).decode().split(";")
    return dict(pair.split("=", 1) for pair in pairs)
