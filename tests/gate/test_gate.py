"""What an issue must pass before it leaves by any door."""

from __future__ import annotations

import copy
import dataclasses
import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import newsletter
from newsletter.approvals import approve
from newsletter.gate import ChangedSince, Cleared, MadeElsewhere, NotApproved, NotReady, WarningsStand, clear

if TYPE_CHECKING:
    from tests.gate.conftest import Newsroom

ON = dt.date(2025, 7, 4)
AT = dt.datetime(2025, 7, 3, 18, 20, tzinfo=dt.UTC)
LINK = "They voted. [Here](https://example.org/a)"


def approve_all(newsroom: Newsroom) -> None:
    """Ana reads both editions and lets them go."""
    dossier = newsroom.prepared().dossier
    assert dossier is not None
    for edition in dossier.editions:
        approve(newsroom.workspace, edition, dossier.renderings[edition.language], "Ana", AT)


def pass_gate(newsroom: Newsroom, on: dt.date = ON, *, accept_warnings: bool = False) -> Cleared:
    """Try to get through."""
    return clear(newsroom.workspace, newsroom.prepared(), on, accept_warnings=accept_warnings)


def test_what_is_well_and_approved_passes(newsroom: Newsroom) -> None:
    """S18: what leaves the gate is what was approved, for the day asked for."""
    approve_all(newsroom)
    cleared = pass_gate(newsroom)
    assert (cleared.dossier, cleared.on) == (newsroom.prepared().dossier, ON)


@pytest.mark.parametrize("accept_warnings", [True, False])
def test_an_error_stops_whatever_is_said(newsroom: Newsroom, accept_warnings: bool) -> None:
    """No --yes gets an error out; it says how many, the first three, and where to see all."""
    approve_all(newsroom)
    newsroom.change("2025-07.yaml", "They voted", "They {a} {b} {c} {d} voted")
    with pytest.raises(NotReady) as stopped:
        pass_gate(newsroom, accept_warnings=accept_warnings)
    assert "4 errors" in stopped.value.message
    assert stopped.value.message.count("issues/2025-07.yaml:13:") == 3
    assert "newsletter check 2025-07" in stopped.value.hint
    assert stopped.value.exit_code == 1


def test_an_issue_that_cannot_be_read_is_not_ready(newsroom: Newsroom) -> None:
    """Nothing rendered, nothing cleared."""
    newsroom.change("newsletter.yaml", "languages: [en, es]", "languages: [")
    with pytest.raises(NotReady):
        pass_gate(newsroom, accept_warnings=True)


def test_nobody_has_approved(newsroom: Newsroom) -> None:
    """S18: without the second pair of eyes it stops, and says the command."""
    with pytest.raises(NotApproved) as stopped:
        pass_gate(newsroom, accept_warnings=True)
    assert "newsletter approve 2025-07 --by NAME --language en" in stopped.value.hint
    assert stopped.value.exit_code == 4


def test_each_language_is_approved_for_itself(newsroom: Newsroom) -> None:
    """S18: an approval of the English edition says nothing about the Spanish one."""
    dossier = newsroom.prepared().dossier
    assert dossier is not None
    approve(newsroom.workspace, dossier.editions[0], dossier.renderings["en"], "Ana", AT)
    with pytest.raises(NotApproved, match="in es"):
        pass_gate(newsroom)


def test_a_change_after_approval_stops(newsroom: Newsroom) -> None:
    """S18: a changed YAML after approval refuses to send; it says who approved when, and what changed."""
    approve_all(newsroom)
    newsroom.change("2025-07.yaml", "They voted for it", "They voted against it")
    with pytest.raises(ChangedSince) as stopped:
        pass_gate(newsroom, accept_warnings=True)
    assert "Ana approved it on 2025-07-03 at 18:20: news “A vote”." in stopped.value.message
    assert "--language en" in stopped.value.hint


def test_a_change_of_the_profile_stops_too(newsroom: Newsroom) -> None:
    """S18: anything that a reader could see counts, wherever it stands."""
    approve_all(newsroom)
    newsroom.change("newsletter.yaml", "1 Example Street", "2 Example Street")
    with pytest.raises(ChangedSince, match="the profile"):
        pass_gate(newsroom)


