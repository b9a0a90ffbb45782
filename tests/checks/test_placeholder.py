"""Words that were to be replaced."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds

BODY = "- type: news\n  title: A vote\n  body: |\n    They voted on {text}\n"


@pytest.mark.parametrize(
    "text",
    [
        "lorem ipsum",
        "TBC",
        "XXX",
        "???",
        "TODO: date",
        "TODO the date",
        "[NAME]",
        "[insert a date]",
        "[nombre]",
    ],
)
def test_a_word_left_for_later_is_told(desk: Desk, finds: Finds, text: str) -> None:
    """At its place inside the text."""
    found = [one[:2] for one in finds(desk.dossier(BODY.format(text=text)))]
    assert found == [("issues/2025-07.yaml:8:19", "warning")]


@pytest.mark.parametrize("text", ["TO WRITE: the rest", "POR ESCRIBIR: lo demás", "TO REWRITE", "POR REESCRIBIR"])
def test_what_a_new_file_asks_for_is_an_error(desk: Desk, finds: Finds, text: str) -> None:
    """Nobody shall get a letter in which it says what is to be written, or that is in another's words."""
    found = [one[:2] for one in finds(desk.dossier(BODY.format(text=text)))]
    assert found == [("issues/2025-07.yaml:8:19", "error")]


@pytest.mark.parametrize(
    "text",
    [
        "TODO el Perú",
        "the XXth century",
        "what? Really?",
        "XX",
        "To write is to remember",
        "por escribir",
        "“the [...] law”",
        "[sic]",
        "[NAME](https://example.org/a)",
        "[Amnesty](https://example.org/a)",
        "[here they stood]",
        "[the court] said",
        "[name withheld]",
    ],
)
def test_ordinary_words_pass(desk: Desk, finds: Finds, text: str) -> None:
    """Nothing to say."""
    assert finds(desk.dossier(BODY.format(text=text))) == []


def test_todo_is_a_word_in_spanish(desk: Desk, finds: Finds) -> None:
    """There only with its colon is it something left for later."""
    assert finds(desk.says("Es TODO un país.", language="es")) == []
    assert len(finds(desk.says("TODO: poner la fecha.", language="es"))) == 1


@pytest.mark.parametrize("url", ["https://example.org/xxx", "https://www.link.com", "https://example.org/?id=TODO"])
def test_an_address_made_up_for_now_is_an_error(desk: Desk, finds: Finds, url: str) -> None:
    """At the link, or at the field."""
    assert [one[1] for one in finds(desk.says(f"See [the law]({url})."))] == ["error"]
    petition = f"- type: petition\n  title: T\n  body: B.\n  url: {url}\n"
    assert [one[:2] for one in finds(desk.dossier(petition))] == [("issues/2025-07.yaml:8:8", "error")]


@pytest.mark.parametrize(
    "url", ["https://example.org/links", "https://linkedin.com/a", "https://example.org/todo-el-peru"]
)
def test_real_addresses_pass(desk: Desk, finds: Finds, url: str) -> None:
    """Words within an address are nobody's business."""
    assert finds(desk.says(f"See [the law]({url}).")) == []


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("Found. [check with Ana!] Then", 1),
        ("A film of ?? seconds.", 1),
        ("In all XX people came.", 1),
        ("Lorem ipsum dolor", 1),
        ("Why?? He [the judge] asked; [checked] in the XX century.", 0),
    ],
)
def test_gaps_and_reminders(desk: Desk, finds: Finds, text: str, times: int) -> None:
    """What one writes down for later."""
    assert len(finds(desk.says(text))) == times
