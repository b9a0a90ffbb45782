"""Door -> where things stand and the one next step, said without making a key, a list or anything else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from newsletter.door import Door
from newsletter.stand.stand import Step

if TYPE_CHECKING:
    from newsletter.drafting.pause import Pause
    from newsletter.ledger.book import Books
    from newsletter.stand.stand import Stand

NEW = "begin the next issue with: newsletter new"
IN_PAUSE = "closes-in-pause"

NOWHERE = """There is no newsletter in this folder.

  newsletter demo        shows a whole month on a sample, and sends nothing to anybody
  newsletter init DIR    makes the folder of your own newsletter"""


def standing(door: Door) -> None:
    """Say where things stand in the workspace, and what to type next."""
    from newsletter.stand.stand import stand as look
    from newsletter.workspace import NoWorkspace, right_name

    try:
        workspace = door.workspace
    except NoWorkspace:
        if door.named:
            raise
        door.out(NOWHERE)
        return
    door.out(f"Your newsletter is in {workspace.root}")
    names = workspace.issue_names()
    if not names and (misnamed := workspace.misnamed("")):
        named = f"{misnamed[0].name} is not named like an issue. {right_name(misnamed[0].name)}".strip()
        door.out(f"There is no issue yet.\n\nNext: {named}")
        return
    if not names:
        door.out("There is no issue yet.\n\nNext: begin one with: newsletter new")
        return
    stand = look(workspace, door.settings, names[-1], door.now())
    if stand.list_trouble:
        door.say(f"The list cannot be looked at just now: {stand.list_trouble}")
    for line in lines(stand):
        door.out(line)
    if stand.long_ago and stand.books is None:
        door.out(f"\nIt was to go out on {stand.long_ago}. If it has gone out, {NEW}")
    if stand.overdue:
        from newsletter.books_shown import OVERDUE

        door.say(OVERDUE.format(issues=", ".join(stand.overdue)))
    door.out(f"\nNext: {next_step(stand)}")


def lines(stand: Stand) -> Iterator[str]:
    """Where things stand, a line for each matter."""
    languages = " and ".join(stand.dossier.renderings) if stand.dossier else "not readable yet"
    yield f"The newest issue is {stand.issue} ({languages})."
    others = len(stand.problems) - stand.to_mend
    yield f"  To mend: {stand.to_mend or 'nothing'}; to look at: {others or 'nothing'}"
    if stand.dossier:
        needed = stand.dossier.profile.approval_required
        missing = f"not yet in {' and '.join(stand.missing_approvals)}" if stand.missing_approvals else "yes"
        yield f"  Approved: {missing if needed else 'not needed'}"
    yield f"  Sent: {_sent(stand.books)}"
    if stand.pause:
        closing = sum(problem.check == IN_PAUSE for problem in stand.problems)
        asks = f"; {closing} of its asks {'closes' if closing == 1 else 'close'} meanwhile" if closing else ""
        yield f"  A pause follows: {_pause(stand.pause)}{asks}"
    yield f"Readers on the list: {'no list yet' if stand.readers is None else stand.readers}"


def _sent(books: Books | None) -> str:
    if books is None:
        return "not yet"
    rest = {name: number for name, number in books.as_dict().items() if number and name not in ("planned", "accepted")}
    others = "".join(f", {number} {name.replace('_', ' ')}" for name, number in rest.items())
    return f"{books.accepted} of {books.planned} accepted{others}"


def _pause(pause: Pause) -> str:
    return f"{', '.join(map(str, pause.months))}; the next issue goes out on {pause.ends}"


def next_step(stand: Stand) -> str:
    """The one next step of the month, with what to type."""
    return {
        Step.GO_ON: f"go on sending with: newsletter send {stand.issue} --for-real",
        Step.PUBLISH: "put it on the web with: newsletter publish",
        Step.NEW: NEW,
        Step.MEND: f"see what is to mend with: newsletter check {stand.issue}",
        Step.APPROVE: f"somebody who did not write it reads it, then: newsletter approve {stand.issue} --by NAME",
        Step.READERS: "bring in your readers with: newsletter subscribers import FILE --ground consent --source TEXT",
        Step.SEND: f"rehearse it, which sends nothing, with: newsletter send {stand.issue}",
    }[stand.step]
