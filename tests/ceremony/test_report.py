"""The closing report: the books in words, each refusal explained, and nobody named."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest

from newsletter.ceremony.report.facts import FATES, Facts, Group
from newsletter.ceremony.report.page import page
from newsletter.ceremony.report.spans import between, lasted
from newsletter.ceremony.report.text import text
from newsletter.delivery.carriers.smtp import SmtpLine
from newsletter.ledger.answers import Reason
from newsletter.nouns.draft import Look
from newsletter.nouns.letter import Fate, Message, Outcome
from newsletter.workspace import Workspace
from tests.ceremony.conftest import Run

NOW = dt.datetime(2025, 7, 4, 9, 0, tzinfo=dt.UTC)
ANSWERS = {
    "ada": Outcome(Fate.REFUSED, 550, "5.1.1", "<address>: no such user"),
    "ben": Outcome(Fate.REFUSED, 552, "5.2.2", "mailbox full"),
    "cleo": Outcome(Fate.DEFERRED, 451, "4.2.1", "come back later"),
    "dina": Outcome(Fate.IN_DOUBT, 0, "", "The connection was lost"),
}


def test_it_says_how_it_ended(ready: Run, sample: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures, what each answer means and what to do, whom it met (masked), what is next; no whole address or name."""

    def deliver(_line: SmtpLine, message: Message, *, may_leave: Callable[[], bool] = bool, **_: object) -> Outcome:
        may_leave()
        return ANSWERS.get(message.recipient.partition("@")[0], Outcome(Fate.ACCEPTED, 250))

    monkeypatch.setattr(SmtpLine, "deliver", deliver)
    code, _, err = ready("send", "2025-07", "--for-real", "--yes")
    assert code == 3
    [path] = (sample.records / "reports" / "2025-07").glob("*.html")
    assert str(path) in err
    html, plain = path.read_text("utf-8"), path.with_suffix(".txt").read_text("utf-8")
    for words in (
        "no such mailbox",
        "newsletter subscribers remove ADDRESS",
        "mailbox is full",
        "It has probably arrived.",
        "newsletter settle 2025-07 --as-sent",
        "newsletter send 2025-07 --for-real",
        "a***@e***.org",
    ):
        assert words in " ".join(plain.split()), plain
        assert words in " ".join(re.sub("<[^>]+>", "", html).split()).replace("&lt;", "<"), html
    assert "2 of 6 letters were accepted" in plain
    assert "The server said: The connection" not in html + plain  # those words are ours
    assert not re.search(r"\b(ada|ben|cleo|dina|elif|finn)\b", (html + plain).lower())


def test_two_runs_have_two_reports(ready: Run, sample: Workspace) -> None:
    """Nothing is written over, even within one second."""
    assert ready("send", "2025-07", "--for-real", "--yes", NEWSLETTER_SMTP_PER_DAY="4")[0] == 3
    assert ready("send", "2025-07", "--for-real", "--yes")[0] == 0
    names = sorted(path.name for path in (sample.records / "reports" / "2025-07").iterdir())
    assert names == [f"2025-07-04-090000{end}" for end in ("-2.html", "-2.txt", ".html", ".txt")]


def test_what_a_server_says_is_no_markup() -> None:
    """Nothing in an answer or a subject can be more than words, and the page loads nothing."""
    nasty = "<script>alert(1)</script>"
    group = Group(
        "refused", 3, f"550 {nasty}", Reason("It means this.", "Type `newsletter status`."), ("a***@e***.org",)
    )
    facts = Facts(
        issue="2025-07",
        title=nasty,
        made=NOW,
        subjects=(("en", nasty, 3),),
        sender=f"{nasty} <a@example.org>",
        let_go=("en: Eva",),
        began=NOW,
        ended=NOW + dt.timedelta(minutes=3),
        first_copies=1,
        figures=tuple((name, 1, why) for _, name, why in FATES),
        planned=6,
        to_write_to=5,
        accepted=1,
        groups=(group,),
        unread=2,
        left_out=((1, "have left the list"),),
        next=("Then: `newsletter send 2025-07 --for-real`",),
        done=False,
    )
    html = page(facts, Look()).decode()
    assert "<script" not in html
    assert not re.search(r"(?:src|href)=|url\(|@import", html)
    assert "<code><span>newsletter</span> <span>status</span></code>" in html
    assert "`" not in html + text(facts)
    assert max(map(len, text(facts).splitlines())) <= 90
    parser = HTMLParser()
    parser.feed(html)
    parser.close()


def test_how_long_it_took() -> None:
    """In the two largest units; the day is said once."""
    later = NOW + dt.timedelta(hours=26, minutes=5)
    assert lasted(NOW, NOW + dt.timedelta(seconds=42)) == "42 s"
    assert lasted(NOW, NOW + dt.timedelta(seconds=125)) == "2 min 5 s"
    assert between(NOW, NOW + dt.timedelta(hours=2)) == "2025-07-04 09:00 to 11:00, 2 h 0 min"
    assert between(NOW, later) == "2025-07-04 09:00 to 2025-07-05 11:05, 26 h 5 min"
