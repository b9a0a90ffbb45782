"""A client -> a page in the browser where a person says yes; its answer comes to this machine -> tokens.

OAuth for programs on one's own machine (RFC 8252) with PKCE (RFC 7636): whoever else listens here gets a code that is
worth nothing without the secret that never left this program.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

from newsletter.delivery.sign_in.answers import Post, SignInRefused, asked
from newsletter.delivery.sign_in.authority import Client
from newsletter.delivery.sign_in.device import CodeExpired, SaidNo
from newsletter.delivery.sign_in.tokens import Tokens, tokens

_PATIENCE = 600.0
_THANKS = "You may close this page and go back to the terminal."


def through_browser(
    client: Client, post: Post, *, show: Callable[[str], None], clock: Callable[[], float], patience: float = _PATIENCE
) -> Tokens:
    """``show`` a page, wait for its answer, and change it into tokens. Raises CodeExpired, SaidNo, SignInRefused, NoAuthority."""
    verifier, state = secrets.token_urlsafe(48), secrets.token_urlsafe(24)
    with _Ear(state) as ear:
        back = f"http://{client.authority.redirect_host}:{ear.server_port}"
        show(_page(client, back, verifier, state))
        code = _code(client, ear.heard(patience))
    form = client.says(grant_type="authorization_code", code=code, redirect_uri=back, code_verifier=verifier)
    return tokens(asked(post, client.authority.token_url, form), clock())


def _page(client: Client, back: str, verifier: str, state: str) -> str:
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    asks = {
        "client_id": client.id,
        "response_type": "code",
        "redirect_uri": back,
        "scope": client.authority.scope,
        "state": state,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        **dict(client.authority.browser_asks),
    }
    return f"{client.authority.browser_url}?{urlencode(asks)}"


def _code(client: Client, heard: dict[str, str]) -> str:
    if not heard:
        raise CodeExpired
    if heard.get("error") == "access_denied":
        raise SaidNo
    if not heard.get("code"):
        raise SignInRefused(client.authority.browser_url, "no code")
    return heard["code"]


class _Ear(HTTPServer):
    """Listens on this machine alone for one answer that bears our ``state``; everything else is turned away."""

    def __init__(self, state: str) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.state, self.answer = state, dict[str, str]()
        self._heard = threading.Event()
        self._thread = threading.Thread(target=self.serve_forever, args=(0.1,), daemon=True)
        self._thread.start()

    def server_close(self) -> None:
        """Listen no more."""
        self.shutdown()
        super().server_close()

    def take(self, fields: dict[str, str]) -> bool:
        """Whether this is the answer we wait for; the first one counts."""
        if not secrets.compare_digest(fields.get("state", "").encode(), self.state.encode()):
            return False
        if not self._heard.is_set():
            self.answer = fields
            self._heard.set()
        return True

    def heard(self, patience: float) -> dict[str, str]:
        """The answer, or nothing where none came in time."""
        until = time.monotonic() + patience
        while not self._heard.wait(0.2) and time.monotonic() < until:  # in short waits, so that Ctrl-C is heard
            pass
        return self.answer


class _Answer(BaseHTTPRequestHandler):
    """One request of the browser's."""

    timeout = 10

    def do_GET(self) -> None:
        """Take the answer, and thank for it."""
        said = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        taken = isinstance(self.server, _Ear) and self.server.take(said)
        page = f"<!doctype html><meta charset=utf-8><title>Newsletter</title><p>{_THANKS if taken else 'Not for here.'}"
        self.send_response(200 if taken else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Referrer-Policy", "no-referrer")
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing: the address holds a code."""
