"""The sample workspace says what is known, no more, and is written as we ask others to write."""

from __future__ import annotations

import csv
import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image

from newsletter.drafting.profile import read_profile
from newsletter.drafting.read import read
from newsletter.drafting.types import read_types
from newsletter.nouns.draft import Edition, Kind, NamedPerson, Picture, Source, Value, entries
from newsletter.workspace import Workspace, shipped

REPOSITORY = Path(__file__).resolve().parents[2]
SAMPLE = Workspace(shipped())
LISTS = REPOSITORY / "newsletter" / "demo"
DRAWINGS = REPOSITORY / "docs" / "drawings"

# What each issue has to tell. A number or a name that is spelt otherwise in the issue is a slip.
TOLD: dict[str, tuple[str, ...]] = {
    "2024-02": (
        "UN Special Rapporteur on the rights of Indigenous peoples",
        "Forestry and Wildlife Law",
        "native and peasant communities",
        "voluntary isolation",
        "free, prior and informed consent",
        "farming or another business",
        "physical and cultural survival",
    ),
    "2024-06": (
        "Human Rights Watch",
        "10 May 2024",
        "Essential Health Insurance Plan",
        "mental health conditions",
        "Health Ministry",
        "same-sex marriage",
        "civil union",
    ),
    "2024-07": (
        "International Federation for Human Rights",
        "Peru's Association for Human Rights",
        "International Criminal Court",
        "President Dina Boluarte",
        "crimes against humanity",
        "49 people",
        "preliminary examination",
    ),
    "2024-08": (
        "Who Called the Shots?",
        "Chain of Command Responsibility for Killings and Injuries in Protests in Peru",
        "December 2022 to March 2023",
        "50 civilians and one policeman",
        "Over 1,400 people were injured",
        "commander-in-chief",
        "criminal responsibility",
    ),
    "2024-09": (
        "former Commander General of the National Police",
        "constitutional complaint",
        "President Boluarte and several former ministers",
        "police officers, soldiers and civilian officials of high rank",
    ),
    "2024-12": (
        "10 to 13 November 2024",
        "Yovana Mendoza Huarancca is Vice-President of the Ayacucho Victims Association",
        "Mario Iquita Chambi comes from the Juliaca Victims Association",
        "Vanessa Cuentas, Advocacy Officer of Amnesty in Peru",
        "Peru Support Group (PSG)",
        "Foreign, Commonwealth and Development Office",
        "Lord Alderdice, the PSG's president",
        "Baroness Chapman",
        "minister for Latin America",
        "Human Rights Action Centre (HRAC)",
        "slow progress",
        "Spain, to its foreign minister",
        "Geneva, to diplomats at the UN and to UN experts",
        "recording",
    ),
    "2025-01": (
        "four people who survived",
        "December 2022 to March 2023",
        "1,400 people were hurt",
        "bullets, pellets and tear gas",
        "health and recovery",
    ),
    "2025-04": (
        "12 March 2025",
        "Urgent Action",
        "undue control",
        "international development funding",
        "restrictions, arbitrariness and censorship",
        "Freedom of association and freedom of expression",
        "civic space",
    ),
    "2025-05": (
        "Peruvian Agency for International Cooperation (APCI)",
        "repeal",
        "arbitrary decisions",
        "critical voices",
        "hundreds of victims",
        "yearly report",
    ),
    "2025-06": (
        "Celia Ramos",
        "1997",
        "19 days",
        "tubal ligation",
        "respiratory failure",
        "family planning programme",
        "Demus",
        "2010",
        "11 years",
        "June 2023",
        "first case of forced sterilisation in Peru",
        "stands for thousands",
        "Marisiela Monzon Ramos",
    ),
    "2025-07": (
        "bill 7549",
        "first vote",
        "armed forces, the police and self-defence committees",
        "state officials",
        "fight against terrorism from 1980 to 2000",
        "people over 70 whose sentence is final",
        "13 June 2025",
        "at least 156 cases with a final sentence",
        "massacre of Putis, in Ayacucho",
        "123 people were killed there in 1984",
        "A law passed in 2024",
        "Marina Navarro",
        "case by case",
    ),
}

# The numbers that each issue may hold, written without the comma of thousands. Any other one was made up.
NUMBERS: dict[str, set[int]] = {
    "2024-02": set(),
    "2024-06": {10, 2024},
    "2024-07": {49, 2022, 2023, 7, 2024},
    "2024-08": {50, 1400, 2022, 2023, 7, 2024},
    "2024-09": {2022, 2023},
    "2024-12": {10, 13, 11, 2022, 2023, 2024, 1400},
    "2025-01": {2022, 2023, 1400},
    "2025-04": {12, 2025},
    "2025-05": {2022, 2023, 2024, 4, 2025},
    "2025-06": {11, 19, 1990, 1997, 2010, 2023},
    "2025-07": {7549, 1980, 2000, 70, 156, 123, 1984, 2024, 13, 2025, 1997, 19, 2010, 2023, 2022, 50, 1400},
}

