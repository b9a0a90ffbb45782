"""This computer: secrets, records, synced folders, clock, disk, time zone."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
from collections import namedtuple
from dataclasses import replace
from email.utils import format_datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from newsletter.delivery.sign_in.kept import SignIn, keep
from newsletter.doctor.examine import examine
from newsletter.doctor.finding import Finding, Grade
from newsletter.doctor.findings import clock, disk_space, records, secrets, synced_folder, time_zone
from newsletter.settings import Settings
from newsletter.store.open import open_store
from newsletter.workspace import Workspace
from tests.any.managed import KEY
from tests.any.set_up import NOW, Make
from tests.any.web import certificate, serving

POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows has no file modes")


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A config folder of the test's own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    folder = tmp_path / "config" / "newsletter"
    folder.mkdir(parents=True)
    return folder


@POSIX
@pytest.mark.parametrize("name", ["key", "july._domainkey.group.example.pem", "tokens.json"])
def test_a_secret_that_others_can_read(facts: Make, config: Path, name: str) -> None:
    """P6, A9, L5: each file of the config folder; closed, all is well. What it holds is not said."""
    file = config / name
    file.write_text("swordfish")
    file.chmod(0o640)
    (one,) = secrets.look(facts())
    assert (one.grade, f'chmod 600 "{file}"' in one.hint) == (Grade.ERROR, True)
    assert "swordfish" not in str(one)
    file.chmod(0o600)
    (one,) = secrets.look(facts())
    assert one.grade is Grade.OK


@POSIX
def test_a_sign_in_that_others_can_read(facts: Make) -> None:
    """What `login` keeps lies in a folder of its own, and is looked at too."""
    file = keep(SignIn("mail.example.org", "peru@example.org", "swordfish"))
    assert [one.grade for one in secrets.look(facts())] == [Grade.OK]
    file.chmod(0o644)
    (one,) = secrets.look(facts())
    assert (one.grade, f'chmod 600 "{file}"' in one.hint) == (Grade.ERROR, True)


def test_passwords_in_a_repository(facts: Make, sample: Workspace) -> None:
    """P6: git keeps them for good."""
    (sample.root / ".env").write_text("NEWSLETTER_SMTP_PASSWORD=swordfish\n")
    (sample.root / ".env").chmod(0o600)
    for words in (["init", "-q"], ["add", "-f", ".env"]):
        subprocess.run(["git", "-C", str(sample.root), *words], check=True)
    (one,) = secrets.look(facts())
    assert (one.grade, "git repository" in one.message) == (Grade.ERROR, True)
    assert "change the passwords" in one.hint


@POSIX
def test_records_that_others_can_read(facts: Make, sample: Workspace) -> None:
    """P6: the list and what stands beside it."""
    assert [one.grade for one in records.look(facts())] == [Grade.OK]
    with open_store(sample, Settings(key=KEY)):
        pass
    assert [one.grade for one in records.look(facts())] == [Grade.OK]
    (sample.records / "newsletter.db").chmod(0o644)
    (one,) = records.look(facts())
    assert (one.grade, "chmod 600" in one.hint) == (Grade.ERROR, True)


def test_records_in_a_repository(facts: Make, sample: Workspace) -> None:
    """P6: told by the sentence that stops a sending too."""
    with open_store(sample, Settings(key=KEY)):
        pass
    for words in (["init", "-q"], ["add", "-f", "records/newsletter.db"]):
        subprocess.run(["git", "-C", str(sample.root), *words], check=True)
    found = [one for one in examine(facts(sender="peru@example.org")) if one.check == "records"]
    assert [one.grade for one in found] == [Grade.ERROR]
    assert "git repository" in found[0].message


@pytest.mark.parametrize(
    ("folder", "whose"),
    [
        ("Dropbox/Peru", "Dropbox"),
        ("Dropbox (Group)/Peru", "Dropbox"),
        ("OneDrive - Human Rights Group/Peru", "OneDrive"),
        ("Library/Mobile Documents/com~apple~CloudDocs/Peru", "iCloud"),
        ("Library/CloudStorage/GoogleDrive-peru@example.org/My Drive/Peru", "Google Drive"),
        ("Nextcloud2/Peru", "Nextcloud"),
        ("Documents/Peru", ""),
        ("Library/CloudStorage/Dropbox-Personal/Peru", "Dropbox"),
        ("Boxes/Peru", ""),
    ],
)
def test_synced_folders_by_name(tmp_path: Path, folder: str, whose: str) -> None:
    """As such programs call their folders."""
    assert synced_folder.synced(tmp_path / folder / "records" / "newsletter.db") == whose


def test_synced_folders_by_mark(facts: Make, sample: Workspace, tmp_path: Path) -> None:
    """By what Syncthing leaves there; another place for the records helps, and the issues may stay."""
    (sample.root / ".stfolder").mkdir()
    (one,) = synced_folder.look(facts())
    assert (one.grade, "Syncthing" in one.message) == (Grade.WARNING, True)
    assert "NEWSLETTER_DATABASE=" in one.hint
    (one,) = synced_folder.look(facts(database=str(tmp_path / "elsewhere" / "newsletter.db")))
    assert one.grade is Grade.OK


def clocked(facts: Make, now: dt.datetime = NOW) -> Finding:
    with serving() as site:
        site.put("/", "hello")
        made = facts(now=now)
        url = site.url(host="group.example")
        (one,) = clock.look(
            type(made)(made.workspace, Settings(public_url=url), made.profile, made.names, made.probe, now)
        )
    return one


@pytest.mark.parametrize(
    ("off", "grade", "said"),
    [
        (dt.timedelta(0), Grade.OK, "is right"),
        (dt.timedelta(minutes=4), Grade.OK, "is right"),
        (dt.timedelta(minutes=-12), Grade.WARNING, "12 minutes ahead"),
        (dt.timedelta(hours=2), Grade.ERROR, "2 hours behind"),
        (dt.timedelta(days=-1), Grade.ERROR, "1 day ahead: it says 2025-07-01 10:42, and it is 2025-06-30 10:42"),
    ],
)
def test_the_clock(facts: Make, monkeypatch: pytest.MonkeyPatch, off: dt.timedelta, grade: Grade, said: str) -> None:
    """Held against what one's own web site says."""
    monkeypatch.setattr(clock, "_SCHEMES", ("http://",))
    monkeypatch.setattr(
        "http.server.BaseHTTPRequestHandler.date_time_string",
        lambda *_: format_datetime((NOW + off).astimezone(dt.UTC), usegmt=True),
    )
    one = clocked(facts)
    assert (one.grade, said in one.message) == (grade, True), one.message


