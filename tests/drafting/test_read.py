"""An issue is read whole or told what is wrong, every mistake at once, in words that say what to type."""

from __future__ import annotations

import datetime as dt
import os
import random
import sys
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsletter.drafting.read import read
from newsletter.drafting.source import UnreadableFile
from newsletter.errors import NewsletterError
from newsletter.nouns.draft import Edition, IssueName, NamedPerson, PartialDate, Picture, SectionType, Source, entries
from newsletter.nouns.problem import Problem, Severity
from newsletter.workspace import shipped

HEAD = 'subject: "S"\npreheader: "P"\nsend_on: 2025-07-04\nsections:\n'
LETTER = "  - type: letter\n    body: |\n      Hi\n"


@dataclass(frozen=True)
class Desk:
    """A folder where issues are written, and the types that read them."""

    root: Path
    types: Mapping[str, SectionType]

    def read(
        self, text: str | bytes, name: str = "2025-07.yaml", language: str = "en"
    ) -> tuple[Edition | None, list[Problem]]:
        """Write an issue's file and read it."""
        path = self.root / "issues" / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return read(path, self.types, root=self.root, language=language)

    def edition(self, text: str, name: str = "2025-07.yaml") -> Edition:
        """The edition of a text without errors."""
        edition, problems = self.read(text, name)
        assert edition is not None, problems
        return edition

    def error(self, text: str | bytes, name: str = "2025-07.yaml") -> Problem:
        """The only problem of a text that cannot be an edition."""
        edition, problems = self.read(text, name)
        assert edition is None
        assert len(problems) == 1, problems
        assert problems[0].severity is Severity.ERROR
        return problems[0]


