"""``newsletter login`` as a newcomer meets it, at a pseudo-terminal; the mail server and the authority are real, and here."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsletter.__main__ import _call
from newsletter.delivery.carriers.smtp import Smtp
from newsletter.delivery.server import server
from newsletter.delivery.sign_in.kept import sign_in_file
from newsletter.door import Door
from newsletter.errors import NewsletterError
from newsletter.nouns.draft import Sender
from newsletter.settings import read_settings
from tests.any.oauth import ID, Giver, Taker, giving, post_to, taking
from tests.any.terminal import Terminal

APP_PASSWORD = "abcd efgh ijkl mnop"
PEOPLE = "languages: [en]\ncountries: {peru: {name: Peru}}\nsender: {name: Peru coordination, address: peru@example.org}\ntest_addresses: [ines@example.org]\n"


@pytest.fixture
def giver() -> Iterator[Giver]:
    with giving(interval=1) as one:
        yield one


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty newsletter, and beside it a home."""
    (tmp_path / "peru" / "issues").mkdir(parents=True)
    (tmp_path / "peru" / "issues" / "newsletter.yaml").write_text(f"title: Peru newsletter\n{PEOPLE}")
    return tmp_path / "peru"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Where sign-ins are kept, for commands in this process and beside it."""
    found = {"HOME": str(tmp_path / "home"), "XDG_CONFIG_HOME": str(tmp_path / "home" / "config")}
    for name, value in found.items():
        monkeypatch.setenv(name, value)
    return found


def _here(taker: Taker) -> list[str]:
    return ["--host", "127.0.0.1", "--port", str(taker.port), "--security", "none"]


def _files(folder: Path) -> str:
    return "".join(file.read_bytes().decode("utf-8", "replace") for file in folder.rglob("*") if file.is_file())


def _letter_leaves(folder: Path) -> None:
    """With what was kept, a connection is made as a sending makes it."""
    settings = read_settings({}, folder / ".env")
    with Smtp(server(settings, Sender("Peru", "peru@example.org"))):
        pass


def test_an_app_password_is_led_to_typed_unseen_tried_out_and_kept(
    folder: Path, home: dict[str, str], giver: Giver
) -> None:
    """L5: it shows nowhere, it stands in no file of the newsletter, and its own file is its owner's alone."""
    with taking(giver, ways=("PLAIN",), password=APP_PASSWORD.replace(" ", "")) as taker:
        with Terminal(["login", *_here(taker)], folder, home) as terminal:
            shown = terminal.until("Type its number")
            assert "1  Gmail" in shown
            assert "6  Another provider" in shown
            terminal.type("1")
            terminal.until("[peru@example.org]")
            terminal.type("")
            shown = terminal.until("nothing is shown")
            assert "https://myaccount.google.com/apppasswords" in shown
            assert "https://myaccount.google.com/signinoptions/two-step-verification" in shown
            terminal.type("my usual password")
            assert "15 characters" in terminal.until("nothing is shown")
            terminal.type("qqqq wwww eeee rrrr")
            shown = terminal.until("nothing is shown")
            assert "refuses your user name or password" in shown
            assert "See that it is the password of the user name that you gave" in shown
            assert "newsletter login" not in shown  # she is in it
            terminal.type(APP_PASSWORD)
            terminal.until("It works")
            assert terminal.end() == 0
            seen = terminal.seen
        assert "newsletter send --test" in seen
        assert not any(words in seen for words in ("mnop", "usual password\n", "qqqq", "Traceback"))
        _letter_leaves(folder)
    file = sign_in_file("127.0.0.1", "peru@example.org")
    assert str(file) in seen
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "mnop" not in _files(folder)
    assert stat.S_IMODE((folder / ".env").stat().st_mode) == 0o600
    settings = read_settings({}, folder / ".env")
    assert (settings.smtp_host, settings.smtp_user, settings.smtp_profile) == ("127.0.0.1", giver.user, "workspace")


