"""Page -> Adoption: months found, paragraphs gathered into issues, losses noticed; nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from newsletter.drafting.adopt.adoption import AdoptedIssue, Adoption, Count, State
from newsletter.drafting.adopt.count_words import (
    compare,
    words_of_blocks,
    words_of_issue,
    words_of_standing,
)
from newsletter.drafting.adopt.doubt import Doubt
from newsletter.drafting.adopt.find_months import Mark, find_months, is_significant, month_in, split_at_headings
from newsletter.drafting.adopt.find_spaces import plain_spaces
from newsletter.drafting.adopt.gather import Event, gather
from newsletter.drafting.adopt.mend_links import mend_links
from newsletter.drafting.adopt.notice import Noticing
from newsletter.drafting.adopt.page import Block, Form, Page
from newsletter.drafting.adopt.sort_months import Month, Sorted, sort_months
from newsletter.drafting.adopt.tell_lines import tell_lines
from newsletter.drafting.adopt.to_markdown import to_markdown
from newsletter.drafting.adopt.write_issue import Draft, write_issue
from newsletter.errors import ToMend, WrongUsage
from newsletter.nouns.draft import IssueName, Profile
from newsletter.workspace import Workspace
from newsletter.yaml_tree.text import decode, mend
from newsletter.yaml_tree.tree import read_tree

_SHORT = 14  # words of a heading


class NoMonth(ToMend):
    """A page on which no month is found."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"No month is found in {file}: no line such as “July 2025”. Nothing was written.",
            "If it is the newsletter of one month, say which: --month 2025-07. Else write the months into a copy of "
            "it, each on a line of its own.",
        )


class NotAMonth(WrongUsage):
    """What was said to be a month is none."""

    def __init__(self, said: str) -> None:
        super().__init__(f"“{said[:40]}” is not a month.", "Write the year and the month, such as 2025-07.")


def month_meant(said: str) -> IssueName | None:
    """The month that somebody named; None where she named none. Raises NotAMonth."""
    try:
        return IssueName.parse(said) if said else None
    except ValueError:
        raise NotAMonth(said) from None


@dataclass(slots=True)
class _Story:
    """What is known so far."""

    page: Page
    workspace: Workspace
    profile: Profile
    country: str
    language: str
    noticing: Noticing
    issues: list[AdoptedIssue] = field(default_factory=list)
    gathered: list[tuple[Month, IssueName, list[Event]]] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def adopt(
    page: Page, workspace: Workspace, profile: Profile, *, month: IssueName | None = None, country: str = ""
) -> Adoption:
    """What a page becomes. ``month`` says that all of it is the newsletter of one month. Raises NoMonth."""
    blocks = split_at_headings(page.blocks)
    found, language = _sorted(page, blocks, month, profile)
    country = country or _country(profile, [page.title, *(block.text for block in found.standing)])
    noticing = Noticing(page, language, blocks, _names_in(workspace.images))
    story = _Story(page, workspace, profile, country, language, noticing, doubts=list(found.doubts))
    for one in found.months:
        _take_month(story, one, single=len(found.months) == 1)
    standing = [plain_spaces(block) for block in found.standing if block.form not in {Form.RULE, Form.PICTURE}]
    noticing.of_standing(found.standing)
    noticing.of_page(country, profile, story.issues)
    count = _count(story, found, blocks, standing)
    noticing.of_count(count)
    lines = tell_lines(page, blocks, found, story.gathered, story.doubts)
    noticing.of_doubts(story.doubts)
    return Adoption(
        page.kind,
        page.unit,
        language,
        tuple(story.issues),
        to_markdown(standing),
        country or next(iter(profile.countries)),
        lines,
        noticing.problems(),
        count,
    )


def _names_in(folder: Path) -> frozenset[str]:
    return frozenset(path.name for path in folder.glob("*")) if folder.is_dir() else frozenset()


def _sorted(page: Page, blocks: Sequence[Block], month: IssueName | None, profile: Profile) -> tuple[Sorted, str]:
    marks = () if month else find_months(blocks)
    first = next((mark.block for mark in marks), 0)
    heads = [page.title, *(block.text for block in blocks[:first] if len(block.text.split()) <= _SHORT)]
    if any(mark.month for mark in marks):
        significant = any(map(is_significant, heads))
        language = next(mark.language for mark in marks if mark.month)
        return sort_months(blocks, [mark for mark in marks if mark.year], significant=significant), language
    only, doubts = _only_month(page, blocks, month)
    whole = Month(only.year, only.month, "", [], list(blocks), significant=any(map(is_significant, heads)))
    return Sorted(months=[whole], doubts=doubts), profile.languages[0]


