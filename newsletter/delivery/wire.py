"""An open SMTP session's socket -> whole replies, each within its time, and what is written to it.

smtplib's reader takes half a line for a whole one when the connection breaks, and starts its clock anew at each byte.
Here half a reply is none, a reply has one time from its first byte to its last, and no server can fill the memory.
The socket never blocks: what can be done at once is done in one call, and only what cannot waits, so that others may
have their turns. A socket with a time of its own asks the system twice for each piece.
"""

from __future__ import annotations

import contextlib
import re
import smtplib
import socket
import ssl
import time
from collections.abc import Callable

from newsletter import turns
from newsletter.delivery.replies import Reply

_REPLY = re.compile(r"([2-5]\d\d)(?:([ -])(.*))?")
_WHOLE_LINE = re.compile(rb"([2-5][0-9][0-9])(?: ([^\r\n]*))?\r?\n")
_LONGEST_LINE = 8192  # RFC 5321 §4.5.3.1.5 says 512; nobody needs more than this
_MOST_LINES = 200
_CHUNK = 65_536
_CHANGE_OF_KEYS = 60.0  # seconds
_SOON = 0.05  # seconds; what takes longer is a wait in which a process may be killed
NO_REPLY = -1


class Lost(Exception):
    """The connection ended, fell silent for too long, or is no connection."""


def nothing() -> None:
    """There is nothing to do meanwhile."""


class Wire:
    """What is said and heard on one connection, once smtplib has set it up; ``meanwhile`` is called in each long wait."""

    def __init__(self, session: smtplib.SMTP, meanwhile: Callable[[], None] = nothing) -> None:
        if session.sock is None:
            raise Lost
        self._meanwhile = meanwhile
        self._socket = session.sock
        self._heard = _read_ahead(session)
        self._socket.setblocking(False)  # noqa: FBT003 - the name of the call says what it means

    def write(self, data: bytes, seconds: float) -> None:
        """Write everything; each block that the system takes at once may take so long to be taken.

        Raises Lost, and what ``meanwhile`` raises; so do ``reply`` and ``early``.
        """
        view = memoryview(data)
        while view:
            try:
                view = view[self._socket.send(view) :]
            except (BlockingIOError, ssl.SSLWantWriteError):
                self._wait(seconds, writing=True)
            except ssl.SSLWantReadError:
                self._wait(seconds)
            except (OSError, ValueError):
                raise Lost from None

    def reply(self, seconds: float) -> Reply:
        """The next reply, all its lines; its code is NO_REPLY where it is none by RFC 5321 §4.2. Raises Lost."""
        if whole := _WHOLE_LINE.match(self._heard):  # most replies are one line, and came with the one before
            self._heard = self._heard[whole.end() :]
            return Reply(int(whole[1]), (whole[2] or b"").decode("utf-8", "replace"))
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
        if not self._heard and not (more := self._there()):
            return None
        self._heard = self._heard or more
        return self.reply(1)

    def abort(self) -> None:
        """Cut the connection, from whatever thread: who waits for an answer is let go at once."""
        with contextlib.suppress(OSError):
            socket.socket.shutdown(self._socket, socket.SHUT_RDWR)

    def _line(self, until: float, seconds: float) -> str:
        while (end := self._heard.find(b"\n")) < 0:
            more = self._more(seconds)
            seconds = max(0.001, until - time.monotonic())
            self._heard = self._heard[:_LONGEST_LINE] + more  # a longer line loses its middle
        line, self._heard = self._heard[:end], self._heard[end + 1 :]
        return line.rstrip(b"\r").decode("utf-8", "replace")

    def _more(self, seconds: float) -> bytes:
        """What comes next, once it comes."""
        until = time.monotonic() + seconds
        if not isinstance(self._socket, ssl.SSLSocket):
            self._wait(seconds)  # nothing is there as yet; what TLS has read already the system does not know of
        while not (more := self._there()):
            self._wait(until - time.monotonic())
        return more

    def _there(self) -> bytes:
        """What is there already, b"" for nothing as yet. Raises Lost where nothing will ever come."""
        try:
            more = self._socket.recv(_CHUNK)
        except (BlockingIOError, ssl.SSLWantReadError):
            return b""
        except ssl.SSLWantWriteError:  # TLS wants to change its keys, and its buffer is full
            self._wait(_CHANGE_OF_KEYS, writing=True)
            return b""
        except (OSError, ValueError):
            raise Lost from None
        if not more:
            raise Lost
        return more

    def _wait(self, seconds: float, *, writing: bool = False) -> None:
        """Wait until something can be read or written. Raises Lost where it takes longer, and what ``meanwhile`` raises."""
        soon = min(seconds, _SOON)
        if turns.ready(self._socket, soon, writing=writing):
            return
        self._meanwhile()
        if not turns.ready(self._socket, seconds - soon, writing=writing):
            raise Lost


def _read_ahead(session: smtplib.SMTP) -> bytes:
    """What smtplib's reader holds beyond the last reply: nothing, unless the server is out of step."""
    if session.file is None or session.sock is None:
        return b""
    try:
        session.sock.settimeout(0)
        return bytes(session.file.peek())
    except (OSError, ValueError):
        return b""
