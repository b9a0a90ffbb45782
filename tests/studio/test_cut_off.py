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

import pytest

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
CUT_OFF = ("unshare", "--map-root-user", "--net")


def test_everything_works_with_the_network_cut() -> None:
    """Every page; an issue begun, written, pasted, checked, approved, tried out by mail and exported; history; every view."""
    if not shutil.which("unshare") or subprocess.run([*CUT_OFF, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this machine lets nobody make a network without a way out (unshare --net)")
    environ = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    played = subprocess.run(
        [*CUT_OFF, sys.executable, "-c", CUT, *PLAYED],
        cwd=ROOT,
        env=environ,
        check=False,
        capture_output=True,
        text=True,
    )
    assert played.returncode == 0, played.stdout[-4000:] + played.stderr[-2000:]
    assert f"{len(PLAYED)} passed" in played.stdout
