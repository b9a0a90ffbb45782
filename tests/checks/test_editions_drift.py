"""Two languages that should say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds

EN = """\
- type: news
  title: A vote
  date: 2025-06-13
  body: They voted.
- type: petition
  id: sign
  title: Sign
  body: Ask.
  url: https://example.org/en/sign
  until: 2025-09-30
"""
ES = EN.replace("A vote", "Un voto").replace("/en/", "/es/")


def test_a_true_translation_passes(desk: Desk, finds: Finds) -> None:
    """Words differ; an address within the same site is worth no more than a note."""
    assert [one[1] for one in finds(desk.dossier(EN, other=ES))] == ["note"]
    assert finds(desk.dossier(EN, other=EN)) == []
    assert finds(desk.dossier(EN)) == []


def test_a_date_that_differs_is_a_warning_at_its_place(desk: Desk, finds: Finds) -> None:
    """A deadline changed in one language only."""
    found = finds(desk.dossier(EN, other=EN.replace("2025-09-30", "2025-09-20")))
    assert [one[:2] for one in found] == [("issues/2025-07.es.yaml:14:10", "warning")]


def test_another_site_and_a_missing_value(desk: Desk, finds: Finds) -> None:
    """A link to elsewhere, an id left out."""
    found = finds(desk.dossier(EN, other=EN.replace("example.org", "example.net").replace("  id: sign\n", "")))
    assert [one[:2] for one in found] == [
        ("issues/2025-07.es.yaml:9:3", "warning"),
        ("issues/2025-07.es.yaml:12:8", "warning"),
    ]


def test_sections_that_differ(desk: Desk, finds: Finds) -> None:
    """A section missing in one language, or of another type, is told once, not line by line."""
    only_news = EN[: EN.index("- type: petition")]
    assert [one[:2] for one in finds(desk.dossier(EN, other=only_news))] == [("issues/2025-07.es.yaml:5:3", "warning")]
    assert [one[:2] for one in finds(desk.dossier(only_news, other=EN))] == [("issues/2025-07.es.yaml:9:3", "warning")]
    swapped = only_news.replace("news", "report").replace("  date: 2025-06-13\n", "") + EN[len(only_news) :]
    assert [one[:2] for one in finds(desk.dossier(EN, other=swapped))] == [("issues/2025-07.es.yaml:5:3", "warning")]


def test_another_day(desk: Desk, finds: Finds) -> None:
    """Both editions leave on one day."""
    from tests.checks.conftest import HEAD

    found = finds(desk.dossier(EN, other=EN, other_head=HEAD.replace("07-04", "07-05")))
    assert [one[:2] for one in found] == [("issues/2025-07.es.yaml:3:10", "warning")]


STORY_EN = """\
- type: news
  title: A vote on bill 7549
  place: Lima
  body: |
    On 13 June 2025 Congress voted. At 6 pm some 1,500 people stood in the square, 12.5% of the town, says
    [the report](https://example.org/en/2025/report). The bill of 2022-23 ends 156 cases of the 1980s.
  sources:
    - {title: A report, url: "https://example.org/s", date: 2025-06}
    - {title: A count, url: "https://example.net/c"}
- type: table
  caption: Cases
  header: [{first: Year, second: Cases}]
  rows: [{first: "2024", second: "1,200"}, {first: "2025", second: "900"}]
"""
STORY_ES = """\
- type: news
  title: Un voto sobre el proyecto 7549
  place: Lima
  body: |
    El 13 de junio el Congreso votó. A las 18:00 unas 1500 personas estaban en la plaza, el 12,5 % del
    pueblo, dice [el informe](https://example.org/es/informe). El proyecto de 2022-2023 pone fin a 156 casos de los 80.
  sources:
    - {title: Un informe, url_es: "https://example.org/s", url: "https://example.org/t", date: 2025-06}
    - {title: Un recuento, url: "https://example.net/c"}
- type: table
  caption: Casos
  header: [{first: Año, second: Casos}]
  rows: [{first: "2024", second: "1.200"}, {first: "2025", second: "900"}]
"""


def test_the_same_said_in_two_ways_is_no_drift(desk: Desk, finds: Finds) -> None:
    """1,500 and 1.500 or 1500, a date in words with or without its year, 6 pm and 18:00, a page's own translation."""
    assert finds(desk.dossier(STORY_EN, other=STORY_ES)) == []
    assert finds(desk.dossier(STORY_EN, other=STORY_ES.replace("1500", "1.500").replace("1.200", "1 200"))) == []


SOURCE = '    - {title: Un recuento, url: "https://example.net/c"}\n'


@pytest.mark.parametrize(
    ("was", "now", "at", "words"),
    [
        ("1500 personas", "1600 personas", "1600", "“1600” stands here"),
        ("13 de junio", "14 de junio", "14 de", "“14 de junio” stands here"),
        ("18:00", "19:00", "19:00", "“19:00” stands here"),
        ("12,5 %", "13,5 %", "13,5", "“13,5” stands here"),
        ("a 156 casos", "a casos", "|", "“156” stands in issues/2025-07.yaml, line 10, but not here"),
        (" 7549", "", "Un voto", "“7549” stands in issues/2025-07.yaml, line 6"),
        ("example.org/es/informe)", "example.com/x)", "[el informe", "The link to https://example.com/x stands here"),
        ("[el informe](https://example.org/es/informe)", "el informe", "|", "The link to https://example.org/en/2025"),
        (SOURCE, "", "- {title: Un informe", "“sources” has 1 parts here, and 2"),
        (', {first: "2025", second: "900"}', "", '[{first: "2024"', "“rows” has 1 parts here, and 2"),
        ("1.200", "1.300", "1.300", "“1.300” stands here"),
        ("  place: Lima\n", "", "type: news", "“place” is not given here"),
        ("date: 2025-06", "date: 2025-05", "2025-05", "“date” is 2025-05 here, and 2025-06"),
    ],
)
def test_what_differs_inside_a_text_is_told_at_its_place(
    desk: Desk, finds: Finds, was: str, now: str, at: str, words: str
) -> None:
    """Dates, hours, numbers and links in running text, rows, sources, and a field that one edition lacks."""
    from tests.checks.conftest import HEAD

    assert was in STORY_ES
    spanish = STORY_ES.replace(was, now, 1)
    found = finds(desk.dossier(STORY_EN, other=spanish))
    before = (HEAD + spanish).partition(at)[0]
    place = f"issues/2025-07.es.yaml:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
    assert (place, True) in [(one[0], one[2].startswith(words)) for one in found], found


def test_a_picture_that_one_edition_lacks(desk: Desk, finds: Finds) -> None:
    """It is told once, with its name."""
    image = '  image: {file: a.png, alt: "A field", credit: "Photo: Example"}\n'
    found = finds(desk.dossier(EN.replace("  body: They", f"{image}  body: They"), other=ES))
    assert [one[2] for one in found if "file" in one[2]] == [
        "“file” is not given here, but in issues/2025-07.yaml it is (a.png)."
    ]


def test_the_sample_says_the_same_in_both_languages() -> None:
    """No false alarm on a letter that was translated with care."""
    from newsletter.checks.editions_drift import check
    from newsletter.nouns.draft import IssueName
    from newsletter.pipeline import prepare
    from newsletter.settings import Settings
    from newsletter.workspace import Workspace, shipped

    dossier = prepare(Workspace(shipped()), IssueName(2025, 7), Settings()).dossier
    assert dossier
    assert len(dossier.editions) == 2
    assert check(dossier, dossier.editions[0].send_on) == []


def test_a_number_that_is_another_one_is_told_once(desk: Desk, finds: Finds) -> None:
    """Where one stands in the other's stead, one sentence names both; without line ends and full stops."""
    said = EN.replace("They voted.", "|\n    In all 1,204 people wrote by 9 January\n    2023.")
    other = said.replace("1,204", "1.240").replace("9 January\n    2023", "9 de enero de\n    2022")
    assert [one[2] for one in finds(desk.dossier(said, other=other))] == [
        "“9 de enero de 2022” stands here, but “9 January 2023” in issues/2025-07.yaml, line 9.",
        "“1.240” stands here, but “1,204” in issues/2025-07.yaml, line 9.",
    ]
    more = said.replace("1,204 people", "people").replace("9 January", "9 de enero de")
    assert [one[2] for one in finds(desk.dossier(said, other=more))] == [
        "“1,204” stands in issues/2025-07.yaml, line 9, but not here."
    ]
