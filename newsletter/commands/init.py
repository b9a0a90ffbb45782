"""``newsletter init DIR``: a folder -> a workspace with a profile to fill in and an example issue; nothing is overwritten."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from string import Template

import click

from newsletter.door import Door
from newsletter.errors import WrongUsage
from newsletter.workspace import Workspace
from newsletter.write_file import write_new

IGNORED = "# What git leaves alone: what can be made again, the list and the books, and your passwords.\noutbox/\nrecords/\n.env\n*.csv\n"
SHIPPED = Path(__file__).resolve().parent


class AlreadyThere(WrongUsage):
    """The folder holds a newsletter already."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"There is a newsletter in {folder} already. Nothing was changed.",
            "Name a new folder; or go there and type: newsletter",
        )


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def init(door: Door, folder: Path) -> None:
    """Make the folder of a new newsletter."""
    folder = door.start / folder
    if (folder / "issues" / "newsletter.yaml").exists():
        raise AlreadyThere(folder)
    for path, text in contents(door.now().date()):
        written = write_new(folder / path, text.encode("utf-8"))
        door.out(f"{'made' if written else 'kept'}  {folder / path}")
    (folder / "issues" / "images").mkdir(exist_ok=True)
    door.out(f"made  {folder / 'issues' / 'images'}")
    for made in _schemas(Workspace(folder.resolve())):
        door.out(f"made  {made}")
    door.say(
        "\nNext: open issues/newsletter.yaml and fill in who you are, and what the letters shall say of you.\n"
        f"Then go to the new folder and look at the example issue:\n\n  cd {quoted(folder)}\n  newsletter preview\n\n"
        "Each month after that begins with: newsletter new"
    )


def _schemas(workspace: Workspace) -> tuple[Path, ...]:
    """What editors are told; of section types that stood there before, too."""
    from newsletter.drafting.schema import write_schemas
    from newsletter.drafting.types import read_types

    return write_schemas(read_types(workspace)[0], workspace.schemas)


def contents(today: dt.date) -> Iterator[tuple[str, str]]:
    """The files of a new workspace, with an example issue for this month."""
    from newsletter.drafting.editor import editor
    from newsletter.settings import env_example

    after = (today.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    dates = {"month": f"{today:%Y-%m}", "send_on": last_day(today), "until": last_day(after)}
    yield "issues/newsletter.yaml", (SHIPPED / "init_profile.yaml").read_text("utf-8")
    yield f"issues/{today:%Y-%m}.yaml", Template((SHIPPED / "init_issue.yaml").read_text("utf-8")).substitute(dates)
    yield ".env.example", env_example()
    yield ".gitignore", IGNORED
    yield from editor("issues/.schema")


def last_day(day: dt.date) -> dt.date:
    """The last day of this day's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def quoted(folder: Path) -> str:
    """A folder as one types it after ``cd``, in any shell."""
    return f'"{folder}"' if " " in str(folder) else str(folder)
