"""What a section states, and what its kept sources hold of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from newsletter.pipeline import everything, prepare
from newsletter.settings import Settings
from tests.checks.conftest import found

if TYPE_CHECKING:
    from newsletter.nouns.letter import Dossier
    from newsletter.workspace import Workspace
    from tests.checks.conftest import Desk, Finds

ARTICLE = """\
---
title: Granting amnesty to the guilty
publisher: Example Times
address: https://times.example.org/amnesty
date: 2025-06-13
place: Lima
language: en
---
The assembly voted on 12 June. At least 156 cases would end, nineteen of them from Ayacucho, and 1,400 people would
never be heard. Some 2.4 million took part in the protests of 2022-23, from 10-13 November 2024 at 6.30 pm.

"No vote can undo what a court has found," said Marta Olmedo, who directs the Ayacucho Victims Association.
"""
NOTE = """\
---
title: Our own note
language: en
own: yes
issues: [2025-07]
---
The march begins at 18:30 on 5 July 2025 in front of the Palace.
"""
HEAD = "subject: A vote\npreheader: What came of it\nsend_on: 2025-07-04\nsections:\n"
NEWS = """\
- type: news
  title: A vote
  body: |
    {body}
  sources:
    - {{title: Granting amnesty, url: "https://times.example.org/amnesty/"}}
"""


def plain(desk: Desk, sections: str, *, head: str = HEAD, kept: dict[str, str] | None = None) -> Dossier:
    """An issue whose subject states nothing."""
    return desk.dossier(sections, head=head, kept=kept or {})


def news(body: str) -> str:
    """A section of one paragraph, which begins in line 8, column 5; its source is kept."""
    return NEWS.format(body=body)


@pytest.mark.parametrize(
    "body",
    [
        "On 12 June 2025, 156 cases; 19 of them, or nineteen; one thousand four hundred people, and 1400.",
        "2,400,000 people, 2.4 million, in 2022 and 2023, in 2022-2023 and 2022-23, on 13 November 2024.",
        "From 10 to 13 November 2024, at 18:30, at 6:30 p.m. On 10 November.",
        "Marta Olmedo said so. The Ayacucho Victims Association's Olmedo. On Friday Peruvians in June spoke Spanish.",
        "“No vote can undo what a court has found”, says Olmedo. ‘No vote can undo [anything that] a court has found’.",
        "“No vote can […] a court has found.” And «No  vote can undo what a court has found»; a “tubal ligation”.",
        "Two or three people, five of them women, in a thousand ways; [the report](https://x.example.org/2031/77).",
        "Then **Lima** slept. Ask the Association. Everybody knows: Nobody came.",
    ],
)
def test_what_a_source_holds_is_not_told(desk: Desk, finds: Finds, body: str) -> None:
    """In words and figures, dates in several forms, ranges, names in other order, quotations with other marks."""
    assert finds(plain(desk, news(body), kept={"a": ARTICLE})) == []


@pytest.mark.parametrize(
    ("body", "guilty", "severity"),
    [
        ("It touches 1,500 people.", "1,500 people", "warning"),
        ("It touches fifteen, or some of them.", "fifteen", "warning"),
        ("It was on 11 June.", "11 June", "warning"),
        ("It was on 12 May.", "12 May", "warning"),
        ("It was on 12 June 2024.", "12 June 2024", "warning"),
        ("From 10 to 14 November 2024.", "14 November 2024", "warning"),
        ("At 18:45 it began.", "18:45", "warning"),
        ("In 2021 it began.", "2021", "warning"),
        ("In the protests of 2022-29.", "29", "warning"),
        ("About 2.5 million came.", "2.5 million came", "warning"),
        ("Then “no vote can undo what the court has found” was said.", "no vote can undo", "warning"),
        ("So said Martha Olmedo.", "Martha Olmedo", "note"),
        ("Martha Olmedo said so.", "Martha Olmedo", "note"),
        ("She leads the **Juliaca** Victims Association.", "Juliaca", "note"),
        ("So says the HRAC.", "HRAC", "note"),
    ],
)
def test_what_no_source_holds_is_told_where_it_stands(
    desk: Desk, finds: Finds, body: str, guilty: str, severity: str
) -> None:
    """With the words themselves, at the column at which they begin."""
    found = finds(plain(desk, news(body), kept={"a": ARTICLE}))
    assert [one[1] for one in found] == [severity], found
    place, _, message = found[0]
    column = 5 + body.index(guilty.split(" came", maxsplit=1)[0])
    assert place == f"issues/2025-07.yaml:8:{column}"
    assert guilty.split(maxsplit=1)[0].lower() in message.lower()


def test_what_the_source_says_instead(desk: Desk) -> None:
    """The number of the same thing, with the title under which it stands."""
    from tests.checks.conftest import found

    (one,) = found("facts_in_sources", plain(desk, news("It touches 1,500 people."), kept={"a": ARTICLE}))
    assert one.message == "1,500 people: in none of the sources kept for it (“Granting amnesty to the guilty”)."
    assert one.hint.startswith("“Granting amnesty to the guilty” says 1,400 people.")


def test_fields_that_state_something(desk: Desk, finds: Finds) -> None:
    """A section's own date, an event's day and hour, a petition's last day."""
    dated = news("It was so.").replace("  title: A vote\n", "  title: A vote\n  date: 2025-06-14\n")
    assert [one[:2] for one in finds(plain(desk, dated, kept={"a": ARTICLE}))] == [
        ("issues/2025-07.yaml:7:9", "warning")
    ]
    assert finds(plain(desk, dated.replace("06-14", "06-13"), kept={"a": ARTICLE})) == []
    assert finds(plain(desk, dated.replace("06-14", "06"), kept={"a": ARTICLE})) == []
    event = "- {type: event, title: A march, date: 2025-07-05, starts: '18:30', timezone: Europe/London, place: The Palace}\n"
    assert finds(plain(desk, event, kept={"n": NOTE})) == []
    wrong = finds(plain(desk, event.replace("07-05", "07-06").replace("18:30", "18:00"), kept={"n": NOTE}))
    assert len(wrong) == 2


