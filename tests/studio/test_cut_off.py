"""With the network cut and no name that can be resolved, everything in the studio works: a month goes through all the same.

The tests named here are played once more in a network of their own, in which this machine has nothing but its loopback:
the studio, its browser and the mail server of the test copy are all in there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLAYED = (
    "tests/studio/test_month.py::test_a_month[Mouse]",
    "tests/studio/test_managing_seen.py::test_a_narrow_window_shows_everything[320]",  # every page around the issues
    "tests/studio/test_app.py::test_nothing_remote_is_asked_for",
    "tests/studio/test_writing_axe.py::test_the_history_brings_a_state_back",
    "tests/studio/test_views.py::test_a_save_repaints_every_view",
)
CUT = """
import fcntl, os, socket, struct, sys
if os.environ.get("NO_NETWORK") != "refused":
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as lo:
        fcntl.ioctl(lo, 0x8914, struct.pack("16sh14x", b"lo", 0x41))  # SIOCSIFFLAGS: up and running (netdevice(7))
for reach in (lambda: socket.create_connection(("192.0.2.1", 80), 5), lambda: socket.getaddrinfo("example.org", 80)):
    try:
        reach()
    except OSError:
        continue
    sys.exit("the network is not cut")
os.execv(sys.executable, [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *sys.argv[1:]])
"""
REFUSES = """
import socket
own, found = socket.socket.connect, socket.getaddrinfo
def here(host):
    return host in ("127.0.0.1", "::1", "localhost", "", None)
def connect(self, address):
    if self.family != socket.AF_UNIX and not here(address[0]):
        raise OSError("the network is cut")
    return own(self, address)
def getaddrinfo(host, *given, **more):
    if not here(host):
        raise socket.gaierror("no name can be resolved")
    return found(host, *given, **more)
socket.socket.connect, socket.getaddrinfo = connect, getaddrinfo
"""
"""For a machine that lets nobody make a network: each Python process refuses for itself; the browser resolves no name anyway."""
CUT_OFF = ("unshare", "--map-root-user", "--net")


def test_everything_works_with_the_network_cut(tmp_path: Path) -> None:
    """Every page; an issue begun, written, pasted, checked, approved, tried out by mail and exported; history; every view."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    may = (
        shutil.which("unshare") and not subprocess.run([*CUT_OFF, "true"], check=False, capture_output=True).returncode
    )
    if not may:
        (tmp_path / "sitecustomize.py").write_text(REFUSES, "utf-8")
        environ |= {"PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)]), "NO_NETWORK": "refused"}
    played = subprocess.run(
        [*(CUT_OFF if may else ()), sys.executable, "-c", CUT, *PLAYED],
        cwd=ROOT,
        env=environ,
        check=False,
        capture_output=True,
        text=True,
    )
    assert played.returncode == 0, played.stdout[-4000:] + played.stderr[-2000:]
    assert f"{len(PLAYED)} passed" in played.stdout
