"""Every feature that our letters use, in every mail program we write for: what is lacking is told, and nothing is lost."""

from __future__ import annotations

import re

from newsletter.mail_programs.support import HERE, PROGRAMS, belongs, data, features, instead, known, not_told
from newsletter.mail_programs.used import declarations, in_styles
from tests.mail_programs.letters import NAMES
from tests.mail_programs.page import KINDS, PAGE, in_letters, keys, letters, page, unknown


def test_every_feature_of_our_letters_is_known() -> None:
    """A new tag, attribute, property, value, unit, at-rule or selector is looked up, or named with a reason."""
    assert unknown() == {}


def test_what_a_program_lacks_is_told_and_nothing_more() -> None:
    """A sentence for each feature that some program lacks; none for what all know, or no letter uses any more."""
    lacking = {feature.slug for feature in in_letters() if feature.lacking}
    assert lacking - instead().keys() == set(), "not told: newsletter/mail_programs/instead.yaml"
    assert instead().keys() - lacking == set(), "needed no more: newsletter/mail_programs/instead.yaml"


def test_nothing_of_a_letter_is_lost() -> None:
    """Each is the same, plainer, in other colours or read otherwise; there is no word for worse."""
    for slug, said in instead().items():
        assert said["is"] in KINDS, slug
        assert re.fullmatch(r"[A-Z].{20,160}\.", said["sees"]), slug


PIXELS = r"-?[\d.]+(px)?"
ONLY = {
    "background": r"#[0-9a-f]{6}|transparent|none",
    "background-color": r"#[0-9a-f]{6}|transparent",
    "border": r"none|0|[1-8]px solid( #[0-9a-f]{6})?",
    "border-top": r"none|0|[1-8]px solid( #[0-9a-f]{6})?",
    "border-radius": "0",
    "color": r"#(?:[0-9a-f]{3}){1,2}",
    "font-size": rf"{PIXELS}",
    "font-weight": "bold|normal",
    "line-height": rf"{PIXELS}|100%",
    "margin": r"[\d.]+(px)?( ([\d.]+(px)?|auto)){0,3}",
    "text-align": "left|right|center",
    "text-decoration": "none|underline",
    "text-transform": "none",
}
"""What the sentences of instead.yaml rest on: what is lacking of these is not what we use."""


def test_what_is_called_the_same_rests_on_what_we_use() -> None:
    """No margin below 0, no colour by its name, no size but in pixels, no line wider than 8, no list backwards."""
    declared = {one for html in letters().values() for one in declarations(html)}
    assert {name for name, _ in declared} >= ONLY.keys()
    assert [one for one in sorted(declared) if one[0] in ONLY and not re.fullmatch(ONLY[one[0]], one[1])] == []
    pages = "".join(letters().values())
    assert not re.search(r"<ol[^>]* reversed|<li[^>]* value|mailto:[^\"]*bcc=", pages)
    hidden = re.findall(r'style="([^"]*opacity[^"]*)"', pages)
    assert hidden
    assert all(re.search("display:none.*max-height:0.*overflow:hidden.*mso-hide:all", one) for one in hidden)
    assert all('dir="rtl" style="direction:rtl;' in letters()[name] for name in ("arabic-", "every-type-ar"))


def test_a_program_that_turns_to_the_night_turns_all_of_it() -> None:
    """X5: whoever knows the night's colours knows every kind of selector they are given by: no dark words on dark."""
    night = re.compile(r"@media \(prefers-color-scheme: ?dark\) ?\{(.*?\})\s*\}", re.DOTALL)
    rules = [rule for html in letters().values() for rule in night.findall(html)]
    assert len(rules) == len(letters())
    asked = {belongs()[key] for key in in_styles("".join(rules)) if key in belongs()}
    knows = {answer.program for answer in features()["css-at-media-prefers-color-scheme"].answers if answer.word == "y"}
    for slug in asked - {"css-selector-chaining"}:  # is of no use in them
        lacking = {answer.program for answer in features()[slug].answers if answer.word == "n"}
        assert not lacking & knows, slug
    assert "selector chaining" not in in_styles("".join(rules))


def test_the_letters_looked_at_are_many() -> None:
    """Every section type in three languages, in which the common features stand everywhere."""
    everywhere = [names for key, names in keys().items() if key in ("tag td", "property color", "at media")]
    assert len(everywhere) == 3
    assert all(names >= {*NAMES, "pictures", "markdown", "several countries"} for names in everywhere)
    assert {"tag ol", "tag pre", "tag hr", "link anchor", "attribute dir", "picture png"} <= keys().keys()


def test_the_programs_are_those_that_readers_have() -> None:
    """Gmail, Apple Mail, Outlook (classic, new, web), Yahoo, Thunderbird, Proton, GMX; each is in the data."""
    families = {program.split(".")[0] for program in PROGRAMS}
    assert families == {"gmail", "apple-mail", "outlook", "yahoo", "thunderbird", "protonmail", "gmx"}
    tried = {program for one in data()["features"].values() for program in one["support"]}
    assert PROGRAMS.keys() <= tried


def test_our_additions_hold() -> None:
    """Each names a feature that there is, and something that stands in a letter; each reason is needed."""
    for slug, names in known()["belongs"].items():
        assert slug in features(), slug
        assert any(name in keys() for name in names), slug
    for reason in known()["not in caniemail"]:
        told = [key for key in keys() if key not in belongs() and not_told(key) == reason]
        assert told or reason.startswith("for a letter on paper"), reason


def test_the_data_says_where_it_is_from() -> None:
    """Pinned, with its date and its licence beside it."""
    about = data()["about"]
    assert about["source"] == "github.com/hteumeuleu/caniemail"
    assert re.fullmatch(r"[0-9a-f]{40}", about["commit"])
    assert about["date"] == "2026-06-29"
    assert "MIT License" in (HERE / "caniemail.LICENCE.txt").read_text("utf-8")


def test_the_page_of_the_manual_is_up_to_date() -> None:
    """``make programs`` writes it anew."""
    assert PAGE.read_text("utf-8") == page()
