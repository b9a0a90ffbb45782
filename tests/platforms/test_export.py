from __future__ import annotations

import csv
import datetime as dt
import html
import io
import shutil
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from newsletter.audience.subscribers import add, remove
from newsletter.audience.terms import Terms
from newsletter.gate.clear import Cleared, clear
from newsletter.letters.answers import reader_answers
from newsletter.letters.fill import fill
from newsletter.nouns.draft import IssueName
from newsletter.nouns.person import Ground
from newsletter.pipeline import prepare
from newsletter.platforms.export import export
from newsletter.platforms.platform import NoPlatform, read_platforms
from newsletter.settings import Settings
from newsletter.store.open import Store, open_store
from newsletter.workspace import Workspace, shipped
from tests.any.pictures import pictures_at_hand

KEYS = ("mailchimp", "brevo", "listmonk")


@pytest.fixture(scope="module")
def july() -> Cleared:
    """The sample's July issue, in both languages, through the real pipeline and gate."""
    there = Workspace(shipped())
    prepared = prepare(there, IssueName(2025, 7), Settings())
    assert prepared.dossier is not None, prepared.problems
    return _cleared(there, prepared)


def _cleared(there: Workspace, prepared: object) -> Cleared:
    from dataclasses import replace

    from newsletter.pipeline import Prepared

    assert isinstance(prepared, Prepared)
    assert prepared.dossier is not None
    profile = replace(prepared.dossier.profile, approval_required=False)
    return clear(
        there,
        replace(prepared, dossier=replace(prepared.dossier, profile=profile)),
        dt.date(2025, 7, 4),
        now=dt.datetime(2025, 7, 4, 12, tzinfo=dt.UTC),
        accept_warnings=True,
    )


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("key", KEYS)
def test_every_edition_is_there_with_its_subject_and_both_parts(july: Cleared, key: str, tmp_path: Path) -> None:
    """outbox/ISSUE/PLATFORM/ holds email, text and subject of each language, and a README; nothing else but pictures."""
    folder = export(july, key, Workspace(tmp_path))
    assert folder == tmp_path / "outbox" / "2025-07" / key
    wanted = {f"{stem}{language}.{ending}" for language in ("", ".es") for stem, ending in _PARTS}
    rest = names(folder) - wanted - {"README.txt"}
    assert names(folder) >= wanted
    assert all(name.endswith((".png", ".jpg", ".zip")) for name in rest), rest
    assert "<html" in (folder / "email.es.html").read_text("utf-8")


_PARTS = (("email", "html"), ("email", "txt"), ("subject", "txt"))


@pytest.mark.parametrize("key", KEYS)
def test_the_preheader_stays_in_front(july: Cleared, key: str, tmp_path: Path) -> None:
    folder = export(july, key, Workspace(tmp_path))
    for edition, file in zip(july.dossier.editions, ("email.html", "email.es.html"), strict=True):
        html = (folder / file).read_text("utf-8")
        assert edition.preheader in html[html.index("<body") :][:2500]


def test_without_a_public_address_mailchimp_gets_a_zip(july: Cleared, tmp_path: Path) -> None:
    """One page and its pictures at the top of the archive, the page naming them without a folder."""
    folder = export(july, "mailchimp", Workspace(tmp_path))
    with zipfile.ZipFile(folder / "2025-07.zip") as archive:
        assert archive.testzip() is None
        inside = archive.namelist()
        html = archive.read("index.html").decode()
    assert inside.count("index.html") == 1
    assert not any("/" in name for name in inside)
    pictures = [name for name in inside if name != "index.html"]
    assert pictures
    assert all(f'src="{name}"' in html for name in pictures)
    assert {f for f in names(folder) if f.endswith((".png", ".jpg"))} >= set(pictures)


@pytest.mark.parametrize("key", KEYS)
def test_with_a_public_address_the_pictures_are_hosted(july: Cleared, key: str, tmp_path: Path) -> None:
    folder = export(july, key, Workspace(tmp_path), public_url="https://news.example.org")
    html = (folder / "email.html").read_text("utf-8")
    assert 'src="https://news.example.org/images/' in html
    assert not [name for name in names(folder) if name.endswith((".png", ".jpg", ".zip"))]
    assert "https://news.example.org/images/" in (folder / "README.txt").read_text("utf-8")


@pytest.mark.parametrize("key", KEYS)
def test_exactly_one_system_of_leaving(july: Cleared, key: str, tmp_path: Path) -> None:
    """U14: the platform's own tag in HTML and text of every edition, and neither our link nor our mailbox."""
    folder = export(july, key, Workspace(tmp_path))
    tag = read_platforms()[key].leave_url
    for name in ("email.html", "email.txt", "email.es.html", "email.es.txt"):
        text = (folder / name).read_text("utf-8")
        assert text.count(tag) == 1, name
        assert july.dossier.profile.leave_by_mail not in text, name
        assert "/u/" not in text, name


