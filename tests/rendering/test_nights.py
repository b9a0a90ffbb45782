"""The kitchen sink by day and in every night there is: the letter's own, and those that mail programs make of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from newsletter.emulations.conditions import CONDITIONS, script

if TYPE_CHECKING:
    from tests.rendering.conftest import Letters

NAMES = [f"sink-{issue}-{one}" for issue in ("2025-06", "2025-07", "2025-07-18-sula") for one in ("en", "es", "ar")]
PARTIAL = script(CONDITIONS["partial-night"])


@dataclass(frozen=True)
class Night:
    """Whether the window asks for the letter's own night; what a mail program does by itself."""

    scheme: str = "light"
    given: dict[str, bool] | None = None  # to the script that turns light grounds and dark words
    whole: bool = False  # every colour is turned


NIGHTS = {
    "day": Night(),
    "its own": Night("dark"),
    "partial, marked": Night(given={}),
    "partial, unmarked": Night(given={"unmarked": True}),
    "whole": Night(whole=True),
    "whole, on its own": Night("dark", whole=True),
}

# The figures of invert(1) hue-rotate(180deg) are those of the Filter Effects module.
READ = """whole => {
  const figure = c => { const v = c.match(/[\\d.]+/g).map(Number); return v.length > 3 && v[3] === 0 ? null : v.slice(0, 3); };
  const turned = v => { if (!whole) return v; const [r, g, b] = v.map(x => 255 - x);
    return [-0.574 * r + 1.43 * g + 0.144 * b, 0.426 * r + 0.43 * g + 0.144 * b, 0.426 * r + 1.43 * g - 0.856 * b].map(x => Math.min(255, Math.max(0, x))); };
  const light = v => { const l = v.map(x => x / 255).map(x => x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
    return 0.2126 * l[0] + 0.7152 * l[1] + 0.0722 * l[2]; };
  const contrast = (one, other) => { const [a, b] = [light(turned(one)), light(turned(other))].sort((x, y) => y - x); return (a + 0.05) / (b + 0.05); };
  const ground = e => { for (; e; e = e.parentElement) { const found = figure(getComputedStyle(e).backgroundColor); if (found) return found; } return [255, 255, 255]; };
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const around = walk.currentNode.parentElement, words = walk.currentNode.textContent.trim(), style = getComputedStyle(around);
    if (!words || !around.getClientRects().length) continue;
    found.push([words, contrast(figure(style.color), ground(around)), parseFloat(style.fontSize)]);
  }
  for (const image of document.images) if (image.alt) found.push([image.alt, contrast(figure(getComputedStyle(image).color), ground(image)), 14]);
  const buttons = [...document.querySelectorAll('.button')].map(button => {
    const cell = button.querySelector('table td'), style = getComputedStyle(cell);
    const edge = parseFloat(style.borderTopWidth) ? figure(style.borderTopColor) : ground(cell);
    const box = button.querySelector('a').getBoundingClientRect();
    return [button.textContent.trim(), contrast(edge, ground(button.parentElement)), box.height, box.width];
  });
  return [found, buttons];
}"""


@pytest.fixture(scope="module")
def page(browser: Any) -> Any:
    """One page for all letters."""
    page = browser.new_page()
    yield page
    page.close()


def seen(page: Any, html: str, night: Night, width: int = 640) -> tuple[list[list[Any]], list[list[Any]]]:
    """Every text with its contrast and size; every button with its contrast, height and width."""
    page.emulate_media(color_scheme=night.scheme)
    page.set_viewport_size({"width": width, "height": 800})
    page.set_content(html)
    if night.given is not None:
        page.evaluate(PARTIAL, night.given)
    texts, buttons = page.evaluate(READ, night.whole)
    assert len(texts) > 40
    return texts, buttons


@pytest.mark.parametrize("name", NAMES)
def test_every_word_can_be_read_in_every_night(letters: Letters, page: Any, name: str) -> None:
    """X5, X9: a contrast of 4.5 at the least for all words and alt texts, and nothing below 14 px."""
    found = []
    for called, night in NIGHTS.items():
        texts, _ = seen(page, letters[name].without_pictures, night)
        found += [f"{called}: {words} {contrast:.1f}" for words, contrast, _ in texts if contrast < 4.5]
        found += [f"{called}: {words} {size} px" for words, _, size in texts if size < 14]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", [one for one in NAMES if "sula" not in one])
def test_buttons_are_easily_hit(letters: Letters, page: Any, name: str) -> None:
    """X10: 48 high; on a phone as wide as the text; X5: its edge can be told from the paper in the letter's own night."""
    for width in (640, 375, 320):
        _, buttons = seen(page, letters[name].without_pictures, NIGHTS["day"], width)
        assert buttons
        assert {round(height) for _, _, height, _ in buttons} <= {48, 44}  # 44 within an outline of 2
        assert width == 640 or min(wide for *_, wide in buttons) >= width - 52
    _, buttons = seen(page, letters[name].without_pictures, NIGHTS["its own"])
    assert min(contrast for _, contrast, _, _ in buttons) >= 3


def test_words_that_vanish_are_found(letters: Letters, page: Any) -> None:
    """What finds nothing has looked: grey words on yellow, dark words that a night leaves as they are."""
    html = letters["sink-2025-07-en"].without_pictures
    pale = html.replace("</h1>", '</h1><p style="color:#999">pale words</p>', 1)
    assert [one[0] for one in seen(page, pale, NIGHTS["day"])[0] if one[1] < 4.5] == ["pale words"]
    stuck = html.replace("</head>", "<style>body .text h2.title { color: #141414 !important; }</style></head>", 1)
    assert [one for one in seen(page, stuck, NIGHTS["partial, marked"])[0] if one[1] < 4.5]


@pytest.mark.parametrize("name", [one for one in NAMES if "sula" not in one])
def test_what_one_can_do_stays_yellow_in_the_night_of_outlook(letters: Letters, page: Any, name: str) -> None:
    """It marks what it turned round, and our own night answers: a button is seen from afar."""
    _, buttons = seen(page, letters[name].without_pictures, NIGHTS["partial, marked"])
    assert buttons
    assert min(contrast for _, contrast, _, _ in buttons) >= 3


@pytest.mark.parametrize("name", [one for one in NAMES if "sula" not in one])
def test_a_button_keeps_its_edge_where_a_program_marks_nothing(letters: Letters, page: Any, name: str) -> None:
    """Its ground is made dark, lines are left alone: a yellow edge stays yellow, an outline follows its words."""
    _, buttons = seen(page, letters[name].without_pictures, NIGHTS["partial, unmarked"])
    assert buttons
    assert min(contrast for _, contrast, _, _ in buttons) >= 3
