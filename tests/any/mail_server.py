"""What takes letters -> a mail server that others wrote, aiosmtpd, which listens for as long as a block lasts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from tests.any.web import closed_port

USER, PASSWORD = "peru", "open sesame"
LATEST = 60  # seconds until it listens; most often none, but a machine may be busy


@contextmanager
def listening(takes: object, *, port: int = 0, **more: Any) -> Iterator[int]:
    """It listens at this port of this machine, or at a free one, when the block begins."""
    port = port or closed_port()
    controller = Controller(takes, hostname="127.0.0.1", port=port, ready_timeout=LATEST, **more)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def user_and_password(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
    """Lets in whoever says both; to be given as ``authenticator``."""
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)
