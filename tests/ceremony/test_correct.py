"""A correction: begun by a command, let go and sent like any issue, to those alone who got what it corrects."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest
from sqlalchemy import update

from newsletter.archive.publish import publish
from newsletter.demo.server import Received
from newsletter.ledger.retention import purge
from newsletter.nouns.draft import IssueName
from newsletter.settings import Settings
from newsletter.store.ledger_tables import copy
from newsletter.store.open import Store, open_store
from newsletter.workspace import Workspace
from tests.ceremony.conftest import JULY, Clock, Run, readers_of
from tests.conftest import KEY

CORRECTION = "2025-07-04-correction"
ISSUE = IssueName.parse("2025-07")


@pytest.fixture
def sent(ready: Run, sample: Workspace) -> Run:
    """The issue is out: four got it, Elif refused it, and of Dina nobody knows."""
    assert ready("send", "2025-07", "--for-real", "--yes")[0] == 0
    with books(sample) as store:
        fates(store, elif_="refused", dina="in_doubt")
    return ready


def books(sample: Workspace) -> Store:
    """The list and the books."""
    return open_store(sample, Settings(key=KEY))


def fates(store: Store, **by_name: str) -> None:
    """Put down what became of some copies."""
    from newsletter.audience.subscribers import everyone

    ids = {one.address.partition("@")[0]: one.id for one in everyone(store)}
    with store.database.write() as connection:
        for name, state in by_name.items():
            this = copy.c.issue == "2025-07", copy.c.subscriber == ids[name.rstrip("_")]
            connection.execute(update(copy).where(*this).values(state=state))


def written(sample: Workspace, name: str = CORRECTION) -> None:
    """Somebody has written what it asks for."""
    for path in sample.issues.glob(f"{name}*.yaml"):
        text = re.sub(r"(?m)^#.*\n|^ +#.*\n", "", path.read_text("utf-8"))
        text = re.sub(
            r"(?:TO WRITE|POR ESCRIBIR): [^\n\"]*(?:\n +\w+\.\n)?", "In the letter of July Congress voted.", text
        )
        path.write_text(re.sub(r"(?:TO WRITE|POR ESCRIBIR), [^\"]*", "a vote", text), "utf-8")


def test_it_goes_to_those_alone_who_got_it(sent: Run, received: Received, sample: Workspace) -> None:
    """Begun with how many; the same gate and ceremony; who refused or may not have got the issue gets nothing."""
    code, out, err = sent("correct", "2025-07")
    assert code == 0
    assert f"made  issues/{CORRECTION}.yaml\nmade  issues/{CORRECTION}.es.yaml" in out
    assert "It goes to the 4 readers who got 2025-07 (en 3, es 1)" in out
    assert "not to 1: in doubt whether they got it" in out
    assert f"newsletter send {CORRECTION} --for-real" in err
    assert sent("send", CORRECTION, "--for-real", "--yes")[0] == 1  # nobody has written anything yet
    code, _, err = sent("correct", "2025-07")  # one at a time
    assert (code, f"is begun already: issues/{CORRECTION}.yaml" in err) == (2, True), err
    written(sample)
    assert sent("send", CORRECTION, "--for-real", "--yes")[0] == 4  # nobody has approved it
    assert sent("approve", CORRECTION, "--by", "Eva", "--yes")[0] == 0
    received.recipients.clear()
    code, out, err = sent("send", CORRECTION, "--for-real", "--yes", "--json")
    assert code == 0, err
    assert sorted(readers_of(received)) == ["ada", "ben", "cleo", "finn"]
    assert "a correction of 2025-07, is about to leave" in err
    assert "1 of whom nobody knows whether they got it" in err
    done = json.loads(out)
    assert (done["planned"], done["accepted"], done["skipped"], done["newcomers"]) == (5, 4, 1, 0)
    assert done["to_send"] == {"en": 3, "es": 1}
    subjects = [path.read_bytes() for path in received.folder.glob("*.eml")]
    assert sum(b"\r\nSubject: Correction: " in one for one in subjects) == 3 + 1  # with its first copy


def test_those_in_doubt_are_a_choice(sent: Run, received: Received, sample: Workspace) -> None:
    """--in-doubt writes to them too, in the rehearsal and for real."""
    sent("correct", "2025-07")
    written(sample)
    sent("approve", CORRECTION, "--by", "Eva", "--yes")
    assert json.loads(sent("send", CORRECTION, "--json")[1])["letters"] == 4
    assert json.loads(sent("send", CORRECTION, "--json", "--in-doubt")[1])["letters"] == 5
    received.recipients.clear()
    assert sent("send", CORRECTION, "--for-real", "--yes", "--in-doubt")[0] == 0
    assert sorted(readers_of(received)) == ["ada", "ben", "cleo", "dina", "finn"]


def test_only_one_edition_was_wrong(sent: Run, received: Received, sample: Workspace) -> None:
    """Who got another edition has nothing to be corrected, and the books say why she got nothing."""
    code, out, _ = sent("correct", "2025-07", "--language", "es")
    assert (code, "1 reader who got 2025-07 (es 1)" in out) == (0, True), out
    assert "not to 3: got it in en, of which nothing is corrected" in out
    written(sample)
    sent("approve", CORRECTION, "--by", "Eva", "--yes")
    received.recipients.clear()
    assert sent("send", CORRECTION, "--for-real", "--yes")[0] == 0
    assert readers_of(received) == ["finn"]
    assert "got it in en" in sent("status", CORRECTION)[1]


def test_who_came_or_left_since_gets_none(sent: Run, received: Received, sample: Workspace) -> None:
    """S17: a newcomer never got the mistake, and who left wants no letter."""
    sent("correct", "2025-07")
    written(sample)
    sent("approve", CORRECTION, "--by", "Eva", "--yes")
    added = ("add", "gus@example.org", "--ground", "consent", "--source", "a sheet", "--language", "en")
    assert sent("subscribers", *added)[0] == 0
    assert sent("subscribers", "remove", "ben@example.org")[0] == 0
    received.recipients.clear()
    assert sent("send", CORRECTION, "--for-real", "--yes")[0] == 0
    assert sorted(readers_of(received)) == ["ada", "cleo", "finn"]


def test_what_nobody_got_is_mended_instead(ready: Run, sample: Workspace) -> None:
    """Before it left there is nobody to write to, and nothing is begun."""
    code, _, err = ready("correct", "2025-07")
    assert (code, "Nobody has got 2025-07" in err) == (1, True), err
    assert "mend it: issues/2025-07.yaml" in err
    assert not list(sample.issues.glob("*correction*"))


def test_once_nobody_knows_who_got_it(sent: Run, sample: Workspace, clock: Clock) -> None:
    """P8: after thirteen months it is no longer kept, and that is said."""
    with books(sample) as store:
        fates(store, dina="accepted")
    assert sent("send", "2025-07", "--for-real", "--yes")[0] == 0  # seals it anew
    clock.at = JULY + dt.timedelta(days=500)
    with books(sample) as store:
        purge(store.database, ISSUE, clock.at)
    code, _, err = sent("correct", "2025-07")
    assert (code, "no longer kept" in err) == (1, True), err


def test_the_page_of_the_issue_says_so(sent: Run, sample: Workspace) -> None:
    """A dated note with the wrong and the right words, in the language in which it was corrected, and a way to it."""
    sent("correct", "2025-07", "--language", "en")
    written(sample)
    sent("approve", CORRECTION, "--by", "Eva", "--yes")
    publish(sample, Settings(key=KEY), JULY)
    page = (sample.outbox / "site" / "2025-07" / "index.html").read_text("utf-8")
    assert "Corrected on 4\u00a0July\u00a02025" in page or "Corrected on 4 July 2025" in page
    assert f'href="../{CORRECTION}/index.html"' in page
    assert "<dt>We wrote</dt>" in page
    assert "<dt>Right is</dt>" in page
    other = (sample.outbox / "site" / "2025-07" / "es" / "index.html").read_text("utf-8")
    assert 'class="grid part corrected"' not in other


def test_whom_it_goes_to_is_approved_too(sent: Run, sample: Workspace) -> None:
    """S18: another issue under ``corrects`` after the approval is a change."""
    sent("correct", "2025-07")
    written(sample)
    sent("approve", CORRECTION, "--by", "Eva", "--yes")
    for path in sample.issues.glob(f"{CORRECTION}*.yaml"):
        if "approval" not in path.name:
            path.write_text(path.read_text("utf-8").replace("corrects: 2025-07", "corrects: 2025-06"), "utf-8")
    code, _, err = sent("send", CORRECTION, "--for-real", "--yes")
    assert (code, "the issue that it corrects" in err) == (4, True), err
