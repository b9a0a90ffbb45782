"""``newsletter schema``: the section types there are -> what editors complete, explain and underline in an issue's file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from newsletter.door import Door

PRINTED = ("issue", "profile")


@click.command()
@click.option("--print", "printed", type=click.Choice(PRINTED), help="Print one of the two, and write nothing.")
@click.pass_obj
def schema(door: Door, printed: str | None) -> None:
    """Tell editors what may stand in an issue.

    Writes two files to issues/.schema/: the fields of an issue and of the profile, with their help, your own types of
    section included. An editor that knows YAML (VS Code with the YAML extension, and others with yaml-language-server)
    then offers each name as you type, says what it is for, and underlines what is wrong. `newsletter new` keeps them up
    to date; type this after you have changed a type of your own.
    """
    from newsletter.drafting.schema import profile_schema, text, write_schemas
    from newsletter.drafting.schema import schema as issue_schema
    from newsletter.drafting.types import read_types

    workspace = door.workspace
    types, problems = read_types(workspace)
    for problem in problems:
        door.say(str(problem))
    if printed:
        door.out(text(issue_schema(types) if printed == PRINTED[0] else profile_schema()).rstrip("\n"))
        return
    for path in write_schemas(types, workspace.schemas):
        door.out(f"written  {workspace.relative(path)}")
    door.say("\nNext: open an issue in your editor. In VS Code take the extension that it offers you, named YAML.")
