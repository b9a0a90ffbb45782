from __future__ import annotations

import datetime as dt

import pytest

from newsletter.nouns.draft import IssueName, Organisation, Profile, Sender, Translated
from newsletter.nouns.letter import Context, PictureFile, Rendered, Slot, SlotName
from newsletter.nouns.person import Recipient

NAME_IN_TEXT = Slot(SlotName.FIRST_NAME, Context.PLAIN_TEXT, "friend")
NAME_IN_HTML = Slot(SlotName.FIRST_NAME, Context.HTML_TEXT, "friend")
LEAVE_IN_HTML = Slot(SlotName.LEAVE_URL, Context.HTML_ATTRIBUTE)
LEAVE_IN_TEXT = Slot(SlotName.LEAVE_URL, Context.PLAIN_TEXT)
NAME_IN_SUBJECT = Slot(SlotName.FIRST_NAME, Context.HEADER, "friend")
CONGRESS = Slot(SlotName.PICTURE, Context.HTML_ATTRIBUTE, picture="congress-1a2b.png")
NOW = dt.datetime(2025, 7, 4, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=-5)))


@pytest.fixture
def profile() -> Profile:
    return Profile(
        title=Translated({"en": "Peru newsletter", "es": "Boletín sobre el Perú"}),
        languages=("en", "es"),
        countries={},
        organisation=Organisation(name="Friends of Peru"),
        sender=Sender("Coordinación Perú", "peru@example.org", "replies@example.org", "peru.news.example.org"),
        leave_by_mail="leave@example.org",
    )


@pytest.fixture
def rendered() -> Rendered:
    return Rendered(
        issue=IssueName.parse("2025-07"),
        language="en",
        direction="ltr",
        subject=("Peru: an amnesty that turns its back on the victims",),
        preheader="Congress backs bill 7549",
        html=(
            "<!doctype html>\n<html lang=en><body><p>Dear ",
            NAME_IN_HTML,
            ",</p>\n<p>" + "Perú, ¿quién dio la orden? " * 20 + '</p>\n.\n..\n.dots\nFrom here \n\t\n<img src="',
            CONGRESS,
            '"> <a href="',
            LEAVE_IN_HTML,
            '">Leave</a></body></html>\n',
        ),
        text=(
            "Dear ",
            NAME_IN_TEXT,
            ",\n\n.hidden dot\nFrom Lima   \n👩‍👩‍👧 سلام = 1\nLeave: <",
            LEAVE_IN_TEXT,
            ">\n",
        ),
        pictures=(PictureFile("congress-1a2b.png", "image/png", bytes(range(256)) * 20, 600, 400),),
        digest="ab" * 32,
    )


@pytest.fixture
def ana() -> Recipient:
    return Recipient("11" * 16, "ana@example.org", "Ana María", "en")
