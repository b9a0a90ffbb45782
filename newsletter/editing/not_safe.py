"""A file that cannot be changed safely -> why, in plain words, and what to do next."""

from __future__ import annotations

from newsletter.errors import ToMend
from newsletter.nouns.problem import Problem


class NotSafe(ToMend):
    """A change could not be made without the risk that something else changes; nothing has been changed.

    ``problem`` is what to mend first, with its place, where that is known.
    """

    def __init__(self, why: str, hint: str = "", problem: Problem | None = None) -> None:
        super().__init__(f"{why} Nothing was changed.", hint or "Make this change in the file itself.")
        self.problem = problem
