"""A mail server on loopback for proofs: it writes each letter down before it answers, and breaks where it is told to."""

from __future__ import annotations

import contextlib
import hashlib
import socket
import struct
import subprocess
import threading
import time
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple

STALL = 1.3  # seconds: longer than a proof's sender waits
TESTER = "ana@example.org"


class Arrival(NamedTuple):
    """One letter that the server has taken."""

    person: str  # hash of the recipient
    number: str  # Message-ID
    at: float = 0.0  # by a clock that all processes of this machine share


@dataclass
class Cut:
    """After so many letters, at this step, this becomes of the line, or of everybody's until ``back`` is said."""

    after: int
    step: str
    how: str  # drop, reset, stall
    everybody: bool = False


@dataclass
class Sink:
    """The server. A letter counts once it is in ``written``, whatever becomes of the answer."""

    written: list[Arrival] = field(default_factory=list)
    place: int = -1  # after so many messages ...
    step: str = ""  # ... at this step the sender is killed
    victim: subprocess.Popen[bytes] | None = None
    cut: Cut | None = None
    several: bool = False  # whether it takes several commands at once
    stall: float = STALL
    testers: tuple[str, ...] = (TESTER,)  # addresses of one's own: what goes there is no reader's letter

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = int(self._listener.getsockname()[1])
        self._lock = threading.Lock()
        self._gone, self._over = threading.Event(), False
        self._lines: set[socket.socket] = set()
        self._talking: list[threading.Thread] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def quiet(self) -> None:
        """Wait until whatever was on its way is written down."""
        while self._talking:
            self._talking.pop().join(10)

    def back(self) -> None:
        """The network is there again."""
        self._gone.clear()
        self.cut = None

    def close(self) -> None:
        """Listen no more."""
        self._over = True
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            pass
        self._listener.close()

    def _accept(self) -> None:
        while not self._over:
            connection, _ = self._listener.accept()
            if self._gone.is_set() or self._over:
                connection.close()
                continue
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            thread.start()
            self._talking.append(thread)

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            self._lines.add(connection)
            try:
                self._talk(connection)
            except OSError:
                return  # the sender was killed, or the line was cut
            finally:
                self._lines.discard(connection)

    def _talk(self, connection: socket.socket) -> None:
        self._reached("GREETING", connection)
        connection.sendall(b"220 sink.example.org ESMTP\r\n")
        lines, recipient = connection.makefile("rb"), ""
        for line in lines:
            verb = line[:4].upper().decode("ascii", "replace")
            self._reached(verb, connection)
            if verb == "EHLO":
                more = b"250-PIPELINING\r\n" if self.several else b""
                connection.sendall(b"250-sink.example.org\r\n" + more + b"250 ENHANCEDSTATUSCODES\r\n")
            elif verb == "QUIT":
                connection.sendall(b"221 2.0.0 Bye\r\n")
                return
            elif verb == "DATA":
                connection.sendall(b"354 Go on\r\n")
                if not self._take(connection, lines, recipient):
                    return
            else:
                if verb == "RCPT":
                    recipient = line.decode("utf-8").partition("<")[2].partition(">")[0]
                connection.sendall(b"250 2.0.0 Ok\r\n")

    def _take(self, connection: socket.socket, lines: BinaryIO, recipient: str) -> bool:
        number = ""
        for count, line in enumerate(lines):
            if line == b".\r\n":
                break
            if count == 3:
                self._reached("in the text", connection)
            if not number and line.lower().startswith(b"message-id:"):
                number = line.decode("ascii").partition(":")[2].strip()
        else:
            return False
        self._reached("at the dot", connection)
        if recipient in self.testers:
            connection.sendall(b"250 2.0.0 Ok: queued\r\n")
            return True
        with self._lock:
            self.written.append(Arrival(hashed(recipient), number, time.monotonic()))
        self._reached("before the answer", connection, -1)
        connection.sendall(b"250 2.0.0 Ok: queued\r\n")
        self._reached("after the answer", connection, -1)
        if self.step == "soon after" and len(self.written) > self.place >= 0:
            time.sleep(0.0007 * (1 + self.place % 4))
            self._reached("soon after", connection, -1)
        return True

    def _reached(self, step: str, connection: socket.socket, just: int = 0) -> None:
        with self._lock:
            there = len(self.written) + just
            if self.victim is not None and step == self.step and there >= self.place:
                self.victim.kill()
                self.victim.wait()
                self.victim = None
            cut = self.cut if self.cut and step == self.cut.step and there >= self.cut.after else None
            if cut:
                self.cut = None
            others = [one for one in self._lines if one is not connection] if cut and cut.everybody else []
            if others or (cut and cut.everybody):
                self._gone.set()
        if cut:
            _break([connection, *others], cut.how, self.stall)


def _break(lines: list[socket.socket], how: str, stall: float) -> None:
    """Hang up politely, hang up so that the other side hears of an error, or say nothing until it has given up."""
    if how == "stall":
        time.sleep(stall)
    for one in lines:
        with contextlib.suppress(OSError):
            if how == "reset":
                one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            if one is not lines[0]:  # let go the thread that reads there; it closes the line
                one.shutdown(socket.SHUT_RD if how == "reset" else socket.SHUT_RDWR)
            one.close()
    raise OSError


def hashed(address: str) -> str:
    """What the server writes down of a recipient."""
    return hashlib.sha256(address.lower().encode()).hexdigest()
