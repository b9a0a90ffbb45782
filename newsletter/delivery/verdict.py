"""Each answer of a run -> what is written down of it, and whether the run has heard enough (S9).

Connections share it, by turns in one thread.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from newsletter.delivery.replies import about_the_reader
from newsletter.ledger.book import Copy
from newsletter.nouns.letter import Fate, Outcome

ENOUGH = 3  # answers in a row that lie with the sender, or that were lost: the run pauses (S9)
_TRIES = 3  # so often a refusal is doubted that may be about us


@dataclass(slots=True)
class Verdict:
    """What the answers of a run say together. ``lines``: over so many connections they come."""

    lines: int = 1
    faults: int = 0  # in a row
    lost: int = 0  # in a row
    accepted: bool = False
    doubted: list[str] = field(default_factory=list)  # readers whose refusals were not believed yet

    def add(self, outcome: Outcome) -> None:
        """One more, as it was written down."""
        self.faults = self.faults + 1 if outcome.sender_at_fault else 0
        self.lost = self.lost + 1 if outcome.fate is Fate.IN_DOUBT else 0

    @property
    def too_many_lost(self) -> bool:
        """Whether answers get lost one after the other; a line that breaks once takes all connections with it."""
        return self.lost >= ENOUGH + self.lines - 1

    @property
    def too_many_faults(self) -> bool:
        """Whether the server refuses letter after letter for a reason that lies with the sender."""
        return self.faults >= ENOUGH

    def weighed(self, copy: Copy, outcome: Outcome) -> Outcome:
        """A refusal that may be about us is not believed until the server has accepted somebody.

        A server that wants a password, or does not know us, says so at each reader; many say no more than "550 relay
        not permitted". Believed, one wrong setting would cost the whole list this issue.
        """
        self.accepted = self.accepted or outcome.fate is Fate.ACCEPTED
        clear = self.accepted or copy.attempts >= _TRIES or about_the_reader(outcome.enhanced)
        if outcome.fate is not Fate.REFUSED or not outcome.code or clear:
            return outcome
        return replace(outcome, fate=Fate.DEFERRED, sender_at_fault=True)

    def believed(self) -> list[str]:
        """Those whose refusals are believed now, as the server has accepted somebody since; each is said once."""
        if not self.accepted:
            return []
        found, self.doubted = self.doubted, []
        return found
