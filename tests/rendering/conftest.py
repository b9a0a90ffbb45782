"""A small workspace of its own for each test, and rendering as the program does it: from YAML to pieces."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from textwrap import dedent

import pytest
from PIL import Image

from newsletter.drafting.profile import read_profile
from newsletter.drafting.read import read
from newsletter.drafting.types import read_types
from newsletter.nouns.draft import Edition, Profile
from newsletter.nouns.letter import Pieces, Rendered, Slot, SlotName
from newsletter.nouns.problem import Problem
from newsletter.rendering.render import render
from newsletter.rendering.shelf import Shelf
from newsletter.workspace import Workspace, shipped

LEAVE = "https://news.example.org/u/TOKEN"

PROFILE = """
title: {en: Peru newsletter, es: Boletín sobre el Perú}
languages: [en, es]
countries:
  peru: {name: {en: Peru, es: Perú}}
organisation:
  name: Example Group
  legal: Example Group for Human Rights
  charity_number: "000000"
  postal_address: 1 Example Street, London
  privacy_url: https://example.org/privacy
  complaints: complaints@example.org
sender: {name: Peru coordination, address: peru@example.org, reply_to: peru@example.org}
coordinators: [{name: Ines Hartley, role: {en: Country coordinator, es: Coordinadora}}]
leave_by_mail: leave@example.org
"""

HEAD = """
subject: {subject}
preheader: What stands beside the subject
send_on: 2025-07-04
sections:
"""


class Page(HTMLParser):
    """What a test asks of a page: its tags with attributes in order, and the words between them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self._hidden = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep it."""
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self._hidden += tag in ("style", "title", "xml")

    def handle_endtag(self, tag: str) -> None:
        """Note where what nobody sees ends."""
        self._hidden -= tag in ("style", "title", "xml")

    def handle_data(self, data: str) -> None:
        """Keep what is read."""
        if not self._hidden and data.strip():
            self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str]]:
        """The attributes of every such tag."""
        return [attributes for name, attributes in self.tags if name == tag]


@dataclass
class House:
    """A workspace with a profile; ``render`` writes an issue into it and renders it."""

    root: Path
    public_url: str = ""
    leave: str = LEAVE
    profile_text: str = PROFILE

    @staticmethod
    def page(text: str) -> Page:
        """A page to ask about."""
        return Page(text)

    @staticmethod
    def filled(pieces: Pieces) -> str:
        """The pieces with their slots answered by plain values."""
        return "".join(piece if isinstance(piece, str) else _answer(piece) for piece in pieces)

    @property
    def workspace(self) -> Workspace:
        """Its folder."""
        return Workspace(self.root)

    def profile(self, text: str = PROFILE) -> Profile:
        """Write the profile and read it."""
        self.workspace.profile.write_text(dedent(text), "utf-8")
        profile, problems = read_profile(self.workspace.profile, self.root)
        assert profile, problems
        return profile

    def edition(self, sections: str, language: str = "en", subject: str = "A letter from Peru") -> Edition:
        """Write an issue and read it."""
        types, _ = read_types(self.workspace)
        ending = "" if language == "en" else f".{language}"
        path = self.workspace.issues / f"2025-07{ending}.yaml"
        path.write_text(HEAD.format(subject=f'"{subject}"') + dedent(sections), "utf-8")
        edition, problems = read(path, types, root=self.root, language=language)
        assert edition, [str(problem) for problem in problems]
        return edition

    def shelf(self, languages: tuple[str, ...] = ("en",)) -> Shelf:
        """What rendering reaches for."""
        return Shelf(self.workspace, read_types(self.workspace)[0], self.public_url, languages)

    def render(self, sections: str, language: str = "en", **how: str) -> tuple[Rendered, list[Problem]]:
        """Write an issue, read it, render it."""
        profile = self.profile(how.pop("profile", PROFILE))
        edition = self.edition(sections, language, **how)
        return render(edition, profile, self.shelf((*dict.fromkeys(("en", language)),)))

    def letter(self, sections: str, language: str = "en", **how: str) -> tuple[str, str]:
        """HTML and text as one reader gets them."""
        rendered, _ = self.render(sections, language, **how)
        return self.filled(rendered.html), self.filled(rendered.text)


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A workspace without an issue, with two pictures."""
    images = tmp_path / "issues" / "images"
    images.mkdir(parents=True)
    Image.new("RGB", (1400, 700), "#335577").save(images / "wide.png")
    Image.new("RGB", (300, 400), "#775533").save(images / "tall.jpg")
    return House(tmp_path)


@pytest.fixture
def shipped_house() -> House:
    """The shipped sample."""
    return House(shipped())


def _answer(slot: Slot) -> str:
    answers = {SlotName.FIRST_NAME: "Joan", SlotName.LEAVE_URL: LEAVE, SlotName.PICTURE: f"images/{slot.picture}"}
    return answers[slot.name]
