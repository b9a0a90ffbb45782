from __future__ import annotations

import threading
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from newsletter.delivery.sign_in.browser import through_browser
from newsletter.delivery.sign_in.device import CodeExpired, SaidNo
from newsletter.delivery.sign_in.tokens import Tokens
from tests.any.oauth import Giver, post_here


def _browse(page: str) -> None:
    """What a browser does with the page: it follows where that leads."""
    threading.Thread(target=lambda: httpx.get(page, follow_redirects=True, trust_env=False), daemon=True).start()


def _signed_in(giver: Giver, show: object = _browse, patience: float = 10) -> Tokens:
    assert callable(show)
    return through_browser(giver.client, post_here, show=show, clock=lambda: 0.0, patience=patience)


def test_a_yes_in_the_browser_gives_tokens(giver: Giver) -> None:
    """L4: loopback on a port of its own, a state, and PKCE by SHA-256, which the authority checks (RFC 8252, RFC 7636)."""
    assert _signed_in(giver).access in giver.valid
    asks = giver.asked[0][1]
    assert asks["code_challenge_method"] == "S256"
    assert asks["redirect_uri"].startswith("http://127.0.0.1:")
    assert asks["scope"] == giver.authority.scope
    assert len(asks["state"]) > 20


def test_a_no_in_the_browser_is_a_no(giver: Giver) -> None:
    giver.declines = True
    with pytest.raises(SaidNo):
        _signed_in(giver)


def test_an_answer_that_is_not_ours_is_turned_away(giver: Giver) -> None:
    """Whoever else knocks at the port, without our state, changes nothing."""
    turned: list[int] = []

    def show(page: str) -> None:
        back = parse_qs(urlsplit(page).query)["redirect_uri"][0]
        knocks = ("/?code=evil", "/?code=evil&state=wrong", "/favicon.ico")
        turned.extend(httpx.get(back + asked, trust_env=False).status_code for asked in knocks)
        _browse(page)

    assert _signed_in(giver, show).access in giver.valid
    assert turned == [404] * 3


def test_nobody_answers(giver: Giver) -> None:
    with pytest.raises(CodeExpired):
        _signed_in(giver, lambda _: None, patience=0.3)
