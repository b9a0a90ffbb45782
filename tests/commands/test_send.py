"""``newsletter send`` and ``status`` as they are typed, on the sample, to a real mail server on loopback."""

from __future__ import annotations

import asyncio
import csv
import datetime as dt
import email
import email.policy
import html
import json
import re
import signal
import subprocess
import sys
import threading
import time
import unicodedata
from collections.abc import Callable
from email.header import decode_header
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from newsletter.audience.cleaning import LONGEST_NAME
from newsletter.delivery.carriers.smtp import SmtpLine
from newsletter.delivery.own import own
from newsletter.demo.server import Received
from newsletter.door import Door
from newsletter.ledger.lock import sending
from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import Dossier, Fate, Outcome, Pieces, Slot, SlotName
from newsletter.pipeline import prepare
from newsletter.settings import Settings
from newsletter.workspace import Workspace, shipped
from tests.any.terminal import FOURTH_OF_JULY, Terminal
from tests.any.typed import typed
from tests.conftest import KEY

Run = Callable[..., tuple[int, str, str]]
JULY = dt.datetime(2025, 7, 4, 9, 0, tzinfo=dt.UTC)
LISTS = Path(__file__).resolve().parents[2] / "newsletter" / "demo"
IN_A_WINDOW = f"import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0)\n{FOURTH_OF_JULY}"
"""The program, in a terminal that is its own, as one that is opened for it."""
LONG = 120  # seconds that no machine is busy for
STRICT = email.policy.default.clone(raise_on_defect=True)


@pytest.fixture
def run(sample: Workspace, environ: dict[str, str], capsys: pytest.CaptureFixture[str]) -> Run:
    """Type a command on the fourth of July: exit code, stdout, stderr."""

    def type_in(*words: str, **more: str) -> tuple[int, str, str]:
        return typed(words, Door(sample.root, environ={**environ, **more}, now=lambda: JULY), capsys)

    return type_in


@pytest.fixture
def ready(run: Run, sample: Workspace) -> Run:
    """Fifty invented readers, three of whom have left; the issue approved; no address for first copies."""
    profile = sample.profile.read_text("utf-8")
    sample.profile.write_text(re.sub(r"(?m)^test_addresses:.*$", "", profile), "utf-8")
    assert run("subscribers", "import", str(LISTS / "list.csv"), "--yes")[0] == 0
    assert run("subscribers", "import", str(LISTS / "suppressed.csv"), "--suppress", "--yes")[0] == 0
    assert run("approve", "2025-07", "--by", "Eva", "--yes")[0] == 0
    return run


def _mask(pieces: Pieces) -> re.Pattern[str]:
    """The built text with a gap where a slot stands."""
    return re.compile("".join("(.*?)" if isinstance(one, Slot) else re.escape(one) for one in pieces), re.DOTALL)


def _part(parsed: EmailMessage, kind: str) -> str:
    part = parsed.get_body((kind,))
    assert part is not None
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode("utf-8").replace("\r\n", "\n")


def _dossier(workspace: Workspace) -> Dossier:
    dossier = prepare(workspace, IssueName.parse("2025-07"), Settings()).dossier
    assert dossier is not None
    return dossier


def test_the_whole_way(ready: Run, received: Received, sample: Workspace) -> None:
    """Everyone who may be written to gets one letter without defects; the books agree with the server's count."""
    code, out, err = ready("send", "2025-07", "--for-real", "--yes", "--json")
    assert code == 0
    done = json.loads(out)
    books = {name: done[name] for name in list(done)[:7]}
    assert list(books) == ["planned", "accepted", "refused", "deferred", "in_doubt", "skipped", "waiting"]
    assert books["planned"] == sum(books.values()) - books["planned"]
    assert (done["to_send"], done["first_copies"], done["held_until"]) == ({"en": 37, "es": 10}, 0, None)
    assert books["accepted"] == received.messages == len(set(received.recipients)) == 47
    assert "ask senders of about 5,000 letters a day" in err
    assert json.loads(ready("status", "2025-07", "--json")[1]) == books
    assert "47  accepted" in ready("status", "2025-07")[1]
    _are_as_they_should_be(received, _dossier(sample), "mailto:")
    again = ready("send", "2025-07", "--for-real", "--yes", "--json")
    assert (again[0], json.loads(again[1]).items() >= books.items()) == (0, True)
    assert ready("send", "2025-07", "--for-real")[1:] == (ready("status", "2025-07")[1], "")
    assert "Nothing is left to send." in ready("status", "2025-07")[1]
    assert received.messages == 47


