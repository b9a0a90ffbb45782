"""Whether the mail server can be reached, is who it says it is, what it offers, and lets you in: each step by itself."""

from __future__ import annotations

import datetime as dt
import ssl
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

from newsletter.delivery.server import Server, Timeouts, server
from newsletter.delivery.session import LoginRefused, NoServer, NoWayToSignIn, Session, TlsRefused, connect
from newsletter.doctor.facts import Facts
from newsletter.doctor.finding import Finding, Grade, Step
from newsletter.web.names import Names, NoNameServer

NAME = "mail-server"
STEP = Step.SERVER
PATIENCE = Timeouts(connect=20, greeting=60, command=60)
"""Shorter than in a sending: somebody sits there and waits."""
WAITING = " The letters that wait are safe."
"""What is said in a sending, and makes no sense before one."""
HINT = "See that you are online, and that NEWSLETTER_SMTP_HOST and NEWSLETTER_SMTP_PORT in the file .env are as your provider says."
ENDS_SOON = dt.timedelta(days=7)
LARGEST = 10_000_000  # bytes of the largest letter that is ever made (L9)
_OFFERS = ("size", "pipelining", "8bitmime", "smtputf8", "dsn")


def look(facts: Facts) -> Iterator[Finding]:
    """Name, connection, encryption and certificate, offers, sign-in; it ends at the first step that fails."""
    chosen = replace(server(facts.settings, facts.profile.sender), timeouts=PATIENCE)
    try:
        yield _named(chosen, facts.names)
        with closing(connect(replace(chosen, user="", password=""), facts.context)) as session:
            yield from _met(session, chosen, facts.now)
        if chosen.user:
            connect(chosen, facts.context).close()
            yield Finding(Grade.OK, NAME, f"It lets you sign in as {chosen.user}.")
    except NoServer as error:
        offline = not chosen.here and not facts.names.online()
        message = error.message.removesuffix(WAITING)
        yield Finding(Grade.UNSEEN if offline else Grade.ERROR, NAME, message, hint=HINT)
    except (TlsRefused, LoginRefused, NoWayToSignIn) as error:
        yield Finding(Grade.ERROR, NAME, error.message, hint=error.hint)


def _named(chosen: Server, names: Names) -> Finding:
    try:
        found = names.hosts(chosen.host, chosen.port)
    except NoNameServer:
        found = ()
    if not found:
        raise NoServer(chosen, "cannot be found")
    return Finding(Grade.OK, NAME, f"{chosen.host} has an address ({found[0]}).")


def _met(session: Session, chosen: Server, now: dt.datetime) -> Iterator[Finding]:
    yield Finding(Grade.OK, NAME, f"{chosen.host} answers on port {chosen.port}.")
    yield from _encrypted(session, now)
    yield from _offered(session)
    offers_sign_in = session.has_extn("auth")
    if not chosen.user and offers_sign_in and not chosen.here:
        yield Finding(
            Grade.WARNING,
            NAME,
            f"{chosen.host} wants people to sign in, and no user name is set.",
            "Most servers take no letter from somebody who has not signed in.",
            "Sign in once: newsletter login",
        )
    elif offers_sign_in:
        ways = session.esmtp_features["auth"].split()
        yield Finding(Grade.OK, NAME, f"Ways to sign in there: {', '.join(dict.fromkeys(ways))}.")


def _encrypted(session: Session, now: dt.datetime) -> Iterator[Finding]:
    if not isinstance(session.sock, ssl.SSLSocket):
        yield Finding(Grade.OK, NAME, "The server is this computer itself, so nothing need be encrypted.")
        return
    how = session.sock.version() or "TLS"
    certificate = session.sock.getpeercert() or {}
    ends = certificate.get("notAfter")
    if not isinstance(ends, str):
        yield Finding(Grade.OK, NAME, f"What you send there is encrypted ({how}).")
        return
    last = dt.datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), dt.UTC)
    if last - now < ENDS_SOON:
        yield Finding(
            Grade.WARNING,
            NAME,
            f"The certificate of the mail server holds only until {last:%Y-%m-%d}.",
            "From that day nothing is sent through it, because nobody could tell it from a stranger.",
            "Most servers renew it by themselves; where it is still so tomorrow, tell whoever looks after the server.",
        )
        return
    yield Finding(
        Grade.OK, NAME, f"What you send there is encrypted ({how}), and its certificate holds until {last:%Y-%m-%d}."
    )


def _offered(session: Session) -> Iterator[Finding]:
    there = [name for name in _OFFERS if session.has_extn(name)]
    missing = [name for name in _OFFERS if name not in there]
    size = session.esmtp_features.get("size", "").strip()
    largest = int(size) if size.isdecimal() else 0
    said = [f"SIZE {largest:,}" if name == "size" and largest else name.upper() for name in there]
    lacks = f"; it does not offer {', '.join(map(str.upper, missing))}" if missing else ""
    yield Finding(Grade.OK, NAME, f"It offers {', '.join(said) or 'nothing besides the plain way'}{lacks}.")
    if 0 < largest < LARGEST:
        yield Finding(
            Grade.ADVICE,
            NAME,
            f"It takes letters of at most {largest / 1_000_000:.1f} MB.",
            "A letter with many pictures in it may be heavier.",
            "See what yours weigh: newsletter check",
        )
    if limits := session.esmtp_features.get("limits"):  # RFC 9422
        yield Finding(Grade.OK, NAME, f"It says what it allows at once: {limits.strip()}.")
