"""A request -> the pages behind, if a browser on this machine makes it; otherwise 403 (STANDARDS P16)."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NAMES = ("127.0.0.1", "localhost")
HTTP = 80  # the port that browsers leave out of Host and Origin

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
LETTER_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox"
)
"""A letter may show its styles and pictures; nothing in it runs, loads from elsewhere, or sends."""

ALWAYS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Guard:
    """Refuses a foreign Host (DNS rebinding), Origin or page that loads from here; gives each answer its safe headers."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self.app = app
        self.hosts = {f"{name}:{port}" for name in NAMES} | (set(NAMES) if port == HTTP else set())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer 403."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if not self._welcome(Headers(scope=scope)):
            refusal = PlainTextResponse("This preview is for a browser on this computer only.\n", 403, ALWAYS)
            await refusal(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = MutableHeaders(scope=message)
                for name, value in (ALWAYS | {"Content-Security-Policy": PAGE_POLICY}).items():
                    given.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_safely)

    def _welcome(self, headers: Headers) -> bool:
        """Whether a page of ours asks, or somebody who typed the address or followed a link (W3C Fetch Metadata)."""
        origin = headers.get("origin")
        if headers.get("host") not in self.hosts or (origin and origin.removeprefix("http://") not in self.hosts):
            return False
        if headers.get("sec-fetch-site", "none") in ("none", "same-origin"):
            return True
        return headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
