"""A whole issue over several connections at once, against a server that can be told what to do."""

from __future__ import annotations

import datetime as dt
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count, pairwise
from typing import Any

import pytest

from newsletter.audience.subscribers import remove
from newsletter.delivery import next_readers
from newsletter.delivery.carriers.smtp import Smtp, SmtpLine, TooBig
from newsletter.delivery.own import Own, own
from newsletter.delivery.pace.allowance import Allowance, DailyLimit
from newsletter.delivery.run import Run
from newsletter.delivery.send import send
from newsletter.delivery.server import Server
from newsletter.delivery.session import NoServer
from newsletter.delivery.stops import AnswersLost, Interrupted, RunPaused
from newsletter.delivery.verdict import ENOUGH, Verdict
from newsletter.gate.clear import Cleared
from newsletter.ledger.book import Ledger
from newsletter.ledger.due import Due
from newsletter.ledger.writer import Writer
from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import Fate, Outcome
from newsletter.settings import Settings
from newsletter.store.failures import DiskFull
from newsletter.store.open import Store
from tests.any.plain_ledger import PlainLedger

JULY = IssueName.parse("2025-07")
SETTINGS = Settings(smtp_profile="own-relay")
OFFERS = {
    "one by one": "250-fake\r\n250 ENHANCEDSTATUSCODES",
    "several at once": "250-fake\r\n250-PIPELINING\r\n250 ENHANCEDSTATUSCODES",
}
Fake = Callable[..., Any]
At = Callable[..., Server]


@pytest.fixture
def forty(enlist: Callable[..., str]) -> dict[str, str]:
    """Forty readers: id by address."""
    return {
        address: enlist(address, language="es" if number % 2 else "en")
        for number, address in enumerate(f"reader{number}@example.org" for number in range(40))
    }


@pytest.fixture(params=OFFERS)
def offer(request: pytest.FixtureRequest) -> str:
    return OFFERS[request.param]


def _books(store: Store) -> dict[str, int]:
    return {name: number for name, number in Ledger(store.database).books(JULY).as_dict().items() if number}


def _patient(port: int) -> Server:
    """Reached with the usual times: a busy machine is no silent server."""
    return Server("127.0.0.1", port, "none", "mail.example.org")


@contextmanager
def _ctrl_c(when: Callable[[], bool], within: float = 30) -> Iterator[None]:
    """The second Ctrl-C as soon as it is so: the sending ends with it, within so many seconds."""
    pressed: list[float] = []

    def press() -> None:
        until = time.monotonic() + 60
        while not when() and time.monotonic() < until:
            time.sleep(0.01)
        pressed.append(time.monotonic())
        signal.raise_signal(signal.SIGINT)

    presses = threading.Thread(target=press, daemon=True)
    presses.start()
    with pytest.raises(KeyboardInterrupt):
        yield
    presses.join()
    assert time.monotonic() - pressed[0] < within


def _recipients(there: Any) -> list[str]:
    said = [line for lines in there.commands for line in lines if line.startswith("RCPT")]
    return [line.partition("<")[2].partition(">")[0] for line in said]


def test_everybody_once_over_four_connections(
    cleared: Cleared, store: Store, forty: dict[str, str], fake: Fake, at: At, clock: Any, offer: str
) -> None:
    """S5, S12, S15, F14: each reader one letter, her own; progress is heard in order; QUIT at each end."""
    there = fake({"EHLO": [offer] * 9})
    heard: list[tuple[int, int]] = []
    sent = send(
        cleared,
        store,
        SETTINGS,
        Smtp(at(there.port), connections=4),
        clock,
        progress=lambda *figures: heard.append(figures),
    )
    assert (sent.books.accepted, sent.newcomers) == (40, 0)
    assert sorted(_recipients(there)) == sorted(forty)
    assert len({text.partition(b"Message-ID: ")[2][:60] for text in there.received}) == 40
    assert heard == [(number, 40) for number in range(1, 41)]
    assert 1 <= len(there.commands) <= 4
    assert all(lines[-1] == "QUIT" for lines in there.commands)


