"""What is typed, what stands in .env, and what is known of each mailbox."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from newsletter.delivery.pace.limits import limits
from newsletter.delivery.sign_in.app_password import NotAnAppPassword, app_password
from newsletter.delivery.sign_in.env_file import set_in_env
from newsletter.delivery.sign_in.mailbox import Way, mailboxes
from newsletter.delivery.sign_in.refusals import advice, during_login, in_vain
from newsletter.settings import BrokenEnv, Settings, read_settings


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("abcd efgh ijkl mnop", "abcdefghijklmnop"),
        (" abcd\u00a0efgh\u2009ijkl\tmnop\r\n", "abcdefghijklmnop"),
        ("\u200babcdefgh\ufeffijklmnop", "abcdefghijklmnop"),
        ("abcd-efgh-ijkl-mnop", "abcd-efgh-ijkl-mnop"),
    ],
)
def test_blanks_of_every_kind_are_taken_out(typed: str, found: str) -> None:
    assert app_password(typed, 16) == found


@pytest.mark.parametrize("typed", ["", "hunter2", "abcd efgh ijkl mno", "abcd efgh ijkl mnopq", "abcd efgh ijkl mno1"])
def test_what_has_not_the_shape_is_told_without_it(typed: str) -> None:
    with pytest.raises(NotAnAppPassword) as said:
        app_password(typed, 16)
    assert not typed or typed.replace(" ", "") not in str(said.value)


@pytest.mark.parametrize(
    ("reply", "by_token", "vain"),
    [
        ("5.7.8 Error: authentication failed", False, False),
        ("5.7.3 Authentication unsuccessful", True, False),
        ("5.7.8 Username and Password not accepted gsmtp", False, False),
        ("(#AUTH005) Too many bad auth attempts", False, False),
        ("5.7.139 Authentication unsuccessful, basic authentication is disabled", False, True),
        ("5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled", False, True),
    ],
)
def test_who_is_signing_in_is_not_told_to_sign_in(reply: str, *, by_token: bool, vain: bool) -> None:
    """In the midst of newsletter login its own advice is given, and whether another password would help is known."""
    usual = advice(535, reply, by_token=by_token)
    hint = during_login(usual)
    assert "anew" not in hint
    assert "anew" not in usual or hint != usual
    assert in_vain(hint) == vain
    assert during_login(hint) == hint


def test_every_mailbox_can_be_reached_safely_and_its_pace_is_known() -> None:
    """S16: 465 with TLS or 587 with STARTTLS; the profile of the pace is one that there is; pages are encrypted."""
    found = mailboxes()
    assert list(found) == ["gmail", "microsoft365", "outlook", "yahoo", "icloud", "own"]
    for one in found.values():
        assert (one.security, one.port) in {("tls", 465), ("starttls", 587)} or not one.host
        assert one.steps or one.authority or one.way is Way.USUAL
        for profile in filter(None, {one.pace_of("peru@example.org"), one.pace_of("peru@gmail.com")}):
            assert one.host in limits(Settings(smtp_profile=profile)).hosts or profile == "workspace"
        for step in (*one.steps, *one.registering, one.note, one.take_back_page):
            assert all(
                urlsplit(word).scheme == "https" for word in step.split() if "://" in word and "localhost" not in word
            )
    assert found["gmail"].pace_of("peru@gmail.com") == "gmail"
    assert found["gmail"].pace_of("peru@example.org") == "workspace"


@pytest.mark.parametrize("value", ["plain", "a b", "it's", "back\\slash", 'say "x"', "# not a note", "ñ", "$HOME"])
def test_a_setting_is_read_back_as_it_was_written(tmp_path: Path, value: str) -> None:
    file = tmp_path / ".env"
    set_in_env(file, {"SMTP_USER": value, "SMTP_HOST": "smtp.example.org"})
    assert read_settings({}, file).smtp_user == value
    before = file.read_bytes()
    assert not set_in_env(file, {"SMTP_USER": value, "SMTP_HOST": "smtp.example.org"})
    assert file.read_bytes() == before


def test_lines_of_every_kind_are_put_out_of_use_and_kept(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes(
        b"\xef\xbb\xbfexport NEWSLETTER_SMTP_USER = old\r\n#NEWSLETTER_SMTP_USER=older\r\nNEWSLETTER_SMTP_USERS=x\r\n"
    )
    assert set_in_env(file, {"SMTP_USER": "new"})
    lines = file.read_text("utf-8").splitlines()
    assert lines[:3] == ["#export NEWSLETTER_SMTP_USER = old", "#NEWSLETTER_SMTP_USER=older", "NEWSLETTER_SMTP_USERS=x"]
    assert read_settings({}, file).smtp_user == "new"


def test_a_file_in_another_encoding_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes("NEWSLETTER_SMTP_USER=Inés".encode("cp1252"))
    with pytest.raises(BrokenEnv):
        set_in_env(file, {"SMTP_USER": "new"})
    assert file.read_bytes() == "NEWSLETTER_SMTP_USER=Inés".encode("cp1252")
