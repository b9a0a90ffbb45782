"""``newsletter demo``: nothing -> a whole month on the sample, in outbox/demo/, ended in less than two minutes."""

from __future__ import annotations

import time

import click

from newsletter.door import Door


@click.command()
@click.pass_obj
def demo(door: Door) -> None:
    """See a whole month on a sample, from the first line to the last reader.

    It builds an issue in two languages, brings in fifty invented readers, rehearses, sends through a mail server of
    its own, exports and publishes, and shows the books. All of it happens in outbox/demo/, made afresh each time;
    nothing leaves this computer.
    """
    from newsletter.demo.month import month
    from newsletter.demo.told import told
    from newsletter.workspace import NoWorkspace

    began = time.monotonic()
    try:
        outbox = door.workspace.outbox
    except NoWorkspace:
        if door.named:
            raise
        outbox = door.start / "outbox"
    outcome = month(outbox / "demo", door.now, door.say)
    door.say("")
    for line in told(outcome):
        door.out(line)
    door.say(f"\nDone in {time.monotonic() - began:.0f} seconds. To begin your own: newsletter init DIR")