AT_RISK_OR_VICTIM = ("Yovana Mendoza Huarancca", "Mario Iquita Chambi", "Celia Ramos", "Marisiela Monzon Ramos")
HOSTS = {"www.amnesty.org", "example.org"}
LINK = re.compile(r"\]\((\S+?)\)")
EDITIONS = sorted(path.name for path in SAMPLE.issues.glob("20*.yaml") if ".approval." not in path.name)
ENGLISH = [name for name in EDITIONS if name.count(".") == 1]


def edition(name: str) -> Edition:
    """An edition of the sample, which must read without a word of complaint."""
    types, problems = read_types(SAMPLE)
    language = "es" if name.endswith(".es.yaml") else "en"
    found, more = read(SAMPLE.issues / name, types, root=SAMPLE.root, language=language)
    assert [str(problem) for problem in (*problems, *more)] == []
    assert found is not None
    return found


def words(found: Edition) -> Iterator[str]:
    """Everything in an edition's sections that a reader reads: dates in English, links without their addresses."""
    for entry in entries(found):
        kind, value = entry.field.kind, entry.value
        if kind in {Kind.TEXT, Kind.MARKDOWN} and entry.field.name not in {"id", "country", "case"}:
            yield " ".join(LINK.sub("]", str(value)).split())
        elif isinstance(value, Picture):
            yield from (value.alt or "", value.caption, value.credit)
        elif kind is Kind.SOURCES and isinstance(value, tuple):
            yield from (f"{source.title}, {source.publisher}" for source in value if isinstance(source, Source))
        elif isinstance(value, dt.date):
            yield f"{value.day} {value:%B %Y}"
        elif kind is Kind.PARTIAL_DATE:
            year, month, day = (int(part) for part in f"{value}-0-0".split("-")[:3])
            yield f"{day} {dt.date(year, month, day):%B %Y}" if day else f"{month} {year}"


def said(found: Edition) -> str:
    """The whole of an edition as its readers read it."""
    return "\n".join((found.subject, found.preheader, *words(found))).replace("**", "").replace("*", "")


def addresses(found: Edition) -> list[str]:
    """Every address an edition links to, in its order."""
    gathered: list[str] = []
    for entry in entries(found):
        if entry.field.kind is Kind.URL:
            gathered.append(str(entry.value))
        elif entry.field.kind is Kind.MARKDOWN:
            gathered += LINK.findall(str(entry.value))
        elif entry.field.kind is Kind.SOURCES and isinstance(entry.value, tuple):
            gathered += [source.url for source in entry.value if isinstance(source, Source)]
    return gathered


def numbers(text: str) -> set[int]:
    """The numbers in a text, read alike in both languages: 1,400 and 1400 are one."""
    return {int(found.replace(",", "")) for found in re.findall(r"\d+(?:,\d{3})*", text)}


def people(value: Value) -> Iterator[NamedPerson]:
    """The people that a field names."""
    if isinstance(value, tuple):
        yield from (one for one in value if isinstance(one, NamedPerson))


def pictures() -> list[tuple[str, Picture]]:
    """Every picture of the sample, with the file of its edition."""
    shown = ((name, entry.value) for name in EDITIONS for entry in entries(edition(name)))
    return [(name, value) for name, value in shown if isinstance(value, Picture)]


def test_the_year_is_complete() -> None:
    """Eleven issues, as the year had them, and July in Spanish too."""
    assert [name.removesuffix(".yaml") for name in ENGLISH] == list(TOLD)
    assert [name for name in EDITIONS if name not in ENGLISH] == ["2025-07.es.yaml"]


@pytest.mark.parametrize("name", EDITIONS)
def test_every_edition_reads_without_a_problem(name: str) -> None:
    """A newcomer's first look at an issue is at one that has nothing to mend."""
    assert edition(name).sections[0].type.name == "letter"


def test_the_profile_reads_without_a_problem_and_names_who_answers() -> None:
    """P9, P10: legal name, charity number, postal address, privacy and complaints all stand there."""
    profile, problems = read_profile(SAMPLE.profile, SAMPLE.root)
    assert problems == []
    assert profile is not None
    organisation = profile.organisation
    assert all((organisation.legal, organisation.postal_address, organisation.privacy_url, organisation.complaints))
    assert organisation.charity_number == "000000"
    country = profile.countries["peru"]
    assert country.report is not None
    for text in (country.name, country.about, country.report.title, country.report.body):
        assert set(text.texts) == {"en", "es"}
    assert str(country.report.published) == "2025-04"


