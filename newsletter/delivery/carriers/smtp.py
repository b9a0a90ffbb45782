"""Message -> a mail server: MAIL, RCPT, DATA, the text, the final dot; and what is known when something breaks.

smtplib opens the session; the transaction is ours, because smtplib tells a connection lost before the final dot, when
the copy surely did not leave, and one lost after it, when nobody knows, in the same words (RFC 1047). Where the server
offers PIPELINING a letter costs one answer's time: the envelope is one write, and the next letter's rides behind the
final dot of the one before (RFC 2920 §3.1).
"""

from __future__ import annotations

import contextlib
import ssl
from collections.abc import Callable
from functools import partial
from types import TracebackType
from typing import Self

from newsletter import turns
from newsletter.delivery.envelope import STEPS, Offer, envelope, offer, stuffed
from newsletter.delivery.replies import SERVICE_CLOSES, SIGN_IN_ENDED, Reply, Step, judge
from newsletter.delivery.server import Server
from newsletter.delivery.session import Session, connect
from newsletter.delivery.stops import CutOff
from newsletter.delivery.wire import Lost, Wire, nothing
from newsletter.errors import OutsideFailed, ToMend
from newsletter.nouns.letter import Fate, Message, Outcome

_WANTED = {Step.MAIL: 2, Step.RCPT: 2, Step.DATA: 3}
_REFUSALS = (4, 5)
_NO_UTF8 = "This address needs a mail server that takes addresses beyond ASCII (SMTPUTF8), and ours does not."
_LOST = Outcome(Fate.IN_DOUBT, reply="The connection was lost before the server's answer.")
Replies = list[tuple[Step, Reply]]


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


def _always() -> bool:
    return True


