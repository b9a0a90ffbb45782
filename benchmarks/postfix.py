"""A free port -> a real Postfix on loopback that takes everything and throws it away, in a folder of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_DAEMONS = Path("/usr/lib/postfix/sbin")
_MAIN = """
compatibility_level = 3.6
queue_directory = {there}/queue
data_directory = {there}/data
meta_directory = /etc/postfix
daemon_directory = {daemons}
maillog_file = {there}/log
maillog_file_prefixes = {there}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
myhostname = relay.example.org
mydestination =
alias_maps =
alias_database =
smtpd_relay_restrictions = permit_mynetworks, reject
default_transport = discard:
default_process_limit = 20
"""
_MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


@contextmanager
def postfix() -> Iterator[int | None]:
    """Its port, once it answers; None where it is not installed, or we may not start it."""
    program = shutil.which("postfix", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None or not _DAEMONS.is_dir() or os.name != "posix" or os.geteuid() != 0:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
        free.close()
        there = _laid_out(Path(folder), port)
        command = [program, "-c", str(there)]
        subprocess.run([*command, "start"], check=True, capture_output=True)
        try:
            _wait_for(port)
            yield port
        finally:
            subprocess.run([*command, "stop"], check=True, capture_output=True)


def _laid_out(there: Path, port: int) -> Path:
    there.chmod(0o755)
    for name in ("queue", "data"):
        (there / name).mkdir()
    shutil.chown(there / "data", "postfix")
    (there / "main.cf").write_text(_MAIN.format(there=there, daemons=_DAEMONS), "utf-8")
    (there / "master.cf").write_text(_MASTER.format(port=port), "utf-8")
    return there


def _wait_for(port: int) -> None:
    for tries_left in reversed(range(100)):
        try:
            with socket.create_connection(("127.0.0.1", port), 1) as there:
                there.recv(100)
                return
        except OSError:
            if not tries_left:
                raise
            time.sleep(0.1)
