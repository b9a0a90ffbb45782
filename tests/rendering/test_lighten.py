"""mrml's HTML in fewer bytes, and looking the same."""

from __future__ import annotations

import re

import pytest
from mjml import mjml2html

from newsletter.rendering.lighten import lighten


def laid_out(body: str) -> str:
    """MJML's body as mrml lays it out."""
    html: str = mjml2html(f"<mjml><mj-body>{body}</mj-body></mjml>", fonts={})
    return html


ONE = '<mj-section padding="0"><mj-column><mj-text>one</mj-text></mj-column></mj-section>'
SPACED = '<mj-section padding="8px"><mj-column><mj-text>one</mj-text></mj-column></mj-section>'
TWO = (
    '<mj-section padding="0"><mj-column><mj-text>one</mj-text></mj-column>'
    "<mj-column><mj-text>two</mj-text></mj-column></mj-section>"
)
TWO_WHOLE = TWO.replace("<mj-column>", '<mj-column width="100%">')
COLOURED = ONE.replace("<mj-section", '<mj-section background-color="#ffe600"')
RULED = ONE.replace("</mj-text>", '</mj-text><mj-divider/><mj-button href="https://example.org/">go</mj-button>')


@pytest.mark.parametrize("body", [ONE, SPACED, TWO, TWO_WHOLE, COLOURED, RULED, ONE + TWO + RULED + COLOURED + ONE])
def test_tags_and_conditions_stay_balanced(body: str) -> None:
    """Outlook sees a table open and close; so does everybody else."""
    html = lighten(laid_out(body))
    assert html.count("<!--[if") == html.count("<![endif]-->")
    for view in (re.sub(r"<!--\[if mso\]>|<!\[endif\]-->", "", html), re.sub(r"<!--\[if.*?endif\]-->", "", html)):
        for tag in ("table", "tr", "td", "div"):
            assert view.count(f"<{tag}>") + view.count(f"<{tag} ") == view.count(f"</{tag}>"), tag
    assert re.findall(r"\b(?:one|two|go)\b", html) == re.findall(r"\b(?:one|two|go)\b", laid_out(body))


def test_a_lone_column_needs_no_box() -> None:
    """L1: what stands around the only column of a section goes; what tells columns apart stays."""
    assert "mj-column-per-100" not in lighten(laid_out(ONE)).partition("<body")[2]
    assert lighten(laid_out(TWO)).count('class="mj-column-per-50"') == 2
    assert lighten(laid_out(TWO_WHOLE)).count('class="mj-column-per-100"') == 2
    assert "padding:8px" in lighten(laid_out(SPACED))


def test_a_coloured_section_keeps_its_colour_everywhere() -> None:
    """In Outlook too, which reads no background from a box."""
    html = lighten(laid_out(COLOURED))
    assert 'bgcolor="#ffe600"' in html
    assert re.search(r'<div style="background-color:#ffe600;[^"]*max-width:600px', html)


def test_outlook_keeps_the_width() -> None:
    """The letter is 600 pixels wide there, by attribute."""
    assert re.search(r'<!--\[if mso\]><table [^>]*width="600"[^>]*><tr><td', lighten(laid_out(ONE)))


def test_drawn_by_vml_keeps_its_names() -> None:
    """A background picture is drawn by VML there; its names are declared as long as they are used."""
    picture = (
        '<mj-section background-url="https://example.org/a.png" background-color="#ffffff"><mj-column/></mj-section>'
    )
    assert "xmlns:v=" in lighten(laid_out(picture))
    assert "xmlns:v=" not in lighten(laid_out(ONE))


HEAD = "<style>td{mso-line-height-rule:exactly}</style>"


def test_nothing_is_said_twice() -> None:
    """The width for Outlook, whose cells have their rule from the head where there is one; a colour that is not known yet."""
    marked = ONE.replace("<mj-section", '<mj-section css-class="field" background-color="[[aaaaaaaaaa-0]]"')
    for html in (lighten(laid_out(marked)), lighten(laid_out(COLOURED))):
        assert "width:600px;" not in html.replace("max-width:600px;", "")
        assert 'width="600"' in html
        assert "-outlook" not in html
        assert not re.search(r"background:([^;]+);background-color:\1", html)
        assert not re.search(r' style="[^"]*;"', html)
        assert "mso-line-height-rule:exactly" in html
    assert "exactly" not in lighten(HEAD + laid_out(COLOURED)).removeprefix(HEAD)


def test_what_only_outlook_reads_has_no_air() -> None:
    """Its own block stays whole: pictures at their size on a fine screen."""
    assert "<xml><o:OfficeDocumentSettings><o:AllowPNG/><o:PixelsPerInch>96</o:PixelsPerInch></o" in lighten(
        laid_out(ONE)
    )