def test_a_server_that_lets_only_one_in_is_served_by_one(
    cleared: Cleared, store: Store, forty: dict[str, str], fake: Fake, at: At, clock: Any
) -> None:
    """S8, S15: further connections are refused at the greeting: the others' letters go by the one that is open."""
    usual = "220 fake.example.org ESMTP"
    there = fake({"GREETING": [usual, *["421 4.7.0 too many connections"] * 9]})
    assert send(cleared, store, SETTINGS, Smtp(at(there.port), connections=4), clock).books.accepted == len(forty)
    assert len(there.received) == 40


def test_a_connection_that_is_never_made_is_not_waited_for(
    cleared: Cleared, store: Store, forty: dict[str, str], fake: Fake, clock: Any
) -> None:
    """S2, S15: further connections hang at the greeting, which may take five minutes: the first one does it all."""
    there = fake({"GREETING": ["220 fake.example.org ESMTP", *["stall"] * 9]}, silence=300)
    patient = Server("127.0.0.1", there.port, "none", "mail.example.org")
    began = time.monotonic()
    assert send(cleared, store, SETTINGS, Smtp(patient), clock).books.accepted == len(forty)
    assert time.monotonic() - began < 60


@pytest.mark.usefixtures("forty")
def test_a_server_that_goes_away_for_good_costs_nobody_anything(
    cleared: Cleared, store: Store, fake: Fake, clock: Any, offer: str
) -> None:
    """S8: all connections break at MAIL and none can be opened again: NoServer, and nobody is deferred or in doubt."""
    usual = "220 fake.example.org ESMTP"
    there = fake({"EHLO": [offer] * 9, "GREETING": [usual] * 4 + ["drop"] * 9, "MAIL": ["250 ok"] * 12 + ["drop"] * 9})
    with pytest.raises(NoServer):
        send(cleared, store, SETTINGS, Smtp(_patient(there.port)), clock)
    books = _books(store)
    assert books["accepted"] == len(there.received)
    assert books["waiting"] == 40 - books["accepted"]
    again = fake()
    assert send(cleared, store, SETTINGS, Smtp(_patient(again.port)), clock).books.accepted == 40
    assert not set(_recipients(again)) & {
        text.partition(b"To: ")[2].partition(b"\r\n")[0].decode() for text in there.received
    }


@pytest.mark.usefixtures("forty")
def test_one_break_of_the_line_does_not_stop_the_run(
    cleared: Cleared, store: Store, fake: Fake, at: At, clock: Any, offer: str
) -> None:
    """S1: the server starts anew and drops every connection once after the final dot: one letter each in doubt, no more."""
    there = fake({"EHLO": [offer] * 20, "END": ["250 ok"] * 10 + ["drop"] * 4})
    books = send(cleared, store, SETTINGS, Smtp(at(there.port), connections=4), clock).books
    assert (books.in_doubt, books.accepted) == (4, 36)
    assert len(there.received) == 40


@pytest.mark.usefixtures("forty")
def test_answers_that_get_lost_again_and_again_stop_the_run(
    cleared: Cleared, store: Store, fake: Fake, at: At, clock: Any
) -> None:
    """S1, S9: with four connections at most a few more than four are in doubt before it stops."""
    there = fake({"END": ["drop"] * 40})
    with pytest.raises(AnswersLost):
        send(cleared, store, SETTINGS, Smtp(at(there.port), connections=4), clock)
    books = _books(store)
    assert ENOUGH + 3 <= books["in_doubt"] <= ENOUGH + 3 + 4
    assert books["in_doubt"] + books["waiting"] == 40


@pytest.mark.usefixtures("forty")
def test_refusals_that_lie_with_the_sender_stop_all_connections(
    cleared: Cleared, store: Store, fake: Fake, at: At, clock: Any, offer: str
) -> None:
    """S9, B1: nobody is refused; what was on its way on other connections is deferred too, no more."""
    there = fake({"EHLO": [offer] * 9, "MAIL": ["550 5.7.1 policy"] * 40})
    with pytest.raises(RunPaused, match="policy"):
        send(cleared, store, SETTINGS, Smtp(at(there.port), connections=4), clock)
    books = _books(store)
    assert ENOUGH <= books["deferred"] <= ENOUGH + 4
    assert books["deferred"] + books["waiting"] == 40
    assert send(cleared, store, SETTINGS, Smtp(at(fake().port)), clock).books.accepted == 40


