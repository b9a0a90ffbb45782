"""What a mail server answered, in words: each answer explained by its codes, in both languages, and no phrase too many."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.ledger.answers import (
    BY_CODE,
    FAMILY,
    IN_DOUBT,
    KNOWN,
    LATER,
    NOTHING,
    REFUSED,
    Reason,
    answer_words,
    reason,
)
from newsletter.nouns.draft import IssueName
from newsletter.phrases import phrases_of
from newsletter.workspace import Workspace, shipped

JULY = IssueName.parse("2025-07")


def meant(state: str, code: int, enhanced: str, language: str = "en") -> Reason:
    """What we say of this answer."""
    return reason(answer_words(Workspace(Path("nowhere")), language), JULY, state, code, enhanced)


@pytest.mark.parametrize(
    ("state", "code", "enhanced", "means"),
    [
        ("refused", 550, "5.1.1", "no such mailbox"),
        ("refused", 550, "5.1.10", "no such mailbox"),
        ("refused", 550, "5.1.2", "after the @"),
        ("refused", 0, "5.1.3", "not an address"),
        ("refused", 550, "5.4.1", "does not take letters for this address"),
        ("refused", 550, "5.2.0", "takes no letters"),
        ("refused", 550, "5.2.1", "switched off"),
        ("refused", 552, "5.2.2", "full"),
        ("refused", 552, "5.3.4", "larger"),
        ("refused", 553, "5.6.7", "characters"),
        ("refused", 451, "4.4.7", "several days"),
        ("refused", 451, "4.2.0", "several days"),
        ("refused", 450, "4.7.1", "several days"),
        ("refused", 452, "4.2.2", "is full."),
        ("refused", 550, "5.7.26", "as they are sent"),
        ("refused", 550, "", "does not take letters for this address"),
        ("refused", 551, "", "elsewhere"),
        ("refused", 554, "", "without saying more"),
        ("deferred", 451, "4.7.1", "patience"),
        ("deferred", 550, "5.4.5", "patience"),
        ("deferred", 550, "5.1.90", "patience"),
        ("deferred", 452, "4.2.2", "full at the moment"),
        ("deferred", 451, "4.3.0", "trouble of its own"),
        ("deferred", 450, "", "tried again later"),
        ("deferred", 550, "5.7.1", "as they are sent"),
        ("deferred", 450, "4.1.8", "our own address"),
        ("deferred", 535, "5.7.8", "sign-in"),
        ("deferred", 530, "", "sign-in"),
        ("in_doubt", 0, "", "probably arrived"),
    ],
)
def test_each_answer_is_explained(state: str, code: int, enhanced: str, means: str) -> None:
    """By its code, never by its words; what is put off needs nothing but patience, unless it lies with us."""
    found = meant(state, code, enhanced)
    assert means in found.means
    assert found.to_do.endswith((".", "`"))
    ours = any(words in found.means for words in ("as they are sent", "our own address", "sign-in"))
    assert ("newsletter doctor" in found.to_do) == ours
    assert state == "in_doubt" or ours or (state == "deferred") == found.to_do.startswith("Nothing:")


def test_in_spanish() -> None:
    """The same in Spanish; what is to be typed is the same command."""
    assert meant("refused", 550, "5.1.1", "es").means == "Ese buzón no existe, o ya no existe."
    assert "`newsletter settle 2025-07 --as-sent`" in meant("in_doubt", 0, "", "es").to_do


def test_every_phrase_is_said_and_none_is_missing() -> None:
    """The words file holds just what the table asks for, and each phrase ends as a sentence or a command does."""
    english = phrases_of(shipped() / "templates" / "words" / FAMILY / "en.yaml", 0)
    pairs = [*(pair for _, *pair in KNOWN), *BY_CODE.values(), REFUSED, LATER, IN_DOUBT]
    said = {f"means_{means}" for means, _ in pairs} | {f"do_{to_do}" for _, to_do in pairs} | {f"do_{NOTHING}"}
    assert said == english.keys()
