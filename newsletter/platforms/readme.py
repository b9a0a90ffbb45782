"""Export -> README.txt: what lies there, the list, the steps on the platform, how sure we are, when to delete."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from newsletter.languages import full_name
from newsletter.nouns.draft import IssueName
from newsletter.platforms.platform import KEPT, Platform

WIDTH = 78
LIST = "The list, before the letter"


@dataclass(frozen=True, slots=True)
class Written:
    """An edition as it lies in the folder; ``subject`` holds the platform's tags already."""

    language: str
    subject: str
    preheader: str
    files: tuple[str, ...]


def readme(
    issue: IssueName, goal: Platform, editions: Sequence[Written], lists: Sequence[str], *, public_url: str
) -> str:
    """The whole text, wrapped, in the order in which things are done; ``lists`` are the list files beside it."""
    parts = [
        _title(f"{issue} for {goal.name}"),
        _filled(f"Nothing has been sent. You do that in {goal.name}, with what lies in this folder:"),
        *(_contents(one) for one in editions),
        _pictures(goal, public_url),
        _processor(goal),
        _list(goal, lists) if lists else _without_list(issue, goal),
        _numbered("What to do", _steps(goal, editions, hosted=bool(public_url))),
        _bulleted("Good to know", [*_notes(goal), *_meetings(editions, hosted=bool(public_url))]),
        _bulleted("How sure we are", _sure(goal)),
    ]
    return "\n\n".join(parts) + "\n"


def _contents(edition: Written) -> str:
    lines = [
        f"In {_named(edition.language)}: {', '.join(edition.files)}",
        f"subject: {edition.subject}",
        f"preview text (mailboxes show it after the subject): {edition.preheader}",
    ]
    return "\n".join([_filled(lines[0]), *(line for rest in lines[1:] for line in _indented(rest))])


def _named(language: str) -> str:
    return full_name(language, "en")


def _pictures(goal: Platform, public_url: str) -> str:
    if public_url:
        words = (
            f"The pictures are fetched from {public_url}/images/. So put the public pages there first (newsletter "
            "publish writes them into outbox/site/), else readers see gaps."
        )
    elif goal.zip:
        words = "The pictures lie beside email.html, and together with it in the .zip file: that is all you upload."
    else:
        words = (
            "The pictures lie in images/ and have to be uploaded by hand, as said below. Once your public pages are on "
            "the web and NEWSLETTER_PUBLIC_URL in .env says where, that work goes away."
        )
    return _filled(words)


def _processor(goal: Platform) -> str:
    contract = f" Its terms: {goal.contract}" if goal.contract else ""
    words = (
        f"Who will handle it for you: {goal.processor}, in {goal.where}. You need a contract for that (UK GDPR "
        f"article 28) and, where it leaves the UK, a ground for sending it there (articles 44 to 46). Your "
        f"privacy notice should name it.{contract}"
    )
    return "\n".join([_title("Before you upload people's data"), _filled(words)])


def _list(goal: Platform, lists: Sequence[str]) -> str:
    rows = [
        *goal.list_steps,
        f"Delete {', '.join(lists)} here as soon as {goal.name} has them: they hold your readers' addresses.",
        "Before the next issue take whoever left there off your list here: newsletter subscribers remove ADDRESS.",
        "Whoever leaves here after today must be taken off there before you send.",
        "People whom you erased are not in suppressed.csv, for nothing is left of their addresses: erase them there too.",
    ]
    return _numbered(LIST, rows)


def _without_list(issue: IssueName, goal: Platform) -> str:
    words = (
        f"Your list is not in this folder. If {goal.name} does not have today's list yet: newsletter export {issue} "
        f"--for {goal.key} --with-list. Who has left since your last issue must not be written to there either."
    )
    return "\n".join([_title(LIST), _filled(words)])


def _steps(goal: Platform, editions: Sequence[Written], *, hosted: bool) -> list[str]:
    said = [step.hosted if hosted else step.beside for step in goal.steps]
    again = [
        f"Then the same once more for the edition in {_named(one.language)}: a campaign of its own, with the files "
        "named beside it above, for the readers of that language."
        for one in editions[1:]
    ]
    return [step for step in [*said, *again] if step]


def _notes(goal: Platform) -> list[str]:
    leave = (
        f"The link to leave the list is {goal.name}'s own, in the HTML and in the text. Ours is left out: two ways to "
        "leave would mean two lists of those who left."
    )
    outlook = "The code for Outlook is wrapped so that the platform does not throw it away. Leave it as it is."
    return [leave, *([] if goal.comments == KEPT else [outlook]), *goal.notes]


def _meetings(editions: Sequence[Written], *, hosted: bool) -> list[str]:
    files = [name for one in editions for name in one.files if name.endswith(".ics")]
    if not files:
        return []
    where = (
        "The letter links the same among your public pages, so that nothing has to be done with it."
        if hosted
        else "Nothing in the letter leads there: put it where your readers can fetch it and link it, or leave it."
    )
    return [f"For readers' own calendars: {', '.join(files)}. {where}"]


def _sure(goal: Platform) -> list[str]:
    known = [f"{matter}: {how}" for matter, how in goal.confidence.items()]
    return [*known, "In any case: send yourself a test first."]


def _title(words: str) -> str:
    return f"{words}\n{'-' * len(words)}"


def _filled(words: str) -> str:
    return textwrap.fill(words, WIDTH, break_long_words=False, break_on_hyphens=False)


def _indented(words: str, first: str = "  ") -> list[str]:
    return textwrap.wrap(
        words, WIDTH, initial_indent=first, subsequent_indent=" " * len(first), break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip


def _numbered(title: str, rows: Sequence[str]) -> str:
    lines = [line for number, row in enumerate(rows, 1) for line in _indented(row, f"{number:>2}. ")]
    return "\n".join([_title(title), *lines])


def _bulleted(title: str, rows: Sequence[str]) -> str:
    return "\n".join([_title(title), *(line for row in rows for line in _indented(row, "-  "))])