def test_the_limit_of_a_day_is_reached_exactly_by_four(
    cleared: Cleared, store: Store, forty: dict[str, str], fake: Fake, at: At, clock: Any, offer: str
) -> None:
    """L2: what had its place within the limit leaves; not one more, and not one fewer."""
    there = fake({"EHLO": [offer] * 9})
    with pytest.raises(DailyLimit):
        send(cleared, store, Settings(smtp_per_day=23), Smtp(at(there.port), connections=4), clock, sleep=clock.sleep)
    assert _books(store) == {"planned": 40, "accepted": 23, "waiting": 17}
    assert len(forty) - len(there.received) == 17


def test_who_leaves_between_text_and_final_dot_gets_nothing(
    cleared: Cleared, store: Store, forty: dict[str, str], fake: Fake, at: At, clock: Any, offer: str, monkeypatch: Any
) -> None:
    """S17: asked in the transaction of the intent: the text is cut off, she stands in the books as skipped."""
    real, gone = SmtpLine.deliver, list(forty)[:5]

    def deliver(line: SmtpLine, message: Any, *, may_leave: Callable[[], bool], **more: Any) -> Any:
        def leaves_first() -> bool:
            if message.recipient in gone:
                remove(store, message.recipient, dt.date(2025, 7, 4))
            return may_leave()

        return real(line, message, may_leave=leaves_first, **more)

    monkeypatch.setattr(SmtpLine, "deliver", deliver)
    there = fake({"EHLO": [offer] * 20})
    books = send(cleared, store, SETTINGS, Smtp(at(there.port), connections=4), clock).books
    assert (books.accepted, books.skipped) == (35, 5)
    assert len(there.received) == 35
    assert not any(address.encode() in text for address in gone for text in there.received)


def test_no_final_dot_waits_for_many_who_have_left(
    cleared: Cleared, store: Store, forty: dict[str, str], fake: Fake, at: At, clock: Any, offer: str, monkeypatch: Any
) -> None:
    """S1: between an intent and its dot at most one other reader is written down: the server would lose its patience."""
    real, write = SmtpLine.deliver, Writer._commit
    commits, dots, composed = count(), list[int](), 3
    leaving = sorted(forty, key=lambda address: forty[address])[composed:]

    def deliver(line: SmtpLine, message: Any, *, may_leave: Callable[[], bool], **more: Any) -> Any:
        def counted() -> bool:
            while leaving:
                remove(store, leaving.pop(), dt.date(2025, 7, 4))
            before, may = next(commits), may_leave()
            dots.append(next(commits) - before - 1)
            return may

        return real(line, message, may_leave=counted, **more)

    def commit(writer: Writer, batch: Any) -> None:
        next(commits)
        write(writer, batch)

    monkeypatch.setattr(next_readers, "FRESH", -1.0)
    monkeypatch.setattr(SmtpLine, "deliver", deliver)
    monkeypatch.setattr(Writer, "_commit", commit)
    there = fake({"EHLO": [offer] * 20})
    books = send(cleared, store, SETTINGS, Smtp(at(there.port), connections=1), clock).books
    assert (books.accepted, books.skipped, len(there.received)) == (composed, 37, composed)
    assert max(dots) <= 2  # her own, and at most one other's


def test_a_letter_that_is_too_big_stops_the_run_and_costs_nobody_anything(
    cleared: Cleared, store: Store, forty: dict[str, str], fake: Fake, at: At, clock: Any
) -> None:
    """S14: said before MAIL, with both figures; everybody waits as before."""
    there = fake({"EHLO": ["250-fake\r\n250-PIPELINING\r\n250 SIZE 100"] * 9})
    with pytest.raises(TooBig, match="100 at most"):
        send(cleared, store, SETTINGS, Smtp(at(there.port), connections=4), clock)
    assert _books(store) == {"planned": len(forty), "waiting": 40}
    assert "MAIL" not in there.verbs()