def test_a_site_that_says_no_time(facts: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """It could not be looked at."""
    monkeypatch.setattr(clock, "_SCHEMES", ("http://",))
    monkeypatch.setattr("http.server.BaseHTTPRequestHandler.date_time_string", lambda *_: "tomorrow")
    assert clocked(facts).grade is Grade.UNSEEN


def test_a_certificate_out_of_its_time(facts: Make, tmp_path: Path) -> None:
    """A wrong clock makes every certificate look wrong: that is said."""
    context, _ = certificate(tmp_path, "group.example")
    with serving(context) as site:
        made = facts(public_url=site.url(host="group.example"))
        (one,) = clock.look(made)
    assert one.grade is Grade.WARNING
    assert "it says 2025-07-01 10:42" in one.message


def test_nobody_to_ask_the_time(facts: Make) -> None:
    """Only sites of one's own are asked: never one that has nothing to do with the newsletter."""
    made = facts()
    profile = type(made.profile)(made.profile.title, ("en",), {})
    (one,) = clock.look(type(made)(made.workspace, made.settings, profile, made.names, made.probe, NOW))
    assert (one.grade, "privacy_url" in one.hint) == (Grade.ADVICE, True)


@pytest.mark.parametrize(
    ("free", "grade"), [(600_000_000, Grade.OK), (400_000_000, Grade.WARNING), (40_000_000, Grade.ERROR)]
)
def test_the_disk(facts: Make, monkeypatch: pytest.MonkeyPatch, free: int, grade: Grade) -> None:
    """A full disk cannot be had in a test; what the system says of it can."""
    usage = namedtuple("usage", "total used free")  # noqa: PYI024 - as shutil's
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**9, 10**9 - free, free))
    (one,) = disk_space.look(facts())
    assert one.grade is grade


def test_the_disk_as_it_is(facts: Make) -> None:
    """The real one, where records/ is not there yet."""
    (one,) = disk_space.look(facts())
    assert one.check == "disk-space"


@pytest.mark.parametrize(
    ("zone", "grade"), [("UTC", Grade.ADVICE), ("Europe/London", Grade.OK), ("America/Lima", Grade.OK)]
)
def test_whose_clock(facts: Make, zone: str, grade: Grade) -> None:
    """London in July is not UTC, and Lima never."""
    (one,) = time_zone.look(facts(now=NOW.astimezone(ZoneInfo(zone))))
    assert one.grade is grade
    assert zone != "America/Lima" or "04:42 now (UTC-05:00)" in one.message


def test_whose_hours_are_meant_is_said_in_the_profile(facts: Make) -> None:
    """Then the computer's clock is asked no more."""
    here = facts(now=NOW.astimezone(ZoneInfo("UTC")))
    (one,) = time_zone.look(replace(here, profile=replace(here.profile, timezone="Europe/London")))
    assert (one.grade, "clock of Europe/London" in one.message) == (Grade.OK, True)
