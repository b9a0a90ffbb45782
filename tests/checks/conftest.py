"""A desk to try checks on: YAML as a coordinator writes it, read by the real reader, and what a check finds in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from textwrap import dedent

import pytest

from newsletter.drafting.clippings import read_clippings
from newsletter.drafting.profile import read_profile
from newsletter.drafting.read import read
from newsletter.drafting.types import read_types
from newsletter.nouns.draft import Edition, IssueName, Profile
from newsletter.nouns.letter import Context, Dossier, Rendered, Slot, SlotName
from newsletter.nouns.problem import Problem
from newsletter.workspace import Workspace

SEND_ON = dt.date(2025, 7, 4)
HEAD = """\
subject: An amnesty that turns its back on the victims
preheader: Congress backs bill 7549; the Celia Ramos case goes on
send_on: 2025-07-04
sections:
"""
PROFILE = """\
title: Peru newsletter
languages: [en, es]
countries:
  peru:
    name: Peru
organisation:
  name: Example Rights
  legal: Example Rights, a company limited by guarantee
  postal_address: 1 Example Street, London
  privacy_url: https://example.org/privacy
  complaints: https://example.org/complaints
sender:
  name: Peru coordination, Example Rights
  address: peru@example.org
  list_id: peru.news.example.org
"""
NOTHING_KEPT: Mapping[str, str] = {}
PAGE = """\
<!DOCTYPE html><html lang="en" dir="ltr"><head><title>A letter from Peru</title></head>
<body><div lang="en" dir="ltr"><h1>Peru</h1>{}</div></body></html>"""
LETTER = "- type: letter\n  body: Dear {first_name|friend}, thank you.\n"


@dataclass
class Desk:
    """Reads what is put on it; line 5 is the first line of the sections."""

    root: Path

    @property
    def workspace(self) -> Workspace:
        """Where the files of the desk stand."""
        return Workspace(self.root)

    def write(self, name: str, text: str) -> Path:
        """Put a file into ``issues/``."""
        path = self.root / "issues" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    def edition(self, sections: str, *, language: str = "en", head: str = HEAD, issue: str = "2025-07") -> Edition:
        """An edition with these sections; fails where the reader finds an error in it."""
        name = f"{issue}.yaml" if language == "en" else f"{issue}.{language}.yaml"
        path = self.write(name, head + dedent(sections))
        types, problems = read_types(self.workspace)
        edition, more = read(path, types, root=self.root, language=language)
        assert edition is not None, [str(problem) for problem in problems + more]
        return edition

    def profile(self, text: str = PROFILE) -> Profile:
        """A profile; fails where the reader finds an error in it."""
        profile, problems = read_profile(self.write("newsletter.yaml", text), self.root)
        assert profile is not None, [str(problem) for problem in problems]
        return profile

    def dossier(
        self,
        sections: str = LETTER,
        *,
        head: str = HEAD,
        other: str = "",
        other_head: str = HEAD,
        profile: str = PROFILE,
        pictures: Iterable[str] = (),
        rendered: Rendered | None = None,
        kept: Mapping[str, str] = NOTHING_KEPT,
    ) -> Dossier:
        """What checks look at; ``other`` are the sections of a Spanish edition."""
        editions = [self.edition(sections, head=head)]
        if other:
            editions.append(self.edition(other, language="es", head=other_head))
        renderings = {"en": rendered} if rendered else {}
        issue = IssueName(2025, 7)
        for name, text in kept.items():
            self.write(f"clippings/{name}.txt", text)
        sources, problems = read_clippings(self.workspace)
        assert not problems, [str(problem) for problem in problems]
        return Dossier(issue, self.profile(profile), tuple(editions), renderings, (), frozenset(pictures), sources)

    def says(self, text: str, *, language: str = "en", before: str | None = None, case: str = "") -> Dossier:
        """News with this text in a language, and where ``before`` is given, with that in the issue of June."""
        told = f"- type: news\n  title: T\n  case: {case or 'none'}\n  body: |\n    "
        edition = self.edition(told + text + "\n", language=language)
        earlier = [] if before is None else [self.edition(f"{told}{before}\n", language=language, issue="2025-06")]
        return Dossier(IssueName(2025, 7), self.profile(), (edition,), {}, tuple(earlier))

    def page(
        self, section: str = "", frame: str = "", *, whole: str = PAGE, public_url: str = "", preheader: str = ""
    ) -> Dossier:
        """A dossier whose finished page holds this, in its one section (line 5) and in the frame around it."""
        before, after = whole.split("{}")
        html = (f"{before}{frame}", Slot(SlotName.FIRST_NAME, Context.HTML_TEXT), f"{section}{after}")
        subject, words = ("A letter from Peru",), ("text",)
        name = IssueName(2025, 7)
        rendered = Rendered(name, "en", "ltr", subject, preheader, html, words, (), "d", ((section,),))
        return replace(self.dossier(rendered=rendered), public_url=public_url)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """An empty desk."""
    return Desk(tmp_path.resolve())


TEXT = (9, 5)
"""The line and the column at which the text of `Desk.says` begins."""

Finds = Callable[..., list[tuple[str, str, str]]]


def found(check: str, dossier: Dossier, on: dt.date = SEND_ON) -> list[Problem]:
    """What one check finds."""
    problems: list[Problem] = import_module(f"newsletter.checks.{check}").check(dossier, on)
    assert all(problem.check == check.replace("_", "-") for problem in problems)
    assert all(problem.message and problem.hint for problem in problems)
    return problems


@pytest.fixture
def finds(request: pytest.FixtureRequest) -> Finds:
    """What the check finds after which the test's file is named: place, severity, and the first words."""
    name = Path(request.node.fspath).stem.removeprefix("test_")

    def look(dossier: Dossier, on: dt.date = SEND_ON) -> list[tuple[str, str, str]]:
        problems = found(name, dossier, on)
        return [(str(one.place), one.severity.value, one.message) for one in problems]

    return look
