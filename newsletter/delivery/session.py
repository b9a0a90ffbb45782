"""Server -> an open SMTP session: connected, encrypted, signed in. smtplib does the set-up, the verifying is ours."""

from __future__ import annotations

import smtplib
import socket
import ssl
from base64 import b64encode
from collections.abc import Callable

from newsletter.delivery.redact import redact
from newsletter.delivery.server import Server
from newsletter.delivery.sign_in.refusals import advice
from newsletter.delivery.sign_in.sasl import oauthbearer, way, xoauth2
from newsletter.delivery.tls import clock_may_be_wrong, unsafe
from newsletter.delivery.trace import Trace
from newsletter.errors import OutsideFailed

_READY = 220
_SIGNED_IN = 235
_GO_ON = 334
_TEMPORARY = 4
_TROUBLE = (smtplib.SMTPException, OSError, ValueError)


class NoServer(OutsideFailed):
    """The mail server cannot be reached, does not answer, or does not take mail now."""

    def __init__(self, server: Server, reason: str) -> None:
        super().__init__(
            f"The mail server {server.host} (port {server.port}) {reason}. The letters that wait are safe.",
            "See that you are online and that NEWSLETTER_SMTP_HOST is right, then give the same command again.",
        )


class TlsRefused(OutsideFailed):
    """The connection could not be encrypted and verified; nothing was sent, no password either."""

    def __init__(self, server: Server, reason: str, hint: str = "") -> None:
        super().__init__(
            f"The connection to {server.host} is not safe: {reason}. Nothing was sent, and no password.",
            hint
            or "See that NEWSLETTER_SMTP_HOST and NEWSLETTER_SMTP_SECURITY are as your provider says. In a café or hotel,"
            " try another network.",
        )


class LoginRefused(OutsideFailed):
    """The server does not accept user name and password."""

    def __init__(self, server: Server, code: int, reply: str = "") -> None:
        wrong = "does not let you sign in now" if code // 100 == _TEMPORARY else "refuses your user name or password"
        super().__init__(
            f"The mail server {server.host} {wrong} (its answer: {code}). Nothing was sent.", advice(code, reply)
        )


class TokenRefused(LoginRefused):
    """The server does not accept a token; another may do."""

    def __init__(self, server: Server, code: int, reply: str) -> None:
        OutsideFailed.__init__(
            self,
            f"The mail server {server.host} does not take your sign-in (its answer: {code}). Nothing was sent.",
            advice(code, reply, by_token=True),
        )


class NoWayToSignIn(OutsideFailed):
    """The server asks for no password, or in a way that is not ours."""

    def __init__(self, server: Server) -> None:
        what = "a sign-in like yours" if server.bearer else "signing in with a password"
        super().__init__(
            f"The mail server {server.host} (port {server.port}) offers no way of {what}. Nothing was sent.",
            "See that NEWSLETTER_SMTP_HOST, NEWSLETTER_SMTP_PORT and NEWSLETTER_SMTP_SECURITY are as your provider says."
            " A server that wants no password wants no NEWSLETTER_SMTP_USER either.",
        )


class Session(smtplib.SMTP):
    """smtplib's client on a socket that is opened in reasonable time, without Nagle's delay, and verified.

    What it is told to trace (smtplib's debug level too) never shows what one signs in with.
    """

    def __init__(self, server: Server, context: ssl.SSLContext, trace: Trace) -> None:
        self._server, self.context, self._trace = server, context, trace
        self.debuglevel = int(trace.wanted)
        super().__init__(server.host, server.port, local_hostname=server.ehlo, timeout=server.timeouts.greeting)

    def docmd(self, cmd: str, args: str = "") -> tuple[int, bytes]:
        """A command and its answer. After STARTTLS's nothing may follow in the clear (RFC 3207 §6)."""
        self._trace.begins(f"{cmd} {args}")
        code, said = super().docmd(cmd, args)
        self._trace.ended(code)
        if cmd.upper() == "STARTTLS" and code == _READY and self._said_more():
            raise TlsRefused(
                self._server, "somebody on the way puts words of their own between, before it is encrypted"
            )
        return code, said

    def _said_more(self) -> bool:
        """Whether the server, or somebody on the way, has said more than was asked."""
        if self.sock is None or self.file is None:
            return False
        waits = self.sock.gettimeout()
        self.sock.settimeout(0)
        try:
            return bool(self.file.peek(1))
        finally:
            self.sock.settimeout(waits)

    def _print_debug(self, *args: object) -> None:
        self._trace.say(*args)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        plain = socket.create_connection((host, port), self._server.timeouts.connect)
        try:
            # Without this smtplib over TLS fell to 22 messages a second: Nagle against delayed acknowledgements.
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self._server.security != "tls":
                plain.settimeout(timeout)
                return plain
            safe = self.context.wrap_socket(plain, server_hostname=host)
            safe.settimeout(timeout)
        except BaseException:
            plain.close()
            raise
        return safe


