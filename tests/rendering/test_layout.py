"""A coordinator's own templates: what is wrong with them is said with file and line."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from newsletter.rendering.layout import TemplateMistake
from newsletter.workspace import MissingTemplate, shipped

if TYPE_CHECKING:
    from tests.rendering.conftest import House

LETTER = "- {type: letter, body: Hello.}"


def own(house: House, name: str, text: str) -> None:
    """Put a template of one's own into the workspace."""
    path = house.root / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


MJML = "<mj-section><mj-column><mj-text>\n{}\n</mj-text></mj-column></mj-section>"


@pytest.mark.parametrize(
    ("wrong", "line", "said"),
    [
        ("{{ section.titel }}", 2, "titel"),
        ("{% if %}", 2, "Expected"),
        ("{{ nothing }}", 2, "nothing"),
        ("{{ section.body.__class__ }}", 2, "__class__"),
        ("{{ coordinators }}", 2, "cannot be written"),
        ("{{ 1 / 0 }}", 2, "division"),
        ("<mj-buton/>", 2, "mj-buton"),
        ("{{ say('hello') }}", 2, "no words 'hello'"),
        ("{{ say('open_until', day=1) }}", 2, "'open_until' may only have the gaps ['day']"),
        ("<b>unclosed", 2, "<b> is not closed"),
        ("{% include 'sections/letter/email.mjml' %}", 1, "without end"),
    ],
)
def test_a_slip_is_named_with_its_line(house: House, wrong: str, line: int, said: str) -> None:
    """Of the template, not of what came out of it."""
    own(house, "sections/letter/email.mjml", MJML.format(wrong))
    with pytest.raises(TemplateMistake) as caught:
        house.letter(LETTER)
    assert str(caught.value).startswith(f"templates/sections/letter/email.mjml:{line}: ")
    assert said in str(caught.value)


def test_a_template_never_reaches_out_of_its_folder(house: House) -> None:
    """A secret beside templates/ stays there."""
    (house.root / ".env").write_text("SECRET", "utf-8")
    own(house, "sections/letter/email.txt", "{% include '../.env' %}")
    with pytest.raises(MissingTemplate):
        house.letter(LETTER)


def test_one_file_of_ones_own_is_enough(house: House) -> None:
    """The rest stays ours."""
    own(house, "sections/letter/email.mjml", MJML.format("Mine: {{ section.body }}"))
    page, text = house.letter(LETTER)
    assert "Mine: <p" in page
    assert "Leave the list" in page
    assert "Hello." in text


def test_what_was_saved_is_seen_at_once(house: House) -> None:
    """The preview renders in one process for hours: a template, words and a picture, put there, changed, taken away."""
    before, _ = house.letter(LETTER)
    for words in ("One", "Two"):
        own(house, "sections/letter/email.mjml", MJML.format(f"{words}: {{{{ section.body }}}}"))
        own(house, "content.css", f"p {{ color: #{len(words)}{ord(words[0]):05d}; }}")
        own(house, "words/en.yaml", (shipped() / "templates/words/en.yaml").read_text("utf-8") + f"leave: Go {words}\n")
        page, _ = house.letter(LETTER)
        assert f"{words}: <p" in page
        assert f"color:#{len(words)}{ord(words[0]):05d}" in page
        assert f"Go {words}" in page
    shutil.rmtree(house.root / "templates")
    assert house.letter(LETTER)[0] == before


def test_a_changed_picture_is_seen_at_once(house: House) -> None:
    """Also one that weighs as much as before."""
    section = "- {type: picture, image: {file: wide.png, alt: x}}"
    names = set()
    for colour in ("#335577", "#775533", "#557733"):
        Image.new("RGB", (1400, 700), colour).save(house.workspace.images / "wide.png")
        names.add(house.render(section)[0].pictures[0].name)
    assert len(names) == 3


def test_an_import_without_context_is_named(house: House) -> None:
    """It could not say any words: the way to mend it is told."""
    own(
        house,
        "sections/letter/email.mjml",
        "{% import 'parts.mjml' as parts %}" + MJML.format("{{ parts.link(1, 2) }}{{ parts.place_and_date(1, 2) }}"),
    )
    with pytest.raises(TemplateMistake, match="with context"):
        house.letter(LETTER)


def test_awkward_literals_of_a_template_pass(house: House) -> None:
    """No-break spaces, joiners and backslashes in an attribute, as they stand in a file."""
    own(
        house,
        "sections/letter/email.mjml",
        "<mj-section><mj-column><mj-image src='x\\y' alt='a\u00a0\"b\"\u200d\n\u0301c' /></mj-column></mj-section>",
    )
    page, _ = house.letter(LETTER)
    image = house.page(page).all("img")[0]
    assert image["alt"].replace("\n", " ") == 'a\u00a0"b"\u200d \u0301c'
    assert image["src"] == "x\\y"


def test_what_mrml_refuses_is_named_by_its_template(house: House) -> None:
    """It says neither file nor line: each section is laid out alone to find the one."""
    own(house, "sections/letter/email.mjml", "<mj-section><mj-column><?php x ?></mj-column></mj-section>")
    with pytest.raises(TemplateMistake) as caught:
        house.letter(LETTER + "\n- {type: news, title: x, body: y}")
    assert str(caught.value).startswith("templates/sections/letter/email.mjml:1: ")
