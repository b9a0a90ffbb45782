from __future__ import annotations

import datetime as dt
import socket
import ssl
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import pytest

from newsletter.audience.subscribers import add
from newsletter.audience.terms import Terms
from newsletter.delivery.server import Server, Timeouts
from newsletter.gate.clear import Cleared
from newsletter.nouns.draft import Edition, IssueName, Profile, Sender, Translated
from newsletter.nouns.letter import Context, Dossier, Fate, Message, Outcome, Rendered, Slot, SlotName
from newsletter.nouns.person import Ground
from newsletter.settings import Settings
from newsletter.store.open import Store, open_store
from newsletter.workspace import Workspace
from tests.any.web import self_signed

USUAL = {
    "GREETING": "220 fake.example.org ESMTP",
    "EHLO": "250-fake.example.org\r\n250-SIZE 0\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES",
    "MAIL": "250 2.1.0 Ok",
    "RCPT": "250 2.1.5 Ok",
    "DATA": "354 go on",
    "END": "250 2.0.0 Ok: queued",
    "RSET": "250 2.0.0 Ok",
    "QUIT": "221 2.0.0 Bye",
    "AUTH": "235 2.7.0 Ok",
    "STARTTLS": "220 2.0.0 Ready",
}
DROP, STALL = "drop", "stall"
HALF, SLOW = "half:", "slow:"  # before an answer: cut in the middle, then the line drops; said letter by letter


@dataclass
class FakeServer:
    """A scripted SMTP server on loopback: for each verb a list of answers, used up one by one, then the usual ones."""

    script: dict[str, list[str]] = field(default_factory=dict)
    context: ssl.SSLContext | None = None
    implicit: bool = False
    host: str = "127.0.0.1"
    port: int = 0
    silence: float = 5  # seconds of a stall
    commands: list[list[str]] = field(default_factory=list)  # by connection
    received: list[bytes] = field(default_factory=list)  # raw, dots undone; only where a recipient was accepted
    nobodys: list[bytes] = field(default_factory=list)  # texts of transactions without a recipient
    early: list[str] = field(default_factory=list)  # verbs after which more came before they were answered

    def __post_init__(self) -> None:
        self._left: dict[str, list[str]] = defaultdict(list, {verb: [*said] for verb, said in self.script.items()})
        self._listener = socket.create_server(
            (self.host, 0), family=socket.AF_INET6 if ":" in self.host else socket.AF_INET
        )
        self.port = self._listener.getsockname()[1]
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def close(self) -> None:
        """Hang up on everybody."""
        self._over.set()
        with socket.socket(self._listener.family) as knock:
            knock.settimeout(1)
            knock.connect_ex((self.host, self.port))
        for thread in self._threads:
            thread.join(5)
        self._listener.close()

    def verbs(self) -> list[str]:
        """The commands of all connections, without what they said."""
        return [line.split(":")[0].split(" ")[0].upper() for lines in self.commands for line in lines]

    def _accept(self) -> None:
        while not self._over.is_set():
            connection, _ = self._listener.accept()
            if self._over.is_set():
                connection.close()
                return
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            connection.settimeout(10)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # no 40 ms between two short answers
            if self.implicit and self.context:
                connection = self.context.wrap_socket(connection, server_side=True)
            self._talk(connection)
        except OSError:
            pass
        finally:
            connection.close()

    def _talk(self, connection: socket.socket) -> None:
        said: list[str] = []
        self.commands.append(said)
        if not self._answer(connection, "GREETING"):
            return
        self._exchange(connection, said)

    def _exchange(self, connection: socket.socket, said: list[str]) -> None:
        buffer, somebody = b"", False
        while True:
            line, buffer = self._until(connection, buffer, b"\r\n")
            if line is None:
                return
            said.append(line.decode("utf-8", "replace"))
            verb = said[-1].split(":")[0].split(" ")[0].upper()
            if buffer:
                self.early.append(verb)
            answer = self._answer(connection, verb)
            somebody = answer.startswith("2") if verb == "RCPT" else somebody and verb != "RSET"
            if not answer or verb == "QUIT":
                return
            if verb == "STARTTLS" and answer.startswith("220") and self.context:
                with self.context.wrap_socket(connection, server_side=True) as safe:
                    self._exchange(safe, said)
                return
            if verb == "DATA" and answer.startswith("354"):
                body, buffer = self._until(connection, b"\r\n" + buffer, b"\r\n.\r\n")
                if body is None:
                    return
                kept = self.received if somebody else self.nobodys
                kept.append(body.replace(b"\r\n..", b"\r\n.")[2:] + b"\r\n")
                somebody = False
                if not self._answer(connection, "END"):
                    return

    def _answer(self, connection: socket.socket, verb: str) -> str:
        waiting = self._left[verb]
        answer = waiting.pop(0) if waiting else USUAL.get(verb, "502 5.5.1 unknown")
        if answer == STALL:
            self._over.wait(self.silence)
        if answer in (DROP, STALL):
            return ""
        if answer.startswith(HALF):
            connection.sendall(answer.removeprefix(HALF)[:-1].encode())
            return ""
        if answer.startswith(SLOW):
            answer = answer.removeprefix(SLOW)
            for one in f"{answer}\r\n":
                connection.sendall(one.encode())
                self._over.wait(0.005)
            return answer
        connection.sendall(answer.encode() + b"\r\n")
        return answer

    @staticmethod
    def _until(connection: socket.socket, buffer: bytes, mark: bytes) -> tuple[bytes | None, bytes]:
        while mark not in buffer:
            more = connection.recv(65536)
            if not more:
                return None, b""
            buffer += more
        found, _, rest = buffer.partition(mark)
        return found, rest


