"""The ceremony as it is typed, to a real mail server: shown, held, looked at again, sent, reported."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from newsletter.demo.server import Received
from newsletter.workspace import Workspace
from tests.any.terminal import FOURTH_OF_JULY, Terminal
from tests.ceremony.conftest import JULY, PEOPLE, Clock, Run, readers_of

FOR_REAL = ("send", "2025-07", "--for-real")
MINUTE = dt.timedelta(minutes=1)
POSIX = pytest.mark.skipif(os.name != "posix", reason="a terminal of its own")


@POSIX
def test_one_key_stops_everything(ready: Run, received: Received, sample: Workspace, environ: dict[str, str]) -> None:
    """At a terminal ten minutes by themselves; first copies are out, no reader has anything, and the books say so."""
    with Terminal(FOR_REAL, sample.root, environ, code=FOURTH_OF_JULY) as before:
        before.until("type its name")
        assert received.messages == 0
        before.type("2025-07")
        before.until("Any key stops it.")
        before.press("x")
        assert before.end() == 130
    assert readers_of(received) == []
    assert received.messages == 2  # each edition to the one address of the coordinators' own
    assert "9:5" in before.seen or "10:00" in before.seen
    for words in (
        "6 readers (en 4, es 2)",
        "Peru: Congress backs an amnesty",
        "Peru coordination, Example Group <peru@example.org>",
        "Eva, 2025-07-04",
        "10 minutes after the first copies",
        "as fast as the server takes them",
        "| Dear Ana,",
        "no reader has got anything of 2025-07",
    ):
        assert words in before.seen, before.seen
    assert "has not been sent" in ready("status", "2025-07")[1]
    assert not any(name in before.seen for name in ("ada@", "Ada", "Cleo"))


@POSIX
@pytest.mark.usefixtures("ready")
def test_held_and_sent(received: Received, sample: Workspace, environ: dict[str, str]) -> None:
    """When the hold is over everybody gets a letter, once, and a report lies in records/ for its owner alone."""
    with Terminal((*FOR_REAL, "--hold", "1s"), sample.root, environ, code=FOURTH_OF_JULY) as there:
        there.until("type its name")
        there.type("2025-07")
        assert there.end() == 0, there.seen
    assert sorted(readers_of(received)) == ["ada", "ben", "cleo", "dina", "elif", "finn"]
    assert received.recipients[:2] == ["ines@example.org"] * 2
    assert "none refused" in there.seen
    [page] = (sample.records / "reports" / "2025-07").glob("*.html")
    assert str(page.name) in there.seen.replace("\n", "")
    assert page.stat().st_mode & 0o077 == 0
    assert "6 of 6 letters were accepted" in page.with_suffix(".txt").read_text("utf-8")


@POSIX
def test_ctrl_c_sigterm_and_sighup_stop_a_hold(
    ready: Run, received: Received, sample: Workspace, environ: dict[str, str]
) -> None:
    """Where nobody watches too: exit code 130, and no reader has anything."""
    ours = {**environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        words = [sys.executable, "-c", FOURTH_OF_JULY, *FOR_REAL, "--yes", "--hold", "1h", "--json"]
        with subprocess.Popen(
            words, cwd=sample.root, env=ours, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as sender:
            assert sender.stderr
            assert next(line for line in sender.stderr if "Ctrl-C stops it." in line)
            sender.send_signal(number)
            out, err = sender.communicate()
        assert sender.returncode == 130, err
        done = json.loads(out)
        assert (done["planned"], done["first_copies"], done["report"]) == (0, 2, None)
        assert done["held_until"].startswith("2025-07-04T10:00")
    assert readers_of(received) == []
    assert "has not been sent" in ready("status", "2025-07")[1]


def test_at_waits_for_its_hour(ready: Run, received: Received, clock: Clock, sample: Workspace) -> None:
    """On the newsletter's own clock; an embargo that ends before is none then; it is said what is waited for."""
    _zone(sample, "America/Lima")
    _embargo(sample, "2025-07-04 07:30 America/Lima")
    ready("approve", "2025-07", "--by", "Eva", "--yes")
    assert "under embargo" in ready(*FOR_REAL, "--yes")[2]
    clock.step = MINUTE
    code, out, err = ready(*FOR_REAL, "--yes", "--at", "2025-07-04 08:00", "--json")
    assert code == 0, err
    assert "Waiting until 2025-07-04 08:00 (America/Lima)" in err
    done = json.loads(out)
    assert done["held_until"] == "2025-07-04T08:00:00-05:00"
    assert dt.datetime.fromisoformat(done["began"]) >= dt.datetime(2025, 7, 4, 13, tzinfo=dt.UTC)
    assert len(readers_of(received)) == PEOPLE


def test_an_hour_that_was_slept_through_is_not_sent_at(ready: Run, received: Received, clock: Clock) -> None:
    """Nobody to ask: exit code 4 with a sentence; somebody there is asked, and her answer counts."""
    clock.step = MINUTE
    clock.due = [(JULY + 20 * MINUTE, lambda: setattr(clock, "at", JULY + dt.timedelta(hours=18)))]
    code, _, err = ready(*FOR_REAL, "--yes", "--at", "2025-07-04 10:00")
    assert code == 4
    assert "was to leave at 2025-07-04 10:00 (UTC), and it is 2025-07-05 03:0" in err
    assert "Nothing was sent to readers." in err
    assert readers_of(received) == []


