"""A small edition with everything that a platform could stumble over."""

from __future__ import annotations

import os

import pytest

from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import Context, PictureFile, Rendered, Slot, SlotName

IN_TEXT = Slot(SlotName.FIRST_NAME, Context.HTML_TEXT, fallback="friend & ally")
PLAIN = Slot(SlotName.FIRST_NAME, Context.PLAIN_TEXT, fallback="friend & ally")
HEADER = Slot(SlotName.FIRST_NAME, Context.HEADER, fallback="friend & ally")
LEAVE = Slot(SlotName.LEAVE_URL, Context.HTML_ATTRIBUTE)
LEAVE_PLAIN = Slot(SlotName.LEAVE_URL, Context.PLAIN_TEXT)
PICTURE = Slot(SlotName.PICTURE, Context.HTML_ATTRIBUTE, picture="vote-1a2b.png")

AWKWARD = "{{ braces }} {% tag %} {# note #} *|STARS|* {one} <!-- not a comment"


@pytest.fixture
def rendered() -> Rendered:
    """Author's text that looks like tags of every platform, comments for Outlook, and slots of every kind."""
    safe = AWKWARD.replace("<", "&lt;")
    html = (
        '<!doctype html><html lang="en"><head><title>Peru</title><style>@media screen{#outlook a{padding:0}}</style>',
        '</head><body><div style="display:none">Congress votes</div>',
        "<!--[if mso | IE]><table><tr><td><![endif]--><p>Dear {",
        IN_TEXT,
        f"}},</p><p>{safe}</p>",
        '<!--[if !mso]><!--><img alt="A &quot;vote&quot;" src="',
        PICTURE,
        '"><!--<![endif]--><a href="https://example.org/?q={{x}}">read</a><a href="',
        LEAVE,
        '">Leave this list</a><!--[if mso | IE]></td></tr></table><![endif]--></body></html>',
    )
    return Rendered(
        issue=IssueName(2025, 7),
        language="en",
        direction="ltr",
        subject=("{{Peru}}: ", HEADER, ", look"),
        preheader="Congress votes",
        html=html,
        text=("Dear {", PLAIN, f"}},\n\n{AWKWARD}\n\nLeave: ", LEAVE_PLAIN, "\n"),
        pictures=(PictureFile("vote-1a2b.png", "image/png", b"\x89PNG picture", 300, 200),),
        digest="0" * 64,
    )


@pytest.fixture
def update_golden() -> bool:
    """Whether the golden files are to be written afresh: NEWSLETTER_GOLDEN=write."""
    return os.environ.get("NEWSLETTER_GOLDEN") == "write"
