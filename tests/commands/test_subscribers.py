"""The list at the command line: what it asks, shows, writes and returns."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newsletter.__main__ import main

Run = Callable[..., tuple[int, str, str]]
TERMS = ("--ground", "consent", "--source", "sign-up sheet")
SECRETS = ("ana@", "bo@", "Wilhelmina")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace, and a config folder that is not the real one."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "config"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in [name for name in os.environ if name.startswith("NEWSLETTER_")]:
        monkeypatch.delenv(name)
    (tmp_path / "work" / "issues").mkdir(parents=True)
    (tmp_path / "work" / "issues" / "newsletter.yaml").write_text("title: News\nlanguages: [en]\n", "utf-8")
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path / "work"


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Type a command; its exit code, stdout and stderr."""
    assert folder.is_dir()

    def _run(*words: str) -> tuple[int, str, str]:
        code = main(["subscribers", *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return _run


def _list(folder: Path, text: str = "email,name\nana@example.org,Wilhelmina\nbo@example.org,Bo\nnone,X\n") -> Path:
    path = folder / "list.csv"
    path.write_text(text, "utf-8")
    return path


def _json(run: Run, *words: str) -> Any:
    code, out, err = run(*words, "--json")
    assert code == 0, err
    return json.loads(out)


def test_import_shows_first_and_writes_after_a_yes(run: Run, folder: Path) -> None:
    """Without --yes nobody answers, and nothing is written; with it the review comes before the deed."""
    _list(folder)
    code, out, err = run("import", "list.csv", *TERMS)
    assert (code, out) == (4, "")
    assert "2  to come onto the list" in err
    assert "list.csv:4: " in err
    assert "--yes" in err
    assert "delete it" not in err
    assert _json(run, "stats")["active"] == 0
    code, out, err = run("import", "list.csv", *TERMS, "--yes")
    assert (code, out) == (0, "Done.\n")
    assert "list.csv holds names and addresses that anybody can read: delete it" in err
    assert "2  to come onto the list" in err
    assert _json(run, "stats")["active"] == 2


def test_a_dry_run_and_an_empty_review_ask_nothing(run: Run, folder: Path) -> None:
    """--dry-run stops after the review; where there is nothing to do, nothing is asked."""
    _list(folder)
    assert run("import", "list.csv", *TERMS, "--dry-run")[:2] == (0, "Nothing was changed.\n")
    assert _json(run, "stats")["active"] == 0
    run("import", "list.csv", *TERMS, "--yes")
    assert run("import", "list.csv", *TERMS)[:2] == (0, "Nothing was changed.\n")


def test_a_key_that_is_made_is_spoken_of_once(run: Run, folder: Path) -> None:
    """P6: where it is, that a copy is wanted; and never what it is."""
    code, out, err = run("stats")
    assert code == 0
    (key,) = folder.parent.glob("**/newsletter/key")
    assert str(key) in err
    assert key.read_text("ascii").strip() not in out + err
    assert "key" not in run("stats")[2]
    key.unlink()
    code, out, err = run("stats")
    assert (code, out) == (4, "")
    assert str(key) in err
    assert not key.exists()


def test_a_new_list_is_spoken_of_where_there_was_a_key(run: Run, folder: Path) -> None:
    """B12: where records/ was lost or the setting names another file, nobody begins anew unawares and writes to leavers."""
    assert "empty list" not in run("stats")[2]
    assert "empty list" not in run("stats")[2]
    (folder / "records").rename(folder / "elsewhere")
    err = run("stats")[2]
    assert f"A new, empty list was begun: {folder / 'records' / 'newsletter.db'}" in err
    assert "who has left" in err
    assert "empty list" not in run("stats")[2]


def test_import_as_json(run: Run, folder: Path) -> None:
    """One JSON document on stdout with every figure and every problem; prose goes to stderr."""
    _list(folder, "email,name,phone\nana@example.org,Wilhelmina,1\nana@example.org,W,1\nnone,X,1\n")
    found = _json(run, "import", "list.csv", *TERMS, "--yes")
    assert {name: found[name] for name in ("written", "new", "already", "suppressed", "to_suppress", "repeated")} == {
        "written": True,
        "new": 1,
        "already": 0,
        "suppressed": 0,
        "to_suppress": 0,
        "repeated": 1,
    }
    assert found["unusable"] == len(found["problems"]) == 1
    assert found["problems"][0]["file"] == "list.csv"
    assert found["problems"][0]["line"] == 4
    assert found["dropped_columns"] == ["phone"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "a ground, a source, a date"),
        (("--ground", "consent"), 2, "a source"),
        (("--ground", "soft_opt_in", "--source", "shop"), 2, "a date"),
        (("--ground", "soft_opt_in", "--source", "shop", "--since", "2026-02-04"), 4, "5 February 2026"),
        (("--ground", "consent", "--source", "x", "--since", "2999-01-01"), 2, "still to come"),
        (("--ground", "consent", "--source", "x", "--since", "soon"), 2, "--since"),
        (("--ground", "because"), 2, "--ground"),
    ],
)
def test_import_without_proof(run: Run, folder: Path, words: tuple[str, ...], code: int, said: str) -> None:
    """P2: refused by name and exit code, also with --yes."""
    _list(folder)
    found, out, err = run("import", "list.csv", *words, "--yes")
    assert (found, out) == (code, "")
    assert said in err
    assert "Traceback" not in err


