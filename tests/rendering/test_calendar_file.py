"""A meeting's file for a reader's own calendar: the right instant, the same bytes each time, a link that leads there."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from icalendar import Calendar

from newsletter.drafting.types import read_types
from newsletter.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from newsletter.nouns.letter import Rendered
    from tests.rendering.conftest import House

PUBLIC = "https://news.example.org"
UTC = dt.UTC
FULL = """
- type: event
  title: 'An evening; on "Peru", with friends'
  date: 2025-07-17
  starts: "18:30"
  ends: "20:00"
  timezone: Europe/London
  place: Human Rights Action Centre, London
  online: "https://example.org/live?a=1,2;3"
  body: "Three *survivors* speak: [read on](https://example.org/more)"
  url: "https://example.org/evening"
"""


def event(rendered: Rendered, number: int = 0) -> Any:
    """The meeting in a rendering's file, read by another's eyes: icalendar takes it for valid."""
    (found,) = Calendar.from_ical(rendered.calendars[number].data).walk("VEVENT")
    return found


def one(house: House, more: str, language: str = "en") -> Any:
    """The meeting of a small event."""
    return event(house.render(f"- {{type: event, title: x, date: 2025-07-17, {more}}}", language)[0])


def test_it_says_what_the_letter_says(house: House) -> None:
    """RFC 5545, 3.6.1: what, when, where, and the ways to take part; commas, quotes and markup are no trouble."""
    rendered, _ = house.render(FULL)
    found = event(rendered)
    assert found["SUMMARY"] == "An evening; on “Peru”, with friends"
    assert found["LOCATION"] == "Human Rights Action Centre, London"
    assert found["URL"] == "https://example.org/evening"
    for words in ("Three survivors speak: read on <https://example.org/more>", "https://example.org/live?a=1,2;3"):
        assert words in found["DESCRIPTION"]


@pytest.mark.parametrize(
    ("clock", "starts", "ends"),
    [
        ("Europe/London", dt.datetime(2025, 7, 17, 17, 30, tzinfo=UTC), dt.datetime(2025, 7, 17, 19, tzinfo=UTC)),
        ("America/Lima", dt.datetime(2025, 7, 17, 23, 30, tzinfo=UTC), dt.datetime(2025, 7, 18, 1, tzinfo=UTC)),
        ("UTC", dt.datetime(2025, 7, 17, 18, 30, tzinfo=UTC), dt.datetime(2025, 7, 17, 20, tzinfo=UTC)),
        ("London time", dt.datetime(2025, 7, 17, 18, 30), dt.datetime(2025, 7, 17, 20)),  # noqa: DTZ001 - floating
    ],
)
def test_the_hour_is_the_right_instant(house: House, clock: str, starts: dt.datetime, ends: dt.datetime) -> None:
    """With a zone the instant, for readers anywhere; with words alone the hour that a clock shows (3.3.5, form 1)."""
    found = one(house, f'starts: "18:30", ends: "20:00", timezone: {clock}')
    assert found.decoded("DTSTART") == starts
    assert found.decoded("DTEND") == ends


def test_without_an_hour_it_is_the_whole_day(house: House) -> None:
    """3.6.1: a start without an hour lasts its day; an hour without an end has none."""
    found = one(house, "ends: '20:00'")
    assert found.decoded("DTSTART") == dt.date(2025, 7, 17)
    assert "DTEND" not in found
    assert "DTEND" not in one(house, "starts: '20:00'")


def test_a_night_ends_on_the_day_after(house: House) -> None:
    """From ten in the evening to two."""
    found = one(house, 'starts: "22:00", ends: "02:00", timezone: UTC')
    assert found.decoded("DTEND") - found.decoded("DTSTART") == dt.timedelta(hours=4)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_time_are_no_trouble(house: House, day: str) -> None:
    """A slip in a year breaks no letter."""
    for clock in ("Asia/Tokyo", "America/Lima"):
        sections = f'- {{type: event, title: x, date: {day}, starts: "23:30", ends: "00:30", timezone: {clock}}}'
        assert event(house.render(sections)[0]).decoded("DTSTART").year == int(day[:4])


def test_the_same_text_gives_the_same_bytes(house: House) -> None:
    """No clock and no chance: the stamp is the day of sending; lines end with CR LF and are short (3.1)."""
    first, again = (house.render(FULL)[0] for _ in range(2))
    assert first.calendars == again.calendars
    assert first.digest == again.digest
    data = first.calendars[0].data
    assert b"DTSTAMP:20250704T000000Z" in data
    assert data.count(b"\n") == data.count(b"\r\n")
    assert max(map(len, data.split(b"\r\n"))) <= 75


def test_what_is_approved_is_the_calendar_too(house: House) -> None:
    """Another zone is another hour, also where the letter's own words for it stay the same."""
    said = FULL.replace("Europe/London", "UTC")
    assert house.render(FULL)[0].digest != house.render(said)[0].digest


