"""A page being written: its language, its place in the site, and all that a template may ask of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import NAMESPACE_URL, uuid5

from jinja2 import Environment
from markupsafe import Markup, escape

from newsletter.archive.addresses import STYLE, Addresses, absolute, picture, relative
from newsletter.archive.library import Library
from newsletter.drafting.asks import ended
from newsletter.languages import full_name, isolated
from newsletter.nouns.draft import Coordinator, IssueName, PartialDate, Picture, Section, Translated, Value
from newsletter.nouns.letter import PictureFile
from newsletter.rendering.earlier import is_meant
from newsletter.rendering.mailto import mailto
from newsletter.rendering.markdown import said, to_html
from newsletter.rendering.pages import Address, chosen, page_in, say_so
from newsletter.rendering.palette import palette
from newsletter.rendering.pictures.play_mark import PlayMark, play_mark
from newsletter.rendering.pictures.ready import UnreadablePicture, ready
from newsletter.rendering.view import written
from newsletter.words import Words, read_words
from newsletter.workspace import Workspace


class Filled(dict[str, Value]):
    """What an author filled in; a field left out is None, so that templates may ask for any."""

    def __missing__(self, name: str) -> None:
        """Nothing."""


@dataclass(frozen=True, slots=True)
class Printer:
    """What all pages of a site share: the templates, the library, and the pictures that pages asked for so far."""

    workspace: Workspace
    library: Library
    templates: Environment
    key: str  # of our marks in it
    public_url: str = ""
    words: dict[str, Words] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)

    def say(self, language: str) -> Words:
        """The phrases of a language."""
        if language not in self.words:
            self.words[language] = read_words(self.workspace, language)
        return self.words[language]

    def addresses(self, language: str) -> Addresses:
        """Where the pages of a language stand."""
        return Addresses(language, self.library.profile.languages[0])

    def picture(self, asked: Picture, width: int, mark: PlayMark | None = None) -> PictureFile | None:
        """A picture made ready at most this wide (CSS pixels), to be put into the site; None where there is none."""
        path = self.workspace.picture(asked.file)
        if path is None:
            return None
        try:
            found = ready(path, width, self.workspace.outbox / ".cache" / "pictures", mark=mark)
        except UnreadablePicture:  # a check says so; the page does without, as the letter does
            return None
        self.pictures[found.name] = found.data
        return found


@dataclass(frozen=True, slots=True)
class Page:
    """One page. ``stands`` is its own address where it is a second door to the same page, such as the front."""

    printer: Printer
    language: str
    here: str
    others: Mapping[str, str]  # the same page in other languages: language -> address
    stands: str = ""

    @property
    def words(self) -> Words:
        """The phrases of its language."""
        return self.printer.say(self.language)

    @property
    def library(self) -> Library:
        """What there is to show."""
        return self.printer.library

    @property
    def at(self) -> Addresses:
        """The addresses of the pages in its language."""
        return self.printer.addresses(self.language)

    @property
    def style(self) -> str:
        """The link to the style sheet."""
        return relative(self.here, STYLE)

    def to(self, there: str) -> str:
        """The link to another page."""
        return relative(self.here, there)

    def address(self, there: str) -> str:
        """A page's full address where there is a public one, else the link to it."""
        public_url = self.printer.public_url
        return absolute(public_url, there) if public_url else relative(self.here, there)

    def say(self, phrase: str, **values: object) -> Markup:
        """A phrase; values that are Markup stay so, all else is escaped, and kept apart if read from the other side."""
        side = self.words.direction
        apart = {gap: isolated(one, side) if type(one) is str else one for gap, one in values.items()}
        return escape(self.words.phrases[phrase]).format(**apart)

    def capital(self, words: str) -> str:
        """Words that stand alone begin with a capital."""
        return words[:1].upper() + words[1:]

    def open(self, section: Section) -> bool:
        """Whether a section asks for something that can still be done."""
        return section.type.ask and self.library.open(section)

    def last(self, section: Section) -> dt.date | None:
        """The last day on which one can do it, or could; None where it was closed earlier, and nobody says when."""
        return ended(section, self.library.on)

    def into(self, translated: Translated) -> str:
        """A phrase of the profile in this language."""
        return translated.into(self.language)

    def leads(self, there: Translated) -> Address:
        """A page of the profile's in this language, else in another one; empty where there is none."""
        return page_in(there, self.language)

    def title(self) -> str:
        """The newsletter's name."""
        return self.into(self.library.profile.title)

    def date(self, when: dt.date | PartialDate) -> str:
        """A date as one says it."""
        return self.words.date(when)

    def written(self, value: Value) -> str:
        """A date, an hour, a number or a short text in words."""
        return self.quoted(written(value, self.words))

    def when(self, issue: IssueName) -> str:
        """When an issue came out: its month, a special's day."""
        return self.date(PartialDate(issue.year, issue.month, issue.day))

    def letter(self, issue: IssueName, *, dated: bool = False) -> Markup:
        """How a page speaks of an issue: by its month (``dated``: and year), a special by its day."""
        if issue.slug:
            return self.say("page_letter_of_day", date=self.when(issue))
        return self.say("page_letter_of", month=self.when(issue) if dated else self.words.month_within(issue))

    def language_name(self, language: str) -> str:
        """What a language is called in this page's language."""
        return full_name(language, self.language)

    def markdown(self, text: str, level: int) -> Markup:
        """Author's Markdown as HTML; its headings start at this level, so that none is skipped."""
        return Markup(to_html(text, self.words, level=level))  # noqa: S704 - lets no markup of the author's through

    def quoted(self, text: str | None, language: str = "") -> str:
        """A short text with the true quotation marks of its language, kept apart if it is read from the other side."""
        return said(text, self.words, language) if text else ""

    def mailto(self, section: Section) -> str:
        """The address that opens a reader's e-mail with the letter of an urgent action; "" where there is none."""
        v = self.filled(section)
        rows = [row for row in _rows(v["addressees"]) if row.get("email")]
        to, greetings = ([str(row.get(name) or "") for row in rows] for name in ("email", "salutation"))
        subject = self.quoted(str(v["subject"] or section.title))
        return mailto(self.words, to, subject, map(self.quoted, greetings), str(v["appeal"]))

    def picture(self, asked: Picture | None, width: int, *, play: bool = False) -> PictureFile | None:
        """A picture that the page will show, at most this wide in CSS pixels; with a mark to ``play`` a recording."""
        mark = play_mark(palette(self.library.profile.look), self.words.direction) if play else None
        return self.printer.picture(asked, width, mark) if asked else None

    def portrait(self, who: Coordinator | None) -> Picture | None:
        """The portrait of somebody who writes the newsletter; the name beside it says what it shows."""
        return Picture(who.portrait, "") if who and who.portrait else None

    def source(self, shown: PictureFile) -> str:
        """The link to a picture."""
        return self.to(picture(shown.name))

    def label(self, section: Section) -> str:
        """The word at the head of a section: its author's, the language's, or its type's."""
        own, named = section.values.get("label"), f"section_{section.type.name}"
        if isinstance(own, str) and own:
            return own
        return self.words.phrases.get(named) or self.into(section.type.label)

    def section(self, section: Section, level: int, *, lead: bool = False, wide: bool = False) -> Markup:
        """A section's own part of the page: from its type's ``web.html``, else by the kinds of its fields."""
        names = [f"sections/{section.type.name}/web.html", "web/section.html"]
        template = self.printer.templates.select_template(names)
        values = self.filled(section)
        shown = template.render(page=self, section=section, v=values, level=level, lead=lead, wide=wide)
        return Markup(shown)  # noqa: S704 - the template escapes

    def calendar(self, section: Section) -> str:
        """The link to a section's file for a reader's own calendar; "" where it has none."""
        there = self.library.calendar(section)
        return self.to(there) if there else ""

    def earlier(self, when: PartialDate) -> str:
        """The link to the issue of this month or day, in this language where it has it; "" where it is not published."""
        for issue in (one.issue for one in self.library.dossiers if is_meant(one.issue, when)):
            spoken = self.library.spoken(issue)
            language = self.language if self.language in spoken else spoken[0]
            return self.to(self.printer.addresses(language).issue(issue))
        return ""

    def filled(self, section: Section) -> Filled:
        """What a section's author filled in, each address that of this page's language if there is one."""
        return Filled(chosen(section.type.fields, section.values, self.language))

    def strong(self, words: str) -> Markup:
        """Words in bold, to be put into a phrase."""
        return Markup("<b>{}</b>").format(words)

    def link(self, there: str, words: str, language: str) -> Markup:
        """A link to the same in another language, to be put into a phrase."""
        return Markup('<a href="{}" hreflang="{}">{}</a>').format(there, language, words)

    def lasting_name(self, what: object) -> str:
        """The id of the feed or of an entry: the same for good, wherever the site stands (RFC 4287, 4.2.6).

        It hangs on the list's own name, which never changes either (RFC 2919), and on no date that might be mended.
        """
        sender = self.library.profile.sender
        return uuid5(NAMESPACE_URL, f"{sender.list_id or sender.address} {what} {self.language}").urn

    def write(self, template: str, **values: object) -> bytes:
        """The whole page."""
        html = self.printer.templates.get_template(template).render(page=self, **values)
        return say_so(html, self.words, self.printer.key).encode()


def _rows(value: object) -> list[Mapping[str, Value]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, tuple) else []