def test_a_full_disk_stops_all_connections_with_the_books_in_balance(
    cleared: Cleared, store: Store, forty: dict[str, str], fake: Fake, at: At, clock: Any, offer: str, monkeypatch: Any
) -> None:
    """S5: a real "disk full" of the books in mid-run: no second copy, one in doubt a connection at most."""
    real, commits = Writer._commit, count(1)

    def commit(writer: Writer, batch: Any) -> None:
        if next(commits) == 9:
            pages = writer._connection.execute("PRAGMA page_count").fetchone()[0]
            writer._connection.execute(f"PRAGMA max_page_count = {pages}")
            writer._connection.execute(
                "CREATE TEMP TRIGGER filling AFTER UPDATE ON main.copy BEGIN"
                " UPDATE key_check SET mark = zeroblob(1000000); END"
            )
        real(writer, batch)

    monkeypatch.setattr(Writer, "_commit", commit)
    there = fake({"EHLO": [offer] * 9})
    with pytest.raises(DiskFull):
        send(cleared, store, SETTINGS, Smtp(at(there.port), connections=4), clock)
    monkeypatch.undo()
    before, books = len(there.received), _books(store)
    assert sum(books.values()) == 2 * len(forty)
    assert books.get("in_doubt", 0) <= 4
    assert before == books["accepted"] + books.get("in_doubt", 0)
    again = fake({"EHLO": [offer] * 9})
    after = send(cleared, store, SETTINGS, Smtp(at(again.port)), clock).books
    assert after.accepted + after.in_doubt == 40
    assert len(again.received) + before == 40


def test_a_wish_to_stop_lets_what_is_on_its_way_be_finished(
    cleared: Cleared, store: Store, forty: dict[str, str], fake: Fake, at: At, clock: Any, offer: str
) -> None:
    """Ctrl-C: exit 130, nobody in doubt, an envelope that was ahead gives no letter, and the rest goes later."""
    there = fake({"EHLO": [offer] * 9})
    with pytest.raises(Interrupted):
        send(
            cleared,
            store,
            SETTINGS,
            Smtp(at(there.port), connections=4),
            clock,
            stopped=lambda: len(there.received) >= 10,
        )
    books = _books(store)
    assert books["accepted"] == len(there.received)
    assert 10 <= books["accepted"] <= 14
    assert books["waiting"] == len(forty) - books["accepted"]
    assert there.nobodys == []
    assert send(cleared, store, SETTINGS, Smtp(at(fake().port)), clock).books.accepted == 40


def test_stopping_at_once_waits_for_no_answer(
    cleared: Cleared, store: Store, forty: dict[str, str], fake: Fake, clock: Any, offer: str
) -> None:
    """The second Ctrl-C: lines that wait for an answer are cut, and what they had handed over is in doubt."""
    there = fake({"EHLO": [offer] * 9, "END": ["stall"] * 40})
    slow = Server("127.0.0.1", there.port, "none", "mail.example.org")  # ten minutes for the final answer
    with _ctrl_c(lambda: len(there.received) == 4):
        send(cleared, store, SETTINGS, Smtp(slow, connections=4), clock)
    books = _books(store)
    assert books["in_doubt"] == len(there.received) == 4
    assert books["waiting"] == len(forty) - 4


@pytest.mark.parametrize("steps", [["MAIL"] * 4, ["RCPT"] * 4, ["DATA"] * 4, ["MAIL", "EHLO", "EHLO", "EHLO"]])
def test_stopping_at_once_sends_nothing_more(
    cleared: Cleared, store: Store, forty: dict[str, str], fake: Fake, clock: Any, offer: str, steps: list[str]
) -> None:
    """The second Ctrl-C before any final dot: no letter leaves by another connection, and all wait as they did."""
    greeted = [offer, *(["stall"] * steps.count("EHLO")), *([offer] * 9)]
    there = fake({steps[0]: ["stall"] * steps.count(steps[0]), "EHLO": greeted}, silence=300)
    with _ctrl_c(lambda: [lines[-1][:4].upper() for lines in there.commands if lines] == steps):
        send(cleared, store, SETTINGS, Smtp(_patient(there.port), connections=4), clock)
    assert (there.received, _books(store)) == ([], {"planned": len(forty), "waiting": len(forty)})


