"""When letters left -> how soon another may, so that no stretch of time ever holds more than a limit; in bounded memory.

Time is cut into slices, and a letter counts until the last one of its slice is a whole span ago: a little longer than
it must at the most, never shorter. So a million letters take no more room than a thousand.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

SLICES = 1440  # of a day: one a minute


class Window:
    """One rolling window with its limit, in any unit of time. For one thread."""

    def __init__(self, span: int, limit: int) -> None:
        self.span, self.limit = span, limit
        self._slice = max(1, span // SLICES)
        self._total = 0
        self._left: deque[tuple[int, int]] = deque()  # the last letter of a slice, and how many; oldest first

    def fill(self, left: Iterable[tuple[int, int]], now: int) -> None:
        """Begin anew with what left: since 1970, oldest first, and how many.

        More than a span ahead is what a wrong clock wrote down: it must not keep a newsletter back for years.
        """
        self._left.clear()
        self._total = 0
        for at, number in left:
            if at <= now + self.span:
                self.add(at, number)

    def add(self, at: int, number: int = 1) -> None:
        """So many left at this moment; after a clock that was set back a little they count with the last ones."""
        self._total += number
        if self._left and self._left[-1][0] // self._slice >= at // self._slice:
            last, before = self._left.pop()
            at, number = max(last, at), before + number
        self._left.append((at, number))

    def free_in(self, now: int) -> int:
        """How long until another may leave; 0 for at once."""
        self._forget(now)
        over = self._total - self.limit
        for at, number in self._left:
            if over < 0:
                break
            over -= number
            if over < 0:
                return at + self.span - now
        return 0

    def room(self, now: int) -> int:
        """How many may leave at once."""
        self._forget(now)
        return max(0, self.limit - self._total)

    def _forget(self, now: int) -> None:
        while self._left and self._left[0][0] + self.span <= now:
            self._total -= self._left.popleft()[1]
