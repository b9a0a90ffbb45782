"""The parts of the ceremony by themselves: lengths and hours, a key at a terminal, a computer kept awake."""

from __future__ import annotations

import datetime as dt
import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from rich.progress import Task, TaskID

from newsletter.ceremony import keys
from newsletter.ceremony.asked import NoHold, hold_of
from newsletter.ceremony.awake import awake
from newsletter.ceremony.bar import Refused, troubles
from newsletter.ceremony.hour import HasPassed, NoHour, When, hour, told
from newsletter.ceremony.soft_stop import soft_stop
from newsletter.ledger.book import Books
from newsletter.nouns.draft import Profile, Translated

NOW = dt.datetime(2025, 7, 4, 9, 0, tzinfo=dt.UTC)
POSIX = pytest.mark.skipif(os.name != "posix", reason="a terminal of its own")


def profile(zone: str = "") -> Profile:
    """A newsletter whose clock is that of a place."""
    return Profile(Translated({"en": "Almira"}), ("en",), {}, timezone=zone)


def test_a_second_ctrl_c_is_heard_as_soon_as_the_first_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever reads that it is stopping, and means it at once, is not kept for the answers of a slow server."""
    write = os.write

    def read_and_pressed_again(screen: int, said: bytes) -> int:
        written = write(screen, said)
        signal.raise_signal(signal.SIGINT)
        return written

    monkeypatch.setattr(os, "write", read_and_pressed_again)
    with pytest.raises(KeyboardInterrupt), soft_stop("Stopping.") as asked:
        signal.raise_signal(signal.SIGINT)
    assert asked()


@pytest.mark.parametrize(
    ("typed", "seconds"), [("30s", 30), ("10m", 600), ("1h", 3600), ("1H", 3600), ("0", 0), ("0m", 0), (None, None)]
)
def test_how_long_to_hold(typed: str | None, seconds: int | None) -> None:
    """Seconds, minutes, hours; 0 is none, and nothing said is nothing said."""
    found = hold_of(typed)
    assert (None if found is None else found.total_seconds()) == seconds


@pytest.mark.parametrize("typed", ["", "10", "ten", "1d", "-5m", "1.5h", "169h", "10 m 5"])
def test_what_is_no_length(typed: str) -> None:
    """A number alone could be anything."""
    with pytest.raises(NoHold):
        hold_of(typed)


@pytest.mark.parametrize(
    ("typed", "zone", "utc"),
    [
        ("2025-07-31 18:00", "Europe/London", "2025-07-31T17:00"),
        ("2025-12-01 18:00", "Europe/London", "2025-12-01T18:00"),
        ("2025-07-31 18:00", "America/Lima", "2025-07-31T23:00"),
        ("2025-07-31T18:00", "America/Lima", "2025-07-31T23:00"),
        ("2025-07-31 18:00 Europe/Madrid", "America/Lima", "2025-07-31T16:00"),
        ("2025-07-31 18:00", "", "2025-07-31T18:00"),
    ],
)
def test_whose_hour_it_is(typed: str, zone: str, utc: str) -> None:
    """That of the place named with it, else of the newsletter, else of the computer; summer time is the day's."""
    at = hour(typed, profile(zone), NOW)
    assert at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M") == utc


def test_what_is_no_hour() -> None:
    """Told with what to type; what has passed, with the time there."""
    for typed in ("soon", "18:00", "2025-07-31", "31/07/2025 18:00", "2025-02-30 18:00", "2025-07-31 25:00"):
        for zone in ("", "Europe/London"):
            with pytest.raises(NoHour):
                hour(typed, profile(zone), NOW)
    with pytest.raises(HasPassed, match=r"2025-07-04 09:59 \(Europe/London\) has passed: there it is 2025-07-04 10:00"):
        hour("2025-07-04 09:59", profile("Europe/London"), NOW)


def test_an_hour_and_a_hold_together() -> None:
    """It leaves at the hour, and not before it was held for as long as somebody wanted."""
    at = dt.datetime(2025, 7, 4, 12, 0, tzinfo=ZoneInfo("Europe/London"))
    assert told(at) == "2025-07-04 12:00 (Europe/London)"
    assert When(at, dt.timedelta()).leaves(NOW) == at
    assert When(at, dt.timedelta(hours=1)).leaves(NOW) == at
    assert When(at, dt.timedelta(hours=5)).leaves(NOW) == NOW + dt.timedelta(hours=5)
    assert When(None, dt.timedelta()).leaves(NOW) == NOW


