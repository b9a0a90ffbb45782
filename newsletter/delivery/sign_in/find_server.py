"""The name of a mail server -> how mail is handed over to it: encrypted from the start (465), or by STARTTLS (587)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace

from newsletter.delivery.server import Server
from newsletter.delivery.session import NoServer, connect
from newsletter.errors import OutsideFailed

_WAYS = (("tls", 465), ("starttls", 587))  # RFC 8314 §3.3: the first is better


class NotFound(OutsideFailed):
    """Nobody answers there."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"No mail server answers at {host}, neither at port 465 nor at port 587. Nothing was changed.",
            "See that you are online, and that the name is as your provider writes it; then: newsletter login",
        )


def find_server(server: Server, show: Callable[[str], None] | None = None) -> Server:
    """The first way that is answered, safely; nobody signs in. Raises NotFound, TlsRefused."""
    for one in _each(server):
        with suppress(NoServer):
            connect(replace(one, user="", password="", bearer=None), show=show).close()
            return one
    raise NotFound(server.host)


def _each(server: Server) -> Iterator[Server]:
    for security, port in _WAYS:
        yield replace(server, security=security, port=port)
