from __future__ import annotations

import pytest

from newsletter.delivery.server import (
    NoServerSet,
    NotUnencrypted,
    NotYourServer,
    RelayPort,
    TrialDomain,
    is_loopback,
    server,
)
from newsletter.nouns.draft import Sender
from newsletter.settings import Settings

OURS = Sender("Peru", "peru@example.org", ehlo="mail.example.org")


@pytest.mark.parametrize(
    ("sender", "host"),
    [
        ("peru@gmail.com", "smtp.example.org"),
        ("peru@GMAIL.com", "smtp.gmail.com.evil.example.org"),
        ("peru@googlemail.com", "localhost"),
        ("peru@outlook.com", "smtp.gmail.com"),
        ("peru@hotmail.es", "smtp.example.org"),
        ("peru@live.co.uk", "smtp.example.org"),
        ("peru@yahoo.com", "smtp.example.org"),
        ("peru@yahoo.co.uk", "smtp.example.org"),
        ("peru@icloud.com", "smtp.example.org"),
    ],
)
def test_a_mailbox_providers_address_needs_its_own_server(sender: str, host: str) -> None:
    """A5: refused before anything is sent, with exit code 4."""
    with pytest.raises(NotYourServer) as said:
        server(Settings(smtp_host=host), Sender("Peru", sender))
    assert said.value.exit_code == 4


@pytest.mark.parametrize(
    ("sender", "host"),
    [
        ("peru@gmail.com", "smtp.gmail.com"),
        ("peru@outlook.com", "smtp-mail.outlook.com"),
        ("peru@yahoo.es", "smtp.mail.yahoo.com"),
        ("peru@me.com", "smtp.mail.me.com"),
        ("peru@example.org", "smtp.gmail.com"),
        ("peru@live-music.example.org", "smtp.example.org"),
    ],
)
def test_the_right_server_is_taken(sender: str, host: str) -> None:
    """A5: through its own server, and any address of one's own domain through any server."""
    assert server(Settings(smtp_host=host), Sender("Peru", sender)).host == host


def test_a_trial_tenant_is_refused() -> None:
    """L3: From onmicrosoft.com is an error before sending."""
    with pytest.raises(TrialDomain):
        server(Settings(smtp_host="smtp.office365.com"), Sender("Peru", "peru@group.onmicrosoft.com"))


def test_no_clear_text_to_another_machine() -> None:
    """S3: none is for loopback only, and loopback is what is written as such."""
    for host in ("smtp.example.org", "127.0.0.1.example.org", "192.168.1.5", "localhost.example.org", "0.0.0.0"):  # noqa: S104 - refused, not bound
        with pytest.raises(NotUnencrypted):
            server(Settings(smtp_host=host, smtp_security="none"), OURS)
    assert server(Settings(smtp_host="[::1]", smtp_security="none"), OURS).host == "::1"
    for host in ("localhost", "127.0.0.1", "::1", "127.8.9.1"):
        assert is_loopback(host)
        assert server(Settings(smtp_host=host, smtp_security="none", smtp_port=2525), OURS).security == "none"


def test_port_25_is_not_for_us() -> None:
    """S16: submission only, 465 or 587 by default; an organisation's own relay only where it is said for itself."""
    with pytest.raises(RelayPort):
        server(Settings(smtp_host="smtp.example.org", smtp_port=25), OURS)
    assert server(Settings(smtp_host="relay.example.org", smtp_port=25, smtp_port_25="yes"), OURS).port == 25
    assert server(Settings(smtp_host="smtp.example.org"), OURS).port == 465
    assert server(Settings(smtp_host="smtp.example.org", smtp_security="starttls"), OURS).port == 587


def test_the_ehlo_name_is_the_profiles_or_the_senders_domain() -> None:
    """S16: never this machine's."""
    settings = Settings(smtp_host="smtp.example.org")
    assert server(settings, OURS).ehlo == "mail.example.org"
    assert server(settings, Sender("Peru", "peru@perú.example")).ehlo == "xn--per-boa.example"


def test_no_server_set_is_said() -> None:
    with pytest.raises(NoServerSet, match="newsletter login"):
        server(Settings(), OURS)


def test_a_password_shows_in_no_repr() -> None:
    """P6, L5."""
    made = server(Settings(smtp_host="smtp.example.org", smtp_user="peru", smtp_password="open sesame"), OURS)
    assert "sesame" not in repr(made)
