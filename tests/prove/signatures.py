"""Letters of three languages for odd readers, signed and sent -> whether three other programs find each signature good.

``python tests/prove/signatures.py`` needs opendkim, node and npm. The letters are those of the kitchen sink and of the
sample, signed by RSA, by Ed25519 and by both; they go over the wire to a mail server on loopback, and what it received
is shown, byte for byte, to dkimpy, to OpenDKIM and to mailauth of npm. Then each is spoilt in every way that a forger
would like, and shown again: nobody may find one of those good. DNS is a file for each of them, made from what
``newsletter dkim`` prints.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from newsletter.delivery.carriers.smtp import Smtp  # noqa: E402 - run as a script from a clone
from newsletter.delivery.server import Server  # noqa: E402 - after its own path
from newsletter.delivery.sign.signer import Signer, signer  # noqa: E402 - after its own path
from newsletter.letters.compose import compose  # noqa: E402 - after its own path
from newsletter.letters.encode import encode  # noqa: E402 - after its own path
from newsletter.nouns.draft import IssueName  # noqa: E402 - after its own path
from newsletter.nouns.letter import Dossier, Message  # noqa: E402 - after its own path
from newsletter.nouns.person import Recipient  # noqa: E402 - after its own path
from newsletter.pipeline import prepare  # noqa: E402 - after its own path
from newsletter.settings import Settings  # noqa: E402 - after its own path
from newsletter.workspace import Workspace  # noqa: E402 - after its own path
from tests.any.signed import Signing, signing  # noqa: E402 - after its own path
from tests.delivery.conftest import FakeServer  # noqa: E402 - after its own path

VERIFIERS = Path(__file__).resolve().parent / "verifiers"
NAMES = ("Ana", "", ".Eva", "From here", "a  b\tc", "سلام", "Núñez, José «Pepe»", "x" * 500, "." * 500, "=" * 90)
SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "another From above": lambda data: b"From: Eve <eve@example.com>\r\n" + data,
    "another Subject above": lambda data: b"Subject: Win\r\n" + data,
    "a Reply-To above": lambda data: b"Reply-To: eve@example.com\r\n" + data,
    "a Content-Type above": lambda data: b"Content-Type: text/html\r\n" + data,
    "a List-Unsubscribe above": lambda data: b"List-Unsubscribe: <https://example.com/>\r\n" + data,
    "a List-Unsubscribe-Post above": lambda data: b"List-Unsubscribe-Post: x\r\n" + data,
    "From changed": lambda data: data.replace(b"\r\nFrom: ", b"\r\nFrom: Eve ", 1),
    "Subject changed": lambda data: data.replace(b"\r\nSubject: ", b"\r\nSubject: Not ", 1),
    "To changed": lambda data: data.replace(b"@example.net>", b"@example.com>", 1).replace(b"To: r", b"To: s", 1),
    "List-Unsubscribe changed": lambda data: data.replace(b"\r\nList-Unsubscribe: <", b"\r\nList-Unsubscribe: <x", 1),
    "List-Unsubscribe taken away": lambda data: re.sub(rb"\r\nList-Unsubscribe: [^\r]*", b"", data, count=1),
    "a body longer": lambda data: data + b"More.\r\n",
    "a body shorter": lambda data: data[: len(data) * 9 // 10] + b"\r\n",
    "a word of the body": lambda data: data.replace(b"quoted-printable\r\n\r\n", b"quoted-printable\r\n\r\nWin ", 1),
}


def main() -> int:
    """Sign, send, have it looked at, say it; 1 where anybody disagrees."""
    if not shutil.which("opendkim") or not shutil.which("npm"):
        sys.exit("This proof needs opendkim and npm: see .ci/system")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        keys = signing(folder)
        received = sent(list(letters(keys)))
        verdicts = {
            "dkimpy": {file: keys.verified(data) for file, data in received.items()},
            "OpenDKIM": by_opendkim(folder, keys, received),
            "mailauth": by_mailauth(folder, keys, received),
        }
    faults = [*faulty(received, verdicts)]
    for fault in faults[:20]:
        sys.stdout.write(f"{fault}\n")
    for who, said in verdicts.items():
        figures = Counter((file.partition(" ")[0] == "whole", all(good)) for file, good in said.items())
        sys.stdout.write(
            f"{who}: whole letters good {figures[True, True]} of {figures[True, True] + figures[True, False]},"
            f" spoilt ones refused {figures[False, False]} of {figures[False, False] + figures[False, True]}\n"
        )
    sys.stdout.write(f"disagreements: {len(faults)}\n")
    return bool(faults)


def signers(keys: Signing) -> Iterator[tuple[str, Signer]]:
    """Each way of signing."""
    both = keys.settings(second=True)
    for name, settings in (
        ("rsa", keys.settings()),
        ("ed25519", replace(both, dkim_key_file="", dkim_selector="")),
        ("both", both),
    ):
        if made := signer(settings, "news@example.org"):
            yield name, made


def letters(keys: Signing) -> Iterator[Message]:
    """Letters of every edition, each for every odd reader, with the ways of signing in turn."""
    now, ways = dt.datetime.now(dt.UTC), [one for _, one in signers(keys)]
    number = 0
    for dossier in dossiers():
        for language, rendered in dossier.renderings.items():
            for url in ("", "https://news.example.org"):
                edition = encode(rendered, dossier.profile, public_url=url)
                leave = f"{url}/u/{'T' * 44}" if url else f"mailto:leave@example.org?subject=leave%20{'T' * 44}"
                for name in NAMES:
                    number += 1
                    reader = Recipient(f"{number:032x}", f"r{number}@example.net", name, language)
                    mark = f"<{number}@example.org>"
                    yield compose(edition, reader, leave=leave, message_id=mark, now=now, sign=ways[number % len(ways)])


def dossiers() -> Iterator[Dossier]:
    """July of the kitchen sink and of the sample, from an address of a domain that signs."""
    for root in (ROOT / "docs" / "kitchen-sink", ROOT):
        dossier = prepare(Workspace(root), IssueName.parse("2025-07"), Settings()).dossier
        assert dossier
        sender = replace(dossier.profile.sender, address="news@example.org")
        yield replace(dossier, profile=replace(dossier.profile, sender=sender))


def sent(messages: list[Message]) -> dict[str, bytes]:
    """What a mail server received of them, as it is and spoilt, by what it is to be called."""
    there = FakeServer()
    try:
        with Smtp(Server("127.0.0.1", there.port, "none", "mail.example.org")) as carrier:
            for message in messages:
                carrier.deliver(message)
    finally:
        there.close()
    assert [one.data for one in messages] == there.received
    found = {f"whole {number}": data for number, data in enumerate(there.received)}
    kinds = list(SPOILT.items())
    for number, data in enumerate(there.received):
        for kind, spoil in kinds if number < len(NAMES) else [kinds[number % len(kinds)]]:
            spoilt = spoil(data)
            if spoilt != data:
                found[f"{kind} {number}"] = spoilt
    return found


def by_opendkim(folder: Path, keys: Signing, received: dict[str, bytes]) -> dict[str, list[bool]]:
    """OpenDKIM looks at one signature, the first that holds."""
    zone, conf = folder / "zone", folder / "opendkim.conf"
    zone.write_text("".join(f"{name} {value}\n" for name, value in keys.zone().items()), "utf-8")
    conf.write_text(f"TestDNSData file:{zone}\nMode v\n", "utf-8")
    files = written(folder / "opendkim", received)
    said = ""
    names = [str(path) for path in files]
    for start in range(0, len(names), 50):
        command = ["opendkim", "-x", str(conf), "-t", ",".join(names[start : start + 50])]
        said += subprocess.run(command, capture_output=True, text=True, check=True).stdout
    good = set(re.findall(r"^opendkim: (\S+): verification .* succeeded", said, re.MULTILINE))
    looked = set(re.findall(r"^opendkim: (\S+): ", said, re.MULTILINE))
    assert looked == set(names)
    return {name: [str(path) in good] for path, name in files.items()}


def by_mailauth(folder: Path, keys: Signing, received: dict[str, bytes]) -> dict[str, list[bool]]:
    """Mailauth looks at every signature."""
    if not (VERIFIERS / "node_modules").is_dir():
        subprocess.run(
            ["npm", "ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts"], cwd=VERIFIERS, check=True
        )
    files = written(folder / "mailauth", received)
    (folder / "mailauth" / "zone.json").write_text(json.dumps(keys.zone()), "utf-8")
    command = ["node", str(VERIFIERS / "mailauth.mjs"), str(folder / "mailauth")]
    said = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return {name: [result == "pass" for result in said[path.name]] for path, name in files.items()}


def written(folder: Path, received: dict[str, bytes]) -> dict[Path, str]:
    """Each letter in a file."""
    folder.mkdir()
    found = {}
    for number, (name, data) in enumerate(received.items()):
        path = folder / f"{number}.eml"
        path.write_bytes(data)
        found[path] = name
    return found


def faulty(received: dict[str, bytes], verdicts: dict[str, dict[str, list[bool]]]) -> Iterator[str]:
    """Where a whole letter is refused, or a spoilt one found good."""
    for who, said in verdicts.items():
        for name in received:
            good = said[name]
            if name.startswith("whole ") and not (good and all(good)):
                yield f"{who} refuses {name}: {good}"
            if not name.startswith("whole ") and any(good):
                yield f"{who} finds good: {name}: {good}"


if __name__ == "__main__":
    sys.exit(main())
