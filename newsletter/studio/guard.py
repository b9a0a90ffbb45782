"""A request -> the pages behind, if a browser on this machine makes it; otherwise 403 (STANDARDS P16)."""

from __future__ import annotations

import secrets

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from newsletter.errors import WrongUsage
from newsletter.studio.shell import show_trouble

NAMES = ("127.0.0.1", "localhost")
HTTP = 80  # the port that browsers leave out of Host and Origin
READING = ("GET", "HEAD")
TOKEN = "x-studio-token"  # noqa: S105 - the header's name
MOST_BYTES = 30_000_000
"""The most that a page may hand in at once: a picture from a good camera has 15 MB."""

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self';"
    " worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
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


class NotHere(WrongUsage):
    """Somebody asks who is none of our own pages on this machine."""

    def __init__(self) -> None:
        super().__init__(
            "The studio is for a browser on this computer only.",
            "Open the address that “newsletter preview” shows, on this computer.",
        )


class TooLarge(WrongUsage):
    """More was handed in than a page may."""

    def __init__(self) -> None:
        most = MOST_BYTES // 1_000_000
        super().__init__("This is larger than the studio takes.", f"Choose something of less than {most} MB.")


class _TooMuch(Exception):
    """The same, on its way through what reads it."""


class Guard:
    """Refuses a foreign Host (DNS rebinding), Origin or page that loads from here, and every act without the token.

    Each answer gets its safe headers; what is handed in is counted while it comes.
    """

    def __init__(self, app: ASGIApp, port: int, token: str) -> None:
        self.app, self.token = app, token
        self.hosts = {f"{name}:{port}" for name in NAMES} | (set(NAMES) if port == HTTP else set())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer 403; whoever reads one that is too large meets _TooMuch."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if not self._welcome(headers) or (scope["method"] not in READING and not self._may_act(headers)):
            refusal = show_trouble(Request(scope), NotHere(), 403, "refused.html")
            await refusal(scope, receive, _safely(send))
            return
        try:
            await self.app(scope, _counted(receive, headers), _safely(send))
        except _TooMuch:
            await show_trouble(Request(scope), TooLarge(), 413)(scope, receive, _safely(send))

    def _welcome(self, headers: Headers) -> bool:
        """Whether a page of ours asks, or somebody who typed the address or followed a link (W3C Fetch Metadata)."""
        origin = headers.get("origin")
        if headers.get("host") not in self.hosts or (origin and origin.removeprefix("http://") not in self.hosts):
            return False
        if headers.get("sec-fetch-site", "none") in ("none", "same-origin"):
            return True
        return headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"

    def _may_act(self, headers: Headers) -> bool:
        """Whether one of this run's own pages asks for a change."""
        return secrets.compare_digest(headers.get(TOKEN, "").encode(), self.token.encode())


def _counted(receive: Receive, headers: Headers) -> Receive:
    """The same messages, as long as they are not too much together."""
    length = headers.get("content-length", "")
    left = -1 if length.isdecimal() and int(length) > MOST_BYTES else MOST_BYTES

    async def counting() -> Message:
        nonlocal left
        if left < 0:
            raise _TooMuch
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise _TooMuch
        return message

    return counting


def _safely(send: Send) -> Send:
    """The same answers, with the headers that every answer has."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = MutableHeaders(scope=message)
            for name, value in (ALWAYS | {"Content-Security-Policy": PAGE_POLICY}).items():
                given.setdefault(name, value)
        await send(message)

    return sending