@pytest.mark.parametrize("issue", TOLD)
def test_an_issue_tells_what_is_known(issue: str) -> None:
    """Each name, number and date stands in its issue as it is known."""
    text = said(edition(f"{issue}.yaml"))
    assert [fact for fact in TOLD[issue] if fact not in text] == []


@pytest.mark.parametrize("name", EDITIONS)
def test_an_issue_holds_no_number_that_is_not_known(name: str) -> None:
    """A number that nobody gave us was made up; the last day of the petition is a placeholder that says so."""
    text = said(edition(name)).replace("30 September 2025", "")
    assert numbers(text) - NUMBERS[name.partition(".")[0]] == set()


@pytest.mark.parametrize("name", EDITIONS)
def test_nobody_is_quoted_and_no_cause_is_claimed(name: str) -> None:
    """We have no quotation, so there are no quotation marks; we know what came after, not what came from it."""
    text = said(edition(name))
    assert re.findall('[“”„«»"]', text) == []
    assert (
        re.findall(r"\b(?:because|due to|as a result|debido a|porque)\b", text.replace("is due this month", "")) == []
    )


@pytest.mark.parametrize("name", EDITIONS)
def test_subject_and_preheader_fit_an_inbox(name: str) -> None:
    """F16: a subject of at most 60 characters, a preheader of 40 to 100."""
    found = edition(name)
    assert 0 < len(found.subject) <= 60
    assert 40 <= len(found.preheader) <= 100
    assert not re.match(r"(?i)(re|fwd?):", found.subject)


@pytest.mark.parametrize("name", EDITIONS)
def test_letters_go_out_on_the_first_friday(name: str) -> None:
    """A working morning at the start of the month that the file is named for."""
    found = edition(name)
    assert (found.send_on.year, found.send_on.month) == (found.issue.year, found.issue.month)
    assert found.send_on.day <= 7
    assert f"{found.send_on:%a}" == "Fri"


@pytest.mark.parametrize("name", EDITIONS)
def test_links_lead_only_where_we_mean_them_to(name: str) -> None:
    """The one real page that is known, or a placeholder, always by https."""
    for address in addresses(edition(name)):
        assert urlsplit(address).scheme == "https"
        assert urlsplit(address).netloc in HOSTS


@pytest.mark.parametrize("name", EDITIONS)
def test_every_placeholder_link_is_called_one(name: str) -> None:
    """Beside an address of example.org, or just above it, a comment says that it is a placeholder."""
    lines = (SAMPLE.issues / name).read_text("utf-8").splitlines()
    for number, line in enumerate(lines):
        if "https://example.org/" in line:
            near = "\n".join(lines[max(0, number - 14) : number + 1])
            assert re.search("#.*(placeholder|provisional)", near), f"{name}:{number + 1}"


@pytest.mark.parametrize("name", EDITIONS)
def test_people_at_risk_and_victims_stand_there_on_a_ground(name: str) -> None:
    """P14: whoever is a victim or at risk and is named has a line that says on what ground."""
    found = edition(name)
    listed = [one for entry in entries(found) if entry.field.kind is Kind.PEOPLE for one in people(entry.value)]
    grounds = {person.name: person.consent for person in listed}
    for one in AT_RISK_OR_VICTIM:
        assert one not in said(found) or grounds.get(one)


def test_july_is_the_same_in_both_languages() -> None:
    """Sections, dates, cases, pictures, numbers and links agree; only the words differ."""
    english, spanish = edition("2025-07.yaml"), edition("2025-07.es.yaml")
    for part in ("type", "id", "case", "significant"):
        assert [getattr(one, part) for one in english.sections] == [getattr(one, part) for one in spanish.sections]
    for name in ("date", "until"):
        assert [one.values.get(name) for one in english.sections] == [one.values.get(name) for one in spanish.sections]
    assert english.send_on == spanish.send_on
    assert addresses(english) == addresses(spanish)
    assert numbers(said(english)) - {13} == numbers(said(spanish)) - {13}
    shown = [[v.file for n, v in pictures() if n == name] for name in ("2025-07.yaml", "2025-07.es.yaml")]
    assert shown[0] == shown[1]


