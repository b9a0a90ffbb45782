"""Debian's Postfix, Dovecot and OpenDKIM on loopback: what a relay is, from signing in to each reader's mailbox.

Each has its own settings in a folder of this run, high ports or sockets, and ends with the block that started it; no
service of the machine is touched. Postfix takes letters under TLS from whoever signs in (Dovecot says who may), has
OpenDKIM look at each signature as it arrives, and hands each letter to Dovecot by LMTP, which puts it into the maildir
of its reader. DNS is a file: nothing asks the network.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from string import Template

from tests.any.web import self_signed

POSTFIX, DOVECOT, OPENDKIM = Path("/usr/sbin/postfix"), Path("/usr/sbin/dovecot"), Path("/usr/sbin/opendkim")
LMTP = Path("/usr/lib/dovecot/lmtp")
USER, PASSWORD = "peru", "open sesame"
LATEST = 30  # seconds until a server answers
# Each of them waits for the disk several times a letter, and that is not what is tried here.
_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own in it
_QUEUES = ("incoming", "active", "deferred", "hold", "maildrop")

_USUAL = Template("""
compatibility_level = 3.6
queue_directory = $folder/queue
data_directory = $folder/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = $folder/postfix.log
maillog_file_prefixes = $folder
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
smtp_dns_support_level = disabled
myhostname = mx.example.org
mydestination =
alias_maps =
""")
INTO_MAILBOXES = Template("""
virtual_mailbox_domains = example.net example.org
virtual_transport = lmtp:unix:$folder/lmtp
smtpd_tls_security_level = encrypt
smtpd_tls_chain_files = $folder/certificate.pem
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = $folder/sasl
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_milters = unix:$folder/milter
milter_default_action = tempfail
smtpd_error_sleep_time = 0
""")
MASTER = Template("""
127.0.0.1:$port inet n - n - - smtpd
postlog unix-dgram n - n - 1 postlogd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
retry unix - - n - - error
error unix - - n - - error
discard unix - - n - - discard
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
""")
MAILBOXES = Template("""
base_dir = $folder/run
state_dir = $folder/state
log_path = $folder/dovecot.log
hostname = mx.example.org
protocols = lmtp
ssl = no
mail_location = maildir:$folder/mail/%u
mail_save_crlf = yes
auth_mechanisms = plain login
auth_failure_delay = 0
passdb {
  driver = passwd-file
  args = $folder/passwd
}
userdb {
  driver = static
  args = uid=nobody gid=nogroup home=$folder/mail/%u allow_all_users=yes
}
service auth {
  unix_listener $folder/sasl {
    mode = 0600
    user = postfix
  }
}
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service lmtp {
  unix_listener $folder/lmtp {
    mode = 0600
    user = postfix
  }
}
""")
VERIFIER = Template("""
Mode v
Socket local:$folder/milter
UMask 000
Background no
Syslog no
AuthservID mx.example.org
AlwaysAddARHeader yes
TestDNSData file:$folder/zone
""")


@dataclass(frozen=True)
class RealServers:
    """They run: where one hands letters over, what one trusts, and what has arrived."""

    folder: Path
    port: int

    @property
    def trusted(self) -> Path:
        """The certificate that a client has to trust."""
        return self.folder / "certificate.pem"

    def arrived(self) -> dict[str, list[bytes]]:
        """By reader, each letter in her mailbox, byte for byte."""
        found: dict[str, list[bytes]] = {}
        for file in sorted(self.folder.glob("mail/*/new/*")):
            found.setdefault(file.parent.parent.name, []).append(file.read_bytes())
        return found

    def settle(self, seconds: float = 120) -> None:
        """Wait until Postfix has nothing left to hand on."""
        until = time.monotonic() + seconds
        while self._waiting():
            if time.monotonic() > until:
                raise TimeoutError((self.folder / "postfix.log").read_text("utf-8")[-4000:])
            time.sleep(0.05)

    def _waiting(self) -> bool:
        places = (self.folder / "queue" / name for name in _QUEUES)
        return any(file.is_file() for place in places for file in place.rglob("*"))


def absent() -> str:
    """What is missing to start them; "" where nothing is."""
    if os.name != "posix" or os.geteuid() != 0:
        return "Postfix as an administrator"
    names = {POSTFIX: "Postfix", DOVECOT: "Dovecot", LMTP: "Dovecot's LMTP", OPENDKIM: "OpenDKIM"}
    return ", ".join(name for path, name in names.items() if not path.exists())


@contextmanager
def real_servers(zone: dict[str, str]) -> Iterator[RealServers]:
    """All three, for as long as the block lasts; ``zone`` is what DNS holds, by name."""
    with ExitStack() as stack:
        # Not in a test's own folder: others than root have to come in, and a socket's path has 107 characters at most.
        folder = Path(tempfile.mkdtemp(prefix="mail-", dir=_IN_MEMORY if _IN_MEMORY.is_dir() else None))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        there = RealServers(folder, free_port())
        _lay_out(there, zone)
        verifier = (str(OPENDKIM), "-f", "-x", str(folder / "opendkim.conf"))
        stack.enter_context(_running(folder, "opendkim", *verifier, politely=False))  # it takes five seconds otherwise
        stack.enter_context(_running(folder, "dovecot", str(DOVECOT), "-F", "-c", str(folder / "dovecot.conf")))
        for name in ("milter", "sasl", "lmtp"):
            _wait_for(folder / name)
        stack.enter_context(postfix(folder, there.port, INTO_MAILBOXES.substitute(folder=folder)))
        yield there


def _lay_out(there: RealServers, zone: dict[str, str]) -> None:
    """The folders and settings, each of whoever needs it."""
    folder = there.folder
    folder.chmod(0o755)
    (folder / "mail").mkdir()
    shutil.chown(folder / "mail", "nobody", "nogroup")
    self_signed(there.trusted, "localhost")
    there.trusted.chmod(0o600)
    for name, text in {"dovecot.conf": MAILBOXES, "opendkim.conf": VERIFIER}.items():
        (folder / name).write_text(text.substitute(folder=folder), "utf-8")
    (folder / "passwd").write_text(f"{USER}:{{PLAIN}}{PASSWORD}::::::\n", "utf-8")
    (folder / "zone").write_text("".join(f"{name} {value}\n" for name, value in zone.items()), "utf-8")


@contextmanager
def _running(folder: Path, name: str, *command: str, politely: bool = True) -> Iterator[None]:
    """A server in the foreground, with its own log."""
    with (
        (folder / f"{name}.said").open("w") as log,
        subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=folder) as server,
    ):
        try:
            yield
        finally:
            if politely:
                server.terminate()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    server.wait(10)
            server.kill()


@contextmanager
def postfix(folder: Path, port: int, settings: str) -> Iterator[None]:
    """Postfix at a port for as long as the block lasts, in a folder that others may enter, with these settings besides.

    It goes into the background once it is there, and its first process ends all the others.
    """
    for name in ("conf", "queue", "data"):
        (folder / name).mkdir()
    shutil.chown(folder / "data", "postfix")
    (folder / "conf" / "main.cf").write_text(_USUAL.substitute(folder=folder) + settings, "utf-8")
    (folder / "conf" / "master.cf").write_text(MASTER.substitute(port=port), "utf-8")
    command = [str(POSTFIX), "-c", str(folder / "conf"), "start"]
    with (folder / "postfix.said").open("w") as log:
        subprocess.run(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, check=True, timeout=LATEST)
    first = int((folder / "queue" / "pid" / "master.pid").read_text("ascii"))
    try:
        _wait_for(port)
        yield
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(first, signal.SIGTERM)
            until = time.monotonic() + 10
            while time.monotonic() < until and not _ended(first):
                time.sleep(0.02)


def _ended(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state == "Z"


def _wait_for(where: Path | int) -> None:
    """Until somebody listens at a socket or a port."""
    until = time.monotonic() + LATEST
    family = socket.AF_INET if isinstance(where, int) else socket.AF_UNIX
    address: object = ("127.0.0.1", where) if isinstance(where, int) else str(where)
    while time.monotonic() < until:
        with socket.socket(family) as trial:
            if trial.connect_ex(address) == 0:  # type: ignore[arg-type]  # of either family
                return
        time.sleep(0.02)
    raise TimeoutError(f"nobody listens at {where}")


def free_port() -> int:
    """One that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])
