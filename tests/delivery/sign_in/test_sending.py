"""Real connections to a mail server that takes tokens (aiosmtpd), which come from a real authority on this machine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from newsletter.delivery.carriers.smtp import Smtp
from newsletter.delivery.send import send
from newsletter.delivery.server import Server
from newsletter.delivery.session import LoginRefused, NoWayToSignIn, TokenRefused, connect
from newsletter.delivery.sign_in.bearer import Bearer, SignInOver
from newsletter.delivery.sign_in.kept import SignIn
from newsletter.gate.clear import Cleared
from newsletter.ledger.book import Ledger
from newsletter.nouns.letter import Message
from newsletter.settings import Settings
from newsletter.store.open import Store
from tests.any.oauth import Giver, Taker, post_here, taking

SETTINGS = Settings(key="AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", smtp_profile="own-relay")
At = Callable[..., Server]


@pytest.mark.parametrize(("way", "after"), [("XOAUTH2", b""), ("OAUTHBEARER", b"\x01")])
def test_the_challenge_that_tells_of_an_error_is_answered(
    giver: Giver, bearer: Bearer, at: At, message: Message, way: str, after: bytes
) -> None:
    """L4: an empty line for XOAUTH2, %x01 for OAUTHBEARER, then the 5xx is read; with a new token it goes on."""
    giver.expire()
    with taking(giver, ways=(way,)) as taker, Smtp(at(taker.port, user=giver.user, bearer=bearer)) as carrier:
        carrier.deliver(message)
    assert [how for how, _ in taker.tried] == [way, way]
    assert taker.after_error == [after]
    assert taker.got == {message.recipient: 1}
    assert giver.refreshes() == 1


def test_under_tls_as_everywhere_else(giver: Giver, bearer: Bearer, at: At, message: Message, certificate: Any) -> None:
    """S4, L4: a token goes out after STARTTLS only, to a server whose certificate was verified."""
    made = certificate("localhost")
    with taking(giver, context=made.serving) as taker:
        server = at(taker.port, "starttls", "localhost", user=giver.user, bearer=bearer)
        with Smtp(server, context=made.trusting) as carrier:
            carrier.deliver(message)
        with pytest.raises(Exception, match="cannot be trusted"):
            connect(server)
    assert len(taker.tried) == 1
    assert taker.got.total() == 1


def test_a_password_that_was_kept_is_used_too(giver: Giver, at: At, message: Message) -> None:
    with taking(giver, ways=("PLAIN",), password="abcdefghijklmnop") as taker:
        with Smtp(at(taker.port, user=giver.user, password="abcdefghijklmnop")) as carrier:
            carrier.deliver(message)
        with pytest.raises(LoginRefused), Smtp(at(taker.port, user=giver.user, password="wrong")):
            pass
    assert taker.got.total() == 1


def test_a_server_without_our_ways_is_told_as_such(giver: Giver, bearer: Bearer, at: At) -> None:
    with taking(giver, ways=("PLAIN",)) as taker, pytest.raises(NoWayToSignIn):
        connect(at(taker.port, user=giver.user, bearer=bearer))


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        (
            "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox.",
            "Authenticated SMTP",
        ),
        ("535 5.7.3 Authentication unsuccessful", "NEWSLETTER_SMTP_USER"),
    ],
)
def test_a_server_that_takes_no_token_is_asked_twice_at_most(
    giver: Giver, bearer: Bearer, at: At, said: str, advice: str
) -> None:
    """L4: no endless renewing; and what is switched off for the mailbox is said as that."""
    with taking(giver, refuses=said) as taker, pytest.raises(TokenRefused, match=advice) as told:
        connect(at(taker.port, user=giver.user, bearer=bearer))
    assert (len(taker.tried), giver.refreshes()) == (2, 1)
    assert not any(secret in str(told.value) for secret in giver.given)


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        (
            "535 5.7.139 Authentication unsuccessful, basic authentication is disabled. [X.outlook.com]",
            "takes no passwords",
        ),
        ("550 5.7.30 Basic authentication is not supported for Client Submission.", "takes no passwords"),
        (
            "535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy",
            "code",
        ),
        ("534 5.7.9 Application-specific password required. For more information, go to", "app password of 16 letters"),
        ("535 5.7.8 Username and Password not accepted. - gsmtp", "app password of 16 letters only"),
        ("535 5.7.0 (#AUTH005) Too many bad auth attempts.", "Yahoo takes an app password"),
        ("535 5.7.8 no", "newsletter login"),
        ("454 4.7.0 Temporary authentication failure", "Wait some minutes"),
    ],
)
def test_where_passwords_do_not_work_the_way_on_is_told(giver: Giver, at: At, said: str, advice: str) -> None:
    """L4: by what Google, Microsoft and Yahoo answer."""
    with taking(giver, ways=("PLAIN",), refuses=said) as taker, pytest.raises(LoginRefused, match=advice) as told:
        connect(at(taker.port, user=giver.user, password="open sesame"))
    assert "sesame" not in str(told.value)


class _Sending:
    """An issue to a hundred readers."""

    def __init__(self, cleared: Cleared, store: Store, clock: Any, at: At, bearer: Bearer) -> None:
        self.cleared, self.store, self.clock, self.at, self.bearer = cleared, store, clock, at, bearer

    def to(self, taker: Taker, connections: int = 4, bearer: Bearer | None = None) -> Any:
        """Send it, or go on; the books."""
        server = replace(self.at(taker.port, user=taker.giver.user, bearer=bearer or self.bearer))
        carrier = Smtp(server, connections=connections)
        return send(self.cleared, self.store, SETTINGS, carrier, self.clock).books


@pytest.fixture
def sending(cleared: Cleared, store: Store, clock: Any, enlist: Callable[..., str], at: At, bearer: Bearer) -> _Sending:
    for number in range(100):
        enlist(f"reader{number}@example.net")
    return _Sending(cleared, store, clock, at, bearer)


@pytest.mark.parametrize("connections", [1, 4])
@pytest.mark.parametrize("said", ["421 4.7.0 Your sign-in has ended", "530 5.7.0 Sign in", "535 5.7.3 Not signed in"])
def test_a_token_that_ends_at_letter_40_is_renewed_and_the_sending_goes_on(
    sending: _Sending, giver: Giver, connections: int, said: str
) -> None:
    """L4: everybody gets it once, whatever the number of connections and the server's words, for one renewal."""
    with taking(giver, at={40: giver.expire}, says_when_over=said) as taker:
        books = sending.to(taker, connections)
    assert (books.accepted, books.in_doubt, books.deferred) == (100, 0, 0)
    assert len(taker.got) == taker.got.total() == 100
    assert giver.refreshes() == 1


