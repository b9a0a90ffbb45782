"""What happened so far -> when a deferred copy is due again, or that it is given up (RFC 5321 §4.5.4.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsletter.nouns.letter import Outcome

MINUTE, HOUR, DAY = 60, 3600, 86_400
_PERMANENT = 5
# "Daily limit exceeded" (Gmail 5.4.5), "too many messages for now" (Exchange 4.3.2), its daily limits of a mailbox
# (5.1.90) and of an organisation (5.7.232 on trial, 5.7.233, 5.7.236 from onmicrosoft.com).
_QUOTA = (".4.5", ".3.2", ".1.90", ".7.232", ".7.233", ".7.236")
# Others say it with the codes of any policy. What it means is settled by the code; these words only make us wait.
_SAID = re.compile(
    r"(?:limit|quota)\b.{0,60}\bexceeded|exceeded\b.{0,60}\b(?:limit|quota)|QuotaExceeded", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class RetryRule:
    """How long to wait, in seconds: the first wait doubles up to the longest, and after a while it is given up.

    What lies with the sender is never given up: no reader loses her copy through a limit or a setting of ours.
    """

    first: int = 30 * MINUTE
    longest: int = 8 * HOUR
    quota: int = HOUR
    give_up: int = 5 * DAY

    def next_try(self, outcome: Outcome, attempts: int, first_try: int, now: int) -> int | None:
        """When to try again, in seconds since 1970; None where the time is up. ``attempts`` counts this one too."""
        if outcome.sender_at_fault and outcome.code // 100 == _PERMANENT and not self._quota(outcome):
            wait = 0  # somebody has to mend something; once it is mended, no need to wait
        elif self._quota(outcome):
            wait = self.quota
        else:
            wait = min(self.first * 2 ** min(attempts - 1, 20), self.longest)
        given_up = now + wait - first_try > self.give_up and not outcome.sender_at_fault
        return None if given_up else now + wait

    @staticmethod
    def _quota(outcome: Outcome) -> bool:
        return outcome.enhanced[1:] in _QUOTA or (outcome.sender_at_fault and bool(_SAID.search(outcome.reply)))


USUAL = RetryRule()
