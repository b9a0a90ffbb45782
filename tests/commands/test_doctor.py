"""``newsletter doctor`` as it is typed: against a mail server and a name server on loopback."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from newsletter.door import Door
from newsletter.web.names import Names
from newsletter.workspace import Workspace
from tests.any.dns import Zones, name_server
from tests.any.mail_server import listening
from tests.any.set_up import DOMAIN, NOW, on_this_machine, well
from tests.any.typed import typed

Said = tuple[int, str, str]


class Mailbox:
    """Keeps what arrives."""

    def __init__(self) -> None:
        self.taken: list[Envelope] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        """Take it."""
        del server, session
        self.taken.append(envelope)
        return "250 2.0.0 Ok"


@pytest.fixture
def zones() -> Iterator[Zones]:
    with name_server() as found:
        yield found


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture(autouse=True)
def own_config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No secret of whoever runs the tests is looked at."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def own_sender(sample: Workspace) -> None:
    """The sample, with a sender who has a domain."""
    text = sample.profile.read_text("utf-8")
    sample.profile.write_text(text.replace("@example.org", f"@{DOMAIN}"), "utf-8")


def door(sample: Workspace, names: Names, **environ: str) -> Door:
    given = {f"NEWSLETTER_{name.upper()}": value for name, value in environ.items()}
    return Door(sample.root, sample.root, given, lambda: NOW, probe=on_this_machine, names=lambda: names)


def local(port: int) -> dict[str, str]:
    return {"smtp_host": "localhost", "smtp_port": str(port), "smtp_security": "none", "smtp_profile": "own-relay"}


def test_a_newcomer(sample: Workspace, zones: Zones, capsys: pytest.CaptureFixture[str]) -> None:
    """The sample as it comes: what to do first, nothing asked of DNS about anybody, exit code 1."""
    code, out, _ = typed(("doctor",), door(sample, zones.names()), capsys)
    assert code == 1
    assert out.startswith("2 things to mend before readers get letters. Begin with the first")
    assert out.index("1. peru@example.org is the address of an example") < out.index("2. No mail server is set")
    assert "things are well (" in out
    assert "look again: newsletter doctor" in out


def test_all_is_well(
    sample: Workspace, zones: Zones, mailbox: Mailbox, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Mail server, DNS, key, and this computer: exit code 0 once nothing is left to mend."""
    own_sender(sample)
    well(zones)
    zones.put("localhost", "A", "192.0.2.1")
    file = tmp_path / "july.pem"
    made = door(sample, zones.names())
    code, out, _ = typed(
        ("dkim", "new", "--domain", DOMAIN, "--selector", "july", "--file", str(file), "--json"), made, capsys
    )
    assert code == 0
    record = json.loads(out)
    key = {"dkim_domain": DOMAIN, "dkim_selector": "july", "dkim_key_file": str(file)}
    with listening(mailbox) as port:
        code, out, _ = typed(("doctor",), door(sample, zones.names(), **local(port), **key), capsys)
        assert code == 1
        assert f"Name:   {record['name']}" in out
        assert f"Value:  {record['value']}" in out
        assert all(f'"{piece}"' in out for piece in record["strings"])
        zones.txt(record["name"], record["value"])
        code, out, _ = typed(("doctor", "--json"), door(sample, zones.names(), **local(port), **key), capsys)
    found = json.loads(out)
    grades = {one["severity"] for one in found}
    assert "error" not in grades
    assert {"mail-server", "spf", "dkim", "dmarc", "alignment", "mailbox"} <= {
        one["check"] for one in found if one["severity"] == "ok"
    }
    assert code == (3 if "unseen" in grades else 0)


