"""Arguments, environment, clock and terminal -> Door: what every command is given, and all it knows of outside."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.errors import StoppedForSafety

if TYPE_CHECKING:
    from newsletter.settings import Settings
    from newsletter.web.fetch import Page, Probe
    from newsletter.web.names import Names
    from newsletter.workspace import Workspace


class NobodyAnswers(StoppedForSafety):
    """A question has to be answered, and there is nobody at the keyboard."""

    def __init__(self, question: str) -> None:
        super().__init__(
            f"This needs an answer, and nobody is here to give it: {question}",
            "If the answer is yes, say the same command again with --yes.",
        )


def local_clock() -> dt.datetime:
    """The time now on this machine, with its zone."""
    return dt.datetime.now(dt.UTC).astimezone()


def from_the_web(url: str) -> Page:
    """What stands at an address of the public web. Raises BadAddress, NotFetched."""
    from newsletter.web.fetch import fetch

    return fetch(url)


def asked_on_the_web(url: str) -> Probe:
    """What an address of the public web answers. Raises BadAddress, NotFetched."""
    from newsletter.web.fetch import probe

    return probe(url)


def handed_over_on_the_web(url: str, fields: Mapping[str, str]) -> Page:
    """What a server of the public web answers to a form, encrypted. Raises BadAddress, NotFetched."""
    from newsletter.web.fetch import post

    return post(url, fields)


def name_servers() -> Names:
    """Whom this machine asks about names."""
    from newsletter.web.names import Names

    return Names()


@dataclass
class Door:
    """Where a command was called, with which settings, at what time, and who is listening."""

    start: Path
    named: Path | None = None  # the folder given with --workspace
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ, repr=False)
    now: Callable[[], dt.datetime] = local_clock
    fetch: Callable[[str], Page] = from_the_web
    probe: Callable[[str], Probe] = asked_on_the_web
    post: Callable[[str, Mapping[str, str]], Page] = handed_over_on_the_web
    names: Callable[[], Names] = name_servers

    @cached_property
    def workspace(self) -> Workspace:
        """The newsletter's folder, found by walking up. Raises NoWorkspace."""
        from newsletter.workspace import find_workspace

        return find_workspace(self.named or self.start)

    @cached_property
    def settings(self) -> Settings:
        """The environment, and under it the workspace's ``.env`` where there is a workspace. Raises BadSetting."""
        from newsletter.settings import read_settings
        from newsletter.workspace import NoWorkspace

        try:
            return read_settings(self.environ, self.workspace.root / ".env")
        except NoWorkspace:
            return read_settings(self.environ)

    @property
    def interactive(self) -> bool:
        """Whether a person sits there who sees a question and can answer it."""
        return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))

    def out(self, text: str) -> None:
        """Write a result to stdout, where a script may read it."""
        click.echo(text)

    def say(self, text: str) -> None:
        """Write a sentence to stderr, for the person who is watching."""
        click.echo(text, err=True)

    def json(self, value: object) -> None:
        """Write one JSON document to stdout; dates and the like as their text.

        Characters that the console cannot show are written as JSON's own escapes, so nothing is lost.
        """
        import json

        narrow = "utf" not in (getattr(sys.stdout, "encoding", None) or "utf-8").lower()
        click.echo(json.dumps(value, ensure_ascii=narrow, indent=2, default=str))

    def ask(self, what: str, default: str | None = None) -> str:
        """What is typed in answer, or the first line of what is piped in; ``default`` is what Enter alone means."""
        if self.interactive:
            return str(click.prompt(what, default=default, show_default=False, err=True))
        return (sys.stdin.readline() if sys.stdin else "") or default or ""

    def open_page(self, address: str) -> None:
        """Open an address where there is a desktop; never a browser inside the terminal."""
        if sys.platform.startswith("linux") and not {"DISPLAY", "WAYLAND_DISPLAY"} & set(self.environ):
            return
        import webbrowser

        webbrowser.open(address)

    def ask_secret(self, what: str) -> str:
        """The same, without showing what is typed."""
        if self.interactive:
            return str(click.prompt(what, hide_input=True, default="", show_default=False, err=True))
        return sys.stdin.readline() if sys.stdin else ""

    def confirm(self, question: str, yes: bool = False) -> bool:  # noqa: FBT001, FBT002 - the flag --yes as it was given
        """Ask on stderr and say whether to go on; ``yes`` answers beforehand. Raises NobodyAnswers."""
        if yes:
            return True
        if not self.interactive:
            raise NobodyAnswers(question)
        return click.confirm(question, default=False, err=True)


def speak_plainly() -> None:
    """Let no console stop a sentence: what its code page lacks is shown as ``?`` (a Windows console's is cp1252)."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
