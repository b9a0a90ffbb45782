"""``newsletter correct``: an issue that went out with a mistake -> a correction, begun, for those alone who got it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from newsletter.ceremony.correction import Correction
    from newsletter.door import Door
    from newsletter.nouns.draft import IssueName

MEND_FIRST = (
    "{number} still to get {issue}. Mend its file too, have it approved again, and they get it right at once:"
    " newsletter send {issue} --for-real --changed"
)


@click.command()
@click.argument("issue", required=False)
@click.option(
    "--language",
    "languages",
    multiple=True,
    metavar="LANGUAGE",
    help="Only this edition was wrong; may be given again.",
)
@click.pass_obj
def correct(door: Door, issue: str | None, languages: tuple[str, ...]) -> None:
    """Begin a correction of an issue that is out: a short letter to those alone who got it.

    It is an issue of its own, issues/2025-07-06-correction.yaml, with the words that were wrong and those that are
    right. It is checked, approved and sent like any other; who did not get the issue gets no correction either. Once
    published, a dated note with both stands on the page of the issue. ISSUE is a name such as 2025-07, or its file;
    left out, the newest.
    """
    from newsletter.ceremony.correction import correction
    from newsletter.delivery.those_who_got import NobodyGotIt
    from newsletter.store.open import database_path, open_store

    name = door.workspace.issue(issue)
    if not database_path(door.workspace, door.settings).is_file():
        raise NobodyGotIt(name)
    with open_store(door.workspace, door.settings) as store:
        begun = correction(door, name, languages, store)
    for file in begun.begun.files.values():
        door.out(f"made  {door.workspace.relative(file)}")
    for line in _told(name, begun):
        door.out(line)
    new = begun.begun.issue
    door.say(
        f"\nNext: write it: what was wrong, what is right. Then newsletter check {new}, newsletter approve {new} --by NAME,"
        f" and newsletter send {new} --for-real. Its note on the page of {name}: newsletter publish"
    )


def _told(corrected: IssueName, begun: Correction) -> Iterator[str]:
    """Whom it goes to, whom not and why, and who can still be spared the mistake."""
    from newsletter.delivery.those_who_got import IN_DOUBT
    from newsletter.ledger.left_out import LEFT_OUT

    number = sum(begun.by_language.values())
    editions = ", ".join(f"{language} {of}" for language, of in begun.by_language.items())
    yield f"\nIt goes to the {'1 reader' if number == 1 else f'{number} readers'} who got {corrected} ({editions})."
    for why, of in begun.left_out.items():
        yield f"  not to {of}: {LEFT_OUT.get(why, why)}"
        if why == IN_DOUBT:
            yield f"    To write to them too: newsletter send {begun.begun.issue} --for-real --in-doubt"
    if still := begun.books.waiting + begun.books.deferred:
        yield MEND_FIRST.format(number="1 more is" if still == 1 else f"{still} more are", issue=corrected)