def test_the_whole_way_with_a_public_address(ready: Run, received: Received, sample: Workspace) -> None:
    """U1, F13: one click to leave, pictures by links that are the same for all, and everything else as without one."""
    public = {"NEWSLETTER_PUBLIC_URL": "https://news.example.org"}
    assert ready("approve", "2025-07", "--by", "Eva", "--yes", **public)[0] == 0
    assert ready("send", "2025-07", "--for-real", "--yes", **public)[0] == 0
    dossier = prepare(sample, IssueName.parse("2025-07"), Settings(public_url="https://news.example.org")).dossier
    assert dossier is not None
    _are_as_they_should_be(received, dossier, "https://news.example.org/u/")


def _are_as_they_should_be(received: Received, dossier: Dossier, leave: str) -> None:
    """F14, U9: each letter right in itself, no reader's address in another's, one List-Id and no Message-ID twice."""
    letters = {path.name: path.read_bytes() for path in sorted(received.folder.glob("*.eml"))}
    assert len(letters) == 47
    parsed = [_is_as_it_should_be(data, dossier, leave) for data in letters.values()]
    assert {str(one["List-Id"]) for one in parsed} == {"Peru newsletter <peru.news.example.org>"}
    assert len({str(one["Message-ID"]) for one in parsed}) == 47
    names = {str(one["To"].addresses[0].display_name) for one in parsed}
    assert names == _names_on_the_list()
    assert sum(not re.fullmatch("[A-Za-z]+", name) for name in names) >= 8  # awkward ones
    for one, data in zip(parsed, letters.values(), strict=True):
        own = str(one["To"].addresses[0].addr_spec)
        said = (data + _part(one, "plain").encode() + _part(one, "html").encode()).lower()
        assert own.encode() in said
        assert not [other for other in set(received.recipients) - {own} if other.lower().encode() in said]


def _names_on_the_list() -> set[str]:
    """Of those who may be written to, "" for who has none that a letter can greet her by."""
    with (LISTS / "list.csv").open(encoding="utf-8", newline="") as file, (LISTS / "suppressed.csv").open("rb") as off:
        gone = off.read().decode("utf-8").lower()
        names = [row["name"].strip() for row in csv.DictReader(file) if row["email"].lower() not in gone]
    return {unicodedata.normalize("NFC", name) if len(name) <= LONGEST_NAME else "" for name in names}


def _is_as_it_should_be(data: bytes, dossier: Dossier, leave: str) -> EmailMessage:
    """F1 to F5, F8 to F10, U1, U7: strict parser, text before HTML, the built words but for her own slots."""
    head, _, body = data.partition(b"\r\n\r\n")
    assert data.isascii()
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n|\0", data)
    assert max(map(len, body.split(b"\r\n"))) <= 76
    assert all(len(line) <= 78 for line in head.split(b"\r\n") if not line.startswith(b"List-Unsubscribe:"))
    parsed = email.message_from_bytes(data, policy=STRICT)
    assert isinstance(parsed, EmailMessage)
    assert not any(part.defects for part in parsed.walk())
    _heads_stand_once(head.decode("ascii"), parsed, leave)
    kinds = [part.get_content_type() for part in parsed.walk() if part.get_content_maintype() == "text"]
    assert kinds == ["text/plain", "text/html"]
    rendered = dossier.renderings[str(parsed["Content-Language"])]
    assert str(parsed["Subject"]) == "".join(one for one in rendered.subject if isinstance(one, str))
    link, name = str(parsed["List-Unsubscribe"]).strip("<>"), parsed["To"].addresses[0].display_name
    pictures = re.findall(r'src="([^"]*)"', _part(parsed, "html"))
    for kind, pieces, said in (("html", rendered.html, html.escape), ("plain", rendered.text, str)):
        found = _mask(pieces).fullmatch(_part(parsed, kind))
        assert found
        slots = [piece for piece in pieces if isinstance(piece, Slot)]
        answers = {slot.name: answer for slot, answer in zip(slots, found.groups(), strict=True)}
        fallback = next(slot.fallback for slot in slots if slot.name is SlotName.FIRST_NAME)
        assert answers[SlotName.LEAVE_URL] == said(link)
        assert html.unescape(answers[SlotName.FIRST_NAME]) == (name or fallback)
    embedded = {f"cid:{part['Content-ID'][1:-1]}" for part in parsed.walk() if part["Content-ID"]}
    assert pictures
    if leave.startswith("https:"):
        assert not embedded
        assert all(source.startswith("https://news.example.org/images/") for source in pictures)
    else:
        assert set(pictures) == embedded
    return parsed


