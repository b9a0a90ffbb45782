"""A Stand and what has left already -> the month's six steps with where she is, and the one thing to do next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from newsletter.journal import Entry, What
from newsletter.stand.stand import Stand, Step

PLACEHOLDER = "placeholder"
"""The check that finds what is still to be written."""


class Stage(StrEnum):
    """A step of the month, as the start page shows it."""

    WRITE = "write"
    MEND = "mend"
    APPROVE = "approve"
    TEST = "test"
    SEND = "send"
    PUBLISH = "publish"


class Being(StrEnum):
    """Where she is as to a step."""

    DONE = "done"
    HERE = "here"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Way:
    """The steps with where she is in each; ``now`` is the one she is at, None where all are done."""

    now: Stage | None
    tested: bool
    exported: bool
    approval_asked: bool = True

    def being(self, stage: Stage) -> Being:
        """Whether a step is done, at hand, or to come."""
        order = list(Stage)
        at = len(order) if self.now is None else order.index(self.now)
        if order.index(stage) == at:
            return Being.HERE
        return Being.DONE if order.index(stage) < at else Being.LATER


def way(stand: Stand, journal: Sequence[Entry], *, can_send: bool) -> Way:
    """Where in the month an issue is. ``can_send`` says whether a mail server is set, for test copies and letters."""
    tested, exported = _test_left(stand, journal), any(one.what is What.EXPORT for one in journal)
    asked = stand.dossier is None or stand.dossier.profile.approval_required
    return Way(_now(stand, tested=tested or not can_send, exported=exported), tested, exported, asked)


def _now(stand: Stand, *, tested: bool, exported: bool) -> Stage | None:
    step = stand.step
    if step is Step.MEND:
        begun = stand.dossier is not None
        unwritten = any(one.check == PLACEHOLDER and one.severity == "error" for one in stand.problems)
        return Stage.WRITE if unwritten or not begun else Stage.MEND
    if step in (Step.SEND, Step.READERS):
        if exported:
            return None if stand.published else Stage.PUBLISH
        return Stage.SEND if tested else Stage.TEST
    return {Step.APPROVE: Stage.APPROVE, Step.GO_ON: Stage.SEND, Step.PUBLISH: Stage.PUBLISH}.get(step)


def _test_left(stand: Stand, journal: Sequence[Entry]) -> bool:
    """Whether a test copy of the words as they are now has left."""
    now = {one.digest for one in stand.dossier.renderings.values()} if stand.dossier else set()
    return any(one.what is What.TEST_COPY and one.digest in now for one in journal)
