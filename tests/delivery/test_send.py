from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newsletter.audience.subscribers import erase, remove
from newsletter.delivery.pace.allowance import DailyLimit
from newsletter.delivery.readers import NobodyToWriteTo
from newsletter.delivery.send import ChangedSincePlanned, EditionGone, send
from newsletter.delivery.server import Server
from newsletter.delivery.session import NoServer
from newsletter.delivery.stops import AnswersLost, Interrupted, RunPaused
from newsletter.gate.clear import Cleared
from newsletter.ledger.book import Ledger
from newsletter.ledger.lock import Locked, sending
from newsletter.ledger.writer import Writer
from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import Fate, Outcome
from newsletter.settings import Settings
from newsletter.store.failures import DatabaseBusy, DiskFull
from newsletter.store.open import Store

Enlist = Callable[..., str]
JULY = IssueName.parse("2025-07")
SETTINGS = Settings(smtp_profile="own-relay")
LATER = Outcome(Fate.DEFERRED, 451, "4.2.0", "later")
POLICY = Outcome(Fate.DEFERRED, 550, "5.7.26", "unauthenticated", sender_at_fault=True)
ADDRESSES = ["ana.quispe@example.org", "ben.huaman@example.net", "eva.mamani@example.com"]


@pytest.fixture
def three(enlist: Enlist) -> list[str]:
    return [enlist(ADDRESSES[0], "Ana"), enlist(ADDRESSES[1], "Ben", "es"), enlist(ADDRESSES[2])]


def _books(store: Store) -> dict[str, int]:
    return {name: number for name, number in Ledger(store.database).books(JULY).as_dict().items() if number}


def test_everybody_gets_her_edition_once(
    cleared: Cleared, store: Store, three: list[str], recorder: Any, clock: Any
) -> None:
    """S5, F14: by language, and when the command is given again nobody gets it twice and nothing is connected to."""
    carrier = recorder()
    heard: list[tuple[int, int]] = []
    sent = send(cleared, store, SETTINGS, carrier, clock, progress=lambda *figures: heard.append(figures))
    assert sent.books.as_dict() == _books(store) | dict.fromkeys(
        ("refused", "deferred", "in_doubt", "skipped", "waiting"), 0
    )
    assert sorted(message.recipient for message in carrier.taken) == sorted(ADDRESSES)
    by = {message.recipient: message.data for message in carrier.taken}
    assert b"Subject: Peru in es" in by[ADDRESSES[1]]
    assert b"Subject: Peru in en" in by[ADDRESSES[0]]
    assert heard == [(1, 3), (2, 3), (3, 3)]
    again = send(cleared, store, SETTINGS, carrier, clock)
    assert again.books == sent.books
    assert (len(carrier.taken), carrier.opened) == (3, 1)
    assert len(three) == 3


def test_message_ids_are_stable_over_a_resend(
    cleared: Cleared, store: Store, three: list[str], recorder: Any, clock: Any
) -> None:
    """F7: a deferred copy that leaves later bears the Message-ID that it had at first."""
    seen: dict[str, list[str]] = {}

    class Twice(recorder):  # type: ignore[misc]  # a class from a fixture
        def deliver(self, message: Any) -> Outcome:
            seen.setdefault(message.recipient, []).append(message.message_id)
            return super().deliver(message)  # type: ignore[no-any-return]  # its parent comes from a fixture

    carrier = Twice({address: [LATER] for address in ADDRESSES})
    assert send(cleared, store, SETTINGS, carrier, clock).books.deferred == 3
    clock.at += dt.timedelta(minutes=29)
    assert send(cleared, store, SETTINGS, carrier, clock).books.deferred == 3
    clock.at += dt.timedelta(minutes=1)
    assert send(cleared, store, SETTINGS, carrier, clock).books.accepted == 3
    assert all(len(ids) == 2 and len(set(ids)) == 1 for ids in seen.values())
    assert len({ids[0] for ids in seen.values()}) == len(three)


