from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from newsletter.demo.server import Received
from newsletter.door import Door
from newsletter.workspace import Workspace
from tests.any.typed import typed

JULY = dt.datetime(2025, 7, 4, 9, 0, tzinfo=dt.UTC)
PEOPLE = 6
LIST = "email,name,language\n" + "".join(
    f"{name}@example.org,{name.capitalize()},{language}\n"
    for name, language in zip(
        ("ada", "ben", "cleo", "dina", "elif", "finn"), ("en", "en", "en", "en", "es", "es"), strict=True
    )
)


@dataclass
class Clock:
    """A clock that a test sets: each look at it moves it on by ``step``, and what is due by then is done."""

    at: dt.datetime = JULY
    step: dt.timedelta = dt.timedelta()
    due: list[tuple[dt.datetime, Callable[[], object]]] = field(default_factory=list)

    def __call__(self) -> dt.datetime:
        """The time, a step later than before."""
        self.at += self.step
        while self.due and self.due[0][0] <= self.at:
            self.due.pop(0)[1]()
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """A clock of one's own, by which nobody has to wait."""
    monkeypatch.setattr("newsletter.ceremony.hold._STEP", 0.001)
    return Clock()


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(sample: Workspace, environ: dict[str, str], clock: Clock, capsys: pytest.CaptureFixture[str]) -> Run:
    """Type a command: exit code, stdout, stderr."""

    def type_in(*words: str, **more: str) -> tuple[int, str, str]:
        return typed(words, Door(sample.root, environ={**environ, **more}, now=clock), capsys)

    return type_in


@pytest.fixture
def ready(run: Run, sample: Workspace, tmp_path: Path) -> Run:
    """Six invented readers, and the issue approved; of the earlier ones only the last is kept, which is quicker."""
    for path in sample.issues.glob("20*.yaml"):
        if not path.name.startswith(("2025-06", "2025-07")):
            path.unlink()
    people = tmp_path / "people.csv"
    people.write_text(LIST, "utf-8")
    said = run("subscribers", "import", str(people), "--ground", "consent", "--source", "a sheet", "--yes")
    assert said[0] == 0, said
    assert run("approve", "2025-07", "--by", "Eva", "--yes")[0] == 0
    return run


def readers_of(received: Received) -> list[str]:
    """Who of the list got a letter, in the order of arrival; first copies to coordinators are left out."""
    return [one.partition("@")[0] for one in received.recipients if not one.startswith("ines@")]
