"""What a public page shows -> its address inside the site, and how one page links to another.

These addresses are promises: a link that stands in a letter of years ago must still lead there.

    index.html                       front: the country's newest year; a list where there are several countries
    2025-07/index.html               an issue in the default language
    2025-07/es/index.html            and in another
    2025-07/event.ics                a meeting of that issue, for a reader's own calendar
    peru/index.html                  a country's newest year
    peru/2025/index.html             a country's year; peru/2025/es/index.html in another language
    feed.xml  es/feed.xml            the feeds
    images/NAME                      pictures, those of the letters too
    style.css

The default language is the profile's first. Its pages stand without a language, all others in a folder of theirs.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from urllib.parse import quote

from newsletter.nouns.draft import IssueName
from newsletter.rendering.shelf import page_path

FRONT = "index.html"
STYLE = "style.css"


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of the pages in one language."""

    language: str
    default: str

    @property
    def folder(self) -> str:
        """Where the pages of another language than the default one stand: ``es/``."""
        return "" if self.language == self.default else f"{self.language}/"

    @property
    def front(self) -> str:
        """Where a visitor begins."""
        return f"{self.folder}{FRONT}"

    @property
    def feed(self) -> str:
        """The Atom feed of this language."""
        return f"{self.folder}feed.xml"

    def issue(self, issue: IssueName) -> str:
        """The page of an issue, where its letter says it stands."""
        return f"{page_path(issue, self.language, self.default)}index.html"

    def country(self, key: str) -> str:
        """A country's page, which always shows its newest year."""
        return f"{key}/{self.folder}index.html"

    def year(self, key: str, year: int) -> str:
        """The page of a country's year."""
        return f"{key}/{year}/{self.folder}index.html"


def picture(name: str) -> str:
    """The address of a picture made ready for readers."""
    return f"images/{name}"


def relative(here: str, there: str) -> str:
    """How the page ``here`` links to ``there``: from the disk too, so ``index.html`` is said."""
    return quote(posixpath.relpath(there, posixpath.dirname(here) or "."))


def absolute(public_url: str, there: str) -> str:
    """The full address of a page under the public one, without ``index.html``."""
    return f"{public_url}/{quote(there.removesuffix('index.html'))}"
