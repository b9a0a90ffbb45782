"""Nothing of hers is written over unseen or without a copy, and the copies never fill the disk."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from newsletter.lock import held
from newsletter.snapshots import (
    LOCK,
    BeingSaved,
    ChangedMeanwhile,
    NoSnapshot,
    Why,
    keep_copy,
    mended,
    one_at_a_time,
    read_snapshot,
    restore,
    save,
    snapshots,
    to_drop,
)
from newsletter.workspace import Workspace
from newsletter.write_file import CannotWrite

NOW = dt.datetime(2025, 7, 4, 9, 12, 33, tzinfo=dt.UTC)
SECOND, MINUTE, HOUR, DAY = (
    dt.timedelta(seconds=1),
    dt.timedelta(minutes=1),
    dt.timedelta(hours=1),
    dt.timedelta(days=1),
)
posix = pytest.mark.skipif(os.name != "posix", reason="rights are POSIX")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A folder with one issue, as an editor wrote it."""
    (tmp_path / "issues").mkdir()
    (tmp_path / "issues" / "2025-07.yaml").write_bytes(b"one\n")
    return Workspace(tmp_path)


@pytest.fixture
def issue(workspace: Workspace) -> Path:
    return workspace.issues / "2025-07.yaml"


def kept(workspace: Workspace) -> list[str]:
    """The names of all copies, the oldest first."""
    return sorted(path.name for path in (workspace.records / "copies").glob("*"))


def test_copies_of_one_second_stand_side_by_side(tmp_path: Path) -> None:
    """Byte for byte, under the file's name with day and hour."""
    workspace = Workspace(tmp_path)
    path = tmp_path / "issues" / "2025-07.es.yaml"
    path.parent.mkdir()
    path.write_bytes(b"\xef\xbb\xbfsubject: x\r\n")
    first = keep_copy(workspace, path, NOW)
    path.write_bytes(b"other")
    second = keep_copy(workspace, path, NOW)
    assert workspace.relative(first) == "records/copies/2025-07.es.2025-07-04.09-12-33.yaml"
    assert workspace.relative(second) == "records/copies/2025-07.es.2025-07-04.09-12-33.2.yaml"
    assert (first.read_bytes(), second.read_bytes()) == (b"\xef\xbb\xbfsubject: x\r\n", b"other")


def test_a_save_keeps_what_was_and_what_is(workspace: Workspace, issue: Path) -> None:
    """What an editor had written is kept for good at the first save; then one copy a save, and none for the same words."""
    save(workspace, issue, b"one\n", b"two\n", NOW)
    save(workspace, issue, b"two\n", b"two\n", NOW + SECOND)
    save(workspace, issue, b"two\n", b"three\n", NOW + 2 * SECOND)
    assert issue.read_bytes() == b"three\n"
    assert kept(workspace) == [
        "2025-07.2025-07-04.09-12-33.2.saved.yaml",
        "2025-07.2025-07-04.09-12-33.yaml",
        "2025-07.2025-07-04.09-12-35.saved.yaml",
    ]
    listed = snapshots(workspace, issue, dt.UTC)
    assert [(one.taken, one.why, one.size, one.same) for one in listed] == [
        (NOW + 2 * SECOND, Why.SAVED, 6, True),
        (NOW, Why.SAVED, 4, False),
        (NOW, Why.CHANGED, 4, False),
    ]


def test_each_edition_has_its_own(workspace: Workspace, issue: Path) -> None:
    """A copy of the Spanish edition is none of the English one, though its name begins alike."""
    spanish = workspace.issues / "2025-07.es.yaml"
    save(workspace, issue, b"one\n", b"two\n", NOW)
    save(workspace, spanish, None, b"uno\n", NOW)
    assert [one.size for one in snapshots(workspace, spanish)] == [4]
    assert {one.name[:19] for one in snapshots(workspace, issue)} == {"2025-07.2025-07-04."}


def test_what_the_program_mends_is_as_safe(workspace: Workspace, issue: Path) -> None:
    """Its state before stays for ever, also where a save keeps it already; another's words are not written over."""
    save(workspace, issue, b"one\n", b"two\n", NOW)
    assert mended(workspace, issue, b"two\n", b"mended\n", NOW + SECOND).read_bytes() == b"two\n"
    assert issue.read_bytes() == b"mended\n"
    with pytest.raises(ChangedMeanwhile):
        mended(workspace, issue, b"two\n", b"mended again\n", NOW + MINUTE)
    assert issue.read_bytes() == b"mended\n"
    save(workspace, issue, b"mended\n", b"three\n", NOW + 100 * DAY)
    assert "2025-07.2025-07-04.09-12-34.yaml" in kept(workspace)


