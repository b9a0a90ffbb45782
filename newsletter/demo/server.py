"""A folder -> a mail server on a free port of this machine, which keeps every message it takes as ``NN.eml`` there."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

LOOPBACK = "127.0.0.1"
LONGEST = 10  # seconds for it to start, and to stop


@dataclass
class Received:
    """What the server has taken: its port, and how many messages and recipients it has accepted."""

    folder: Path
    port: int = 0
    messages: int = 0
    recipients: list[str] = field(default_factory=list, repr=False)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Keep a message, and answer as a mail server does."""
        del server, session
        content = envelope.content or b""
        (self.folder / f"{self.messages + 1:02}.eml").write_bytes(
            content if isinstance(content, bytes) else content.encode()
        )
        self.recipients += envelope.rcpt_tos
        self.messages += 1  # last: whoever waits for it finds the rest there
        return "250 2.0.0 taken"


@contextmanager
def mail_server(folder: Path) -> Iterator[Received]:
    """Run a mail server, with an event loop of its own in a thread of its own, until the block ends."""
    folder.mkdir(parents=True, exist_ok=True)
    received = Received(folder)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="demo mail server", daemon=True)
    thread.start()
    server = asyncio.run_coroutine_threadsafe(_start(received), loop).result(LONGEST)
    try:
        yield received
    finally:
        asyncio.run_coroutine_threadsafe(_stop(server), loop).result(LONGEST)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(LONGEST)
        loop.close()


async def _start(received: Received) -> asyncio.Server:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(received, hostname="mail.example.org", enable_SMTPUTF8=True, loop=loop), LOOPBACK, 0
    )
    received.port = server.sockets[0].getsockname()[1]
    return server


async def _stop(server: asyncio.Server) -> None:
    """Take no more, and end what is still open of the sessions, so that nothing is left behind."""
    server.close()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
