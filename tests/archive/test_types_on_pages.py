"""What section types show on a page of their own: recording, outcome, person, previous."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newsletter.archive.publish import publish
from newsletter.settings import Settings
from newsletter.workspace import Workspace, shipped

ISSUE = """
subject: A letter from Peru
preheader: What stands beside the subject here, so that one reads on
send_on: 2025-07-04
sections:
- {type: recording, title: Voices, url: "https://example.org/rec", until: 2025-07-30, length: 52 minutes,
   image: {file: microphones.png, alt: Three microphones}}
- {type: outcome, asked: that they be tried., since: a trial began.}
- {type: person, title: Elena, pseudonym: yes, body: She waits., portrait: {file: daughter.png, alt: A woman}}
- {type: person, title: Rosa, pseudonym: yes, body: She waits.}
- {type: previous, title: Before the Court, issue: 2025-06, url: "https://news.example.org/2025-06/"}
"""
CHANGED = "The name has been changed."


@pytest.fixture
def on(tmp_path: Path, read: Callable[[Path], Any]) -> Callable[[dt.date], Any]:
    """The issue's page as it stands on a day."""
    (tmp_path / "issues").mkdir()
    shutil.copytree(shipped() / "issues" / "images", tmp_path / "issues" / "images")
    workspace = Workspace(tmp_path)
    profile = (shipped() / "issues" / "newsletter.yaml").read_text("utf-8")
    workspace.profile.write_text(profile.replace("approval: required", "approval: optional"), "utf-8")
    (workspace.issues / "2025-07.yaml").write_text(ISSUE, "utf-8")

    def page(day: dt.date) -> Any:
        return read(publish(workspace, Settings(), day).folder / "2025-07" / "index.html")

    return page


def test_a_recording_leads_away_while_it_is_online(on: Callable[[dt.date], Any]) -> None:
    """The picture and the button lead there, the picture says so; when it is gone, neither does."""
    page = on(dt.date(2025, 7, 10))
    assert [link.text for link in page.all("a") if link.attributes["href"].endswith("/rec")] == [
        "",
        "Watch the recording",
    ]
    assert page.all("img")[0].attributes["alt"] == "Watch the recording. Picture: Three microphones"
    gone = on(dt.date(2025, 8, 1))
    assert not [link for link in gone.all("a") if link.attributes["href"].endswith("/rec")]
    assert gone.all("img")[0].attributes["alt"] == "Three microphones"


def test_the_others_say_all_there_is(on: Callable[[dt.date], Any]) -> None:
    """Rows, the truth about a name with a portrait or without, the way to an earlier letter."""
    page = on(dt.date(2025, 7, 10))
    assert [row.text for row in page.all("dt")] == ["You asked", "Since then"]
    assert "You signed. This happened." in [title.text for title in page.all("h2", "h3")]
    assert page.text.count(CHANGED) == 2
    assert CHANGED in " ".join(one.text for one in page.all("figcaption"))
    assert ("Read the letter", "https://news.example.org/2025-06/") in [
        (link.text, link.attributes["href"]) for link in page.all("a")
    ]
