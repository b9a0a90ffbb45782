from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from newsletter.delivery.sign_in.answers import NoAuthority, SignInRefused
from newsletter.delivery.sign_in.bearer import Bearer, SignInOver
from newsletter.delivery.sign_in.kept import SignIn, forget, keep, kept, sign_in_file
from tests.any.oauth import Giver, post_here


def test_a_token_that_holds_costs_nothing(giver: Giver, bearer: Bearer, signed_in: SignIn) -> None:
    """L4: nobody is asked while it holds."""
    assert signed_in.tokens
    assert {bearer.token() for _ in range(9)} == {signed_in.tokens.access}
    assert giver.asked == []


@pytest.mark.parametrize("rotates", [True, False])
def test_one_that_ended_is_renewed_and_kept(
    giver: Giver, bearer: Bearer, signed_in: SignIn, tmp_path: Path, rotates: bool
) -> None:
    """L4: whether or not the authority gives another refresh token each time, the next program finds what holds."""
    giver.rotates = rotates
    assert signed_in.tokens
    first = signed_in.tokens
    bearer.sign_in = ended = replace(signed_in, tokens=replace(first, expires=0))
    keep(ended, tmp_path)
    token = bearer.token()
    path, form = giver.asked[0]
    assert path == "token"
    assert form == {
        "grant_type": "refresh_token",
        "refresh_token": first.refresh,
        "client_id": giver.client.id,
        "scope": giver.authority.scope,
    }
    found = kept("127.0.0.1", giver.user, tmp_path)
    assert found is not None
    assert found.tokens is not None
    assert found.tokens.access == token != first.access
    assert found.tokens.refresh in giver.refreshing
    assert Bearer(found, tmp_path, post_here).token() == token
    assert giver.refreshes() == 1


def test_many_connections_at_once_renew_it_once(giver: Giver, bearer: Bearer, signed_in: SignIn) -> None:
    """L4: eight that were refused the same token get the same new one, for one request."""
    assert signed_in.tokens
    giver.expire()
    giver.delay = 0.05
    found: list[str] = []
    old = signed_in.tokens.access
    threads = [threading.Thread(target=lambda: found.append(bearer.token(refused=old))) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(found) == 8
    assert set(found) == giver.valid
    assert giver.refreshes() == 1


def test_two_programs_renew_it_once(giver: Giver, bearer: Bearer, signed_in: SignIn, tmp_path: Path) -> None:
    """What another program got meanwhile is taken from the file: a refresh token may hold once only."""
    assert signed_in.tokens
    other = Bearer(signed_in, tmp_path, post_here)
    token = bearer.token(refused=signed_in.tokens.access)
    assert other.token(refused=signed_in.tokens.access) == token
    assert giver.refreshes() == 1
    assert other.token(refused=token) != token  # with the refresh token that holds now, not with its own old one
    assert giver.refreshes() == 2


def test_one_that_was_withdrawn_says_so_once_for_all(giver: Giver, bearer: Bearer, signed_in: SignIn) -> None:
    """L4, S9: the sentence leads to newsletter login; the authority is not asked again and again."""
    assert signed_in.tokens
    giver.withdraw()
    for _ in range(4):
        with pytest.raises(SignInOver, match="newsletter login") as said:
            bearer.token(refused=signed_in.tokens.access)
        assert not any(secret in str(said.value) for secret in giver.given)
    assert giver.refreshes() == 1


def test_an_authority_that_is_down_is_asked_again(giver: Giver, bearer: Bearer, signed_in: SignIn) -> None:
    assert signed_in.tokens
    giver.says = ["down", "down"]
    assert bearer.token(refused=signed_in.tokens.access) in giver.valid
    giver.says = ["down"] * 3
    with pytest.raises(NoAuthority, match="The letters that wait are safe"):
        bearer.token(refused=bearer.token())
    assert bearer.token() in giver.valid  # it was not over: the next connection may try


def test_one_that_holds_a_moment_longer_is_used_while_the_authority_is_down(
    giver: Giver, signed_in: SignIn, tmp_path: Path
) -> None:
    assert signed_in.tokens
    soon = replace(signed_in, tokens=replace(signed_in.tokens, expires=1000.0))
    giver.says = ["down"] * 3
    one = Bearer(soon, tmp_path / "elsewhere", post_here, clock=lambda: 950.0, sleep=lambda _: None)
    assert one.token() == signed_in.tokens.access


def test_an_answer_that_is_none_is_told_without_what_it_says(giver: Giver, bearer: Bearer, signed_in: SignIn) -> None:
    """L5: an authority's own sentence may repeat a secret; its number is what helps."""
    assert signed_in.tokens
    giver.says = ["temporarily_unavailable"]
    with pytest.raises(SignInRefused, match="temporarily_unavailable AADSTS70043") as said:
        bearer.token(refused=signed_in.tokens.access)
    assert not any(secret in str(said.value) for secret in giver.given)


def test_a_sign_in_that_was_forgotten_meanwhile_is_not_kept_again(
    giver: Giver, bearer: Bearer, signed_in: SignIn, tmp_path: Path
) -> None:
    """Whoever types newsletter login --forget while a sending runs finds no file afterwards."""
    assert signed_in.tokens
    assert forget("127.0.0.1", giver.user, tmp_path)
    assert bearer.token(refused=signed_in.tokens.access) in giver.valid
    assert not sign_in_file("127.0.0.1", giver.user, tmp_path).exists()
