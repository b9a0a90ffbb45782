"""A Desk and a port -> the studio, running on this machine until Ctrl-C."""

from __future__ import annotations

import socket

import uvicorn

from newsletter.studio.app import studio_app
from newsletter.studio.desk import Desk


def serve(desk: Desk, listener: socket.socket) -> None:
    """Serve the studio until Ctrl-C."""
    port = listener.getsockname()[1]
    config = uvicorn.Config(
        studio_app(desk, port), log_config=None, log_level="error", access_log=False, lifespan="on", ws="none"
    )
    server = uvicorn.Server(config)
    desk.watch.stopping = lambda: server.should_exit
    server.run(sockets=[listener])
