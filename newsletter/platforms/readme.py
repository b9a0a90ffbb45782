"""Export -> README.txt: the steps on the platform, who gets the readers' data, how sure we are, when to delete."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from newsletter.nouns.letter import Dossier
from newsletter.platforms.convert import Converted
from newsletter.platforms.platform import KEPT, Platform, read_platforms

WIDTH = 78
CLIP = 102_400  # bytes of HTML after which Gmail hides the rest (measured by many; Google names no figure)


def readme(
    dossier: Dossier, goal: Platform, editions: Sequence[Converted], lists: Sequence[str], *, public_url: str
) -> str:
    """The whole text, wrapped; ``lists`` are the names of the list files beside it."""
    parts = [
        _title(f"{dossier.issue} for {goal.name}"),
        _contents(dossier, editions),
        _pictures(goal, public_url),
        _numbered("What to do", goal.steps),
        _look(goal, editions),
        _list(goal, lists) if lists else _without_list(),
        _processor(goal),
        _sure(goal),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _contents(dossier: Dossier, editions: Sequence[Converted]) -> str:
    said = {edition.language: edition for edition in dossier.editions}
    lines = []
    for done in editions:
        lines += [f"Edition {done.language}:", *_indented(f"subject: {done.subject}")]
        lines += _indented(f"preview text: {said[done.language].preheader}")
    return "\n".join(lines)


def _pictures(goal: Platform, public_url: str) -> str:
    if public_url:
        words = f"The pictures are fetched from {public_url}/images/. Publish the site there before you send."
    elif goal.zip:
        words = "The pictures lie beside email.html and in the .zip file, which holds all that is to be uploaded."
    else:
        words = "The pictures lie in images/. They have to be uploaded by hand, for no public address is set."
    return _filled(words)


def _look(goal: Platform, editions: Sequence[Converted]) -> str:
    large = [done.language for done in editions if len(done.html.encode()) > CLIP]
    rows = [f"The edition {language} is so long that Gmail will hide its end." for language in large]
    rows.append(
        f"The link to leave the list is {goal.name}'s own, in the HTML and in the text. Ours is left out: "
        "two ways to leave would mean two lists of those who left."
    )
    if goal.comments not in (KEPT, ""):
        rows.append("The code for Outlook is wrapped so that the platform does not throw it away. Leave it as it is.")
    return _bulleted("Good to know", [*rows, *goal.notes, *_foreign(goal, editions)])


def _foreign(goal: Platform, editions: Sequence[Converted]) -> list[str]:
    """Tags of other platforms that the author's text holds: pasted from an older letter, most likely."""
    said = []
    for other in read_platforms().values():
        for done in editions:
            found = [tag for tag in other.plain_tags if other.key != goal.key and tag in done.text]
            said += [
                f"{tag} stands in the text ({done.language}). It is {other.name}'s; here readers see it."
                for tag in found
            ]
    return said


def _list(goal: Platform, lists: Sequence[str]) -> str:
    rows = [*goal.list_steps]
    rows.append(f"Delete {', '.join(lists)} here as soon as {goal.name} has them: they hold your readers' addresses.")
    rows.append("Whoever leaves there must be taken off your list here before the next issue, and the other way round.")
    return _numbered("The list", rows)


def _without_list() -> str:
    return _filled("The list is not in this folder. With it: the same command with --with-list.")


def _processor(goal: Platform) -> str:
    contract = f" Its terms: {goal.contract}" if goal.contract else ""
    return "\n".join(
        [
            _title("Before you upload people's data"),
            _filled(
                f"Who will handle it for you: {goal.processor}, in {goal.where}. You need a contract for that (UK GDPR "
                f"article 28) and, where it leaves the UK, a ground for sending it there (articles 44 to 46). Your "
                f"privacy notice should name it.{contract}"
            ),
        ]
    )


def _sure(goal: Platform) -> str:
    known = [f"{matter}: {how}" for matter, how in goal.confidence.items()]
    return _bulleted("How sure we are", [*known, "In any case: send yourself a test first."])


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