def test_what_stood_in_env_before_stays_with_a_mark(folder: Path, home: dict[str, str], giver: Giver) -> None:
    """Nothing of hers is lost; and an old password there does not go before what is kept."""
    before = "# mine\nNEWSLETTER_SMTP_HOST=old.example.org\nNEWSLETTER_SMTP_PASSWORD=old\nNEWSLETTER_DKIM_DOMAIN=example.org\n"
    (folder / ".env").write_text(before)
    with taking(giver, ways=("PLAIN",), password="open sesame") as taker:
        arguments = ["login", "--mailbox", "own", "--address", "peru@example.org", *_here(taker)]
        for _ in range(2):
            with Terminal(arguments, folder, home) as terminal:
                terminal.until("Your password there")
                terminal.type("")  # Enter alone is no password, and none is tried
                terminal.until("Nothing was typed")
                terminal.until("Your password there")
                terminal.type("open sesame")
                terminal.until("It works")
                assert terminal.end() == 0
        assert len(taker.tried) == 2  # one a command
    text = (folder / ".env").read_text()
    for line in before.splitlines():
        assert line in text
    assert text.count("NEWSLETTER_SMTP_HOST=127.0.0.1") == 1  # typed twice, written once
    settings = read_settings({}, folder / ".env")
    assert (settings.smtp_password, settings.dkim_domain, settings.smtp_profile) == ("", "example.org", "default")
    assert "sesame" not in text


def _login(folder: Path, giver: Giver, *arguments: str, **environ: str) -> int:
    """The command in this process, with the authority's address led to this machine."""
    usual = {"NEWSLETTER_SMTP_CLIENT_ID": ID}
    door = Door(folder, environ={**usual, **environ}, post=post_to(giver))
    return _call(["login", *arguments], door)


@pytest.fixture
def by_code(
    folder: Path, home: dict[str, str], giver: Giver, capsys: pytest.CaptureFixture[str]
) -> Iterator[tuple[Taker, str]]:
    """Somebody signed in at Microsoft 365 by a code; and what she saw."""
    del home
    with taking(giver) as taker:
        assert _login(folder, giver, "--mailbox", "microsoft365", "--address", giver.user, *_here(taker)) == 0
        yield taker, capsys.readouterr().err


def test_a_code_is_shown_large_and_waited_for(by_code: tuple[Taker, str], folder: Path, giver: Giver) -> None:
    """L4, L5: page and code on the screen, tokens nowhere but in their own file; a sending uses them."""
    taker, seen = by_code
    assert "F  G  J  T  K  L  M  N  P" in seen
    assert "https://microsoft.example.com/devicelogin" in seen
    assert "Your password stays between you and Microsoft" in " ".join(seen.split())
    asked = [path for path, _ in giver.asked]
    assert asked == ["devicecode", "token"]
    file = sign_in_file("127.0.0.1", giver.user)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not any(secret in _files(folder) + seen for secret in giver.given)
    assert read_settings({}, folder / ".env").smtp_profile == "microsoft365"
    _letter_leaves(folder)
    assert [how for how, _ in taker.tried] == ["XOAUTH2", "XOAUTH2"]


def test_it_is_forgotten_when_that_is_wished(
    by_code: tuple[Taker, str], folder: Path, giver: Giver, capsys: pytest.CaptureFixture[str]
) -> None:
    assert by_code[0].tried
    assert _login(folder, giver, "--forget") == 0
    assert "https://myapps.microsoft.com" in capsys.readouterr().err
    assert not sign_in_file("127.0.0.1", giver.user).exists()
    with pytest.raises(NewsletterError, match="Nobody is signed in here"):
        _login(folder, giver, "--forget")


def test_microsoft_without_a_client_says_what_an_administrator_does(
    folder: Path, home: dict[str, str], giver: Giver, capsys: pytest.CaptureFixture[str]
) -> None:
    """Plainly: nothing can be had before the organisation has registered the program; nothing is written."""
    del home
    with pytest.raises(NewsletterError, match="which program asks") as said:
        _login(folder, giver, "--mailbox", "microsoft365", "--address", giver.user, NEWSLETTER_SMTP_CLIENT_ID="")
    assert said.value.exit_code == 1
    seen = capsys.readouterr().err
    assert "SMTP.Send" in seen
    assert "end of December 2026" in " ".join(seen.split())
    assert not (folder / ".env").exists()


def test_a_private_mailbox_at_microsoft_is_told_that_passwords_ended(
    folder: Path, home: dict[str, str], giver: Giver, capsys: pytest.CaptureFixture[str]
) -> None:
    """L6: with date and source, and that it is not made for a list."""
    del home
    with pytest.raises(NewsletterError):
        _login(folder, giver, "--mailbox", "outlook", "--address", "a@outlook.com", NEWSLETTER_SMTP_CLIENT_ID="")
    seen = " ".join(capsys.readouterr().err.split())
    assert "16 September 2024" in seen
    assert "https://support.microsoft.com/office/c5d65390" in seen
    assert "not made for a list" in seen


