"""The page for the second reader: whole by itself, safe, readable everywhere, in her language."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from newsletter.__main__ import main
from newsletter.workspace import Workspace
from tests.any.pictures import pictures_at_hand

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async tags => {
  const found = await axe.run({runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']});
  return [found.passes.length, found.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.html.slice(0, 160)))];
}"""
LARGEST = 300_000


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's July: approved, then changed and spoilt a little, then given to read."""
    import shutil

    from newsletter.workspace import shipped

    root = tmp_path_factory.mktemp("review")
    shutil.copytree(shipped() / "issues", root / "issues")
    pictures_at_hand(root)
    folder = ["--workspace", str(root)]
    assert main([*folder, "approve", "2025-07", "--by", "Rosa <Example>", "--yes"]) == 0
    path = root / "issues" / "2025-07.yaml"
    text = path.read_text("utf-8").replace("123 people were killed", "124 people were killed", 1)
    path.write_text(text.replace("|friend},", "|friend}, [here](https://example.org/a),"), "utf-8")
    assert main([*folder, "review", "2025-07"]) == 0
    return root / "outbox" / "2025-07"


def test_it_needs_nothing_from_elsewhere(made: Path, browser: Any) -> None:
    """No request leaves, nothing runs, the letter stands in a sandbox with its pictures; light enough for a mail."""
    for name in ("review.html", "review.es.html"):
        assert (made / name).stat().st_size < LARGEST
        page = browser.new_page()
        asked: list[str] = []
        said: list[str] = []
        page.on("request", lambda request: asked.append(request.url))  # noqa: B023 - heard within this round
        page.on("console", lambda message: said.append(message.text))  # noqa: B023 - heard within this round
        page.goto((made / name).as_uri())
        assert [url for url in asked if not url.startswith(("file:", "data:", "about:"))] == []
        assert said == []
        frame = page.frames[1]
        assert page.locator("iframe").get_attribute("sandbox") == "allow-popups allow-popups-to-escape-sandbox"
        pictures = frame.locator("img")
        assert pictures.count() > 1
        assert all(pictures.nth(one).evaluate("one => one.naturalWidth > 1") for one in range(pictures.count()))
        page.close()
    html = (made / "review.html").read_text("utf-8")
    assert "<script" not in html
    assert html.index("default-src &#39;none&#39;; style-src") < html.index("<style>")


@pytest.mark.parametrize("name", ["review.html", "review.es.html"])
def test_axe_finds_nothing(made: Path, browser: Any, name: str) -> None:
    """Wide and on a phone, by day and by night; and nothing is wider than the screen."""
    for width, scheme in ((1280, "light"), (390, "dark"), (320, "light")):
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True)
        page = context.new_page()
        page.goto((made / name).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.evaluate(AXE)
        passes, violations = page.evaluate(RUN, TAGS)
        assert passes > 15
        assert violations == []
        context.close()


def test_it_says_what_changed_since_it_was_approved(made: Path, browser: Any) -> None:
    """Who approved it, which parts are others now, and the very words; a name is shown as it was typed."""
    page = browser.new_page()
    page.goto((made / "review.html").as_uri())
    said = page.locator("#changes").inner_text()
    assert "Changed since Rosa <Example> approved it" in said
    assert "Changed: letter" in said
    assert any(one.endswith("123") for one in page.locator("#changes del").all_inner_texts())
    assert any(one.endswith("124") for one in page.locator("#changes ins").all_inner_texts())
    assert "Beside the letter of June" in said
    page.close()


def test_the_problems_are_those_of_check(made: Path, browser: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """In the same words, with the same places."""
    import json

    main(["--workspace", str(made.parents[1]), "check", "2025-07", "--json"])
    problems = json.loads(capsys.readouterr().out)
    page = browser.new_page()
    page.goto((made / "review.html").as_uri())
    said = page.locator("#problems").inner_text()
    mine = [one for one in problems if one["file"] != "issues/2025-07.es.yaml"]
    assert mine
    for one in mine:
        assert one["message"] in said
        assert f"{one['file']}:{one['line']}:{one['column']}" in said
    page.close()


def test_a_spanish_edition_s_page_is_in_spanish(made: Path, browser: Any) -> None:
    """Its words, its language, its dates, its answers."""
    page = browser.new_page()
    page.goto((made / "review.es.html").as_uri())
    assert page.locator("html").get_attribute("lang") == "es"
    assert "Hoy es usted" in page.locator("h1").inner_text()
    assert "4 de julio de 2025" in page.locator("main").inner_text().replace("\u00a0", " ")
    assert "Aprobado%3A%202025-07" in page.locator(".links .main").get_attribute("href")
    page.close()


def test_what_the_program_found_is_said_in_spanish(made: Path, browser: Any) -> None:
    """To the Spanish edition's reader; nothing of it is left in English."""
    page = browser.new_page()
    page.goto((made / "review.es.html").as_uri())
    said = page.locator("#problems li p:not(.place)")
    assert said.count() > 1
    assert {one.get_attribute("lang") for one in said.all()} == {"es"}
    assert "inglés" not in page.locator("#problems").inner_text()
    page.close()


def test_while_errors_stand_only_a_change_can_be_asked_for(sample: Workspace) -> None:
    """Nobody approves what cannot go out; what can be seen of it is there to be read."""
    path = sample.issues / "2025-07.yaml"
    path.write_text(path.read_text("utf-8").replace("{first_name|friends}", "{first_name|friend} {nobody}"), "utf-8")
    assert main(["--workspace", str(sample.root), "review", "2025-07", "--language", "en"]) == 0
    html = (sample.outbox / "2025-07" / "review.html").read_text("utf-8")
    assert "It cannot go out yet" in html
    assert "I approve it" not in html
    assert "Please change something" in html
