from __future__ import annotations

import contextlib
import dataclasses
import socket
import ssl
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from newsletter.delivery.carriers import smtp
from newsletter.delivery.carriers.smtp import Smtp, SmtpLine, TooBig
from newsletter.delivery.server import Server, Timeouts
from newsletter.delivery.session import LoginRefused, NoServer, NoWayToSignIn, Session, TlsRefused, connect
from newsletter.delivery.stops import CutOff
from newsletter.nouns.letter import Fate, Message, Outcome

Fake = Callable[..., Any]
At = Callable[..., Server]
DROP, STALL = "drop", "stall"
SECRET = "open sesame"


def _deliver(server: Server, message: Message) -> Outcome:
    with Smtp(server) as carrier:
        return carrier.deliver(message)


def test_a_message_arrives_byte_for_byte(fake: Fake, at: At, message: Message) -> None:
    """S10, S11, S16, F14: dots doubled once, one recipient, the name of the profile in EHLO, QUIT at the end."""
    there = fake()
    outcome = _deliver(at(there.port), message)
    assert (outcome.fate, outcome.code, outcome.enhanced) == (Fate.ACCEPTED, 250, "2.0.0")
    assert there.received == [message.data]
    assert there.commands[0] == [
        "ehlo mail.example.org",
        f"MAIL FROM:<peru@example.org> SIZE={len(message.data)}",
        "RCPT TO:<ana.lopez@example.net>",
        "DATA",
        "QUIT",
    ]


def test_smtplib_sends_the_same_bytes(fake: Fake, at: At, message: Message) -> None:
    """S11: the library as the oracle: what arrives is equal."""
    import smtplib

    ours, theirs = fake(), fake()
    _deliver(at(ours.port), message)
    with smtplib.SMTP("127.0.0.1", theirs.port, local_hostname="mail.example.org") as library:
        library.sendmail(message.sender, [message.recipient], message.data)
    assert ours.received == theirs.received


@pytest.mark.parametrize("how", [DROP, STALL])
def test_silence_after_the_final_dot_is_doubt(fake: Fake, at: At, message: Message, how: str) -> None:
    """S1: dropped or stalled after the end of the data: in doubt, and no second attempt by itself."""
    there = fake({"END": [how]})
    outcome = _deliver(at(there.port), message)
    assert outcome.fate is Fate.IN_DOUBT
    assert not outcome.sender_at_fault
    assert len(there.received) == 1


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("how", [DROP, STALL])
def test_a_drop_before_the_final_dot_did_not_leave(fake: Fake, at: At, message: Message, step: str, how: str) -> None:
    """S1, S15: before it the message surely did not leave; it is tried once more on a new connection."""
    there = fake({step: [how]})
    assert _deliver(at(there.port), message).fate is Fate.ACCEPTED
    assert len(there.received) == 1
    assert len(there.commands) == 2
    again = fake({step: [how, how]})
    outcome = _deliver(at(again.port), message)
    assert (outcome.fate, outcome.sender_at_fault) == (Fate.DEFERRED, True)
    assert again.received == []