def test_what_goes_wrong_meanwhile_is_not_put_down_to_the_records(workspace: Workspace) -> None:
    """Only the lock itself can fail to be written."""
    with pytest.raises(IsADirectoryError), one_at_a_time(workspace):
        workspace.issues.read_bytes()


def test_what_changed_meanwhile_is_not_written_over(workspace: Workspace, issue: Path) -> None:
    """Another editor's words stay; ours lie in the records, and the error holds theirs."""
    issue.write_bytes(b"theirs\n")
    with pytest.raises(ChangedMeanwhile, match=r"issues/2025-07\.yaml was changed in another place") as said:
        save(workspace, issue, b"one\n", b"mine\n", NOW)
    assert issue.read_bytes() == said.value.theirs == b"theirs\n"
    assert (workspace.root / said.value.kept).read_bytes() == b"mine\n"
    with pytest.raises(ChangedMeanwhile) as again:
        save(workspace, issue, b"one\n", b"mine\n", NOW + SECOND)
    assert again.value.kept == said.value.kept
    assert len(kept(workspace)) == 1


def test_what_changed_in_the_last_moment_is_not_written_over(
    workspace: Workspace, issue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the other editor writes while our bytes go to the disk; nothing half is left beside it."""
    real = os.fsync

    def meanwhile(handle: int) -> None:
        issue.write_bytes(b"theirs\n")
        real(handle)

    monkeypatch.setattr(os, "fsync", meanwhile)
    with pytest.raises(ChangedMeanwhile):
        save(workspace, issue, b"one\n", b"mine\n", NOW)
    assert issue.read_bytes() == b"theirs\n"
    assert list(workspace.issues.iterdir()) == [issue]


def test_a_file_deleted_under_the_form(workspace: Workspace, issue: Path) -> None:
    """It is said, the words are kept, and the file can be written again on purpose."""
    issue.unlink()
    with pytest.raises(ChangedMeanwhile, match="is not there any more") as said:
        save(workspace, issue, b"one\n", b"mine\n", NOW)
    assert said.value.theirs is None
    assert not issue.exists()
    save(workspace, issue, None, b"mine\n", NOW)
    assert issue.read_bytes() == b"mine\n"


def test_keeping_mine_in_a_conflict_keeps_theirs_for_good(workspace: Workspace, issue: Path) -> None:
    """The state before stays, though it is the newest copy of a save already; and for a second time it is not kept."""
    save(workspace, issue, b"one\n", b"theirs\n", NOW)
    save(workspace, issue, b"theirs\n", b"mine\n", NOW + SECOND, why=Why.CONFLICT)
    save(workspace, issue, b"mine\n", b"theirs\n", NOW + 2 * SECOND)
    save(workspace, issue, b"theirs\n", b"mine\n", NOW + 3 * SECOND, why=Why.CONFLICT)
    lasting = [name for name in kept(workspace) if "conflict" in name]
    assert lasting == ["2025-07.2025-07-04.09-12-34.before-conflict.yaml"]
    assert (workspace.records / "copies" / lasting[0]).read_bytes() == b"theirs\n"


def test_a_state_is_brought_back(workspace: Workspace, issue: Path) -> None:
    """What stands there is kept first, and for good; restoring can be undone the same way."""
    save(workspace, issue, b"one\n", b"two\n", NOW)
    oldest = snapshots(workspace, issue)[-1].name
    saved = restore(workspace, issue, oldest, b"two\n", NOW + MINUTE)
    assert issue.read_bytes() == b"one\n"
    assert saved.before is not None
    assert saved.before.name == "2025-07.2025-07-04.09-13-33.before-restore.yaml"
    assert read_snapshot(workspace, issue, saved.before.name) == b"two\n"
    restore(workspace, issue, saved.before.name, b"one\n", NOW + HOUR)
    assert issue.read_bytes() == b"two\n"


@pytest.mark.parametrize(
    "name", ["../newsletter.db", "/etc/passwd", "2025-07.2025-07-04.09-12-33.yaml\0", "", "2025-07.es.yaml"]
)
def test_only_its_own_copies_can_be_read(workspace: Workspace, issue: Path, name: str) -> None:
    """A name that comes with a request never leads out of the list."""
    save(workspace, issue, b"one\n", b"two\n", NOW)
    (workspace.records / "newsletter.db").write_bytes(b"the list")
    with pytest.raises(NoSnapshot):
        read_snapshot(workspace, issue, name)
    with pytest.raises(NoSnapshot):
        restore(workspace, issue, name, b"two\n", NOW)


@posix
def test_rights_stay_and_copies_are_hers_alone(workspace: Workspace, issue: Path) -> None:
    """P6: ``records/`` is 0700 and its files 0600; the issue keeps the rights that it had."""
    issue.chmod(0o664)
    save(workspace, issue, b"one\n", b"two\n", NOW)
    assert issue.stat().st_mode & 0o777 == 0o664
    assert workspace.records.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in workspace.records.rglob("*") if path.is_file()} == {0o600}


@posix
def test_a_link_into_a_synced_folder_stays_one(workspace: Workspace, issue: Path, tmp_path: Path) -> None:
    """The file that it leads to is written."""
    there = tmp_path / "cloud" / "july.yaml"
    there.parent.mkdir()
    issue.rename(there)
    issue.symlink_to(there)
    save(workspace, issue, b"one\n", b"two\n", NOW)
    assert issue.is_symlink()
    assert there.read_bytes() == b"two\n"


def test_a_file_marked_read_only_stays(workspace: Workspace, issue: Path) -> None:
    """Somebody meant it; it is said, and nothing is written."""
    issue.chmod(0o444)
    with pytest.raises(CannotWrite, match="read-only"):
        save(workspace, issue, b"one\n", b"two\n", NOW)
    assert issue.read_bytes() == b"one\n"


CLOSED = """
import datetime as dt, os, sys
from pathlib import Path
from newsletter.snapshots import Why, save, snapshots
from newsletter.workspace import Workspace
from newsletter.write_file import CannotWrite
if os.geteuid() == 0:  # to whom nothing is closed
    os.setuid(int(sys.argv[2]))
workspace = Workspace(Path(sys.argv[1]))
path = workspace.issues / "2025-07.yaml"
try:
    save(workspace, path, b"one\\n", b"two\\n", dt.datetime(2025, 7, 4, 9, 12, 33, tzinfo=dt.UTC))
except CannotWrite as error:
    print(error)
print(path.read_bytes(), [one.size for one in snapshots(workspace, path) if one.why is Why.SAVED])
"""
SOMEBODY = 65534  # who may do nothing but what all may, and what is given to them


@posix
def test_a_folder_one_may_not_write_to() -> None:
    """Her words are in the records, where they could be written; tried by somebody to whom folders can be closed."""
    with TemporaryDirectory() as folder:  # not pytest's own, which nobody else can enter
        issues = Path(folder, "issues")
        issues.mkdir()
        (issues / "2025-07.yaml").write_bytes(b"one\n")
        if os.geteuid() == 0:
            for path in (Path(folder), issues, issues / "2025-07.yaml"):
                os.chown(path, SOMEBODY, -1)
        issues.chmod(0o500)
        words = [sys.executable, "-c", CLOSED, folder, str(SOMEBODY)]
        said = subprocess.run(words, capture_output=True, text=True, check=True, timeout=120).stdout
        issues.chmod(0o700)
    assert "cannot be written: permission denied." in said
    assert said.endswith("b'one\\n' [4]\n")


def test_a_full_disk(workspace: Workspace, issue: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Said in words; the file is as it was, and nothing half lies about."""

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotWrite, match="no space left on device"):
        save(workspace, issue, b"one\n", b"two\n", NOW)
    assert issue.read_bytes() == b"one\n"
    assert kept(workspace) == []


