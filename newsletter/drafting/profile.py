"""``issues/newsletter.yaml`` -> the profile: the standing facts that every issue shares, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path as FilePath
from typing import Annotated

from pydantic import Field

from newsletter.drafting import look, values
from newsletter.drafting.messages import problem, validate
from newsletter.drafting.models import SCHEMAS, Reads, Strict
from newsletter.drafting.source import file_name, read_bytes, read_source
from newsletter.errors import ToMend
from newsletter.nouns.draft import (
    NOTHING_SAID,
    Coordinator,
    Country,
    Kind,
    Look,
    Organisation,
    PartialDate,
    Path,
    Profile,
    Sender,
    Translated,
    YearlyReport,
)
from newsletter.nouns.problem import Problem, Severity, worst_first
from newsletter.workspace import Workspace
from newsletter.yaml_tree.tree import Tree

FAINT = 1.1  # contrast under which a field can hardly be told from the paper

_PHRASE = {"anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": {"type": "string"}}]}
_MONTH = {"type": "string", "pattern": r"^\d{4}-\d{2}$"}
Phrase = Annotated[Translated, Reads(values.phrase, _PHRASE)]
Line = Annotated[str, Reads(values.line, SCHEMAS[Kind.TEXT])]
Url = Annotated[str, Reads(values.url, SCHEMAS[Kind.URL])]
_URLS = {"anyOf": [SCHEMAS[Kind.URL], {"type": "object", "additionalProperties": SCHEMAS[Kind.URL]}]}
Urls = Annotated[Translated, Reads(values.addresses, _URLS)]
Address = Annotated[str, Reads(values.address, {"type": "string", "pattern": "^([^@ ]+@[^@ ]+)?$"})]
File = Annotated[str, Reads(values.file, {"type": "string"})]
Colour = Annotated[str, Reads(look.colour, {"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"})]
Fonts = Annotated[tuple[str, ...], Reads(look.fonts, {"type": "string", "examples": ["Georgia, Times New Roman"]})]
Host = Annotated[str, Reads(values.host, {"type": "string", "examples": ["www.example.org"]})]
Language = Annotated[str, Reads(values.language, {"type": "string"})]
Published = Annotated[PartialDate | None, Reads(values.partial_date, SCHEMAS[Kind.PARTIAL_DATE])]
Pause = Annotated[
    tuple[PartialDate, ...], Reads(values.months, {"anyOf": [_MONTH, {"type": "array", "items": _MONTH}]})
]
Zone = Annotated[str, Reads(values.zone, {"type": "string", "examples": ["Europe/London"]})]
Approval = Annotated[str, Reads(values.choice(("required", "optional")), {"enum": ["required", "optional"]})]


class _Report(Strict):
    """The yearly report on a country."""

    title: Phrase = Field(description="The report's title.", examples=["Peru in 2024"])
    body: Phrase = Field(description="What it says, in Markdown.")
    published: Published = Field(None, description="When it was published: 2025-04-29, 2025-04 or 2025.")
    url: Urls = Field(NOTHING_SAID, description="Where it can be read.")


class _Country(Strict):
    """One of the countries that the newsletter covers."""

    name: Phrase = Field(description="The country's name.", examples=["{en: Peru, es: Perú}"])
    page: Urls = Field(NOTHING_SAID, description="The organisation's own page on the country.")
    about: Phrase = Field(NOTHING_SAID, description="What stands on top of the country's public page, in Markdown.")
    report: _Report | None = Field(None, description="The yearly report on the country.")


class _Organisation(Strict):
    """Who answers for the newsletter."""

    name: Line = Field("", description="The name by which readers know it.")
    legal: Line = Field("", description="Its legal name and form, as every letter has to give them.")
    charity_number: Line = Field("", description="Its number in the register of charities.")
    postal_address: Line = Field("", description="Its postal address, on one line.")
    privacy_url: Urls = Field(NOTHING_SAID, description="Its privacy notice.")
    complaints: Line = Field(
        "", description="Where a reader can complain about the use of her data: a page or an address."
    )


class _Sender(Strict):
    """From whom the letters come."""

    name: Line = Field("", description="The name that mailboxes show.")
    address: Address = Field("", description="The address the letters come from: a mailbox that somebody reads.")
    reply_to: Address = Field("", description="Where answers go, if elsewhere.")
    list_id: Line = Field("", description="The list's name for mail programs, such as peru.news.example.org.")
    ehlo: Line = Field("", description="The name given to the mail server, such as mail.example.org.")


class _Coordinator(Strict):
    """One of those who write the newsletter."""

    name: Line = Field(description="Her or his name.", examples=["Ana Example"])
    role: Phrase = Field(NOTHING_SAID, description="What stands under the name.")
    portrait: File = Field("", description="A picture in issues/images/.")


class _Look(Strict):
    """The few choices of design that are the group's own."""

    accent: Colour = Field("#ffe600", description="The colour of buttons and lines.")
    ink: Colour = Field("#141414", description="The colour of text.")
    paper: Colour = Field("#ffffff", description="The colour behind the text.")
    logo: File = Field(
        "", description="A picture in issues/images/, at most 32 pixels high in a letter; see-through around."
    )
    font: Fonts = Field(
        look.DEFAULT_FONTS,
        description=f"Fonts that readers' own devices have, the first choice first: {', '.join(look.FONTS)}.",
        examples=["Georgia, Times New Roman"],
    )