def test_doubt_is_never_resent_unasked(
    cleared: Cleared, store: Store, three: list[str], recorder: Any, clock: Any
) -> None:
    """S1: not at once, not at the next run, not after a year."""
    carrier = recorder({ADDRESSES[0]: [Outcome(Fate.IN_DOUBT)]})
    assert send(cleared, store, SETTINGS, carrier, clock).books.in_doubt == 1
    clock.at += dt.timedelta(days=365)
    assert send(cleared, store, SETTINGS, carrier, clock).books.in_doubt == 1
    assert len(carrier.taken) == len(three)


def test_whoever_leaves_while_it_is_sent_gets_nothing_more(
    cleared: Cleared, store: Store, enlist: Enlist, recorder: Any, clock: Any
) -> None:
    """S17, U6: asked again before each letter; erased or removed, between two letters of the same run."""
    for number in range(10):
        enlist(f"reader{number}@example.org")
    left: list[str] = []

    def leave(done: int, _total: int) -> None:
        if done == 5:
            waiting = {f"reader{number}@example.org" for number in range(10)} - {one.recipient for one in carrier.taken}
            left.extend(sorted(waiting)[:3])
            erase(store, left[0], dt.date(2025, 7, 4))
            for address in left[1:]:
                remove(store, address, dt.date(2025, 7, 4))

    carrier = recorder()
    books = send(cleared, store, SETTINGS, carrier, clock, progress=leave).books
    assert (books.accepted, books.skipped, books.planned) == (7, 3, 10)
    assert not set(left) & {message.recipient for message in carrier.taken}


def test_who_comes_later_gets_the_next_issue(
    cleared: Cleared, store: Store, three: list[str], enlist: Enlist, recorder: Any, clock: Any
) -> None:
    """The readers of an issue are written down once; newcomers are counted and told, not sent to."""
    carrier = recorder({ADDRESSES[0]: [LATER]})
    send(cleared, store, SETTINGS, carrier, clock)
    enlist("new@example.org")
    clock.at += dt.timedelta(hours=1)
    sent = send(cleared, store, SETTINGS, carrier, clock)
    assert (sent.newcomers, sent.books.planned) == (1, len(three))
    assert "new@example.org" not in {message.recipient for message in carrier.taken}


def test_who_had_left_before_stands_in_the_books_as_skipped(
    cleared: Cleared, store: Store, three: list[str], recorder: Any, clock: Any
) -> None:
    """U6: planned = accepted + skipped."""
    remove(store, ADDRESSES[0], dt.date(2025, 7, 3))
    books = send(cleared, store, SETTINGS, recorder(), clock).books
    assert (books.planned, books.accepted, books.skipped) == (len(three), 2, 1)


def test_an_issue_that_changed_since_is_not_sent_on(
    cleared: Cleared, let_through: Any, store: Store, three: list[str], recorder: Any, clock: Any
) -> None:
    """S18: what the others get is what the first ones got, or nothing."""
    carrier = recorder({ADDRESSES[0]: [LATER]})
    send(cleared, store, SETTINGS, carrier, clock)
    renderings = dict(cleared.dossier.renderings)
    renderings["en"] = dataclasses.replace(renderings["en"], digest="3" * 64)
    changed = let_through(dataclasses.replace(cleared.dossier, renderings=renderings))
    clock.at += dt.timedelta(hours=1)
    before = len(carrier.taken)
    with pytest.raises(ChangedSincePlanned, match="in en") as said:
        send(changed, store, SETTINGS, carrier, clock)
    assert said.value.exit_code == 4
    assert "newsletter send 2025-07 --for-real --changed" in said.value.hint
    assert len(carrier.taken) == before == len(three) - 1
    # There is a way on, for somebody who wants it so: the rest get it as it is now, and nobody gets it twice.
    assert send(changed, store, SETTINGS, carrier, clock, changed=True).books.accepted == len(three)
    assert sorted(message.recipient for message in carrier.taken) == sorted(ADDRESSES)
    assert send(changed, store, SETTINGS, carrier, clock).books.accepted == len(three)