@pytest.mark.parametrize(
    ("step", "reply", "fate", "fault"),
    [
        ("RCPT", "550 5.1.1 <ana.lopez@example.net>: no such user", Fate.REFUSED, False),
        ("RCPT", "550-5.1.1 first line\r\n550-5.1.1 second\r\n550 5.1.1 third", Fate.REFUSED, False),
        ("RCPT", "599 so it goes", Fate.REFUSED, False),
        ("RCPT", "499 so it goes", Fate.DEFERRED, False),
        ("RCPT", "259 so it goes", Fate.ACCEPTED, False),
        ("RCPT", "452 4.2.2 Bandeja llena", Fate.DEFERRED, False),
        ("RCPT", "550 5.7.26 unauthenticated sender", Fate.DEFERRED, True),
        ("RCPT", "550 5.7.233 tenant limit", Fate.DEFERRED, True),
        ("RCPT", "550 5.4.5 Daily user sending limit exceeded", Fate.DEFERRED, True),
        ("RCPT", "432 4.3.2 Concurrent connections limit", Fate.DEFERRED, True),
        ("RCPT", "530 5.7.0 Authentication required", Fate.DEFERRED, True),
        ("RCPT", "530 sign in first", Fate.DEFERRED, True),
        ("RCPT", "421 4.7.0 try later", Fate.ACCEPTED, False),  # a new connection, then all is well
        ("RCPT", "354 what?", Fate.DEFERRED, False),
        ("MAIL", "550 not you", Fate.DEFERRED, True),
        ("MAIL", "552 5.3.4 too big", Fate.DEFERRED, True),
        ("MAIL", "451 4.3.0 later", Fate.DEFERRED, True),
        ("DATA", "451 later", Fate.DEFERRED, True),
        ("DATA", "250 no 354", Fate.DEFERRED, True),
        ("END", "250-2.0.0 Ok\r\n250 2.0.0 queued", Fate.ACCEPTED, False),
        ("END", "259 so it goes", Fate.ACCEPTED, False),
        ("END", "550 5.1.1 no such user", Fate.REFUSED, False),
        ("END", "552 5.2.2 mailbox full", Fate.REFUSED, False),
        ("END", "554 5.7.1 looks like spam", Fate.DEFERRED, True),
        ("END", "554 5.6.0 bad content", Fate.DEFERRED, True),
        ("END", "554 no", Fate.DEFERRED, True),
        ("END", "451 4.3.0 later", Fate.DEFERRED, False),
        ("END", "354 what?", Fate.IN_DOUBT, False),
        ("END", "gibberish", Fate.IN_DOUBT, False),
    ],
)
def test_replies_decide_by_code(
    fake: Fake, at: At, message: Message, step: str, reply: str, fate: Fate, fault: bool
) -> None:
    """S7, B1: first digit and enhanced code decide; policy, quota, content and sign-in are never the reader's fault."""
    there = fake({step: [reply]})
    outcome = _deliver(at(there.port), message)
    assert (outcome.fate, outcome.sender_at_fault) == (fate, fault)
    assert "ana" not in outcome.reply.lower()


def _line(server: Server) -> SmtpLine:
    return SmtpLine(server, ssl.create_default_context(), 100)


@pytest.mark.parametrize("offers", ["250 fake", "250-fake\r\n250 PIPELINING"])
def test_a_line_that_is_cut_before_the_final_dot_sends_nothing_and_connects_no_more(
    fake: Fake, at: At, message: Message, offers: str
) -> None:
    """S1: the second Ctrl-C, while the intent is written down, the last moment: the letter surely did not leave."""
    there = fake({"EHLO": [offers] * 9})

    def cut() -> bool:
        line.abort()
        return True

    with _line(at(there.port)) as line:
        for _ in range(2):
            with pytest.raises(CutOff):
                line.deliver(message, may_leave=cut)
    assert (there.received, len(there.commands)) == ([], 1)


def test_a_line_that_is_cut_at_the_second_attempt_puts_nobody_off(fake: Fake, at: At, message: Message) -> None:
    """S8: the server drops it twice and is cut off meanwhile: that was no attempt, and there is no answer to tell."""
    there = fake({"MAIL": ["drop", "stall"]})
    patient = dataclasses.replace(at(there.port), timeouts=Timeouts())

    def cut() -> None:
        while there.verbs().count("MAIL") < 2:
            time.sleep(0.01)
        line.abort()

    with _line(patient) as line:
        thread = threading.Thread(target=cut)
        thread.start()
        with pytest.raises(CutOff):
            line.deliver(message)
        thread.join()
    assert there.received == []


