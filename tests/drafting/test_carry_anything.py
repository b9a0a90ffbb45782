"""However an earlier issue is written, what is carried on is what stood there, and the new file is read without errors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, event, example, given, settings
from hypothesis import strategies as st

from newsletter.drafting.new import Draft, Plan, new
from newsletter.drafting.past import read_past
from newsletter.drafting.read import read
from newsletter.drafting.rhythm import Beat, Rhythm
from newsletter.drafting.types import read_types
from newsletter.nouns.draft import Edition, IssueName, Section, SectionType
from newsletter.nouns.problem import Problem, Severity
from newsletter.workspace import Workspace, shipped
from tests.any.layouts import Written, layouts, texts

TYPES: Mapping[str, SectionType] = read_types(Workspace(shipped()))[0]
HEAD = "subject: S\npreheader: P\nsend_on: 2025-07-04\n"
LETTER = {"type": "letter", "body": "Dear {first_name|friend},\n\nthank you."}
DAYS = st.sampled_from(("", "", "2025-09-30", "2025-08-01", "2025-07-31", "9999-12-31"))
CLOSED = st.sampled_from(("", "", "", "no", "yes", "unsure", "2025-07-20", "2025-12-01"))


@st.composite
def asks(draw: st.DrawFn, number: int) -> Mapping[str, str]:
    """A petition, or something else that readers can do."""
    kind = draw(st.sampled_from(("petition", "event", "recording", "donation")))
    body = draw(texts())
    found = {"type": kind, "title": f"Number {number} " + draw(texts()).split("\n")[0], "body": body}
    if draw(st.booleans()):
        found["id"] = f"ask-{number}"
    day = draw(DAYS)
    if kind == "event":
        found["date"] = day or "2025-08-15"
    else:
        found["url"] = f"https://example.org/{number}"
        found |= {"until": day} if day else {}
    if kind == "donation":
        found["to"] = "Example Group"
    closed = draw(CLOSED)
    found |= {"closed": closed} if closed else {}
    keys = draw(st.permutations([key for key in found if key != "type"]))
    return {"type": kind} | {key: found[key] for key in keys}


@st.composite
def issues(draw: st.DrawFn) -> Written:
    """The sections of an issue in some layout."""
    sections: list[Mapping[str, str]] = [LETTER]
    for number in range(draw(st.integers(1, 4))):
        sections.append(draw(asks(number)))
        if draw(st.booleans()):
            sections.append({"type": "news", "title": "T", "body": draw(texts())})
    return draw(layouts(sections))


def begun(root: Path, text: bytes) -> tuple[Draft, tuple[Section, ...]] | None:
    """August begun after a July with this text, and July's sections; None where July cannot be read."""
    workspace = Workspace(root.resolve())
    workspace.issues.mkdir()
    path = workspace.issues / "2025-07.yaml"
    path.write_bytes(text)
    edition, _ = read(path, TYPES, root=workspace.root, language="en")
    if edition is None:
        return None
    day = Rhythm(Beat.NTH_WEEKDAY, 1, 4)
    plan = Plan(IssueName(2025, 8), dt.date(2025, 8, 1), day, ("en",), TYPES, ".schema/issue.schema.json")
    return new(workspace, plan, read_past(workspace, TYPES, ("en",)), lambda _issue, _language: ""), edition.sections


@given(issues(), st.booleans())
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_word_is_lost(written: Written, windows: bool) -> None:
    """Every open ask stands there with each of its values and each of its author's notes, whatever the line ends."""
    text = HEAD + written.text
    with TemporaryDirectory() as folder:
        found = begun(Path(folder), text.replace("\n", "\r\n" if windows else "\n").encode())
        if found is None:  # an issue in which something is to be mended is named, not carried on
            return
        draft, sections = found
        edition, problems = again(Path(folder), draft)
    assert [str(one) for one in problems if one.severity is Severity.ERROR] == []
    assert edition is not None
    wanted = [(number, one) for number, one in enumerate(sections) if one.title in _titles(draft)]
    event(f"carried: {len(wanted)}")
    assert [_values(one) for one in edition.sections if one.type.ask] == [_values(one) for _, one in wanted]
    for number, _ in wanted:
        assert all(note in draft.texts["en"] for note in written.notes[number])


KEEPS_LINES = """\
sections:
- type: petition
  title: T
  body: B
  url: |+
   https://example.org/1
- {type: petition, title: U, body: B, url: "https://example.org/2"}
"""


@given(issues())
@example(Written(KEEPS_LINES, ((), ())))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_twice_carried_is_the_same(written: Written) -> None:
    """What is carried on from a file that was begun so itself stands there as before: no note of ours piles up."""
    with TemporaryDirectory() as folder:
        found = begun(Path(folder), (HEAD + written.text).encode())
        if found is None:
            return
        draft, _ = found
        again(Path(folder), draft)
        later = replace(draft.plan, issue=IssueName(2025, 9))
        workspace = Workspace(Path(folder).resolve())
        second = new(workspace, later, read_past(workspace, TYPES, ("en",)), lambda _issue, _language: "")
    assert [_bare(line) for line in second.texts["en"].splitlines()] == [
        _bare(line) for line in draft.texts["en"].splitlines()
    ]


def again(root: Path, draft: Draft) -> tuple[Edition | None, list[Problem]]:
    """The new issue's file, written and read."""
    path = root.resolve() / "issues" / f"{draft.plan.issue}.yaml"
    path.write_bytes(draft.texts["en"].encode())
    return read(path, TYPES, root=root.resolve(), language="en")


def _bare(line: str) -> str:
    """A line without what differs from month to month: the program's own notes, and the month itself."""
    return "" if line.startswith("  #>") else line.replace("2025-09", "2025-08").replace("September", "August")


def _titles(draft: Draft) -> set[str]:
    return {one.newest.section.title for one in draft.carried}


def _values(section: Section) -> Mapping[str, Any]:
    """What a section holds, less what is asked anew each month; a text's last line ends are no words."""
    plain = {key: value.rstrip("\n") if isinstance(value, str) else value for key, value in section.values.items()}
    return {key: value for key, value in plain.items() if key != "closed"}
