"""The demo: a whole month that agrees with itself, and touches nothing but its own folder."""

from __future__ import annotations

import dataclasses
import email
import email.policy
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from newsletter.__main__ import main
from newsletter.demo.folder import MARK, NotOurs, fresh_folder
from newsletter.demo.month import Outcome
from newsletter.demo.told import BooksDisagree, told
from newsletter.ledger.book import Books

LETTERS = 47
LONGEST_S = 120


def tree(folder: Path) -> dict[str, str]:
    """Every file and folder below, with a digest of what it holds; but not what lies in ``outbox/demo``."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if "outbox/demo" not in name:
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"
    return found


@dataclass
class Ran:
    """Two demos, one after the other, in a newsletter of somebody's own."""

    there: Path
    runs: list[subprocess.CompletedProcess[str]]
    before: tuple[dict[str, str], dict[str, str]]
    after: tuple[dict[str, str], dict[str, str]]

    @property
    def folder(self) -> Path:
        """Where the demo worked."""
        return self.there / "outbox" / "demo"


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """``newsletter init there``, then ``newsletter demo`` in it, twice, with a home folder of its own."""
    home, there = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("own") / "there"
    (home / "notes.txt").write_text("mine\n", "utf-8")
    assert main(["init", str(there)]) == 0
    (there / "outbox").mkdir()
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "NEWSLETTER_"))}
    surroundings |= {"HOME": str(home), "TMPDIR": str(tmp_path_factory.mktemp("tmp"))}
    before = tree(there), tree(home)
    typed = [sys.executable, "-m", "newsletter", "demo"]
    runs = [
        subprocess.run(
            typed, cwd=there, env=surroundings, capture_output=True, text=True, timeout=LONGEST_S, check=False
        )
        for _ in range(2)
    ]
    return Ran(there, runs, before, (tree(there), tree(home)))


def test_it_ends_well_twice_and_says_the_books(ran: Ran) -> None:
    """Each run ends by itself with exit code 0, its books add up, and it says where to look."""
    for run in ran.runs:
        assert run.returncode == 0, run.stderr
        assert f"the server took {LETTERS} letters = {LETTERS} accepted" in run.stdout
        figures = {words.strip(): int(number) for number, _, words in books(run.stdout)}
        assert figures.pop("readers on the list") == sum(figures.values()) == 50
        assert (ran.folder / "outbox" / "2025-07" / "email.html").as_uri() in run.stdout
        assert "Traceback" not in run.stderr


def books(text: str) -> Iterator[tuple[str, str, str]]:
    """The lines of the books: a number and its words."""
    for line in text.splitlines():
        number, space, words = line.strip().partition("  ")
        if number.isdecimal():
            yield number, space, words


def test_what_it_names_is_there(ran: Ran) -> None:
    """Both languages, the rehearsal, the messages, three exports and the public pages."""
    issue = ran.folder / "outbox" / "2025-07"
    for name in ("email.html", "email.txt", "email.eml", "email.es.html", "email.es.txt"):
        assert (issue / name).is_file(), name
    for platform in ("mailchimp", "brevo", "listmonk"):
        assert (issue / platform / "README.txt").is_file(), platform
    assert (ran.folder / "outbox" / "site" / "index.html").is_file()
    assert len(list((issue / "letters").glob("*.eml"))) >= 10
    assert len(list((ran.folder / "received").glob("*.eml"))) == LETTERS


def test_every_message_received_is_one_reader_s_own(ran: Ran) -> None:
    """F14: 47 messages, 47 different readers, one To each, no defect under a strict policy; the suppressed got none."""
    readers = set()
    for path in sorted((ran.folder / "received").glob("*.eml")):
        policy = email.policy.SMTP.clone(raise_on_defect=True)
        message = email.message_from_bytes(path.read_bytes(), policy=policy)
        assert len(message.get_all("To", [])) == 1
        readers.add(str(message["To"]))
        kinds = [part.get_content_type() for part in message.walk() if part.get_content_maintype() == "text"]
        assert kinds == ["text/plain", "text/html"]
    assert len(readers) == LETTERS
    for gone in ("martin.ashdown", "dilys.rees", "pilar.castaneda"):
        assert not any(gone in reader.lower() for reader in readers)


