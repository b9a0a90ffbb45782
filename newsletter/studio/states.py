"""What pages were shown and what was changed from them -> the state that a form was made of, and undo and redo."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from pathlib import Path

MOST_STATES = 400  # of all files; a state has some 20 kB
MOST_STEPS = 200
DIGITS = 24


def digest_of(data: bytes | None) -> str:
    """Names a state of a file; "" where there is no file."""
    return "" if data is None else hashlib.sha256(data).hexdigest()[:DIGITS]


@dataclass(frozen=True, slots=True)
class Step:
    """One change that was made here. ``kind`` says what of, so that typing on in one field stays one step."""

    before: bytes
    after: bytes
    kind: str = ""


@dataclass
class Steps:
    """The changes of one file that can be undone, and those that were."""

    done: list[Step] = field(default_factory=list)
    undone: list[Step] = field(default_factory=list)

    def add(self, step: Step) -> None:
        """Remember a change; from then on nothing that was undone can be done again."""
        last = self.done[-1] if self.done else None
        if last and step.kind and last.kind == step.kind and last.after == step.before and not self.undone:
            self.done[-1] = replace(last, after=step.after)
        else:
            self.done = [*self.done[1 - MOST_STEPS :], step]
        self.undone.clear()

    def back(self, now: bytes | None) -> Step | None:
        """The change to undo; None where there is none, or the file has changed since."""
        return self.done[-1] if self.done and self.done[-1].after == now else None

    def again(self, now: bytes | None) -> Step | None:
        """The change to do again."""
        return self.undone[-1] if self.undone and self.undone[-1].before == now else None

    def went_back(self) -> None:
        """The last change has been undone."""
        self.undone.append(replace(self.done.pop(), kind=""))

    def went_on(self) -> None:
        """The change undone last has been done again."""
        self.done.append(self.undone.pop())


class States:
    """The states that open pages may be made of, by digest, and the steps of each file; gone with the studio."""

    def __init__(self) -> None:
        self._states: OrderedDict[str, bytes] = OrderedDict()
        self._steps: dict[Path, Steps] = {}

    def keep(self, data: bytes | None) -> str:
        """Keep a state that is shown; its digest."""
        digest = digest_of(data)
        if data is not None:
            self._states[digest] = data
            self._states.move_to_end(digest)
            while len(self._states) > MOST_STATES:
                self._states.popitem(last=False)
        return digest

    def find(self, digest: str) -> bytes | None:
        """The state of this digest, if it was shown lately."""
        return self._states.get(digest)

    def steps(self, path: Path) -> Steps:
        """What was changed in a file from here."""
        return self._steps.setdefault(path, Steps())
