"""Against aiosmtpd, a mail server that others wrote: encrypted, signed in, and read back strictly."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from newsletter.delivery.carriers.smtp import Smtp
from newsletter.delivery.send import send
from newsletter.delivery.server import Server
from newsletter.delivery.session import LoginRefused
from newsletter.gate.clear import Cleared
from newsletter.nouns.letter import Fate, Message
from newsletter.settings import Settings
from newsletter.store.open import Store
from tests.any.mail_server import listening, user_and_password


class Mailbox:
    """Keeps what arrives, one recipient each."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []
        self.hosts: set[str] = set()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        """Take it."""
        del server
        self.envelopes.append(envelope)
        self.hosts.add(str(session.host_name))
        return "250 2.0.0 Ok"


_server = partial(listening, authenticator=user_and_password)


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


def test_starttls_and_sign_in(mailbox: Mailbox, message: Message, certificate: Any) -> None:
    """S3, S4, S16: STARTTLS is required there, the password goes under TLS, EHLO says the profile's name."""
    made = certificate("localhost")
    with _server(mailbox, auth_required=True, tls_context=made.serving, require_starttls=True) as port:
        server = Server("localhost", port, "starttls", "mail.example.org", "peru", "open sesame")
        with Smtp(server, context=made.trusting) as carrier:
            assert [carrier.deliver(message).fate for _ in range(3)] == [Fate.ACCEPTED] * 3
        wrong = Server("localhost", port, "starttls", "mail.example.org", "peru", "wrong")
        with pytest.raises(LoginRefused), Smtp(wrong, context=made.trusting):
            pass
    assert mailbox.hosts == {"mail.example.org"}
    assert len(mailbox.envelopes) == 3
    assert all(envelope.content == message.data for envelope in mailbox.envelopes)


def test_implicit_tls_and_sign_in(mailbox: Mailbox, message: Message, certificate: Any) -> None:
    """S3: port 465's way."""
    made = certificate("localhost")
    more = {"ssl_context": made.serving, "auth_require_tls": False}
    with _server(mailbox, **more) as port:
        server = Server("localhost", port, "tls", "mail.example.org", "peru", "open sesame")
        with Smtp(server, context=made.trusting) as carrier:
            assert carrier.deliver(message).fate is Fate.ACCEPTED
    assert [envelope.rcpt_tos for envelope in mailbox.envelopes] == [[message.recipient]]


def test_a_whole_issue(
    mailbox: Mailbox, cleared: Cleared, store: Store, enlist: Callable[..., str], clock: Any, certificate: Any
) -> None:
    """F12, F14, S15: names of every kind arrive without defects, each to one address, in few connections."""
    names = [
        "Ana",
        "María José Ñusta",
        "O'Brien, Pat",
        'Eva "Evi" \\ Roth',
        "محمد",
        "李小龙",
        "👩‍👧 family",
        "",
        "x" * 100,
    ]
    for number, name in enumerate(names):
        enlist(f"reader{number}@example.org", name, "es" if number % 2 else "en")
    enlist("ana@straße.example", "Straße")
    made = certificate("localhost")
    with _server(
        mailbox, auth_required=True, tls_context=made.serving, require_starttls=True, enable_SMTPUTF8=True
    ) as port:
        server = Server("localhost", port, "starttls", "mail.example.org", "peru", "open sesame")
        settings = Settings(smtp_profile="own-relay", public_url="https://news.example.org")
        books = send(cleared, store, settings, Smtp(server, context=made.trusting), clock).books
    assert books.accepted == len(mailbox.envelopes) == len(names) + 1
    for envelope in mailbox.envelopes:
        content = envelope.content
        assert isinstance(content, bytes)
        parsed = email.message_from_bytes(content, policy=email.policy.default.clone(raise_on_defect=True))
        assert [one.addr_spec for one in parsed["To"].addresses] == envelope.rcpt_tos
        assert parsed["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert content.partition(b"\r\n\r\n")[0].isascii()
    assert "ana@xn--strae-oqa.example" in {envelope.rcpt_tos[0] for envelope in mailbox.envelopes}
