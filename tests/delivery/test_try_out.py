from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from newsletter.delivery.try_out import NotATestAddress, TestCopyRefused, try_out
from newsletter.gate.leaving import NoSuchEdition
from newsletter.nouns.letter import Dossier, Fate, Outcome
from newsletter.settings import Settings

NOW = dt.datetime(2025, 7, 4, 9, 0, tzinfo=dt.UTC)


def test_one_copy_to_an_address_of_ones_own(dossier: Dossier, recorder: Any) -> None:
    """P16: a coordinator's own address, however it is spelled; no list, no key, no ledger is needed."""
    carrier = recorder()
    assert try_out(dossier, Settings(), carrier, "ANA@example.org", NOW).fate is Fate.ACCEPTED
    later = NOW + dt.timedelta(seconds=1)
    try_out(dossier, Settings(), carrier, "ana@example.org", later, language="es")
    first, second = carrier.taken
    assert b"Subject: Peru in en" in first.data
    assert b"Subject: Peru in es" in second.data
    assert first.message_id != second.message_id


def test_nobody_else_gets_one(dossier: Dossier, recorder: Any) -> None:
    """P16: exit code 4, and nothing is connected to."""
    carrier = recorder()
    with pytest.raises(NotATestAddress) as said:
        try_out(dossier, Settings(), carrier, "reader@example.net", NOW)
    assert said.value.exit_code == 4
    assert "reader@" not in str(said.value)
    with pytest.raises(NoSuchEdition):
        try_out(dossier, Settings(), carrier, "ana@example.org", NOW, language="fr")
    nobody = dataclasses.replace(dossier, profile=dataclasses.replace(dossier.profile, test_addresses=()))
    with pytest.raises(NotATestAddress):
        try_out(nobody, Settings(), carrier, "ana@example.org", NOW)
    assert carrier.opened == 0


def test_a_refused_test_copy_is_said(dossier: Dossier, recorder: Any) -> None:
    with pytest.raises(TestCopyRefused, match="550 no"):
        try_out(dossier, Settings(), recorder(usual=Outcome(Fate.REFUSED, 550, "5.1.1", "no")), "ana@example.org", NOW)