@pytest.fixture(scope="session")
def desk(types: Mapping[str, SectionType], tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk of its own for a file of tests."""
    root = tmp_path_factory.mktemp("desk")
    (root / "issues").mkdir()
    return Desk(root, types)


NEWS = """\
  - type: news
    title: Congress votes
    date: 2025-06
    country: peru
    case: amnesty-law
    significant: yes
    body: |
      Text in **Markdown**.
    image: {file: congress.png, alt: "", caption: "Two,
      three", credit: c}
    people:
      - {name: Rosa Quispe, consent: named in public reports, at_risk: true}
      - name: Ana
    sources:
      - {title: T, publisher: P, url: "https://example.org", date: 2025-06-13}
      - title: U
"""


def test_a_whole_section_becomes_frozen_values(desk: Desk) -> None:
    """Every kind of value arrives typed; P14: names come with their ground and whether they endanger."""
    section = desk.edition(HEAD + NEWS).sections[0]
    assert (section.title, section.country, section.case, section.significant) == (
        "Congress votes",
        "peru",
        "amnesty-law",
        True,
    )
    assert section.values["date"] == PartialDate(2025, 6)
    assert section.values["body"] == "Text in **Markdown**.\n"
    assert section.values["image"] == Picture("congress.png", "", "Two, three", "c")
    assert section.values["people"] == (
        NamedPerson("Rosa Quispe", "named in public reports", at_risk=True),
        NamedPerson("Ana"),
    )
    assert section.values["sources"] == (Source("T", "P", "https://example.org", PartialDate(2025, 6, 13)), Source("U"))


def test_the_edition_has_its_head(desk: Desk) -> None:
    """Subject, preheader, day, language, and the issue by the file's name."""
    edition, problems = desk.read(
        HEAD.replace("sections", "language: es\nsections") + LETTER, "2025-07-14-apci.es.yaml", "es"
    )
    assert problems == []
    assert edition is not None
    assert (edition.issue, edition.language) == (IssueName(2025, 7, 14, "apci"), "es")
    assert (edition.subject, edition.preheader, edition.send_on) == ("S", "P", dt.date(2025, 7, 4))
    assert edition.file == "issues/2025-07-14-apci.es.yaml"


def test_events_and_rows(desk: Desk) -> None:
    """Times, numbers, and rows with fields of their own."""
    edition = desk.edition(
        HEAD + "  - {type: event, title: T, date: 2025-07-17, starts: '18:30', url: 'https://x.example.org/a?b=c#d'}\n"
        "  - type: in-brief\n    items:\n      - {topic: A, text: B}\n      - {topic: C, text: D}\n"
        "  - {type: report, title: T, body: B, pages: 48}\n"
    )
    event, brief, report = edition.sections
    assert (event.values["date"], event.values["starts"]) == (dt.date(2025, 7, 17), dt.time(18, 30))
    assert brief.values["items"] == ({"topic": "A", "text": "B"}, {"topic": "C", "text": "D"})
    assert report.values["pages"] == 48
    rows = [entry.path for entry in entries(edition) if entry.path[:4] == ("sections", 1, "items", 1)]
    assert rows == [("sections", 1, "items", 1, "topic"), ("sections", 1, "items", 1, "text")]


def test_alt_text_left_out_is_not_alt_text_empty(desk: Desk) -> None:
    """X3: decoration is a decision; nothing after ``alt:`` is none."""
    for written, wanted in (("alt: ''", ""), ("alt:", None), ("caption: x", None)):
        section = desk.edition(f"{HEAD}  - type: picture\n    image:\n      file: a.png\n      {written}\n").sections[0]
        picture = section.values["image"]
        assert isinstance(picture, Picture)
        assert picture.alt == wanted


def test_several_countries_and_cases(desk: Desk) -> None:
    """A newsletter of several countries: each section bears its own."""
    sections = "".join(f"  - {{type: news, title: T, body: B, country: {key}}}\n" for key in ("peru", "chile", "peru"))
    assert [one.country for one in desk.edition(HEAD + sections).sections] == ["peru", "chile", "peru"]


MISTAKES = [
    # from, to, place, part of the message, part of the hint
    ("subject:", "subjet:", "1:1", "“subjet” is not known here", "Did you mean “subject”?"),
    ('subject: "S"\n', "", "1:1", "“subject” is missing", "subject: "),
    ('"S"', '""', "1:10", "subject: Nothing stands here", "between the quotes"),
    ('subject: "S"', "subject:", "1:1", "Nothing stands after “subject:”", "after the colon"),
    ('"S"', "[a]", "1:10", "not a list", 'subject: "[a]"'),
    ('"S"', "{first_name}", "1:10", "not names with values", 'subject: "{first_name}"'),
    ("2025-07-04", "2025-06-31", "3:10", "31 June does not exist: June 2025 has 30 days", "Mend the day"),
    ("2025-07-04", "2025-02-29", "3:10", "29 February does not exist: February 2025 has 28 days", ""),
    ("2025-07-04", "2025-13-01", "3:10", "no month 13", "year-month-day"),
    ("2025-07-04", "2025-7-4", "3:10", "not a date", "Type instead: 2025-07-04"),
    ("2025-07-04", "4 July 2025", "3:10", "not a date", "Type instead: 2025-07-04"),
    ("2025-07-04", "4 de julio de 2025", "3:10", "not a date", "Type instead: 2025-07-04"),
    ("2025-07-04", "30/06/2025", "3:10", "not a date", "Type instead: 2025-06-30"),
    ("2025-07-04", "04/07/2025", "3:10", "not a date", "2025-07-04 if it is in July, 2025-04-07 if it is in April"),
    ("2025-07-04", "July 4, 2025", "3:10", "not a date", "Type instead: 2025-07-04"),
    ("2025-07-04", "Friday 4th July 2025", "3:10", "not a date", "Type instead: 2025-07-04"),
    ("2025-07-04", "viernes, 4 de Julio de 2025", "3:10", "not a date", "Type instead: 2025-07-04"),
    ("2025-07-04", "2025–07–04", "3:10", "not a date", "Type instead: 2025-07-04"),
    ("2025-07-04", "2025-07-04 18:30", "3:10", "not a date", "Type instead: 2025-07-04"),
    ("2025-07-04", "31 June 2025", "3:10", "31 June does not exist", "Mend the day"),
    ("2025-07-04", "4 de julio", "3:10", "not a date", "Give the year too"),
    ("2025-07-04", "2025-07", "3:10", "not a date", "Give the day too, such as 2025-07-30"),
    ("2025-07-04", "julio de 2025", "3:10", "not a date", "Give the day too, such as 2025-07-30"),
    ("2025-07-04", "end of July", "3:10", "not a date", "year-month-day"),
    ('subject: "S"', 'subject "S"', "1:8", "After the name “subject” a colon is missing", 'Type instead: subject: "S"'),
    ('subject: "S"', 'subject "Peru: S"', "1:1", "a colon is missing", 'Type instead: subject: "Peru: S"'),
    ('subject: "S"', 'subject = "Peru: S"', "1:1", "a colon is missing", 'Type instead: subject: "Peru: S"'),
    ('subject: "S"', "subject; Peru: S", "1:1", "a colon is missing", 'Type instead: subject: "Peru: S"'),
    ("subject:", "asunto:", "1:1", "“asunto” is not known here", "Did you mean “subject”?"),
    ("subject:", "su\u200bbject:", "1:1", "is not known here", "cannot be seen"),
    ("subject:", "subj\u0435ct:", "1:1", "is not known here", "of another alphabet"),
    ("type: letter", "type: Carta", "5:11", "no section type “Carta”", "Did you mean “letter”?"),
    ("type: letter", "Type: letter", "5:5", "“Type” is not known here", "Did you mean “type”?"),
    ("type: letter", "tipo: carta", "5:5", "“tipo” is not known here", "Did you mean “type”?"),
    ("    body: |", "    Texto: |", "6:5", "“Texto” is not known here", "Did you mean “body”?"),
    ("type: letter", "type: leter", "5:11", "no section type “leter”", "Did you mean “letter”?"),
    ("type: letter", "type: poem", "5:11", "no section type “poem”", "in-brief, letter"),
    ("type: letter", "type: [letter]", "5:11", "no section type", "letter"),
    ("type: letter", "title: x", "5:5", "does not say of which type", "- type:"),
    ("    body: |\n      Hi\n", "", "5:5", "“body” is missing", "body: "),
    ("    body: |\n      Hi\n", "    body: x\n    until: 2025-01-01\n", "7:5", "“until” is not known here", "petition"),
    ("    body: |\n      Hi\n", "    body: x\n    send_on: 2025-01-01\n", "7:5", "“send_on” is not known", "whole issue"),
    ("    body: |\n      Hi\n", "    body: x\n    significant: si\n", "7:18", "neither yes nor no", "Type instead: yes"),
    ("    body: |\n      Hi\n", "    body: x\n    people: Rosa\n", "7:13", "people: A list belongs here", "dash"),
    ("    body: |\n      Hi\n", "    body: x\n    portrait: me.png\n", "7:15", "Only a text stands here", '{file: "me.png"'),
    ("    body: |\n      Hi\n", "    body: x\n    portrait: {file: a.png, alt: One, two}\n", "7:39", "comma", 'alt: "One, two"}'),
    ("  - type: letter\n", "  - letter\n  - type: letter\n", "5:5", "not a section", "- type: letter"),
    ("  - type: letter\n    body: |\n      Hi\n", "", "4:1", "“sections” is missing", "- type: letter"),
    ("  - type: letter\n    body: |\n      Hi\n", "  type: letter\n", "5:3", "A list of sections", "dash"),
    ("  - type: letter\n    body: |\n      Hi\n", "  []\n", "5:3", "A list of sections", "dash"),
    ("sections:", "language: es\nsections:", "4:11", "“es” here, but “en”", "language: en"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "place", "message", "hint"), MISTAKES)
def test_a_mistake_is_told_at_its_place(desk: Desk, old: str, new: str, place: str, message: str, hint: str) -> None:
    """What is wrong, where, and what to type instead."""
    assert old in HEAD + LETTER
    problem = desk.error((HEAD + LETTER).replace(old, new, 1))
    assert str(problem.place) == f"issues/2025-07.yaml:{place}"
    assert message in problem.message
    assert hint in problem.hint


FIELDS = [
    # a line of an event, part of the message, part of the hint
    ("url: www.example.org", "starts with https://", "Type instead: https://www.example.org"),
    ("url: htps://example.org", "starts with https://", "Type instead: https://example.org"),
    ("url: https:/example.org/a", "not the name", "Type instead: https://example.org/a"),
    ("url: https//example.org/a", "starts with https://", "Type instead: https://example.org/a"),
    ("url: example.org/a", "starts with https://", "Type instead: https://example.org/a"),
    ("url: ana@example.org", "starts with https://", "Type instead: mailto:ana@example.org"),
    ("url: <https://example.org/a>", "another character", "Type only the address: https://example.org/a"),
    ("url: '[Sign](https://example.org/a)'", "starts with https://", "Type only the address: https://example.org/a"),
    ("url: file:///C:/a.html", "starts with https://", "browser"),
    ("url: https://exa mple.org", "a space", "browser"),
    ("url: https://example.org/my petition", "a space", "browser"),
    ("url: https://example", "not the name of a web site", "browser"),
    ("url: 'https://[::1'", "no address", "browser"),
    ("url: javascript:alert(1)", "starts with https://", "browser"),
    ("url: [https://example.org]", "not a list", "quotes"),
    ("starts: 6pm", "not a time", "Type instead: 18:00"),
    ("starts: 6.30 p.m.", "not a time", "Type instead: 18:30"),
    ("starts: 12am", "not a time", "Type instead: 00:00"),
    ("starts: 18h30", "not a time", "Type instead: 18:30"),
    ("starts: noon", "not a time", "such as 18:30"),
    ("significant: sí", "neither yes nor no", "Type instead: yes"),
    ("significant: Off", "“Off” is neither", "Type instead: no"),
    ("starts: '25:00'", "not a time", "18:30"),
    ("signifcant: yes", "not known", "“significant”"),
]


@pytest.mark.parametrize(("line", "message", "hint"), FIELDS)
def test_each_kind_of_value_says_how_it_is_written(desk: Desk, line: str, message: str, hint: str) -> None:
    """Addresses, times, names of fields."""
    problem = desk.error(f"{HEAD}  - type: event\n    title: T\n    date: 2025-07-17\n    {line}\n")
    assert problem.place.line == 8
    assert message in problem.message
    assert hint in problem.hint


@pytest.mark.parametrize(
    ("line", "place", "message"),
    [
        ("sources: [https://example.org]", "8:15", '{title: ..., url: "https://example.org"}'),
        ("sources: {title: x}", "8:14", "dash"),
        ("sources: [{title: x, date: 2025-13}]", "8:32", "no month 13"),
        ("sources: [{titel: x}]", "8:16", "Did you mean “title”?"),
        ("people: [{name: x, at_risk: maybe}]", "8:33", "neither yes nor no"),
        ("date: June", "8:11", "A month is 2025-07, a year 2025"),
        ("date: June 2025", "8:11", "Type instead: 2025-06"),
        ("date: junio de 2025", "8:11", "Type instead: 2025-06"),
        ('sources:\n      - {title:"x", publisher: z}', "9:10", '- {title: "x", publisher: z}'),
    ],
)
def test_mistakes_inside_lists_have_their_own_place(desk: Desk, line: str, place: str, message: str) -> None:
    """A slip in the second source is not told at the first."""
    problem = desk.error(f"{HEAD}  - type: news\n    title: T\n    body: B\n    {line}\n")
    assert str(problem.place) == f"issues/2025-07.yaml:{place}"
    assert message in f"{problem.message} {problem.hint}"


def test_numbers_and_rows_that_are_wrong(desk: Desk) -> None:
    """Everything in one reading, in the order of the file."""
    edition, problems = desk.read(
        HEAD + "  - {type: report, title: x, body: y, pages: '1,200'}\n"
        "  - type: in-brief\n    items:\n      - {topic: x, text: y, txt: z}\n      - a text\n      - {topic: x}\n"
    )
    assert edition is None
    assert [one.place.line for one in problems] == [5, 8, 9, 10]


def test_slips_of_yaml_and_of_fields_are_told_together(desk: Desk) -> None:
    """A file with a wrong colon, a wrong date and a wrong type is mended in one go."""
    _, problems = desk.read(
        "subject: Peru: x\npreheader: @x\nsend_on: 2025-06-31\nsections:\n  - type: leter\n\tbody: x\n"
    )
    assert [one.place.line for one in problems] == [1, 2, 3, 5, 6]
    assert all(one.severity is Severity.ERROR and one.hint for one in problems)


@pytest.mark.parametrize(
    ("day", "warned"),
    [("2025-06-20", False), ("2025-07-31", False), ("2025-08-10", False), ("2025-09-04", True), ("2052-07-04", True)],
)
def test_a_day_far_from_the_month_of_the_file_is_a_warning(desk: Desk, day: str, warned: bool) -> None:
    """An issue may leave a little early or late; a copied file with last year's date should not pass unseen."""
    edition, problems = desk.read((HEAD + LETTER).replace("2025-07-04", day))
    assert edition is not None
    assert [(one.severity, one.place.line) for one in problems] == ([(Severity.WARNING, 3)] if warned else [])


def test_a_file_name_that_is_none_of_an_issue(desk: Desk) -> None:
    """``july.yaml`` is nobody's month."""
    assert "2025-07.yaml" in desk.error(HEAD + LETTER, "july.yaml").hint


def test_the_same_id_twice_is_a_warning(desk: Desk) -> None:
    """An id ties the same ask from issue to issue; in one issue each ask has its own."""
    ask = "  - {type: petition, id: same, title: T, body: B, url: 'https://example.org'}\n"
    edition, problems = desk.read(HEAD + ask + ask)
    assert edition is not None
    assert [(one.severity, one.place.line) for one in problems] == [(Severity.WARNING, 6)]


@pytest.mark.parametrize("text", ["", "hello", "- a\n- b\n", "\x00", "<html>", "[" * 100_000, "a: " * 3000])
def test_what_is_no_issue_is_told(desk: Desk, text: str) -> None:
    """Nothing that stands in a file raises."""
    edition, problems = desk.read(text)
    assert edition is None
    assert problems


def test_encodings(desk: Desk) -> None:
    """Windows-1252 is told and looked over all the same; a byte-order mark and Windows' line ends are nothing."""
    text = (HEAD + LETTER).replace("Hi", "Perú sí")
    assert "Windows-1252" in desk.error(text.encode("cp1252")).message
    wanted = desk.edition(text).sections
    for data in (b"\xef\xbb\xbf" + text.encode(), text.replace("\n", "\r\n").encode()):
        edition, problems = desk.read(data)
        assert problems == []
        assert edition is not None
        assert edition.sections == wanted


def test_c1_characters_are_mended_with_a_warning(desk: Desk) -> None:
    """F9: the letter holds a real apostrophe."""
    edition, problems = desk.read((HEAD + LETTER).replace("Hi", "It\x92s"))
    assert edition is not None
    assert edition.sections[0].values["body"] == "It’s\n"
    assert [one.severity for one in problems] == [Severity.WARNING]


def test_text_is_composed_and_otherwise_left_alone(desk: Desk) -> None:
    """NFC for readers' fonts; no-break spaces, emoji families and Arabic stay; a picture's name stays as on the disk."""
    body = "Peru\u0301\u00a0👩\u200d👧 مرحبا  two"
    text = HEAD + f"  - type: news\n    title: nin\u0303a\n    body: '{body}'\n    image: {{file: ma\u0301.png}}\n"
    section = desk.edition(text).sections[0]
    assert section.title == "niña"
    assert section.values["body"] == unicodedata.normalize("NFC", body)
    assert section.values["image"] == Picture("ma\u0301.png")


def test_a_text_field_is_one_line(desk: Desk) -> None:
    """F11: no line break reaches a subject, however it is written."""
    for written in ("|\n  One\n  two\n", ">\n  One\n  two\n", '"One\\n\\ttwo"\n', "One\n  two\n"):
        assert desk.edition(HEAD.replace('"S"\n', written) + LETTER).subject == "One two"


def test_places_of_words_after_composing_and_tidying(desk: Desk) -> None:
    """A character's place holds although the value was changed before it."""
    text = (
        HEAD
        + "  - type: news\n    title: |\n      nin\u0303a\n      peru\n    body: |\n      cafe\u0301 and\n      **word**\n"
    )
    edition = desk.edition(text)
    title, body = edition.sections[0].title, edition.sections[0].values["body"]
    assert isinstance(body, str)
    path = edition.sections[0].path
    assert str(edition.place((*path, "title"), title.index("peru"))) == "issues/2025-07.yaml:8:7"
    assert str(edition.place((*path, "body"), body.index("and"))) == "issues/2025-07.yaml:10:13"
    assert str(edition.place((*path, "body"), body.index("word"))) == "issues/2025-07.yaml:11:9"
    assert str(edition.place((*path, "body"))) == "issues/2025-07.yaml:9:11"


def test_an_unreadable_file_is_an_exception_of_ours(types: Mapping[str, SectionType], tmp_path: Path) -> None:
    """What the system forbids is no mistake in the text; the sentence names the file and the way on."""
    with pytest.raises(UnreadableFile) as caught:
        read(tmp_path / "2025-07.yaml", types, root=tmp_path, language="en")
    assert isinstance(caught.value, NewsletterError)
    assert "2025-07.yaml cannot be read" in caught.value.message
    if sys.platform != "win32" and os.geteuid() != 0:
        path = tmp_path / "2025-08.yaml"
        path.write_text("x", encoding="utf-8")
        path.chmod(0)
        with pytest.raises(UnreadableFile):
            read(path, types, root=tmp_path, language="en")


SAMPLE = sorted((shipped() / "issues").glob("20*.yaml"))


@pytest.mark.parametrize("path", [one for one in SAMPLE if "approval" not in one.name], ids=lambda one: one.name)
def test_every_sample_issue_is_read_without_a_problem(path: Path, types: Mapping[str, SectionType]) -> None:
    """The sample is what volunteers start from."""
    edition, problems = read(path, types, root=shipped(), language="es" if ".es." in path.name else "en")
    assert problems == []
    assert edition is not None
    assert edition.sections


def test_every_place_in_the_sample_points_at_its_value(types: Mapping[str, SectionType]) -> None:
    """For each text of a real issue, what stands at the places of its characters is those characters."""
    path = shipped() / "issues" / "2025-07.yaml"
    edition, _ = read(path, types, root=shipped(), language="en")
    assert edition is not None
    lines = path.read_text("utf-8").split("\n")
    looked_at = 0
    for entry in entries(edition):
        if not isinstance(entry.value, str):
            continue
        for offset, character in enumerate(entry.value):
            place = edition.place(entry.path, offset)
            assert character.isspace() or lines[place.line - 1][place.column - 1] == character
            looked_at += 1
    assert looked_at > 2000


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cn"]), min_size=1, max_size=40
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    titles=st.lists(WORDS.filter(str.strip), min_size=1, max_size=6),
    countries=st.lists(st.sampled_from(["peru", "chile"])),
)
def test_generated_issues_are_read_as_they_were_written(desk: Desk, titles: list[str], countries: list[str]) -> None:
    """Any text, dumped by another YAML writer, comes back as it is but for NFC and white space around it."""
    sections = [
        {"type": "news", "title": title, "body": title, **({"country": countries[0]} if countries else {})}
        for title in titles
    ]
    data = {"subject": titles[0], "preheader": "P", "send_on": "2025-07-04", "sections": sections}
    edition, problems = desk.read(yaml.safe_dump(data, allow_unicode=True))
    assert edition is not None, problems
    bodies = [section.values["body"] for section in edition.sections]
    assert bodies == [unicodedata.normalize("NFC", title) for title in titles]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**9))