def test_stopping_at_once_while_an_intent_is_written_takes_it_back(
    cleared: Cleared, store: Store, forty: dict[str, str], fake: Fake, clock: Any, offer: str, monkeypatch: Any
) -> None:
    """The second Ctrl-C in the commit before the final dot: no dot leaves, and in the books nothing was ever begun."""
    real, stopped = Writer._commit, threading.Event()
    there = fake({"EHLO": [offer] * 9})
    fail = Run.stop_at_once

    def commit(writer: Writer, batch: Any) -> None:
        real(writer, batch)
        if not stopped.is_set():
            signal.raise_signal(signal.SIGINT)
            assert stopped.wait(20)

    def stop_at_once(run: Run, error: BaseException) -> None:
        fail(run, error)
        stopped.set()

    monkeypatch.setattr(Writer, "_commit", commit)
    monkeypatch.setattr(Run, "stop_at_once", stop_at_once)
    with pytest.raises(KeyboardInterrupt):
        send(cleared, store, SETTINGS, Smtp(_patient(there.port), connections=4), clock)
    assert (there.received, _books(store)) == ([], {"planned": len(forty), "waiting": len(forty)})
    with store.database.read() as connection:
        begun = "SELECT count(*) FROM copy WHERE attempts > 0 OR first_try IS NOT NULL OR last_try IS NOT NULL"
        assert connection.exec_driver_sql(begun).scalar() == 0


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
def test_an_answer_is_in_the_books_before_the_server_is_waited_for(
    cleared: Cleared, store: Store, forty: dict[str, str], fake: Fake, clock: Any, offer: str, step: str
) -> None:
    """S1: a process that is killed while the next letter's envelope is not answered leaves nobody in doubt."""
    there = fake({"EHLO": [offer], step: ["250 ok" if step != "DATA" else "354 go on", "stall"]}, silence=300)
    said = {"planned": 40, "accepted": 1, "waiting": len(forty) - 1}
    with _ctrl_c(lambda: there.verbs().count(step) == 2 and _books(store) == said):
        send(cleared, store, SETTINGS, Smtp(_patient(there.port), connections=1), clock)
    assert _books(store) == said


def test_a_refusal_is_in_the_books_before_the_session_is_made_ready_for_the_next(
    cleared: Cleared, store: Store, forty: dict[str, str], fake: Fake, clock: Any
) -> None:
    """S1, S15: refused after the text, and RSET is not answered: a process killed now leaves nobody in doubt."""
    there = fake({"END": ["550 5.1.1 no such user"], "RSET": ["stall"]}, silence=300)
    said = {"planned": 40, "refused": 1, "waiting": len(forty) - 1}
    with _ctrl_c(lambda: "RSET" in there.verbs() and _books(store) == said):
        send(cleared, store, SETTINGS, Smtp(_patient(there.port), connections=1), clock)
    assert _books(store) == said


