"""What was shown -> the issue's name, typed; anything else sends nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from newsletter.door import NobodyAnswers
from newsletter.errors import StoppedForSafety

if TYPE_CHECKING:
    from newsletter.door import Door
    from newsletter.nouns.draft import IssueName


class NotSent(StoppedForSafety):
    """The person at the keyboard did not say yes."""

    def __init__(self) -> None:
        super().__init__("Nothing was sent.", "")


def ask(door: Door, issue: IssueName, statement: str) -> None:
    """Have the issue's name typed in answer to what is stated. Raises NobodyAnswers, NotSent."""
    if not door.interactive:
        raise NobodyAnswers(statement)
    typed = click.prompt(f"{statement} To send it, type its name", default="", show_default=False, err=True)
    if typed.strip() != str(issue):
        raise NotSent
