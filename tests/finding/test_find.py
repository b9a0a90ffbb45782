"""Everything that was ever said is found again: in any spelling of accents, newest first, at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.finding.find import Wanted, find, nearest
from newsletter.workspace import Workspace
from tests.any.work import ends

PROFILE = """\
title: Andes letter
languages: [en, es]
countries:
  peru: {name: {en: Peru, es: Perú}, about: Where the Quipus Collective works.}
  cote: {name: {en: Ivory Coast, fr: Côte d’Ivoire}}
"""
JUNE = """\
subject: "The caf\\u00e9 of Ñaña"
preheader: What the judges said
send_on: 2025-06-04
sections:
  - type: letter
    body: |
      Dear {first_name|friend},

      the Congress of Peru’s neighbour voted; **amnesty** was
      refused in Lima.
  - type: news
    title: An amnesty law
    country: peru
    case: amnesty-law
    body: They voted.
    people: [{name: Ángela Núñez, consent: agreed}]
  - {type: petition, id: free-them, title: Let them go, body: Ask., country: cote}
"""
JULY_ES = (
    JUNE.replace("2025-06-04", "2025-07-04").replace("An amnesty law", "La amnistía").replace("They voted", "Votaron")
)
CLIPPING = """\
---
title: "Amnesty for soldiers"
address: https://example.org/a
date: 2025-06-20
---
The Senate debated all night.

An amnesty for soldiers was
passed in Lima, said Ángela Núñez.
"""


@pytest.fixture
def there(tmp_path: Path) -> Workspace:
    """Two issues, a clipping, a broken draft, and what is not to be looked into."""
    files = {
        "newsletter.yaml": PROFILE,
        "2025-06.yaml": JUNE,
        "2025-07.es.yaml": JULY_ES,
        "clippings/soldiers.txt": CLIPPING,
        "2025-08.yaml": 'subject: "Never closed\nsections: [an amnesty: {]\n',
        "2025-07.approval.yaml": "en: {by: Amnesty}\n",
        ".hidden.yaml": "subject: amnesty\n",
    }
    for name, text in files.items():
        path = tmp_path / "issues" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return Workspace(tmp_path.resolve())


def places(there: Workspace, *words: str, **narrowed: str) -> list[str]:
    """Where it is found, each place with what stands there."""
    found = find(there, Wanted(words, **narrowed))
    for one in found:
        lines = (there.root / one.file).read_text("utf-8").split("\n")
        assert all(one.text[start:end].strip() for start, end in one.marks)
        if one.marks and "\\" not in lines[one.line - 1]:
            start, end = one.marks[0]
            assert lines[one.line - 1][one.column - 1 :].startswith(one.text[start:end].split("\n")[0])
    return [f"{one.file.removeprefix('issues/')}:{one.line}" for one in found]


def test_newest_first_and_what_cannot_be_read_too(there: Workspace) -> None:
    """A draft with a slip is read line by line; the clipping stands by its date; approvals and hidden files do not count."""
    assert places(there, "amnest") == [
        "2025-08.yaml:2",
        "2025-07.es.yaml:9",
        "clippings/soldiers.txt:2",
        "clippings/soldiers.txt:8",
        "2025-06.yaml:9",
        "2025-06.yaml:12",
    ]


def test_accents_capitals_and_apostrophes_make_no_difference(there: Workspace) -> None:
    """Also where the file writes a letter with a backslash."""
    assert places(there, "NUNEZ") == ["2025-07.es.yaml:16", "clippings/soldiers.txt:9", "2025-06.yaml:16"]
    assert places(there, "amnistia") == ["2025-07.es.yaml:12"]
    assert places(there, "peru's") == ["2025-07.es.yaml:9", "2025-06.yaml:9"]
    assert places(there, "cafe nana") == []
    assert places(there, "cafe", "nana") == ["2025-07.es.yaml:1", "2025-06.yaml:1"]


def test_words_are_found_where_one_begins_with_them(there: Workspace) -> None:
    """Not in the middle of one."""
    assert places(there, "sold") == ["clippings/soldiers.txt:2", "clippings/soldiers.txt:8"]
    assert places(there, "oldiers") == []


def test_all_the_words_stand_in_one_text(there: Workspace) -> None:
    """A paragraph of a clipping, a field of an issue; not one here and one there."""
    assert places(there, "amnesty", "lima", language="en") == ["2025-06.yaml:9"]
    assert places(there, "senate", "soldiers") == []
    assert places(there, "amnesty", "passed") == ["clippings/soldiers.txt:8"]


def test_a_phrase_is_whole_and_in_order(there: Workspace) -> None:
    """As one argument with spaces, or with quotation marks of any kind; over the end of a line too."""
    assert places(there, "soldiers was passed") == ["clippings/soldiers.txt:8"]
    assert places(there, "“amnesty was refused”", language="en") == []
    assert places(there, '"was refused"', language="en") == ["2025-06.yaml:9"]
    assert places(there, "was refuse", language="en") == []


def test_by_case_country_name_ask_and_language(there: Workspace) -> None:
    """Each narrows the search; without words, each section is named once."""
    assert places(there, case="amnesty-law", language="en") == ["2025-06.yaml:12"]
    assert places(there, "voted", country="Perú") == ["2025-06.yaml:15"]
    assert places(there, country="Cote d'Ivoire", language="es") == ["2025-07.es.yaml:17"]
    assert places(there, ask="free-them") == ["2025-07.es.yaml:17", "2025-06.yaml:17"]
    assert places(there, "voted", name="angela nunez") == ["2025-06.yaml:15"]
    assert places(there, "lima", name="angela") == ["clippings/soldiers.txt:9"]
    assert places(there, "amnesty", case="another") == []


def test_the_profile_is_looked_into_last(there: Workspace) -> None:
    """What stands on a country's page was said too."""
    assert places(there, "quipus") == ["newsletter.yaml:4"]


def test_nothing_found_names_the_nearest_spelling(there: Workspace) -> None:
    """Of each word that stands nowhere; a word that does stand somewhere is none."""
    assert nearest(there, Wanted(("amnisty", "lima"))).nearest == {"amnisty": "amnesty"}
    assert nearest(there, Wanted(("xylophone",))).nearest == {"xylophone": ""}
    assert nearest(there, Wanted((), case="amnesti-law")).nearest == {"amnesti-law": "amnesty-law"}
    assert nearest(there, Wanted(("lima", "senate"))).nearest == {}


def test_a_long_line_is_cut_around_the_words(there: Workspace) -> None:
    """With dots where something is left out, and the marks where the words stand."""
    long = f"{'before ' * 100}the needle in it {'after ' * 100}"
    (there.issues / "clippings" / "long.txt").write_text(long, "utf-8")
    (one,) = find(there, Wanted(("needle",)))
    assert one.text.startswith("… ")
    assert one.text.endswith("…")
    assert len(one.text) < 240
    assert [one.text[start:end] for start, end in one.marks] == ["needle"]


def test_ten_years_do_not_take_long(sample: Workspace) -> None:
    """120 issues of the July sample's size, a word that each of them holds many times, and one that none holds."""
    text = (sample.issues / "2025-07.yaml").read_text("utf-8")
    for year in range(2010, 2020):
        for month in range(1, 13):
            (sample.issues / f"{year}-{month:02}.yaml").write_text(text, "utf-8")
    with ends():
        assert len(find(sample, Wanted(("putis",)))) > 120
        assert find(sample, Wanted(("amnisty",))) == []
        assert nearest(sample, Wanted(("amnisty",))).nearest == {"amnisty": "Amnesty"}
