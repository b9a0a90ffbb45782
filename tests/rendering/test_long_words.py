"""A word without end in any field of any type: it breaks, and the letter stays as wide as its window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from newsletter.drafting.types import read_types
from newsletter.nouns.draft import Field, Kind
from newsletter.workspace import Workspace, shipped
from tests.rendering.conftest import PLAIN

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.rendering.conftest import House

ENDLESS = "W" * 120
TYPES = read_types(Workspace(shipped()))[0]
OVER = """() => [...document.querySelectorAll("body *")].filter((one) => {
    const { left, right } = one.getBoundingClientRect()
    return one.getClientRects().length && getComputedStyle(one).opacity !== "0" && (right > innerWidth + 1 || left < -1)
}).map((one) => one.tagName + " " + one.className)"""


def endless(one: Field) -> str:
    """A field with nothing but one word in it, where it holds words at all."""
    if one.kind is Kind.PICTURE:
        return f"{{file: tall.jpg, alt: {ENDLESS}, caption: {ENDLESS}, credit: {ENDLESS}}}"
    if one.kind is Kind.ROWS:
        row = ", ".join(f"{part.name}: {endless(part)}" for part in one.fields)
        return f"[{{{row}}}, {{{row}}}]"
    if one.kind is Kind.SOURCES:
        return f"[{{title: {ENDLESS}, publisher: {ENDLESS}}}]"
    if one.kind in (Kind.TEXT, Kind.MARKDOWN):
        return ENDLESS
    return (
        one.choices[0]
        if one.kind is Kind.CHOICE
        else f"'{PLAIN[one.kind]}'"
        if one.kind is Kind.URL
        else PLAIN[one.kind]
    )


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("name", TYPES)
def test_a_word_without_end_breaks(browser: Browser, house: House, name: str, language: str) -> None:
    """X9 (WCAG 1.4.10): at 640, 375 and 320 pixels nothing stands over the edge; labels and heads, buttons and rows."""
    fields = ", ".join(
        f"{one.name}: {endless(one)}" for one in TYPES[name].fields if one.name not in ("country", "people")
    )
    html, _ = house.letter(f"- {{type: {name}, {fields}}}", language)
    page = browser.new_page()
    try:
        page.set_content(html)
        for width in (640, 375, 320):
            page.set_viewport_size({"width": width, "height": 700})
            assert page.evaluate(OVER) == [], width
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    finally:
        page.close()