def test_consent_without_a_date_counts_from_today_and_that_is_said(run: Run, folder: Path) -> None:
    """P3: no date is made up in silence."""
    _list(folder)
    _, _, err = run("import", "list.csv", *TERMS, "--yes")
    today = dt.datetime.now(dt.UTC).astimezone().date().isoformat()
    assert f"count from today, {today}" in err
    assert _json(run, "show", "ana@example.org")["since"] == today


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"name\nAna\n", b'email\n"a', bytes(2000)])
def test_an_unreadable_file_is_a_sentence(run: Run, folder: Path, data: bytes) -> None:
    """A sentence with the file's name and a way on, exit code 1, nothing changed."""
    (folder / "list.csv").write_bytes(data)
    code, out, err = run("import", "list.csv", *TERMS, "--yes")
    assert (code, out) == (1, "")
    assert re.search(r"list.csv:[12]: ", err)
    assert "Traceback" not in err
    assert run("import", "no.csv", *TERMS, "--yes")[0] == 1


def test_list_masks_unless_asked(run: Run, folder: Path) -> None:
    """Nobody looking on reads an address; --show-addresses shows them."""
    _list(folder)
    run("import", "list.csv", *TERMS, "--yes")
    for words in (("list",), ("list", "--json")):
        _, out, err = run(*words)
        assert "a***@e***.org" in out
        assert not any(secret in out + err for secret in SECRETS)
        assert "ana@example.org" in run(*words, "--show-addresses")[1]
    assert {one["state"] for one in _json(run, "list")} == {"active"}


def test_one_person_from_joining_to_erasure(run: Run) -> None:
    """P5: add, show, remove, show, erase, show: one command each, and no import or add brings her back unasked."""
    assert run("add", "ana@example.org", "--name", "Wilhelmina", "--language", "es", *TERMS)[0] == 0
    shown = _json(run, "show", "ANA@example.org")
    assert (shown["on_file"], shown["address"], shown["name"]) == (True, "ana@example.org", "Wilhelmina")
    assert shown["suppressed"] is None
    shown_lines = run("show", "ana@example.org")[1].splitlines()
    assert "name: Wilhelmina" in shown_lines
    assert not [line for line in shown_lines if line.endswith((": ", ": None"))]
    assert _json(run, "remove", "ana@example.org") == {"removed": True, "suppressed": True}
    assert _json(run, "list") == []
    assert [one["state"] for one in _json(run, "list", "--left")] == ["left"]
    assert run("erase", "ana@example.org")[0] == 4  # nobody there to say yes
    assert _json(run, "erase", "ana@example.org", "--yes") == {"erased": True, "suppressed": True, "copies": []}
    shown = _json(run, "show", "ana@example.org")
    assert set(shown) == {"on_file", "suppressed"}
    assert shown["suppressed"]["reason"] == "erased"
    code, _, err = run("add", "ana@example.org", *TERMS)
    assert code == 4
    assert "ana@" not in err
    assert run("add", "ana@example.org", *TERMS, "--asked-to-return")[0] == 0
    assert _json(run, "stats")["active"] == 1


