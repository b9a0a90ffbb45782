from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from newsletter.letters.answers import reader_answers
from newsletter.letters.fill import fill
from newsletter.nouns.letter import Context, Letter, Rendered, Slot, SlotName
from newsletter.platforms.convert import BadExport, BadFallback, Converted, convert
from newsletter.platforms.platform import Platform, platform

Engines = Callable[[str], Callable[[str, str, str], str]]
LEAVE = "https://lists.example.org/leave?a=1"
KEYS = ("mailchimp", "brevo", "listmonk")
NAMES = ["Ana", "", "María", "O'Neill", "Ana <b>"]


def address(name: str) -> str:
    return f"images/{name}"


def ours(rendered: Rendered, name: str) -> Letter:
    """The letter as we would send it ourselves: what every platform has to come to as well."""
    return fill(rendered, reader_answers(name, LEAVE, address))


def same(made: str, wanted: str) -> None:
    """The same to a reader: character references may be written differently."""
    assert html.unescape(made) == html.unescape(wanted)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("key", KEYS)
def test_the_platform_sends_the_letter_that_we_would_send(
    rendered: Rendered, engines: Engines, key: str, name: str
) -> None:
    """Names, fallbacks, the author's own braces, code for Outlook and the leave link come out as in our own sending."""
    expand = engines(key)
    done, wanted = convert(rendered, platform(key), address), ours(rendered, name)
    apart = "@media screen{ #" if key == "brevo" else "@media screen{#"  # the same to a browser, no comment to Brevo
    same(expand(done.html, name, "html"), wanted.html.replace("@media screen{#", apart))
    assert expand(done.text, name, "text").replace("\u2060", "") == wanted.text
    assert expand(done.subject, name, "text") == wanted.subject


def test_listmonk_keeps_the_code_for_outlook(rendered: Rendered) -> None:
    """Go's html/template drops every comment: each delimiter is said as a safe string, what stands between stays open."""
    done = convert(rendered, platform("listmonk"), address)
    assert "<!--[if" not in re.sub(r"\{\{Safe \"[^\"]*\"\}\}", "", done.html)
    for delimiter in ("<!--[if mso | IE]>", "<![endif]-->", "<!--[if !mso]><!-->", "<!--<![endif]-->"):
        assert f'{{{{Safe "{delimiter}"}}}}' in done.html
    back = re.sub(r"\{\{Safe \"([^\"]*)\"\}\}", r"\1", done.html)
    assert back.count("<!--") == "".join(piece for piece in rendered.html if isinstance(piece, str)).count("<!--")


def test_the_mark_survives_for_readers_without_a_name() -> None:
    """They would be greeted by their mailbox: the list marks them, and the tag looks at the mark first."""
    tag = platform("listmonk").first_name
    assert tag.startswith("{{with .Subscriber.Attribs.nameless}}⟪fallback⟫{{else}}")


@pytest.mark.parametrize("key", KEYS)
def test_the_export_is_as_it_was(rendered: Rendered, key: str, update_golden: bool) -> None:
    """U14: one small golden file a platform. NEWSLETTER_GOLDEN=write writes them afresh."""
    done, golden = convert(rendered, platform(key), address), Path(__file__).parent / "golden" / f"{key}.txt"
    found = "\n\n".join([done.subject, done.text, done.html.replace("><", ">\n<")])
    if update_golden:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(found, "utf-8")
    assert found == golden.read_text("utf-8")


@pytest.mark.parametrize("key", KEYS)
def test_there_is_exactly_one_way_to_leave_and_it_is_the_platforms(rendered: Rendered, key: str) -> None:
    """U14: the platform's own tag in HTML and text, once each, and nothing of ours."""
    goal = platform(key)
    done = convert(rendered, goal, address)
    assert done.html.count(goal.leave_url) == done.text.count(goal.leave_url) == 1
    assert f'href="{goal.leave_url}"' in done.html
    assert "mailto:" not in done.html + done.text
    assert "/u/" not in done.html + done.text


@pytest.mark.parametrize("key", KEYS)
def test_without_a_leave_link_nothing_is_exported(rendered: Rendered, key: str) -> None:
    """U14: a template that lost the link is found before anybody pastes it."""
    without = [tuple(piece for piece in part if not _leaves(piece)) for part in (rendered.html, rendered.text)]
    for lost in (replace(rendered, html=without[0]), replace(rendered, text=without[1])):
        with pytest.raises(BadExport, match="no link to leave"):
            convert(lost, platform(key), address)


def _leaves(piece: object) -> bool:
    return isinstance(piece, Slot) and piece.name is SlotName.LEAVE_URL


@pytest.mark.parametrize("key", KEYS)
def test_no_character_of_the_author_is_taken_for_a_gap(rendered: Rendered, key: str) -> None:
    """Signs of a font's own (private use) come through wherever they stand."""
    odd = "\ue0000\ue001 \ue0009\ue001 \ue000"
    done = convert(replace(rendered, text=(odd, *rendered.text), html=(odd, *rendered.html)), platform(key), address)
    assert done.text.startswith(odd)
    assert done.html.startswith(odd)


def test_a_gap_that_nothing_filled_stops_the_export(rendered: Rendered) -> None:
    gap = replace(rendered, text=("Dear {first_name|friend} ", *rendered.text))
    with pytest.raises(BadExport, match=r"email\.txt still holds a gap"):
        convert(gap, platform("mailchimp"), address)


@pytest.mark.parametrize(
    ("key", "fallback"), [("brevo", "l'amie"), ("brevo", "a|b"), ("mailchimp", "a|*"), ("listmonk", "{{x")]
)
def test_a_fallback_that_would_break_the_tag_is_refused(rendered: Rendered, key: str, fallback: str) -> None:
    """fallback_forbids: the author is told which characters, and by which word she can find the place."""
    slot = Slot(SlotName.FIRST_NAME, Context.HTML_TEXT, fallback=fallback)
    with pytest.raises(BadFallback, match=re.escape(fallback)):
        convert(replace(rendered, html=(slot, *rendered.html)), platform(key), address)


def test_a_subject_stays_one_line(rendered: Rendered) -> None:
    with pytest.raises(BadExport, match="subject"):
        convert(replace(rendered, subject=("a\nb",)), platform("brevo"), address)


def test_a_page_larger_than_the_platform_takes_is_refused(rendered: Rendered) -> None:
    small: Platform = replace(platform("brevo"), max_html_bytes=100)
    with pytest.raises(BadExport, match="larger than the 100 bytes"):
        convert(rendered, small, address)


def test_the_same_input_gives_the_same_bytes(rendered: Rendered) -> None:
    made: list[Converted] = [convert(rendered, platform("listmonk"), address) for _ in range(2)]
    assert made[0] == made[1]
