"""``newsletter review``: an issue -> a file for each language that the second reader can be sent, and can answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from newsletter.errors import ToMend, WrongUsage

if TYPE_CHECKING:
    from pathlib import Path

    from newsletter.door import Door
    from newsletter.nouns.draft import Edition, IssueName
    from newsletter.nouns.letter import Dossier
    from newsletter.nouns.problem import Problem


class NoSuchEdition(WrongUsage):
    """The issue has no edition in the language asked for that could be made."""

    def __init__(self, language: str, there: list[str]) -> None:
        super().__init__(f"There is no edition in {language}.", f"There is: {', '.join(there)}")


class NothingToRead(ToMend):
    """No edition of the issue can be made yet."""

    def __init__(self, issue: IssueName) -> None:
        super().__init__(
            f"The issue {issue} cannot be made yet, so there is nothing to read.",
            f"newsletter check {issue} says what is to mend.",
        )


@click.command()
@click.argument("issue", required=False)
@click.option("--language", multiple=True, metavar="LANGUAGE", help="Only this edition (may be given more than once).")
@click.pass_obj
def review(door: Door, issue: str | None, language: tuple[str, ...]) -> None:
    """Write an issue as one file to be mailed to whoever reads it before it leaves: outbox/ISSUE/review.html.

    It holds the letter as readers see it, its text, what the program found, and what changed; it needs no connection
    and can be read on a phone. Its two links open an answer with a code, which `newsletter approve --code` takes.
    Other languages have a file of their own, review.es.html.
    """
    from newsletter.pipeline import everything, prepare

    name = door.workspace.issue(issue)
    prepared = prepare(door.workspace, name, door.settings)
    dossier = prepared.dossier
    if dossier is None:
        raise NothingToRead(name)
    made = [edition for edition in dossier.editions if edition.language in dossier.renderings]
    there = [edition.language for edition in made]
    for one in language:
        if one not in there:
            raise NoSuchEdition(one, there)
    problems = everything(prepared)
    for edition in made:
        if edition.language in (language or there):
            path, code = _written(door, dossier, edition, problems)
            door.out(f"{edition.language}: {path}  {path.stat().st_size / 1000:.0f} kB, code {code}")
    door.say(
        "Mail it as an attachment to somebody who did not write it. With her answer: "
        f"newsletter approve {name} --by NAME --code CODE"
    )


def _written(door: Door, dossier: Dossier, edition: Edition, problems: tuple[Problem, ...]) -> tuple[Path, str]:
    from newsletter.gate.approvals import read_approvals
    from newsletter.gate.leaving import leaving
    from newsletter.phrases import read_phrases
    from newsletter.review.page import FAMILY, Read, concerning, page
    from newsletter.review.seen import seen
    from newsletter.review.states import keep, states
    from newsletter.sentences import read_sentences
    from newsletter.words import read_words
    from newsletter.write_file import write_file

    language, now = edition.language, door.now()
    it = leaving(door.workspace, dossier, language)
    approval = read_approvals(door.workspace, dossier.issue).get(language)
    before = tuple(states(door.workspace, dossier.issue, language))
    read = Read(dossier, edition, it, concerning(problems, dossier, edition), approval, before, now)
    phrases = read_phrases(door.workspace, FAMILY, language)
    words = read_words(door.workspace, phrases.language)
    html = page(read, words, phrases, read_sentences(door.workspace, phrases.language))
    name = "review.html" if language == dossier.profile.languages[0] else f"review.{language}.html"
    path = door.workspace.outbox / str(dossier.issue) / name
    write_file(path, html.encode())
    keep(door.workspace, dossier.issue, it, seen(dossier.renderings[language]).text, now)
    return path, it.code
