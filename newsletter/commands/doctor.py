"""``newsletter doctor``: settings, this computer, the mail server and DNS -> what keeps letters from arriving, and what to do."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newsletter.errors import WrongUsage

if TYPE_CHECKING:
    from newsletter.doctor.finding import Finding
    from newsletter.door import Door

TO_MEND, UNSEEN = 1, 3
"""Exit codes: something has to be mended; something could not be looked at."""
STDIN = "-"


class TwoThings(WrongUsage):
    """A copy is sent, or read: not both."""

    def __init__(self) -> None:
        super().__init__(
            "--seed sends a copy to yourself, --seed-result reads it when it has arrived: which is it?", "Give one."
        )


class ToWithoutSeed(WrongUsage):
    """An address was given, and nothing is to be sent."""

    def __init__(self) -> None:
        super().__init__("--to says where the copy of --seed goes.", "Give both: newsletter doctor --seed --to ADDRESS")


class NotRead(WrongUsage):
    """There is no such file."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"The file {file} is not there, or cannot be read.", "See how it is called, and where it lies."
        )


@click.command()
@click.argument("issue", required=False)
@click.option("--all", "everything", is_flag=True, help="Spell out advice too, and what is well.")
@click.option("--seed", is_flag=True, help="Send a copy of an issue to yourself, to see what a mailbox makes of it.")
@click.option(
    "--to", default="", metavar="ADDRESS", help="With --seed: to which of test_addresses; left out, the first."
)
@click.option(
    "--seed-result",
    "result",
    metavar="FILE",
    help="Read that copy as it arrived, saved as an .eml file; - reads what is pasted.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON list on stdout, for programs.")
@click.pass_obj
def doctor(
    door: Door, issue: str | None, *, everything: bool, seed: bool, to: str, result: str | None, as_json: bool
) -> None:
    """See whether everything is set up, so that letters arrive: mail server, DNS, and this computer.

    Each thing that is not well is told with why it matters and what to do; where a record is missing in DNS, it is
    written out, to be handed to whoever looks after the domain. Nothing is changed, and without --seed nothing is sent.

    ISSUE is what --seed sends a copy of; left out, the newest. When the copy has arrived, save it from your mailbox
    (“Show original”, then download) and give it with --seed-result.
    """
    if seed and result is not None:
        raise TwoThings
    if to and not seed:
        raise ToWithoutSeed
    if seed:
        _send(door, issue, to, as_json=as_json)
        return
    findings = _examined(door) if result is None else _read(door, result)
    _show(door, findings, everything=everything or result is not None, as_json=as_json)
    if result is None and not as_json:
        door.out(_way_on(findings))
    _leave(findings)


def _examined(door: Door) -> list[Finding]:
    from newsletter.doctor.examine import examine
    from newsletter.doctor.facts import Facts
    from newsletter.drafting.profile import standing_facts

    profile = standing_facts(door.workspace)
    facts = Facts(door.workspace, door.settings, profile, door.names(), door.probe, door.now())
    server = facts.settings.smtp_host or "no mail server yet"
    door.say(f"Looking at {server}, {facts.domain or 'no domain of your own yet'} and this computer ...\n")
    return list(examine(facts))


def _show(door: Door, findings: Sequence[Finding], *, everything: bool, as_json: bool) -> None:
    from newsletter.doctor.finding import plain
    from newsletter.doctor.told import told

    if as_json:
        door.json([plain(one) for one in findings])
        return
    for line in told(findings, everything=everything):
        door.out(line)


def _way_on(findings: Sequence[Finding]) -> str:
    if any(one.grade == "error" for one in findings):
        return "\nWhen something is mended, look again: newsletter doctor"
    return "\nWhat no record can tell, a copy to yourself does: newsletter doctor --seed"


def _leave(findings: Sequence[Finding]) -> None:
    grades = {one.grade.value for one in findings}
    code = TO_MEND if "error" in grades else UNSEEN if "unseen" in grades else 0
    if code:
        click.get_current_context().exit(code)


def _send(door: Door, issue: str | None, to: str, *, as_json: bool) -> None:
    from newsletter.doctor.seed.send_seed import send_seed
    from newsletter.pipeline import prepare

    name = door.workspace.issue(issue)
    prepared = prepare(door.workspace, name, door.settings)
    address, outcome = send_seed(door.workspace, prepared, door.settings, to, door.now())
    if as_json:
        door.json({"issue": str(name), "seed": True, "fate": outcome.fate.value})
        return
    door.say(
        f"A copy of {name} is on its way to {address}. Its leave link leads nowhere, on purpose.\n"
        "1. When it has arrived (look among the spam too), open it in your mailbox, choose “Show original” or “View\n"
        "   source”, and save all of it as a file, or copy all of it.\n"
        "2. Then: newsletter doctor --seed-result FILE   (or - instead of FILE, to paste what you copied)"
    )


def _read(door: Door, file: str) -> list[Finding]:
    from newsletter.delivery.pace.limits import limits
    from newsletter.doctor.seed.arrived import arrived
    from newsletter.doctor.seed.judge import judge
    from newsletter.doctor.seed.send_seed import kept_copy

    here = arrived(_pasted(door) if file == STDIN else _saved(file))
    kept = kept_copy(door.workspace)
    left = arrived(kept.read_bytes()) if kept.is_file() else None
    if left is None:
        door.say("The copy as it left is not here any more, so it cannot be said what was changed on the way.\n")
    return list(judge(here, left, limits(door.settings, door.workspace)))


def _saved(file: str) -> bytes:
    try:
        return Path(file).read_bytes()
    except OSError:
        raise NotRead(file) from None


def _pasted(door: Door) -> bytes:
    if door.interactive:
        door.say("Paste what you copied, then press Enter and Ctrl-D (on Windows Ctrl-Z and Enter):")
    return sys.stdin.buffer.read()