def test_an_edition_that_was_taken_away_is_missed_by_its_own_readers_only(
    cleared: Cleared, let_through: Any, store: Store, three: list[str], recorder: Any, clock: Any
) -> None:
    """S18: nobody gets another language unasked; once the Spanish readers have theirs, the file may go."""
    dossier = cleared.dossier
    english = let_through(dataclasses.replace(dossier, renderings={"en": dossier.renderings["en"]}))
    carrier = recorder({ADDRESSES[0]: [LATER, LATER], ADDRESSES[1]: [LATER]})
    send(cleared, store, SETTINGS, carrier, clock)
    clock.at += dt.timedelta(hours=1)
    for changed in (False, True):
        with pytest.raises(EditionGone, match="in es any more"):
            send(english, store, SETTINGS, carrier, clock, changed=changed)
    assert _books(store) == {"planned": 3, "accepted": 1, "deferred": 2}
    send(cleared, store, SETTINGS, carrier, clock)
    clock.at += dt.timedelta(days=1)
    assert send(english, store, SETTINGS, carrier, clock).books.accepted == len(three)


def test_one_sender_at_a_time(cleared: Cleared, store: Store, three: list[str], recorder: Any, clock: Any) -> None:
    """S6: a second one is refused before it has connected."""
    carrier = recorder()
    with sending(Path(store.database.where), JULY), pytest.raises(Locked):
        send(cleared, store, SETTINGS, carrier, clock)
    assert (carrier.opened, carrier.taken) == (0, [])
    assert send(cleared, store, SETTINGS, carrier, clock).books.accepted == len(three)


def test_two_senders_at_once(cleared: Cleared, store: Store, three: list[str], recorder: Any, clock: Any) -> None:
    """S6: the second one is refused while the first has a letter on its way, and each reader gets one."""
    first_letter, refused = threading.Event(), threading.Event()

    class Waiting(recorder):  # type: ignore[misc]  # a class from a fixture
        def deliver(self, message: Any) -> Outcome:
            first_letter.set()
            assert refused.wait(30)
            return super().deliver(message)  # type: ignore[no-any-return]  # its parent comes from a fixture

    first, second = Waiting(), recorder()
    sender = threading.Thread(target=send, args=(cleared, store, SETTINGS, first, clock))
    sender.start()
    try:
        assert first_letter.wait(30)
        with pytest.raises(Locked):
            send(cleared, store, SETTINGS, second, clock)
    finally:
        refused.set()
        sender.join()
    assert second.taken == []
    assert sorted(one.recipient for one in first.taken) == sorted(ADDRESSES)
    assert _books(store) == {"planned": 3, "accepted": len(three)}


def test_a_server_that_goes_away_costs_nobody_anything(
    cleared: Cleared, store: Store, three: list[str], recorder: Any, clock: Any
) -> None:
    """S8: before the readers are written down nothing is planned; in the middle the copy on its way waits again."""
    gone = NoServer(Server("mail.example.org", 465, "tls", "example.org"), "cannot be reached")

    class Unreachable(recorder):  # type: ignore[misc]  # a class from a fixture
        def __enter__(self) -> Any:
            raise gone

    with pytest.raises(NoServer):
        send(cleared, store, SETTINGS, Unreachable(), clock)
    assert _books(store) == {}
    carrier = recorder({address: [gone] for address in ADDRESSES})
    with pytest.raises(NoServer):
        send(cleared, store, SETTINGS, carrier, clock)
    assert _books(store) == {"planned": 3, "waiting": 3}
    assert send(cleared, store, SETTINGS, recorder(), clock).books.accepted == len(three)


def test_a_hard_stop_leaves_one_in_doubt(
    cleared: Cleared, store: Store, three: list[str], recorder: Any, clock: Any
) -> None:
    """S1: a second Ctrl-C in the middle of a letter: nobody knows whether it left."""
    carrier = recorder({ADDRESSES[0]: [KeyboardInterrupt()]})
    with pytest.raises(KeyboardInterrupt):
        send(cleared, store, SETTINGS, carrier, clock)
    books = send(cleared, store, SETTINGS, carrier, clock).books
    assert (books.in_doubt, books.accepted) == (1, len(three) - 1)


