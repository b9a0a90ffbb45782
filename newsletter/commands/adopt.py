"""``newsletter adopt FILE|URL``: an old newsletter or a web page -> issue files, and what was understood, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from newsletter.errors import WrongUsage

if TYPE_CHECKING:
    from newsletter.door import Door
    from newsletter.drafting.adopt.adoption import AdoptedIssue, Adoption
    from newsletter.drafting.adopt.page import Page
    from newsletter.nouns.draft import Profile

FOUND = 1  # the exit code where something went wrong with the words themselves


class NoFile(WrongUsage):
    """What is to be adopted is not there."""

    def __init__(self, named: str) -> None:
        super().__init__(
            f"There is no file {named}.",
            "Name a file (.html, .txt, .docx, .eml) or an address that starts with https://",
        )


class NoCountry(WrongUsage):
    """What follows --country is none of the profile's."""

    def __init__(self, said: str, there: tuple[str, ...]) -> None:
        super().__init__(f"The newsletter covers no country “{said}”.", f"It covers: {', '.join(there)}.")


@click.command()
@click.argument("what", metavar="FILE|URL")
@click.option("--month", metavar="MONTH", help="All of it is the newsletter of this month, such as 2025-07.")
@click.option("--country", metavar="KEY", help="The country it is about, as newsletter.yaml calls it.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout: issues, standing, problems.")
@click.pass_obj
def adopt(door: Door, what: str, month: str | None, country: str | None, as_json: bool) -> None:  # noqa: FBT001 - click gives flags by name
    """Make issue files of an old newsletter or of a whole web page.

    It takes a web page (.html, or its address), plain text as pasted from a browser, a Word file (.docx) or a mail
    (.eml). Every word is kept. An issue that is there already is left as it is; only links that a paste has lost are
    put into it, at the very words, when the same page is adopted as a web page, and a copy is kept in records/copies/.
    """
    from newsletter.drafting.adopt.adopt import adopt as make
    from newsletter.drafting.adopt.adopt import month_meant
    from newsletter.drafting.adopt.keep import keep
    from newsletter.drafting.profile import standing_facts

    workspace = door.workspace
    profile = standing_facts(workspace)
    adoption = make(
        _page(door, what), workspace, profile, month=month_meant(month or ""), country=_country(country, profile)
    )
    kept = keep(adoption, workspace, door.now())
    if as_json:
        door.json(_plain(adoption))
    else:
        for line in _told(adoption, tuple(map(workspace.relative, kept))):
            door.out(line)
        door.say(_next(adoption))
    if any(problem.severity == "error" for problem in adoption.problems):
        click.get_current_context().exit(FOUND)


def _country(said: str | None, profile: Profile) -> str:
    if said and said not in profile.countries:
        raise NoCountry(said, tuple(profile.countries))
    return said or ""


def _page(door: Door, what: str) -> Page:
    from newsletter.drafting.adopt.open_page import open_page

    if what.startswith(("https://", "http://")):
        found = door.fetch(what)
        return open_page(found.data, found.url, address=found.url, content_type=found.content_type)
    path = door.start / what
    if not path.is_file():
        raise NoFile(what)
    return open_page(path.read_bytes(), door.workspace.relative(path.resolve()) if path.is_absolute() else what)


def _plain(adoption: Adoption) -> dict[str, Any]:
    from newsletter.problems_told import plain

    return {
        "issues": [
            {
                "issue": str(one.name),
                "file": one.file,
                "state": one.state.value,
                "sections": one.sections,
                "words": one.words,
                "links_mended": len(one.links),
            }
            for one in adoption.issues
        ],
        "standing": adoption.standing,
        "problems": [plain(one) for one in adoption.problems],
    }


def _told(adoption: Adoption, kept: tuple[str, ...]) -> Iterator[str]:
    from newsletter.drafting.adopt.write_issue import wrapped

    yield f"WHAT WAS READ  ({adoption.kind}, {adoption.unit} by {adoption.unit})"
    for line in adoption.lines:
        yield f"{adoption.unit} {line.place.line}: {line.words}  ->  {line.became}"
        yield from (f"    ? {doubt}" for doubt in line.doubts)
    if adoption.standing:
        yield from ("", "FOR THE PROFILE  (nothing was written there; if it shall stand on the country's public page,")
        yield "put this into issues/newsletter.yaml under countries, and read it over)"
        yield f"  {adoption.country}:\n    about: |"
        yield from wrapped(adoption.standing, 6)
    if adoption.problems:
        yield from ("", "TO LOOK AT")
    for problem in adoption.problems:
        if problem.check == "unsure":
            continue
        yield f"{problem.place}: {problem.message}  [{problem.check}]"
        if problem.hint:
            yield f"    {problem.hint}"
    yield from ("", "ISSUES")
    for one in adoption.issues:
        yield _issue(one)
        yield from (f"       {place}: {markdown}" for place, markdown in one.links)
    yield from (f"copy   {path}" for path in kept)
    yield from ("", _counted(adoption))


def _issue(one: AdoptedIssue) -> str:
    if one.state == "written":
        return f"wrote  {one.file}: {_several(one.sections, 'section')}, {_several(one.words, 'word')}"
    if one.state == "left as it is":
        return f"left   {one.file}: it was there already"
    return f"mended {one.file}: {_several(len(one.links), 'lost link')} put in, nothing else changed"


def _several(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _counted(adoption: Adoption) -> str:
    count = adoption.count
    said = f"{count.read} words were read: {count.in_issues} are text of issues"
    if count.standing:
        said += f", {count.standing} are offered for the profile"
    said += f", {count.headings} are headings of years and months."
    return said if count.lost or count.added else f"{said} None was lost, none added."


def _next(adoption: Adoption) -> str:
    newest = max(adoption.issues, key=lambda one: one.name, default=None)
    return f"\nNext: look over what is marked in the issues, then: newsletter check {newest.name}" if newest else ""
