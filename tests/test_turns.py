"""Jobs by turns in one thread: who waits for a connection, for the time, for others, and for a call elsewhere."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import ExitStack
from functools import partial

import pytest

from newsletter import turns
from newsletter.turns import LeftBehind, Turns


@pytest.fixture
def pairs() -> Iterator[list[tuple[socket.socket, socket.socket]]]:
    """Three connections, both ends of each."""
    made = [socket.socketpair() for _ in range(3)]
    yield made
    for ends in made:
        for end in ends:
            end.close()


def _all(*jobs: partial[None]) -> Turns:
    found = Turns()
    for job in jobs:
        found.begin(job)
    found.run(lambda: True)
    return found


def test_who_waits_for_a_connection_holds_nobody_up(pairs: list[tuple[socket.socket, socket.socket]]) -> None:
    """Each answers the one before; begun in the order in which none could go on if one had to end first."""
    heard: list[bytes] = []

    def passes_on(number: int) -> None:
        assert turns.ready(pairs[number][0], 10)
        heard.append(pairs[number][0].recv(9))
        pairs[number + 1][1].send(b"%d" % number)

    def last() -> None:
        assert turns.ready(pairs[2][0], 10)
        heard.append(pairs[2][0].recv(9))

    def first() -> None:
        assert turns.ready(pairs[0][1], 10, writing=True)
        pairs[0][1].send(b"first")

    _all(partial(last), partial(passes_on, 1), partial(passes_on, 0), partial(first))
    assert heard == [b"first", b"0", b"1"]


def test_a_time_that_is_over_is_said_and_a_closed_socket_too(pairs: list[tuple[socket.socket, socket.socket]]) -> None:
    """Each has its own time; a socket that another closes meanwhile is ready, for its trouble to be found."""
    said: dict[str, bool] = {}

    def waits(name: str, one: socket.socket, seconds: float) -> None:
        said[name] = turns.ready(one, seconds)

    def closes() -> None:
        turns.rest(0.2)
        pairs[1][0].close()
        turns.rest(0.2)
        pairs[2][1].send(b"!")

    silent, closed, told = (ends[0] for ends in pairs)
    _all(
        partial(waits, "silent", silent, 0.3),
        partial(waits, "closed", closed, 60),
        partial(waits, "told", told, 60),
        partial(closes),
    )
    assert said == {"silent": False, "closed": True, "told": True}


def test_what_several_ask_for_is_done_at_once_and_a_failure_is_told_to_each() -> None:
    """In the order in which they asked; what is raised reaches everybody who asked, and the next time is another."""
    done: list[list[int]] = []
    heard: list[str] = []

    def do(numbers: list[int]) -> None:
        done.append(numbers)
        if len(done) == 1:
            raise ValueError("no")

    def asks(number: int) -> None:
        try:
            turns.together(do, number)
        except ValueError as error:
            heard.append(f"{number} {error}")
        turns.together(do, number)

    _all(*(partial(asks, number) for number in range(3)))
    assert done == [[0, 1, 2], [0, 1, 2]]
    assert heard == ["0 no", "1 no", "2 no"]


def test_a_moment_is_waited_for_those_who_are_about_to_ask(
    pairs: list[tuple[socket.socket, socket.socket]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is answered within the moment asks together with those who were there first."""
    monkeypatch.setattr(turns, "_MOMENT", 1e6)  # as long as it takes, on a busy machine too
    monkeypatch.setattr(turns, "_LONGEST_MOMENT", 60)
    done: list[list[str]] = []

    def do(names: list[str]) -> None:
        done.append(names)
        time.sleep(0.001)

    def asks(name: str, one: socket.socket) -> None:
        turns.together(do, "takes its time")
        assert turns.ready(one, 60)
        turns.together(do, name)

    for number, (_, there) in enumerate(pairs):
        threading.Timer(0.1 + 0.2 * number, there.send, (b"!",)).start()
    _all(*(partial(asks, str(number), here) for number, (here, _) in enumerate(pairs)))
    assert done == [["takes its time"] * 3, ["0", "1", "2"]]


