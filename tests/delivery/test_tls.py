"""Connections that are not safe, each in one thing: refused before anything secret is said, in a sentence for a volunteer."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newsletter.delivery.carriers.smtp import Smtp
from newsletter.delivery.server import Server
from newsletter.delivery.session import NoServer, NoWayToSignIn, TlsRefused, connect
from newsletter.nouns.letter import Fate, Message
from tests.any.certificates import Issuer, issuer, serving

Fake = Callable[..., Any]
At = Callable[..., Server]
SECRET = "open sesame"
BEFORE = "250-fake\r\n250-STARTTLS\r\n250 AUTH PLAIN"
AFTER = "250-fake\r\n250 AUTH PLAIN"
WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "self-signed": ({"by": None}, "the server made it itself"),
    "wrong name": ({"host": "other.example.org"}, "made out to another name"),
    "expired": ({"days": (-9, -1)}, "it has run out"),
    "not yet valid": ({"days": (1, 9)}, "not valid yet"),
    "unknown issuer": ({"by": issuer("Somebody")}, "nobody whom this computer knows vouches for it"),
    "weak key": ({"weak": True}, "so short that others can copy it"),
    "TLS 1.1": ({"old": True}, "older than TLS 1.2"),
}


@pytest.fixture(scope="module")
def known() -> Issuer:
    """The authority that the client of these tests trusts."""
    return issuer()


def _reached(fake: Fake, at: At, context: ssl.SSLContext, *, implicit: bool, **script: list[str]) -> tuple[Any, Server]:
    """A server with that certificate, and how it is reached by name, with a password."""
    there = fake({"EHLO": [AFTER] if implicit else [BEFORE, AFTER], **script}, context=context, implicit=implicit)
    return there, at(there.port, "tls" if implicit else "starttls", "localhost", user="peru", password=SECRET)


@pytest.mark.parametrize("implicit", [True, False])
def test_one_that_is_right_in_everything_is_taken(
    fake: Fake, at: At, known: Issuer, tmp_path: Path, message: Message, implicit: bool
) -> None:
    """S3, S4: what the others are wrong in is right here: port 465's way and STARTTLS, EHLO anew, AUTH only then."""
    there, server = _reached(fake, at, serving(tmp_path / "a.pem", "localhost", known), implicit=implicit)
    with Smtp(server, context=known.trusting()) as carrier:
        assert carrier.deliver(message).fate is Fate.ACCEPTED
    first = ["EHLO", "AUTH"] if implicit else ["EHLO", "STARTTLS", "EHLO", "AUTH"]
    assert there.verbs()[: len(first)] == first
    assert there.commands[0][0] == "ehlo mail.example.org"


@pytest.mark.parametrize("implicit", [True, False])
@pytest.mark.parametrize("wrong", WRONG)
def test_one_that_is_wrong_in_one_thing_is_refused_before_anything_is_said(
    fake: Fake, at: At, known: Issuer, tmp_path: Path, implicit: bool, wrong: str
) -> None:
    """S3: no password, no letter; the sentence says what is wrong, and where it may be the clock, that."""
    how, words = WRONG[wrong]
    context = serving(tmp_path / "a.pem", **{"host": "localhost", "by": known, **how})
    there, server = _reached(fake, at, context, implicit=implicit)
    with pytest.raises(TlsRefused, match=words) as said:
        connect(server, known.trusting())
    assert set(there.verbs()) <= {"EHLO", "STARTTLS"}
    assert SECRET not in str(said.value)
    assert ("date and time" in said.value.hint) is (wrong in ("expired", "not yet valid"))
    assert said.value.exit_code == 3


def test_words_put_in_behind_starttls_end_the_connection(fake: Fake, at: At, known: Issuer, tmp_path: Path) -> None:
    """S4: a reply in the same segment as the 220, which a careless client would take for the answer under TLS."""
    put_in = "220 go\r\n250-evil.example.org\r\n250 AUTH PLAIN LOGIN"
    context = serving(tmp_path / "a.pem", "localhost", known)
    there, server = _reached(fake, at, context, implicit=False, STARTTLS=[put_in])
    with pytest.raises(TlsRefused, match="puts words of their own between"):
        connect(server, known.trusting())
    assert there.verbs() == ["EHLO", "STARTTLS"]


def test_what_was_offered_before_tls_counts_for_nothing(fake: Fake, at: At, known: Issuer, tmp_path: Path) -> None:
    """S4: AUTH was offered in the clear and is not under TLS: nobody signs in by what somebody on the way may have said."""
    there = fake({"EHLO": [BEFORE, "250 fake"]}, context=serving(tmp_path / "a.pem", "localhost", known))
    with pytest.raises(NoWayToSignIn):
        connect(at(there.port, "starttls", "localhost", user="peru", password=SECRET), known.trusting())
    assert there.verbs()[:3] == ["EHLO", "STARTTLS", "EHLO"]
    assert "AUTH" not in there.verbs()


@pytest.mark.parametrize(
    "before", ["250-fake\r\n250 AUTH PLAIN", "250-fake\r\n250-XXXXXXXA\r\n250 AUTH PLAIN", "502 5.5.1 what?"]
)
def test_a_server_that_seems_not_to_encrypt_gets_nothing(fake: Fake, at: At, known: Issuer, before: str) -> None:
    """S3: STARTTLS taken away, or written over as some firewalls do, or EHLO refused so that HELO is all there is."""
    there = fake({"EHLO": [before], "HELO": ["250 fake"]})
    with pytest.raises(TlsRefused, match="does not offer to encrypt"):
        connect(at(there.port, "starttls", "localhost", user="peru", password=SECRET), known.trusting())
    assert set(there.verbs()) <= {"EHLO", "HELO"}


@pytest.mark.parametrize("reply", ["454 4.7.0 not now", "501 5.5.2 what?", "250 Ok", "gibberish"])
def test_starttls_that_is_refused_is_the_end(fake: Fake, at: At, known: Issuer, reply: str) -> None:
    """S3: there is no going on in the clear, whatever is answered."""
    there = fake({"EHLO": [BEFORE], "STARTTLS": [reply]})
    with pytest.raises(TlsRefused, match="does not encrypt now"):
        connect(at(there.port, "starttls", "localhost", user="peru", password=SECRET), known.trusting())
    assert set(there.verbs()) <= {"EHLO", "STARTTLS"}


@pytest.mark.parametrize("port_says", [b"", b"220 fake.example.org ESMTP\r\n", b"HTTP/1.1 400 Bad Request\r\n\r\n"])
def test_a_port_where_nobody_speaks_tls_is_named(at: At, port_says: bytes) -> None:
    """S3: with implicit TLS; a mail server, a web server, or one that hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            with listener.accept()[0] as one:
                one.sendall(port_says)
                if port_says:
                    one.recv(4096)

        threading.Thread(target=answer, daemon=True).start()
        with pytest.raises((TlsRefused, NoServer), match="port") as said:
            connect(at(listener.getsockname()[1], "tls", "localhost", user="peru", password=SECRET))
    assert SECRET not in str(said.value)


def test_a_client_of_ours_begins_at_tls_1_2() -> None:
    """S3: RFC 8996; and verifies (RFC 9325 §3.1)."""
    context = Smtp(Server("localhost", 1, "tls", "mail.example.org"))._context
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
