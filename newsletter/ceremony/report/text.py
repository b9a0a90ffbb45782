"""Facts -> the closing report as plain text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from newsletter.ceremony.report.facts import SAID, Facts, Group
from newsletter.ceremony.report.spans import between, hour

_WIDTH = 76


def text(facts: Facts) -> str:
    """The whole report."""
    return "\n".join(_lines(facts)) + "\n"


def _lines(facts: Facts) -> Iterator[str]:
    yield f"{facts.title}: closing report of {facts.issue}"
    yield f"made {hour(facts.made)}, for the coordinators' eyes alone"
    yield ""
    yield f"{facts.accepted:,} of {facts.to_write_to:,} letters were accepted by the mail server."
    yield "Nothing waits any more." if facts.done else "It is not over: some letters are still to go."
    yield from _head("The books")
    yield f"{facts.planned:>9,}  planned"
    for name, number, why in facts.figures:
        yield f"{number:>9,}  {name.lower()}: {why}"
    for number, group in enumerate(facts.groups):
        if not number or facts.groups[number - 1].state != group.state:
            yield from _head(SAID[group.state])
        yield from _group(group)
    if facts.unread:
        yield f"(Of {facts.unread:,} more the reasons were not read: newsletter status {facts.issue} --csv has them all.)"
    if facts.left_out:
        yield from _head("Not written to")
        yield from (f"{number:>9,}  {why}" for number, why in facts.left_out)
    yield from _head("The sending")
    yield from (f"{language}: {subject} ({number:,} planned)" for language, subject, number in facts.subjects)
    yield f"From: {facts.sender}"
    yield from (f"Let go by, {one}" for one in facts.let_go)
    if facts.began and facts.ended:
        yield f"This run: {between(facts.began, facts.ended)}"
    if facts.first_copies:
        yield f"First copies to your own addresses: {facts.first_copies}"
    if facts.next:
        yield from _head("Next")
        for one in facts.next:
            yield from _wrapped(one)


def _head(words: str) -> Iterator[str]:
    yield from ("", words, "-" * len(words))


def _group(group: Group) -> Iterator[str]:
    yield from _wrapped(f"{group.number:,}: {group.reason.means}")
    yield from _wrapped(f"What to do: {group.reason.to_do}", "   ")
    if group.answer:
        yield from _wrapped(f"The server said: {group.answer}", "   ")
    yield from _wrapped(", ".join(group.people) + (" ..." if len(group.people) < group.number else ""), "   ")
    yield ""


def _wrapped(words: str, before: str = "") -> list[str]:
    return textwrap.wrap(
        words.replace("`", ""),
        _WIDTH,
        initial_indent=before,
        subsequent_indent=before,
        break_long_words=False,
        break_on_hyphens=False,
    )
