"""A real web server on loopback: pages by path, answers as a test writes them, in plain or in TLS."""

from __future__ import annotations

import datetime as dt
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from newsletter.web.reach import Address, Reach

Answer = Callable[[BaseHTTPRequestHandler], None]


def on_loopback(address: Address) -> bool:
    """What tests may reach beside nothing else: this machine."""
    return address.is_loopback


LOOPBACK = Reach(resolve=lambda *_: ("127.0.0.1",), allowed=on_loopback, odd_ports=True)
"""Every name leads to this machine, which may be reached."""


@dataclass
class Site:
    """A server with its pages; ``asked`` are the requests that it saw."""

    port: int
    scheme: str = "http"
    pages: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)

    def url(self, path: str = "/", host: str = "news.example.org") -> str:
        """The address of a page, by the name of a site that the tests send to loopback."""
        return f"{self.scheme}://{host}:{self.port}{path}"

    def put(self, path: str, body: bytes | str, *, status: int = 200, **headers: str) -> None:
        """Put a page up; header names are written with _ for -."""
        data = body.encode() if isinstance(body, str) else body
        said = {"Content_Type": "text/html; charset=utf-8", "Content_Length": str(len(data)), **headers}

        def answer(one: BaseHTTPRequestHandler) -> None:
            one.send_response(status)
            for name, value in said.items():
                one.send_header(name.replace("_", "-"), value)
            one.end_headers()
            if one.command != "HEAD":
                one.wfile.write(data)

        self.pages[path] = answer

    def redirect(self, path: str, to: str, status: int = 302) -> None:
        """Put up a page that leads on."""
        self.put(path, b"", status=status, Location=to)


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """A site for as long as the block lasts."""
    site = Site(0, "https" if tls else "http")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.command, self.path, dict(self.headers)))
            answer = site.pages.get(self.path)
            with suppress(OSError):  # who asked has gone
                if answer:
                    answer(self)
                else:
                    self.send_error(404)

        do_HEAD = do_POST = do_GET  # noqa: N815 - the server's own names

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False

        def handle_error(self, *_: object) -> None:
            """Whoever hangs up in the middle is no mistake of ours."""

    server = Server(("127.0.0.1", 0), Handler)
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    site.port = server.server_address[1]
    running = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    running.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        running.join()


def self_signed(file: Path, host: str, *, expired: bool = False) -> bytes:
    """Write a key and a certificate of its own for one host, over since yesterday if need be; the certificate alone."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=9))
        .not_valid_after(now + dt.timedelta(days=-1 if expired else 1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    pem: bytes = made.public_bytes(serialization.Encoding.PEM)
    file.write_bytes(secret + pem)
    return pem


def certificate(folder: Path, host: str) -> tuple[ssl.SSLContext, Callable[[], ssl.SSLContext]]:
    """A server's TLS for one host, and what makes a client's that believes it."""
    file = folder / "server.pem"
    self_signed(file, host)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(file)
    return server, lambda: ssl.create_default_context(cafile=str(file))


def closed_port() -> int:
    """A port of this machine behind which nobody listens."""
    with socket.socket() as one:
        one.bind((str(ipaddress.IPv4Address("127.0.0.1")), 0))
        return int(one.getsockname()[1])
