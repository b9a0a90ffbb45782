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
from newsletter.gate.clear import (
    ChangedSince,
    Cleared,
    MadeElsewhere,
    NotApproved,
    NotReady,
    UnderEmbargo,
    WarningsStand,
    clear,
)
from newsletter.workspace import shipped
from tests.gate.conftest import EN

if TYPE_CHECKING:
    from tests.gate.conftest import Newsroom

ON = dt.date(2025, 7, 4)
NOW = dt.datetime(2025, 7, 4, 9, tzinfo=dt.UTC)
LINK = "They voted. [Here](https://example.org/a)"


def approve_all(newsroom: Newsroom) -> None:
    """Ana reads both editions and lets them go."""
    newsroom.approve("en", "es")


def pass_gate(
    newsroom: Newsroom,
    on: dt.date = ON,
    *,
    now: dt.datetime = NOW,
    accept_warnings: bool = False,
    as_page: bool = False,
) -> Cleared:
    """Try to get through."""
    return clear(newsroom.workspace, newsroom.prepared(), on, now=now, accept_warnings=accept_warnings, as_page=as_page)


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
    newsroom.approve("en")
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


PICTURE = "    title: A vote\n    image: {file: vote.png, alt: A vote}\n"


def picture(newsroom: Newsroom, colour: str, *, comment: str = "") -> None:
    """Put a picture where the English edition shows it; a comment in its file is nothing that a reader sees."""
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    said = PngInfo()
    said.add_text("Comment", comment)
    newsroom.workspace.images.mkdir(exist_ok=True)
    Image.new("RGB", (60, 40), colour).save(newsroom.workspace.images / "vote.png", pnginfo=said)


CHANGES: list[tuple[str, str, str, str, str]] = [
    ("subject", "2025-07.yaml", "subject: An", "subject: This", ": subject."),
    ("preheader", "2025-07.yaml", "goes on", "goes further", ": preheader."),
    ("words", "2025-07.yaml", "They voted for it", "They voted against it", ": news “A vote”."),
    ("title", "2025-07.yaml", "title: A vote", "title: The vote", ": news “The vote”, news “A vote” (gone)."),
    ("letter", "2025-07.yaml", "thank you.", "thanks.", ": letter."),
    ("alt", "2025-07.yaml", "alt: A vote", "alt: The vote", ": news “A vote”."),
    ("sender's name", "newsletter.yaml", "name: Peru coordination,", "name: The coordination,", ": the sender"),
    ("address", "newsletter.yaml", "address: peru@", "address: lima@", ": the sender, how readers leave."),
    ("reply_to", "newsletter.yaml", "  list_id:", "  reply_to: ana@example.org\n  list_id:", ": the sender, how"),
    ("list", "newsletter.yaml", "list_id: peru.", "list_id: lima.", ": the sender."),
    ("leaving", "newsletter.yaml", "approval:", "leave_by_mail: go@example.org\napproval:", ": how readers leave."),
    ("address of the group", "newsletter.yaml", "1 Example Street", "2 Example Street", ": the profile (issues/"),
    ("look", "newsletter.yaml", "approval:", 'look: {accent: "#a0e060"}\napproval:', ": the profile (issues/"),
    ("embargo", "2025-07.yaml", "send_on:", "embargo: 2025-07-03 00:01 Europe/London\nsend_on:", ": the embargo."),
]


@pytest.mark.parametrize(("file", "old", "new", "said"), [one[1:] for one in CHANGES], ids=[one[0] for one in CHANGES])
def test_any_change_voids_and_is_named(newsroom: Newsroom, file: str, old: str, new: str, said: str) -> None:
    """Whatever leaves, in the letter or around it: a change of it takes the approval away, and is called by its name."""
    picture(newsroom, "red")
    newsroom.change("2025-07.yaml", "    title: A vote\n", PICTURE)
    approve_all(newsroom)
    assert pass_gate(newsroom, accept_warnings=True)
    before = newsroom.leaving().code
    newsroom.change(file, old, new)
    with pytest.raises(ChangedSince) as stopped:
        pass_gate(newsroom, accept_warnings=True)
    assert said in stopped.value.message
    assert newsroom.leaving().code != before
    newsroom.change(file, new, old)
    assert newsroom.leaving().code == before


@pytest.mark.parametrize(("colour", "comment"), [("blue", ""), ("red", "unseen")])
def test_another_picture_voids_also_where_readers_would_see_the_same(
    newsroom: Newsroom, colour: str, comment: str
) -> None:
    """The file in issues/images/ counts as it lies there, not only what a letter makes of it."""
    picture(newsroom, "red")
    newsroom.change("2025-07.yaml", "    title: A vote\n", PICTURE)
    approve_all(newsroom)
    picture(newsroom, colour, comment=comment)
    with pytest.raises(ChangedSince, match=r": the picture vote\.png\."):
        pass_gate(newsroom, accept_warnings=True)


