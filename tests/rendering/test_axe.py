"""axe-core, the usual measure of accessibility, finds nothing to mend in any letter."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.rendering.conftest import Letters

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async tags => {
  const found = await axe.run({runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']});
  return [found.passes.length, found.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.html.slice(0, 160) + ' ' + n.failureSummary.slice(0, 240)))];
}"""


@pytest.fixture(scope="module")
def page(browser: Any) -> Any:
    """One page for all letters, axe in each document."""
    page = browser.new_page()
    yield page
    page.close()


SINK = [f"sink-{issue}-{one}" for issue in ("2025-06", "2025-07", "2025-07-18-sula") for one in ("en", "es", "ar")]


@pytest.mark.parametrize(
    "name", ["july-en", "july-es", "arabic", "every-type-en", "every-type-es", "every-type-ar", *SINK]
)
def test_axe_finds_nothing(letters: Letters, page: Any, name: str) -> None:
    """X1-X7, X10: WCAG 2.0 to 2.2, A and AA, and best practice: wide and on a phone, by day and by night."""
    page.set_content(letters[name].html)
    page.evaluate(AXE)
    found = []
    for width, scheme in ((640, "light"), (640, "dark"), (375, "light")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        passes, violations = page.evaluate(RUN, TAGS)
        assert passes > 15
        found += [f"{width} {scheme} {one}" for one in violations]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("fault", "rule"),
    [
        ('<img src="x.png">', "image-alt"),
        ('<p style="color:#ccc;background:#fff">pale</p>', "color-contrast"),
        ('<a href="https://example.org/"></a>', "link-name"),
        ("<h6>deep</h6>", "heading-order"),
        ("</div></td></tr></table></div></div></div></div><p>outside of the letter</p>", "region"),
    ],
)
def test_a_fault_put_in_is_found(letters: Letters, page: Any, fault: str, rule: str) -> None:
    """What finds nothing has looked."""
    page.emulate_media(color_scheme="light")
    page.set_content(letters["july-en"].html.replace("</h1>", f"</h1>{fault}"))
    page.evaluate(AXE)
    _, violations = page.evaluate(RUN, TAGS)
    assert rule in {one.partition(":")[0] for one in violations}