def test_a_soft_stop_finishes_the_letter_on_its_way(
    cleared: Cleared, store: Store, three: list[str], recorder: Any, clock: Any
) -> None:
    """Ctrl-C: exit code 130, nothing in doubt, and how to go on."""
    carrier = recorder()
    with pytest.raises(Interrupted, match="send 2025-07 --for-real") as said:
        send(cleared, store, SETTINGS, carrier, clock, stopped=lambda: len(carrier.taken) == 2)
    assert said.value.exit_code == 130
    assert _books(store) == {"planned": 3, "accepted": 2, "waiting": 1}
    assert send(cleared, store, SETTINGS, carrier, clock).books.accepted == len(three)


def test_the_run_pauses_where_the_sender_is_at_fault(
    cleared: Cleared, store: Store, enlist: Enlist, recorder: Any, clock: Any
) -> None:
    """S9, B1: after three such answers in a row; nobody is refused, and all get it once it is mended."""
    for number in range(10):
        enlist(f"reader{number}@example.org")
    carrier = recorder(usual=POLICY)
    with pytest.raises(RunPaused, match=r"550 unauthenticated.*Nobody is struck off") as said:
        send(cleared, store, SETTINGS, carrier, clock)
    assert said.value.exit_code == 3
    assert _books(store) == {"planned": 10, "deferred": 3, "waiting": 7}
    assert send(cleared, store, SETTINGS, recorder(), clock).books.accepted == 10


def test_the_run_pauses_where_every_answer_is_lost(
    cleared: Cleared, store: Store, enlist: Enlist, recorder: Any, clock: Any
) -> None:
    """S1, S9: a line that breaks after each letter does not put the whole list in doubt, which nobody writes to again."""
    for number in range(10):
        enlist(f"reader{number}@example.org")
    with pytest.raises(AnswersLost, match="Nobody knows") as said:
        send(cleared, store, SETTINGS, recorder(usual=Outcome(Fate.IN_DOUBT)), clock)
    assert said.value.exit_code == 3
    assert _books(store) == {"planned": 10, "in_doubt": 3, "waiting": 7}
    assert send(cleared, store, SETTINGS, recorder(), clock).books.accepted == 7


def test_a_server_that_does_not_know_us_costs_nobody_the_issue(
    cleared: Cleared, store: Store, enlist: Enlist, recorder: Any, clock: Any
) -> None:
    """S9, B1: "550 relay not permitted" at every reader, with no code that says it is about her, lies with us."""
    for number in range(10):
        enlist(f"reader{number}@example.org")
    no_relay = Outcome(Fate.REFUSED, 550, "", "relay not permitted")
    with pytest.raises(RunPaused, match="550 relay not permitted"):
        send(cleared, store, SETTINGS, recorder(usual=no_relay), clock)
    assert _books(store) == {"planned": 10, "deferred": 3, "waiting": 7}
    assert send(cleared, store, SETTINGS, recorder(), clock).books.accepted == 10


def test_a_refusal_is_believed_once_the_server_has_taken_a_letter(
    cleared: Cleared, store: Store, enlist: Enlist, recorder: Any, clock: Any
) -> None:
    """S8: a dead address is refused for good in the same run, whether it comes first, in the middle or with a code."""
    ids = sorted((enlist(f"reader{number}@example.org"), f"reader{number}@example.org") for number in range(9))
    addresses = [address for _, address in ids]
    bare, coded = Outcome(Fate.REFUSED, 550, "", "no such user"), Outcome(Fate.REFUSED, 550, "5.1.1", "no such user")
    carrier = recorder({addresses[0]: [bare], addresses[1]: [bare], addresses[2]: [coded], addresses[5]: [bare]})
    books = send(cleared, store, SETTINGS, carrier, clock).books
    assert (books.refused, books.accepted, books.deferred) == (4, 5, 0)
    alone = recorder()
    assert send(cleared, store, SETTINGS, alone, clock).books == books
    assert alone.opened == 0


