"""An issue through Debian's Postfix into Dovecot's mailboxes, each signature looked at by OpenDKIM; smtplib beside it."""

from __future__ import annotations

import base64
import datetime as dt
import smtplib
import ssl
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from newsletter.delivery.carriers.smtp import Smtp
from newsletter.delivery.server import Server
from newsletter.delivery.session import LoginRefused, TlsRefused
from newsletter.door import Door
from newsletter.nouns.letter import Fate, Message
from tests.any.signed import Signing, signing
from tests.any.typed import typed
from tests.conftest import missing
from tests.prove.invented import CONSENT, write_issue, write_list
from tests.real_servers.letters import found_fault, without_trace
from tests.real_servers.servers import PASSWORD, USER, RealServers, absent, real_servers

READERS = 40
HEAD = (
    b"From: Peru coordination <peru@example.org>\r\nTo: Ana <ana@example.net>\r\nSubject: dots\r\n"
    b"Date: Fri, 04 Jul 2025 09:00:00 +0000\r\nMessage-ID: <1@example.org>\r\nMIME-Version: 1.0\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n\r\n"
)
DOTS = b".\r\n..\r\n.x\r\nx.\r\n\r\n.\r\n\r\n...\r\n"


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Signing:
    return signing(tmp_path_factory.mktemp("keys"))


@pytest.fixture(scope="module")
def there(keys: Signing) -> Iterator[RealServers]:
    if lacking := absent():
        missing(lacking)
    with real_servers(keys.zone()) as running:
        yield running


@pytest.fixture
def run(
    there: RealServers,
    keys: Signing,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Callable[..., tuple[int, str, str]]:
    """Type a command, today, as OpenDKIM looks at the clock too: exit code, stdout, stderr."""
    monkeypatch.setenv("SSL_CERT_FILE", str(there.trusted))  # as on a machine whose administrator trusts it
    environ = {
        "NEWSLETTER_KEY": base64.urlsafe_b64encode(b"k" * 32).decode(),
        "NEWSLETTER_SMTP_HOST": "localhost",
        "NEWSLETTER_SMTP_PORT": str(there.port),
        "NEWSLETTER_SMTP_SECURITY": "starttls",
        "NEWSLETTER_SMTP_USER": USER,
        "NEWSLETTER_SMTP_PASSWORD": PASSWORD,
        "NEWSLETTER_SMTP_PROFILE": "own-relay",
        "NEWSLETTER_PUBLIC_URL": "https://news.example.org",
        "NEWSLETTER_DKIM_DOMAIN": "example.org",
        "NEWSLETTER_DKIM_SELECTOR": "july",
        "NEWSLETTER_DKIM_KEY_FILE": str(keys.rsa),
    }
    write_issue(tmp_path / "news")
    return lambda *words: typed(
        words, Door(tmp_path / "news", environ=environ, now=lambda: dt.datetime.now(dt.UTC)), capsys
    )


def test_an_issue_arrives_once_each_and_signed(
    run: Callable[..., tuple[int, str, str]], there: RealServers, tmp_path: Path
) -> None:
    """F7, S3, S4, S11, A2, A4: under TLS, signed in, through Postfix into each reader's mailbox; OpenDKIM finds each good."""
    readers = [f"reader{number}@example.net" for number in range(READERS)]
    write_list(tmp_path / "list.csv", [(one, f"Núñez {place}", "en") for place, one in enumerate(readers)])
    assert run("subscribers", "import", str(tmp_path / "list.csv"), *CONSENT)[0] == 0
    code, out, err = run("send", "2025-07", "--for-real", "--yes")
    assert code == 0, err
    there.settle()
    arrived = there.arrived()
    assert {one: len(arrived.get(one, [])) for one in readers} == dict.fromkeys(readers, 1), out
    assert found_fault({one: arrived[one][0] for one in readers}) == []


@pytest.mark.parametrize("text", [b"No line begins with a dot.\r\n", DOTS], ids=["no dots", "dots"])
@pytest.mark.parametrize("kind", ["one by one", "several in a row"])
def test_smtplib_sends_the_same_bytes(there: RealServers, text: bytes, kind: str) -> None:
    """S10, S11: the library as the oracle: what it and we hand to Postfix lies byte for byte the same in Dovecot's mailboxes."""
    context = ssl.create_default_context(cafile=str(there.trusted))
    name = f"{kind}-{len(text)}".replace(" ", "-")
    ours, theirs = f"ours-{name}@example.net", f"theirs-{name}@example.net"
    message = Message("peru@example.org", ours, "<1@example.org>", HEAD + text)
    server = Server("localhost", there.port, "starttls", "mail.example.org", USER, PASSWORD)
    number = 1 if kind == "one by one" else 3
    with Smtp(server, context=context) as carrier:
        messages = [replace(message) for _ in range(number)]
        for one, following in zip(messages, [*messages[1:], None], strict=True):
            outcome = carrier.first().deliver(one, may_leave=lambda: True, following=following)
            assert outcome is not None
            assert outcome.fate is Fate.ACCEPTED
    with smtplib.SMTP("localhost", there.port, local_hostname="mail.example.org") as library:
        library.starttls(context=context)
        library.login(USER, PASSWORD)
        for _ in range(number):
            library.sendmail(message.sender, [theirs], message.data)
    there.settle()
    arrived = there.arrived()
    assert [without_trace(one) for one in arrived[ours]] == [message.data] * number
    assert [without_trace(one) for one in arrived[theirs]] == [message.data] * number


def test_a_wrong_password_and_a_certificate_that_nobody_trusts(there: RealServers) -> None:
    """S3, S9: Dovecot says no, and a stranger's certificate gets no password; each is told in words."""
    trusting = ssl.create_default_context(cafile=str(there.trusted))
    wrong = Server("localhost", there.port, "starttls", "mail.example.org", USER, "wrong")
    with pytest.raises(LoginRefused, match="refuses your user name or password"), Smtp(wrong, context=trusting):
        pass
    right = Server("localhost", there.port, "starttls", "mail.example.org", USER, PASSWORD)
    with pytest.raises(TlsRefused, match="certificate"), Smtp(right):
        pass
