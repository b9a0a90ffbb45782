from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from newsletter.delivery.sign_in.bearer import Bearer
from newsletter.delivery.sign_in.kept import SignIn, keep
from newsletter.delivery.sign_in.tokens import Tokens
from tests.any.oauth import Giver, giving, post_here


@pytest.fixture
def giver() -> Iterator[Giver]:
    """An authority on this machine."""
    with giving() as one:
        yield one


@pytest.fixture
def signed_in(giver: Giver, tmp_path: Path) -> SignIn:
    """Somebody who signed in there an hour or less ago, and is kept in ``tmp_path``."""
    said = giver.tokens()
    tokens = Tokens(said["access_token"], said["refresh_token"], 4_000_000_000)
    one = SignIn("127.0.0.1", giver.user, client=giver.client, tokens=tokens)
    keep(one, tmp_path)
    return one


@pytest.fixture
def bearer(signed_in: SignIn, tmp_path: Path) -> Bearer:
    """Whom connections ask for her token; it waits for nothing."""
    return Bearer(signed_in, tmp_path, post_here, sleep=lambda _: None)
