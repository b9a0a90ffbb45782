"""``newsletter preview``: the studio in a browser on this machine: see, mend and write, new at every save."""

from __future__ import annotations

import click

from newsletter.door import Door


@click.command()
@click.argument("issue", required=False)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="Where to show it.")
@click.option("--no-open", is_flag=True, help="Do not open the browser.")
@click.pass_obj
def preview(door: Door, issue: str | None, port: int, no_open: bool) -> None:  # noqa: FBT001 - a flag of the command line
    """Write, see and mend the newsletter in your browser, on this computer.

    It follows each time you save; on a mistake the last good letter stays, under a note that says what and where.
    ISSUE is a month such as 2025-07; left out, the start page with all issues. Nobody but a browser on this computer
    can see it.
    """
    asked, settings = door.workspace.issue(issue) if issue else None, door.settings
    from newsletter.studio.port import LOOPBACK, take_port

    listener = take_port(port)
    got = listener.getsockname()[1]
    if port not in (0, got):
        door.say(f"Port {port} is taken, perhaps by another studio; this one takes {got}.")
    address = f"http://{LOOPBACK}:{got}/{f'issues/{asked}' if asked else ''}"
    door.out(f"The studio is at {address}")
    door.say("It follows each time you save. To stop: Ctrl-C.")
    if not no_open:
        door.open_page(address)  # it takes its time, and so do we
    from newsletter.studio.desk import Desk
    from newsletter.studio.serve import serve
    from newsletter.studio.watch import Watch

    serve(Desk(door, Watch(door.workspace, settings, door.now), opens=asked), listener)
