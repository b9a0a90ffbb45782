"""An issue's books -> the same in words: each figure, why copies did not arrive, and how to go on."""

from __future__ import annotations

from newsletter.ledger.book import Books, Ledger
from newsletter.nouns.draft import IssueName

_SAID = {
    "accepted": "accepted by the mail server",
    "refused": "refused for good",
    "deferred": "put off: tried again later",
    "in_doubt": "in doubt: handed over, but the answer was lost",
    "skipped": "skipped: not to be written to",
    "waiting": "waiting",
}


def told(issue: IssueName, books: Books, ledger: Ledger) -> list[str]:
    """The lines to print."""
    width = len(str(books.planned))
    figures = books.as_dict()
    lines = [f"{issue}: planned for {books.planned}"]
    lines += [f"  {figures[name]:>{width}}  {said}" for name, said in _SAID.items() if figures[name]]
    for state, number, reply, enhanced in ledger.refusals(issue):
        reason = " ".join(part for part in (enhanced, reply) if part)
        lines.append(f"     {state}, {number}: {reason or 'no reason given'}")
    if books.in_doubt:
        lines.append(
            "Those in doubt may or may not have got it, and are not written to again by themselves. The mail server's log knows."
        )
    due = ledger.next_due(issue)
    if books.deferred and due is not None:
        lines.append(f"To go on at {due.astimezone():%Y-%m-%d %H:%M} or later: newsletter send {issue} --for-real")
    elif books.waiting:
        lines.append(f"To go on: newsletter send {issue} --for-real")
    else:
        lines.append("Nothing is left to send.")
    return lines