class ProfileFile(Strict):
    """A whole newsletter.yaml."""

    title: Phrase = Field(description="The newsletter's name.", examples=["Peru newsletter"])
    languages: list[Language] = Field(
        min_length=1, description="Its languages; the first is the default edition.", examples=["[en, es]"]
    )
    countries: dict[str, _Country] = Field(
        min_length=1, description="The countries it covers, each under a short name."
    )
    organisation: _Organisation = Field(_Organisation(), description="Who answers for the newsletter.")
    sender: _Sender = Field(_Sender(), description="From whom the letters come.")
    coordinators: list[_Coordinator] = Field([], description="Those who write it.")
    test_addresses: list[Address] = Field([], description="Where test copies go: your own addresses.")
    leave_by_mail: Address = Field(
        "", description="Where a reader writes to leave, as long as there is no public address."
    )
    approval: Approval = Field(
        "required", description="Whether a second person has to approve an issue: required or optional."
    )
    pause: Pause = Field(
        (), description="A month without an issue, or several: [2025-08, 2026-01].", examples=["2025-08"]
    )
    timezone: Zone = Field(
        "",
        description='On whose clock hours are meant, such as that of `newsletter send --at "2025-07-31 18:00"`; left out, that of the computer.',
        examples=["Europe/London"],
    )
    campaign_hosts: list[Host] = Field(
        [],
        description="Web sites on which campaign codes in links (utm_source and such) may stay, the same for every reader.",
        examples=["[www.example.org]"],
    )
    look: _Look = Field(_Look(), description="Colours, logo and font.")


class ProfileToMend(ToMend):
    """The profile cannot be read, so nobody knows languages and countries."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(
            f"Something is to mend first, in the standing facts:\n  {problem}", "Mend it, and type the same again."
        )


def standing_facts(workspace: Workspace) -> Profile:
    """The workspace's profile, for what cannot go on without it. Raises ProfileToMend, UnreadableFile."""
    profile, problems = read_profile(workspace.profile, workspace.root)
    if profile is None:
        raise ProfileToMend(problems[0])
    return profile


def read_profile(path: FilePath, root: FilePath, *, data: bytes | None = None) -> tuple[Profile | None, list[Problem]]:
    """Read the profile: with perhaps warnings, or errors and None. Raises UnreadableFile.

    ``data`` is what is to stand in the file, where it is not to be read from there.
    """
    file = file_name(path, root)
    profile, problems = _read(read_source(path, file) if data is None else read_bytes(data, file))
    return profile, sorted(problems, key=worst_first)


def _read(source: tuple[Tree | None, list[Problem]]) -> tuple[Profile | None, list[Problem]]:
    tree, problems = source
    if tree is None:
        return None, problems
    found, more = validate(ProfileFile, tree)
    problems += more
    if found is not None:
        problems += _inconsistent(tree, found)
    if found is None or any(one.severity is Severity.ERROR for one in problems):
        return None, problems
    return _profile(found, tree), problems


def _profile(found: ProfileFile, tree: Tree) -> Profile:
    return Profile(
        title=found.title,
        languages=tuple(found.languages),
        countries={key: _country(key, one) for key, one in found.countries.items()},
        organisation=Organisation(**dict(found.organisation)),
        sender=Sender(**dict(found.sender)),
        coordinators=tuple(Coordinator(**dict(one)) for one in found.coordinators),
        test_addresses=tuple(found.test_addresses),
        leave_by_mail=found.leave_by_mail,
        approval_required=found.approval == "required",
        campaign_hosts=tuple(found.campaign_hosts),
        look=Look(**dict(found.look)),
        pause=found.pause,
        timezone=found.timezone,
        file=tree.file,
        places={**tree.keys, **tree.places},
        stretches=tree.stretches,
    )


def _country(key: str, found: _Country) -> Country:
    report = YearlyReport(**dict(found.report)) if found.report else None
    return Country(key, found.name, found.page, found.about, report)


def _inconsistent(tree: Tree, found: ProfileFile) -> Iterator[Problem]:
    """What is right by itself but not together."""
    for key in found.countries:
        if not values.KEY.fullmatch(key):
            path: Path = ("countries", key)
            hint = "It becomes part of a web address: small letters, digits and - only, such as costa-rica."
            yield problem(tree, path, f"“{key}” cannot be a country's short name.", hint, key=True)
    for number, one in enumerate(found.languages):
        if one in found.languages[:number]:
            yield problem(tree, ("languages", number), f"The language “{one}” stands twice.", "Take one out.")
    yield from _hard_to_read(tree, found.look)


def _hard_to_read(tree: Tree, chosen: _Look) -> Iterator[Problem]:
    """Colours on which words cannot be read, each with the nearest that passes."""
    contrast = look.contrast(chosen.ink, chosen.paper)
    if contrast < look.READABLE:
        name, other = ("ink", chosen.paper) if ("look", "ink") in tree.places else ("paper", chosen.ink)
        instead = look.nearest(getattr(chosen, name), lambda one: look.contrast(one, other) >= look.READABLE)
        message = f"Ink on paper has a contrast of {contrast:.1f} to 1; readers with weak eyes need {look.READABLE} (WCAG 1.4.3)."
        yield problem(tree, ("look", name), message, f'The nearest that passes: {name}: "{instead}"')
    best = look.on_accent(chosen.accent)
    if best < look.READABLE:
        instead = look.nearest(chosen.accent, lambda one: look.on_accent(one) >= look.READABLE)
        message = f"Neither black nor white words can be read on this accent: {best:.1f} to 1 at best, {look.READABLE} is needed (WCAG 1.4.3)."
        yield problem(tree, ("look", "accent"), message, f'The nearest that passes: accent: "{instead}"')
    elif look.contrast(chosen.accent, chosen.paper) < FAINT:
        message = "The accent is nearly the colour of the paper: buttons and the masthead cannot be seen as such."
        name = "accent" if ("look", "accent") in tree.places else "paper"
        yield replace(problem(tree, ("look", name), message, "Choose a stronger accent."), severity=Severity.WARNING)