def test_what_changed_in_the_hold_does_not_leave(
    ready: Run, received: Received, clock: Clock, sample: Workspace
) -> None:
    """S18: neither unapproved, nor approved anew in the meantime: the hash that was shown is the hash that is sent."""
    file = sample.issues / "2025-07.yaml"
    before = file.read_text("utf-8")

    def mend() -> None:
        file.write_text(before.replace('subject: "', 'subject: "Mended: '), "utf-8")

    clock.step = MINUTE
    clock.due = [(JULY + 20 * MINUTE, mend)]
    code, _, err = ready(*FOR_REAL, "--yes", "--hold", "1h")
    assert (code, "changed since Eva approved it" in err) == (4, True), err
    file.write_text(before, "utf-8")
    clock.due = [
        (clock.at + 20 * MINUTE, mend),
        (clock.at + 25 * MINUTE, lambda: ready("approve", "2025-07", "--by", "Eva", "--yes")),
    ]
    code, _, err = ready(*FOR_REAL, "--yes", "--at", "2025-07-04 18:00")
    assert code == 4
    assert "in en has changed since it was shown here: subject" in err
    assert readers_of(received) == []
    assert received.messages == 4
    assert ready("status", "2025-07", "--json")[1].count(" 0,") == 6


def test_who_leaves_in_the_hold_gets_nothing(ready: Run, received: Received, clock: Clock) -> None:
    """S17: the list is read when the letters leave, not when they were announced."""
    clock.step = MINUTE
    clock.due = [(JULY + 20 * MINUTE, lambda: ready("subscribers", "remove", "ben@example.org"))]
    assert ready(*FOR_REAL, "--yes", "--hold", "1h")[0] == 0
    assert sorted(readers_of(received)) == ["ada", "cleo", "dina", "elif", "finn"]


def test_what_goes_on_is_neither_announced_nor_held_again(ready: Run, received: Received) -> None:
    """First copies are out once; the rest goes with the same command."""
    code, _, err = ready(*FOR_REAL, "--yes", NEWSLETTER_SMTP_PER_DAY="5")
    assert (code, received.messages) == (3, 5), err  # two first copies count within the day
    assert "6 people are more than" in err
    code, _, err = ready(*FOR_REAL, "--yes")
    assert (code, len(readers_of(received)), received.messages) == (0, PEOPLE, PEOPLE + 2)
    assert "for the rest of its readers" in err


def test_without_own_addresses_it_is_said(ready: Run, received: Received, sample: Workspace) -> None:
    """Nothing goes out beforehand, and how to have it."""
    text = sample.profile.read_text("utf-8").replace("test_addresses: [ines@example.org]", "")
    sample.profile.write_text(text, "utf-8")
    code, _, err = ready(*FOR_REAL, "--yes")
    assert (code, received.messages) == (0, PEOPLE)
    assert "there are no test_addresses" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--hold", "soon"), "--hold soon is not a time to wait"),
        (("--hold", "10"), "--hold 10 is not a time to wait"),
        (("--hold", "400h"), "at most 168h"),
        (("--at", "tomorrow"), "--at “tomorrow” is not a moment"),
        (("--at", "2025-07-04"), "--at “2025-07-04” is not a moment"),
        (("--at", "2025-07-04 08:00"), "has passed: there it is 2025-07-04 09:00 now"),
        (("--at", "2025-07-31 18:00 Nowhere/City"), "is not a moment"),
    ],
)
def test_what_cannot_be_meant_is_told(ready: Run, received: Received, words: tuple[str, ...], said: str) -> None:
    """Exit code 2, what to type, and nothing has left."""
    code, _, err = ready(*FOR_REAL, "--yes", *words)
    assert (code, said in err) == (2, True), err
    assert received.messages == 0


def test_a_rehearsal_is_not_held(ready: Run) -> None:
    """--hold and --at belong to a real sending."""
    assert ready("send", "2025-07", "--hold", "10m")[0] == 2


@pytest.mark.parametrize("words", [(), ("--for-real", "--yes")])
def test_copies_in_doubt_of_an_ordinary_issue_are_decided_about(
    ready: Run, received: Received, words: tuple[str, ...]
) -> None:
    """--in-doubt is a correction's: here nothing is passed over in silence, and the command that decides is named."""
    code, _, err = ready("send", "2025-07", "--in-doubt", *words)
    assert (code, "newsletter settle 2025-07" in err) == (2, True), err
    assert received.messages == 0


def _zone(sample: Workspace, zone: str) -> None:
    sample.profile.write_text(f"{sample.profile.read_text('utf-8')}\ntimezone: {zone}\n", "utf-8")


def _embargo(sample: Workspace, until: str) -> None:
    for path in sample.issues.glob("2025-07*.yaml"):
        if "approval" not in path.name:
            path.write_text(f"embargo: {until}\n{path.read_text('utf-8')}", "utf-8")