def test_one_that_is_answered_again_and_again_holds_up_nobody_who_asks(
    pairs: list[tuple[socket.socket, socket.socket]],
) -> None:
    """A server that says a word at a time, each within the moment: what another asks for is done long before its end."""
    order: list[str] = []
    (here, there), over = pairs[0], time.monotonic() + 1.5

    def do(names: list[str]) -> None:
        time.sleep(0.1)  # a moment is a quarter of this, as far as it goes
        order.extend(names)

    def says() -> None:
        while time.monotonic() < over:
            there.send(b"!")
            time.sleep(0.001)
        there.close()

    def listens() -> None:
        while turns.ready(here, 10) and here.recv(1):
            pass
        order.append("its end")

    def asks() -> None:
        for number in range(3):
            turns.together(do, str(number))

    thread = threading.Thread(target=says)
    thread.start()
    _all(partial(listens), partial(asks))
    thread.join()
    assert order == ["0", "1", "2", "its end"]


def test_a_rest_goes_by_the_clock_that_is_given_where_all_rest(
    pairs: list[tuple[socket.socket, socket.socket]],
) -> None:
    """A clock of its own, which waiting moves: an hour takes no time; beside a connection the rest is a real one."""
    slept: list[float] = []
    began = time.monotonic()

    def rests() -> None:
        for _ in range(3):
            turns.rest(1200, slept.append)

    _all(partial(rests), partial(rests))
    assert slept == [1200.0] * 3
    assert time.monotonic() - began < 10

    def listens() -> None:
        assert not turns.ready(pairs[0][0], 0.4)

    def rests_beside() -> None:
        turns.rest(0.1, slept.append)

    _all(partial(listens), partial(rests_beside))
    assert slept == [1200.0] * 3


def test_a_call_elsewhere_lets_the_others_go_on() -> None:
    """What it gives and what it raises come back; meanwhile two others wait for the same."""
    together = threading.Barrier(3, timeout=20)
    got: list[object] = []

    def call(number: int) -> int:
        together.wait()
        if number == 2:
            raise KeyError(number)
        return number

    def asks(number: int) -> None:
        try:
            got.append(turns.elsewhere(partial(call, number), got.append))
        except KeyError as error:
            got.append(error.args)

    _all(*(partial(asks, number) for number in range(3)))
    assert sorted(got, key=str) == [(2,), 0, 1]


def test_who_is_not_wanted_any_more_is_left_and_what_comes_late_is_put_away() -> None:
    """The one that is still out is told, its clearing up is done, and nobody waits for it."""
    late, told, put_away = threading.Event(), list[str](), list[str]()
    wanted = True

    def call() -> str:
        late.wait(20)
        return "late"

    def is_out() -> None:
        try:
            turns.elsewhere(call, put_away.append)
        except LeftBehind:
            told.append("left")
            raise

    def ends_it() -> None:
        nonlocal wanted
        turns.rest(0.1)
        wanted = False

    both = Turns()
    both.begin(is_out)
    both.begin(ends_it)
    both.run(lambda: wanted)
    assert (told, put_away) == (["left"], [])
    late.set()
    until = time.monotonic() + 20
    while not put_away and time.monotonic() < until:
        time.sleep(0.01)
    assert put_away == ["late"]


def test_what_came_back_to_one_that_is_left_before_its_turn_is_put_away(
    pairs: list[tuple[socket.socket, socket.socket]],
) -> None:
    """It was brought, and its turn never came: a connection that nobody closes stays open at the server."""
    put_away: list[str] = []
    let_back, is_back = threading.Event(), threading.Event()
    wanted = True

    def call() -> str:
        assert let_back.wait(60)
        return "brought"

    def is_out() -> None:
        turns.elsewhere(call, put_away.append)
        raise AssertionError("its turn came")

    def ends_it() -> None:
        nonlocal wanted
        [made] = both._expected.values()
        made.add_done_callback(lambda _: is_back.set())
        let_back.set()
        assert is_back.wait(60)
        assert not turns.ready(pairs[0][0], 0)  # both may go on now, this one first
        wanted = False

    both = Turns()
    both.begin(is_out)
    both.begin(ends_it)
    both.run(lambda: wanted)
    assert put_away == ["brought"]


