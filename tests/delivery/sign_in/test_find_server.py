from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from newsletter.delivery.server import Server
from newsletter.delivery.session import TlsRefused
from newsletter.delivery.sign_in import find_server as finding
from newsletter.delivery.sign_in.find_server import NotFound, find_server
from tests.any.web import closed_port

Fake = Callable[..., Any]
At = Callable[..., Server]


@pytest.fixture
def ports(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, int], None]:
    """Says at which ports of this machine the two ways are looked for."""
    return lambda tls, starttls: monkeypatch.setattr(finding, "_WAYS", (("tls", tls), ("starttls", starttls)))


def test_the_better_way_comes_first_and_the_other_where_it_is_not_there(
    fake: Fake, at: At, certificate: Any, ports: Callable[[int, int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody signs in while it is looked for."""
    made = certificate("localhost")
    monkeypatch.setattr("ssl.create_default_context", lambda: made.trusting)
    first = fake({"EHLO": ["250-fake\r\n250 AUTH PLAIN"]}, context=made.serving, implicit=True)
    second = fake({"EHLO": ["250-fake\r\n250 STARTTLS", "250-fake\r\n250 AUTH PLAIN"]}, context=made.serving)
    asked = at(1, "tls", "localhost", user="peru", password="open sesame")
    ports(first.port, second.port)
    assert (found := find_server(asked)).security == "tls"
    assert (found.port, found.password) == (first.port, "open sesame")
    ports(closed_port(), second.port)
    assert find_server(asked).security == "starttls"
    assert "AUTH" not in [*first.verbs(), *second.verbs()]


def test_what_is_not_safe_is_not_passed_over(
    fake: Fake, at: At, certificate: Any, ports: Callable[[int, int], None]
) -> None:
    """S3: somebody who spoils the better way does not lead us to the other one."""
    made = certificate("localhost")
    first, second = fake(context=made.serving, implicit=True), fake(context=made.serving)
    ports(first.port, second.port)
    with pytest.raises(TlsRefused):
        find_server(at(1, "tls", "localhost"))
    assert second.commands == []


def test_nobody_there(at: At, ports: Callable[[int, int], None]) -> None:
    ports(closed_port(), closed_port())
    with pytest.raises(NotFound, match="neither at port 465 nor at port 587"):
        find_server(at(1, "tls", "localhost"))
