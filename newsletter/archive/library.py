"""Dossiers -> Library: which issue, event and open ask belongs on which public page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from newsletter.drafting.asks import is_open
from newsletter.nouns.draft import Country, Edition, IssueName, Profile, Section
from newsletter.nouns.letter import Dossier, Rendered, Slot
from newsletter.rendering.shelf import page_path


@dataclass(frozen=True, slots=True)
class Event:
    """A section of an issue that stands on the public page of the year, or is still to be answered."""

    issue: IssueName
    section: Section


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a year with its issues and their events, newest first."""

    first: IssueName  # of its issues, to be named by
    issues: tuple[IssueName, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """Every published issue, newest first, and what its pages ask about them."""

    dossiers: tuple[Dossier, ...]
    on: dt.date

    @property
    def profile(self) -> Profile:
        """The standing facts."""
        return self.dossiers[0].profile

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages with an edition: the profile's in its order, then any other."""
        there = {edition.language for dossier in self.dossiers for edition in dossier.editions}
        named = [language for language in self.profile.languages if language in there]
        return (*named, *sorted(there - set(named)))

    def editions(self, language: str) -> tuple[Edition, ...]:
        """The editions in a language, newest first."""
        return tuple(one for dossier in self.dossiers for one in dossier.editions if one.language == language)

    def spoken(self, issue: IssueName) -> tuple[str, ...]:
        """The languages in which an issue stands."""
        return tuple(one.language for dossier in self.dossiers if dossier.issue == issue for one in dossier.editions)

    def corrections(self, issue: IssueName, language: str) -> tuple[Edition, ...]:
        """What was corrected of an issue in a language, the first correction first."""
        return tuple(one for one in reversed(self.editions(language)) if one.corrects == issue)

    def rendered(self, edition: Edition) -> Rendered:
        """The rendering of an edition."""
        return next(one for one in self.dossiers if one.issue == edition.issue).renderings[edition.language]

    def calendar(self, section: Section) -> str:
        """Where the calendar file of a section stands in the site; "" where it has none."""
        for edition in (one for dossier in self.dossiers for one in dossier.editions):
            if any(one is section for one in edition.sections):
                folder = page_path(edition.issue, edition.language, self.profile.languages[0])
                files = self.rendered(edition).calendars
                return next((f"{folder}{one.name}" for one in files if one.section == section.path), "")
        return ""

    def title(self, edition: Edition) -> str:
        """The subject of an edition, said to nobody in particular."""
        pieces = self.rendered(edition).subject
        return "".join(piece.fallback if isinstance(piece, Slot) else piece for piece in pieces)

    def countries(self, language: str) -> Mapping[str, Country]:
        """The countries that have a page: the only one always, of several those with an event."""
        all_of_them = self.profile.countries
        if len(all_of_them) == 1:
            return all_of_them
        return {key: one for key, one in all_of_them.items() if self.years(key, language)}

    def years(self, country: str, language: str) -> tuple[int, ...]:
        """The years that a country has a page for, newest first."""
        several = len(self.profile.countries) > 1
        editions = self.editions(language)
        years = {one.issue.year for one in editions if not several or self._events(one, country)}
        return tuple(sorted(years, reverse=True))

    def months(self, country: str, year: int, language: str) -> tuple[Month, ...]:
        """The months of a year in which something significant happened, newest first."""
        found: dict[int, list[Edition]] = {}
        for edition in self.editions(language):
            if edition.issue.year == year and self._events(edition, country):
                found.setdefault(edition.issue.month, []).append(edition)
        return tuple(
            Month(
                editions[0].issue,
                tuple(one.issue for one in editions),
                tuple(event for one in editions for event in self._events(one, country)),
            )
            for editions in found.values()
        )

    def open_asks(self, country: str | None, language: str) -> tuple[Event, ...]:
        """What readers can still do on the day, for one country or for all; each ask once, as its newest issue puts it.

        Within an issue the one that is featured stands first. An ask without a last day counts as open in the newest
        issue alone: nobody would ever take it away.
        """
        found: dict[str, Event] = {}
        closed: set[str] = set()
        for edition in self.editions(language):
            for section in sorted(edition.sections, key=lambda one: not one.featured):
                if not section.type.ask or not _belongs(section, country):
                    continue
                name = section.id or section.title
                if self.open(section, unless_dated=edition.issue == self.dossiers[0].issue) and name not in closed:
                    found.setdefault(name, Event(edition.issue, section))
                closed.add(name)
        return tuple(found.values())

    def open(self, section: Section, *, unless_dated: bool = True) -> bool:
        """Whether an ask's last day is still to come, and nobody has closed it; ``unless_dated`` is the answer where it has none."""
        said = is_open(section, self.on)
        return unless_dated if said is None else said

    def _events(self, edition: Edition, country: str) -> tuple[Event, ...]:
        return tuple(
            Event(edition.issue, section)
            for section in edition.sections
            if section.significant and _belongs(section, country)
        )


def _belongs(section: Section, country: str | None) -> bool:
    """A section that names no country speaks of all of them."""
    return country is None or section.country in ("", country)
