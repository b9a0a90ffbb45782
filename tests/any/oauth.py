"""A real authority on loopback that gives tokens (RFC 6749, 7636, 7009, 8628), and a mail server that takes them (aiosmtpd)."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from aiosmtpd.smtp import MISSING, SMTP, AuthResult, Envelope, Session

from newsletter.delivery.sign_in.authority import Authority, Client
from newsletter.web.fetch import Page, post
from tests.any.mail_server import listening
from tests.any.web import LOOPBACK, closed_port

ID = "01234567-89ab-cdef-0123-456789abcdef"
SCOPE = "https://outlook.office.com/SMTP.Send offline_access"
Form = Mapping[str, str]


class No(Exception):
    """What the authority answers with, other than 200."""

    def __init__(self, error: str, status: int = 400) -> None:
        self.error, self.status = error, status


@dataclass
class Giver:
    """Gives tokens; ``says`` are answers it gives before it goes by the rules, one for each request for tokens."""

    port: int = 0
    user: str = "peru@example.org"
    rotates: bool = True
    lifetime: float = 3600
    interval: int = 5
    says: list[str] = field(default_factory=list)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    valid: set[str] = field(default_factory=set)
    refreshing: set[str] = field(default_factory=set)
    devices: set[str] = field(default_factory=set)
    codes: dict[str, str] = field(default_factory=dict)  # of a browser's answer -> its PKCE challenge
    given: list[str] = field(default_factory=list)  # every secret that ever left here
    delay: float = 0.0
    declines: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)

    def url(self, path: str) -> str:
        """An address of it."""
        return f"http://127.0.0.1:{self.port}/tenant/oauth2/v2.0/{path}"

    @property
    def authority(self) -> Authority:
        """Where a client finds it."""
        return Authority(
            "Giver",
            self.url("token"),
            SCOPE,
            device_url=self.url("devicecode"),
            browser_url=self.url("authorize"),
            revoke_url=self.url("revoke"),
        )

    @property
    def client(self) -> Client:
        """Who asks."""
        return Client(self.authority, ID)

    def refreshes(self) -> int:
        """How often a token was renewed."""
        return sum(form.get("grant_type") == "refresh_token" for _, form in self.asked)

    def expire(self) -> None:
        """No access token holds any more."""
        self.valid.clear()

    def withdraw(self) -> None:
        """Nothing holds any more."""
        self.valid.clear()
        self.refreshing.clear()

    def tokens(self) -> dict[str, Any]:
        """A new pair."""
        access, refresh = self._new(), self._new()
        self.valid.add(access)
        self.refreshing.add(refresh)
        return {"access_token": access, "refresh_token": refresh, "expires_in": self.lifetime, "token_type": "Bearer"}

    def answer(self, path: str, form: dict[str, str]) -> dict[str, Any]:
        """What is said to a form. Raises No."""
        with self.lock:
            self.asked.append((path, form))
            time.sleep(self.delay)
            if path == "devicecode":
                return self._device(form)
            if path == "revoke":
                self.refreshing.discard(form["token"])
                return {}
            if self.says and (said := self.says.pop(0)):
                raise No(said, 503 if said == "down" else 400)
            return self._granted(form)

    def _device(self, form: dict[str, str]) -> dict[str, Any]:
        if form != {"client_id": ID, "scope": SCOPE}:
            raise No("invalid_scope")
        code = self._new()
        self.devices.add(code)
        page = "https://microsoft.example.com/devicelogin"
        return {
            "device_code": code,
            "user_code": "FGJTKLMNP",
            "verification_uri": page,
            "expires_in": 900,
            "interval": self.interval,
        }

    def _granted(self, form: dict[str, str]) -> dict[str, Any]:
        kind = form["grant_type"]
        if kind.endswith(":device_code") and form["device_code"] in self.devices:
            self.devices.discard(form["device_code"])
            return self.tokens()
        if kind == "refresh_token" and form["refresh_token"] in self.refreshing:
            found = self.tokens()
            if self.rotates:
                self.refreshing.discard(form["refresh_token"])
            else:
                self.refreshing.discard(found.pop("refresh_token"))
            return found
        if kind == "authorization_code" and form["code"] in self.codes:
            challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest())
            if self.codes.pop(form["code"]) == challenge.rstrip(b"=").decode():
                return self.tokens()
        raise No("invalid_grant")

    def led_back(self, asks: dict[str, str]) -> str:
        """Where the page leads on to: yes is said there, or no."""
        said = {"state": asks["state"]}
        if self.declines:
            return f"{asks['redirect_uri']}?{urlencode({'error': 'access_denied', **said})}"
        code = self._new()
        self.codes[code] = asks["code_challenge"]
        return f"{asks['redirect_uri']}?{urlencode({'code': code, **said})}"

    def _new(self) -> str:
        self.given.append(secrets.token_urlsafe(32))
        return self.given[-1]


@contextmanager
def giving(**more: Any) -> Iterator[Giver]:
    """An authority for as long as the block lasts."""
    giver = Giver(**more)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            form = {name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()}
            try:
                status, said = 200, giver.answer(self.path.rpartition("/")[2], form)
            except No as no:
                words = (
                    f"AADSTS70043: {form.get('refresh_token', 'none')} is not good."  # some repeat what they were told
                )
                status, said = no.status, {"error": no.error, "error_description": words}
            self._send(status, json.dumps(said).encode())

        def do_GET(self) -> None:
            asks = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
            giver.asked.append(("authorize", asks))
            self.send_response(302)
            self.send_header("Location", giver.led_back(asks))
            self.end_headers()

        def _send(self, status: int, data: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    giver.port = server.server_address[1]
    running = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    running.start()
    try:
        yield giver
    finally:
        server.shutdown()
        server.server_close()
        running.join()


def post_here(url: str, form: Form) -> Page:
    """Hand a form over on this machine."""
    return post(url, form, reach=LOOPBACK)


def post_to(giver: Giver) -> Callable[[str, Form], Page]:
    """The same, with an address of the web led to the authority on this machine."""

    def send(url: str, form: Form) -> Page:
        return post_here(giver.url(urlsplit(url).path.rpartition("/")[2]), form)

    return send


@dataclass
class Taker:
    """A mail server's own: takes tokens that hold, and passwords; keeps what arrives."""

    giver: Giver
    password: str = ""
    at: Mapping[int, Callable[[], None]] = field(default_factory=dict)  # what happens after so many letters
    says_when_over: str = "421 4.7.0 Your sign-in has ended"
    refuses: str = ""  # what it says to every sign-in, whatever it is
    got: Counter[str] = field(default_factory=Counter)
    tried: list[tuple[str, str]] = field(default_factory=list)  # way and token
    after_error: list[bytes] = field(default_factory=list)  # what was said to a challenge that tells of an error
    port: int = 0

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:  # noqa: N802 - aiosmtpd's
        """Google's and Microsoft's own way."""
        said = base64.b64decode(args[1]).decode()
        head, bearer, *_ = said.split("\x01")
        return await self._taken(server, "XOAUTH2", head.removeprefix("user="), bearer)

    async def auth_OAUTHBEARER(self, server: SMTP, args: list[str]) -> AuthResult:  # noqa: N802 - aiosmtpd's
        """RFC 7628's."""
        said = base64.b64decode(args[1]).decode()
        head, *pairs = said.split("\x01")
        bearer = next(one for one in pairs if one.startswith("auth="))
        return await self._taken(server, "OAUTHBEARER", head.removeprefix("n,a=").rstrip(","), bearer)

    async def _taken(self, server: SMTP, how: str, user: str, bearer: str) -> AuthResult:
        token = bearer.removeprefix("auth=Bearer ")
        self.tried.append((how, token))
        if self.refuses:
            return AuthResult(success=False, handled=False, message=self.refuses)
        if user == self.giver.user and token in self.giver.valid:
            return AuthResult(success=True, auth_data=token)
        error = await server.challenge_auth(json.dumps({"status": "401", "schemes": "bearer"}))
        if error is MISSING:
            return AuthResult(success=False, handled=True)
        self.after_error.append(bytes(error))
        return AuthResult(success=False, handled=False)

    def check(self, _server: Any, _session: Any, _envelope: Any, mechanism: str, data: Any) -> AuthResult:
        """A password."""
        self.tried.append((mechanism, ""))
        right = (data.login.decode(), data.password.decode()) == (self.giver.user, self.password)
        return AuthResult(success=right and bool(self.password), handled=False, message=self.refuses or None)

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Whoever's token has ended is not served."""
        del server, options
        if not session.authenticated:
            return "530 5.7.0 Authentication required"
        if session.auth_data in self.giver.given and session.auth_data not in self.giver.valid:
            return self.says_when_over
        envelope.mail_from = address
        return "250 2.1.0 Ok"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        """Take it."""
        del server, session
        self.got.update(envelope.rcpt_tos)
        self.at.get(self.got.total(), lambda: None)()
        return "250 2.0.0 Ok"


@contextmanager
def taking(giver: Giver, *, ways: tuple[str, ...] = ("XOAUTH2",), context: Any = None, **more: Any) -> Iterator[Taker]:
    """A mail server for as long as the block lasts; in the clear, as on loopback, unless there is a ``context``."""
    taker = Taker(giver, port=closed_port(), **more)
    left_out = {"XOAUTH2", "OAUTHBEARER", "PLAIN", "LOGIN"} - set(ways)
    safely = {"tls_context": context, "require_starttls": True} if context else {"auth_require_tls": False}
    how = {"authenticator": taker.check, "auth_exclude_mechanism": left_out, **safely}
    with listening(taker, port=taker.port, **how):
        yield taker
