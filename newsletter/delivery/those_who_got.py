"""The list and the books of a corrected issue -> who gets its correction: those who got it, in the edition they got."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from newsletter.errors import ToMend
from newsletter.ledger.book import INTENT, Ledger
from newsletter.ledger.seal import last_seal
from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import Fate
from newsletter.store.database import Database

IN_DOUBT = "in doubt whether they got it"
OTHER_EDITION = "got it in {language}, of which nothing is corrected"
_DOUBTFUL = (Fate.IN_DOUBT.value, INTENT)
# Both streams come by id, so that they are laid side by side and nobody is held in memory.
_COPIES = """
SELECT subscriber, language, state FROM copy
WHERE issue = ? AND state IN ('accepted', 'in_doubt', 'intent') ORDER BY subscriber
"""


class NobodyGotIt(ToMend):
    """The issue that is to be corrected never left."""

    def __init__(self, issue: IssueName) -> None:
        super().__init__(
            f"Nobody has got {issue} by the books, so there is nobody to send a correction to.",
            f"If it has not left yet, mend it: issues/{issue}.yaml",
        )


class NobodyKnows(ToMend):
    """It is no longer kept who got the issue that is to be corrected."""

    def __init__(self, issue: IssueName) -> None:
        super().__init__(
            f"Who got {issue} is no longer kept, so nobody knows whom to send a correction to.",
            "Put it into the next issue, for everybody. The page of the issue can still say it: newsletter publish",
        )


def those_who_got(
    people: Iterable[tuple[str, str, str]],
    database: Database,
    issue: IssueName,
    languages: Collection[str],
    *,
    in_doubt: bool = False,
) -> Iterator[tuple[str, str, str]]:
    """Of the list, in the order of the ids, those who got the issue: id, edition or "", the reason where they get none.

    ``people`` are the list's, each with the reason why she may not be written to, if there is one. Who did not get the
    issue is not among the answers. Raises NobodyGotIt, NobodyKnows.
    """
    got_it = _copies(database, issue)
    first = next(got_it, None)
    if first is None:
        raise _why_nobody(database, issue)
    return _matched(people, first, got_it, languages, in_doubt=in_doubt)


def _matched(
    people: Iterable[tuple[str, str, str]],
    first: tuple[str, str, str],
    others: Iterator[tuple[str, str, str]],
    languages: Collection[str],
    *,
    in_doubt: bool,
) -> Iterator[tuple[str, str, str]]:
    copy: tuple[str, str, str] | None = first
    for one, _, why in people:
        while copy is not None and copy[0] < one:
            copy = next(others, None)
        if copy is None:
            return
        if copy[0] == one:
            _, language, state = copy
            reason = why or _reason(language, state, languages, in_doubt=in_doubt)
            yield one, "" if reason else language, reason


def _reason(language: str, state: str, languages: Collection[str], *, in_doubt: bool) -> str:
    if state in _DOUBTFUL and not in_doubt:
        return IN_DOUBT
    return "" if language in languages else OTHER_EDITION.format(language=language)


def _copies(database: Database, issue: IssueName) -> Iterator[tuple[str, str, str]]:
    with database.read() as connection:
        for row in connection.exec_driver_sql(_COPIES, (str(issue),)):
            yield row[0], row[1], row[2]


def _why_nobody(database: Database, issue: IssueName) -> ToMend:
    with database.read() as connection:
        sealed = last_seal(connection, issue)
    gone = sealed is not None and sealed.purged is not None
    return NobodyKnows(issue) if gone and Ledger(database).books(issue).accepted else NobodyGotIt(issue)
