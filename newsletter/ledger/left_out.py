"""Why somebody is not written to, as the books have it -> the same in words, after a number."""

from __future__ import annotations

from newsletter.ledger.book import LEFT_SINCE

LEFT_OUT = {
    "left": "have left the list",
    "suppressed": "asked not to be written to, or their mailboxes are gone",
    LEFT_SINCE: "left while the issue was being sent",
}