def _heads_stand_once(head: str, parsed: EmailMessage, leave: str) -> None:
    """F1, F3, F5, U1: each field once; encoded-words up to 75, whole in themselves, only in From, To and Subject."""
    fields = re.findall(r"(?m)^([!-9;-~]+):", head)
    assert {"Date", "From", "Subject", "Message-ID", "To", "MIME-Version", "List-Id"} <= set(fields)
    assert len(fields) == len(set(fields))
    assert not {"Cc", "Bcc", "Sender"} & set(fields)
    assert len(parsed["To"].addresses) == 1
    assert re.findall(rf"(?m)^List-Unsubscribe: <{re.escape(leave)}[!-~]+>\r$", head)
    assert ("List-Unsubscribe-Post" in fields) == leave.startswith("https:")
    for field in re.split(r"\r\n(?=\S)", head):
        words = re.findall(r"=\?\S*\?=", field)
        assert not words or field.startswith(("From:", "To:", "Subject:"))
        for word in words:
            assert len(word) <= 75
            decoded, charset = decode_header(word)[0]
            assert charset == "utf-8"
            assert isinstance(decoded, bytes)
            assert decoded.decode("utf-8")


def test_no_address_or_name_is_left_lying_about(ready: Run, sample: Workspace) -> None:
    """P6: a grep of records/, of what was printed and of the outbox's file names after a send."""
    printed = "".join(
        "".join(map(str, ready(*words)))
        for words in (("send", "2025-07"), ("send", "2025-07", "--for-real", "--yes"), ("status",))
    )
    rows = [line.split(",") for line in (LISTS / "list.csv").read_text("utf-8").splitlines()[1:]]
    wanted = {row[0].lower() for row in rows} | {row[1].strip('"').lower() for row in rows if len(row[1]) > 4}
    assert len(wanted) > 80
    names = " ".join(path.as_posix() for path in (*sample.outbox.rglob("*"), *sample.records.rglob("*"))).lower()
    kept = b"".join(path.read_bytes() for path in sample.records.rglob("*") if path.is_file()).lower()
    assert len(kept) > 10_000
    for word in wanted:
        assert word not in printed.lower()
        assert word not in names
        assert word.encode() not in kept


def test_a_rehearsal_is_what_happens_by_default(ready: Run, received: Received, sample: Workspace) -> None:
    """Nothing leaves, the books stay closed; readers, sizes, subjects and the days it takes are said."""
    code, out, err = ready("send", "2025-07", NEWSLETTER_SMTP_PROFILE="default")
    assert code == 0
    assert "47 letters, none was sent" in out
    assert "To send it: newsletter send 2025-07 --for-real" in err
    assert received.messages == 0
    assert len(list((sample.outbox / "2025-07" / "letters").glob("*.eml"))) in (10, 11)
    assert json.loads(ready("status", "2025-07", "--json")[1])["planned"] == 0
    told = json.loads(ready("send", "2025-07", "--json")[1])
    assert (told["letters"], told["rehearsal"], told["readers"]["en"] + told["readers"]["es"]) == (47, True, 47)


def test_what_stops_a_real_sending_is_said_before(run: Run, received: Received) -> None:
    """S18: an issue that nobody has approved is rehearsed, and refused with exit code 4 when it is meant."""
    run("subscribers", "import", str(LISTS / "list.csv"), "--yes")
    assert "Nobody has approved" in run("send", "2025-07")[2]
    assert run("send", "2025-07", "--for-real", "--yes")[0] == 4
    assert received.messages == 0


