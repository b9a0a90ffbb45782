"""Server -> an open SMTP session: connected, encrypted, signed in. smtplib does the set-up, the verifying is ours."""

from __future__ import annotations

import smtplib
import socket
import ssl
from base64 import b64encode

from newsletter.delivery.redact import redact
from newsletter.delivery.server import Server
from newsletter.errors import OutsideFailed

_READY = 220
_SIGNED_IN = 235
_GO_ON = 334
_TEMPORARY = 4
_TROUBLE = (smtplib.SMTPException, OSError, UnicodeError)


class NoServer(OutsideFailed):
    """The mail server cannot be reached, does not answer, or does not take mail now."""

    def __init__(self, server: Server, reason: str) -> None:
        super().__init__(
            f"The mail server {server.host} (port {server.port}) {reason}. The letters that wait are safe.",
            "See that you are online and that NEWSLETTER_SMTP_HOST is right, then give the same command again.",
        )


class TlsRefused(OutsideFailed):
    """The connection could not be encrypted and verified; nothing was sent, no password either."""

    def __init__(self, server: Server, reason: str) -> None:
        super().__init__(
            f"The connection to {server.host} is not safe: {reason}. Nothing was sent, and no password.",
            "See that NEWSLETTER_SMTP_HOST and NEWSLETTER_SMTP_SECURITY are as your provider says. In a café or hotel,"
            " try another network.",
        )


class LoginRefused(OutsideFailed):
    """The server does not accept user name and password."""

    def __init__(self, server: Server, code: int) -> None:
        wrong = "does not let you sign in now" if code // 100 == _TEMPORARY else "refuses your user name or password"
        super().__init__(
            f"The mail server {server.host} {wrong} (its answer: {code}). Nothing was sent.",
            "See NEWSLETTER_SMTP_USER and NEWSLETTER_SMTP_PASSWORD in the file .env; Gmail wants an app password.",
        )


class NoWayToSignIn(OutsideFailed):
    """The server asks for no password, or in a way that is not ours."""

    def __init__(self, server: Server) -> None:
        super().__init__(
            f"The mail server {server.host} (port {server.port}) offers no way of signing in with a password. Nothing"
            " was sent.",
            "See that NEWSLETTER_SMTP_HOST, NEWSLETTER_SMTP_PORT and NEWSLETTER_SMTP_SECURITY are as your provider says."
            " A server that wants no password wants no NEWSLETTER_SMTP_USER either.",
        )


class Session(smtplib.SMTP):
    """smtplib's client on a socket that is opened in reasonable time, without Nagle's delay, and verified."""

    def __init__(self, server: Server, context: ssl.SSLContext) -> None:
        self._server, self.context = server, context
        super().__init__(server.host, server.port, local_hostname=server.ehlo, timeout=server.timeouts.greeting)

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


def connect(server: Server, context: ssl.SSLContext | None = None) -> Session:
    """Open a session. The context verifies certificate and name by the system's authorities unless another is given.

    Raises NoServer, TlsRefused, LoginRefused, NoWayToSignIn. There is no way from here to a connection without TLS (RFC 8314 §3).
    """
    try:
        session = Session(server, context or ssl.create_default_context())
    except _TROUBLE as error:
        raise _in_our_words(error, server) from None
    try:
        _greet(session, server)
        if server.security == "starttls":
            _encrypt(session, server)
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
    if not isinstance(session.sock, ssl.SSLSocket) and not server.here:
        raise TlsRefused(server, "a password would travel openly")
    if server.user.isascii() and server.password.isascii():
        session.login(server.user, server.password)
        return
    code = _sign_in_beyond_ascii(session, server)
    if code != _SIGNED_IN:
        raise LoginRefused(server, code)


def _sign_in_beyond_ascii(session: Session, server: Server) -> int:
    """Sign in as RFC 4616 wants, in UTF-8, where smtplib writes ASCII only; say the last code.

    LOGIN, which has no standard, is all that Exchange offers besides OAuth.
    """
    ways = session.esmtp_features.get("auth", "").upper().split()
    if "PLAIN" in ways:
        return session.docmd("AUTH PLAIN", _base64(f"\0{server.user}\0{server.password}"))[0]
    if "LOGIN" not in ways:
        raise NoWayToSignIn(server)
    code = 0
    for words in ("AUTH LOGIN", _base64(server.user), _base64(server.password)):
        code = session.docmd(words)[0]
        if code != _GO_ON:
            break
    return code


def _base64(text: str) -> str:
    return b64encode(text.encode()).decode("ascii")


def _in_our_words(error: Exception, server: Server) -> OutsideFailed:
    if isinstance(error, ssl.SSLError):
        return _not_safe(error, server)
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return LoginRefused(server, error.smtp_code)
    if isinstance(error, smtplib.SMTPNotSupportedError) or type(error) is smtplib.SMTPException:
        return NoWayToSignIn(server)  # smtplib's plain exception: "No suitable authentication method found."
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error if isinstance(error.smtp_error, str) else error.smtp_error.decode("utf-8", "replace")
        return NoServer(server, f"takes no mail now (its answer: {error.smtp_code} {redact(said)})")
    if isinstance(error, TimeoutError):
        return NoServer(server, "does not answer")
    return NoServer(
        server, "cannot be found" if isinstance(error, socket.gaierror) else "cannot be reached, or hangs up"
    )


def _not_safe(error: ssl.SSLError, server: Server) -> TlsRefused:
    if isinstance(error, ssl.SSLCertVerificationError):
        return TlsRefused(server, f"its certificate cannot be trusted ({error.verify_message})")
    return TlsRefused(
        server, f"encrypting failed ({error.reason or 'no common way'}); perhaps the port is the wrong one"
    )