@pytest.mark.parametrize("key", KEYS)
def test_the_readme_says_what_to_do_in_plain_words(july: Cleared, key: str, tmp_path: Path) -> None:
    """P12: the steps there, the preview text, who handles the data and where, and how sure we are of the tags."""
    readme = (export(july, key, Workspace(tmp_path)) / "README.txt").read_text("utf-8")
    one_line, goal = " ".join(readme.split()), read_platforms()[key]
    wanted = [
        *(step.beside for step in goal.steps),
        goal.processor,
        goal.where,
        "article 28",
        "articles 44 to 46",
        "send yourself a test",
    ]
    wanted += [edition.preheader for edition in july.dossier.editions]
    wanted += [f"{matter}: {how}" for matter, how in goal.confidence.items()]
    assert [words for words in wanted if " ".join(words.split()) not in one_line] == []
    assert max(len(line) for line in readme.splitlines()) <= 100


@pytest.mark.parametrize("key", KEYS)
def test_the_readme_tells_only_what_is_to_be_done_here(july: Cleared, key: str, tmp_path: Path) -> None:
    """No "if": pictures on the web need no step, those in the folder do; and a second edition is a second campaign."""
    goal, there = read_platforms()[key], Workspace(tmp_path)
    said = {
        kind: " ".join((export(july, key, there, public_url=url) / "README.txt").read_text("utf-8").split())
        for kind, url in (("beside", ""), ("hosted", "https://news.example.org"))
    }
    differing = [step for step in goal.steps if step.hosted != step.beside]
    assert differing, "every platform has to be told about pictures"
    for step in differing:
        assert step.beside in said["beside"]
        assert step.beside not in said["hosted"]
        assert step.hosted in said["hosted"]
    assert "newsletter publish" in said["hosted"]
    for text in said.values():
        assert "In Spanish: email.es.html, email.es.txt, subject.es.txt" in text
        assert "once more for the edition in Spanish" in text
        assert f"newsletter export 2025-07 --for {key} --with-list" in text


def test_the_readme_has_the_list_before_the_letter(july: Cleared, tmp_path: Path, store: Store) -> None:
    """P12, U6: who handles the data first, then the list and those who left, and only then the sending."""
    with store:
        folder = export(july, "mailchimp", Workspace(tmp_path), store=store)
    readme = " ".join((folder / "README.txt").read_text("utf-8").split())
    order = ["Before you upload", "Import contacts", "suppressed.csv with", "Delete list", "What to do", "schedule it"]
    places = [readme.index(words) for words in order]
    assert places == sorted(places)
    assert "newsletter subscribers remove ADDRESS" in readme


@pytest.mark.parametrize("name", ["Ana", ""])
@pytest.mark.parametrize("key", KEYS)
def test_the_july_letter_comes_out_as_from_us(
    july: Cleared, key: str, name: str, tmp_path: Path, engines: Callable[[str], Callable[[str, str, str], str]]
) -> None:
    """The real letter, in both languages, through the platform's own engine: what our own sending would say."""
    expand, leave = engines(key), "https://lists.example.org/leave?a=1"
    folder = export(july, key, Workspace(tmp_path), public_url="https://news.example.org")
    answer = reader_answers(name, leave, "https://news.example.org/images/{}".format)
    for language, file in (("en", "email"), ("es", "email.es")):
        wanted = fill(july.dossier.renderings[language], answer)
        made = expand((folder / f"{file}.html").read_text("utf-8"), name, "html")
        assert html.unescape(made) == html.unescape(wanted.html)
        assert expand((folder / f"{file}.txt").read_text("utf-8"), name, "text") == wanted.text


@pytest.mark.parametrize("key", KEYS)
def test_the_same_issue_gives_the_same_bytes(july: Cleared, key: str, tmp_path: Path) -> None:
    made = [export(july, key, Workspace(tmp_path / str(run))) for run in range(2)]
    assert names(made[0]) == names(made[1])
    assert all((made[0] / name).read_bytes() == (made[1] / name).read_bytes() for name in names(made[0]))


