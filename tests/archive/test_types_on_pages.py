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
from tests.any.pictures import pictures_at_hand
from tests.archive.conftest import noon

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
    pictures_at_hand(tmp_path)
    workspace = Workspace(tmp_path)
    profile = (shipped() / "issues" / "newsletter.yaml").read_text("utf-8")
    workspace.profile.write_text(profile.replace("approval: required", "approval: optional"), "utf-8")
    (workspace.issues / "2025-07.yaml").write_text(ISSUE, "utf-8")

    def page(day: dt.date) -> Any:
        return read(publish(workspace, Settings(), noon(day)).folder / "2025-07" / "index.html")

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


SEVERAL = """
subject: A letter from Peru
preheader: What stands beside the subject here, so that one reads on
send_on: 2025-07-04
sections:
- {type: petition, title: Sign, body: "The [Defensoría]{lang=es} asks.", url_es: "https://example.org/es", until: 2025-09-30,
   sources: [{title: "Una \\"ley\\"", language: es, url: "https://example.org/ley"}, {title: Law, url: "https://example.org/en", url_es: "https://example.org/law-es"}]}
- {type: event, title: Talk, date: 2025-07-17, online: "https://example.org/live", online_es: "https://example.org/vivo"}
- {type: custom, title: Ours, door_qu: "https://example.org/qu"}
"""


def test_pages_in_other_languages_on_the_web(tmp_path: Path) -> None:
    """X1: phrases, sources and links as in the letter, on the page of the issue and among what can still be done."""
    folder = tmp_path / "templates" / "sections" / "custom"
    folder.mkdir(parents=True)
    (folder / "fields.yaml").write_text("fields: {title: {kind: text}, door: {kind: url}}\n", "utf-8")
    for name, text in (("email.mjml", "<mj-section></mj-section>"), ("email.txt", "")):
        (folder / name).write_text(text, "utf-8")
    shutil.copytree(shipped() / "issues", tmp_path / "issues")
    pictures_at_hand(tmp_path)
    profile = tmp_path / "issues" / "newsletter.yaml"
    profile.write_text(profile.read_text("utf-8").replace("approval: required", "approval: optional"), "utf-8")
    for ending in ("", ".es"):
        (tmp_path / "issues" / f"2025-07{ending}.yaml").write_text(SEVERAL, "utf-8")
    site = publish(Workspace(tmp_path.resolve()), Settings(), noon(dt.date(2025, 7, 10))).folder
    english, spanish, front = ((site / one / "index.html").read_text("utf-8") for one in ("2025-07", "2025-07/es", "."))
    assert 'The <span lang="es">Defensoría</span> asks.' in english
    sign = '<a class="button" href="https://example.org/es" hreflang="es">Sign the petition (in Spanish)</a>'
    assert sign in english
    assert sign in front
    assert (
        '<a href="https://example.org/ley" hreflang="es"><span lang="es">Una «ley»</span> (in Spanish)</a>' in english
    )
    assert '<a href="https://example.org/en">Law</a>' in english
    assert 'href="https://example.org/qu" hreflang="qu">Door (in Quechua)</a>' in english
    assert "https://example.org/live" in english
    for here in (
        'href="https://example.org/es">Firmar la petición</a>',
        "https://example.org/law-es",
        "https://example.org/vivo",
    ):
        assert here in spanish
    assert "(en español)" not in spanish
    assert "~~" not in english + spanish + front


def test_pages_of_the_profile_on_the_web(tmp_path: Path) -> None:
    """X1: the page on a country, its report and the privacy notice in the reader's language, or with a word on whose."""
    shutil.copytree(shipped() / "issues", tmp_path / "issues")
    pictures_at_hand(tmp_path)
    profile = tmp_path / "issues" / "newsletter.yaml"
    text = profile.read_text("utf-8").replace("approval: required", "approval: optional")
    both = '{en: "https://example.org/privacy", es: "https://example.org/privacidad"}'
    text = text.replace("privacy_url: https://example.org/privacy", f"privacy_url: {both}")
    page = next(line for line in text.splitlines() if line.startswith("    page: "))
    profile.write_text(text.replace(page, '    page: {es: "https://example.org/peru-es"}'), "utf-8")
    site = publish(Workspace(tmp_path.resolve()), Settings(), noon(dt.date(2025, 7, 10))).folder
    english, spanish = ((site / one / "index.html").read_text("utf-8") for one in (".", "es"))
    assert '<a href="https://example.org/privacy">Privacy</a>' in english
    assert '<a href="https://example.org/privacidad">Privacidad</a>' in spanish
    assert '<a href="https://example.org/peru-es" hreflang="es">More on Peru (in Spanish)</a>' in english
    assert '<a href="https://example.org/peru-es">Más sobre ' in spanish
