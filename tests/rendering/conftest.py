"""A small workspace of its own for each test, and rendering as the program does it: from YAML to pieces."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from textwrap import dedent

import pytest
from PIL import Image

from newsletter.drafting.profile import read_profile
from newsletter.drafting.read import read
from newsletter.drafting.types import read_types
from newsletter.nouns.draft import Edition, Field, Kind, Profile
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

KITCHEN_SINK = Path(__file__).resolve().parents[2] / "docs" / "kitchen-sink"

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
    return stocked(tmp_path, arabic=False)


@pytest.fixture
def shipped_house() -> House:
    """The shipped sample."""
    return House(shipped())


def _answer(slot: Slot) -> str:
    answers = {SlotName.FIRST_NAME: "Joan", SlotName.LEAVE_URL: LEAVE, SlotName.PICTURE: f"images/{slot.picture}"}
    return answers[slot.name]


ARABIC = """
language: العربية
direction: rtl
newsletter: نشرة
in_this_language: بالعربية
on_the_web: على الويب
in_this_letter: في هذه الرسالة
section_letter: رسالة
section_news: أخبار
section_petition: عريضة
section_event: لقاء
open_until: مفتوحة حتى {date}
sign: وقّعوا العريضة
when: متى
where: أين
sources: المصادر
source: المصدر
leave: مغادرة القائمة
footer_written: "{title}، يكتبها متطوعو {name}."
footer_why: تصلكم لأنكم طلبتموها.
footer_leave: "{link} في أي وقت."
"""
ARABIC_SECTIONS = """
- {type: letter, body: "عزيزتي {first_name|صديقتنا}، أهلًا بكم في رسالة هذا الشهر.", signature: إينيس}
- type: news
  title: ثلاث سنوات من الانتظار أمام المحكمة
  date: 2025-06-13
  place: ليما
  body: "تنتظر العائلات [الحكم](https://example.org/a) منذ ثلاث سنوات.\n\n- أولًا\n- ثانيًا"
  image: {file: wide.png, alt: حقل, caption: حقل في الجنوب., credit: نحن}
  sources: [{title: بيان عن مشروع القانون, publisher: جمعية, url: "https://example.org/s", date: 2025-06-13}]
