"""The standing facts are read, in as many languages and countries as the newsletter has."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter.drafting.profile import read_profile
from newsletter.nouns.draft import PartialDate, Profile, Translated
from newsletter.nouns.problem import Problem
from newsletter.workspace import shipped

WHOLE = """\
title: {en: News, es: Noticias}
languages: [en, es]
countries:
  peru:
    name: {en: Peru, es: Perú}
    page: https://www.example.org/peru
    about: |
      Some **Markdown**.
    report: {title: T, published: 2025-04, body: B}
  costa-rica: {name: Costa Rica}
organisation: {name: O, charity_number: "0123", complaints: https://example.org/complain}
sender: {name: Peru coordination, address: peru@example.org, list_id: peru.news.example.org}
coordinators:
  - {name: Ana, role: {en: Coordinator, es: Coordinadora}, portrait: ana.png}
test_addresses: [ana@straße.example.org]
leave_by_mail: leave@example.org
approval: optional
look: {accent: "#FFE600", ink: "#111111", paper: "#ffffff", logo: logo.png, font: "georgia,  Times New Roman"}
"""


FONT = 'font: "georgia,  Times New Roman"'


def parse(root: Path, text: str) -> tuple[Profile | None, list[Problem]]:
    """Write a profile and read it."""
    path = root / "newsletter.yaml"
    path.write_text(text, encoding="utf-8")
    return read_profile(path, root)


def test_a_whole_profile(tmp_path: Path) -> None:
    """Every fact arrives under its name; what is the same in every language may be said once."""
    profile, problems = parse(tmp_path, WHOLE)
    assert problems == []
    assert profile is not None
    assert (profile.title.into("es"), profile.languages) == ("Noticias", ("en", "es"))
    assert list(profile.countries) == ["peru", "costa-rica"]
    peru, costa_rica = profile.countries.values()
    assert (peru.key, peru.name.into("es"), peru.about.into("en")) == ("peru", "Perú", "Some **Markdown**.")
    assert peru.report is not None
    assert peru.report.published == PartialDate(2025, 4)
    assert (costa_rica.name, costa_rica.report) == (Translated({"": "Costa Rica"}), None)
    assert profile.organisation.charity_number == "0123"
    assert profile.coordinators[0].role.into("es") == "Coordinadora"
    assert profile.test_addresses == ("ana@straße.example.org",)
    assert not profile.approval_required
    assert profile.look.accent == "#ffe600"
    assert profile.look.font == ("Georgia", "Times New Roman")
    assert str(profile.place(("sender", "address"))) == "newsletter.yaml:12:44"
    assert str(profile.place(("sender", "reply_to"))) == "newsletter.yaml:12:9"


LEAST = "title: T\nlanguages: [en]\ncountries: {peru: {name: Peru}}\n"


@pytest.mark.parametrize(
    ("written", "months"),
    [
        ("2025-08", [(2025, 8)]),
        ("[2026-01, 2025-08, 2025-08]", [(2025, 8), (2026, 1)]),
        ("\n  - 2025-08\n  - 2025-12", [(2025, 8), (2025, 12)]),
        ("[]", []),
        ("", []),
        ('""', []),
    ],
)
def test_months_of_pause(tmp_path: Path, written: str, months: list[tuple[int, int]]) -> None:
    """One, several, or none; in their order, each once."""
    profile, problems = parse(tmp_path, f"{LEAST}pause: {written}\n")
    assert problems == []
    assert profile
    assert profile.pause == tuple(PartialDate(*month) for month in months)


@pytest.mark.parametrize(
    ("written", "place", "hint"),
    [
        ("2025", "4:8", "2025-08"),
        ("2025-08-01", "4:8", "2025-08"),
        ("August", "4:8", "2025-08"),
        ("[2025-08, 2025-13]", "4:18", "2025-08"),
        ("{from: 2025-08}", "4:8", "2025-08"),
    ],
)
def test_what_is_no_month_is_told(tmp_path: Path, written: str, place: str, hint: str) -> None:
    """At its place, with a month as it is written."""
    profile, problems = parse(tmp_path, f"{LEAST}pause: {written}\n")
    assert profile is None
    assert [str(one.place) for one in problems] == [f"newsletter.yaml:{place}"]
    assert hint in problems[0].hint


def test_the_least_profile(tmp_path: Path) -> None:
    """Three facts are enough to begin with; approval is then required."""
    profile, problems = parse(tmp_path, "title: T\nlanguages: [en]\ncountries: {peru: {name: Peru}}\nsender:\nlook:\n")
    assert problems == []
    assert profile is not None
    assert profile.approval_required
    assert profile.sender.address == ""


@pytest.mark.parametrize(
    ("look", "place"), [('paper: "#555555"', "4:15"), ('ink: "#777777", paper: "#777777"', "4:13")]
)
def test_the_nearest_colour_that_passes_does_pass(tmp_path: Path, look: str, place: str) -> None:
    """X5: whoever types what the hint says has a letter that can be read."""
    text = f"title: T\nlanguages: [en]\ncountries: {{peru: {{name: Peru}}}}\nlook: {{{look}}}\n"
    profile, problems = parse(tmp_path, text)
    assert profile is None
    assert [str(one.place) for one in problems] == [f"newsletter.yaml:{place}"]
    name, colour = problems[0].hint.removeprefix("The nearest that passes: ").split(": ")
    mended = text.replace(f'{name}: "{look.split(name)[1][3:10]}"', f"{name}: {colour}")
    assert mended != text
    assert parse(tmp_path, mended)[1] == []


@pytest.mark.parametrize("colour", ["rgb(300, 0, 0)", "hsl(0, 900%, 900%)", "#12"])
def test_what_means_no_colour_is_answered_with_an_example(tmp_path: Path, colour: str) -> None:
    """Never with one that is none either: three figures of at most 255 make six digits."""
    text = f'title: T\nlanguages: [en]\ncountries: {{peru: {{name: Peru}}}}\nlook: {{accent: "{colour}"}}\n'
    (problem,) = parse(tmp_path, text)[1]
    assert problem.hint == 'Six digits after #, in quotes, such as "#ffe600".'


def test_a_pale_accent_is_a_warning(tmp_path: Path) -> None:
    """White buttons on white paper: the letter goes out, but somebody has looked."""
    text = 'title: T\nlanguages: [en]\ncountries: {peru: {name: Peru}}\nlook: {accent: "#ffffff"}\n'
    profile, problems = parse(tmp_path, text)
    assert profile
    assert [(str(one.place), one.severity.name) for one in problems] == [("newsletter.yaml:4:16", "WARNING")]


def test_the_sample_is_read_without_a_problem() -> None:
    """What volunteers start from."""
    profile, problems = read_profile(shipped() / "issues" / "newsletter.yaml", shipped())
    assert problems == []
    assert profile is not None
    assert profile.file == "issues/newsletter.yaml"


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("title: {en", "titel: {en", "1:1", "Did you mean “title”?"),
        ("languages: [en, es]", "languages: en", "2:12", "A list belongs here"),
        ("languages: [en, es]", "languages: []", "2:1", "The list is empty"),
        ("languages: [en, es]", "languages: [en, English]", "2:17", "short name"),
        ("languages: [en, es]", "languages: [en, en]", "2:17", "twice"),
        ("{en: Peru, es: Perú}", "{en: Peru, español: Perú}", "5:22", "short name"),
        ("{en: Peru, es: Perú}", "{en: Peru, Lima}", "5:22", "a comma"),
        ("  costa-rica: {", "  Costa Rica: {", "10:3", "costa-rica"),
        ("peru@example.org", "peru@", "12:44", "not an e-mail address"),
        ("peru@example.org", '"Ana <a@example.org>"', "12:44", "without a name in front"),
        ("peru@example.org", '"a@example.org\\r\\nBcc: b@example.org"', "12:58", "control character"),
        ("https://www.example.org/peru", "www.example.org/peru", "6:11", "https://www.example.org/peru"),
        ("2025-04", "2025-14", "9:35", "no month 14"),
        ("approval: optional", "approval: optionl", "17:11", "Did you mean “optional”?"),
        ('"#FFE600"', "yellow", "18:16", 'Type instead: "#ffff00"'),
        ('"#FFE600"', '"#fe0"', "18:16", 'Type instead: "#ffee00"'),
        ('"#FFE600"', '"rgb(255, 230, 0)"', "18:16", 'Type instead: "#ffe600"'),
        ('"#FFE600"', "sunny", "18:16", 'such as "#ffe600"'),
        ('"#FFE600"', '"#7b7b7b"', "18:16", 'passes: accent: "#7e7e7e"'),
        ('"#111111"', '"#aaaaaa"', "18:32", "contrast of 2.3"),
        ('"#111111"', '"#aaaaaa"', "18:32", 'passes: ink: "#767676"'),
        ("logo: logo.png", "logoo: logo.png", "18:61", "Did you mean “logo”?"),
        (FONT, "font: Comic Sans", "18:83", "What may stand here: Helvetica Neue"),
        (FONT, "font: Goergia", "18:83", "Did you mean “Georgia”?"),
        (FONT, """font: "Arial; color: red\"""", "18:83", "Write names and commas only"),
        (FONT, """font: "'Arial'\"""", "18:83", "cannot stand in a font's name"),
        ("sender: {", "sender: x # {", "12:9", "Names with values"),
    ],
)
def test_a_mistake_is_told_at_its_place(tmp_path: Path, old: str, new: str, place: str, message: str) -> None:
    """What is wrong, where, and what to type instead. X5: ink is readable on paper."""
    assert old in WHOLE
    profile, problems = parse(tmp_path, WHOLE.replace(old, new, 1))
    assert profile is None
    told = {str(one.place): f"{one.message} {one.hint}" for one in problems}
    assert message in told.get(f"newsletter.yaml:{place}", ""), told


