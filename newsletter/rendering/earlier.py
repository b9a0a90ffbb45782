"""The month of an earlier issue, or the day of a special -> where its page stands, and a word where nothing leads there."""

from __future__ import annotations

from collections.abc import Callable

from newsletter.nouns.draft import Edition, IssueName, PartialDate, Profile
from newsletter.nouns.problem import Problem, Severity
from newsletter.rendering.shelf import Shelf, page_path

TYPE = "previous"
"""The section type that leads to an earlier letter, by its ``issue``, or by a ``url`` of its author's."""

CHECK = "previous"


def is_meant(issue: IssueName, when: PartialDate) -> bool:
    """Whether an issue is the one of this month, or the special of this day."""
    return (issue.year, issue.month, issue.day) == (when.year, when.month, when.day)


def page_of(edition: Edition, profile: Profile, shelf: Shelf) -> Callable[[PartialDate], str]:
    """Tells the address of an earlier issue's page in the edition's language, else in the newsletter's first.

    "" without a public address, or where there is no such issue.
    """
    first = profile.languages[0]

    def address(when: PartialDate) -> str:
        meant = [name for name in shelf.workspace.issue_names() if name < edition.issue and is_meant(name, when)]
        if not meant or not shelf.public_url:
            return ""
        spoken = shelf.workspace.edition_files(meant[0], first)
        language = edition.language if edition.language in spoken else first
        return f"{shelf.public_url}/{page_path(meant[0], language, first)}"

    return address


def without_a_way(edition: Edition, shelf: Shelf) -> list[Problem]:
    """A warning for each section that names an earlier letter to which nothing leads, for want of an address."""
    if shelf.public_url:
        return []
    message = "Nothing leads to this earlier letter: no url is given, and the newsletter has no public address."
    hint = "Add its url here; or set NEWSLETTER_PUBLIC_URL in .env, and the address is made from the month."
    return [
        Problem(edition.place((*section.path, "issue")), Severity.WARNING, CHECK, message, hint)
        for section in edition.sections
        if section.type.name == TYPE and not section.values.get("url")
    ]
