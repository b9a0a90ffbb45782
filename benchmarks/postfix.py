"""A free port -> a real Postfix on loopback that takes everything and throws it away, in a folder of its own."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.real_servers.servers import POSTFIX, free_port, postfix

_THROWN_AWAY = """
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
default_transport = discard:
default_process_limit = 20
"""


@contextmanager
def thrown_away() -> Iterator[int | None]:
    """Its port, once it answers; None where it is not installed, or we may not start it."""
    if not POSTFIX.exists() or os.name != "posix" or os.geteuid() != 0:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:
        there, port = Path(folder), free_port()
        there.chmod(0o755)
        with postfix(there, port, _THROWN_AWAY):
            yield port
