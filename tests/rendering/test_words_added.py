"""A volunteer adds a language: one file in templates/words/, and letter, text part and public pages speak it."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import yaml

from newsletter.archive.publish import publish
from newsletter.settings import Settings
from newsletter.workspace import Workspace, shipped
from tests.rendering.conftest import House, every_type, stocked

READ_BY_THE_PROGRAM = re.compile(r".*_pattern|direction|quote.*|comma|colon|language|in_this_language")
SIGN = "ŵ"
TALK = "- {type: event, title: Talk, date: 2025-07-17, body: B., significant: yes}\n"


def words_file(root: Path, language: str, *, without: tuple[str, ...] = (), **own: str) -> None:
    """Our English words, each marked as if somebody had translated it, as the file of another language."""
    english = yaml.load((shipped() / "templates" / "words" / "en.yaml").read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - strings only
    translated = {
        name: words if READ_BY_THE_PROGRAM.fullmatch(name) else SIGN + words
        for name, words in english.items()
        if name not in without
    }
    folder = root / "templates" / "words"
    folder.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump(translated | own, allow_unicode=True)
    (folder / f"{language}.yaml").write_text(text, "utf-8")


def profile(language: str) -> str:
    """The profile of a newsletter in English and one more language."""
    return House.profile_text.replace("[en, es]", f"[en, {language}]")


def test_one_file_makes_a_letter_speak(tmp_path: Path) -> None:
    """Every fixed phrase of every type, months and days, names of languages, the direction: none is left in English."""
    house = stocked(tmp_path, arabic=False)
    house.public_url = "https://news.example.org"
    words_file(tmp_path, "sw")
    sections = every_type(house)
    rendered, problems = house.render(sections, "sw", profile=profile("sw"))
    assert not problems, [str(problem) for problem in problems]
    html, text = house.filled(rendered.html), house.filled(rendered.text)
    assert house.page(html).all("html")[0]["lang"] == "sw"
    assert "Julai 2025" in html.replace("\u00a0", " ")
    english = [words for words in phrases() if " " in words and "{" not in words and words not in sections]
    for part in (html, text):
        said = " ".join(part.split())
        assert SIGN in said
        for words in english:
            assert not re.search(rf"(?<!{SIGN}){re.escape(words)}", said), words
    html, _ = house.letter(
        "- {type: petition, title: T, body: B., url_es: 'https://example.org/es'}\n", "sw", profile=profile("sw")
    )
    assert f"{SIGN}(in Kihispania)" in html


def phrases() -> list[str]:
    """Our English phrases that people read."""
    english = yaml.load((shipped() / "templates" / "words" / "en.yaml").read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - strings only
    return [words for name, words in english.items() if not READ_BY_THE_PROGRAM.fullmatch(name)]


def test_a_language_read_from_the_right(tmp_path: Path) -> None:
    """X1: one line in its file mirrors the letter, and keeps Latin names apart; it needs no marks in its phrases."""
    house = stocked(tmp_path, arabic=False)
    words_file(tmp_path, "fa", direction="rtl", comma="،", started_by="آغازگر: {name}.")
    html, text = house.letter(
        "- {type: petition, title: عنوان, body: متن., url: 'https://example.org/p', by: 'Example, Inc.', until: 2025-09-30}\n",
        "fa",
        profile=profile("fa"),
    )
    assert "direction:ltr" not in html.partition("<body")[2]
    assert 'آغازگر: <span dir="ltr">Example, Inc.</span>\u200f.' in html
    assert "آغازگر: \u2066Example, Inc.\u2069\u200f." in text


def test_the_public_pages_speak_it_too(tmp_path: Path) -> None:
    """Pages, labels, the way to the other language."""
    words_file(tmp_path, "sw")
    site = published(tmp_path, "sw")
    page = (site / "2025-07" / "sw" / "index.html").read_text("utf-8")
    assert '<html lang="sw" dir="ltr">' in page
    assert f"{SIGN}Event" in page
    assert "17\u00a0Julai\u00a02025" in page
    assert 'lang="sw">In English</a>' in (site / "2025-07" / "index.html").read_text("utf-8")


def test_the_public_pages_speak_a_language_whose_months_nobody_has_named(tmp_path: Path) -> None:
    """As the letter does: months come from the language that its words name, the language is called what it is called."""
    words_file(tmp_path, "ay", calendar="es", page_letter_of="Carta de {month}", in_this_language="Aymar aru")
    site = published(tmp_path, "ay")
    assert "Carta de julio" in (site / "peru" / "2025" / "ay" / "index.html").read_text("utf-8")
    assert "Aymar aru" in (site / "2025-07" / "index.html").read_text("utf-8")


def published(root: Path, language: str) -> Path:
    """The public pages of an issue in English and in this language."""
    house = stocked(root, arabic=False)
    house.profile(profile(language).replace("leave_by_mail", "approval: optional\nleave_by_mail"))
    for one in ("en", language):
        house.edition(TALK, one)
    for path in (root / "issues").glob("2025-07*.yaml"):
        text = path.read_text("utf-8").replace(
            "What stands beside the subject", "What stands beside the subject in an inbox"
        )
        path.write_text(text, "utf-8")
    return publish(Workspace(root.resolve()), Settings(), dt.datetime(2025, 7, 10, 12, tzinfo=dt.UTC)).folder


def test_what_a_new_file_lacks_is_told(tmp_path: Path) -> None:
    """A warning with the file and the names of the phrases that are still said in English; the letter goes on."""
    house = stocked(tmp_path, arabic=False)
    words_file(tmp_path, "sw", without=("sign", "when"))
    rendered, problems = house.render(
        "- {type: petition, title: T, body: B., url: 'https://example.org/p'}\n", "sw", profile=profile("sw")
    )
    assert "Sign the petition" in house.filled(rendered.html)
    assert [(str(one.place), one.severity.value) for one in problems] == [("templates/words/sw.yaml:1:1", "warning")]
    assert problems[0].message == "2 phrases are missing, and are said in English: sign, when."
    assert "templates/words/en.yaml" in problems[0].hint
