"""What the books say of an issue -> the same in words: each figure, why copies did not arrive, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator

from newsletter.ledger.account import Account
from newsletter.ledger.answers import reason
from newsletter.ledger.book import Why
from newsletter.ledger.left_out import LEFT_OUT
from newsletter.ledger.settle import How
from newsletter.nouns.letter import Fate
from newsletter.phrases import Phrases

_SAID = {
    "accepted": "accepted by the mail server",
    "refused": "refused for good",
    "deferred": "put off: tried again later",
    "in_doubt": "in doubt: handed over, but the answer was lost",
    "skipped": "skipped: not to be written to",
    "waiting": "waiting",
}
_REASONS_SHOWN = 12
_DECIDED = {How.AS_SENT: "count as sent", How.RESEND: "go again"}


def told(account: Account, words: Phrases) -> list[str]:
    """The lines to print; what answers mean is said in these words."""
    return [*_figures(account), *_reasons(account, words), *_decisions(account), *_next(account)]


def _figures(account: Account) -> Iterator[str]:
    figures = account.books.as_dict()
    width = len(str(account.books.planned))
    editions = ", ".join(f"{language} {number}" for language, number in (account.editions or {}).items())
    yield f"{account.issue}: planned for {account.books.planned}{f' ({editions})' if editions else ''}"
    for name, said in _SAID.items():
        if figures[name]:
            yield f"  {figures[name]:>{width}}  {said}"


def _reasons(account: Account, words: Phrases) -> Iterator[str]:
    for why in account.reasons[:_REASONS_SHOWN]:
        yield f"     {why.state}, {why.number}: {_reason(account, words, why)}"
    for state in ("refused", "deferred"):
        read = sum(one.number for one in account.reasons if one.state == state)
        if 0 < read < account.books.as_dict()[state]:
            yield f"     (the reasons of {read} of those {state} were read)"
    if len(account.reasons) > _REASONS_SHOWN:
        more = len(account.reasons) - _REASONS_SHOWN
        yield f"     ... and {more} more reasons; all of them: newsletter status {account.issue} --csv"


def _reason(account: Account, words: Phrases, why: Why) -> str:
    """What happened in plain words, and what the server said of it."""
    if why.state == Fate.SKIPPED:
        return LEFT_OUT.get(why.reply, why.reply)
    means = reason(words, account.issue, why.state, why.code, why.enhanced).means
    return f"{means} The server said: {why.answer}" if why.answer else means


def _decisions(account: Account) -> Iterator[str]:
    for one in account.settlements:
        copies = "1 that was in doubt" if one.number == 1 else f"{one.number} that were in doubt"
        decided = f"{one.who} decided on {one.at.astimezone():%Y-%m-%d %H:%M}"
        yield f"  Of {copies}, {decided}: they {_DECIDED[one.how]}."
    if account.seal:
        yield f"Closed on {account.seal.at.astimezone():%Y-%m-%d %H:%M}; these totals are sealed."
        if account.seal.purged:
            yield f"Who got it was deleted on {account.seal.purged.astimezone():%Y-%m-%d}; the totals stay."


def _next(account: Account) -> Iterator[str]:
    issue, books = account.issue, account.books
    if books.in_doubt and not account.purged:
        yield (
            "Those in doubt may or may not have got it, and are not written to again by themselves. The mail server's"
            " log knows."
        )
        yield (
            f"Once you know: newsletter settle {issue} --as-sent, or, to write to them again:"
            f" newsletter settle {issue} --resend"
        )
    if account.being_sent:
        return
    if books.deferred and account.next_due is not None:
        yield f"To go on at {account.next_due.astimezone():%Y-%m-%d %H:%M} or later: newsletter send {issue} --for-real"
    elif books.waiting:
        yield f"To go on: newsletter send {issue} --for-real"
    else:
        yield "Nothing is left to send."