@pytest.mark.usefixtures("forty")
def test_a_slow_goodbye_hides_no_reason(
    cleared: Cleared, store: Store, fake: Fake, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full while a refusal is written down: that is told, though the books are closed at the goodbye."""
    there = fake({"RCPT": ["550 5.1.1 no such user"] * 40, "QUIT": ["stall"]}, silence=0.5)

    def full(*_: Any) -> None:
        raise DiskFull("newsletter.db")

    monkeypatch.setattr(Writer, "_commit", full)
    with pytest.raises(DiskFull):
        send(cleared, store, SETTINGS, Smtp(_patient(there.port), connections=1), clock)
    assert there.verbs()[-1] == "QUIT"


@pytest.mark.parametrize("at_once", [False, True])
def test_a_wish_to_stop_waits_for_no_connection(
    cleared: Cleared, store: Store, forty: dict[str, str], fake: Fake, clock: Any, offer: str, *, at_once: bool
) -> None:
    """Ctrl-C, once or twice, while all lines connect anew, which may take five minutes: no letter is on its way."""
    greeted = ["220 fake.example.org ESMTP", *["stall"] * 9]
    there = fake({"EHLO": [offer], "GREETING": greeted, "MAIL": ["250 ok", "drop"]}, silence=300)

    def hang() -> bool:
        return len(there.commands) == 5  # four, and the one that was dropped, anew

    def sends(*, stopped: Callable[[], bool]) -> None:
        send(cleared, store, SETTINGS, Smtp(_patient(there.port), connections=4), clock, stopped=stopped)

    if at_once:
        with _ctrl_c(hang, within=10):  # before the books would be closed on those who are left
            sends(stopped=lambda: False)
    else:
        with pytest.raises(Interrupted):
            sends(stopped=hang)
    assert _books(store) == {"planned": 40, "accepted": 1, "waiting": len(forty) - 1}


@pytest.mark.usefixtures("forty")
def test_a_signature_that_fails_stops_the_run_and_costs_nobody_anything(
    cleared: Cleared, store: Store, fake: Fake, clock: Any, offer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tenth cannot be made, by a thread of its own: those before left signed, nobody is in doubt, all get it later."""
    number = count(1)

    def sign(*_: object) -> bytes:
        time.sleep(0.01)  # slower than all else, so that it is waited for
        if next(number) == 10:
            raise MemoryError
        return b"Signed: yes\r\n"

    def signing(*facts: Any) -> Own:
        return replace(own(*facts), sign=sign)

    there = fake({"EHLO": [offer] * 9})
    monkeypatch.setattr("newsletter.delivery.send.own", signing)
    with pytest.raises(MemoryError):
        send(cleared, store, SETTINGS, Smtp(_patient(there.port), connections=4), clock)
    assert 0 < len(there.received) < 40
    assert all(text.startswith(b"Signed: yes\r\n") for text in there.received)
    assert _books(store) == {"planned": 40, "accepted": len(there.received), "waiting": 40 - len(there.received)}
    assert send(cleared, store, SETTINGS, Smtp(_patient(there.port)), clock).books.accepted == len(there.received) == 40


def test_a_pace_that_asks_to_wait_is_waited_for(
    cleared: Cleared, store: Store, forty: dict[str, str], fake: Fake, at: At, clock: Any, monkeypatch: Any
) -> None:
    """L2: one letter a minute, by a clock that the waiting moves; nobody's letter leaves before its time."""
    lock, last = threading.Lock(), [clock.at - dt.timedelta(minutes=1)]
    left: list[dt.datetime] = []

    def take(_allowance: Allowance, now: dt.datetime, *, new: bool = True) -> dt.timedelta | None:
        del new
        with lock:
            wait: dt.timedelta = last[0] + dt.timedelta(minutes=1) - now
            if wait > dt.timedelta(0):
                return wait
            last[0] = now
            left.append(now)
            return None

    def sleep(seconds: float) -> None:
        with lock:
            clock.at += dt.timedelta(seconds=seconds)

    monkeypatch.setattr(Allowance, "take", take)
    there = fake()
    assert send(
        cleared, store, SETTINGS, Smtp(at(there.port), connections=4), clock, sleep=sleep
    ).books.accepted == len(forty)
    assert len(left) == 40
    assert min(after - before for before, after in pairwise(left)) >= dt.timedelta(minutes=1)


def test_due_copies_come_page_by_page_each_once(
    store: Store, forty: dict[str, str], clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S8, S9: waiting ones by id, then those whose time had come at the start; what is deferred meanwhile is not due."""
    monkeypatch.setattr("newsletter.ledger.due._PAGE", 7)
    policy = Outcome(Fate.DEFERRED, 550, "5.7.1", "no", sender_at_fault=True)
    ledger, ids = PlainLedger(store.database), sorted(forty.values())
    ledger.plan(JULY, {"en": "1" * 64}, [(one, "en") for one in ids], {}, clock())
    for one in ids[:5]:
        ledger.begin(JULY, one, clock(), lambda *_: True)
        ledger.finish(JULY, one, policy, clock())
    due = Due(store.database, JULY, clock())
    assert (len(due), due.by_language) == (40, {"en": 40})
    found = []
    for copy in due:
        found.append(copy.subscriber)
        if copy.subscriber == ids[20]:
            ledger.begin(JULY, ids[20], clock(), lambda *_: True)
            ledger.finish(JULY, ids[20], policy, clock())
    assert found == [*ids[5:], *ids[:5]]
    assert [copy.subscriber for copy in Due(store.database, JULY, clock())][-6:] == [*ids[:5], ids[20]]


def test_lines_that_break_together_count_as_one_break() -> None:
    """S9: four connections lose an answer each at once, twice over: the second time it is enough."""
    verdict = Verdict(lines=4)
    lost = Outcome(Fate.IN_DOUBT)
    told = []
    for _ in range(6):
        verdict.add(lost)
        told.append(verdict.too_many_lost)
    assert told == [False] * 5 + [True]
    verdict.add(Outcome(Fate.ACCEPTED))
    assert not verdict.too_many_lost
