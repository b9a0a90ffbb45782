"""The name of a mail server -> how mail is handed over to it: encrypted from the start (465), or by STARTTLS (587)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from newsletter.delivery.server import Server
from newsletter.delivery.session import NoServer, connect

_WAYS = (("tls", 465), ("starttls", 587))  # RFC 8314 §3.3: the first is better


def find_server(server: Server, show: Callable[[str], None] | None = None) -> Server:
    """The first way that is answered, safely; nobody signs in. Raises NoServer, TlsRefused."""
    trouble: NoServer | None = None
    for one in _each(server):
        try:
            connect(replace(one, user="", password="", bearer=None), show=show).close()
        except NoServer as error:
            trouble = trouble or error
        else:
            return one
    raise trouble or NoServer(server, "cannot be reached")


def _each(server: Server) -> Iterator[Server]:
    for security, port in _WAYS:
        yield replace(server, security=security, port=port)
