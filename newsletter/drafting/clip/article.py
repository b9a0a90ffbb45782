"""What was found in an article: its paragraphs, and what it says of itself; and why a page holds none."""

from __future__ import annotations

from dataclasses import dataclass

from newsletter.errors import ToMend
from newsletter.nouns.draft import PartialDate


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody's own words in an article; ``speaker`` is "" where it does not say who."""

    text: str
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """An article or a press release, without what stands around it. Empty where it does not say."""

    title: str
    paragraphs: tuple[str, ...]
    publisher: str = ""
    date: PartialDate | None = None
    place: str = ""
    language: str = ""
    address: str = ""

    @property
    def text(self) -> str:
        """Its paragraphs, with an empty line between."""
        return "\n\n".join(self.paragraphs)


class NotAnArticle(ToMend):
    """There is no article in what was given."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"No article was found in {what}. Nothing was written.",
            "Look at it in a browser: if you can read it there, save the page, or copy its text into a file that ends in .txt, and name that file.",
        )


class ConsentWall(ToMend):
    """Instead of the article the site shows a question about cookies, or one for money."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what} shows a question about cookies or a subscription instead of the article. Nothing was written.",
            "Open it in a browser, answer there, save the page, and name the saved file.",
        )


class TooLargeFile(ToMend):
    """A file larger than any article."""

    def __init__(self, what: str, size: int) -> None:
        super().__init__(
            f"{what} is larger than {size // 1_000_000} MB; no article is. Nothing was written.",
            "Copy the text of the article into a file that ends in .txt, and name that file.",
        )