def test_json_holds_the_record(sample: Workspace, zones: Zones, capsys: pytest.CaptureFixture[str]) -> None:
    """One list on stdout, each with why it matters and what to do."""
    own_sender(sample)
    code, out, _ = typed(("doctor", "--json"), door(sample, zones.names()), capsys)
    assert code == 1
    found = {one["check"]: one for one in json.loads(out)}
    assert found["dmarc"]["record"] == {
        "type": "TXT",
        "name": f"_dmarc.{DOMAIN}",
        "value": f"v=DMARC1; p=none; rua=mailto:dmarc@{DOMAIN}",
    }
    assert found["dmarc"]["why"]
    assert found["mail-server"]["severity"] == "error"


def test_offline(sample: Workspace, zones: Zones, capsys: pytest.CaptureFixture[str]) -> None:
    """It is said what could not be looked at; where nothing else is wrong the exit code is 3."""
    own_sender(sample)
    zones.mute.add("*")
    names = zones.names(patience=0.2)
    given = {"smtp_host": "nowhere.invalid", "smtp_security": "starttls", "smtp_profile": "own-relay"}
    code, out, _ = typed(("doctor",), door(sample, names, **given), capsys)
    assert code == 3
    assert out.startswith("What could be looked at does not stand in the way. 1 thing to look at.")
    assert "things could not be looked at" in out
    for check in ("mail-server", "mailbox", "spf", "dkim", "dmarc", "alignment"):
        assert re.search(rf"\[(.*, )?{check}[,\]]", out), check
    assert len(set(zones.asked)) == 1, "nobody is waited for twice"


def test_a_seed_goes_and_comes_back(
    sample: Workspace, zones: Zones, mailbox: Mailbox, capsys: pytest.CaptureFixture[str], monkeypatch: Any
) -> None:
    """A8: a copy to an address of one's own only; what arrived is read from a file or as it is pasted."""
    own_sender(sample)
    address = "ana@example.com"
    text = sample.profile.read_text("utf-8")
    start = text.index("test_addresses:")
    sample.profile.write_text(
        f"{text[:start]}test_addresses: [{address}]\n{text[text.index(chr(10), start) + 1 :]}", "utf-8"
    )
    with listening(mailbox) as port:
        made = door(sample, zones.names(), **local(port))
        code, _, err = typed(("doctor", "--seed", "--to", "somebody@example.net"), made, capsys)
        assert code == 4
        assert not mailbox.taken
        code, _, err = typed(("doctor", "--seed"), made, capsys)
    assert code == 0
    assert address in err
    assert [one.rcpt_tos for one in mailbox.taken] == [[address]]
    content = mailbox.taken[0].content
    data = content if isinstance(content, bytes) else (content or "").encode()
    top = (
        f"Authentication-Results: mx.example.com; spf=pass smtp.mailfrom={DOMAIN}; dmarc=pass header.from={DOMAIN}\r\n"
    )
    file = sample.root / "seed.eml"
    file.write_bytes(top.encode() + data)
    code, out, _ = typed(("doctor", "--seed-result", str(file)), made, capsys)
    assert "is as it left.  [seed-list]" in out
    assert "No signature (DKIM) arrived" in out
    assert code == 1
    broken = (top.encode() + data).replace(b"List-Unsubscribe:", b"X-Unsubscribe:")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(broken)))
    code, out, _ = typed(("doctor", "--seed-result", "-", "--json"), made, capsys)
    assert code == 1
    assert any("List-Unsubscribe was taken out on the way." in one["message"] for one in json.loads(out))


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--seed", "--seed-result", "x.eml"), 2, "which is it?"),
        (("--to", "ana@example.com"), 2, "Give both"),
        (("--seed-result", "nowhere.eml"), 2, "nowhere.eml"),
        (("--seed",), 1, "No mail server is set"),
    ],
)
def test_what_cannot_be_done(
    sample: Workspace,
    zones: Zones,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    code: int,
    said: str,
) -> None:
    """In plain words, and the right exit code."""
    given, out, err = typed(("doctor", *words), door(sample, zones.names()), capsys)
    assert (given, said in err) == (code, True), err
    assert not out