- {type: petition, title: من أصدر الأوامر؟, body: اطلبوا تحقيقًا., url: "https://example.org/p", until: 2025-09-30}
- {type: event, title: أمسية عن بيرو, date: 2025-07-17, starts: "18:30", ends: "20:00", place: لندن, url: "https://example.org/e"}
"""
PLAIN = {
    Kind.TEXT: "A few words",
    Kind.MARKDOWN: "A sentence with [a link](https://example.org/more).",
    Kind.URL: "https://example.org/page",
    Kind.DATE: "2025-09-30",
    Kind.PARTIAL_DATE: "2025-06",
    Kind.TIME: "18:30",
    Kind.NUMBER: "12",
    Kind.FLAG: "yes",
    Kind.CLOSED: "no",
    Kind.SOURCES: '[{title: "A statement", url: "https://example.org/statement", date: 2025-06}]',
    Kind.PEOPLE: "[{name: Rosa Example, consent: given in writing}]",
}
QUOTED = (Kind.TEXT, Kind.MARKDOWN, Kind.URL, Kind.CHOICE)


def as_written(one: Field) -> str:
    """A field as an author would fill it in, after the example of its fields.yaml; a picture is one that is there."""
    if one.kind is Kind.PICTURE:
        return '{file: wide.png, alt: "A field after rain", caption: "Seen in June.", credit: "Photo: Example"}'
    if one.kind is Kind.ROWS:
        return f"[{_row(one.fields)}, {_row(one.fields)}]"
    value = one.example or (one.choices[0] if one.kind is Kind.CHOICE else PLAIN[one.kind])
    return json.dumps(value, ensure_ascii=False) if one.kind in QUOTED else value


def _row(fields: tuple[Field, ...]) -> str:
    return "{" + ", ".join(f"{one.name}: {as_written(one)}" for one in fields) + "}"


@dataclass(frozen=True)
class Seen:
    """A letter as one reader gets it, its pictures in it; ``without_pictures`` as where they are not loaded."""

    name: str
    language: str
    direction: str
    subject: str
    html: str
    without_pictures: str
    text: str


def seen(name: str, rendered: Rendered) -> Seen:
    """A rendered edition with its slots answered."""
    html = House.filled(rendered.html)
    whole = html
    for picture in rendered.pictures:
        data = base64.b64encode(picture.data).decode()
        whole = whole.replace(f'"images/{picture.name}"', f'"data:{picture.media_type};base64,{data}"')
    subject = House.filled(rendered.subject)
    return Seen(name, rendered.language, rendered.direction, subject, whole, html, House.filled(rendered.text))


class Letters:
    """The sample's July, the kitchen sink's issues, one letter in Arabic, one of every type of section; made when asked."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._made: dict[str, Seen] = {}

    def __getitem__(self, name: str) -> Seen:
        """``july-en``, ``sink-2025-06-ar``, ``arabic``, ``every-type-es``."""
        if name not in self._made:
            self._made[name] = seen(name, self._render(name))
        return self._made[name]

    def _render(self, name: str) -> Rendered:
        kind, _, language = name.rpartition("-")
        if kind == "july":
            return _issue(House(shipped(), public_url="https://news.example.org"), "2025-07", language)
        if kind.startswith("sink-"):
            return _issue(House(KITCHEN_SINK, public_url="https://news.example.org"), kind[5:], language)
        if kind == "every-type":
            sections, subject = every_type(self._house), "One of each"
        else:
            sections, subject, language = ARABIC_SECTIONS, "رسالة من بيرو", "ar"
        rendered, problems = self._house.render(sections, language, subject=subject, profile=IN_THREE)
        assert not problems, [str(problem) for problem in problems]
        return rendered


@pytest.fixture(scope="session")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Letters:
    """Letters to look at, the same for every test."""
    house = stocked(tmp_path_factory.mktemp("letters"))
    house.public_url = "https://news.example.org"
    return Letters(house)


IN_THREE = PROFILE.replace("languages: [en, es]", "languages: [en, es, ar]")


def stocked(root: Path, *, arabic: bool = True) -> House:
    """A workspace with two pictures, and Arabic words where we have none of our own."""
    images = root / "issues" / "images"
    images.mkdir(parents=True)
    Image.new("RGB", (1400, 700), "#335577").save(images / "wide.png")
    Image.new("RGB", (300, 400), "#775533").save(images / "tall.jpg")
    if arabic and not (shipped() / "templates" / "words" / "ar.yaml").exists():
        (root / "templates" / "words").mkdir(parents=True)
        (root / "templates" / "words" / "ar.yaml").write_text(ARABIC, "utf-8")
    return House(root)


def every_type(house: House) -> str:
    """One section of each type in templates/sections/, every field filled in; the letter opens, as it does."""
    types = read_types(house.workspace)[0]
    lines: list[str] = []
    for name in sorted(types, key=lambda name: (name != "letter", name)):
        lines.append(f"- type: {name}")
        lines += [f"  {one.name}: {as_written(one)}" for one in types[name].fields]
    return "\n".join(lines) + "\n"


def _issue(house: House, name: str, language: str) -> Rendered:
    profile, _ = read_profile(house.workspace.profile, house.root)
    assert profile
    shelf = house.shelf(profile.languages)
    path = house.workspace.issues / f"{name}{'' if language == profile.languages[0] else f'.{language}'}.yaml"
    edition, problems = read(path, shelf.types, root=house.root, language=language)
    assert edition, [str(problem) for problem in problems]
    return render(edition, profile, shelf)[0]
