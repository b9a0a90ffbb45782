"""A Desk and a port -> the studio, running on this machine until Ctrl-C."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable

import uvicorn

from newsletter.errors import OutsideFailed
from newsletter.studio.app import studio_app
from newsletter.studio.desk import Desk

LOOPBACK = "127.0.0.1"
TRIES = 20
HIGHEST_PORT = 65535


class NoPort(OutsideFailed):
    """No port could be had for the studio."""

    def __init__(self, port: int) -> None:
        super().__init__(
            f"The studio found no free port from {port} on.", "Name another: newsletter preview --port 8100"
        )


def take_port(port: int) -> socket.socket:
    """A listening socket on this machine only, at this port or the next free one; 0 takes any. Raises NoPort."""
    for one in range(port, min(port + TRIES, HIGHEST_PORT + 1)):
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        _own_alone(listener)
        try:
            listener.bind((LOOPBACK, one))
            listener.listen()
        except OSError:
            listener.close()
            continue
        return listener
    raise NoPort(port)


def _own_alone(listener: socket.socket) -> None:
    """Take a port that has just been left, but never share one with a running program (the flags differ on Windows)."""
    if sys.platform == "win32":
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    else:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)


def serve(desk: Desk, listener: socket.socket, ready: Callable[[str], None]) -> None:
    """Serve the studio until Ctrl-C; ``ready`` is called with its address once a browser may come."""
    port = listener.getsockname()[1]
    config = uvicorn.Config(
        studio_app(desk, port), log_config=None, log_level="error", access_log=False, lifespan="on", ws="none"
    )
    server = uvicorn.Server(config)
    desk.watch.stopping = lambda: server.should_exit
    ready(f"http://{LOOPBACK}:{port}/")
    server.run(sockets=[listener])
