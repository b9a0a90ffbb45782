"""An open SMTP session's socket -> whole replies, each within its time, and what is written to it.

smtplib's reader takes half a line for a whole one when the connection breaks, and starts its clock anew at each byte.
Here half a reply is none, a reply has one time from its first byte to its last, and no server can fill the memory.
"""

from __future__ import annotations

import contextlib
import re
import select
import smtplib
import socket
import ssl
import time

from newsletter.delivery.replies import Reply

_REPLY = re.compile(r"([2-5]\d\d)(?:([ -])(.*))?")
_LONGEST_LINE = 8192  # RFC 5321 §4.5.3.1.5 says 512; nobody needs more than this
_MOST_LINES = 200
_CHUNK = 65_536
NO_REPLY = -1


class Lost(Exception):
    """The connection ended, fell silent for too long, or is no connection."""


class Wire:
    """What is said and heard on one connection, once smtplib has set it up."""

    def __init__(self, session: smtplib.SMTP) -> None:
        if session.sock is None:
            raise Lost
        self._socket = session.sock
        self._heard = _read_ahead(session)
        self._patience = -1.0

    def write(self, data: bytes, seconds: float) -> None:
        """Write everything; each block of 64 KiB may take so long. Raises Lost."""
        try:
            self._wait(seconds)
            if len(data) <= _CHUNK:
                self._socket.sendall(data)
                return
            view = memoryview(data)
            for start in range(0, len(data), _CHUNK):
                self._socket.sendall(view[start : start + _CHUNK])
        except (OSError, ValueError):
            raise Lost from None

    def reply(self, seconds: float) -> Reply:
        """The next reply, all its lines; its code is NO_REPLY where it is none by RFC 5321 §4.2. Raises Lost."""
        until = time.monotonic() + seconds
        code, texts = "", []
        for _ in range(_MOST_LINES):
            line = self._line(until, seconds)
            found = _REPLY.fullmatch(line)
            if not found or (code and found[1] != code):
                return Reply(NO_REPLY, line)
            code = found[1]
            texts.append(found[3] or "")
            if found[2] != "-":
                return Reply(int(code), "\n".join(texts))
        return Reply(NO_REPLY, "\n".join(texts[:2]))

    def early(self) -> Reply | None:
        """What the server says unasked; None where it keeps silent, as it should. Raises Lost where it has hung up."""
        if not self._heard:
            try:
                if not self._there():
                    return None
                self._wait(0)
                self._heard = self._socket.recv(_CHUNK)
            except (BlockingIOError, ssl.SSLWantReadError):
                return None
            except (OSError, ValueError):
                raise Lost from None
            if not self._heard:
                raise Lost
        return self.reply(1)

    def abort(self) -> None:
        """Cut the connection, from whatever thread: who waits for an answer is let go at once."""
        with contextlib.suppress(OSError):
            socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def _wait(self, seconds: float) -> None:
        """Let the next call take so long. Each change lets another thread in, so it is made only where it is one."""
        if seconds != self._patience:
            self._socket.settimeout(seconds)
            self._patience = seconds

    def _there(self) -> bool:
        if isinstance(self._socket, ssl.SSLSocket) and self._socket.pending():
            return True
        return bool(select.select((self._socket,), (), (), 0)[0])

    def _line(self, until: float, seconds: float) -> str:
        while (end := self._heard.find(b"\n")) < 0:
            more = self._more(seconds)
            seconds = max(0.001, until - time.monotonic())
            self._heard = self._heard[:_LONGEST_LINE] + more  # a longer line loses its middle
        line, self._heard = self._heard[:end], self._heard[end + 1 :]
        return line.rstrip(b"\r").decode("utf-8", "replace")

    def _more(self, seconds: float) -> bytes:
        try:
            self._wait(seconds)
            more = self._socket.recv(_CHUNK)
        except (OSError, ValueError):
            raise Lost from None
        if not more:
            raise Lost
        return more


def _read_ahead(session: smtplib.SMTP) -> bytes:
    """What smtplib's reader holds beyond the last reply: nothing, unless the server is out of step."""
    if session.file is None or session.sock is None:
        return b""
    try:
        session.sock.settimeout(0)
        return bytes(session.file.peek())
    except (OSError, ValueError):
        return b""
