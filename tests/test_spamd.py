"""SpamAssassin itself judges the sample's letters; and what answers in its place is told from it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from newsletter.__main__ import main
from newsletter.spamd import NoSpamd, SpamdFailed, spam_score
from tests.conftest import missing

SPAMD = Path("/usr/sbin/spamd")
PATIENCE = 60  # seconds until it has read its rules


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A SpamAssassin of this test's own, which asks nobody on the network."""
    if not SPAMD.is_file():
        missing("SpamAssassin")
    port = _free_port()
    command = [str(SPAMD), "--local", "--nouser-config", "--max-children=1", "--listen=127.0.0.1", f"--port={port}"]
    home = tmp_path_factory.mktemp("home")
    with (
        (home / "log").open("w") as log,
        subprocess.Popen([*command, "--syslog=stderr"], stderr=log, cwd=home) as spamd,
    ):
        try:
            _wait_for(port, spamd)
            yield port
        finally:
            spamd.terminate()


def _free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        return int(server.getsockname()[1])


def _wait_for(port: int, spamd: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and spamd.poll() is None:
        with closing(socket.socket()) as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("SpamAssassin did not start")


def message(body: str, subject: str = "A letter from Peru") -> bytes:
    """A plain mail."""
    head = f"From: Peru <peru@example.org>\r\nTo: reader@example.org\r\nSubject: {subject}\r\nMessage-ID: <1@example.org>\r\n"
    return f"{head}Date: Fri, 04 Jul 2025 09:00:00 +0000\r\nMIME-Version: 1.0\r\n\r\n{body}\r\n".encode()


def test_the_test_message_of_spamassassin_is_spam(port: int) -> None:
    """GTUBE, the string that every SpamAssassin holds for spam: https://spamassassin.apache.org/gtube/."""
    score = spam_score(message("XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X"), port=port)
    assert score.points >= 1000 > score.limit
    assert "GTUBE" in {rule.name for rule in score.rules}


def test_a_salutation_counts(port: int) -> None:
    """“Dear friend” is what a filter knows from other mail; “Dear friends” is not."""
    friend, friends = (
        spam_score(message(f"Dear {who},\r\n\r\nthank you."), port=port) for who in ("friend", "friends")
    )
    assert {rule.name: rule.points for rule in friend.rules}["DEAR_FRIEND"] > 2
    assert "DEAR_FRIEND" not in {rule.name for rule in friends.rules}
    assert friend.points > friends.points + 2


def test_nothing_stands_against_the_sample(
    port: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every issue, in every language: not one rule that counts half a point."""
    monkeypatch.setenv("NEWSLETTER_SPAMD_PORT", str(port))
    root = str(Path(__file__).resolve().parents[1])
    for issue in ("2024-12", "2025-07"):
        main(["--workspace", root, "check", issue, "--spam", "--json"])
        assert [one for one in json.loads(capsys.readouterr().out) if one["check"] == "spam-score"] == []


def test_without_it_a_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 3, and how one gets it."""
    closed = _free_port()
    with pytest.raises(NoSpamd):
        spam_score(message("x"), port=closed)
    monkeypatch.setenv("NEWSLETTER_SPAMD_PORT", str(closed))
    assert main(["--workspace", str(Path(__file__).resolve().parents[1]), "check", "2025-07", "--spam"]) == 3
    assert "SpamAssassin does not answer on this machine" in capsys.readouterr().err


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"SPAMD/1.1 76 EX_PROTOCOL\r\n\r\n",
        b"HTTP/1.1 400 Bad\r\n\r\n",
        os.urandom(500),
        b"SPAMD/1.1 0 EX_OK\r\n\r\n",
    ],
)
def test_something_else_that_answers_is_told(answer: bytes) -> None:
    """It hangs up, refuses, or is another server: a sentence, no score made up."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:

        def serve() -> None:
            line, _ = server.accept()
            with line:
                while line.recv(65536):
                    pass
                line.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        with pytest.raises(SpamdFailed):
            spam_score(message("x"), port=server.getsockname()[1], seconds=10)
        thread.join()