def test_each_has_a_name_of_its_own_that_lasts(house: House) -> None:
    """By id, else by type and number: a title or a date may be mended when the letter is long gone."""
    two = "- {{type: event, title: {0}, date: 2025-07-17}}\n- {{type: event, id: vigil, title: b, date: 2025-07-18}}\n- {{type: event, title: c, date: 2025-07-19}}"
    rendered, _ = house.render(two.format("a"))
    assert [one.name for one in rendered.calendars] == ["event.ics", "vigil.ics", "event-2.ics"]
    mended, _ = house.render(two.format("z"))
    assert [event(mended, number)["UID"] for number in range(3)] == [
        event(rendered, number)["UID"] for number in range(3)
    ]
    assert len({event(rendered, number)["UID"] for number in range(3)}) == 3


def test_two_languages_are_one_meeting(house: House) -> None:
    """Who takes it in from both has it once (RFC 7986, 5.3), each in the words of its letter."""
    more = 'starts: "18:30", online: "https://example.org/live"'
    english, spanish = one(house, more), one(house, more, "es")
    assert english["UID"] == spanish["UID"]
    assert "Participar en línea" in spanish["DESCRIPTION"]


def test_the_letter_links_it_where_there_is_a_public_address(house: House) -> None:
    """In both parts; without an address there is no dead link, and nothing is attached (F13)."""
    without = "".join(house.letter(FULL))
    assert ".ics" not in without
    assert "Add it to your calendar" not in without
    house.public_url = PUBLIC
    page, text = house.letter(FULL)
    address = f"{PUBLIC}/2025-07/event.ics"
    assert address in [link["href"] for link in house.page(page).all("a")]
    assert f"Add it to your calendar <{address}>" in text.replace("\n", " ")
    page, _ = house.letter(FULL, "es")
    assert f"{PUBLIC}/2025-07/es/event.ics" in page


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "London time"),
        ("es", "hora de Londres"),
        ("fr", "heure de Londres"),
        ("de", "Ortszeit London"),
        ("ar", "لندن"),
    ],
)
def test_a_zone_is_said_in_words(house: House, language: str, words: str) -> None:
    """F8: nobody reads Europe/London; and words of one's own stay."""
    page, text = house.letter(FULL, language)
    for part in (" ".join(house.page(page).words), text):
        assert words in " ".join(part.split())
        assert "Europe/London" not in part
    assert "Lima time, summer" in house.letter(FULL.replace("Europe/London", "'Lima time, summer'"))[1]


def test_a_type_of_ones_own_may_have_one(house: House) -> None:
    """One line in fields.yaml; and without a day it is told."""
    folder = house.root / "templates" / "sections" / "vigil"
    folder.mkdir(parents=True)
    (folder / "fields.yaml").write_text("calendar: yes\nfields:\n  date: {kind: date}\n", "utf-8")
    (folder / "email.mjml").write_text("<mj-section><mj-column><mj-text>x</mj-text></mj-column></mj-section>", "utf-8")
    (folder / "email.txt").write_text("x {{ here.calendar }}\n", "utf-8")
    rendered, _ = house.render("- {type: vigil, date: 2025-07-17}\n- {type: vigil}")
    assert [one.name for one in rendered.calendars] == ["vigil.ics"]


def test_a_calendar_without_a_day_is_told(tmp_path: Path) -> None:
    """In fields.yaml, at its line."""
    folder = tmp_path / "templates" / "sections" / "vigil"
    folder.mkdir(parents=True)
    (folder / "fields.yaml").write_text("fields:\n  title: {kind: text}\ncalendar: yes\n", "utf-8")
    types, problems = read_types(Workspace(tmp_path))
    assert "vigil" not in types
    (found,) = (str(one) for one in problems)
    assert "vigil/fields.yaml:3" in found
    assert "day" in found


def test_each_edition_leads_to_the_page_in_its_language(house: House) -> None:
    """A meeting with a page in Spanish too: who reads Spanish is led there from the calendar as from the letter."""
    more = 'url: "https://example.org/evening", url_es: "https://example.org/velada"'
    assert one(house, more)["url"] == "https://example.org/evening"
    assert one(house, more, "es")["url"] == "https://example.org/velada"


def test_a_file_has_a_name_that_windows_writes(house: House) -> None:
    """An id that is a device's name there would end `publish` on it."""
    rendered, _ = house.render("- {type: event, id: con, title: x, date: 2025-07-17}")
    assert [one.name for one in rendered.calendars] == ["event.ics"]
