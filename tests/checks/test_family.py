"""The checks as a family: found by looking, documented, covered, and never a cause of trouble themselves."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import newsletter
from newsletter.family import members
from newsletter.nouns.draft import (
    UNSURE,
    Coordinator,
    Edition,
    IssueName,
    Kind,
    Look,
    NamedPerson,
    Organisation,
    PartialDate,
    Picture,
    Profile,
    Section,
    SectionType,
    Sender,
    Source,
    Translated,
    Value,
)
from newsletter.nouns.draft import Field as TypeField
from newsletter.nouns.letter import Context, Dossier, PictureFile, Rendered, Slot, SlotName
from newsletter.nouns.problem import Problem
from newsletter.workspace import shipped

if TYPE_CHECKING:
    from tests.checks.conftest import Desk

HERE = Path(__file__).resolve().parent
CHECKS = members("newsletter.checks")

AWKWARD = st.sampled_from(
    [
        "", " ", "{", "{first_name|", "[](", "[a](b c)", "[a](https://[x)", "![](x)", "<https://x>", "*|X|*", "\u0301", "👩‍👩‍👧", "\n\n- [x](\n",
        "> " * 40, "[" * 60, "`", "\x00", "\ud800", "mailto:", "https://", "//", "a\u2028b", "a [b](c", "[r]\n\n[r]: x",
    ]
)  # fmt: skip
TEXT = st.one_of(AWKWARD, st.text(max_size=40), st.lists(AWKWARD, max_size=4).map(" ".join))
DATES = st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31))
PARTIAL = st.builds(PartialDate, st.integers(1, 9999), st.integers(0, 12), st.sampled_from([0, 1, 28]))
PICTURES = st.builds(Picture, TEXT, st.none() | TEXT, TEXT, TEXT)
VALUES: dict[Kind, st.SearchStrategy[Value]] = {
    Kind.TEXT: TEXT,
    Kind.MARKDOWN: TEXT,
    Kind.URL: TEXT,
    Kind.DATE: DATES,
    Kind.PARTIAL_DATE: PARTIAL,
    Kind.TIME: st.times(),
    Kind.NUMBER: st.integers(0, 10**9),
    Kind.FLAG: st.booleans(),
    Kind.CLOSED: st.one_of(st.booleans(), st.just(UNSURE), DATES),
    Kind.CHOICE: TEXT,
    Kind.PICTURE: PICTURES,
    Kind.SOURCES: st.lists(st.builds(Source, TEXT, TEXT, TEXT, st.none() | PARTIAL), max_size=3).map(tuple),
    Kind.PEOPLE: st.lists(st.builds(NamedPerson, TEXT, TEXT, st.booleans()), max_size=3).map(tuple),
    Kind.ROWS: st.lists(st.fixed_dictionaries({}, optional={"text": TEXT, "url": TEXT}), max_size=3).map(tuple),
}
SAID = Translated({"": "Label"})
ROW = (TypeField("text", Kind.MARKDOWN, SAID, SAID), TypeField("url", Kind.URL, SAID, SAID))
FIELDS = tuple(TypeField(kind.value, kind, SAID, SAID, fields=ROW if kind is Kind.ROWS else ()) for kind in Kind)
TYPES = [
    SectionType("closing", SAID, FIELDS, ask=True, closes="date"),
    SectionType("nearly", SAID, FIELDS, ask=True, closes="partial-date"),
    SectionType("wrong", SAID, FIELDS, ask=True, closes="text"),
    SectionType("plain", SAID, FIELDS),
]
FILLED = st.fixed_dictionaries({}, optional={kind.value: strategy for kind, strategy in VALUES.items()})
SECTIONS = st.lists(st.tuples(st.sampled_from(TYPES), FILLED), max_size=3)
SLOTS = st.builds(Slot, st.sampled_from(SlotName), st.sampled_from(Context), TEXT, TEXT)
PIECES = st.lists(TEXT | SLOTS, max_size=6).map(tuple)
FILES = st.lists(st.builds(PictureFile, TEXT, st.just("image/png"), st.binary(max_size=5), st.just(1), st.just(1)))
PAGE = TEXT.map(lambda one: Translated({"": one}))
FACTS = st.builds(Organisation, TEXT, TEXT, TEXT, TEXT, PAGE, TEXT)
PROFILES = st.builds(
    Profile,
    st.just(SAID),
    st.just(("en", "es")),
    st.just({}),
    FACTS,
    st.builds(Sender, TEXT, TEXT, TEXT, TEXT, TEXT),
    st.lists(st.builds(Coordinator, TEXT, st.just(SAID), TEXT), max_size=2).map(tuple),
    look=st.builds(Look, logo=TEXT),
)


@st.composite
def dossiers(draw: st.DrawFn) -> Dossier:
    """A dossier that no coordinator would write, but that the nouns allow."""
    editions = []
    renderings = {}
    for language in draw(st.sampled_from([("en",), ("en", "es")])):
        sections = tuple(
            Section(kind, values, ("sections", index)) for index, (kind, values) in enumerate(draw(SECTIONS))
        )
        file = f"issues/2025-07.{language}.yaml"
        name = IssueName(2025, 7)
        editions.append(Edition(name, language, draw(TEXT), draw(TEXT), draw(DATES), sections, file))
        if draw(st.booleans()):
            renderings[language] = Rendered(
                name, language, "ltr", draw(PIECES), "", draw(PIECES), draw(PIECES), tuple(draw(FILES)), "d", (("x",),)
            )
    pictures = frozenset(draw(st.lists(TEXT, max_size=3)))
    return Dossier(IssueName(2025, 7), draw(PROFILES), tuple(editions), renderings, (), pictures)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(dossiers(), DATES)
def test_no_check_raises(dossier: Dossier, on: dt.date) -> None:
    """Whatever an edition holds, a check answers with problems, each with its name and a way on."""
    for name, member in CHECKS.items():
        for problem in member.check(dossier, on):
            assert isinstance(problem, Problem)
            assert problem.check == name
            assert problem.message
            assert problem.hint


def test_every_check_is_described_and_tested() -> None:
    """Each member says in its first line what it finds, and a test is named after it."""
    assert len(CHECKS) >= 13
    for name, member in CHECKS.items():
        described = (member.__doc__ or "").strip()
        assert described, name
        assert described.splitlines()[0].endswith("."), name
        assert (HERE / f"test_{name.replace('-', '_')}.py").is_file(), name


def test_a_new_check_is_one_new_file(desk: Desk, tmp_path: Path) -> None:
    """A file dropped into a copy of the package is found and runs, with no other edit."""
    package = Path(newsletter.__file__).parent
    shutil.copytree(package, tmp_path / "copy" / "newsletter", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(shipped() / "templates", tmp_path / "copy" / "templates")
    (tmp_path / "copy" / "newsletter" / "checks" / "shouting.py").write_text(
        '"""Subjects that shout."""\n'
        "from newsletter.nouns.problem import Problem, Severity\n"
        "def check(dossier, on):\n"
        "    return [Problem(one.place(('subject',)), Severity.NOTE, 'shouting', 'It shouts.', 'Lower your voice.')\n"
        "            for one in dossier.editions if one.subject.isupper()]\n",
        "utf-8",
    )
    desk.edition(
        "- type: letter\n  body: Hello\n", head="subject: PERU\npreheader: x\nsend_on: 2025-07-04\nsections:\n"
    )
    desk.profile()
    command = [sys.executable, "-m", "newsletter", "--workspace", str(desk.root), "check", "--json"]
    ran = subprocess.run(command, cwd=tmp_path / "copy", capture_output=True, text=True, check=False, encoding="utf-8")
    assert '"shouting"' in ran.stdout, ran.stderr