class SmtpLine:
    """One connection to a mail server at a time, for one turn or thread; up to ``per_session`` messages each (S15)."""

    def __init__(self, server: Server, context: ssl.SSLContext, per_session: int) -> None:
        self._server, self._context, self._per_session = server, context, per_session
        self._session: Session | None = None
        self._wire: Wire | None = None
        self._offer: Offer | None = None
        self._ahead: Message | None = None  # whose envelope is on its way already
        self._taken = 0
        self._cut = False  # for good
        self._to_reset = False  # before the next message
        self._meanwhile: Callable[[], None] = nothing

    def __enter__(self) -> Self:
        """Connect, encrypt, sign in. Raises NoServer, TlsRefused, LoginRefused, NoWayToSignIn, CutOff."""
        self._open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Say goodbye."""
        self._meanwhile = nothing  # whoever delivered has written down what there was
        self._close()

    def abort(self) -> None:
        """Cut the connection, and make no other."""
        self._cut = True
        if (wire := self._wire) is not None:
            wire.abort()

    def deliver(
        self,
        message: Message,
        *,
        may_leave: Callable[[], bool] = _always,
        following: Message | None = None,
        meanwhile: Callable[[], None] = nothing,
    ) -> Outcome | None:
        """Hand one message over; None where ``may_leave``, which is asked just before the final dot, says no.

        A session that ends before the final dot is opened again, once. ``following`` is the message that will be
        delivered next; ``meanwhile`` is called before a connection is made, and where the server keeps us waiting before
        the final dot, for what must not wait. Raises what entering and ``meanwhile`` do, TooBig, SenderNeedsUtf8, CutOff:
        with each the message surely did not leave.
        """
        self._meanwhile = meanwhile
        for again in (True, False):
            try:
                wire, offered = self._open(message)
                unfit = _unfit(message, offered)
                return unfit or self._transaction(wire, offered, message, may_leave, following)
            except _Gone as gone:
                self._drop()
                self._go_on()
                if not again:
                    return _never_left(gone, message)
            except BaseException:
                self._drop()
                raise
        raise AssertionError

    def _open(self, message: Message | None = None) -> tuple[Wire, Offer]:
        """An open session that is in step: it has said nothing unasked, and no other's envelope is on its way."""
        if self._ahead is not None and self._ahead is not message:
            self._drop()
        elif self._ahead is None and self._taken >= self._per_session:
            self._close()
        elif self._ahead is None and self._wire is not None and _out_of_step(self._wire):
            self._drop()
        if self._wire is not None and self._to_reset:
            self._reset(self._wire)
        if self._wire is None or self._offer is None:
            self._go_on()
            self._meanwhile()
            self._session = turns.elsewhere(partial(connect, self._server, self._context), Session.close)
            self._offer, self._taken = offer(self._session), 0
            self._wire = Wire(self._session, self._long_wait)
        self._go_on()
        return self._wire, self._offer

    def _long_wait(self) -> None:
        self._meanwhile()  # of the letter that is being delivered

    def _go_on(self) -> None:
        if self._cut:
            self._drop()
            raise CutOff

    def _transaction(
        self, wire: Wire, offered: Offer, message: Message, may_leave: Callable[[], bool], following: Message | None
    ) -> Outcome | None:
        replies = self._heard(wire) if self._ahead else self._asked(wire, offered, envelope(message, offered))
        self._ahead = None
        if refusal := next(((step, reply) for step, reply in replies if reply.kind != _WANTED[step]), None):
            return self._refused(wire, message, refusal, replies)
        try:
            wire.write(stuffed(message), self._server.timeouts.block)
            early = wire.early()  # an answer to what was not asked: too big, too slow, out of step
        except Lost:
            raise _Gone(Step.DATA) from None
        if early is not None:
            raise _Gone(Step.DATA, early if early.kind in _REFUSALS else None)
        rides = following if following is not None and self._rides(following, offered) else None
        behind = b"".join(envelope(rides, offered)) if rides else b""
        if not may_leave():
            self._drop()
            return None
        self._go_on()
        return self._final(wire, message, rides, behind)

    def _asked(self, wire: Wire, offered: Offer, commands: tuple[bytes, ...]) -> Replies:
        """The envelope's replies: all three at once where the server lets us, else up to the first refusal."""
        if offered.pipelining:
            _write(wire, Step.MAIL, b"".join(commands), self._server.timeouts.command)
            return self._heard(wire)
        replies: Replies = []
        for step, command in zip(STEPS, commands, strict=True):
            _write(wire, step, command, self._server.timeouts.command)
            replies.append((step, _reply(wire, step, self._patience(step))))
            if replies[-1][1].kind != _WANTED[step]:
                break
        return replies

    def _heard(self, wire: Wire) -> Replies:
        """The three replies to an envelope that is on its way; fewer where the session ends with a refusal."""
        replies: Replies = []
        for step in STEPS:
            try:
                replies.append((step, wire.reply(self._patience(step))))
            except Lost:
                if all(reply.kind == _WANTED[one] for one, reply in replies):
                    raise _Gone(step) from None
                break
            if replies[-1][1].code < 0:
                break  # out of step: what follows answers nothing of ours
        return replies

    def _refused(self, wire: Wire, message: Message, refusal: tuple[Step, Reply], replies: Replies) -> Outcome:
        """What a refused envelope means, and the session made ready for the next message, or ended."""
        step, reply = refusal
        token_ended = reply.code in SIGN_IN_ENDED and self._server.bearer is not None and self._taken > 0
        if reply.code == SERVICE_CLOSES or token_ended:
            raise _Gone(step, reply)
        said = dict(replies)
        nobody = Step.RCPT in said and said[Step.RCPT].kind in _REFUSALS
        if any(one.kind not in (*_REFUSALS, _WANTED[at]) for at, one in replies):
            self._drop()
        elif Step.DATA in said and said[Step.DATA].kind == _WANTED[Step.DATA]:
            self._end_of_nothing(wire) if nobody else self._drop()
        else:
            self._reset(wire, complete=self._offer is not None and (not self._offer.pipelining or Step.DATA in said))
        return judge(step, reply, message.recipient)

    def _end_of_nothing(self, wire: Wire) -> None:
        """The final dot of a text that has no reader: it must be sent, and gives no message (RFC 2920 §3.1)."""
        try:
            wire.write(b".\r\n", self._server.timeouts.block)
            wire.reply(self._server.timeouts.final)
        except Lost:
            self._drop()
            return
        self._reset(wire)

    def _final(self, wire: Wire, message: Message, rides: Message | None, behind: bytes) -> Outcome:
        """The final dot and its answer: from here on a silence means doubt (RFC 5321 §4.5.3.2.6, §6.1)."""
        self._ahead, self._meanwhile = rides, nothing  # from here on nothing may be raised but what the line does
        try:
            wire.write(b".\r\n" + behind, self._server.timeouts.final)
            reply = wire.reply(self._server.timeouts.final)
        except Lost:
            self._drop()
            return _LOST
        self._taken += 1
        outcome = judge(Step.END, reply, message.recipient)
        if reply.code == SERVICE_CLOSES or reply.kind not in (2, *_REFUSALS):
            self._drop()
        else:
            # Not at once: while its answer is waited for, this outcome would not be in the books.
            self._to_reset = outcome.fate is not Fate.ACCEPTED and self._ahead is None
        return outcome

    def _rides(self, following: Message, offered: Offer) -> bool:
        """Whether the next envelope may go behind this message's final dot."""
        fits = not offered.limit or len(following.data) <= offered.limit
        plain = offered.utf8 or (following.sender.isascii() and following.recipient.isascii())
        return offered.pipelining and fits and plain and self._taken + 1 < self._per_session

    def _reset(self, wire: Wire, *, complete: bool = True) -> None:
        """RSET after a failure (S15); where an answer is still missing, the session ends."""
        self._to_reset = False
        if complete:
            with contextlib.suppress(Lost):
                wire.write(b"RSET\r\n", self._server.timeouts.command)
                if wire.reply(self._server.timeouts.command).kind == 2:  # noqa: PLR2004 - RFC 5321 §4.2.1
                    return
        self._drop()

    def _patience(self, step: Step) -> float:
        return self._server.timeouts.data if step is Step.DATA else self._server.timeouts.command

    def _drop(self) -> None:
        if self._session is not None:
            self._session.close()
        self._session = self._wire = self._offer = self._ahead = None
        self._taken, self._to_reset = 0, False

    def _close(self) -> None:
        """QUIT, and wait for the goodbye; without it where another's envelope is on its way."""
        try:
            if self._wire is not None and self._ahead is None:
                with contextlib.suppress(Lost):
                    self._wire.write(b"QUIT\r\n", self._server.timeouts.goodbye)
                    self._wire.reply(self._server.timeouts.goodbye)
        finally:
            self._drop()