def test_a_refusal_is_believed_in_the_end(
    cleared: Cleared, store: Store, three: list[str], recorder: Any, clock: Any
) -> None:
    """S8: where nobody is ever accepted the doubt ends too, so that the books can be closed."""
    carrier = recorder(usual=Outcome(Fate.REFUSED, 550, "", "no such user"))
    for _ in range(3):
        with pytest.raises(RunPaused):
            send(cleared, store, SETTINGS, carrier, clock)
    assert send(cleared, store, SETTINGS, carrier, clock).books.refused == len(three)


def test_a_few_readers_do_not_stop_all_others(
    cleared: Cleared, store: Store, enlist: Enlist, recorder: Any, clock: Any
) -> None:
    """S9: three whose own servers refuse by policy pause the run once; the next run begins with the others."""
    ids = sorted((enlist(f"reader{number}@example.org"), f"reader{number}@example.org") for number in range(10))
    carrier = recorder({address: [POLICY] * 9 for _, address in ids[:3]})
    for _ in range(2):
        with pytest.raises(RunPaused):
            send(cleared, store, SETTINGS, carrier, clock)
    assert _books(store) == {"planned": 10, "accepted": 7, "deferred": 3}


@pytest.mark.parametrize("trouble", [DiskFull, DatabaseBusy])
def test_an_answer_that_cannot_be_written_down_is_doubt_not_a_second_copy(
    cleared: Cleared, store: Store, three: list[str], recorder: Any, clock: Any, monkeypatch: Any, trouble: Any
) -> None:
    """S5: the disk is full, or the books are locked, just after a letter was accepted: it never leaves again."""
    carrier, real = recorder(), Writer.write

    def write(writer: Writer, *entries: Any, **meanwhile: Any) -> Any:
        if len(carrier.taken) == 2:
            raise trouble("records/newsletter.db")
        return real(writer, *entries, **meanwhile)

    monkeypatch.setattr(Writer, "write", write)
    with pytest.raises(trouble):
        send(cleared, store, SETTINGS, carrier, clock)
    monkeypatch.undo()
    assert _books(store) == {"planned": 3, "accepted": 1, "in_doubt": 1, "waiting": 1}
    send(cleared, store, SETTINGS, carrier, clock)
    assert _books(store) == {"planned": 3, "accepted": 2, "in_doubt": 1}
    assert sorted(message.recipient for message in carrier.taken) == sorted(ADDRESSES)
    assert len(three) == len(carrier.taken)


def test_the_daily_limit_is_kept_over_runs_and_issues(
    cleared: Cleared, store: Store, enlist: Enlist, recorder: Any, clock: Any
) -> None:
    """L2, L10: never more than 100 in any 24 hours by default; it says when to go on, and the rest goes once."""
    for number in range(130):
        enlist(f"reader{number}@example.org")
    carrier, sent_at = recorder(), []
    usual = Settings()
    for _ in range(40):
        before = len(carrier.taken)
        with contextlib.suppress(DailyLimit):
            send(cleared, store, usual, carrier, clock, sleep=clock.sleep)
        sent_at += [clock.at] * (len(carrier.taken) - before)
        clock.at += dt.timedelta(hours=1)
    assert len(sent_at) == len({message.recipient for message in carrier.taken}) == 130
    for start in sent_at:
        assert sum(start <= at < start + dt.timedelta(hours=24) for at in sent_at) <= 100


def test_the_daily_limit_says_when_to_go_on(
    cleared: Cleared, store: Store, enlist: Enlist, recorder: Any, clock: Any
) -> None:
    """L2, L8: exit code 3 and the time at which the first of the hundred is a day old."""
    for number in range(101):
        enlist(f"reader{number}@example.org")
    with pytest.raises(DailyLimit, match="go on at 2025-07-05 09:00 or later") as said:
        send(cleared, store, Settings(), recorder(), clock)
    assert said.value.exit_code == 3
    assert _books(store) == {"planned": 101, "accepted": 100, "waiting": 1}


