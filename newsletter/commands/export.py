"""``newsletter export``: an issue -> files for a mailing platform, with its own merge tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path

    from newsletter.door import Door
    from newsletter.gate.clear import Cleared
    from newsletter.platforms.platform import Platform


@click.command()
@click.argument("issue", required=False)
@click.option("--for", "platform", metavar="PLATFORM", help="Which one: mailchimp, brevo, listmonk ... (see --list)")
@click.option("--list", "show", is_flag=True, help="Name the platforms there are, and how well each is known.")
@click.option(
    "--with-list", is_flag=True, help="Write your list too. It holds people's addresses: delete it after use."
)
@click.option("--yes", is_flag=True, help="Export although there are warnings.")
@click.pass_obj
def export(  # noqa: PLR0917 - click gives all by name
    door: Door,
    issue: str | None,
    platform: str | None,
    show: bool,  # noqa: FBT001 - click
    with_list: bool,  # noqa: FBT001 - click
    yes: bool,  # noqa: FBT001 - click
) -> None:
    """Write an issue for a mailing platform to outbox/ISSUE/PLATFORM/, with a README.txt that says how to go on.

    ISSUE is a name such as 2025-07, or its file; left out, the newest. Names and the link to leave become the
    platform's own tags.
    """
    if show:
        _show(door)
        return
    if not platform:
        raise click.UsageError(
            "Say for which platform: newsletter export --for NAME. Their names: newsletter export --list"
        )
    from newsletter.gate.clear import clear
    from newsletter.journal import What, note
    from newsletter.pipeline import prepare
    from newsletter.platforms.platform import platform as find

    goal = find(platform)
    name = door.workspace.issue(issue)
    prepared = prepare(door.workspace, name, door.settings)
    on = prepared.dossier.editions[0].send_on if prepared.dossier else door.now().date()
    cleared = clear(door.workspace, prepared, on, now=door.now(), accept_warnings=yes)
    folder = _write(door, cleared, goal, with_list=with_list)
    note(door.workspace, name, What.EXPORT, door.now(), detail=goal.key)
    door.out(f"{name} for {goal.name} is in {folder}. README.txt there says how to go on.")
    door.say(f"How sure we are of {goal.name}'s tags stands there too. Send yourself a test first.")
    if with_list:
        door.say(
            f"The list is there as well. {goal.processor} will handle your readers' data, in {goal.where}: you need a "
            f"contract for that (UK GDPR article 28). Delete the list files as soon as {goal.name} has them."
        )


def _write(door: Door, cleared: Cleared, goal: Platform, *, with_list: bool) -> Path:
    from newsletter.platforms.export import export as write

    public_url = door.settings.public_url
    if not with_list:
        return write(cleared, goal.key, door.workspace, public_url=public_url)
    from newsletter.store.open import open_store

    with open_store(door.workspace, door.settings) as store:
        return write(cleared, goal.key, door.workspace, public_url=public_url, store=store)


def _show(door: Door) -> None:
    from newsletter.platforms.platform import read_platforms

    for key, one in read_platforms().items():
        door.out(f"{key:<12} {one.name}")
        for matter, how in one.confidence.items():
            door.out(f"{'':<12}   {matter}: {how}")
