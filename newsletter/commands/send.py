"""``newsletter send``: an issue -> a rehearsal, one test copy, or with ``--for-real`` a letter to every reader."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from newsletter.errors import WrongUsage

if TYPE_CHECKING:
    from newsletter.ceremony.asked import Asked
    from newsletter.delivery.pace.plan import Plan
    from newsletter.delivery.rehearse import Rehearsal
    from newsletter.door import Door
    from newsletter.gate.clear import Cleared
    from newsletter.nouns.draft import IssueName
    from newsletter.nouns.letter import Dossier
    from newsletter.pipeline import Prepared
    from newsletter.store.open import Store

BULK_RULE = (
    "There is no public address (NEWSLETTER_PUBLIC_URL), so readers leave by writing a mail. The big mailboxes (Gmail,"
    " Yahoo, Outlook) ask senders of about 5,000 letters a day or more for leaving with one click, which needs one;"
    " of smaller senders they do not."
)


LEAVE_PAGE = (
    "Readers leave at {address}/u/..., by one click. This version makes no such page: something of yours must answer"
    " there. If nothing does, leave NEWSLETTER_PUBLIC_URL empty, and readers leave by writing a mail."
)


class OneOrTheOther(WrongUsage):
    """A test copy and the real thing were asked for at once."""

    def __init__(self) -> None:
        super().__init__("--test sends one copy to yourself, --for-real writes to everybody: which is it?", "Give one.")


class OnlyForReal(WrongUsage):
    """A rehearsal was to be held, or to wait."""

    def __init__(self) -> None:
        super().__init__("--hold and --at belong to a real sending.", "Give --for-real too, or leave them out.")


class OnlyForCorrections(WrongUsage):
    """Copies in doubt of an ordinary issue are decided about, never sent again by the way."""

    def __init__(self, issue: IssueName) -> None:
        super().__init__(
            f"--in-doubt is for corrections, and {issue} corrects nothing.",
            f"What becomes of copies in doubt is said with: newsletter settle {issue} --as-sent, or --resend",
        )


@click.command()
@click.argument("issue", required=False)
@click.option("--for-real", is_flag=True, help="Write to the readers; without it the sending is only rehearsed.")
@click.option("--test", "test", metavar="ADDRESS", help="Send one copy to an address of your own (test_addresses).")
@click.option("--language", default="", metavar="LANGUAGE", help="With --test: which edition.")
@click.option("--yes", is_flag=True, help="Do not ask; go on in spite of warnings.")
@click.option(
    "--hold",
    metavar="TIME",
    help="With --for-real: wait so long after the first copies, 30s, 10m or 1h; one key stops everything. [10m at a terminal]",
)
@click.option(
    "--at",
    default="",
    metavar="MOMENT",
    help='With --for-real: wait until then, such as "2025-07-31 18:00" on the newsletter\'s clock (timezone in newsletter.yaml).',
)
@click.option(
    "--changed",
    is_flag=True,
    help="With --for-real: let the rest have an issue that changed after the first letters left.",
)
@click.option(
    "--in-doubt",
    is_flag=True,
    help="Of a correction: write to those too of whom nobody knows whether they got the issue.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout: the books, or the rehearsal.")
@click.pass_obj
def send(
    door: Door,
    issue: str | None,
    *,
    for_real: bool,
    test: str | None,
    language: str,
    yes: bool,
    hold: str | None,
    at: str,
    changed: bool,
    in_doubt: bool,
    as_json: bool,
) -> None:
    """Send an issue: rehearsed until you say --for-real, and then only once for each reader.

    ISSUE is a name such as 2025-07, or its file; left out, the newest. With --for-real it shows what is about to leave
    and asks for the issue's name; a first copy goes to your own addresses (test_addresses), and until --hold is over or
    the hour of --at has come, one key stops everything. Stopped in the middle, it goes on where it was when the same
    command is given again.
    """
    from newsletter.ceremony.asked import Asked, hold_of
    from newsletter.pipeline import prepare

    if for_real and test is not None:
        raise OneOrTheOther
    if not for_real and (at or hold is not None):
        raise OnlyForReal
    asked = Asked(yes, changed, as_json, in_doubt, hold_of(hold), at)
    prepared = prepare(door.workspace, door.workspace.issue(issue), door.settings)
    if in_doubt and prepared.dossier and prepared.dossier.corrects is None:
        raise OnlyForCorrections(prepared.issue)
    if test is not None:
        _test(door, prepared, test, language, as_json=as_json)
    elif for_real:
        _for_real(door, prepared, asked)
    else:
        _rehearse(door, prepared, asked)


def _test(door: Door, prepared: Prepared, address: str, language: str, *, as_json: bool) -> None:
    from newsletter.delivery.test_copy import send_test_copy
    from newsletter.gate.clear import embargo, mended

    dossier = mended(prepared, prepared.problems)
    outcome = send_test_copy(door.workspace, prepared, door.settings, address, door.now(), language=language)
    if as_json:
        door.json({"issue": str(dossier.issue), "test": True, "fate": outcome.fate.value})
    if (until := embargo(dossier)) and door.now() < until:
        door.say(
            f"It is under embargo until {until:%Y-%m-%d %H:%M} ({until.tzinfo}): this copy is for your eyes alone."
        )
    door.say(
        "One test copy is on its way. Its leave link leads nowhere, on purpose."
        if outcome.fate == "accepted"
        else "The answer of the mail server was lost; the test copy has probably arrived."
    )


def _rehearse(door: Door, prepared: Prepared, asked: Asked) -> None:
    from newsletter.ceremony.shown import forecast_of, leaves, pace
    from newsletter.delivery.meant_for import audience
    from newsletter.delivery.rehearse import rehearse
    from newsletter.gate.clear import mended

    dossier = mended(prepared, prepared.problems)
    with _list(door) as store:
        folder = door.workspace.outbox / str(dossier.issue) / "letters"
        people = audience(dossier, store, in_doubt=asked.in_doubt)
        rehearsal = rehearse(dossier, store, door.settings, folder, door.now(), workspace=door.workspace, people=people)
        it = leaves(door, dossier, store, in_doubt=asked.in_doubt)
        plan = forecast_of(door, dossier, store, it, door.now(), in_doubt=asked.in_doubt)
    if asked.as_json:
        door.json(_as_json(dossier.issue, rehearsal, plan))
        return
    for line in (*_told(dossier.issue, rehearsal), *pace(door, plan, door.now())):
        door.out(line)
    _say_how_they_leave(door)
    _say_who_signs(door, dossier)
    _say_obstacles(door, prepared)


def _list(door: Door) -> Store:
    """The list, which has to be there: neither it nor its key is made only to find nobody on it."""
    from newsletter.delivery.readers import NobodyToWriteTo
    from newsletter.store.open import database_path, open_store

    if not database_path(door.workspace, door.settings).is_file():
        raise NobodyToWriteTo
    return open_store(door.workspace, door.settings)


def _for_real(door: Door, prepared: Prepared, asked: Asked) -> None:
    from newsletter.ceremony.for_real import for_real

    def remarks(cleared: Cleared) -> None:
        _say_who_signs(door, cleared.dossier)
        _say_how_they_leave(door)

    with _list(door) as store:
        for_real(door, prepared, store, asked, remarks)


def _say_how_they_leave(door: Door) -> None:
    if door.settings.public_url:
        door.say(LEAVE_PAGE.format(address=door.settings.public_url))
    else:
        door.say(BULK_RULE)


def _say_who_signs(door: Door, dossier: Dossier) -> None:
    """That letters are signed, where they are. Raises what reading the keys raises, before anything leaves."""
    from newsletter.delivery.sign.set_keys import ONLY_ED25519, only_ed25519
    from newsletter.delivery.sign.signer import signer

    if sign := signer(door.settings, dossier.profile.sender.address):
        door.say(f"The letters are signed in the name of {sign.keys[0].domain} (DKIM).")
        if only_ed25519(sign.keys):
            door.say(ONLY_ED25519)


def _say_obstacles(door: Door, prepared: Prepared) -> None:
    """What a real sending today would still meet."""
    from newsletter.delivery.server import server
    from newsletter.errors import NewsletterError
    from newsletter.gate.clear import clear

    try:
        now = door.now()
        cleared = clear(door.workspace, prepared, now.date(), now=now, accept_warnings=True)
        server(door.settings, cleared.dossier.profile.sender)
    except NewsletterError as error:
        door.say(f"A real sending would stop here:\n{error.message}\n{error.hint}".rstrip())
    else:
        door.say(f"To send it: newsletter send {prepared.issue} --for-real")


def _as_json(issue: IssueName, rehearsal: Rehearsal, plan: Plan) -> dict[str, object]:
    return {
        "issue": str(issue),
        "rehearsal": True,
        "letters": rehearsal.letters,
        "readers": rehearsal.readers,
        "skipped": rehearsal.skipped,
        "unfit": rehearsal.unfit,
        "subjects": rehearsal.subjects,
        "longest_bytes": rehearsal.longest,
        "written": rehearsal.written,
        "folder": str(rehearsal.folder),
        "days": plan.days,
        "plan": plan.as_dict(),
    }


def _told(issue: IssueName, rehearsal: Rehearsal) -> Iterator[str]:
    yield f"Rehearsal of {issue}: {rehearsal.letters} letters, none was sent."
    for language, number in rehearsal.readers.items():
        yield f"  {language}: {number} readers, “{rehearsal.subjects.get(language, '')}”"
    for reason, number in rehearsal.skipped.items():
        yield f"  {number} not written to: {reason}"
    if rehearsal.unfit:
        yield f"  {rehearsal.unfit} with an address that mail cannot be sent to"
    yield f"The longest letter has {rehearsal.longest:,} bytes. {rehearsal.written} letters are in {rehearsal.folder}"
    yield "Their leave links lead nowhere, on purpose."