def test_a_note_of_ones_own_stands_behind_its_issue(desk: Desk, finds: Finds) -> None:
    """Every section of the issue that it names; another issue's note behind none of this one."""
    body = "- {type: letter, body: We march on 5 July at 18:30.}\n"
    assert finds(plain(desk, body, kept={"n": NOTE})) == []
    assert len(finds(plain(desk, body.replace("5 July", "6 July"), kept={"n": NOTE}))) == 1
    other = NOTE.replace("2025-07]", "2025-06]")
    assert finds(plain(desk, body.replace("5 July", "6 July"), kept={"n": other})) == []


def test_nothing_kept_is_no_reproach(desk: Desk, finds: Finds) -> None:
    """Who keeps no sources hears nothing; who keeps some is told once what was compared with nothing."""
    bare = "- {type: news, title: A count, body: There were 77 of them.}\n"
    assert finds(plain(desk, bare)) == []
    found = finds(plain(desk, bare + bare + news("Then 156 cases."), kept={"a": ARTICLE}))
    assert [one[:2] for one in found] == [("issues/2025-07.yaml:5:3", "note")]
    assert "2 sections" in found[0][2]
    assert "line 5, 6" in found[0][2]


def test_subject_and_quote_section(desk: Desk, finds: Finds) -> None:
    """The subject is looked up in all that is kept for the issue; a quote is somebody's own words from end to end."""
    quote = (
        "- type: quote\n  text: No vote can undo what a court has found.\n  speaker: Marta Olmedo\n"
        '  sources: [{title: x, url: "https://times.example.org/amnesty"}]\n'
    )
    head = "subject: On 1,300 people\npreheader: x\nsend_on: 2025-07-04\nsections:\n"
    found = finds(plain(desk, quote, head=head, kept={"a": ARTICLE}))
    assert [one[:2] for one in found] == [("issues/2025-07.yaml:1:13", "warning")]
    found = finds(plain(desk, quote.replace("undo", "change"), kept={"a": ARTICLE}))
    assert ("issues/2025-07.yaml:6:9", "warning") in [one[:2] for one in found]


