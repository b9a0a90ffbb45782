from __future__ import annotations

import datetime as dt

import pytest

from newsletter.letters.encode import Encoded, encode
from newsletter.nouns.letter import Dossier
from newsletter.nouns.person import Recipient
from tests.any.signed import Signing, signing


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Signing:
    """A domain that signs."""
    return signing(tmp_path_factory.mktemp("keys"))


@pytest.fixture
def now() -> dt.datetime:
    """The real time: verifiers look at their own clock."""
    return dt.datetime.now(dt.UTC)


@pytest.fixture
def ana() -> Recipient:
    """A reader."""
    return Recipient("11" * 16, "ana@example.net", "Ana María", "en")


@pytest.fixture
def encoded(dossier: Dossier) -> Encoded:
    """July in English, encoded."""
    return encode(dossier.renderings["en"], dossier.profile, public_url="https://news.example.org")
