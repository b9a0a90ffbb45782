from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from newsletter.audience.sheet import UnreadableList, read_sheet

Writer = Callable[..., Path]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_endings(write: Writer, delimiter: str, ending: str) -> None:
    """Commas, semicolons, tabs; the line ends of any system."""
    sheet = read_sheet(write(ending.join([f"email{delimiter}name", f"ana@example.org{delimiter}Ana", ""])))
    assert sheet.columns == ("email", "name")
    assert sheet.rows == ((2, ("ana@example.org", "Ana")),)
    assert sheet.notices == ()


@pytest.mark.parametrize(
    ("encoding", "notices"), [("utf-8", 0), ("utf-8-sig", 0), ("utf-16", 1), ("cp1252", 1), ("latin-1", 1)]
)
def test_encodings(write: Writer, encoding: str, notices: int) -> None:
    """Accents come out right; where the encoding had to be guessed, that is said."""
    sheet = read_sheet(write("email;name\nana@example.org;Ñoño Pérez\n".encode(encoding)))
    assert sheet.columns == ("email", "name")
    assert sheet.rows == ((2, ("ana@example.org", "Ñoño Pérez")),)
    assert len(sheet.notices) == notices


def test_line_numbers(write: Writer) -> None:
    """Blank lines, cells over several lines and Excel's ``sep=`` do not put the numbers out."""
    text = 'sep=;\nemail;note\nana@example.org;"one\ntwo"\n\n;\nbo@example.org;\n'
    assert [line for line, _ in read_sheet(write(text)).rows] == [3, 7]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", r"list.csv:1: the file is empty"),
        (b"\n \n;;\n", r"empty"),
        (b"PK\x03\x04rest", "workbook"),
        (b"%PDF-1.7", "PDF"),
        (bytes(range(256)) * 50, "not a text file"),
        ("email\nana@example.org".encode("utf-16-le"), "not a text file"),
        (b"\xff\xfe\x00", "UTF-16, but damaged"),
        (b"email,name\na@example.org,\x81\x8d\n", "encoding that is not known"),
        ("email,name\na@example.org,Pérez\n".encode() + b"b@example.org,P\xe9rez\n", r"list.csv:3: .*two encodings"),
        (b'email,name\na@example.org,"Ana\nb@example.org,Bo\n', r"list.csv:2: a quotation mark"),
        (b'email,name\na@example.org,"Ana" Bo\n', r"list.csv:2: a quotation mark"),
        (b"email,name\nok@example.org,Ok\na@example.org," + b"x" * 140_000, r"list.csv:3: a cell .* 100,000"),
    ],
)
def test_files_that_cannot_be_read(write: Writer, data: bytes, said: str) -> None:
    """Each with its line and a way on, and none with what stands in it."""
    with pytest.raises(UnreadableList, match=said) as caught:
        read_sheet(write(data))
    assert caught.value.exit_code == 1
    assert caught.value.hint.endswith("Nothing was changed.")
    assert "@example.org" not in str(caught.value)


def test_files_that_are_not_there(tmp_path: Path) -> None:
    """A wrong name, a folder: a sentence."""
    for path in (tmp_path / "no.csv", tmp_path):
        with pytest.raises(UnreadableList, match="cannot be opened"):
            read_sheet(path)


def test_a_file_without_end_is_not_read_to_its_end(write: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is too large, or a device that never ends and has no size: told before the memory is full."""
    monkeypatch.setattr("newsletter.audience.sheet.LARGEST", 1000)
    endless = [Path("/dev/zero")] if Path("/dev/zero").exists() else []
    for path in (write("email\n" + "a" * 1000), *endless):
        with pytest.raises(UnreadableList, match="larger than"):
            read_sheet(path)


def test_people_show_in_no_repr(write: Writer) -> None:
    """P6: neither in the sheet's repr nor in a log made from it."""
    assert "ana" not in repr(read_sheet(write("email\nana@example.org\n")))
