"""What we could not do, as exceptions: one branch for each exit code of the command line.

NewsletterError
├── ToMend             exit 1   something of the author's to mend
├── WrongUsage         exit 2   the command was not called as it should be
├── OutsideFailed      exit 3   something outside failed, or is deferred
└── StoppedForSafety   exit 4   stopped on purpose: approval, quota, lock

Leaf classes live beside the step that raises them; each holds its own sentence and the way on. No exception of
ours ever holds a reader's address or name: exceptions end up in logs.
"""

from __future__ import annotations

from typing import ClassVar


class NewsletterError(Exception):
    """What is wrong (message) and what to do next (hint), in plain words."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".rstrip()


class ToMend(NewsletterError):
    """Something the author can mend."""

    exit_code = 1


class WrongUsage(NewsletterError):
    """The command was not called as it should be."""

    exit_code = 2


class OutsideFailed(NewsletterError):
    """Something outside this program failed: a server, the network, the disk."""

    exit_code = 3


class StoppedForSafety(NewsletterError):
    """Stopped on purpose, before harm was done."""

    exit_code = 4
