"""``newsletter publish``: every issue that passes the gate -> the public pages in outbox/site/."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from newsletter.archive.publish import LeftOut
    from newsletter.door import Door


@click.command()
@click.pass_obj
def publish(door: Door) -> None:
    """Write the public pages to outbox/site/: significant events by country and year, every issue, and a feed.

    Only issues that pass the gate are published; the others are named. Nothing is uploaded.
    """
    from newsletter.archive.publish import publish as write_site
    from newsletter.journal import What, note

    done = write_site(door.workspace, door.settings, door.now())
    for issue in done.issues:
        note(door.workspace, issue, What.PUBLISHED, door.now())
    for left in done.left_out:
        door.say(_said(left))
    issues = "1 issue" if len(done.issues) == 1 else f"{len(done.issues)} issues"
    door.out(f"The public pages of {issues} are in {done.folder}. Open {done.folder / 'index.html'} to look at them.")
    if not door.settings.public_url:
        door.say(
            "Once they stand on the web, set NEWSLETTER_PUBLIC_URL in .env to their address and publish again: the feed "
            "and search engines then know it."
        )


def _said(left: LeftOut) -> str:
    reason = left.why.message.partition("\n")[0]
    return f"{left.issue} is left out: {reason} {left.why.hint}".rstrip()