def test_it_touches_nothing_else(ran: Ran) -> None:
    """The workspace around it and the home folder are byte for byte as before: no key, no list, no settings."""
    before, after = ran.before, ran.after
    assert after[1] == before[1]
    assert after[0] == before[0]


def test_a_folder_that_no_demo_made_is_left_alone(tmp_path: Path) -> None:
    """Only what carries the demo's mark is ever deleted."""
    mine = tmp_path / "outbox" / "demo" / "mine.txt"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine\n", "utf-8")
    with pytest.raises(NotOurs):
        fresh_folder(mine.parent)
    assert mine.read_text("utf-8") == "mine\n"
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / MARK).write_text("", "utf-8")
    (tmp_path / "link").symlink_to(elsewhere)
    with pytest.raises(NotOurs):
        fresh_folder(tmp_path / "link")
    assert (elsewhere / MARK).exists()


def test_the_demo_s_own_folder_is_made_afresh(tmp_path: Path) -> None:
    """What an earlier demo left is gone at the next."""
    folder = fresh_folder(tmp_path / "outbox" / "demo")
    (folder / "old.txt").write_text("old\n", "utf-8")
    fresh_folder(folder)
    assert [path.name for path in folder.iterdir()] == [MARK]


def test_a_demo_that_was_stopped_while_it_cleared_away_runs_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mark is never taken away: whenever it is stopped, the next demo knows its own folder."""
    folder = fresh_folder(tmp_path / "outbox" / "demo")
    for name in ("a", "z"):
        (folder / name).mkdir()
        (folder / name / "old.txt").write_text("old\n", "utf-8")

    def stopped(path: Path, **_: object) -> None:
        for one in path.iterdir():
            if one.is_file():
                one.unlink()
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("newsletter.demo.folder.shutil.rmtree", stopped)
        with pytest.raises(KeyboardInterrupt):
            fresh_folder(folder)
    assert (folder / MARK).is_file()
    fresh_folder(folder)
    assert [path.name for path in folder.iterdir()] == [MARK]


def test_links_in_the_demo_s_folder_are_not_followed(tmp_path: Path) -> None:
    """A link that somebody put there goes; what it leads to stays. A mark that is a link is none of ours."""
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("mine\n", "utf-8")
    folder = fresh_folder(tmp_path / "outbox" / "demo")
    (folder / "link").symlink_to(mine)
    (folder / "file").symlink_to(mine / "letter.txt")
    (folder / "nowhere").symlink_to(tmp_path / "nowhere")
    fresh_folder(folder)
    assert [path.name for path in folder.iterdir()] == [MARK]
    assert (mine / "letter.txt").read_text("utf-8") == "mine\n"
    (mine / MARK).symlink_to(folder / MARK)
    with pytest.raises(NotOurs):
        fresh_folder(mine)
    assert (mine / "letter.txt").exists()


def outcome(**changed: object) -> Outcome:
    """A month that went well, but for what is changed."""
    fine = Outcome(50, 3, Books(50, accepted=47, skipped=3), 47, 0, (), Path(), Path(), {}, Path(), Path())
    return dataclasses.replace(fine, **changed)  # type: ignore[arg-type]  # fields by name


@pytest.mark.parametrize(
    "changed",
    [{"received": 46}, {"left": 2}, {"strangers": 1}, {"books": Books(50, accepted=46, refused=1, skipped=3)}],
)
def test_books_that_disagree_are_a_failure(changed: dict[str, object]) -> None:
    """A month whose figures do not agree ends with exit code 1 and says the figures."""
    assert outcome().balanced
    with pytest.raises(BooksDisagree) as failure:
        list(told(outcome(**changed)))
    assert failure.value.exit_code == 1
