"""What a paste has spoilt, what was unsure and what is missing -> problems, each with its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from newsletter.drafting.adopt.adoption import AdoptedIssue, Count, State
from newsletter.drafting.adopt.count_words import words_of_blocks
from newsletter.drafting.adopt.doubt import Doubt
from newsletter.drafting.adopt.find_glued import find_glued
from newsletter.drafting.adopt.find_in_issue import Index, find_words, linked_words
from newsletter.drafting.adopt.find_lost_links import find_lost_links
from newsletter.drafting.adopt.find_spaces import find_spaces
from newsletter.drafting.adopt.gather import Event
from newsletter.drafting.adopt.mend_links import Mended
from newsletter.drafting.adopt.page import Block, Page
from newsletter.drafting.adopt.tidy import letters
from newsletter.drafting.adopt.write_issue import PictureFile
from newsletter.nouns.draft import Profile
from newsletter.nouns.problem import Place, Problem, Severity
from newsletter.yaml_tree.tree import Tree, read_tree

_MOST_SPACES = 20
_MOST_WORDS = 12


class Noticing:
    """Problems being gathered, in the order of the page."""

    def __init__(self, page: Page, language: str, blocks: Sequence[Block], pictures: frozenset[str]) -> None:
        self.page = page
        self.language = language
        often = Counter(word.strip(".,;:!?()“”\"'").lower() for word in words_of_blocks(blocks))
        self.known = frozenset(word for word, times in often.items() if times > 1)
        self.pictures = pictures  # what is in issues/images/ already
        self.found: list[Problem] = []

    def problems(self) -> tuple[Problem, ...]:
        """All of them, those of the page before those of the issues, each in the order of its file."""
        return tuple(sorted(self.found, key=lambda one: (one.place.file != self.page.file, one.place)))

    def of_issue(self, issue: AdoptedIssue, events: Sequence[Event]) -> None:
        """Lost links, glued words and missing pictures of one issue."""
        tree = read_tree(issue.text, issue.file)[0] if issue.text else None
        index = Index(tree)
        for event in events:
            captions = [one.caption for one in event.pictures if one.caption]
            for block in [*([event.title] if event.title else []), *event.body, *captions]:
                self.of_block(block, index)
        for picture in issue.pictures:
            self.picture(picture, issue, tree)

    def of_standing(self, blocks: Sequence[Block]) -> None:
        """The same of the text that is offered for the profile."""
        self.spaces(blocks)
        for block in blocks:
            self.of_block(block, Index(None))

    def of_block(self, block: Block, index: Index) -> None:
        """Lost links and glued words of one block; what is mended in its issue is left out."""
        same = index.same_words(block)
        for lost in find_lost_links(block):
            if same and any(one in letters(lost.words) or letters(lost.words) in one for one in linked_words(same)):
                continue
            found = find_words(same, block, lost.offset, lost.words) if same else None
            place = index.place(same, found.start) if same and found else None
            self.lost_link(self.place(block, lost.offset, place), lost.words, sure=lost.sure)
        for glued in find_glued(block, self.language, self.known):
            found = find_words(same, block, glued.offset, glued.words) if same else None
            place = index.place(same, found.start) if same and found else None
            message = f"“{glued.words}” may be two words that stick together: “{glued.apart}”."
            hint = "Mend it in the issue if so; it was kept as it stands on the page."
            self.add(self.place(block, glued.offset, place), Severity.NOTE, "glued-words", message, hint)

    def place(self, block: Block, offset: int, in_issue: Place | None) -> Place:
        """Where somebody can see it: the line of a text, else the issue that was made of it."""
        return block.place_of(offset) if self.page.unit == "line" and block.stretches else in_issue or block.place

    def lost_link(self, place: Place, words: str, *, sure: bool) -> None:
        """A phrase whose address is lost."""
        hint = (
            f"Write it with its address, [{words}](https://...); or adopt the same page saved from a browser as .html."
        )
        if sure:
            message = f"“{words}” was a link, and its address is lost."
            self.add(place, Severity.WARNING, "lost-link", message, hint)
        else:
            message = f"“{words}” may have been a link, whose address is lost."
            self.add(place, Severity.NOTE, "lost-link", message, hint)

    def picture(self, picture: PictureFile, issue: AdoptedIssue, tree: Tree | None) -> None:
        """A picture that has to be put there by hand."""
        shown = picture.pictured.picture
        named = _place_of_value(tree, picture.name)
        if (shown and shown.data) or (named is None and issue.state is not State.NEW):
            return
        if picture.name in self.pictures:
            return
        place = named or picture.pictured.block.place
        if shown:
            message = f"The picture {shown.source} was not fetched."
            hint = f"If it may be used, save it from there as issues/images/{picture.name}."
        else:
            message = "There is a caption, but its picture did not come with the text."
            hint = f"Put the picture into issues/images/ as {picture.name}, or take the image out of {issue.file}."
        block = picture.pictured.block
        self.add(block.place if block.stretches else place, Severity.WARNING, "picture-missing", message, hint)

    def spaces(self, blocks: Sequence[Block]) -> None:
        """No-break spaces: one problem for the first of each block."""
        for block in blocks:
            offsets = list(find_spaces(block))[:_MOST_SPACES]
            if offsets:
                number = f"{len(offsets)} no-break spaces stand" if len(offsets) > 1 else "A no-break space stands"
                message = f"{number} here between words; plain spaces were written instead."
                self.add(block.place_of(offsets[0]), Severity.NOTE, "no-break-space", message)

    def of_mending(self, file: str, mended: Mended) -> None:
        """What was put into an issue that is there, and what was not."""
        for link, place in mended.left:
            message = f"“{link.words}” is a link on the page, and the paragraph in {file} says something else now."
            self.add(place, Severity.WARNING, "lost-link", message, f"If it still fits, write: {link.markdown}")

    def of_page(self, country: str, profile: Profile, issues: Sequence[AdoptedIssue]) -> None:
        """What was left out of the page, and whether it is told which country and language it belongs to."""
        for one in self.page.left_out:
            words = one.words.split()
            some = " ".join(words[:_MOST_WORDS]) + (" …" if len(words) > _MOST_WORDS else "")
            message = f"Left out as {one.what}, {len(words)} words: “{some}”"
            self.add(one.place, Severity.NOTE, "left-out", message, "If that is content, copy it into the issue.")
        if not country and len(profile.countries) > 1:
            message = "The newsletter covers several countries, and the page does not say of which it is."
            hint = f"Say it with --country and one of: {', '.join(profile.countries)}."
            self.add(Place(self.page.file), Severity.WARNING, "country", message, hint)
        if self.language not in profile.languages and issues:
            message = f"The page is in {self.language}, which is none of the newsletter's languages."
            hint = f"Add {self.language} to languages in {profile.file}; or give the files the names of your language."
            self.add(Place(self.page.file), Severity.WARNING, "page-language", message, hint)

    def of_count(self, count: Count) -> None:
        """Words that were lost or added on the way: that must never be, and so it is counted each time."""
        for words, what in ((count.lost, "not in the issues"), (count.added, "in the issues and not on the page")):
            if words:
                message = f"{len(words)} words are {what}: {' '.join(words[:_MOST_WORDS])}"
                hint = "Compare the issues with the page, and tell whoever looks after the program."
                self.add(Place(self.page.file), Severity.ERROR, "words-lost", message, hint)

    def of_doubts(self, doubts: Sequence[Doubt]) -> None:
        """What was unsure."""
        for doubt in doubts:
            start = " ".join(doubt.block.text.split()[:8])
            self.add(doubt.block.place, Severity.NOTE, "unsure", f"“{start} …”: {doubt.sentence}")

    def add(self, place: Place, severity: Severity, check: str, message: str, hint: str = "") -> None:
        """Take a problem down, once."""
        problem = Problem(place, severity, check, message, hint)
        if problem not in self.found:
            self.found.append(problem)


def _place_of_value(tree: Tree | None, value: str) -> Place | None:
    if tree is None:
        return None
    for path, place in tree.places.items():
        if path and path[-1] == "file" and value in tree.lines[place.line - 1]:
            return replace(place)
    return None
