"""A workspace for any number of issues -> what is wrong with each, by the way that the program itself goes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from newsletter.drafting.profile import read_profile
from newsletter.drafting.read import read
from newsletter.drafting.types import read_types
from newsletter.letters.answers import one_line, reader_answers
from newsletter.letters.compose import compose
from newsletter.letters.encode import encode
from newsletter.letters.fill import fill
from newsletter.nouns.draft import Kind, SectionType
from newsletter.nouns.person import Recipient
from newsletter.nouns.problem import Problem, Severity
from newsletter.rendering.render import render
from newsletter.rendering.shelf import Shelf
from newsletter.words import read_words
from newsletter.workspace import Workspace
from tests.any import sound
from tests.any.written import Written

LANGUAGES = ("en", "es", "ar")
NAMES = ("Joan", "<b>“x” & \\ {{ x }}", "", "مريم")
"""What readers may be called."""

LEAVE = "https://news.example.org/u/TOKEN"
PROFILE = """
title: {en: Peru newsletter, es: Boletín sobre el Perú}
languages: [en, es, ar]
countries: {peru: {name: {en: Peru, es: Perú}}}
organisation: {name: Example Group, legal: Example Group for Human Rights, postal_address: "1 Example Street, London",
  privacy_url: "https://example.org/privacy", complaints: complaints@example.org}
sender: {name: Peru coordination, address: peru@example.org, reply_to: peru@example.org, list_id: peru.news.example.org}
coordinators: [{name: Ines Hartley, role: {en: Country coordinator}}]
leave_by_mail: leave@example.org
"""
SAMPLER = """# a\\n\\n## b\\n\\n### c\\n\\n#### d\\n\\n**a** *b* `c` [d](https://example.org/)\\\\\\ne\\n\\n- a\\n\\n  b\\n\\n3. a\\n\\n> a\\n\\n```\\na\\n```\\n\\n***\\n"""
PLAIN = {
    Kind.TEXT: "A few words",
    Kind.MARKDOWN: f'"{SAMPLER}"',
    Kind.URL: "mailto:ana@example.org",
    Kind.DATE: "2025-09-30",
    Kind.PARTIAL_DATE: "2025-06",
    Kind.TIME: "'18:30'",
    Kind.NUMBER: "12",
    Kind.FLAG: "yes",
    Kind.CLOSED: "no",
    Kind.PICTURE: "{file: wide.png, alt: A field, caption: A field., credit: By us}",
    Kind.SOURCES: '[{title: a, url: "https://example.org/a", publisher: b, date: 2025}, {title: b}]',
    Kind.PEOPLE: "[{name: a, consent: b}]",
}


class Press:
    """Reads, renders, fills and encodes an issue in one language and says what is wrong with what comes out."""

    def __init__(self, root: Path, language: str) -> None:
        self.workspace = Workspace(root)
        images = self.workspace.images
        images.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (1400, 700), "#335577").save(images / "wide.png")
        Image.new("RGB", (300, 400), "#775533").save(images / "tall.jpg")
        self.workspace.profile.write_text(PROFILE, "utf-8")
        profile, problems = read_profile(self.workspace.profile, root)
        if profile is None:
            raise ValueError(problems)
        self.profile, self.language = profile, language
        self.refused = 0  # issues that were refused, so far
        self.types = read_types(self.workspace)[0]
        self.shelf = Shelf(self.workspace, self.types, "https://news.example.org", LANGUAGES)
        self.words = read_words(self.workspace, language)
        self.stranger = self.words.say("friend")
        self.allowed = self._allowed()

    def _allowed(self) -> set[tuple[str, str]]:
        """Tags and attributes of letters with every type, each field filled in with plain words and all of Markdown."""
        allowed = {
            (tag, name)
            for tag in ("p", "li", "h2", "h3", "h4", "h5", "h6", "span", "a", "td")
            for name in ("dir", "lang")
        } | {("span", "")}
        for kind in self.types.values():
            for kept in (True, False):
                page, _, _ = self.letter(_plain(kind, whole=kept), "Joan")
                allowed |= sound.shape(sound.tree(page)) | sound.shape(sound.tree(page, outlook=True))
        return allowed

    def faults(self, written: Written, name: str = "Joan") -> Iterator[str]:
        """Everything that is wrong with the letter made of an issue; an issue may also be refused, with its problems."""
        try:
            page, text, data = self.letter(written.yaml, name)
        except Refused as refused:
            self.refused += 1
            if not written.refusable:
                yield f"refused: {refused}"
            yield from refused.faults
            return
        said = one_line(name)
        names = {"{named}": said or "amiga", "{name}": said or self.stranger}
        yield from sound.faults(page, text, written, names, self.allowed, self.words)
        yield from sound.message_faults(data, self.subject, text)

    def letter(self, yaml: str, name: str) -> tuple[str, str, bytes]:
        """Page, text and message, as one reader gets them. Raises Refused."""
        path = self.workspace.issues / f"2025-07.{self.language}.yaml"
        path.write_bytes(yaml.encode())
        edition, problems = read(path, self.types, root=self.workspace.root, language=self.language)
        if edition is None:
            raise Refused(problems)
        rendered, _ = render(edition, self.profile, self.shelf)
        letter = fill(rendered, reader_answers(name, LEAVE, "https://news.example.org/p/{}".format))
        self.subject = one_line(letter.subject)
        recipient = Recipient("1", "joan@example.org", name, self.language)
        encoded = encode(rendered, self.profile, public_url="https://news.example.org")
        now = dt.datetime(2025, 7, 4, 9, tzinfo=dt.UTC)
        message = compose(encoded, recipient, leave=LEAVE, message_id="<1@example.org>", now=now)
        return letter.html, letter.text, message.data


class Refused(Exception):
    """An issue that was not read, and why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(map(str, problems)))
        wrong = [one for one in problems if one.severity is Severity.ERROR]
        self.faults = [] if wrong else ["refused without a problem"]
        self.faults += [
            f"a problem without words or place: {one}" for one in wrong if not one.message or not one.place.file
        ]


def _plain(kind: SectionType, *, whole: bool) -> str:
    fields = [one for one in kind.fields if whole or one.required]
    lines = [f"  {one.name}: {_filled(one)}" for one in fields]
    return "\n".join(["subject: a", "preheader: b", "send_on: 2025-07-04", "sections:", f"- type: {kind.name}", *lines])


def _filled(one: object) -> str:
    from newsletter.nouns.draft import Field

    assert isinstance(one, Field)
    if one.kind is Kind.CHOICE:
        return one.choices[0]
    if one.kind is Kind.ROWS:
        row = ", ".join(f"{part.name}: {_filled(part)}" for part in one.fields)
        return f"[{{{row}}}, {{{row}}}, {{{row}}}]"
    return PLAIN[one.kind]