def test_a_changed_issue_is_not_sent(ready: Run, received: Received, sample: Workspace) -> None:
    """S18: a word changed after the approval: exit code 4."""
    file = sample.issues / "2025-07.yaml"
    file.write_text(
        file.read_text("utf-8").replace("preheader:", "preheader: Well,", 1).replace('Well, "', '"Well, '), "utf-8"
    )
    code, _, err = ready("send", "2025-07", "--for-real", "--yes")
    assert code == 4
    assert "changed since Eva approved it" in err
    assert received.messages == 0


def test_without_a_terminal_it_asks_for_yes(ready: Run, received: Received) -> None:
    """A real send is never started by accident: exit code 4 where nobody can answer."""
    code, _, err = ready("send", "2025-07", "--for-real")
    assert code == 4
    assert "--yes" in err
    assert received.messages == 0


def test_at_a_terminal_the_name_is_typed(ready: Run, received: Received, monkeypatch: pytest.MonkeyPatch) -> None:
    """The issue's own name answers; anything else sends nothing."""
    monkeypatch.setattr(Door, "interactive", property(lambda _: True))
    answers = iter(["yes", "2025-07"])
    monkeypatch.setattr("click.prompt", lambda *_args, **_more: next(answers))
    assert ready("send", "2025-07", "--for-real", "--hold", "0")[0] == 4
    assert received.messages == 0
    assert ready("send", "2025-07", "--for-real", "--hold", "0")[0] == 0
    assert received.messages == 47


def test_under_embargo_only_a_test_copy_leaves(run: Run, received: Received, sample: Workspace) -> None:
    """No reader gets a letter, no platform a file, whatever is answered; the rehearsal says so, and a test copy may go."""
    path = sample.issues / "2025-07.yaml"
    path.write_text("embargo: 2025-07-04 12:00 Europe/London\n" + path.read_text("utf-8"), "utf-8")
    assert run("subscribers", "import", str(LISTS / "list.csv"), "--yes")[0] == 0
    assert run("approve", "2025-07", "--by", "Eva", "--yes")[0] == 0
    for door in (("send", "2025-07", "--for-real", "--yes"), ("export", "2025-07", "--for", "mailchimp", "--yes")):
        code, _, err = run(*door)
        assert code == 4
        assert "nothing of it leaves before 2025-07-04 at 12:00 (Europe/London), 2 hours from now" in err
    assert not (sample.outbox / "2025-07" / "mailchimp").exists()
    code, _, err = run("send", "2025-07")
    assert code == 0
    assert "A real sending would stop here:\nThe issue 2025-07 is under embargo" in err
    code, _, err = run("send", "2025-07", "--test", _address_of_a_coordinator(sample.profile))
    assert code == 0
    assert "under embargo until 2025-07-04 12:00 (Europe/London): this copy is for your eyes alone" in err
    assert received.messages == 1
    assert run("build", "2025-07")[0] == 0
    assert run("review", "2025-07")[0] == 0
    assert "Under embargo" in (sample.outbox / "2025-07" / "review.html").read_text("utf-8")
    assert "Bajo embargo" in (sample.outbox / "2025-07" / "review.es.html").read_text("utf-8")


def test_a_test_copy_goes_to_a_coordinator_only(run: Run, received: Received) -> None:
    """P16: one copy, no books; any other address is refused with exit code 4; not together with --for-real."""
    address = _address_of_a_coordinator(shipped() / "issues" / "newsletter.yaml")
    assert run("send", "2025-07", "--test", address)[0] == 0
    assert received.recipients == [address]
    code, _, err = run("send", "2025-07", "--test", "joan.whitfield@example.org")
    assert code == 4
    assert "joan" not in err
    assert run("send", "2025-07", "--test", address, "--for-real")[0] == 2
    assert json.loads(run("status", "2025-07", "--json")[1])["planned"] == 0
    assert received.messages == 1


def _address_of_a_coordinator(profile: Path) -> str:
    found = re.search(r"test_addresses:\s*(?:\[|\n\s*- )\s*\"?([^\s,\]\"]+)", profile.read_text("utf-8"))
    assert found
    return found[1]