class Smtp:
    """A mail server as a carrier: one connection for single messages, several for a whole issue."""

    def __init__(
        self, server: Server, *, context: ssl.SSLContext | None = None, per_session: int = 100, connections: int = 8
    ) -> None:
        self._server, self._context = server, context or ssl.create_default_context()  # once: it takes 20 ms
        self.per_session, self.connections = per_session, connections
        self._first = self.line()

    def __enter__(self) -> Self:
        """Connect, encrypt, sign in. Raises NoServer, TlsRefused, LoginRefused, NoWayToSignIn."""
        self._first = self.line().__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Say goodbye."""
        self._first.__exit__(kind, error, trace)

    def line(self) -> SmtpLine:
        """One more connection, which is made when it is first used."""
        return SmtpLine(self._server, self._context, self.per_session)

    def first(self) -> SmtpLine:
        """The connection that entering has made."""
        return self._first

    def deliver(self, message: Message) -> Outcome:
        """Hand one message over. A session that ends before the final dot is opened again, once.

        Raises what entering does, TooBig, SenderNeedsUtf8: with each the message surely did not leave.
        """
        outcome = self._first.deliver(message)
        if outcome is None:
            raise AssertionError("nobody was asked whether it may leave")
        return outcome


def _out_of_step(wire: Wire) -> bool:
    try:
        return wire.early() is not None
    except Lost:
        return True


def _unfit(message: Message, offered: Offer) -> Outcome | None:
    if 0 < offered.limit < len(message.data):
        raise TooBig(len(message.data), offered.limit)
    if offered.utf8:
        return None
    if not message.sender.isascii():
        raise SenderNeedsUtf8
    return None if message.recipient.isascii() else Outcome(Fate.REFUSED, 0, "5.6.7", _NO_UTF8)


def _write(wire: Wire, step: Step, data: bytes, seconds: float) -> None:
    try:
        wire.write(data, seconds)
    except Lost:
        raise _Gone(step) from None


def _reply(wire: Wire, step: Step, seconds: float) -> Reply:
    try:
        return wire.reply(seconds)
    except Lost:
        raise _Gone(step) from None


def _never_left(gone: _Gone, message: Message) -> Outcome:
    if gone.reply is not None:
        return judge(gone.step, gone.reply, message.recipient)
    return Outcome(Fate.DEFERRED, reply=f"The connection was lost at {gone.step}.", sender_at_fault=True)
