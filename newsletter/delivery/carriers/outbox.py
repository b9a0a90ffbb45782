"""Message -> a file ``.eml`` in a folder: both the rehearsal's carrier and the tests' double of a mail server.

A file's name holds a number and part of the Message-ID, never an address; only its owner may read it.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

from newsletter.errors import OutsideFailed
from newsletter.nouns.letter import Fate, Message, Outcome

_TOLD = 12  # characters of the Message-ID in a file's name


class OutboxNotWritable(OutsideFailed):
    """The letters cannot be written to the folder."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"The letters cannot be written to {folder}: {reason}.",
            "See that the disk has room and that you may write there, then do the same again.",
        )


class Outbox:
    """A folder as a carrier: made empty of letters on entering, so that it shows one run only."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0

    def __enter__(self) -> Self:
        """Make the folder and take the letters of an earlier run away. Raises OutboxNotWritable."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for old in self._folder.glob("*.eml"):
                old.unlink()
        except OSError as error:
            raise self._not_writable(error) from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing to put away."""

    def deliver(self, message: Message) -> Outcome:
        """Write one message, whole or not at all. Raises OutboxNotWritable."""
        name = f"{self._count + 1:04}-{message.message_id.strip('<>').partition('@')[0][:_TOLD]}.eml"
        beside = ""
        try:
            handle, beside = tempfile.mkstemp(dir=self._folder, prefix=".", suffix=".part")  # its owner's alone
            with os.fdopen(handle, "wb") as out:
                out.write(message.data)
            os.replace(beside, self._folder / name)  # noqa: PTH105 - reads as what it is: both paths matter
        except OSError as error:
            if beside:
                with contextlib.suppress(OSError):
                    Path(beside).unlink(missing_ok=True)
            raise self._not_writable(error) from None
        self._count += 1
        return Outcome(Fate.ACCEPTED)

    def _not_writable(self, error: OSError) -> OutboxNotWritable:
        return OutboxNotWritable(self._folder, (error.strerror or "the disk refused").lower())