def connect(
    server: Server, context: ssl.SSLContext | None = None, *, show: Callable[[str], None] | None = None
) -> Session:
    """Open a session. The context verifies certificate and name by the system's authorities unless another is given.

    Where the server does not take a token any more, another is got, and it is tried once more. ``show`` is told the
    conversation, without what one signs in with. Raises NoServer, TlsRefused, LoginRefused, NoWayToSignIn, and what
    renewing a token raises. There is no way from here to a connection without TLS (RFC 8314 §3).
    """
    context = context or ssl.create_default_context()
    token = server.bearer.token() if server.bearer else ""
    try:
        return _connected(server, context, token, show)
    except TokenRefused:
        if server.bearer is None:
            raise
    return _connected(server, context, server.bearer.token(refused=token), show)


def _connected(server: Server, context: ssl.SSLContext, token: str, show: Callable[[str], None] | None) -> Session:
    trace = Trace(show, secrets=(server.password, token))
    try:
        session = Session(server, context, trace)
    except _TROUBLE as error:
        raise _in_our_words(error, server) from None
    try:
        _greet(session, server)
        if server.security == "starttls":
            _encrypt(session, server)
        if token:
            _show_token(session, server, token)
        else:
            _sign_in(session, server)
    except _TROUBLE as error:
        session.close()
        raise _in_our_words(error, server) from None
    except BaseException:
        session.close()
        raise
    return session


def _greet(session: Session, server: Server) -> None:
    session.sock.settimeout(server.timeouts.command)  # type: ignore[union-attr]  # it is open
    session.ehlo_or_helo_if_needed()


def _encrypt(session: Session, server: Server) -> None:
    """STARTTLS; smtplib forgets what the server said and sent before it (RFC 3207 §4.2), and we greet again."""
    if not session.has_extn("starttls"):
        raise TlsRefused(server, "it does not offer to encrypt (STARTTLS), or somebody on the way hides that it does")
    try:
        session.starttls(context=session.context)
    except smtplib.SMTPResponseException as error:
        raise TlsRefused(server, f"it does not encrypt now (its answer: {error.smtp_code})") from None
    _greet(session, server)


def _sign_in(session: Session, server: Server) -> None:
    if not server.user:
        return
    _only_encrypted(session, server)
    if server.user.isascii() and server.password.isascii():
        session.login(server.user, server.password)
        return
    code, said = _sign_in_beyond_ascii(session, server)
    if code != _SIGNED_IN:
        raise LoginRefused(server, code, said)


def _only_encrypted(session: Session, server: Server) -> None:
    if not isinstance(session.sock, ssl.SSLSocket) and not server.here:
        raise TlsRefused(server, "a password would travel openly")


def _show_token(session: Session, server: Server, token: str) -> None:
    """XOAUTH2, or RFC 7628's OAUTHBEARER; smtplib answers the challenge that tells of an error, then reads the 5xx."""
    _only_encrypted(session, server)
    how = way(session.esmtp_features.get("auth", "").split())
    if not how:
        raise NoWayToSignIn(server)
    says = xoauth2(server.user, token)
    if how == "OAUTHBEARER":
        says = oauthbearer(server.user, token, server.host, server.port)
    try:
        session.auth(how, says)
    except smtplib.SMTPAuthenticationError as error:
        if error.smtp_code // 100 == _TEMPORARY:
            raise
        raise TokenRefused(server, error.smtp_code, _text(error.smtp_error)) from None


def _sign_in_beyond_ascii(session: Session, server: Server) -> tuple[int, str]:
    """Sign in as RFC 4616 wants, in UTF-8, where smtplib writes ASCII only; say the last answer.

    LOGIN, which has no standard, is all that Exchange offers besides OAuth.
    """
    ways = session.esmtp_features.get("auth", "").upper().split()
    if "PLAIN" in ways:
        code, said = session.docmd("AUTH PLAIN", _base64(f"\0{server.user}\0{server.password}"))
        return code, _text(said)
    if "LOGIN" not in ways:
        raise NoWayToSignIn(server)
    code, said = 0, b""
    for words in ("AUTH LOGIN", _base64(server.user), _base64(server.password)):
        code, said = session.docmd(words)
        if code != _GO_ON:
            break
    return code, _text(said)


def _base64(text: str) -> str:
    return b64encode(text.encode()).decode("ascii")


def _text(said: str | bytes) -> str:
    return said if isinstance(said, str) else said.decode("utf-8", "replace")


def _in_our_words(error: Exception, server: Server) -> OutsideFailed:
    if isinstance(error, ssl.SSLError):
        return TlsRefused(server, unsafe(error), clock_may_be_wrong(error))
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return LoginRefused(server, error.smtp_code, _text(error.smtp_error))
    if isinstance(error, smtplib.SMTPNotSupportedError) or type(error) is smtplib.SMTPException:
        return NoWayToSignIn(server)  # smtplib's plain exception: "No suitable authentication method found."
    return NoServer(server, _what_it_does(error))


def _what_it_does(error: Exception) -> str:
    """What a server does that does not serve us."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"takes no mail now (its answer: {error.smtp_code} {redact(_text(error.smtp_error))})"
    if isinstance(error, TimeoutError):
        return "does not answer"
    if not isinstance(error, OSError):
        return "answers in a way that no mail server does"
    return "cannot be found" if isinstance(error, socket.gaierror) else "cannot be reached, or hangs up"
