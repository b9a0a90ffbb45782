"""An issue -> its books, a square for each letter and rows that sum, and its past: what left, when, how much, how it went."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from newsletter.languages import full_name
from newsletter.ledger.account import Account, account
from newsletter.ledger.answers import Reason, answer_words, reason
from newsletter.ledger.book import LEFT_SINCE, Books, Why
from newsletter.ledger.lock import being_sent
from newsletter.ledger.settle import How
from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import Fate
from newsletter.phrases import Phrases
from newsletter.platforms.platform import read_platforms
from newsletter.stand.list_and_books import list_and_books
from newsletter.stand.past_of import Happened, Kind, past_of
from newsletter.store.database import open_database
from newsletter.store.open import database_path
from newsletter.studio.bar import parts
from newsletter.studio.days import moment_in_words
from newsletter.studio.desk import Desk, desk_of, issue_of
from newsletter.studio.shell import language_of, show_of_issue, words_of

ONE_EACH = 5_000
"""Up to so many letters each has a square of its own; beyond, one square stands for ten."""
TEN = 10


@dataclass(frozen=True, slots=True)
class Told:
    """Why some letters met their fate, in words, and what to do; ``details`` is what the server said, its code first."""

    number: int
    means: str
    to_do: str = ""  # what is to be typed stands between backticks
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the books."""

    name: str
    number: int
    reasons: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the page shows of the books."""

    books: Books
    rows: tuple[Row, ...]
    squares: tuple[tuple[str, int], ...]
    each: int  # letters to a square
    due: str
    afterwards: tuple[str, ...]  # what was decided later
    purged: bool  # it is no longer kept who got it


async def _page(request: Request) -> Response:
    desk, issue = desk_of(request), issue_of(request)
    seen, past = await desk.look(lambda: _seen(request, desk, issue))
    say = words_of(request).say
    books = seen.books if seen else None
    return show_of_issue(
        request,
        "books.html",
        headline=say("books_headline", count=books.accepted, planned=books.planned) if books else say("books_nothing"),
        story=_story(say, books) if books else say("books_nothing_why"),
        seen=seen,
        past=[_told(request, one) for one in past],
    )


def _seen(request: Request, desk: Desk, issue: IssueName) -> tuple[Seen | None, tuple[Happened, ...]]:
    kept = list_and_books(desk.workspace, desk.settings)
    if kept.trouble:
        raise kept.trouble
    books = kept.books.get(str(issue))
    past = past_of(desk.workspace, desk.settings, issue, books)
    if books is None:
        return None, past
    path = database_path(desk.workspace, desk.settings)
    database = open_database(str(path))
    try:
        found = account(database, issue, being_sent=being_sent(path, issue))
    finally:
        database.close()
    return _shown(request, desk, found), past


def _shown(request: Request, desk: Desk, found: Account) -> Seen:
    say, speaker, books = words_of(request).say, language_of(request), found.books
    words = answer_words(desk.workspace, speaker)
    each = 1 if books.planned <= ONE_EACH else TEN
    rows = tuple(Row(name, number, tuple(_reasons(say, words, name, found))) for name, number in parts(books))
    squares = tuple((name, max(1, round(number / each))) for name, number in parts(books))
    due = moment_in_words(found.next_due, say, speaker, desk.now()) if found.next_due else ""
    return Seen(books, rows, squares, each, due, tuple(_afterwards(request, desk, found)), found.purged)


def _afterwards(request: Request, desk: Desk, found: Account) -> Iterator[str]:
    """Who decided what about letters of which nobody was sure; since when it is no longer kept who got it."""
    say, speaker, now = words_of(request).say, language_of(request), desk.now()
    for one in found.settlements:
        how = "books_decided_sent" if one.how is How.AS_SENT else "books_decided_again"
        yield say(how, count=one.number, name=one.who, when=moment_in_words(one.at, say, speaker, now))
    if found.seal and found.seal.purged:
        yield say("books_detail_gone", when=moment_in_words(found.seal.purged, say, speaker, now))


def _story(say: Callable[..., str], books: Books) -> str:
    """What became of the letters that were not accepted, one sentence each."""
    others = [say(f"books_{name}_told", count=number) for name, number in parts(books) if name != "accepted"]
    return " ".join(others) or say("books_all_accepted")


def _reasons(say: Callable[..., str], words: Phrases, name: str, found: Account) -> Iterator[Told]:
    """The reasons of a row, those that are the same in words put together, the most frequent first."""
    state = {"refused": Fate.REFUSED, "waiting": Fate.DEFERRED, "left": Fate.SKIPPED}.get(name)
    same: dict[Reason, list[Why]] = {}
    for one in found.reasons:
        if one.state == state:
            same.setdefault(_reason(say, words, found, one), []).append(one)
    for why, these in sorted(same.items(), key=lambda pair: -sum(one.number for one in pair[1])):
        details = () if name == "left" else tuple(one.answer for one in these if one.answer)
        yield Told(sum(one.number for one in these), why.means, why.to_do, details)


def _reason(say: Callable[..., str], words: Phrases, found: Account, one: Why) -> Reason:
    if one.state == Fate.SKIPPED:
        return Reason(say(f"books_why_{_left(one.reply)}"), "")
    return reason(words, found.issue, one.state, one.code, one.enhanced)


def _left(reply: str) -> str:
    return {LEFT_SINCE: "left_since", "left": "left_before"}.get(reply, "not_to_write")


def _told(request: Request, one: Happened) -> tuple[str, str]:
    """When, and what, in words."""
    say, speaker, now = words_of(request).say, language_of(request), desk_of(request).now()
    when = moment_in_words(one.at, say, speaker, now)
    language = full_name(one.language, speaker) if one.language else ""
    if one.kind is Kind.APPROVED:
        how = "books_past_approved_code" if one.detail == "code" else "books_past_approved"
        return when, say(how, name=one.who, language=language)
    if one.kind is Kind.TEST_COPY:
        words = "books_past_test" if one.detail == Fate.ACCEPTED else "books_past_test_unsure"
        return when, say(words, language=language)
    if one.kind is Kind.EXPORT:
        known = read_platforms()
        return when, say("books_past_export", platform=known[one.detail].name if one.detail in known else one.detail)
    if one.kind is Kind.PUBLISHED or one.books is None:
        return when, say("books_past_published")
    until = moment_in_words(one.until, say, speaker, now) if one.until else when
    return when, say("books_past_sent", count=one.books.accepted, planned=one.books.planned, until=until)


ROUTES = [Route("/issues/{issue}/books", _page)]