@pytest.fixture
def fake() -> Iterator[Callable[..., FakeServer]]:
    """Makes fake servers, and puts them away afterwards."""
    made: list[FakeServer] = []

    def make(script: dict[str, list[str]] | None = None, **more: object) -> FakeServer:
        made.append(FakeServer(script or {}, **more))  # type: ignore[arg-type]  # fields by name
        return made[-1]

    yield make
    for one in made:
        one.close()


SHORT = Timeouts(connect=5, greeting=5, command=0.7, data=0.7, block=5, final=0.7, goodbye=1)


@pytest.fixture
def at() -> Callable[..., Server]:
    """How to reach a fake server, with short times so that a test of silence is short."""

    def reach(port: int, security: str = "none", host: str = "127.0.0.1", **more: Any) -> Server:
        return Server(host, port, security, "mail.example.org", timeouts=SHORT, **more)

    return reach


@pytest.fixture
def message() -> Message:
    data = b"From: peru@example.org\r\nTo: ana.lopez@example.net\r\nSubject: July\r\n\r\n.one\r\n..two\r\n"
    return Message("peru@example.org", "ana.lopez@example.net", "<1@example.org>", data)


@dataclass(frozen=True)
class Certificate:
    """A server's context, and a client's that trusts it."""

    serving: ssl.SSLContext
    trusting: ssl.SSLContext


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Certificate]:
    """Makes a certificate of its own for a host name, over since yesterday if need be; nothing on this machine trusts it but ``trusting``."""

    def make(host: str, *, expired: bool = False) -> Certificate:
        file: Path = tmp_path_factory.mktemp("certificate") / "both.pem"
        pem = self_signed(file, host, expired=expired)
        serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        serving.load_cert_chain(file)
        return Certificate(serving, ssl.create_default_context(cadata=pem.decode()))

    return make


