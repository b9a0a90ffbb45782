"""Years and months are found in every language of the program, and nothing else is taken for one."""

from __future__ import annotations

import datetime as dt

import pytest

from newsletter.drafting.adopt.find_months import find_months, month_in, split_at_headings
from newsletter.drafting.adopt.only_date import only_date
from newsletter.drafting.adopt.read_text import read_text


def months(text: str) -> list[tuple[int, int, str]]:
    """Year, month and language of each heading of a month."""
    blocks = split_at_headings(read_text(text, "page.txt").blocks)
    return [(mark.year, mark.month, mark.language) for mark in find_months(blocks) if mark.month]


@pytest.mark.parametrize(
    ("heading", "language"),
    [
        ("July 2025", "en"),
        ("JULY 2025:", "en"),
        ("julio de 2025", "es"),
        ("Julio 2025", "es"),
        ("juillet 2025", "fr"),
        ("julho de 2025", "pt"),
        ("Juli 2025", "de"),
        ("luglio 2025", "it"),
        ("يوليو 2025", "ar"),
        ("2025 July", "en"),
        ("Jul. 2025", "en"),
        ("* July 2025 *", "en"),
        ("Newsletter – July 2025", "en"),
        ("Boletín de julio de 2025", "es"),
    ],
)
def test_a_month_in_every_language(heading: str, language: str) -> None:
    """As people write it: capitals, colons, “de”, among the words of a title."""
    assert months(f"{heading}\n\nA paragraph that says what happened then.") == [(2025, 7, language)]


@pytest.mark.parametrize(
    "line",
    [
        "13 June 2025",
        "In July 2025 Congress approved the bill.",
        "The protests of July 2025",
        "May I ask you something",
        "June and Peter came.",
        "Mar",
        "2025",
        "Photo: Lima, July 2025",
    ],
)
def test_what_is_no_month(line: str) -> None:
    """Days, sentences, names and captions."""
    assert months(f"{line}\n\nA paragraph that says what happened then.") == []


def test_months_take_the_year_above_them() -> None:
    """Newest first, under a heading for each year."""
    text = "Significant Events 2025\n\nFebruary\n\nText one.\n\nJanuary\n\nText two.\n\nSignificant Events 2024\n\nDecember\n\nText."
    assert [one[:2] for one in months(text)] == [(2025, 2), (2025, 1), (2024, 12)]


def test_months_without_a_year_follow_the_order() -> None:
    """Newest first and oldest first, over New Year."""
    newest = "February 2025\n\nText.\n\nJanuary\n\nText.\n\nDecember\n\nText."
    assert [one[:2] for one in months(newest)] == [(2025, 2), (2025, 1), (2024, 12)]
    oldest = "November 2024\n\nText.\n\nDecember\n\nText.\n\nJanuary\n\nText."
    assert [one[:2] for one in months(oldest)] == [(2024, 11), (2024, 12), (2025, 1)]


def test_a_heading_may_share_its_paragraph() -> None:
    """As where a page breaks the line without beginning a new paragraph."""
    assert [
        one[:2] for one in months("Hechos 2025\njulio de 2025\nEl Congreso aprobó la ley.\n\nSetiembre\nOtro texto.")
    ] == [
        (2025, 7),
        (2025, 9),
    ]


def test_the_month_of_a_title() -> None:
    """Where it names one; two are none."""
    assert month_in("Peru newsletter, July 2025") == (2025, 7)
    assert month_in("Boletín: marzo de 2024") == (2024, 3)
    assert month_in("From May 2024 to July 2025") is None
    assert month_in("Visit on 13 July 2025") is None


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("Lima, 13 June 2025: the statement says so.", "en", dt.date(2025, 6, 13)),
        ("On June 13, 2025 it said so.", "en", dt.date(2025, 6, 13)),
        ("On 13 June it said so.", "en", dt.date(2025, 6, 13)),
        ("El 13 de junio de 2025 lo dijo.", "es", dt.date(2025, 6, 13)),
        ("El 1º de julio lo dijo.", "es", dt.date(2025, 7, 1)),
        ("On 12 June and on 13 June.", "en", None),
        ("She died on 4 March 1997.", "en", None),
        ("On 30 August 2025 there will be a vote.", "en", None),
        ("They came on 10-13 June 2025.", "en", None),
        ("On 31 June it said so.", "en", None),
        ("In June 2025 it said so.", "en", None),
    ],
)
def test_the_only_day(text: str, language: str, day: dt.date | None) -> None:
    """One day, near the month; two days, a day long ago or to come, or no such day are none."""
    assert only_date(text, language, 2025, 7) == day