def test_a_descriptor_that_select_cannot_name_is_waited_for_too(
    pairs: list[tuple[socket.socket, socket.socket]],
) -> None:
    """In a process with a thousand open files: a connection, the call elsewhere, and whoever waits outside of any turn."""
    resource = pytest.importorskip("resource", reason="a system without limits of open files has no such select")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if 0 <= hard < 1100:
        pytest.skip(f"this system allows {hard} open files, so that no descriptor is above 1023")
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096 if hard < 0 else min(4096, hard), hard))
    said: list[object] = []
    with ExitStack() as stack:
        stack.callback(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        while stack.enter_context(socket.socket()).fileno() < 1024:
            pass
        here, there = socket.socketpair()
        stack.callback(here.close)
        stack.callback(there.close)

        def listens(one: socket.socket, seconds: float) -> None:
            said.append((one is here, turns.ready(one, seconds)))

        def speaks() -> None:
            said.append(turns.elsewhere(partial(time.sleep, 0.1), said.append))
            there.send(b"!")

        _all(partial(listens, here, 60), partial(listens, pairs[0][0], 0.3), partial(speaks))
        assert sorted(said, key=str) == [(False, False), (True, True), None]
        assert turns.ready(here, 60)
        here.recv(9)
        assert not turns.ready(here, 0.05)


@pytest.mark.parametrize("fails", [False, True])
def test_who_can_go_on_goes_before_what_another_thread_will_have_in_a_moment(*, fails: bool) -> None:
    """Two ask for the same together; one then waits for a signature, and the other's final dot leaves before that."""
    order: list[str] = []
    made: Future[str] = Future()

    def do(names: list[str]) -> None:
        order.append(" ".join(names))

    def signs() -> None:
        turns.together(do, "outcome")
        try:
            order.append(turns.soon(made))
        except ZeroDivisionError:
            order.append("no signature")

    def sends() -> None:
        turns.together(do, "intent")
        order.append("final dot")
        make = partial(made.set_exception, ZeroDivisionError()) if fails else partial(made.set_result, "signature")
        threading.Timer(0.2, make).start()

    _all(partial(signs), partial(sends))
    assert order == ["outcome intent", "final dot", "no signature" if fails else "signature"]


def test_what_is_asked_for_together_is_done_while_another_is_out() -> None:
    """A connection that is being made for a minute holds up no commit of the others."""
    done: list[list[int]] = []
    let_in = threading.Event()

    def is_out() -> None:
        assert turns.elsewhere(partial(let_in.wait, 60), lambda _: None)

    def asks() -> None:
        for number in range(3):
            turns.together(done.append, number)
        let_in.set()

    _all(partial(is_out), partial(asks))
    assert done == [[0], [1], [2]]


def test_whoever_is_left_clears_up_even_where_another_fails_at_it() -> None:
    """What is asked for meanwhile is done at once, a wait is none, and the failure comes out in the end."""
    done: list[str] = []
    wanted = True

    def writes(name: str) -> None:
        try:
            turns.rest(600)
        finally:
            turns.together(done.extend, name)
            turns.rest(600)

    def fails() -> None:
        try:
            turns.rest(600)
        except LeftBehind:
            raise ZeroDivisionError from None

    def ends_it() -> None:
        nonlocal wanted
        wanted = False

    some = Turns()
    for job in (partial(writes, "a"), fails, partial(writes, "b"), ends_it):
        some.begin(job)
    with pytest.raises(ZeroDivisionError):
        some.run(lambda: wanted)
    assert sorted(done) == ["a", "b"]


def test_where_the_system_has_no_more_threads_the_call_is_made_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A limit of the system's costs the others a wait, and nobody the connection."""

    def no_more(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    got: list[str] = []
    monkeypatch.setattr(threading.Thread, "start", no_more)
    _all(partial(lambda: got.append(turns.elsewhere(lambda: "there", got.append))))
    assert got == ["there"]


def test_a_mistake_of_one_ends_all(pairs: list[tuple[socket.socket, socket.socket]]) -> None:
    """What nobody caught comes out, and whoever waits is told that nobody waits for it."""
    told: list[str] = []

    def waits() -> None:
        try:
            turns.ready(pairs[0][0], 600)
        except LeftBehind:
            told.append("left")
            raise

    def fails() -> None:
        turns.rest(0.05)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        _all(partial(waits), partial(fails))
    assert told == ["left"]


def test_outside_of_any_turn_one_waits_by_oneself(pairs: list[tuple[socket.socket, socket.socket]]) -> None:
    """The same five calls, without anybody else."""
    done: list[list[str]] = []
    slept: list[float] = []
    assert not turns.ready(pairs[0][0], 0.05)
    pairs[0][1].send(b"!")
    assert turns.ready(pairs[0][0], 10)
    turns.rest(5, slept.append)
    turns.together(done.append, "alone")
    assert turns.elsewhere(partial(str, "there"), lambda _: None) == "there"
    made: Future[str] = Future()
    threading.Timer(0.1, made.set_result, ("made",)).start()
    assert turns.soon(made) == "made"
    assert (done, slept) == ([["alone"]], [5])
