"""Replies as they come through a socket: in pieces, late, endless, or cut."""

from __future__ import annotations

import secrets
import smtplib
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from newsletter.delivery.replies import Reply
from newsletter.delivery.wire import NO_REPLY, Lost, Wire


@pytest.fixture
def ends() -> Iterator[tuple[Wire, socket.socket]]:
    """A wire, and the server's end of it."""
    ours, theirs = socket.socketpair()
    session = smtplib.SMTP()
    session.sock = ours
    yield Wire(session), theirs
    ours.close()
    theirs.close()


def _say(theirs: socket.socket, *pieces: bytes, every: float = 0.0) -> threading.Thread:
    def say() -> None:
        for piece in pieces:
            theirs.sendall(piece)
            time.sleep(every)

    thread = threading.Thread(target=say)
    thread.start()
    return thread


def test_replies_are_matched_in_order_however_they_are_cut(ends: tuple[Wire, socket.socket]) -> None:
    """S7, S12: four replies, one of several lines, byte by byte and all at once."""
    wire, theirs = ends
    text = b"250 2.0.0 Ok\r\n250-first\r\n250-second\r\n250 last\r\n550 5.1.1 no\r\n354 go on\r\n"
    wanted = [
        Reply(250, "2.0.0 Ok"),
        Reply(250, "first\nsecond\nlast"),
        Reply(550, "5.1.1 no"),
        Reply(354, "go on"),
    ]
    for pieces in ((text,), tuple(bytes([one]) for one in text), (text[:30], text[30:])):
        thread = _say(theirs, *pieces)
        assert [wire.reply(5) for _ in wanted] == wanted
        thread.join()


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        (b"250\r\n", Reply(250, "")),
        (b"250 \r\n", Reply(250, "")),
        (b"250 Ok\n", Reply(250, "Ok")),
        (b"250-\xff\xfe\r\n250 Ok\r\n", Reply(250, "\ufffd\ufffd\nOk")),
        (b"\r\n", Reply(NO_REPLY, "")),
        (b"25 Ok\r\n", Reply(NO_REPLY, "25 Ok")),
        (b"250Ok\r\n", Reply(NO_REPLY, "250Ok")),
        (b"650 Ok\r\n", Reply(NO_REPLY, "650 Ok")),
        (b"250-one\r\n251 two\r\n", Reply(NO_REPLY, "251 two")),
        ("٢٥٠ Ok\r\n".encode(), Reply(NO_REPLY, "٢٥٠ Ok")),
    ],
)
def test_what_is_a_reply(ends: tuple[Wire, socket.socket], said: bytes, heard: Reply) -> None:
    """S7: three digits of RFC 5321 §4.2, the same on every line; anything else is none."""
    wire, theirs = ends
    theirs.sendall(said)
    assert wire.reply(5) == heard


def test_half_a_reply_is_none(ends: tuple[Wire, socket.socket]) -> None:
    """S1, S7: the line breaks in the middle of "250 2.0.0 Ok": nobody knows what it would have been."""
    wire, theirs = ends
    theirs.sendall(b"250-2.0.0 Ok\r\n250 2.0.0 O")
    theirs.close()
    with pytest.raises(Lost):
        wire.reply(5)


def test_a_server_that_trickles_has_one_time_for_a_reply(ends: tuple[Wire, socket.socket]) -> None:
    """S2: the patience is for the whole reply, not for each byte of it."""
    wire, theirs = ends
    thread = _say(theirs, *[b"2"] * 30, every=0.1)
    with pytest.raises(Lost):
        wire.reply(0.6)
    assert thread.is_alive(), "it was waited for until the last byte"
    thread.join()


def test_a_line_without_end_fills_no_memory(ends: tuple[Wire, socket.socket]) -> None:
    """S7: five megabytes of one line, then its end: the reply counts, and little of it was kept."""
    wire, theirs = ends
    thread = _say(theirs, b"250 Ok ", *[b"x" * 100_000] * 50, b"\r\n")
    reply = wire.reply(20)
    thread.join()
    assert (reply.code, reply.text[:4]) == (250, "Ok x")
    assert len(reply.text) < 200_000


def test_what_is_said_unasked_is_noticed(ends: tuple[Wire, socket.socket]) -> None:
    """S12: silence, then a word too many, then the end of the line."""
    wire, theirs = ends
    assert wire.early() is None
    theirs.sendall(b"421 4.4.2 bye\r\n")
    assert wire.early() == Reply(421, "4.4.2 bye")
    theirs.close()
    with pytest.raises(Lost):
        wire.early()


def test_whoever_waits_is_let_go_when_the_line_is_cut_from_outside(ends: tuple[Wire, socket.socket]) -> None:
    """The second Ctrl-C: a thread in the ten minutes of a final answer comes back at once."""
    wire, _ = ends
    timer = threading.Timer(0.3, wire.abort)
    timer.start()
    began = time.monotonic()
    with pytest.raises(Lost):
        wire.reply(600)
    assert time.monotonic() - began < 30
    timer.join()


@pytest.mark.parametrize("secure", [False, True])
def test_a_text_that_the_system_takes_in_pieces_arrives_whole(secure: bool, certificate: Any) -> None:
    """S2, S11: three megabytes to a server that reads slowly; then one that reads no more has its time, and no longer."""
    ours, theirs = socket.socketpair()
    both = certificate("localhost")
    text = secrets.token_bytes(3_000_000)
    session = smtplib.SMTP()
    heard = bytearray()

    def read() -> None:
        there = both.serving.wrap_socket(theirs, server_side=True) if secure else theirs
        while len(heard) < len(text) and (some := there.recv(50_000)):
            heard.extend(some)
            time.sleep(0.001)
        done.wait(30)
        there.close()

    done = threading.Event()
    thread = threading.Thread(target=read)
    thread.start()
    session.sock = both.trusting.wrap_socket(ours, server_hostname="localhost") if secure else ours
    wire = Wire(session)
    wire.write(text, 20)
    with pytest.raises(Lost):
        wire.write(bytes(30_000_000), 0.3)
    done.set()
    thread.join()
    assert bytes(heard[: len(text)]) == text
    session.sock.close()