def test_an_unknown_platform_is_answered_with_those_there_are(july: Cleared, tmp_path: Path) -> None:
    with pytest.raises(NoPlatform, match="brevo, listmonk, mailchimp"):
        export(july, "mailchump", Workspace(tmp_path))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A real list: two readers, one without a name, one who left, and one in Spanish."""
    opened = open_store(Workspace(tmp_path), Settings(), folder=tmp_path / "config")
    terms = Terms(Ground.CONSENT, "sign-up sheet, May 2025", dt.date(2025, 5, 1), language="en")
    spanish = Terms(Ground.CONSENT, "sign-up sheet, May 2025", dt.date(2025, 5, 1), language="es")
    today = dt.date(2025, 6, 1)
    add(opened, "ana@example.org", 'Ana, "the" first', terms, today)
    add(opened, "nameless@example.org", "", terms, today)
    add(opened, "luz@example.org", "Luz", spanish, today)
    add(opened, "gone@example.org", "Gone", terms, today)
    remove(opened, "gone@example.org", today)
    return opened


@pytest.mark.parametrize("key", KEYS)
def test_the_list_goes_out_with_the_columns_that_are_needed_and_no_other(
    july: Cleared, key: str, tmp_path: Path, store: Store
) -> None:
    """P12: address and first name, a file an edition, mode 0600; the README says to delete it."""
    with store:
        folder = export(july, key, Workspace(tmp_path), store=store)
    goal = read_platforms()[key]
    rows = list(csv.DictReader(io.StringIO((folder / "list.en.csv").read_text("utf-8"), newline="")))
    address, name, *more = [column.heading for column in goal.columns]
    assert {row[address]: row[name] for row in rows} == {
        "ana@example.org": 'Ana, "the" first',
        "nameless@example.org": "",
    }
    assert list(rows[0]) == [address, name, *more]
    if more:
        assert {row[address]: row[more[0]] for row in rows}["nameless@example.org"] == '{"nameless": true}'
    assert "luz@example.org" in (folder / "list.es.csv").read_text("utf-8")
    for file in ("list.en.csv", "list.es.csv", "suppressed.csv"):
        assert stat.S_IMODE((folder / file).stat().st_mode) == 0o600
        assert file in (folder / "README.txt").read_text("utf-8")
    readme = (folder / "README.txt").read_text("utf-8")
    assert "Delete list.en.csv" in readme
    assert "article 28" in readme


def test_whoever_left_is_listed_as_suppressed_at_once(july: Cleared, tmp_path: Path, store: Store) -> None:
    """U6: export after leaving lists the address under suppressed, and under nothing else."""
    with store:
        folder = export(july, "brevo", Workspace(tmp_path), store=store)
        assert (folder / "suppressed.csv").read_bytes() == b"EMAIL\r\ngone@example.org\r\n"
        assert "gone@" not in (folder / "list.en.csv").read_text("utf-8")
        remove(store, "luz@example.org", dt.date(2025, 6, 2))
        export(july, "brevo", Workspace(tmp_path), store=store)
    assert "luz@example.org" in (folder / "suppressed.csv").read_text("utf-8")
    assert "luz@example.org" not in (folder / "list.es.csv").read_text("utf-8")


def test_an_export_without_the_list_takes_an_older_list_away(july: Cleared, tmp_path: Path, store: Store) -> None:
    """P12: what is no longer asked for does not stay about."""
    with store:
        folder = export(july, "brevo", Workspace(tmp_path), store=store)
    assert (folder / "list.en.csv").exists()
    export(july, "brevo", Workspace(tmp_path))
    assert not list(folder.glob("*.csv"))
    assert "example.org" not in "".join(names(folder))


@pytest.mark.parametrize("public", ["", "https://news.example.org"])
def test_a_meeting_comes_with_a_file_for_calendars(tmp_path: Path, public: str) -> None:
    """Beside the letter, and README.txt says what it is for."""
    there = Workspace(tmp_path)
    shutil.copytree(shipped() / "issues", there.issues)
    pictures_at_hand(tmp_path)
    path = there.issues / "2025-07.yaml"
    meeting = '  - {type: event, title: A vigil, date: 2025-07-17, starts: "18:30", timezone: Europe/London}\n'
    path.write_text(path.read_text("utf-8").rstrip() + "\n" + meeting, "utf-8")
    (there.issues / "2025-07.es.yaml").unlink()
    prepared = prepare(there, IssueName(2025, 7), Settings(public_url=public))
    folder = export(_cleared(there, prepared), "brevo", there, public_url=public)
    assert b"DTSTART:20250717T173000Z" in (folder / "event.ics").read_bytes()
    assert (f"{public}/2025-07/event.ics" in (folder / "email.html").read_text("utf-8")) is bool(public)
    readme = " ".join((folder / "README.txt").read_text("utf-8").split())
    assert "For readers' own calendars: event.ics." in readme
    assert ("nothing has to be done" in readme) is bool(public)
