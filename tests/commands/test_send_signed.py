"""``newsletter send`` where letters are signed: said before, done in rehearsals too, and stopped where the key is not fit."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from newsletter.demo.server import Received
from newsletter.door import Door
from newsletter.workspace import Workspace
from tests.any.signed import Signing, signing, tags
from tests.any.typed import typed

Run = Callable[..., tuple[int, str, str]]
JULY = dt.datetime(2025, 7, 4, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def keys(tmp_path: Path) -> Signing:
    (tmp_path / "keys").mkdir()
    return signing(tmp_path / "keys")


@pytest.fixture
def run(sample: Workspace, environ: dict[str, str], keys: Signing, capsys: pytest.CaptureFixture[str]) -> Run:
    """Type a command on the fourth of July, with a key for the sender's domain: exit code, stdout, stderr."""
    signed = {
        **environ,
        "NEWSLETTER_DKIM_DOMAIN": "example.org",
        "NEWSLETTER_DKIM_SELECTOR": "july",
        "NEWSLETTER_DKIM_KEY_FILE": str(keys.rsa),
    }

    def type_in(*words: str, **more: str) -> tuple[int, str, str]:
        return typed(words, Door(sample.root, environ={**signed, **more}, now=lambda: JULY), capsys)

    consent = ["--ground", "consent", "--source", "sign-up sheet", "--language", "en"]
    assert type_in("subscribers", "add", "ana@example.net", "--name", "Ana", *consent)[0] == 0
    assert type_in("approve", "2025-07", "--by", "Eva", "--yes")[0] == 0
    return type_in


def test_every_letter_is_signed(run: Run, received: Received, sample: Workspace) -> None:
    """A1, A10, S11: rehearsed, tried and real; it is said in whose name, and the time is that of the sending."""
    code, _, err = run("send", "2025-07")
    assert code == 0
    assert "signed in the name of example.org" in err
    [rehearsed] = [path.read_bytes() for path in (sample.outbox / "2025-07" / "letters").iterdir()]
    assert run("send", "2025-07", "--test", "ines@example.org")[0] == 0
    code, _, err = run("send", "2025-07", "--for-real", "--yes")
    assert (code, received.messages) == (0, 4)  # two first copies of them
    assert "signed in the name of example.org" in err
    arrived = [path.read_bytes() for path in received.folder.rglob("*") if path.is_file()]
    assert len(arrived) == 4
    for data in (rehearsed, *arrived):
        assert b"DKIM-Signature: v=1;" in data
        assert (tags(data)["d"], tags(data)["s"], tags(data)["t"]) == ("example.org", "july", f"{JULY.timestamp():.0f}")


@pytest.mark.skipif(os.name != "posix", reason="file modes")
def test_a_key_that_is_not_fit_stops_before_anything_leaves(run: Run, received: Received, keys: Signing) -> None:
    """A9: readable by others, gone, or of another domain: exit code and sentence; no letter goes out unsigned instead."""
    keys.rsa.chmod(0o644)
    code, _, err = run("send", "2025-07", "--for-real", "--yes")
    assert (code, "chmod 600" in err) == (4, True)
    keys.rsa.chmod(0o600)
    code, _, err = run("send", "2025-07", "--for-real", "--yes", NEWSLETTER_DKIM_DOMAIN="example.net")
    assert (code, "sender's own domain" in err) == (1, True)
    keys.rsa.unlink()
    code, _, err = run("send", "2025-07", "--for-real", "--yes")
    assert (code, "is not there" in err) == (1, True)
    assert not received.messages


def test_an_ed25519_key_alone_is_warned_of(run: Run, keys: Signing) -> None:
    """A3: said at every rehearsal and sending, which goes on."""
    more = {
        "NEWSLETTER_DKIM_SELECTOR": "",
        "NEWSLETTER_DKIM_KEY_FILE": "",
        "NEWSLETTER_DKIM_ED25519_SELECTOR": "second",
        "NEWSLETTER_DKIM_ED25519_KEY_FILE": str(keys.ed25519),
    }
    code, _, err = run("send", "2025-07", **more)
    assert (code, "Ed25519 key alone" in err) == (0, True)