def test_an_address_left_out_is_read_from_the_input(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """P6: so that it stands neither in the shell's history nor in the list of running programs."""
    import io

    assert folder.is_dir()
    for words, said in (
        (("add", *TERMS), "Added"),
        (("show",), "address: ana@example.org"),
        (("remove",), "Taken off"),
        (("erase", "--yes"), "Erased"),
    ):
        monkeypatch.setattr("sys.stdin", io.StringIO(" ANA@example.org\nbo@example.org\n"))
        code, out, err = run(*words)
        assert (code, said in out.replace("ANA", "ana")) == (0, True), err
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    code, out, err = run("remove")
    assert (code, out) == (1, "")
    assert "it is empty" in err


def test_erase_names_the_copies_that_hold_her_still(run: Run, folder: Path) -> None:
    """P5: a copy from before an update is named, so that it can be deleted."""
    run("add", "ana@example.org", *TERMS)
    copy = folder / "records" / "newsletter.2026-11-22.before-0002.db"
    copy.write_bytes(b"")
    assert _json(run, "erase", "ana@example.org", "--yes")["copies"] == [str(copy)]
    assert str(copy) in run("erase", "ana@example.org", "--yes")[2]


def test_erase_names_what_the_outbox_may_hold(run: Run, folder: Path) -> None:
    """P5: exported lists and rehearsed letters hold people in the clear; what is there is named, so that it can go."""
    run("add", "ana@example.org", *TERMS)
    run("export")
    letter = folder / "outbox" / "2025-07" / "letters" / "01.eml"
    letter.parent.mkdir(parents=True)
    letter.write_text("To: ana@example.org\n", "utf-8")
    exported = folder / "outbox" / "subscribers.csv"
    assert _json(run, "erase", "ana@example.org", "--yes")["copies"] == [str(exported), str(letter.parent)]
    said = run("erase", "ana@example.org", "--yes")[2]
    assert str(exported) in said
    assert str(letter.parent) in said


def test_who_is_not_there(run: Run) -> None:
    """Unknown people: said plainly, and still kept out for ever where that was asked."""
    assert run("show", "new@example.org")[1] == "Nothing is kept about this address.\n"
    assert _json(run, "remove", "new@example.org") == {"removed": False, "suppressed": True}
    assert _json(run, "show", "new@example.org")["suppressed"]["reason"] == "left"
    code, _, err = run("remove", "no address")
    assert code == 1
    assert "no address" not in err


def test_export_is_private_and_says_delete(run: Run, folder: Path) -> None:
    """P12: outbox/subscribers.csv, 0600, with the advice to delete it; an older one is not written over unasked."""
    run("add", "ana@example.org", "--name", "Wilhelmina", *TERMS)
    found = _json(run, "export")
    path = folder / "outbox" / "subscribers.csv"
    assert found == {"written": True, "file": str(path), "people": 1}
    assert "ana@example.org,Wilhelmina," in path.read_text("utf-8")
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600
    code, _, err = run("export")
    assert code == 4
    assert "Write over it?" in err
    code, out, err = run("export", "--yes", "--with-proof")
    assert (code, out) == (0, f"{path}: 1 person.\n")
    assert "delete it" in err
    run("remove", "ana@example.org")
    assert _json(run, "export", "--left")["people"] == 1
    assert (folder / "outbox" / "subscribers-left.csv").read_text("utf-8").splitlines() == ["email", "ana@example.org"]


def test_a_suppression_file(run: Run, folder: Path) -> None:
    """P11: --suppress takes a list of people who must not be written to, without a ground."""
    run("add", "ana@example.org", *TERMS)
    _list(folder, "Correo\nANA@EXAMPLE.ORG\n")
    found = _json(run, "import", "list.csv", "--suppress", "--yes")
    assert (found["new"], found["to_suppress"]) == (0, 1)
    assert _json(run, "stats")["active"] == 0


def test_figures_for_people(run: Run) -> None:
    """The list in plain lines."""
    run("add", "ana@example.org", "--language", "es", *TERMS)
    out = run("stats")[1].splitlines()
    assert out == ["active: 1", "left: 0", "by language: es 1", "by ground: consent 1", "suppressed: 0"]


def test_nothing_of_a_reader_is_left_in_the_folder(run: Run, folder: Path) -> None:
    """P6: after import, leaving and erasing, no file but the imported one holds an address or a name."""
    path = _list(folder)
    run("import", "list.csv", *TERMS, "--yes")
    run("remove", "bo@example.org")
    run("erase", "ana@example.org", "--yes")
    assert b"ana@" in path.read_bytes()
    path.unlink()
    for file in [one for one in folder.parent.rglob("*") if one.is_file()]:
        assert not [secret for secret in SECRETS if secret.encode() in file.read_bytes()], file


def test_a_list_that_git_keeps_is_refused(run: Run, folder: Path) -> None:
    """P6: exit code 4 and the way out."""
    import shutil
    import subprocess

    if not shutil.which("git"):
        pytest.skip("git is not installed")
    run("stats")
    subprocess.run(["git", "init", "-q"], check=True, cwd=folder)
    subprocess.run(["git", "add", "-f", "records/newsletter.db"], check=True, cwd=folder)
    code, _, err = run("stats")
    assert code == 4
    assert "git rm --cached" in err