def test_a_damaged_issue_is_read_or_told(desk: Desk, seed: int) -> None:
    """A real issue with lines lost, doubled, shifted and YAML's signs strewn in: never an exception, never both."""
    chance = random.Random(seed)  # noqa: S311 - damage, no secret
    text = (shipped() / "issues" / "2025-07.yaml").read_text("utf-8")[:6000]
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(text))
        piece = chance.choice(
            ["\t", '"', "'", ": ", " #", "[", "{", "\n", "\n  ", "- ", "*", "&", "|", "\x92", "", "@"]
        )
        text = text[:at] + piece + text[at + chance.choice([0, 0, 1, 5, 60]) :]
    edition, problems = desk.read(text)
    assert (edition is None) == any(one.severity is Severity.ERROR for one in problems)
    assert all(one.message and 1 <= one.place.line <= text.count("\n") + 1 for one in problems)


PETITION = "  - type: petition\n    title: Sign\n    body: Ask.\n"


def test_an_address_in_several_languages(desk: Desk) -> None:
    """``url_es`` beside ``url`` or in its place, each with its own line; in sources and in rows too."""
    sections = (
        f"{PETITION}    url_es: https://example.org/es\n    url_pt-BR: https://example.org/pt\n"
        "    sources: [{title: A report, language: es-pe, url_fr: https://example.org/f}]\n"
        "  - type: urgent-action\n    title: T\n    what: W\n    appeal: A\n    subject: S\n"
        "    addressees: [{name: N, email: 'mailto:a@example.org', email_es: 'mailto:b@example.org'}]\n"
    )
    edition = desk.edition(HEAD + sections)
    found = {entry.path[2:]: (entry.value, entry.language) for entry in entries(edition) if "_" in str(entry.path[-1])}
    assert found == {
        ("url_es",): ("https://example.org/es", "es"),
        ("url_pt-BR",): ("https://example.org/pt", "pt-BR"),
        ("addressees", 0, "email_es"): ("mailto:b@example.org", "es"),
    }
    assert str(edition.place(("sections", 0, "url_es"))) == "issues/2025-07.yaml:8:13"
    assert edition.sections[0].values["sources"] == (
        Source("A report", language="es-PE", urls=(("fr", "https://example.org/f"),)),
    )