@POSIX
def test_a_key_is_read_at_once_and_the_terminal_is_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was typed before does not count; afterwards letters are shown and lines are read as before."""
    import termios

    mine, theirs = os.openpty()
    before = termios.tcgetattr(theirs)
    with os.fdopen(theirs, "r", encoding="utf-8") as terminal:
        monkeypatch.setattr("sys.stdin", terminal)
        os.write(mine, b"yes\n")
        assert select.select([theirs], [], [], 30)[0]  # it has come through
        with keys.any_key(watched=True) as pressed:
            assert not termios.tcgetattr(theirs)[3] & (termios.ICANON | termios.ECHO)
            assert termios.tcgetattr(theirs)[3] & termios.ISIG
            assert not pressed(0.01)
            os.write(mine, b" ")
            assert pressed(30)
        assert termios.tcgetattr(theirs) == before
    os.close(mine)


def test_nobody_watches() -> None:
    """Then time passes, and no key is asked for."""
    with keys.any_key(watched=False) as pressed:
        assert not pressed(0.001)


@POSIX
def test_kept_awake_for_as_long_as_it_lasts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the system's own program, which is told why, sees no Ctrl-C of ours, and ends with us."""
    noted = tmp_path / "noted"
    _program(tmp_path / "systemd-inhibit", f'echo "$$ $@" > {noted}; shift 4; exec "$@"')
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    with awake("2025-07 is being sent") as kept:
        assert kept
        number, *said = _written(noted).split()
        assert "--what=sleep:idle" in said
        assert os.getsid(int(number)) != os.getsid(0)
    with pytest.raises(ProcessLookupError):
        os.kill(int(number), 0)


@POSIX
def test_where_it_cannot_be_kept_awake_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No such program, or one that ends at once because nobody may."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with awake("it waits") as kept:
        assert not kept
    _program(tmp_path / "systemd-inhibit", "exit 1")
    monkeypatch.setattr("newsletter.ceremony.awake._SETTLES", 30)  # on a busy machine it takes its time to end
    with awake("it waits") as kept:
        assert not kept


@POSIX
def test_killed_it_leaves_nothing_behind(tmp_path: Path) -> None:
    """The program that keeps the computer awake reads from a pipe, which closes when we die."""
    noted = tmp_path / "noted"
    _program(tmp_path / "systemd-inhibit", f'echo "$$" > {noted}; shift 4; exec "$@"')
    script = (
        "import os, signal; from newsletter.ceremony.awake import awake\n"
        "with awake('it waits'): os.kill(os.getpid(), signal.SIGKILL)"
    )
    root = str(Path(__file__).resolve().parents[2])
    environ = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "PYTHONPATH": root}
    subprocess.run([sys.executable, "-c", script], env=environ, check=False)
    number, until = int(_written(noted)), time.monotonic() + 30
    while Path(f"/proc/{number}").exists() and time.monotonic() < until:
        time.sleep(0.02)
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


def _written(noted: Path) -> str:
    """What a program notes as its first act, which on a busy machine may take a while."""
    until = time.monotonic() + 30
    while not (noted.exists() and noted.read_text()) and time.monotonic() < until:
        time.sleep(0.02)
    return noted.read_text()


def _program(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_the_bar_ends_as_the_books_end() -> None:
    """What was refused within the last moment stands there too."""
    found = [Books(2, waiting=2), Books(2, refused=1, deferred=1)]
    column, task = Refused(lambda: found.pop(0)), Task(TaskID(0), "", 2, 0, lambda: 0.0)
    assert [column.render(task).plain, column.render(task).plain] == ["none refused", "1 refused, 1 put off"]


def test_troubles_in_a_few_words() -> None:
    """What stands at the end of the bar."""
    assert troubles(Books(9, accepted=9)) == "none refused"
    assert troubles(Books(9, accepted=3, refused=1, deferred=2, in_doubt=3)) == "1 refused, 2 put off, 3 in doubt"
