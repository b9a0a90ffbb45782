"""An issue's files, to open in a browser or a mail program."""

from __future__ import annotations

import datetime as dt
import re
from email import message_from_bytes, policy
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from newsletter.build import SAMPLE_TOKEN, build
from newsletter.errors import OutsideFailed
from newsletter.settings import Settings

if TYPE_CHECKING:
    from newsletter.build import Built
    from tests.gate.conftest import Newsroom

EVENT = """\
  - type: event
    title: A vigil
    date: 2025-07-17
    starts: "18:30"
    timezone: Europe/London"""
NOW = dt.datetime(2025, 7, 3, 18, 20, tzinfo=dt.UTC)


def built(newsroom: Newsroom, settings: Settings | None = None) -> tuple[Path, list[Built]]:
    """Build July 2025."""
    dossier = newsroom.prepared().dossier
    assert dossier is not None
    folder = newsroom.workspace.outbox / "2025-07"
    return folder, build(dossier, folder, settings or Settings(), NOW)


def add_picture(newsroom: Newsroom) -> None:
    """Give the English edition a picture."""
    from PIL import Image

    path = newsroom.workspace.images / "march.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (60, 40), "red").save(path)
    newsroom.change(
        "2025-07.yaml", "    title: A vote\n", '    title: A vote\n    image: {file: march.png, alt: "A march"}\n'
    )


def test_each_language_has_its_three_files(newsroom: Newsroom) -> None:
    """The first language has the plain names, others their code in them."""
    folder, made = built(newsroom)
    names = {path.name for path in folder.iterdir() if path.is_file()}
    assert names == {f"email{language}.{kind}" for language in ("", ".es") for kind in ("html", "txt", "eml")}
    assert [one.language for one in made] == ["en", "es"]
    assert made[0].sizes["html"] == made[0].html.stat().st_size


def test_the_page_opens_by_itself(newsroom: Newsroom) -> None:
    """Pictures stand beside it; the reader is called by the fallback; the leave link is plainly a sample."""
    add_picture(newsroom)
    folder, made = built(newsroom)
    page = made[0].html.read_text("utf-8")
    pictures = re.findall(r'src="([^"]+)"', page)
    assert pictures
    assert all((folder / name).is_file() for name in pictures)
    assert "Dear friend," in page
    assert SAMPLE_TOKEN in page
    assert SAMPLE_TOKEN in made[0].text.read_text("utf-8")
    assert "Hola, amiga:" in made[1].html.read_text("utf-8")


def test_the_message_says_the_same(newsroom: Newsroom) -> None:
    """F14: one To; its HTML is the page but for the pictures' addresses."""
    _, made = built(newsroom)
    message = message_from_bytes(made[0].message.read_bytes(), policy=policy.strict.clone(max_line_length=None))
    assert not message.defects
    assert message.get_all("To") == ["reader@example.org"]
    html = message.get_body(("html",))
    assert html is not None
    assert html.get_content().replace("\r\n", "\n").strip() == made[0].html.read_text("utf-8").strip()


def test_no_key_and_no_list_is_needed(newsroom: Newsroom) -> None:
    """A build makes neither, and leaves nothing outside the outbox."""
    built(newsroom)
    assert not newsroom.workspace.records.exists()
    assert {path.name for path in newsroom.workspace.root.iterdir()} == {"issues", "outbox"}


def test_a_new_build_takes_the_place_of_the_old(newsroom: Newsroom) -> None:
    """Files of an edition that is no more go; exports and rehearsals beside them stay."""
    add_picture(newsroom)
    folder, _ = built(newsroom)
    assert list((folder / "images").iterdir())
    (folder / "mailchimp").mkdir()
    (folder / "letters").mkdir()
    (newsroom.workspace.issues / "2025-07.es.yaml").unlink()
    newsroom.change("2025-07.yaml", '    image: {file: march.png, alt: "A march"}\n', "")
    built(newsroom)
    assert {path.name for path in folder.iterdir()} == {
        "email.html", "email.txt", "email.eml", "images", "mailchimp", "letters",
    }  # fmt: skip
    assert not list((folder / "images").iterdir())


def test_with_a_public_address_the_message_links_there(newsroom: Newsroom) -> None:
    """F13: the message as it would go out; the page keeps its pictures beside it."""
    add_picture(newsroom)
    folder, made = built(newsroom, Settings(public_url="https://news.example.org"))
    message = made[0].message.read_bytes().replace(b"=\r\n", b"")
    assert b"https://news.example.org/images/" in message
    assert f"https://news.example.org/u/{SAMPLE_TOKEN}" in made[0].html.read_text("utf-8")
    assert (folder / "images").is_dir()


def test_an_outbox_that_cannot_be_written(newsroom: Newsroom) -> None:
    """A sentence and the way on, not a traceback."""
    newsroom.workspace.outbox.write_text("in the way", "utf-8")
    with pytest.raises(OutsideFailed):
        built(newsroom)


def test_a_meeting_comes_with_a_file_for_calendars(newsroom: Newsroom) -> None:
    """Beside the letter in each language, the same meeting; what an earlier build made of one that is no more goes."""
    for name, title in (("2025-07.yaml", "A vote"), ("2025-07.es.yaml", "Un voto")):
        newsroom.change(name, f"  - type: news\n    title: {title}\n    date: 2025-06-13", EVENT)
    folder, _ = built(newsroom)
    english, spanish = ((folder / name).read_bytes() for name in ("event.ics", "event.es.ics"))
    assert b"DTSTART:20250717T173000Z" in english
    assert b"Votaron" in spanish
    assert english.replace(b"They voted for it.", b"Votaron a favor.") == spanish
    assert b"attachment" not in (folder / "email.eml").read_bytes()
    newsroom.change("2025-07.yaml", "type: event", "type: news")
    newsroom.change("2025-07.yaml", '    starts: "18:30"\n    timezone: Europe/London\n', "")
    folder, _ = built(newsroom)
    assert not (folder / "event.ics").exists()
    assert (folder / "event.es.ics").exists()