def test_a_template_of_ones_own_voids(newsroom: Newsroom) -> None:
    """The frame around the words is part of what leaves."""
    approve_all(newsroom)
    own = newsroom.workspace.root / "templates" / "frame.txt"
    own.parent.mkdir()
    own.write_text((shipped() / "templates" / "frame.txt").read_text("utf-8") + "And more.\n", "utf-8")
    with pytest.raises(ChangedSince, match=r": the frame \(a template"):
        pass_gate(newsroom)


def test_a_changed_order_is_named(newsroom: Newsroom) -> None:
    """Two sections that change places, and say what they said."""
    approve_all(newsroom)
    head, letter, news = re.split(r"(?=  - type)", EN)
    newsroom.write("2025-07.yaml", head + news + letter)
    with pytest.raises(ChangedSince, match=r"in en .*the order of the sections"):
        pass_gate(newsroom)


def test_what_does_not_leave_voids_nothing(newsroom: Newsroom) -> None:
    """Test addresses, a page for the web, the greeting to the mail server, a comment, another day."""
    approve_all(newsroom)
    newsroom.change("newsletter.yaml", "approval:", "test_addresses: [ana@example.org]\napproval:")
    newsroom.change("newsletter.yaml", "es: Perú}}", "es: Perú}, about: Much to say.}")
    newsroom.change("newsletter.yaml", "  list_id:", "  ehlo: mail.example.org\n  list_id:")
    newsroom.change("2025-07.yaml", "send_on: 2025-07-04", "send_on: 2025-07-05  # a day later")
    assert pass_gate(newsroom, accept_warnings=True)


EMBARGO = "embargo: 2025-07-10 00:01 Europe/London\nsend_on: 2025-07-10"
LIMA = dt.timezone(dt.timedelta(hours=-5))


@pytest.mark.parametrize("file", ["2025-07.yaml", "2025-07.es.yaml"])
def test_nothing_leaves_before_the_embargo_ends(newsroom: Newsroom, file: str) -> None:
    """By mail or as a page, whichever edition names it; not a second before, and from then on it does."""
    newsroom.change(file, "send_on: 2025-07-04", EMBARGO)
    approve_all(newsroom)
    end = dt.datetime(2025, 7, 9, 23, 1, tzinfo=dt.UTC)  # summer time in London
    for as_page in (False, True):
        with pytest.raises(UnderEmbargo) as stopped:
            pass_gate(newsroom, now=end - dt.timedelta(seconds=1), accept_warnings=True, as_page=as_page)
        assert stopped.value.exit_code == 4
        assert pass_gate(newsroom, now=end, accept_warnings=True, as_page=as_page)


def test_the_embargo_s_end_is_said_on_her_own_clock(newsroom: Newsroom) -> None:
    """Where the issue is written in Lima, it says the hour of Lima, and how long that is."""
    newsroom.change("2025-07.yaml", "send_on: 2025-07-04", EMBARGO)
    with pytest.raises(UnderEmbargo) as stopped:
        pass_gate(newsroom, now=dt.datetime(2025, 7, 4, 15, 0, tzinfo=LIMA))
    assert "before 2025-07-10 at 00:01 (Europe/London), 5 days and 3 hours from now." in stopped.value.message
    assert "On your clock that is 2025-07-09 at 18:01." in stopped.value.message
    with pytest.raises(UnderEmbargo, match="1 minute from now"):
        pass_gate(newsroom, now=dt.datetime(2025, 7, 9, 18, 0, 30, tzinfo=LIMA))


def test_an_error_is_told_before_the_embargo(newsroom: Newsroom) -> None:
    """There is time to mend it meanwhile."""
    newsroom.change("2025-07.yaml", "send_on: 2025-07-04", EMBARGO)
    newsroom.change("2025-07.yaml", "They voted", "They {a} voted")
    with pytest.raises(NotReady):
        pass_gate(newsroom)


def test_a_page_needs_no_new_approval_for_another_frame(newsroom: Newsroom) -> None:
    """A new postal address in the footer does not take old issues off the web; other words or pictures do."""
    approve_all(newsroom)
    newsroom.change("newsletter.yaml", "1 Example Street", "2 Example Street")
    assert pass_gate(newsroom, as_page=True)
    newsroom.change("2025-07.yaml", "They voted for it", "They voted against it")
    with pytest.raises(ChangedSince, match="news “A vote”"):
        pass_gate(newsroom, as_page=True)


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
    assert holders == ["clear.py"]