def test_one_that_is_withdrawn_at_letter_40_pauses_the_sending(
    sending: _Sending, giver: Giver, signed_in: SignIn, tmp_path: Path
) -> None:
    """L4, S9: the sentence says newsletter login; nobody is lost or struck off, and after it all the others get theirs."""
    with taking(giver, at={40: giver.withdraw}) as taker:
        with pytest.raises(SignInOver, match="newsletter login") as said:
            sending.to(taker)
        assert said.value.exit_code == 3
        assert 40 <= taker.got.total() < 50
        said_anew = giver.tokens()
        assert signed_in.tokens
        tokens = replace(signed_in.tokens, access=said_anew["access_token"], refresh=said_anew["refresh_token"])
        anew = Bearer(replace(signed_in, tokens=tokens), tmp_path, post_here)
        books = sending.to(taker, bearer=anew)
    assert (books.accepted, books.refused, books.in_doubt) == (100, 0, 0)
    assert len(taker.got) == taker.got.total() == 100


def test_one_that_was_withdrawn_before_plans_nobody(sending: _Sending, giver: Giver) -> None:
    giver.withdraw()
    with taking(giver) as taker:
        with pytest.raises(SignInOver):
            sending.to(taker)
        assert taker.got.total() == 0
    assert Ledger(sending.store.database).books(sending.cleared.dossier.issue).planned == 0
