"""A real name server on loopback, over UDP and TCP: records by name and kind, good or broken as a test writes them."""

from __future__ import annotations

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.rrset

from newsletter.web.names import Names

STRING = 255
EVERYBODY = "*"


@dataclass
class Zones:
    """What the server holds; ``asked`` are the questions that it saw. Names in ``broken`` get SERVFAIL, in ``mute`` (``*`` for all) nothing."""

    port: int = 0
    held: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    mute: set[str] = field(default_factory=set)
    asked: list[tuple[str, str]] = field(default_factory=list)

    def put(self, name: str, kind: str, *values: str) -> None:
        """Let it hold these records, instead of those of the same name and kind."""
        self.held[name.lower(), kind] = list(values)

    def txt(self, name: str, *values: str) -> None:
        """Let it hold these texts, cut into strings as DNS wants them."""
        self.put(name, "TXT", *(_strings(one) for one in values))

    def names(self, patience: float = 10) -> Names:
        """Who asks this server and no other."""
        return Names((("127.0.0.1", self.port),), patience)

    def answer(self, data: bytes, *, udp: bool) -> bytes | None:
        """The answer to one question."""
        query = dns.message.from_wire(data)
        question = query.question[0]
        name, kind = question.name.to_text(omit_final_dot=True).lower(), dns.rdatatype.to_text(question.rdtype)
        self.asked.append((name, kind))
        reply = dns.message.make_response(query)
        if name in self.mute or EVERYBODY in self.mute:
            return None
        if name in self.broken:
            reply.set_rcode(dns.rcode.SERVFAIL)
            return reply.to_wire()
        self._fill(reply, name, kind)
        wire = reply.to_wire(max_size=65535)
        if udp and len(wire) > max(query.payload, 512):
            reply.answer.clear()
            reply.flags |= dns.flags.TC
            wire = reply.to_wire()
        return wire

    def _fill(self, reply: dns.message.Message, name: str, kind: str) -> None:
        while (name, "CNAME") in self.held and kind != "CNAME":
            target = self.held[name, "CNAME"][0]
            reply.answer.append(_set(name, "CNAME", [f"{target}."]))
            name = target.lower()
        if values := self.held.get((name, kind)):
            reply.answer.append(_set(name, kind, values))
        elif not any(there == name or there.endswith(f".{name}") for there, _ in self.held):
            reply.set_rcode(dns.rcode.NXDOMAIN)


def _set(name: str, kind: str, values: list[str]) -> dns.rrset.RRset:
    return dns.rrset.from_text_list(f"{name}.", 60, "IN", kind, values)


def _strings(text: str) -> str:
    pieces = [text[at : at + STRING] for at in range(0, len(text), STRING)] or [""]
    return " ".join('"' + piece.replace("\\", "\\\\").replace('"', '\\"') + '"' for piece in pieces)


@contextmanager
def name_server() -> Iterator[Zones]:
    """A server for as long as the block lasts."""
    zones = Zones()

    class Datagram(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            data, line = self.request
            if (found := zones.answer(data, udp=True)) is not None:
                line.sendto(found, self.client_address)

    class Stream(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            length = int.from_bytes(self.rfile.read(2), "big")
            if (found := zones.answer(self.rfile.read(length), udp=False)) is not None:
                self.wfile.write(len(found).to_bytes(2, "big") + found)

    udp, tcp = _pair(Datagram, Stream)
    zones.port = udp.server_address[1]
    threads = [threading.Thread(target=one.serve_forever, args=(0.02,), daemon=True) for one in (udp, tcp)]
    for thread in threads:
        thread.start()
    try:
        yield zones
    finally:
        for one in (udp, tcp):
            one.shutdown()
            one.server_close()


def _pair(
    datagram: type[socketserver.BaseRequestHandler], stream: type[socketserver.BaseRequestHandler]
) -> tuple[socketserver.UDPServer, socketserver.TCPServer]:
    """Both kinds on one port, which the system chooses."""
    while True:
        udp = socketserver.ThreadingUDPServer(("127.0.0.1", 0), datagram)
        udp.daemon_threads = True
        try:
            tcp = socketserver.ThreadingTCPServer(("127.0.0.1", udp.server_address[1]), stream)
        except OSError:  # somebody else has the port for TCP
            udp.server_close()
            continue
        tcp.daemon_threads = True
        tcp.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return udp, tcp
