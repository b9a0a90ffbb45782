"""Everything that is said, logged, traced and raised while one signs in, by every way and with everything switched on, holds no secret."""

from __future__ import annotations

import base64
import datetime as dt
import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import ProxyHandler, build_opener

import pytest

from newsletter.delivery.server import Server
from newsletter.delivery.session import connect
from newsletter.delivery.sign_in.bearer import Bearer
from newsletter.delivery.sign_in.browser import through_browser
from newsletter.delivery.sign_in.device import DeviceCode, ask_for_code, wait_for_tokens
from newsletter.delivery.sign_in.kept import SignIn, sign_in_file
from newsletter.delivery.sign_in.tokens import Tokens
from newsletter.errors import NewsletterError
from newsletter.trouble import Setting, report
from tests.any.oauth import Giver, post_here, taking

At = Callable[..., Server]
Fake = Callable[..., Any]
PASSWORD = """correct "horse's" battery"""
BEYOND = "contraseña secreta"


def forms(secret: str, user: str = "peru@example.org") -> set[str]:
    """A secret in every shape in which it goes over a line, whole or behind what stands before it there."""
    said = {secret, f"\0{user}\0{secret}", f"user={user}\x01auth=Bearer {secret}\x01\x01"}
    coded = {base64.b64encode(one.encode()).decode().rstrip("=") for one in said}
    shown = repr(secret.encode())[2:-1]  # as smtplib's trace does
    return {secret, shown, quote(secret), quote(secret, safe=""), secret.replace(" ", "+"), *coded}


class Seen:
    """Lines from everywhere."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def none_of(self, secrets: list[str]) -> None:
        """Nothing of them anywhere, and something was seen at all."""
        text = "\n".join(self.lines)
        assert len(self.lines) > 10
        assert [secret for secret in secrets for form in forms(secret) if form in text] == []


def _signed_in(seen: Seen, server: Server, context: Any = None) -> None:
    """Sign in with a trace; an error's sentence, repr and report are seen too."""
    try:
        connect(server, context, show=seen.lines.append).close()
    except NewsletterError as error:
        where = Setting("send", dt.datetime(2025, 7, 4, tzinfo=dt.UTC), None)
        seen.lines += [str(error), repr(error), *report(error, where)]
    seen.lines += [repr(server)]


@pytest.mark.parametrize("way", ["CRAM-MD5", "PLAIN", "LOGIN", "PLAIN LOGIN"])
@pytest.mark.parametrize("password", [PASSWORD, BEYOND])
@pytest.mark.parametrize(
    "says", ["535 5.7.8 {} is wrong", "501 5.5.2 cannot decode {}", "454 4.7.0 {}", "235 welcome {}"]
)
def test_a_password_shows_nowhere_even_where_the_server_repeats_it(
    fake: Fake, at: At, way: str, password: str, says: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """L5: in any of the ways, answered yes, no or later, by a server that repeats what it was told."""
    seen = Seen()
    repeats = says.format(f"{password} {base64.b64encode(password.encode()).decode()}")
    challenge = "334 " + base64.b64encode(b"<1.2@example.org>").decode()
    words = [base64.b64encode(one.encode()).decode().upper() for one in ("peru@example.org", password)]
    script = {"AUTH": [challenge, repeats], words[0]: [challenge], words[1]: [repeats]}
    there = fake({"EHLO": [f"250-fake\r\n250 AUTH {way}"], **script})
    _signed_in(seen, at(there.port, user="peru@example.org", password=password))
    seen.lines += capfd.readouterr()
    assert any("(hidden)" in line for line in seen.lines) or (way == "CRAM-MD5" and password == BEYOND)
    assert there.verbs().count("AUTH") >= 1 or (way == "CRAM-MD5" and password == BEYOND)
    text = "\n".join(seen.lines)
    assert [form for form in forms(password) if form in text] == []


@pytest.mark.parametrize("way", ["XOAUTH2", "OAUTHBEARER"])
def test_tokens_show_nowhere_when_they_hold_end_and_are_withdrawn(
    giver: Giver,
    signed_in: SignIn,
    at: At,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    way: str,
) -> None:
    """L5: with trace and every log on; they stand in one file, its owner's alone, and nowhere else."""
    seen = Seen()
    caplog.set_level(logging.DEBUG)
    bearer = Bearer(signed_in, tmp_path, post_here, sleep=lambda _: None)
    with taking(giver, ways=(way,)) as taker:
        server = at(taker.port, user=giver.user, bearer=bearer)
        for happens in (giver.tokens, giver.expire, giver.withdraw):
            happens()
            _signed_in(seen, server)
        assert len(taker.tried) == 4
    seen.lines += [one.getMessage() for one in caplog.records if not one.name.startswith("mail")]
    seen.lines += [*capfd.readouterr(), repr(bearer), repr(signed_in)]
    assert any("httpcore" in one.name for one in caplog.records)
    assert "send: (hidden)" in "\n".join(seen.lines)
    seen.none_of(giver.given)
    file = sign_in_file("127.0.0.1", giver.user, tmp_path)
    others = [one for one in tmp_path.rglob("*") if one.is_file() and one != file]
    assert not any(secret in one.read_bytes().decode("utf-8", "replace") for one in others for secret in giver.given)


def test_getting_tokens_shows_none(
    giver: Giver, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """L5: by code and by browser, taken and refused; an authority that repeats what it was told is not repeated."""
    seen = Seen()
    caplog.set_level(logging.DEBUG)

    def browse(page: str) -> None:
        opener = build_opener(ProxyHandler({}))  # says nothing to any log, as a browser does
        threading.Thread(target=lambda: opener.open(page).close(), daemon=True).start()

    for refused in ("", "invalid_client"):
        code = ask_for_code(giver.client, post_here)
        giver.says = [refused]
        try:
            seen.lines.append(repr(_waited(giver, code)))
        except NewsletterError as error:
            seen.lines += [str(error), repr(error)]
        seen.lines.append(repr(code))
    seen.lines.append(repr(through_browser(giver.client, post_here, show=browse, clock=lambda: 0.0, patience=10)))
    seen.lines += [one.getMessage() for one in caplog.records]
    seen.lines += capfd.readouterr()
    assert "invalid_client AADSTS70043" in "\n".join(seen.lines)
    seen.none_of(giver.given)


def _waited(giver: Giver, code: DeviceCode) -> Tokens:
    return wait_for_tokens(giver.client, code, post_here, sleep=lambda _: None, clock=lambda: 0.0)
