"""The features of our letters and what is known of them -> docs/manual/mail-programs.md (make programs)."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from newsletter.mail_programs.support import HERE, PROGRAMS, Answer, Feature, belongs, data, features, instead, not_told
from newsletter.mail_programs.used import used
from tests.mail_programs.letters import finished

PAGE = HERE.parents[1] / "docs" / "manual" / "mail-programs.md"
KINDS = ("the same", "plainer", "other colours", "read otherwise")
TOP = """# What readers see in their mail programs

A mail program shows only a part of what a browser can. This page names every feature of HTML and CSS that our letters
use and that one of the programs below does not know, or knows in part, and what a reader sees instead. Nothing in it
loses a word, a picture or a link: a feature of which that is true is not used, and a test says so.

The letters looked at are of every section type, in English, Spanish and Arabic, with all that Markdown can write. What
stands in them for classic Outlook alone is not listed, nor what is for paper alone: a program that does not know it
prints what it shows. What is known of the programs comes from [Can I email](https://www.caniemail.com), as of {date}
(MIT licence). New Outlook for Windows shows letters as Outlook on the web does.

Programs: {programs}.

**{count}** features are used; **{fine}** work in all of these programs, as far as they were tried. The others:

| what it is | where it is lacking or only known in part | what a reader sees instead | that is |
| --- | --- | --- | --- |
"""
BOTTOM = """
## What nobody has tried
{untried}

This page is made by `make programs`.
"""


@cache
def letters() -> Mapping[str, str]:
    """The HTML of every letter by its name."""
    with tempfile.TemporaryDirectory() as folder:
        return dict(finished(Path(folder)))


@cache
def keys() -> Mapping[str, frozenset[str]]:
    """Every feature of our letters, and in which letters it stands."""
    found: dict[str, set[str]] = {}
    for name, html in letters().items():
        for key in used(html):
            found.setdefault(key, set()).add(name)
    return {key: frozenset(names) for key, names in sorted(found.items())}


def in_letters() -> list[Feature]:
    """The features that Can I email knows and our letters use."""
    slugs = {belongs()[key] for key in keys() if key in belongs()}
    return [feature for slug, feature in features().items() if slug in slugs]


def unknown() -> dict[str, frozenset[str]]:
    """Features of our letters of which nothing is known, and no reason why; with the letters that they stand in."""
    return {key: names for key, names in keys().items() if key not in belongs() and not not_told(key)}


def page() -> str:
    """The page of the manual."""
    ours, said = in_letters(), instead()
    lacking = [feature for feature in ours if feature.lacking]
    top = TOP.format(
        date=data()["about"]["date"],
        programs=", ".join(PROGRAMS.values()),
        count=len(ours),
        fine=len(ours) - len(lacking),
    )
    rows = [
        f"| {_title(one)} | {_where(one)} | {said[one.slug]['sees']} | {said[one.slug]['is']} |"
        for one in sorted(lacking, key=lambda one: (-KINDS.index(said[one.slug]["is"]), one.slug))
    ]
    untried = [f"- {_title(one)}: {_programs(one, 'u')}." for one in ours if _programs(one, "u")]
    return top + "\n".join(rows) + "\n" + BOTTOM.format(untried="\n".join(untried))


def _title(feature: Feature) -> str:
    plain = feature.title.replace("|", "\\|").strip()
    return f"[`{plain}`](https://www.caniemail.com/features/{feature.slug}/)"


def _where(feature: Feature) -> str:
    """Programs without it, then those that know a part of it."""
    without, part = _programs(feature, "n"), _programs(feature, "a")
    return "; ".join(
        said for said in (f"not in {without}" if without else "", f"in part in {part}" if part else "") if said
    )


def _programs(feature: Feature, word: str) -> str:
    """Their names; a whole family by its name alone."""
    those = {answer.program for answer in feature.answers if answer.word == word}
    return ", ".join(_names(those, feature.answers))


def _names(those: set[str], answers: Iterable[Answer]) -> list[str]:
    found = []
    for family, name in FAMILIES.items():
        all_of_it = [answer.program for answer in answers if answer.program.startswith(f"{family}.")]
        there = [program for program in all_of_it if program in those]
        found += [name] if there == all_of_it and len(there) > 1 else [PROGRAMS[program] for program in there]
    return found


FAMILIES = {
    "gmail": "Gmail",
    "apple-mail": "Apple Mail",
    "outlook": "every Outlook",
    "yahoo": "Yahoo",
    "thunderbird": "Thunderbird",
    "protonmail": "Proton",
    "gmx": "GMX",
}


if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), "utf-8")
