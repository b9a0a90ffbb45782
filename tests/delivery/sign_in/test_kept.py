from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from newsletter.delivery.server import NotSignedIn, server
from newsletter.delivery.sign_in.kept import (
    CannotKeepSignIn,
    DamagedSignIn,
    SignIn,
    SignInOpen,
    forget,
    keep,
    kept,
    sign_in_file,
)
from newsletter.nouns.draft import Sender
from newsletter.settings import Settings

HERS = SignIn("smtp.example.org", "peru@example.org", "open sesame")
SENDER = Sender("Peru", "peru@example.org")


def test_it_is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    """L5: 0600, in a folder of 0700, and found again by server and user, however they are spelt."""
    file = keep(HERS, tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    found = kept("SMTP.example.org", "Peru@Example.org", tmp_path)
    assert found is not None
    assert found.password == "open sesame"
    assert kept("smtp.example.org", "another@example.org", tmp_path) is None


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666, 0o660])
def test_one_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    """L5: with the command that closes it; nothing of it is used."""
    file = keep(HERS, tmp_path)
    file.chmod(mode)
    with pytest.raises(SignInOpen, match="chmod 600") as said:
        kept(HERS.host, HERS.user, tmp_path)
    assert "sesame" not in str(said.value)
    assert said.value.exit_code == 4


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[1]",
        '{"host": 1}',
        '{"host": "smtp.example.org", "user": "peru@example.org"}',
        '{"host": "smtp.example.org", "user": "peru@example.org", "password": ["open sesame"]}',
        '{"host": "smtp.example.org", "user": "peru@example.org", "password": "", "tokens": 7, "authority": {}}',
        '{"host": "evil.example.org", "user": "peru@example.org", "password": "open sesame"}',
        "[" * 100_000,
    ],
)
def test_a_damaged_one_is_a_sentence(tmp_path: Path, text: str) -> None:
    """Whatever the file holds; and one made for another server is never shown to this one."""
    file = keep(HERS, tmp_path)
    file.write_text(text)
    with pytest.raises(DamagedSignIn, match="newsletter login") as said:
        kept(HERS.host, HERS.user, tmp_path)
    assert "sesame" not in str(said.value)


def test_it_goes_when_it_is_forgotten(tmp_path: Path) -> None:
    keep(HERS, tmp_path)
    assert forget(HERS.host, HERS.user, tmp_path)
    assert not forget(HERS.host, HERS.user, tmp_path)
    assert kept(HERS.host, HERS.user, tmp_path) is None


def test_a_folder_that_cannot_be_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "sign-in").write_text("in the way")
    with pytest.raises(CannotKeepSignIn):
        keep(HERS, tmp_path)


def test_a_server_is_reached_with_what_was_kept(tmp_path: Path) -> None:
    """The setting goes first, then what was kept; a user name with neither is led to newsletter login."""
    settings = Settings(smtp_host="smtp.example.org", smtp_user="peru@example.org")
    with pytest.raises(NotSignedIn, match="newsletter login"):
        server(settings, SENDER, folder=tmp_path)
    keep(HERS, tmp_path)
    assert server(settings, SENDER, folder=tmp_path).password == "open sesame"
    set_too = Settings(smtp_host="smtp.example.org", smtp_user="peru@example.org", smtp_password="another")
    assert server(set_too, SENDER, folder=tmp_path).password == "another"


def test_tokens_come_back_as_they_were(signed_in: SignIn, tmp_path: Path) -> None:
    """And no repr of any of it holds a secret."""
    found = kept(signed_in.host, signed_in.user, tmp_path)
    assert found is not None
    assert found.tokens == signed_in.tokens
    assert found.client is not None
    assert signed_in.client is not None
    assert found.client.authority.token_url == signed_in.client.authority.token_url
    assert found.tokens is not None
    secrets = (found.tokens.access, found.tokens.refresh)
    made = server(Settings(smtp_host="127.0.0.1", smtp_user=signed_in.user), SENDER, folder=tmp_path)
    assert made.bearer is not None
    assert not any(secret in f"{found!r}{made!r}{made.bearer!r}" for secret in secrets)


def test_names_of_files_are_fit_for_every_system(tmp_path: Path) -> None:
    names = {
        sign_in_file(host, user, tmp_path).name for host in ("a.example", "::1") for user in ("a/b", "A\\B:", "ñ" * 300)
    }
    assert len(names) == 6
    assert all(name.isascii() and len(name) < 100 and not set(name) & set('<>:"/\\|?*') for name in names)
    assert json.loads(keep(SignIn("::1", "a/b", "x"), tmp_path).read_text())["user"] == "a/b"
