"""What goes wrong in a coordinator's month, through the real command line.

Each time: a sentence that says what and what next, the exit code of the contract, no traceback, and nothing lost.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from newsletter.workspace import Workspace

DONE, MEND, OUTSIDE, STOPPED, INTERRUPTED = 0, 1, 3, 4, 130
PASSWORD = "a password nobody should read"
READERS = ["ana@example.org", "bea@example.org", "caz@example.org"]


def key() -> str:
    """A key for a list."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


@dataclass
class Desk:
    """A coordinator's own computer: her workspace, her home, her settings."""

    workspace: Workspace
    home: Path
    settings: dict[str, str] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        """What a program of hers is started with."""
        mine = {f"NEWSLETTER_{name}": value for name, value in self.settings.items()}
        usual = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
        return {**usual, "HOME": str(self.home), "XDG_CONFIG_HOME": str(self.home / "config"), **mine}

    def start(self, *words: str, under: tuple[str, ...] = ()) -> subprocess.Popen[str]:
        """Start a command of the newsletter."""
        return subprocess.Popen(
            [*under, sys.executable, "-m", "newsletter", *words],
            cwd=self.workspace.root,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def run(self, *words: str, under: tuple[str, ...] = ()) -> tuple[int, str]:
        """Run a command to its end: its exit code and all it said, in which no traceback may stand."""
        return finished(self.start(*words, under=under))

    def ready(self) -> None:
        """Three readers on the list, and the July issue approved."""
        people = self.home / "people.csv"
        people.write_text("\n".join(["email", *READERS]), "utf-8")
        granted = ("--ground", "consent", "--source", "a stall", "--yes")
        assert self.run("subscribers", "import", str(people), *granted)[0] == DONE
        assert self.run("approve", "2025-07", "--by", "Second Person", "--yes")[0] == DONE

    def books(self) -> dict[str, int]:
        """The issue's books."""
        code, said = self.run("status", "2025-07", "--json")
        assert code == DONE, said
        found: dict[str, int] = json.loads(said[said.index("{") :])
        return found


def finished(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Wait for a command; its exit code and all it said."""
    out, err = process.communicate(timeout=120)
    said = out + err
    assert "Traceback" not in said, said
    assert not [address for address in READERS if address in err], "an address of a reader in an error"
    assert PASSWORD not in said
    return process.returncode, said


@pytest.fixture
def desk(sample: Workspace, tmp_path: Path) -> Desk:
    """A desk with the sample newsletter on it and no mail server."""
    (tmp_path / "home").mkdir()
    return Desk(sample, tmp_path / "home", {"KEY": key(), "SMTP_PROFILE": "own-relay"})


@dataclass
class Post:
    """A mail server on loopback: what it takes, how long it takes, and whom it lets sign in."""

    port: int = 0
    taken: list[str] = field(default_factory=list)
    pause: float = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - its name
        """Take a message, in its own time."""
        del server, session
        self.taken += envelope.rcpt_tos
        await asyncio.sleep(self.pause)
        return "250 2.0.0 taken"

    @property
    def readers(self) -> list[str]:
        """The readers to whom something came."""
        return [one for one in self.taken if one in READERS]

    def refuse(self, *_: object) -> AuthResult:
        """Let nobody sign in."""
        return AuthResult(success=False, handled=False)


@pytest.fixture
def post() -> Iterator[Post]:
    """A real mail server, in a thread of its own, for the length of a test."""
    post, loop = Post(), asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    server = asyncio.run_coroutine_threadsafe(opened(post), loop).result(10)
    yield post
    asyncio.run_coroutine_threadsafe(closed(server), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)
    loop.close()


async def opened(post: Post) -> asyncio.Server:
    """The mail server, on a free port."""
    loop = asyncio.get_running_loop()

    def session() -> SMTP:
        return SMTP(post, hostname="mail.example.org", authenticator=post.refuse, auth_require_tls=False, loop=loop)

    server = await loop.create_server(session, "127.0.0.1", 0)
    post.port = server.sockets[0].getsockname()[1]
    return server


async def closed(server: asyncio.Server) -> None:
    """The mail server shut, and its sessions ended."""
    server.close()
    sessions = asyncio.all_tasks() - {asyncio.current_task()}
    for session in sessions:
        session.cancel()
    await asyncio.gather(*sessions, return_exceptions=True)


def to(post: Post, **more: str) -> dict[str, str]:
    """Settings that lead to a mail server."""
    return {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(post.port), "SMTP_SECURITY": "none", **more}


def test_a_broken_issue(desk: Desk) -> None:
    """A slip in the YAML: file, line and column first, exit 1, and every door stays shut."""
    issue = desk.workspace.issues / "2025-07.yaml"
    issue.write_text(
        issue.read_text("utf-8").replace('subject: "Peru: Congress', "subject: Peru: Congress", 1), "utf-8"
    )
    for words in (["check"], ["build"], ["send"], ["export", "2025-07", "--for", "brevo"]):
        code, said = desk.run(*words)
        assert code == MEND, said
        assert "issues/2025-07.yaml:" in said


def test_a_missing_picture(desk: Desk) -> None:
    """A picture that is not there: the line that names it, exit 1."""
    (desk.workspace.images / "judgment-wiped.png").unlink()
    code, said = desk.run("check")
    assert code == MEND
    assert "judgment-wiped.png" in said
    assert "issues/2025-07.yaml:" in said


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n\x00\x00\xff", b"", b"\xff\xfea\x00", b"nothing,like,a,list\n1,2,3,4\n"]
)
def test_an_unreadable_list(desk: Desk, tmp_path: Path, content: bytes) -> None:
    """A CSV that is none: exit 1, and nobody is on the list."""
    (tmp_path / "list.csv").write_bytes(content)
    code, said = desk.run(
        "subscribers", "import", str(tmp_path / "list.csv"), "--ground", "consent", "--source", "x", "--yes"
    )
    assert code == MEND, said
    assert desk.run("subscribers", "list")[1].count("@") == 0


def test_a_refused_sign_in(desk: Desk, post: Post) -> None:
    """The server refuses the password: said so without showing it, exit 3, everybody still waiting."""
    desk.settings |= to(post, SMTP_USER="peru", SMTP_PASSWORD=PASSWORD)
    desk.ready()
    code, said = desk.run("send", "2025-07", "--for-real", "--yes")
    assert code == OUTSIDE, said
    assert "password" in said.lower()
    assert post.taken == []
    assert desk.books()["accepted"] == 0


def test_no_network(desk: Desk) -> None:
    """No server answers, or the name is unknown: exit 3, and nothing counts as sent."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        unused = str(free.getsockname()[1])
    desk.ready()
    for host, port, security in (("127.0.0.1", unused, "none"), ("mail.invalid", "465", "tls")):
        desk.settings |= {"SMTP_HOST": host, "SMTP_PORT": port, "SMTP_SECURITY": security}
        code, said = desk.run("send", "2025-07", "--for-real", "--yes")
        assert code == OUTSIDE, said
        assert host in said
    assert desk.books()["accepted"] == 0


def test_no_mail_server_set(desk: Desk) -> None:
    """A real send without settings says which setting is missing."""
    desk.ready()
    code, said = desk.run("send", "2025-07", "--for-real", "--yes")
    assert code in (MEND, OUTSIDE), said
    assert "NEWSLETTER_SMTP_HOST" in said


@pytest.mark.parametrize("words", [["build"], ["send"], ["publish"]])
def test_an_outbox_that_cannot_be_written(desk: Desk, words: list[str]) -> None:
    """Something else stands where the outbox should be: exit 3 with its name, and it stays as it is."""
    desk.ready()
    shutil.rmtree(desk.workspace.outbox, ignore_errors=True)
    desk.workspace.outbox.write_text("a note of hers", "utf-8")
    code, said = desk.run(*words)
    assert code == OUTSIDE, said
    assert "outbox" in said
    assert desk.workspace.outbox.read_text("utf-8") == "a note of hers"


def on_a_full_disk(folder: Path) -> tuple[str, ...]:
    """Words to put before a command: it runs where this folder is a disk of its own with 64 kB left."""
    if shutil.which("unshare") is None or subprocess.run(["unshare", "-rm", "true"], check=False).returncode:
        if os.environ.get("CI"):
            pytest.fail("unshare could not make a small disk")
        pytest.skip("a disk of its own needs unshare (util-linux) and the right to use it")
    script = f'mount -t tmpfs -o size=64k none "{folder}" && exec "$@"'
    return ("unshare", "-rm", "sh", "-c", script, "sh")


@pytest.mark.parametrize("words", [["build"], ["send"], ["publish"], ["export", "2025-07", "--for", "mailchimp"]])
def test_a_full_disk_under_the_outbox(desk: Desk, words: list[str]) -> None:
    """The disk is full: exit 3, in words."""
    desk.ready()
    desk.workspace.outbox.mkdir(exist_ok=True)
    code, said = desk.run(*words, under=on_a_full_disk(desk.workspace.outbox))
    assert code == OUTSIDE, said
    assert "full" in said.lower() or "space" in said.lower(), said


def test_a_full_disk_under_the_list(desk: Desk) -> None:
    """The disk with the list is full: exit 3, in words."""
    desk.workspace.records.mkdir()
    words = ("subscribers", "add", "ana@example.org", "--ground", "consent", "--source", "a stall")
    code, said = desk.run(*words, under=on_a_full_disk(desk.workspace.records))
    assert code == OUTSIDE, said
    assert "full" in said.lower() or "space" in said.lower(), said


def test_ctrl_c_in_mid_send(desk: Desk, post: Post) -> None:
    """Ctrl-C: the letter on its way is finished, exit 130, and the same command goes on; nobody gets two."""
    post.pause = 0.5
    desk.settings |= to(post)
    desk.ready()
    sender = desk.start("send", "2025-07", "--for-real", "--yes")
    waited = time.monotonic() + 60
    while not post.readers and time.monotonic() < waited:  # first copies, to the coordinators' own addresses, go before
        time.sleep(0.02)
    sender.send_signal(signal.SIGINT)
    code, said = finished(sender)
    assert code == INTERRUPTED, said
    assert "send" in said
    books = desk.books()
    assert 0 < books["accepted"] < len(READERS)
    assert books["in_doubt"] == 0
    assert desk.run("send", "2025-07", "--for-real", "--yes")[0] == DONE
    assert sorted(post.readers) == READERS
    assert desk.books()["accepted"] == len(READERS)


def test_without_the_key_or_with_anothers(desk: Desk, post: Post) -> None:
    """P6: the list stays shut, exit 4, says where the key should be, and opens again with the right one."""
    desk.ready()
    desk.settings |= to(post)
    right = desk.settings.pop("KEY")
    for wrong in ({}, {"KEY": key()}):
        kept = dict(desk.settings)
        desk.settings |= wrong
        for words in (["subscribers", "list"], ["send"], ["send", "2025-07", "--for-real", "--yes"]):
            code, said = desk.run(*words)
            assert code == STOPPED, (wrong, words, said)
            assert "key" in said
        desk.settings = kept
    assert not (desk.home / "config").exists(), "a new key beside an old list would lock it for good"
    desk.settings["KEY"] = right
    assert desk.run("subscribers", "list")[0] == DONE
    assert post.taken == []


@pytest.mark.parametrize("wrong", ["", "short", "ñ" * 44])
def test_a_key_that_is_none(desk: Desk, wrong: str) -> None:
    """A key with a slip in it is not shown, and nothing is made with it."""
    desk.settings["KEY"] = wrong or "="
    code, said = desk.run("subscribers", "list")
    assert code in (MEND, STOPPED), said
    assert "NEWSLETTER_KEY" in said
    assert "ñ" not in said
