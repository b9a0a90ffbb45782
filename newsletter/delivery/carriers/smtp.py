"""Message -> a mail server: MAIL, RCPT, DATA, the text, the final dot; and what is known when something breaks.

smtplib opens the session; the transaction is ours, because smtplib tells a connection lost before the final dot, when
the copy surely did not leave, and one lost after it, when nobody knows, in the same words (RFC 1047).
"""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from types import TracebackType
from typing import Self

from newsletter.delivery.replies import SERVICE_CLOSES, Reply, Step, judge
from newsletter.delivery.server import Server
from newsletter.delivery.session import Session, connect
from newsletter.errors import OutsideFailed, ToMend
from newsletter.nouns.letter import Fate, Message, Outcome

_BLOCK = 65_536
_WANTED = {Step.MAIL: 2, Step.RCPT: 2, Step.DATA: 3}
_NO_UTF8 = "This address needs a mail server that takes addresses beyond ASCII (SMTPUTF8), and ours does not."


class TooBig(ToMend):
    """The message is bigger than the server takes."""

    def __init__(self, size: int, limit: int) -> None:
        super().__init__(
            f"A letter of this issue has {size:,} bytes; the mail server takes {limit:,} at most.",
            "Make its pictures smaller or fewer, or set NEWSLETTER_PUBLIC_URL so that they need not travel with it.",
        )


class SenderNeedsUtf8(OutsideFailed):
    """The sender's own address is beyond what the server takes."""

    def __init__(self) -> None:
        super().__init__(
            "The sender's address holds letters beyond ASCII before the @, and the mail server does not take them.",
            "Put another address into issues/newsletter.yaml (sender), or use another server.",
        )


class _Gone(Exception):
    """The session ended before the final dot: the copy surely did not leave."""

    def __init__(self, step: Step, reply: Reply | None = None) -> None:
        self.step, self.reply = step, reply


class Smtp:
    """A mail server as a carrier. One session serves up to ``per_session`` messages (RFC 5321 §3.8, S15)."""

    def __init__(self, server: Server, *, context: ssl.SSLContext | None = None, per_session: int = 100) -> None:
        self._server, self._context, self._per_session = server, context, per_session
        self._session: Session | None = None
        self._taken = 0

    def __enter__(self) -> Self:
        """Connect, encrypt, sign in. Raises NoServer, TlsRefused, LoginRefused, NoWayToSignIn."""
        self._open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Say goodbye."""
        self._close()

    def deliver(self, message: Message) -> Outcome:
        """Hand one message over. A session that ends before the final dot is opened again, once.

        Raises what entering does, TooBig, SenderNeedsUtf8: with each the message surely did not leave.
        """
        for again in (True, False):
            session = self._open()
            try:
                return self._unfit(session, message) or self._transaction(session, message)
            except _Gone as gone:
                self._drop()
                if not again:
                    return _never_left(gone, message)
        raise AssertionError

    def _open(self) -> Session:
        if self._session is not None and self._taken >= self._per_session:
            self._close()
        if self._session is None:
            self._session = connect(self._server, self._context)
            self._taken = 0
        return self._session

    def _unfit(self, session: Session, message: Message) -> Outcome | None:
        limit = session.esmtp_features.get("size", "")
        if limit.isdecimal() and 0 < int(limit) < len(message.data):
            raise TooBig(len(message.data), int(limit))
        if session.has_extn("smtputf8"):
            return None
        if not message.sender.isascii():
            raise SenderNeedsUtf8
        return None if message.recipient.isascii() else Outcome(Fate.REFUSED, 0, "5.6.7", _NO_UTF8)

    def _transaction(self, session: Session, message: Message) -> Outcome:
        for step, command in (
            (Step.MAIL, f"MAIL FROM:<{message.sender}>{_parameters(session, message)}"),
            (Step.RCPT, f"RCPT TO:<{message.recipient}>"),
            (Step.DATA, "DATA"),
        ):
            reply = self._ask(session, step, command)
            if reply.code == SERVICE_CLOSES:
                raise _Gone(step, reply)
            if reply.kind != _WANTED[step]:
                self._reset(session, reply)
                return judge(step, reply, message.recipient)
        self._write(session, message.data)
        return self._final(session, message)

    def _ask(self, session: Session, step: Step, command: str) -> Reply:
        times = self._server.timeouts
        try:
            _patience(session, times.data if step is Step.DATA else times.command)
            session.command_encoding = "ascii" if command.isascii() else "utf-8"
            session.putcmd(command)
            return _reply(session)
        except (smtplib.SMTPException, OSError):
            raise _Gone(step) from None

    def _write(self, session: Session, data: bytes) -> None:
        """The message without the final dot; a dot at a line's start is doubled once, here (RFC 5321 §4.5.2)."""
        if b"\r\n." in data or data.startswith(b"."):
            data = (b"." if data.startswith(b".") else b"") + data.replace(b"\r\n.", b"\r\n..")
        whole = data if data.endswith(b"\r\n") else data + b"\r\n"
        try:
            _patience(session, self._server.timeouts.block)
            for start in range(0, len(whole), _BLOCK):
                session.send(whole[start : start + _BLOCK])
        except (smtplib.SMTPException, OSError):
            raise _Gone(Step.DATA) from None

    def _final(self, session: Session, message: Message) -> Outcome:
        """The final dot and its answer: from here on a silence means doubt (RFC 5321 §4.5.3.2.6, §6.1)."""
        try:
            _patience(session, self._server.timeouts.final)
            session.send(b".\r\n")
            reply = _reply(session)
        except (smtplib.SMTPException, OSError):
            self._drop()
            return Outcome(Fate.IN_DOUBT, reply="The connection was lost before the server's answer.")
        self._taken += 1
        outcome = judge(Step.END, reply, message.recipient)
        if outcome.fate is not Fate.ACCEPTED:
            self._reset(session, reply)
        return outcome

    def _reset(self, session: Session, reply: Reply) -> None:
        """RSET after a failure (S15); after an answer that was none, or a closing one, the session ends."""
        if reply.kind not in (4, 5) or reply.code == SERVICE_CLOSES:
            self._drop()
            return
        with contextlib.suppress(smtplib.SMTPException, OSError):
            _patience(session, self._server.timeouts.command)
            session.putcmd("RSET")
            if _reply(session).kind == 2:  # noqa: PLR2004 - RFC 5321 §4.2.1
                return
        self._drop()

    def _drop(self) -> None:
        if self._session is not None:
            self._session.close()
            self._session = None

    def _close(self) -> None:
        if self._session is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                _patience(self._session, self._server.timeouts.goodbye)
                self._session.quit()
            self._drop()


def _patience(session: Session, seconds: float) -> None:
    if session.sock is None:
        raise smtplib.SMTPServerDisconnected
    session.sock.settimeout(seconds)


def _reply(session: Session) -> Reply:
    code, text = session.getreply()
    return Reply(code, text.decode("utf-8", "replace"))


def _parameters(session: Session, message: Message) -> str:
    size = f" SIZE={len(message.data)}" if session.has_extn("size") else ""
    plain = message.data.isascii() and message.sender.isascii() and message.recipient.isascii()
    return size if plain else f"{size} BODY=8BITMIME SMTPUTF8"


def _never_left(gone: _Gone, message: Message) -> Outcome:
    if gone.reply is not None:
        return judge(gone.step, gone.reply, message.recipient)
    return Outcome(Fate.DEFERRED, reply=f"The connection was lost at {gone.step}.", sender_at_fault=True)
