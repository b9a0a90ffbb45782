"""A number -> a listening socket on this machine, there before anything heavy is loaded: a browser may already come."""

from __future__ import annotations

import socket
import sys

from newsletter.errors import OutsideFailed

LOOPBACK = "127.0.0.1"
TRIES = 20
WAITING = 128  # connections that may wait until the studio is ready
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
            listener.listen(WAITING)
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