@pytest.mark.parametrize(
    ("arguments", "environ", "words", "code"),
    [
        (["--mailbox", "pigeon"], {}, "no such kind", 2),
        (["--mailbox", "gmail", "--address", "peru"], {}, "no mail address", 2),
        (["--mailbox", "gmail", "--host", "smtp.example.org", "--security", "none"], {}, "another machine", 4),
        (["--mailbox", "gmail"], {"NEWSLETTER_SMTP_HOST": "old.example.org"}, "goes before the file .env", 4),
        (["--mailbox", "gmail"], {"NEWSLETTER_SMTP_PASSWORD": "x"}, "goes before the file .env", 4),
        (["--mailbox", "microsoft365"], {"NEWSLETTER_SMTP_CLIENT_ID": "me"}, "SMTP_CLIENT_ID should be", 1),
        (["--mailbox", "microsoft365"], {"NEWSLETTER_SMTP_TENANT": "a/b"}, "SMTP_TENANT should be", 1),
    ],
)
def test_what_cannot_be_is_told_before_a_password_is_asked(
    folder: Path,
    home: dict[str, str],
    giver: Giver,
    arguments: list[str],
    environ: dict[str, str],
    words: str,
    code: int,
) -> None:
    del home
    with pytest.raises(NewsletterError, match=words) as said:
        _login(
            folder, giver, *(["--address", giver.user] if "--address" not in arguments else []), *arguments, **environ
        )
    assert said.value.exit_code == code
    assert giver.asked == []
    assert not (folder / ".env").exists()


def test_a_sign_in_that_is_refused_is_not_kept(
    folder: Path, home: dict[str, str], giver: Giver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Piped in, as a password manager does: one try, exit code 3, nothing written."""
    import io

    del home
    monkeypatch.setattr("sys.stdin", io.StringIO("qqqqwwwweeeerrrr\n"))
    with taking(giver, ways=("PLAIN",), password="another") as taker, pytest.raises(NewsletterError) as said:
        _login(folder, giver, "--mailbox", "gmail", "--address", giver.user, *_here(taker))
    assert said.value.exit_code == 3
    assert not (folder / ".env").exists()
    assert not sign_in_file("127.0.0.1", giver.user).exists()


def test_no_other_password_is_asked_for_where_none_would_help(folder: Path, home: dict[str, str], giver: Giver) -> None:
    """A server that takes no passwords at all ends it at once, with the way that it takes."""
    refuses = "535 5.7.139 Authentication unsuccessful, basic authentication is disabled."
    with taking(giver, ways=("PLAIN",), refuses=refuses) as taker:
        arguments = ["login", "--mailbox", "own", "--address", giver.user, *_here(taker)]
        with Terminal(arguments, folder, home) as terminal:
            terminal.until("Your password there")
            terminal.type("open sesame")
            assert "choose Microsoft 365 or Outlook.com" in terminal.until("by a code in the browser")
            assert terminal.end() == 3
    assert not (folder / ".env").exists()


def test_googles_browser_way_wants_the_organisations_own_client(
    folder: Path, home: dict[str, str], giver: Giver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """L4: scope https://mail.google.com/, loopback and PKCE; without such a client Gmail goes by an app password."""
    import threading
    from urllib.parse import parse_qs, urlsplit

    import httpx

    del home
    pages: list[dict[str, str]] = []

    def browse(self: Door, page: str) -> None:
        del self
        asks = {name: values[0] for name, values in parse_qs(urlsplit(page).query).items()}
        pages.append({"host": str(urlsplit(page).hostname), **asks})
        threading.Thread(target=lambda: httpx.get(giver.led_back(asks), trust_env=False), daemon=True).start()

    monkeypatch.setattr(Door, "open_page", browse)
    own = {
        "NEWSLETTER_SMTP_CLIENT_ID": "1-a.apps.googleusercontent.com",
        "NEWSLETTER_SMTP_CLIENT_SECRET": "not so secret",
    }
    with taking(giver) as taker:
        assert _login(folder, giver, "--mailbox", "gmail", "--address", giver.user, *_here(taker), **own) == 0
    assert pages[0]["host"] == "accounts.google.com"
    assert pages[0]["scope"] == "https://mail.google.com/"
    assert pages[0]["redirect_uri"].startswith("http://127.0.0.1:")
    form = giver.asked[-1][1]
    assert form["client_secret"] == "not so secret"
    assert "not so secret" not in _files(folder)
    assert _login(folder, giver, "--forget", **own) == 0
    assert giver.asked[-1][0] == "revoke"
    assert giver.refreshing == set()
