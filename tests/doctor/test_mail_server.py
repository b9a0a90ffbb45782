"""The mail server, against aiosmtpd: each step told by itself, up to the one that fails."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from newsletter.doctor.finding import Finding, Grade
from newsletter.doctor.findings import mail_server
from tests.any.dns import Zones
from tests.any.mail_server import PASSWORD, USER, listening, user_and_password
from tests.any.set_up import Make
from tests.any.web import certificate, closed_port

TODAY = dt.datetime.now(dt.UTC)
SIGNED_IN = {"smtp_user": USER, "smtp_password": PASSWORD}


_server = partial(listening, object(), authenticator=user_and_password)


@pytest.fixture
def tls(tmp_path: Path) -> tuple[Any, Callable[[], Any]]:
    """A certificate for localhost, and what believes it."""
    return certificate(tmp_path, "localhost")


def found(facts: Make, port: int, **given: Any) -> list[Finding]:
    usual = {"smtp_host": "localhost", "smtp_port": port, "smtp_security": "starttls", "now": TODAY, **given}
    return list(mail_server.look(facts(**usual)))


def test_every_step(facts: Make, tls: Any) -> None:
    """A12: name, connection, encryption with the certificate's end, offers, ways to sign in, signing in."""
    serving, trusting = tls
    with _server(tls_context=serving, require_starttls=True, data_size_limit=33_554_432, enable_SMTPUTF8=True) as port:
        steps = found(facts, port, context=trusting(), **SIGNED_IN)
    said = " ".join(one.message for one in steps)
    assert "localhost has an address (127.0.0.1)" in said
    assert f"answers on port {port}" in said
    assert f"{TODAY + dt.timedelta(days=1):%Y-%m-%d}" in said
    assert "It offers SIZE 33,554,432, 8BITMIME, SMTPUTF8; it does not offer PIPELINING, DSN" in said
    assert "Ways to sign in there: LOGIN, PLAIN" in said
    assert said.endswith("It lets you sign in as peru.")
    assert "open sesame" not in said


def test_a_certificate_that_soon_ends(facts: Make, tls: Any) -> None:
    """A12: told a week before, as a warning; the test's own ends tomorrow."""
    serving, trusting = tls
    with _server(tls_context=serving) as port:
        near = found(facts, port, context=trusting())
        early = found(facts, port, context=trusting(), now=TODAY - dt.timedelta(days=30))
    assert [one.grade for one in near if "certificate" in one.message] == [Grade.WARNING]
    assert [one.grade for one in early if "certificate" in one.message] == [Grade.OK]


def test_a_certificate_that_nobody_trusts(facts: Make, tls: Any) -> None:
    """S3: an error, before anything else is said there."""
    with _server(tls_context=tls[0]) as port:
        *_, last = found(facts, port, **SIGNED_IN)
    assert (last.grade, "not safe" in last.message) == (Grade.ERROR, True)


def test_the_wrong_password(facts: Make, tls: Any) -> None:
    """The steps before are told as well; the password is in no sentence."""
    serving, trusting = tls
    with _server(tls_context=serving, auth_required=True) as port:
        *before, last = found(facts, port, context=trusting(), smtp_user="peru", smtp_password="open barley")
    assert {one.grade for one in before} == {Grade.OK, Grade.WARNING}  # its certificate ends tomorrow
    assert last.grade is Grade.ERROR
    assert "refuses your user name or password" in last.message
    assert "barley" not in str(last)


def test_a_server_on_this_machine_needs_no_encryption(facts: Make) -> None:
    """What it takes is little here, which is advice."""
    with _server(data_size_limit=1_000_000) as port:
        steps = found(facts, port, smtp_security="none")
    assert any("nothing need be encrypted" in one.message for one in steps)
    assert [one.message for one in steps if one.grade is Grade.ADVICE] == ["It takes letters of at most 1.0 MB."]


def test_no_such_server(zones: Zones, facts: Make) -> None:
    """An error where there is none; where one is offline oneself, it could only not be looked at."""
    (_, last) = found(facts, closed_port())
    assert (last.grade, "cannot be reached" in last.message) == (Grade.ERROR, True)
    zones.txt("group.example", "hello")
    (one,) = found(facts, 587, smtp_host="nowhere.invalid")
    assert (one.grade, "cannot be found" in one.message) == (Grade.ERROR, True)
    zones.mute.add("*")
    made = facts(smtp_host="nowhere.invalid", smtp_security="starttls")
    made.names.patience = 0.2
    (one,) = mail_server.look(made)
    assert one.grade is Grade.UNSEEN


def test_no_user_for_a_server_that_wants_one(facts: Make, tls: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Told, but not of a server on this machine, which the test's is."""
    serving, trusting = tls
    monkeypatch.setattr("newsletter.delivery.server.is_loopback", lambda _: False)
    with _server(tls_context=serving, auth_required=True) as port:
        steps = found(facts, port, context=trusting())
    assert any(one.grade is Grade.WARNING and "wants people to sign in" in one.message for one in steps)