def test_a_translated_quotation_is_a_note(desk: Desk, finds: Finds) -> None:
    """Where the only source is in another language, nothing can be compared letter for letter; its numbers can."""
    spanish = ARTICLE.replace("language: en", "language: es").replace("1,400 people", "mil cuatrocientas personas")
    body = "“What a court has found, no vote undoes”, 1400 people, 1500 cases, says Martha Olmedo."
    found = finds(plain(desk, news(body), kept={"a": spanish}))
    assert [one[1] for one in found] == ["warning", "note"]
    assert "1500" in found[0][2]


ISSUES = ("2024-02", "2024-06", "2024-07", "2024-08", "2024-09", "2024-12", "2025-01", "2025-04", "2025-05", "2025-06")


@pytest.mark.parametrize("name", [*ISSUES, "2025-07"])
def test_every_sample_issue_is_explained_by_our_own_notes(sample: Workspace, name: str) -> None:
    """Each section of each edition has a note behind it, and states nothing that no note holds."""
    from newsletter.checks.facts_in_sources import check
    from newsletter.reading.held import behind

    dossier = prepare(sample, sample.issue(name), Settings()).dossier
    assert dossier is not None
    assert check(dossier, dossier.editions[0].send_on) == []
    for edition in dossier.editions:
        kept = behind(edition, dossier.sources)
        assert all(any(one.own for one in kept[section.path]) for section in edition.sections)


def test_the_notes_are_notes_and_not_the_issues_text(sample: Workspace) -> None:
    """No twelve words in a row stand in both, but where a title is quoted."""
    folder = sample.issues / "clippings"

    def runs(text: str) -> set[str]:
        words = re.findall(r"\w+", text.lower())
        return {" ".join(words[at : at + 12]) for at in range(len(words) - 11)}

    issues = "\n\n".join(path.read_text("utf-8") for path in sorted(sample.issues.glob("20*.yaml")))
    for path in folder.glob("*.txt"):
        shared = runs(path.read_text("utf-8")) & runs(issues)
        assert not {one for one in shared if "killings and injuries in protests" not in one}, path.name


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("156 cases", "165 cases"),
        ("killed there in 1984", "killed there in 1986"),
        ("people over 70", "people over 75"),
        ("from 1980 to 2000", "from 1982 to 2000"),
        ("2025-06-13\n    case", "2025-06-15\n    case"),
        ("Marina Navarro", "Marina Navaro"),
        ("19 days later", "29 days later"),
        ("June 2023", "July 2023"),
        ("over 1,400 people", "over 1,500 people"),
    ],
)
def test_a_slip_in_the_sample_is_found(sample: Workspace, was: str, becomes: str) -> None:
    """A wrong number in a human-rights report is the costly kind."""
    path = sample.issues / "2025-07.yaml"
    text = path.read_text("utf-8")
    assert was in text
    path.write_text(text.replace(was, becomes), "utf-8")
    problems = everything(prepare(sample, sample.issue("2025-07"), Settings()))
    assert "facts-in-sources" in {one.check for one in problems}


def test_one_thing_is_told_once_with_the_other_lines_it_stands_in(desk: Desk) -> None:
    """A wrong number of the subject is one to mend, not two; after a date no word is counted."""
    head = HEAD.replace("A vote", "A vote on 157 cases")
    dossier = plain(
        desk, news("A vote on 157 cases; it was on 14 June the judges say."), head=head, kept={"a.txt": ARTICLE}
    )
    said = [(one.place.line, one.message.partition(":")[0], one.hint) for one in found("facts_in_sources", dossier)]
    assert [one[:2] for one in said] == [(1, "157 cases"), (8, "14 June")]
    assert said[0][2].endswith(" It stands in line 8 too.")


def test_a_source_without_an_address_stands_behind_what_names_its_title(desk: Desk, finds: Finds) -> None:
    """As `clip` of a file leaves it; a source that has an address is known by that alone."""
    kept = {"a.txt": ARTICLE.replace("address: https://times.example.org/amnesty\n", "")}
    body = news("At least 156 cases.").replace(', url: "https://times.example.org/amnesty/"', "")
    named = body.replace("Granting amnesty", "Granting amnesty to the guilty")
    assert finds(plain(desk, named, kept=kept)) == []
    assert [one[1] for one in finds(plain(desk, body, kept=kept))] == ["note"]  # nothing to compare with