def test_an_address_that_cannot_be_fails_alone(
    cleared: Cleared, store: Store, three: list[str], recorder: Any, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F12: with a clear reason, and the run goes on."""
    from newsletter.letters.compose import composed as real
    from newsletter.nouns.person import Recipient

    def odd(encoded: Any, recipient: Recipient, **more: Any) -> Any:
        if recipient.name == "Ana":
            recipient = dataclasses.replace(recipient, address="not an address")
        return real(encoded, recipient, **more)

    monkeypatch.setattr("newsletter.delivery.run.composed", odd)
    books = send(cleared, store, SETTINGS, recorder(), clock).books
    assert (books.refused, books.accepted) == (1, len(three) - 1)
    [why] = Ledger(store.database).refusals(JULY)
    assert why[:4] == ("refused", 1, "This is not an address that mail can be sent to.", "5.1.3")


def test_an_empty_list_is_said(cleared: Cleared, store: Store, recorder: Any, clock: Any) -> None:
    with pytest.raises(NobodyToWriteTo):
        send(cleared, store, SETTINGS, recorder(), clock)
    assert _books(store) == {}


def test_send_takes_only_what_the_gate_has_cleared(cleared: Cleared) -> None:
    """S18: nobody else can make one."""
    from newsletter.gate.clear import MadeElsewhere

    with pytest.raises(MadeElsewhere):
        Cleared(cleared.dossier, cleared.on, object())


@pytest.mark.usefixtures("three")
def test_a_wish_to_stop_is_heard_while_waiting_for_the_pace(
    cleared: Cleared, store: Store, recorder: Any, clock: Any
) -> None:
    """L2: three people at 10 a minute take twelve seconds; waits are slept in small steps, and Ctrl-C ends one."""
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        clock.sleep(seconds)

    settings = Settings(smtp_profile="yahoo")
    stop = lambda: sum(slept) > 8  # noqa: E731 - a wish, once eight seconds have gone by
    carrier = recorder()
    with pytest.raises(Interrupted):
        send(cleared, store, settings, carrier, clock, sleep=sleep, stopped=stop)
    assert len(carrier.taken) == 2
    assert max(slept) <= 0.25
    assert 8 < sum(slept) < 8.5
    send(cleared, store, settings, carrier, clock, sleep=sleep)
    assert len(carrier.taken) == 3
    assert 12 <= sum(slept) <= 13.5


@pytest.mark.usefixtures("three")
def test_a_run_goes_more_slowly_where_the_server_asks_for_it(
    cleared: Cleared, store: Store, recorder: Any, clock: Any
) -> None:
    """L8: after a 421 the next letter waits, also by a profile that knows no pace."""
    busy = Outcome(Fate.DEFERRED, 421, "4.7.0", "Try again later, closing connection.", sender_at_fault=True)
    carrier, slept = recorder({ADDRESSES[0]: [busy], ADDRESSES[1]: [busy]}), []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        clock.sleep(seconds)

    send(cleared, store, SETTINGS, carrier, clock, sleep=sleep)
    assert sum(slept) >= 1


@pytest.mark.usefixtures("three")
def test_what_a_quota_put_off_goes_once_when_it_is_over(
    cleared: Cleared, store: Store, recorder: Any, clock: Any
) -> None:
    """L8: the first left; the server's daily limit then puts the others off, and an hour later each gets one copy."""
    full = Outcome(Fate.DEFERRED, 550, "5.4.5", "Daily user sending limit exceeded.", sender_at_fault=True)
    carrier = recorder()
    first = min(ADDRESSES)
    for address in ADDRESSES:
        carrier.answers[address] = [] if address == first else [full]
    send(cleared, store, SETTINGS, carrier, clock)
    assert [one.recipient for one in carrier.taken] == [first]
    clock.at += dt.timedelta(minutes=59)
    send(cleared, store, SETTINGS, carrier, clock)
    assert len(carrier.taken) == 1
    clock.at += dt.timedelta(minutes=1)
    send(cleared, store, SETTINGS, carrier, clock)
    assert sorted(one.recipient for one in carrier.taken) == sorted(ADDRESSES)