SETTINGS = Settings(key="AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", smtp_profile="own-relay")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An empty newsletter."""
    (tmp_path / "issues").mkdir()
    (tmp_path / "issues" / "newsletter.yaml").write_text("title: Peru newsletter\n", "utf-8")
    return Workspace(tmp_path.resolve())


@pytest.fixture
def store(workspace: Workspace) -> Iterator[Store]:
    """A real list and real books."""
    with open_store(workspace, SETTINGS) as opened:
        yield opened


@pytest.fixture
def enlist(store: Store) -> Callable[..., str]:
    """Puts somebody invented on the list, and says her id."""

    def one(address: str, name: str = "", language: str = "en") -> str:
        terms = Terms(ground=Ground.CONSENT, source="sign-up sheet", since=dt.date(2025, 1, 1), language=language)
        return add(store, address, name, terms, dt.date(2025, 7, 1)).id

    return one


@pytest.fixture
def dossier() -> Dossier:
    """July in English and in Spanish."""
    profile = Profile(
        title=Translated({"": "Peru newsletter"}),
        languages=("en", "es"),
        countries={},
        sender=Sender("Peru coordination", "peru@example.org", "peru@example.org", "peru.news.example.org"),
        test_addresses=("Ana@example.org",),
        leave_by_mail="leave@example.org",
    )
    july = IssueName.parse("2025-07")
    editions, renderings = [], {}
    for language, dear, digest in (("en", "Dear ", "1" * 64), ("es", "Hola ", "2" * 64)):
        subject = f"Peru in {language}"
        editions.append(
            Edition(july, language, subject, "", dt.date(2025, 7, 4), (), f"issues/2025-07.{language}.yaml")
        )
        renderings[language] = Rendered(
            issue=july,
            language=language,
            direction="ltr",
            subject=(subject,),
            preheader="",
            html=(
                f"<p>{dear}",
                Slot(SlotName.FIRST_NAME, Context.HTML_TEXT, "friend"),
                '</p><a href="',
                Slot(SlotName.LEAVE_URL, Context.HTML_ATTRIBUTE),
                '">Leave</a>\n',
            ),
            text=(
                dear,
                Slot(SlotName.FIRST_NAME, Context.PLAIN_TEXT, "friend"),
                "\n",
                Slot(SlotName.LEAVE_URL, Context.PLAIN_TEXT),
            ),
            pictures=(),
            digest=digest,
        )
    return Dossier(july, profile, tuple(editions), renderings)


@pytest.fixture
def let_through() -> Callable[[Dossier], Cleared]:
    """What only the gate can make, made past it: these tests are about what comes after."""

    def make(dossier: Dossier) -> Cleared:
        cleared = object.__new__(Cleared)
        object.__setattr__(cleared, "dossier", dossier)
        object.__setattr__(cleared, "on", dt.date(2025, 7, 4))
        return cleared

    return make


@pytest.fixture
def cleared(dossier: Dossier, let_through: Callable[[Dossier], Cleared]) -> Cleared:
    """As the gate lets it through."""
    return let_through(dossier)


@dataclass
class Recorder:
    """A carrier in memory: answers by recipient, or accepts; an exception as an answer is raised."""

    answers: dict[str, list[Outcome | BaseException]] = field(default_factory=dict)
    usual: Outcome = field(default_factory=lambda: Outcome(Fate.ACCEPTED, 250, "2.0.0", "Ok"))
    taken: list[Message] = field(default_factory=list)
    opened: int = 0

    def __enter__(self) -> Self:
        self.opened += 1
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def deliver(self, message: Message) -> Outcome:
        """Take it, or say the next answer for its recipient."""
        waiting = self.answers.get(message.recipient, [])
        answer = waiting.pop(0) if waiting else self.usual
        if isinstance(answer, BaseException):
            raise answer
        if answer.fate in (Fate.ACCEPTED, Fate.IN_DOUBT):
            self.taken.append(message)
        return answer


@pytest.fixture
def recorder() -> type[Recorder]:
    """Carriers in memory."""
    return Recorder


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    at: dt.datetime = dt.datetime(2025, 7, 4, 9, 0, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        """The time it shows."""
        return self.at

    def sleep(self, seconds: float) -> None:
        """Move on."""
        self.at += dt.timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    """The fourth of July, nine o'clock."""
    return Clock()
