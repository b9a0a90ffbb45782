"""An Outcome -> the lines that say what came of the demo: the books, whether they agree, and where to look."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from newsletter.demo.month import Outcome
from newsletter.errors import ToMend

WORDS = {
    "planned": "readers on the list",
    "accepted": "accepted by the mail server",
    "refused": "refused",
    "deferred": "to be tried again later",
    "in_doubt": "not sure they arrived",
    "skipped": "left out, for they must not be written to",
    "waiting": "waiting",
}


class BooksDisagree(ToMend):
    """The demo's figures do not agree with each other."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(
            f"The books do not agree: {outcome.listed} on the list less {outcome.left} who left,"
            f" {outcome.books.accepted} accepted, {outcome.received} received by the server.",
            "This is a mistake of the program: please tell whoever looks after it.",
        )


def told(outcome: Outcome) -> Iterator[str]:
    """The books and where to look, line by line. Raises BooksDisagree before the first."""
    if not outcome.balanced:
        raise BooksDisagree(outcome)
    yield "The books of July 2025"
    for name, number in outcome.books.as_dict().items():
        yield f"  {number:>4}  {WORDS[name]}"
    accepted = outcome.books.accepted
    yield f"They agree: the server took {outcome.received} letters = {accepted} accepted ="
    yield f"{outcome.listed} on the list less {outcome.left} who must not be written to."
    yield ""
    yield "Look at"
    places = dict(_places(outcome))
    width = max(len(name) for name in places)
    for name, path in places.items():
        yield f"  {name:<{width}}  {path.as_uri()}"


def _places(outcome: Outcome) -> Iterator[tuple[str, Path]]:
    for built in outcome.built:
        yield f"the letter ({built.language})", built.html
        yield f"as plain text ({built.language})", built.text
    received = sorted(outcome.mailbox.glob("*.eml"))
    yield f"as {len(received)} readers got it", received[0]
    yield "the rehearsal's letters", outcome.rehearsal
    for name, folder in outcome.exports.items():
        yield f"for {name}", folder / "README.txt"
    yield "the public pages", outcome.site / "index.html"
    yield f"all {sum(path.is_file() for path in outcome.folder.rglob('*'))} files", outcome.folder