def _only_month(page: Page, blocks: Sequence[Block], said: IssueName | None) -> tuple[IssueName, list[Doubt]]:
    """The month of a page that is one newsletter: as said, as its title says, or as its mail was sent. Raises NoMonth."""
    if said:
        return said, []
    if named := month_in(page.title):
        return IssueName(*named), []
    if page.sent and blocks:
        doubt = Doubt(blocks[0], f"No month is named; it was taken from the day of sending, {page.sent}.")
        return IssueName(page.sent.year, page.sent.month), [doubt]
    raise NoMonth(page.file)


def _country(profile: Profile, texts: Iterable[str]) -> str:
    """The country that a page is about, "" where there is only one or nobody can tell."""
    if len(profile.countries) == 1:
        return ""
    whole = " ".join(texts).lower()
    named = [
        key
        for key, country in profile.countries.items()
        if any(name and name.lower() in whole for name in country.name.texts.values())
    ]
    return named[0] if len(named) == 1 else ""


def _take_month(story: _Story, month: Month, *, single: bool) -> None:
    story.noticing.spaces(month.blocks)
    blocks = [plain_spaces(block) for block in month.blocks]
    events, doubts = gather(blocks, common=_common(story.profile))
    story.doubts += doubts
    name = IssueName(month.year, month.month)
    story.gathered.append((month, name, events))
    page, one_mail = story.page, single and story.page.kind == "mail"
    day = page.sent if one_mail and page.sent and (page.sent.year, page.sent.month) == (name.year, name.month) else None
    draft = Draft(
        name,
        story.language,
        page.file,
        events,
        month.significant,
        story.country,
        page.title if one_mail else "",
        day,
    )
    text, pictures = write_issue(draft)
    file = _file(story, name)
    words = len(words_of_blocks(blocks))
    issue = AdoptedIssue(name, file, State.NEW, text, text.count("\n  - type: "), words, pictures)
    issue = _against_what_is_there(story, issue, events)
    story.issues.append(issue)
    story.noticing.of_issue(issue, events)


def _file(story: _Story, name: IssueName) -> str:
    default = story.profile.languages[0]
    language = "" if story.language == default else f".{story.language}"
    return f"issues/{name}{language}.yaml"


def _common(profile: Profile) -> frozenset[str]:
    """Names that stand in every newsletter: they tie no two paragraphs together."""
    names = [name for country in profile.countries.values() for name in country.name.texts.values()]
    own = [profile.organisation.name, "Amnesty International Human Rights Congress President Government"]
    return frozenset(word.lower() for name in [*names, *own] for word in name.split())


def _against_what_is_there(story: _Story, issue: AdoptedIssue, events: Sequence[Event]) -> AdoptedIssue:
    """A file that is there stays; only lost links are put in, where the page has them and the words are the same."""
    path = story.workspace.root / issue.file
    if not path.exists():
        return issue
    before = path.read_bytes()
    text, wrong = decode(before, issue.file)
    whole, more = mend(text or "", issue.file)
    tree, _ = read_tree(whole, issue.file)
    if text is None or wrong or more or tree is None:
        return replace(issue, state=State.LEFT, text=text or "")
    mended = mend_links(whole, tree, [block for event in events for block in _all_blocks(event)])
    story.noticing.of_mending(issue.file, mended)
    state = State.MENDED if mended.put else State.LEFT
    links = tuple((at, link.markdown) for link, at in mended.put)
    return replace(issue, state=state, text=mended.text, links=links, before=before)


def _all_blocks(event: Event) -> list[Block]:
    captions = [one.caption for one in event.pictures if one.caption]
    return [*([event.title] if event.title else []), *event.body, *captions]


def _count(story: _Story, found: Sorted, blocks: Sequence[Block], standing: Sequence[Block]) -> Count:
    """Count the words as they were read and as they would be written, whatever is there already."""
    heads: list[Mark] = [*found.years, *found.lists, *(mark for month in found.months for mark in month.marks)]
    headings = [word for index in {mark.block for mark in heads} for word in words_of_blocks([blocks[index]])]
    kept = words_of_standing(standing)
    offered = len(kept)
    for month, name, events in story.gathered:
        draft = Draft(name, story.language, story.page.file, events, month.significant)
        kept += words_of_issue(write_issue(draft)[0], str(name))
    inside = len(kept) - offered
    lost, added = compare(words_of_blocks(list(map(plain_spaces, blocks))), [*kept, *headings])
    return Count(len(words_of_blocks(blocks)), inside, offered, len(headings), lost, added)