def test_a_connection_that_comes_after_the_cut_is_not_used(
    fake: Fake, at: At, message: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second Ctrl-C while a connection is being made: there was nothing to cut yet, and nothing goes through it."""
    there = fake()

    def meanwhile(server: Server, context: ssl.SSLContext) -> Session:
        line.abort()
        return connect(server, context)

    line = _line(at(there.port))
    monkeypatch.setattr(smtp, "connect", meanwhile)
    with pytest.raises(CutOff):
        line.deliver(message)
    assert (there.received, there.verbs()) == ([], ["EHLO"])


def test_421_twice_is_the_senders_matter(fake: Fake, at: At, message: Message) -> None:
    """S9, S15: 421 reconnects once, then the copy is deferred and the run may pause."""
    there = fake({"MAIL": ["421 4.7.0 busy", "421 4.7.0 busy"]})
    outcome = _deliver(at(there.port), message)
    assert (outcome.fate, outcome.code, outcome.sender_at_fault) == (Fate.DEFERRED, 421, True)
    assert len(there.commands) == 2


def test_rset_between_failures_and_one_connection(fake: Fake, at: At, message: Message) -> None:
    """S15: after a refusal RSET, then the next message on the same connection."""
    there = fake({"RCPT": ["550 5.1.1 no"]})
    with Smtp(at(there.port)) as carrier:
        assert [carrier.deliver(message).fate for _ in range(3)] == [Fate.REFUSED, Fate.ACCEPTED, Fate.ACCEPTED]
    assert len(there.commands) == 1
    assert there.verbs().count("RSET") == 1
    assert there.verbs()[-1] == "QUIT"


def test_a_connection_serves_a_bounded_number(fake: Fake, at: At, message: Message) -> None:
    """S15: after so many messages a new connection; a server that closes after five loses nothing."""
    there = fake()
    with Smtp(at(there.port), per_session=20) as carrier:
        assert {carrier.deliver(message).fate for _ in range(50)} == {Fate.ACCEPTED}
    assert (len(there.commands), len(there.received)) == (3, 50)
    closing = fake({"MAIL": ["250 ok"] * 5 + [DROP] + ["250 ok"] * 5 + ["421 bye"] + ["250 ok"] * 9})
    with Smtp(at(closing.port)) as carrier:
        assert {carrier.deliver(message).fate for _ in range(15)} == {Fate.ACCEPTED}
    assert len(closing.received) == 15


def test_a_message_beyond_the_servers_size_is_not_tried(fake: Fake, at: At, message: Message) -> None:
    """S14: refused here, with both figures, before MAIL; a smaller one says its size."""
    there = fake({"EHLO": ["250-fake\r\n250 SIZE 10000"]})
    big = dataclasses.replace(message, data=message.data + b"x" * 10_000 + b"\r\n")
    with Smtp(at(there.port)) as carrier, pytest.raises(TooBig, match="10,000"):
        carrier.deliver(big)
    assert "MAIL" not in there.verbs()


def test_smtputf8_only_where_offered(fake: Fake, at: At, message: Message) -> None:
    """F12: a local part beyond ASCII is refused alone where the server does not take it, and goes through else."""
    hers = dataclasses.replace(
        message, recipient="ñandú@example.net", data=message.data.replace(b"ana.lopez", "ñandú".encode())
    )
    plain = fake()
    with Smtp(at(plain.port)) as carrier:
        refused = carrier.deliver(hers)
        assert carrier.deliver(message).fate is Fate.ACCEPTED
    assert refused.fate is Fate.REFUSED
    assert "SMTPUTF8" in refused.reply
    assert "ñ" not in refused.reply
    modern = fake({"EHLO": ["250-fake\r\n250-8BITMIME\r\n250 SMTPUTF8"]})
    assert _deliver(at(modern.port), hers).fate is Fate.ACCEPTED
    assert "MAIL FROM:<peru@example.org> BODY=8BITMIME SMTPUTF8" in modern.commands[0]
    assert "RCPT TO:<ñandú@example.net>" in modern.commands[0]


@pytest.mark.parametrize("implicit", [True, False])
def test_tls_with_a_certificate_that_is_trusted(
    fake: Fake, at: At, message: Message, certificate: Any, implicit: bool
) -> None:
    """S3, S4: implicit TLS and STARTTLS; after STARTTLS a second EHLO, and AUTH only then."""
    made = certificate("localhost")
    said = "250-fake\r\n250-STARTTLS\r\n250 SIZE 0"
    signed = "250-fake\r\n250 AUTH PLAIN"
    there = fake({"EHLO": [signed] if implicit else [said, signed]}, context=made.serving, implicit=implicit)
    server = at(there.port, "tls" if implicit else "starttls", "localhost", user="peru", password=SECRET)
    with Smtp(server, context=made.trusting) as carrier:
        assert carrier.deliver(message).fate is Fate.ACCEPTED
    verbs = there.verbs()
    assert verbs[: 2 if implicit else 4] == (["EHLO", "AUTH"] if implicit else ["EHLO", "STARTTLS", "EHLO", "AUTH"])


def test_a_stripped_starttls_is_refused(fake: Fake, at: At) -> None:
    """S3, S4: a server that does not offer STARTTLS, though it offers AUTH, gets no password: no clear text ever."""
    there = fake({"EHLO": ["250-fake\r\n250 AUTH PLAIN"]})
    with (
        pytest.raises(TlsRefused, match="does not offer"),
        Smtp(at(there.port, "starttls", user="peru", password=SECRET)),
    ):
        pass
    assert there.verbs() == ["EHLO"]
    refusing = fake({"EHLO": ["250-fake\r\n250 STARTTLS"], "STARTTLS": ["454 not now"]})
    with pytest.raises(TlsRefused, match="454"), Smtp(at(refusing.port, "starttls", user="peru", password=SECRET)):
        pass
    assert "AUTH" not in refusing.verbs()


def test_what_was_said_before_tls_is_forgotten(fake: Fake, at: At, certificate: Any) -> None:
    """S4: a reply injected with the 220, and capabilities announced before TLS, have no effect."""
    made = certificate("localhost")
    there = fake(
        {
            "EHLO": ["250-fake\r\n250-SIZE 10\r\n250 STARTTLS", "250 fake"],
            "STARTTLS": ["220 go\r\n250-evil\r\n250 AUTH PLAIN"],
        },
        context=made.serving,
    )
    server = at(there.port, "starttls", "localhost", user="peru", password=SECRET)
    with pytest.raises((TlsRefused, NoWayToSignIn)), Smtp(server, context=made.trusting):
        pass
    assert "AUTH" not in there.verbs()


def test_a_plain_server_behind_tls_settings_is_named(fake: Fake, at: At) -> None:
    """S3: no fallback; the sentence says that the port may be wrong."""
    with pytest.raises(TlsRefused, match="port"), Smtp(at(fake().port, "tls")):
        pass


def test_a_password_never_travels_openly_to_another_machine(
    fake: Fake, at: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S4: even a Server made past the rules does not sign in without TLS, except on this machine."""
    script = {"EHLO": ["250-fake\r\n250 AUTH PLAIN"]}
    elsewhere, here = fake(script), fake(script)
    server = at(elsewhere.port, "none", user="peru", password=SECRET)
    monkeypatch.setattr(Server, "here", property(lambda _: False))
    with pytest.raises(TlsRefused, match="openly"), Smtp(server):
        pass
    monkeypatch.undo()
    assert "AUTH" not in elsewhere.verbs()
    with Smtp(at(here.port, "none", user="peru", password=SECRET)):
        pass
    assert "AUTH" in here.verbs()


@pytest.mark.parametrize(
    ("reply", "words"),
    [("535 5.7.8 wrong", "refuses your user name or password"), ("454 4.7.0 later", "does not let you sign in now")],
)
def test_a_refused_login_says_no_password(fake: Fake, at: At, reply: str, words: str) -> None:
    """P6: the sentence names the settings, never their values."""
    there = fake({"EHLO": ["250-fake\r\n250 AUTH PLAIN"], "AUTH": [reply]})
    with pytest.raises(LoginRefused, match=words) as said, Smtp(at(there.port, user="peru", password=SECRET)):
        pass
    assert SECRET not in str(said.value)
    assert said.value.exit_code == 3
    assert "MAIL" not in there.verbs()


def test_a_password_beyond_ascii_is_sent_in_utf8(fake: Fake, at: At) -> None:
    """RFC 4616: smtplib alone would fail on it."""
    from base64 import b64decode

    there = fake({"EHLO": ["250-fake\r\n250 AUTH PLAIN"]})
    with Smtp(at(there.port, user="peru", password="contraseña")):
        pass
    assert b64decode(there.commands[0][1].rpartition(" ")[2]).decode() == "\0peru\0contraseña"


def test_a_password_beyond_ascii_is_sent_by_login_where_that_is_all(fake: Fake, at: At) -> None:
    """Exchange offers LOGIN only; a wrong password is told as one there too."""
    from base64 import b64encode

    words = [b64encode(word.encode()).decode() for word in ("perú", "contraseña")]
    for last, taken in (("235 2.7.0 Ok", True), ("535 5.7.8 wrong", False)):
        script = {"AUTH": ["334 VXNlcm5hbWU6"], words[0].upper(): ["334 UGFzc3dvcmQ6"], words[1].upper(): [last]}
        there = fake({"EHLO": ["250-fake\r\n250 AUTH LOGIN XOAUTH2"], **script})
        with contextlib.nullcontext() if taken else pytest.raises(LoginRefused, match="535"):  # noqa: SIM117 - two things apart
            with Smtp(at(there.port, user="perú", password="contraseña")):
                pass
        assert there.commands[0][1:4] == ["AUTH LOGIN", *words]


@pytest.mark.parametrize("offer", ["250 fake", "250-fake\r\n250 AUTH XOAUTH2 GSSAPI"])
@pytest.mark.parametrize("password", [SECRET, "contraseña"])
def test_a_server_that_takes_no_password_is_told_as_such(fake: Fake, at: At, offer: str, password: str) -> None:
    """Nobody is sent to look for a wrong password, or for the network, where the server asks for none."""
    there = fake({"EHLO": [offer]})
    with pytest.raises(NoWayToSignIn) as said, Smtp(at(there.port, user="peru", password=password)):
        pass
    assert "AUTH" not in there.verbs()
    assert password not in str(said.value)


@pytest.mark.parametrize("goodbye", [DROP, "gibberish", "500 what?"])
def test_a_server_that_ends_without_a_goodbye_changes_nothing(
    fake: Fake, at: At, message: Message, goodbye: str
) -> None:
    """S1: what was accepted is accepted, whatever becomes of QUIT."""
    assert _deliver(at(fake({"QUIT": [goodbye]}).port), message).fate is Fate.ACCEPTED


def test_421_after_the_text_defers_and_the_next_goes_by_a_new_connection(fake: Fake, at: At, message: Message) -> None:
    """S9, S15: a 4yz at the end means that this copy did not leave; no second copy follows by itself."""
    there = fake({"END": ["421 4.3.2 closing"]})
    with Smtp(at(there.port)) as carrier:
        outcomes = [carrier.deliver(message) for _ in range(2)]
    assert [(one.fate, one.sender_at_fault) for one in outcomes] == [(Fate.DEFERRED, True), (Fate.ACCEPTED, False)]
    assert (len(there.commands), len(there.received)) == (2, 2)


def test_an_answer_too_many_is_not_taken_for_the_next_ones(fake: Fake, at: At, message: Message) -> None:
    """S12: a server out of step is left before it hears of the next one; nothing counts as accepted that it did not take."""
    there = fake({"END": ["250 2.0.0 queued\r\n250 2.0.0 queued"]})
    with Smtp(at(there.port)) as carrier:
        fates = [carrier.deliver(message).fate for _ in range(3)]
    assert fates == [Fate.ACCEPTED] * 3
    assert (len(there.commands), len(there.received)) == (2, 3)


def test_a_server_at_an_ipv6_address_of_this_machine(fake: Fake, at: At, message: Message) -> None:
    there = fake(host="::1")
    assert _deliver(at(there.port, host="::1"), message).fate is Fate.ACCEPTED


@pytest.mark.parametrize("greeting", ["421 4.3.2 too busy", "554 go away", DROP])
def test_a_server_that_takes_no_mail_defers_everyone(fake: Fake, at: At, greeting: str) -> None:
    """S8: at connecting nobody in particular is refused; the run stops with exit code 3."""
    with (
        pytest.raises(NoServer, match="The letters that wait are safe") as said,
        Smtp(at(fake({"GREETING": [greeting]}).port)),
    ):
        pass
    assert said.value.exit_code == 3


def test_no_server_at_all(at: At) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(NoServer, match=str(port)), Smtp(at(port)):
        pass


def test_the_default_context_verifies() -> None:
    """S3: certificate and host name, both."""
    context = ssl.create_default_context()
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname


def test_default_times_are_long_enough() -> None:
    """S2: 5 minutes for greeting and commands, 2 for DATA, 3 for a block, 10 for the final answer."""
    from newsletter.delivery.server import Timeouts

    times = Timeouts()
    assert min(times.greeting, times.command) >= 300
    assert (times.data, times.block, times.final) >= (120, 180, 600)
