"""What one types and what one gets back: exit codes, plain sentences, and never a traceback."""

from __future__ import annotations

import errno
import io
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from newsletter import __main__ as program
from newsletter.door import Door
from newsletter.errors import OutsideFailed, StoppedForSafety, ToMend, WrongUsage

ADDRESS = "juana.invented@example.org"
Play = Callable[..., None]


@pytest.fixture
def play(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Play:
    """Put a command of the test's own, ``newsletter play``, among the others, in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def put(act: Callable[[Door], object]) -> None:
        @click.command()
        @click.pass_obj
        def play(door: Door) -> object:
            return act(door)

        usual = program.Commands.get_command

        def get_command(self: program.Commands, ctx: click.Context, name: str) -> click.Command | None:
            return play if name == "play" else usual(self, ctx, name)

        monkeypatch.setattr(program.Commands, "get_command", get_command)

    return put


def raiser(error: BaseException) -> Callable[[Door], object]:
    """An act that fails."""

    def act(_: Door) -> object:
        raise error

    return act


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ToMend("A word is missing.", "Write it."), 1),
        (WrongUsage("That is not a month.", "Write 2025-07."), 2),
        (OutsideFailed("The server is away.", "Go on at 16:10."), 3),
        (StoppedForSafety("Nobody has approved it.", "Ask somebody."), 4),
    ],
)
def test_each_branch_of_errors_has_its_exit_code(
    play: Play, capsys: pytest.CaptureFixture[str], error: ToMend, code: int
) -> None:
    """Sentence and way on stand on stderr; stdout stays empty for scripts."""
    play(raiser(error))
    assert program.main(["play"]) == code
    said = capsys.readouterr()
    assert said.err.splitlines() == [error.message, error.hint]
    assert said.out == ""


def test_done_is_nought_and_commands_may_choose_their_code(play: Play) -> None:
    """A command that returns nothing is done; an int that it returns or exits with is the exit code."""
    play(lambda _: None)
    assert program.main(["play"]) == 0
    play(lambda _: 1)
    assert program.main(["play"]) == 1
    play(lambda _: click.get_current_context().exit(3))
    assert program.main(["play"]) == 3


def test_ctrl_c_is_130(play: Play, capsys: pytest.CaptureFixture[str]) -> None:
    """Ctrl-C says that it stopped, and no more."""
    play(raiser(KeyboardInterrupt()))
    assert program.main(["play"]) == 130
    assert capsys.readouterr().err == "\nStopped.\n"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "The disk is full: /there/email.html"),
        (errno.EACCES, "/there/email.html may not be read or written"),
        (errno.EROFS, "/there/email.html cannot be written: the disk is read-only"),
        (errno.ENOENT, "/there/email.html is not there"),
    ],
)
def test_the_disk_s_troubles_are_said_in_words(
    play: Play, capsys: pytest.CaptureFixture[str], number: int, words: str
) -> None:
    """Which file, what is the matter, what next; exit code 3."""
    play(raiser(OSError(number, os.strerror(number), "/there/email.html")))
    assert program.main(["play"]) == 3
    said = capsys.readouterr().err
    assert said.startswith(words)
    assert "Errno" not in said
    assert len(said.splitlines()) == 2


@pytest.mark.parametrize("error", [ConnectionRefusedError(111, "refused"), TimeoutError("late")])
def test_a_silent_network_is_said_in_words(play: Play, capsys: pytest.CaptureFixture[str], error: OSError) -> None:
    """No network: exit code 3 and what to look at."""
    play(raiser(error))
    assert program.main(["play"]) == 3
    assert "online" in capsys.readouterr().err


def surprise(_: Door) -> object:
    """Fail as a bug would, with somebody's address in the exception and in the frame."""
    address = ADDRESS
    nobody: dict[str, object] = {}
    return nobody[address]


def test_a_surprise_is_a_sentence_and_a_report_of_frames(
    play: Play, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No traceback on the screen; the report in the outbox names frames, and no value: values may be addresses."""
    (tmp_path / "issues").mkdir()
    (tmp_path / "issues" / "newsletter.yaml").write_text("title: T\n", "utf-8")
    play(surprise)
    assert program.main(["play"]) == 1
    said = capsys.readouterr()
    (report,) = (tmp_path / "outbox").glob("trouble-*.txt")
    assert str(report) in said.err
    written = report.read_text("utf-8")
    assert "KeyError" in written
    assert "in surprise" in written
    for text in (said.err, said.out, written):
        assert "Traceback" not in text
        assert ADDRESS not in text
        assert "juana" not in text
    assert str(tmp_path) not in written


def test_a_surprise_outside_a_workspace_is_reported_too(play: Play, capsys: pytest.CaptureFixture[str]) -> None:
    """Where there is no outbox the report lies in the folder for temporary files."""
    play(surprise)
    assert program.main(["play"]) == 1
    said = capsys.readouterr().err
    path = Path(said.split("A report is in ")[1].split(". It holds")[0])
    assert "KeyError" in path.read_text("utf-8")
    path.unlink()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (["inti"], "Did you mean init?"),
        (["--workspce", "x"], "Did you mean --workspace?"),
        (["init"], "newsletter init needs DIR."),
        (["init", "there", "--hlep"], "Did you mean --help?"),
        (["preview", "--port", "many"], "--port takes a number from 0 to 65535."),
        (["subscribers", "lst"], "Did you mean list?"),
    ],
)
def test_wrong_usage_is_2_and_says_what_was_meant(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: list[str], words: str
) -> None:
    """A mistake in typing gets the right word, and where to read on."""
    monkeypatch.chdir(tmp_path)
    assert program.main(typed) == 2
    said = capsys.readouterr().err
    assert words in said
    assert "--help" in said
    assert list(tmp_path.iterdir()) == []


def test_every_command_has_its_line_in_help_everyday_ones_first(capsys: pytest.CaptureFixture[str]) -> None:
    """Help follows the month; each command there is stands in it with a sentence."""
    assert program.main(["--help"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    names = program.Commands("n").list_commands(click.Context(click.Command("n")))
    listed = [line[0] for line in lines if line and line[0] in names]
    assert listed == names
    everyday = [name for name in program.EVERYDAY if name in names]
    assert names[: len(everyday)] == everyday
    assert all(program.summary(name) for name in names)


def test_the_line_in_help_is_the_command_s_own(capsys: pytest.CaptureFixture[str]) -> None:
    """Read from the file without importing it, it is the sentence that click would show."""
    context = click.Context(click.Command("n"))
    group = program.Commands("n")
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        assert (command.help or "").partition("\n")[0].removesuffix(".") == program.summary(name)
        assert program.main([name, "--help"]) == 0
        assert "--workspace" in capsys.readouterr().out


def test_a_new_file_is_a_new_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Dropping a file among the commands adds it to the list, with nothing else edited."""
    (tmp_path / "say_hello.py").write_text('def say_hello():\n    """Say hello.\n\n    More."""\n', "utf-8")
    monkeypatch.setattr(program, "FOLDER", tmp_path)
    assert program.Commands("n").list_commands(click.Context(click.Command("n"))) == ["say-hello"]
    assert program.summary("say-hello") == "Say hello"


def test_the_workspace_may_be_named_before_or_after_the_command(
    play: Play, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """``--workspace DIR`` is understood wherever people put it; a folder that is not there is wrong usage."""
    there = tmp_path / "there"
    assert program.main(["init", str(there)]) == 0
    seen: list[Path] = []
    play(lambda door: seen.append(door.workspace.root))
    assert program.main(["--workspace", str(there), "play"]) == 0
    assert seen == [there.resolve()]
    assert program.main(["--workspace", str(tmp_path / "nowhere"), "play"]) == 2
    capsys.readouterr()
    assert program.main(["check", "--workspace", str(there)]) == 1
    assert "issues/newsletter.yaml:" in capsys.readouterr().out


def test_a_narrow_console_gets_question_marks_not_a_crash(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Windows console with code page 1252 shows what it can of a title in Arabic; JSON escapes it."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    monkeypatch.setattr(sys, "stdout", out)

    def act(door: Door) -> None:
        door.out("Boletín \u0644\u064a\u0645\u0627")
        door.json({"title": "\u0644"})

    play(act)
    assert program.main(["play"]) == 0
    out.flush()
    written = out.buffer.getvalue()
    assert written.decode("cp1252").startswith("Boletín ????")
    assert rb"\u0644" in written


def test_whoever_stops_reading_stops_us_quietly() -> None:
    """``newsletter --help | true`` prints no complaint."""
    pipe = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m newsletter --help | true"], capture_output=True, text=True, check=False
    )
    assert pipe.stderr == ""


def test_help_answers_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    """Help costs at most 3 times ``import click``: printed here, judged by make bench; it imports no stage."""

    def seconds(*arguments: str) -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, *arguments], capture_output=True, check=True)
        return time.perf_counter() - start

    pairs = [(seconds("-c", "import click"), seconds("-m", "newsletter", "--help")) for _ in range(5)]
    base, ours = (statistics.median(column) for column in zip(*pairs, strict=True))
    with capsys.disabled():
        print(f"\nnewsletter --help: {ours / base:.2f} x import click ({ours:.3f} s)")  # noqa: T201 - a figure, never asserted
    code = "import sys; from newsletter.__main__ import main; main(['--help']); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"yaml", "sqlalchemy", "premailer", "pydantic", "jinja2", "rich", "newsletter.workspace"} & set(loaded)