def test_a_rehearsal_without_a_list_makes_none(run: Run, sample: Workspace, tmp_path: Path) -> None:
    """Neither list nor key is made only to find nobody on it; the way on is said, and exit code 1."""
    run("approve", "2025-07", "--by", "Eva", "--yes")
    home = {"NEWSLETTER_KEY": "", "XDG_CONFIG_HOME": str(tmp_path / "home")}
    for words in ((), ("--for-real", "--yes"), ("--for-real",)):
        code, _, err = run("send", "2025-07", *words, **home)
        assert (code, "newsletter subscribers import FILE" in err) == (1, True), err
    assert not sample.records.exists() or not list(sample.records.iterdir())
    assert not (tmp_path / "home").exists()
    assert run("subscribers", "import", str(LISTS / "suppressed.csv"), "--suppress", "--yes")[0] == 0
    assert run("send", "2025-07")[0] == 1


def test_an_issue_that_changed_can_be_sent_on(ready: Run, received: Received, sample: Workspace) -> None:
    """S18: stopped with exit code 4 and two ways on; approved again and said --changed, the rest get the new one."""
    assert ready("send", "2025-07", "--for-real", "--yes", NEWSLETTER_SMTP_PER_DAY="20")[0] == 3
    file = sample.issues / "2025-07.yaml"
    file.write_text(file.read_text("utf-8").replace('subject: "', 'subject: "Mended: '), "utf-8")
    assert "changed since Eva approved it" in ready("send", "2025-07", "--for-real", "--yes")[2]
    ready("approve", "2025-07", "--by", "Eva", "--yes")
    code, _, err = ready("send", "2025-07", "--for-real", "--yes")
    assert (code, received.messages) == (4, 20)
    assert "back as they were" in err
    assert "newsletter send 2025-07 --for-real --changed" in err
    assert ready("send", "2025-07", "--for-real", "--yes", "--changed")[0] == 0
    assert received.messages == len(set(received.recipients)) == 47
    mended = [path for path in received.folder.glob("*.eml") if b"Subject: Mended: " in path.read_bytes()]
    assert 0 < len(mended) <= 27


def test_no_mail_server_is_said(ready: Run, received: Received) -> None:
    """Exit code 1 where none is set, 3 where none answers; nothing is planned."""
    assert ready("send", "2025-07", "--for-real", "--yes", NEWSLETTER_SMTP_HOST="")[0] == 1
    code, out, _ = ready("send", "2025-07", "--for-real", "--yes", "--json", NEWSLETTER_SMTP_PORT="1")
    assert code == 3
    assert json.loads(out)["planned"] == 0
    assert received.messages == 0


def test_the_limit_of_a_day_ends_with_exit_code_3(ready: Run, received: Received) -> None:
    """L2, L7: said beforehand in days; then it stops, says when to go on, and prints the books all the same."""
    small = {"NEWSLETTER_SMTP_PER_DAY": "20"}
    said = ready("send", "2025-07", **small)[1].splitlines()
    assert said[-4:] == [
        (
            "47 people are more than NEWSLETTER_SMTP_PROFILE=own-relay lets leave at once, so this takes 3 days, one command"
            " a day. (your own mail server: 20 in 24 hours.)"
        ),
        "20 leave now.",
        "Go on at 09:00 on 2025-07-05 or later.",
        "A list of this size is better sent through a relay for bulk mail.",
    ]
    planned = json.loads(ready("send", "2025-07", "--json", **small)[1])["plan"]
    assert (planned["people"], planned["today"], planned["days"], planned["a_day"]) == (47, 20, 3, 20)
    code, out, err = ready("send", "2025-07", "--for-real", "--yes", "--json", **small)
    assert code == 3
    assert "so this takes 3 days, one command a day" in err.split("go on at 2025-07-05")[0]
    books = json.loads(out)
    assert (books["accepted"], books["waiting"], received.messages) == (20, 27, 20)
    assert "To go on" in ready("status", "2025-07")[1]


