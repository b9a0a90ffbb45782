"""HTML in templates: what no letter may hold, and what a public page may not."""

from __future__ import annotations

import pytest

from newsletter.nouns.problem import Severity
from newsletter.rendering.lint import html
from newsletter.rendering.lint.mjml import IN_BODY, lint
from newsletter.workspace import shipped

TEXT = "<mj-section><mj-column><mj-text>{}</mj-text></mj-column></mj-section>"
PAGES = sorted((shipped() / "templates" / "sections").rglob("web.html"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name)
def test_our_own_pages_are_clean(path: object) -> None:
    """Every section type's part of a public page."""
    assert html.page(path.read_text("utf-8")) == ()  # type: ignore[attr-defined]  # a module found by name


@pytest.mark.parametrize("tag", sorted(html.REFUSED))
def test_what_no_letter_may_hold(tag: str) -> None:
    """X13: scripts, forms, frames, players: an error with a way out, in letters and on pages."""
    for found in (lint(TEXT.format(f"<{tag}></{tag}>"), IN_BODY), html.page(f"<{tag}></{tag}>")):
        assert any(one.message == f"<{tag}> may not stand here." and one.hint for one in found)


@pytest.mark.parametrize(
    ("inside", "said", "severity"),
    [
        ('<p onclick="x()">a</p>', "“onclick” runs a script", Severity.ERROR),
        ('<p style="background: url(a.png)">a</p>', "url() fetches", Severity.ERROR),
        ("<style>p { color: red }</style>", "<style> within the letter", Severity.ERROR),
        ('<img src="https://example.org/a.png" alt="" width="1">', "“src” loads something", Severity.ERROR),
        ('<img src="//example.org/{{ a }}" alt="" width="1">', "“src” loads something", Severity.ERROR),
        ('<td background="http://example.org/a.png"></td>', "“background” loads something", Severity.ERROR),
        ('<a href="javascript:a()">a</a>', "javascript:", Severity.ERROR),
        ('<a href="https://example.org">a</a>', "one fixed address", Severity.WARNING),
        ('<img src="{{ a }}" width="1">', "without alt", Severity.ERROR),
        ('<img src="{{ a }}" alt="">', "without width", Severity.WARNING),
        ("<table><tr><td>a</td></tr></table>", "without role", Severity.WARNING),
        ("<pp>a</pp>", "no <pp> in HTML", Severity.ERROR),
        ('<p calss="a">a</p>', "no attribute “calss”", Severity.WARNING),
        ('<p style="colour: red">a</p>', "no property “colour”", Severity.WARNING),
    ],
)
def test_what_harms_a_reader_is_told(inside: str, said: str, severity: Severity) -> None:
    """What runs, loads, hides or cannot be read aloud."""
    found = [one for one in lint(TEXT.format(inside), IN_BODY) if said in one.message]
    assert [one.severity for one in found] == [severity]
    assert found[0].hint


@pytest.mark.parametrize(
    "inside",
    [
        '<a href="{{ section.url }}">a</a><a href="#top">b</a><a href="mailto:{{ a }}">c</a>',
        '<a href="https://example.org/?x={{ a }}">a</a>',
        '<img src="{{ shown.src }}" alt="{{ image.alt }}" width="{{ shown.width }}">',
        '<p style="color: {{ colour.ink }}; padding-{{ start }}: 2px" data-x="1" aria-hidden="true" lang="es">a</p>',
    ],
)
def test_values_lead_and_load(inside: str) -> None:
    """What an author named in the issue is her own affair, and other checks look at it."""
    assert lint(TEXT.format(inside), IN_BODY) == ()