def test_a_page_needs_no_new_approval_for_another_frame(newsroom: Newsroom) -> None:
    """A new postal address in the footer does not take old issues off the web; other words or pictures do."""
    approve_all(newsroom)
    newsroom.change("newsletter.yaml", "1 Example Street", "2 Example Street")
    assert clear(newsroom.workspace, newsroom.prepared(), ON, accept_warnings=False, as_page=True)
    newsroom.change("2025-07.yaml", "They voted for it", "They voted against it")
    with pytest.raises(ChangedSince, match="news “A vote”"):
        clear(newsroom.workspace, newsroom.prepared(), ON, accept_warnings=False, as_page=True)


def test_an_approval_given_back_is_an_approval(newsroom: Newsroom) -> None:
    """S18: the same words again need no new approval."""
    approve_all(newsroom)
    newsroom.change("2025-07.yaml", "They voted for it", "They voted against it")
    newsroom.change("2025-07.yaml", "They voted against it", "They voted for it")
    assert pass_gate(newsroom)


def test_where_approval_is_optional_nobody_need_approve(newsroom: Newsroom) -> None:
    """A team of one decides so in the profile."""
    newsroom.change("newsletter.yaml", "approval: required", "approval: optional")
    assert pass_gate(newsroom)


def test_warnings_ask_and_are_answered(newsroom: Newsroom) -> None:
    """A warning stops with how to go on, and --yes goes on."""
    newsroom.change("2025-07.yaml", "They voted for it.", LINK)
    newsroom.change("2025-07.es.yaml", "Votaron a favor.", "Votaron [la ley](https://example.org/a).")
    approve_all(newsroom)
    with pytest.raises(WarningsStand, match="--yes") as stopped:
        pass_gate(newsroom)
    assert "1 warning" in stopped.value.message
    assert stopped.value.exit_code == 4
    assert pass_gate(newsroom, accept_warnings=True)


def test_another_day_asks_and_is_answered(newsroom: Newsroom) -> None:
    """DESIGN: a real send on another day than send_on asks again."""
    approve_all(newsroom)
    with pytest.raises(WarningsStand, match="2025-07-05"):
        pass_gate(newsroom, dt.date(2025, 7, 5))
    assert pass_gate(newsroom, dt.date(2025, 7, 5), accept_warnings=True).on == dt.date(2025, 7, 5)


def test_cleared_is_made_at_the_gate_only(newsroom: Newsroom) -> None:
    """Neither by hand, nor from another one with something changed."""
    approve_all(newsroom)
    cleared = pass_gate(newsroom)
    with pytest.raises(MadeElsewhere):
        Cleared(cleared.dossier, ON, object())
    with pytest.raises(MadeElsewhere):
        Cleared(cleared.dossier, ON, None)
    with pytest.raises(ValueError, match="seal"):
        dataclasses.replace(cleared, on=dt.date(2026, 1, 1))  # type: ignore[call-arg]  # what must not work
    with pytest.raises(MadeElsewhere):
        dataclasses.replace(cleared, on=dt.date(2026, 1, 1), seal=object())


def test_cleared_does_not_change(newsroom: Newsroom) -> None:
    """What was cleared stays what it was: no field can be set, no rendering be put in its place."""
    approve_all(newsroom)
    cleared = pass_gate(newsroom)
    with pytest.raises(dataclasses.FrozenInstanceError):
        cleared.on = dt.date(2026, 1, 1)  # type: ignore[misc]  # what must not work
    with pytest.raises(TypeError):
        cleared.dossier.renderings["en"] = cleared.dossier.renderings["es"]  # type: ignore[index]  # what must not work
    assert copy.copy(cleared) == cleared


def test_nobody_else_holds_the_seal() -> None:
    """No other file of the package names it."""
    package = Path(newsletter.__file__).parent
    holders = [path.name for path in package.rglob("*.py") if re.search(r"_OF_THE_GATE", path.read_text("utf-8"))]
    assert holders == ["gate.py"]
