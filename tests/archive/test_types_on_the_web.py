"""Urgent action, quotation, figure and timeline on the public pages: what the letter says, and what can still be done."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from tests.archive.conftest import PROFILE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.archive.conftest import Generated, Node

SECTIONS = """
- type: urgent-action
  title: Do not enact the law
  what: Congress passed it.
  addressees:
    - {name: Rosa Quispe, post: President, address: 1 Example Square, email: "mailto:president@example.org", salutation: "Dear President,"}
    - {name: The Minister}
  appeal: "I ask you not to enact it.\\n\\nYours sincerely,"
  until: 2025-04-30
- {type: quote, text: He said "no"., speaker: Rosa Quispe, who: A neighbour}
- {type: figure, number: "156", meaning: cases are touched., title: The bill}
- {type: timeline, title: The case, items: [{when: "1997", text: "She [dies](https://example.org/d)."}]}
"""


@pytest.mark.parametrize(("day", "still_open"), [(dt.date(2025, 4, 30), True), (dt.date(2025, 5, 1), False)])
def test_each_stands_on_the_page_of_its_letter(
    generated: Generated, read: Callable[[Path], Node], day: dt.date, *, still_open: bool
) -> None:
    """F8: the same words and links as the letter; the button goes with the last day, the letter to copy stays."""
    generated.issue("2025-03", SECTIONS)
    page = read(generated.publish(day).folder / "2025-03" / "index.html")
    words = page.text
    for said in (
        "Rosa Quispe, President",
        "1 Example Square",
        "The Minister",
        "Dear President, I ask you not to enact it. Yours sincerely,",
        "“He said ‘no’.”",
        "156 cases are touched.",
        "1997",
        "She dies",
    ):
        assert said in words
    addresses = [link.attributes["href"] for link in page.all("a")]
    assert {"mailto:president@example.org", "https://example.org/d"} <= set(addresses)
    assert any("&body=Dear%20President,%0D%0A%0D%0AI%20ask" in one for one in addresses) is still_open
    assert ("Write until 30 April 2025" in page.text) is still_open
    front = read(generated.publish(day).folder / "index.html")
    assert ("Write by e-mail" in front.text) is still_open


def test_a_meeting_can_be_put_into_ones_calendar(generated: Generated, read: Callable[[Path], Node]) -> None:
    """The file stands where the letter says; its page links it until the day has passed, and it stays for good."""
    generated.issue(
        "2025-03", "- {type: event, title: A vigil, date: 2025-03-20, starts: '18:30', timezone: America/Lima}"
    )
    folder = generated.publish(dt.date(2025, 3, 20)).folder
    link = next(
        one for one in read(folder / "2025-03" / "index.html").all("a") if one.text == "Add it to your calendar"
    )
    assert link.attributes["href"] == "event.ics"
    assert b"DTSTART:20250320T233000Z" in (folder / "2025-03" / "event.ics").read_bytes()
    assert "20 March 2025 (Thursday), 18:30, Lima time" in read(folder / "2025-03" / "index.html").text
    folder = generated.publish(dt.date(2025, 3, 21)).folder
    assert "Add it to your calendar" not in read(folder / "2025-03" / "index.html").text
    assert (folder / "2025-03" / "event.ics").is_file()


def test_an_earlier_letter_is_linked_inside_the_site(generated: Generated, read: Callable[[Path], Node]) -> None:
    """Its page lies beside this one, on the web or on a disk; one that is not published has no link."""
    generated.issue("2025-02", "- {type: letter, body: Hello}", send_on="2025-02-01")
    generated.issue("2025-03", "- {type: previous, title: Before, issue: 2025-02}")
    folder = generated.publish().folder
    page = read(folder / "2025-03" / "index.html")
    (link,) = (one for one in page.all("a") if one.text == "Read the letter")
    assert (folder / "2025-03" / link.attributes["href"]).resolve() == (folder / "2025-02" / "index.html").resolve()


def test_who_signs_a_letter_brings_role_and_portrait(generated: Generated, read: Callable[[Path], Node]) -> None:
    """As in the letter itself."""
    people = 'coordinators: [{name: Ana Example, role: Coordinator, portrait: face.png}, {name: Rosa, role: "Writer"}]'
    generated.profile(PROFILE.replace("coordinators: [{name: Ana Example, role: Coordinator}]", people))
    Image.new("RGB", (90, 90), "#335577").save(generated.workspace.images / "face.png")
    generated.issue("2025-02", "- {type: letter, body: Hello}", send_on="2025-02-01")
    generated.issue("2025-03", "- {type: letter, body: Hello, signature: Rosa}")
    folder = generated.publish().folder
    first, second = (read(folder / name / "index.html") for name in ("2025-02", "2025-03"))
    assert "Ana Example Coordinator" in first.text
    assert [one.attributes["width"] for one in first.all("img")] == ["64"]
    assert "Rosa Writer" in second.text
    assert second.all("img") == []


def test_a_title_within_a_text_stands_with_what_it_heads(generated: Generated, browser: Any) -> None:
    """X12: further from the paragraph above than from its own words below; by Gestalt's nearness it is read as theirs."""
    generated.issue("2025-03", '- {type: news, title: Title, body: "First words.\\n\\n### Within\\n\\nIts own words."}')
    page = browser.new_page()
    page.goto((generated.publish(dt.date(2025, 4, 30)).folder / "2025-03" / "index.html").as_uri())
    above, below = page.evaluate(
        """() => {
            const head = [...document.querySelectorAll('.body > *')].find((one) => one.textContent === 'Within');
            const box = (one) => one.getBoundingClientRect();
            return [box(head).top - box(head.previousElementSibling).bottom,
                    box(head.nextElementSibling).top - box(head).bottom];
        }"""
    )
    assert above >= 24
    assert below <= 8
    page.close()