def test_where_the_records_are_no_folder(workspace: Workspace, issue: Path) -> None:
    """Without a place for copies nothing is written over."""
    workspace.records.write_bytes(b"")
    with pytest.raises(CannotWrite):
        save(workspace, issue, b"one\n", b"two\n", NOW)
    assert issue.read_bytes() == b"one\n"


def test_another_window_that_never_ends(workspace: Workspace, issue: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not waited for without end."""
    monkeypatch.setattr("newsletter.snapshots.PATIENCE", 0.05)
    workspace.records.mkdir()
    with held(workspace.records / LOCK, 1), pytest.raises(BeingSaved):
        save(workspace, issue, b"one\n", b"two\n", NOW)
    assert issue.read_bytes() == b"one\n"


RACE = """
import datetime as dt, sys
from pathlib import Path
from newsletter.snapshots import ChangedMeanwhile, save
from newsletter.workspace import Workspace
workspace = Workspace(Path(sys.argv[1]))
path = workspace.issues / "2025-07.yaml"
done = 0
while done < 40:
    before = path.read_bytes()
    try:
        save(workspace, path, before, before + sys.argv[2].encode(), dt.datetime.now(dt.UTC))
        done += 1
    except ChangedMeanwhile:
        pass
"""


def test_two_programs_save_at_the_same_time(workspace: Workspace, issue: Path) -> None:
    """Each save builds on the one before it, whoever made that: no word of either is lost."""
    issue.write_bytes(b"")
    programs = [subprocess.Popen([sys.executable, "-c", RACE, str(workspace.root), sign]) for sign in "ab"]
    assert [program.wait(60) for program in programs] == [0, 0]
    assert sorted(issue.read_bytes()) == sorted(b"a" * 40 + b"b" * 40)


def test_a_year_of_saving_is_thinned() -> None:
    """All of the last hour, then the last of each minute, hour and day; never the newest, nor the last of a day."""
    copies: list[tuple[dt.datetime, Why]] = []  # the newest first
    moment = start = dt.datetime(2024, 7, 4, 9, 0, 0, tzinfo=dt.UTC)
    while moment < start + 40 * DAY:  # each twenty seconds for 40 days, looked over once an hour
        copies.insert(0, (moment, Why.SAVED))
        if moment.minute == moment.second == 0:
            gone = set(to_drop(copies, moment))
            copies = [one for number, one in enumerate(copies) if number not in gone]
        moment += 20 * SECOND
    last = copies[0][0]
    gone = set(to_drop(copies, last))
    left = [taken for number, (taken, _) in enumerate(copies) if number not in gone]
    assert left[0] == last
    assert [one for one, _ in copies if last - one <= HOUR] == [one for one in left if last - one <= HOUR]
    assert sum(HOUR < last - one <= DAY for one in left) == pytest.approx(23 * 60, abs=1)
    assert sum(DAY < last - one <= 31 * DAY for one in left) == pytest.approx(30 * 24, abs=1)
    assert len([one for one in left if last - one > 31 * DAY]) in (9, 10, 11)
    assert {one.date() for one in left} == {(start + number * DAY).date() for number in range(41)}


def test_what_is_meant_to_stay_stays(workspace: Workspace, issue: Path) -> None:
    """After years the copies before a restore, a conflict and another program's change are there, and one save a day."""
    (workspace.records / "copies").mkdir(parents=True)
    for why in ("", ".before-restore", ".before-conflict", ".saved", ".2.saved", ".unsaved", ".of-some-later-version"):
        (workspace.records / "copies" / f"2025-07.2023-01-01.10-00-00{why}.yaml").write_bytes(b"x")
    save(workspace, issue, b"one\n", b"two\n", NOW)
    assert [name for name in kept(workspace) if ".2023-" in name] == [
        "2025-07.2023-01-01.10-00-00.2.saved.yaml",
        "2025-07.2023-01-01.10-00-00.before-conflict.yaml",
        "2025-07.2023-01-01.10-00-00.before-restore.yaml",
        "2025-07.2023-01-01.10-00-00.of-some-later-version.yaml",
        "2025-07.2023-01-01.10-00-00.unsaved.yaml",
        "2025-07.2023-01-01.10-00-00.yaml",
    ]


def test_a_clock_that_went_back_loses_nothing(workspace: Workspace, issue: Path) -> None:
    """A battery that died puts a machine into 1970: nothing is thinned by that, and saving goes on."""
    save(workspace, issue, b"one\n", b"two\n", NOW)
    save(workspace, issue, b"two\n", b"three\n", NOW + SECOND)
    before = kept(workspace)
    save(workspace, issue, b"three\n", b"four\n", dt.datetime(1970, 1, 1, tzinfo=dt.UTC))
    assert set(before) <= set(kept(workspace))