def test_an_address_in_a_language_that_is_none(desk: Desk) -> None:
    """A wrong one is told as any other; what is required still is; a language that nobody speaks is no name."""
    problem = desk.error(f"{HEAD}{PETITION}    url_es: example.org\n")
    assert (problem.place.line, problem.message.partition(":")[0]) == (8, "url_es")
    assert "“url” is missing" in desk.error(HEAD + PETITION).message
    edition, problems = desk.read(
        f"{HEAD}{PETITION}    url: https://example.org\n    url_spanish: https://example.org\n"
    )
    assert edition is None
    assert [one.message for one in problems] == ["“url_spanish” is not known here."]
    _, problems = desk.read(
        f"{HEAD}{PETITION}    url: https://example.org\n    title_es: Firmar\n    url_sp: https://example.org\n"
    )
    assert [one.place.line for one in problems] == [9, 10]


def test_a_source_in_a_language_that_is_none(desk: Desk) -> None:
    """It says what to type."""
    source = "    url: https://example.org\n    sources: [{title: A, language: Spanish}]\n"
    problem = desk.error(HEAD + PETITION + source)
    assert (problem.place.line, problem.place.column) == (9, 36)
    assert problem.hint == "Type instead: es"


def test_a_list_that_is_missing_is_shown_on_one_line(desk: Desk) -> None:
    """How its first member begins, and what may stand below: an example of seven lines is no hint."""
    ask = "  - type: urgent-action\n    id: a\n    title: T\n    what: W\n    appeal: A\n    subject: S\n    until: 2025-08-01\n"
    _, problems = desk.read(HEAD + LETTER + ask)
    (hint,) = [one.hint for one in problems if "addressees" in one.message]
    assert "  - name: Elena Vargas (and below, a line each: post, address, email, salutation)" in hint
    assert "\n" not in hint
