"""A letter under the conditions in which people read: narrow, enlarged, spaced out, inverted, without pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from newsletter.emulations.conditions import CONDITIONS as EMULATED
from newsletter.emulations.conditions import style

if TYPE_CHECKING:
    from tests.rendering.conftest import Letters

WIDTHS = (640, 375, 320)
CONDITIONS = {
    "as it is": "",
    "text spacing": style(EMULATED["text-spacing"]),
}

# A line's box is higher than its letters: what is above and below them may meet the next line's.
FAULTS = """() => {
  const wide = document.documentElement.clientWidth, found = [], lines = [];
  if (document.documentElement.scrollWidth > wide) found.push('scrolls sideways: ' + document.documentElement.scrollWidth);
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, words = node.textContent.trim(), range = document.createRange();
    if (!words || !node.parentElement.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue;
    if (node.parentElement.closest('thead, .of')?.getBoundingClientRect().width <= 1) continue;  // for screen readers alone
    for (const word of node.textContent.matchAll(/[^\\s\\/-]{1,16}(?![^\\s\\/-])/g)) {
      if (/[^\\s\\/-]/.test(node.textContent[word.index - 1] || ' ')) continue;
      range.setStart(node, word.index); range.setEnd(node, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map(r => Math.round(r.top))).size > 1) found.push('broken: ' + word[0]);
    }
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      if (box.width < 1) continue;
      if (box.left < -0.5 || box.right > wide + 0.5) found.push('leaves the page: ' + words);
      for (let e = node.parentElement; e !== document.body; e = e.parentElement) {
        const style = getComputedStyle(e), around = e.getBoundingClientRect();
        if (style.overflowX !== 'visible' && (box.left < around.left - 0.5 || box.right > around.right + 0.5)) found.push('cut at the side: ' + words);
        if (style.overflowY !== 'visible' && (box.top < around.top - 0.5 || box.bottom > around.bottom + 0.5)) found.push('cut above or below: ' + words);
        if (style.textOverflow === 'ellipsis') found.push('cut short: ' + words);
        if (e.tagName === 'TD' && (box.left < around.left - 2 || box.right > around.right + 2)) found.push('leaves its cell: ' + words);
      }
      const air = box.height * 0.15;
      lines.push({words, left: box.left, right: box.right, top: box.top + air, bottom: box.bottom - air});
    }
  }
  for (const table of document.querySelectorAll('table.data')) {
    const others = [...document.querySelectorAll('p')].filter(e => !e.closest('td').contains(table)).map(e => e.getBoundingClientRect());
    if (table.getBoundingClientRect().width > Math.max(...others.map(box => box.width)) + 1) found.push('wider than other sections: ' + table.caption.textContent);
  }
  lines.forEach((a, n) => { for (const b of lines.slice(n + 1)) {
    const across = Math.min(a.right, b.right) - Math.max(a.left, b.left), down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (across > 1.5 && down > 1.5) found.push('overlap: ' + a.words.slice(0, 40) + ' / ' + b.words.slice(0, 40));
  } });
  return [lines.length, found];
}"""
SINK = [f"sink-{issue}-{one}" for issue in ("2025-06", "2025-07", "2025-07-18-sula") for one in ("en", "es", "ar")]
NAMES = ["july-en", "july-es", "arabic", "every-type-en", "every-type-es", "every-type-ar", *SINK]


@pytest.fixture(scope="module")
def page(browser: Any) -> Any:
    """One page for all letters."""
    page = browser.new_page()
    yield page
    page.close()


def faults(page: Any, html: str, style: str = "", widths: tuple[int, ...] = WIDTHS) -> list[str]:
    """What a reader could not read at these widths."""
    page.set_content(html.replace("</head>", f"<style>{style}</style></head>"))
    page.wait_for_function("[...document.images].every(image => image.complete)")
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        lines, wrong = page.evaluate(FAULTS)
        assert lines > 20
        found += [f"{width}: {one}" for one in wrong]
    return found


@pytest.mark.parametrize("condition", CONDITIONS)
@pytest.mark.parametrize("name", NAMES)
def test_no_word_is_lost(letters: Letters, page: Any, name: str, condition: str) -> None:
    """X9: at 640, 375 and 320 px nothing scrolls sideways, no word is cut or broken, no line lies over another."""
    found = faults(page, letters[name].html, CONDITIONS[condition])
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", NAMES)
def test_no_word_is_lost_without_pictures(letters: Letters, page: Any, name: str) -> None:
    """X4, X9: where pictures are not loaded, their words stand in their place, at their own height."""
    found = faults(page, letters[name].without_pictures)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", NAMES)
def test_no_word_is_lost_at_twice_the_size(letters: Letters, browser: Any, name: str) -> None:
    """X9, WCAG 1.4.4: a window of 640 px at 200 % has room for 320, drawn with twice the points; so has one of 1280."""
    page = browser.new_page(device_scale_factor=2)
    found = faults(page, letters[name].html, widths=(320, 640))
    page.close()
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("style", "said"),
    [
        (".title { white-space: nowrap; }", "scrolls sideways"),
        (".title { height: 10px; overflow: hidden; }", "cut above or below"),
        (".title { margin-bottom: -30px; }", "overlap"),
        (".title { width: 40px; word-break: break-all; }", "broken"),
        (".data { width: 580px; }", "wider than other sections"),
    ],
)
def test_a_fault_put_in_is_found(letters: Letters, page: Any, style: str, said: str) -> None:
    """What finds nothing has looked."""
    style = style.replace(";", " !important;")
    assert any(said in one for one in faults(page, letters["sink-2025-07-18-sula-en"].html, style))