def test_what_is_missing_is_told_all_at_once(tmp_path: Path) -> None:
    """An empty start names the three facts that it needs."""
    _, problems = parse(tmp_path, "approval: required\n")
    assert {one.message.split("”")[0].strip("“") for one in problems} == {"title", "languages", "countries"}


@pytest.mark.parametrize("text", ["", "- a\n", "hello", "a: [", "\x00"])
def test_nothing_raises(tmp_path: Path, text: str) -> None:
    """Whatever stands in the file."""
    profile, problems = parse(tmp_path, text)
    assert profile is None
    assert problems


def test_pages_of_the_profile_may_have_an_address_in_each_language(tmp_path: Path) -> None:
    """One for all readers, or one for each language; which of them cannot be opened is told at its place."""
    text = """title: T
languages: [en, es]
countries: {peru: {name: Peru, page: "https://example.org/peru"}}
organisation: {privacy_url: {en: "https://example.org/privacy", es: "https://example.org/privacidad"}}
"""
    profile, problems = parse(tmp_path, text)
    assert problems == []
    assert profile
    assert profile.countries["peru"].page.texts == {"": "https://example.org/peru"}
    assert profile.organisation.privacy_url.into("es") == "https://example.org/privacidad"
    profile, problems = parse(tmp_path, text.replace('es: "https://', 'es: "ftp://'))
    assert profile is None
    assert [str(one.place) for one in problems] == ["newsletter.yaml:4:65"]
    assert "An address starts with https://" in problems[0].message


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("[https://www.example.org/a]", "Write www.example.org"),
        ("[example]", "It looks like www.example.org"),
        ("['https://[x']", "It looks like www.example.org"),
        ("www.example.org", "list"),
    ],
)
def test_sites_on_which_campaign_codes_may_stay(tmp_path: Path, written: str, message: str) -> None:
    """P1: names of web sites, in a list."""
    profile, _ = parse(tmp_path, f"{WHOLE.rstrip()}\ncampaign_hosts: [WWW.Example.org, ñandú.example]\n")
    assert profile is not None
    assert profile.campaign_hosts == ("www.example.org", "ñandú.example")
    profile, problems = parse(tmp_path, f"{WHOLE.rstrip()}\ncampaign_hosts: {written}\n")
    assert profile is None
    assert message in " ".join(map(str, problems))