def test_deferred_copies_end_with_exit_code_3(ready: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """S8: the run is over, some copies are due in half an hour: said so, and the books say why."""
    monkeypatch.setattr(SmtpLine, "deliver", lambda *_, **__: Outcome(Fate.DEFERRED, 451, "4.2.0", "greylisted"))
    code, out, err = ready("send", "2025-07", "--for-real", "--yes")
    assert code == 3
    assert "47 copies are deferred; go on at 2025-07-04" in err
    assert "asks to be tried again later. The server said: 4.2.0 greylisted" in out


def test_status_tells_a_living_sender_from_a_dead_one(
    ready: Run, sample: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S1: a letter on its way waits while its sender lives, and is in doubt once it does not."""

    def dies(*_: object, may_leave: Callable[[], bool], **__: object) -> Outcome:
        may_leave()
        raise KeyboardInterrupt

    monkeypatch.setattr(SmtpLine, "deliver", dies)
    with pytest.raises(KeyboardInterrupt):
        ready("send", "2025-07", "--for-real", "--yes")
    with sending(sample.records / "newsletter.db", IssueName.parse("2025-07")):
        _, out, err = ready("status", "2025-07")
        assert "47  waiting" in out
        assert "being sent right now" in err
        code, out, _ = ready("send", "2025-07", "--for-real", "--yes", "--json")
        assert (code, json.loads(out)["waiting"]) == (4, 47)
        assert ready("send", "2025-07", "--for-real", "--yes")[1] == ""
    books = json.loads(ready("status", "2025-07", "--json")[1])
    assert 1 <= books["in_doubt"] <= 4  # one a connection
    assert books["in_doubt"] + books["waiting"] == 47
    assert "may or may not" in ready("status", "2025-07")[1]


def _sender(sample: Workspace, environ: dict[str, str]) -> subprocess.Popen[str]:
    """The command in a process of its own, in July."""
    script = (
        "import datetime as dt, sys; from pathlib import Path; from newsletter.door import Door;"
        " import newsletter.__main__ as m; m.Door = lambda start: Door(start, now=lambda: dt.datetime(2025, 7, 4, 9, tzinfo=dt.UTC));"
        " sys.exit(m.main(sys.argv[1:]))"
    )
    return subprocess.Popen(
        [sys.executable, "-c", script, "send", "2025-07", "--for-real", "--yes"],
        cwd=sample.root,
        env={**environ, "PYTHONPATH": str(LISTS.parents[1])},
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_ctrl_c_finishes_the_letter_and_says_how_to_go_on(
    ready: Run, sample: Workspace, environ: dict[str, str], received: Received, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 130, nobody in doubt, and the rest goes with the next command; SIGTERM likewise."""
    take = Received.handle_DATA
    third, heard = threading.Event(), threading.Event()

    async def held(self: Received, *about: Any) -> str:
        """Keep the third letter of a run, and what others bring meanwhile, on its way until the wish to stop was heard."""
        if self.messages >= before + 2:
            third.set()
            await asyncio.to_thread(heard.wait, LONG)
        return await take(self, *about)

    monkeypatch.setattr(Received, "handle_DATA", held)
    for number in (signal.SIGINT, signal.SIGTERM):
        before = received.messages
        third.clear()
        heard.clear()
        with _sender(sample, environ) as sender:
            assert sender.stderr
            assert third.wait(LONG)
            sender.send_signal(number)
            said = [next(line for line in sender.stderr if "Stopping once the letters on their way are done" in line)]
            heard.set()
            err = "".join([*said, *sender.stderr])
        assert sender.returncode == 130, err
        assert before + 3 <= received.messages <= before + 2 + 8  # one on its way on each connection
        assert "newsletter send 2025-07 --for-real" in err
    books = json.loads(ready("status", "2025-07", "--json")[1])
    assert (books["in_doubt"], books["accepted"]) == (0, received.messages)
    assert books["waiting"] > 0
    code, _, err = ready("send", "2025-07", "--for-real", "--yes")
    assert code == 0, err
    assert received.messages == len(set(received.recipients)) == 47


def test_ctrl_c_twice_stops_at_once_and_says_who_is_in_doubt(
    ready: Run, sample: Workspace, environ: dict[str, str], received: Received, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is waited for and nothing more leaves; who had the final dot is in doubt, and is told of."""
    take, third, over = Received.handle_DATA, threading.Event(), threading.Event()

    async def held(self: Received, *about: Any) -> str:
        """No answer from the third letter on, until all is over."""
        if self.messages >= 2:
            third.set()
            await asyncio.to_thread(over.wait, LONG)
        return await take(self, *about)

    monkeypatch.setattr(Received, "handle_DATA", held)
    with _sender(sample, environ) as sender:
        assert sender.stderr
        assert sender.stdout
        assert third.wait(LONG)
        sender.send_signal(signal.SIGINT)
        assert any("To stop at once, the same again" in line for line in sender.stderr)
        sender.send_signal(signal.SIGINT)
        out, err = sender.stdout.read(), sender.stderr.read()
    assert sender.returncode == 130
    assert "Stopped." in err
    assert "Traceback" not in err
    over.set()
    books = json.loads(ready("status", "2025-07", "--json")[1])
    assert books["accepted"] == 2
    assert 1 <= books["in_doubt"] <= 8  # one a connection
    assert books["waiting"] == 45 - books["in_doubt"]
    assert f"{books['in_doubt']}  in doubt" in out
    assert "newsletter settle 2025-07" in out
    code, _, err = ready("send", "2025-07", "--for-real", "--yes")
    assert code == 0, err
    assert received.messages == len(set(received.recipients))


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="looks into /proc to see that it was heard")
def test_a_window_that_is_closed_stops_it_as_softly(
    ready: Run, sample: Workspace, environ: dict[str, str], received: Received, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SIGHUP, told again and again by system and shell: the letters on their way and the report are finished."""
    take, third, heard = Received.handle_DATA, threading.Event(), threading.Event()

    async def held(self: Received, *about: Any) -> str:
        """Keep the third letter, and what others bring meanwhile, on its way until the closing was heard."""
        if self.messages >= 2:
            third.set()
            await asyncio.to_thread(heard.wait, LONG)
        return await take(self, *about)

    monkeypatch.setattr(Received, "handle_DATA", held)
    with Terminal(
        ["send", "2025-07", "--for-real", "--yes", "--hold", "0s"], sample.root, environ, code=IN_A_WINDOW
    ) as window:
        assert third.wait(LONG)
        window.close()
        screen, end = Path(f"/proc/{window.process.pid}/fd/2"), time.monotonic() + LONG
        while screen.resolve() != Path("/dev/null"):
            assert time.monotonic() < end
            time.sleep(0.02)
        for _ in range(2):
            window.process.send_signal(signal.SIGHUP)
        heard.set()
        assert window.process.wait(LONG) == 130
    books = json.loads(ready("status", "2025-07", "--json")[1])
    assert (books["in_doubt"], books["accepted"]) == (0, received.messages)
    assert books["waiting"] > 0
    [report] = (sample.records / "reports" / "2025-07").glob("*.txt")
    assert f"{received.messages} of 47 letters were accepted" in report.read_text("utf-8")


def test_leave_links_are_the_lists_own(ready: Run, received: Received, sample: Workspace) -> None:
    """U5: the token of each letter is read back as the id of somebody on the list."""
    from newsletter.letters.leave_links import PURPOSE, read_token
    from newsletter.store.open import open_store

    public = {"NEWSLETTER_PUBLIC_URL": "https://news.example.org"}
    ready("approve", "2025-07", "--by", "Eva", "--yes", **public)
    assert ready("send", "2025-07", "--for-real", "--yes", **public)[0] == 0
    with open_store(sample, Settings(key=KEY)) as store:
        secret = store.vault.derive(PURPOSE)
        with store.database.read() as connection:
            ids = {row[0] for row in connection.exec_driver_sql("SELECT id FROM subscriber")}
        assert own(IssueName.parse("2025-07"), _dossier(sample).profile, Settings(), store.vault).link_secret == secret
    tokens = set()
    for path in received.folder.glob("*.eml"):
        found = re.search(rb"(?m)^List-Unsubscribe: <https://news\.example\.org/u/(\S+)>\r$", path.read_bytes())
        assert found
        tokens.add(read_token(secret, found[1].decode()))
    assert len(tokens) == 47
    assert tokens <= ids