def test_an_ask_keeps_its_id_and_its_last_day() -> None:
    """The petition is known for the same one from issue to issue; an ask without a known end has none."""
    asks = [one for name in EDITIONS for one in edition(name).sections if one.type.ask]
    petitions = {one.values.get("until") for one in asks if one.id == "who-called-the-shots"}
    assert petitions == {dt.date(2025, 9, 30)}
    urgent = [one for one in asks if one.id != "who-called-the-shots"]
    assert [(one.id, one.values["label"]) for one in urgent] == [("civil-society-amendments", "Urgent Action")]
    assert "until" not in urgent[0].values


def test_each_issue_has_something_for_the_page_of_the_year() -> None:
    """One or two sections an issue stand on the public page as well."""
    for name in EDITIONS:
        assert 1 <= sum(one.significant for one in edition(name).sections) <= 2


def test_every_picture_is_there_and_described() -> None:
    """X3: each has an alt text, a caption that is a sentence, and a credit; none is heavy."""
    assert pictures()
    for name, picture in pictures():
        path = SAMPLE.picture(picture.file)
        assert path is not None, f"{name}: {picture.file}"
        assert picture.alt
        assert len(picture.alt) <= 80
        assert picture.caption.endswith(".")
        assert picture.credit.startswith(("Drawing: ", "Dibujo: "))
        assert path.stat().st_size < 120_000
        with Image.open(path) as image:
            assert image.size in {(1200, 640), (976, 520), (464, 560)}


def test_every_picture_is_shown_and_can_be_drawn_again() -> None:
    """No picture without its drawing, no drawing without its picture, none that no issue shows."""
    there = {path.stem for path in SAMPLE.images.glob("*.png")}
    assert there == {Path(picture.file).stem for _, picture in pictures()}
    assert there == {path.stem for path in DRAWINGS.glob("*.svg")}
    assert not any("<text" in path.read_text("utf-8") for path in DRAWINGS.glob("*.svg"))


@pytest.mark.parametrize("name", ["newsletter.yaml", *EDITIONS])
def test_the_files_are_tidy(name: str) -> None:
    """No tabs, no trailing spaces, lines that fit a window (a long link apart)."""
    for line in (SAMPLE.issues / name).read_text("utf-8").splitlines():
        assert line == line.rstrip()
        assert "\t" not in line
        assert len(LINK.sub("]", line)) <= 100


def rows(name: str) -> list[dict[str, str]]:
    """A sample list, read as any reader of CSV reads it."""
    with (LISTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_sample_list_holds_fifty_invented_people() -> None:
    """P2, P14: fifty different example addresses, each with ground, source and date."""
    people = rows("list.csv")
    assert list(people[0]) == ["email", "name", "language", "ground", "source", "since"]
    assert len({one["email"].casefold() for one in people}) == len(people) == 50
    assert {one["email"].rpartition("@")[2] for one in people} == {
        "example.org",
        "example.com",
        "example.net",
        "straße.example",
    }
    assert {one["ground"] for one in people} == {"consent"}
    assert all(one["source"].strip() for one in people)
    assert all(dt.date(2024, 1, 1) <= dt.date.fromisoformat(one["since"]) < dt.date(2025, 7, 4) for one in people)
    assert sum(one["language"] == "es" for one in people) >= 8
    assert {one["language"] for one in people} == {"en", "es"}


def test_the_sample_list_holds_ten_awkward_names() -> None:
    """Whatever a name can hold stands in the list once: what works for these works for all."""
    names = [one["name"] for one in rows("list.csv")]
    awkward = {
        "long": [n for n in names if len(n) > 100],
        "apostrophe": [n for n in names if "'" in n],
        "right to left": [n for n in names if any(unicodedata.bidirectional(c) == "AL" for c in n)],
        "emoji": [n for n in names if "\u200d" in n],
        "only spaces": [n for n in names if n and not n.strip()],
        "quotes and comma": [n for n in names if '"' in n and "," in n],
        "angle brackets and ampersand": [n for n in names if "<" in n and "&" in n],
        "composed": [n for n in names if n.startswith("Nguy") and unicodedata.is_normalized("NFC", n)],
        "decomposed": [n for n in names if n.startswith("Nguy") and not unicodedata.is_normalized("NFC", n)],
        "formula and template": [n for n in names if n.startswith("=") and "{" in n],
    }
    assert {kind: len(found) for kind, found in awkward.items()} == dict.fromkeys(awkward, 1)
    assert "" in names


def test_three_of_them_asked_to_leave_in_another_spelling() -> None:
    """B12: each of the three stands in the list, none in the same spelling."""
    listed = {one["email"] for one in rows("list.csv")}
    left = [one["email"] for one in rows("suppressed.csv")]
    assert len(left) == 3
    assert {one.casefold() for one in left} < listed
    assert not set(left) & listed
