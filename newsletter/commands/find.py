"""``newsletter find``: words -> every place where they were ever said, in issues, drafts, clippings and the profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from newsletter.errors import WrongUsage

if TYPE_CHECKING:
    from newsletter.door import Door
    from newsletter.finding.find import Found, Nothing

MOST = 40  # shown at once; --all shows every one


class NothingAsked(WrongUsage):
    """Neither a word nor a case, country, name or ask was given."""

    def __init__(self) -> None:
        super().__init__(
            "Say what to look for.", "Such as: newsletter find amnesty  or  newsletter find --case amnesty-law"
        )


@click.command()
@click.argument("words", nargs=-1)
@click.option("--case", default="", metavar="CASE", help="Only sections of this case, as they name it.")
@click.option(
    "--country", default="", metavar="COUNTRY", help="Only sections on this country: its short name or its name."
)
@click.option("--name", default="", metavar="NAME", help="Only sections in which somebody of this name is named.")
@click.option("--ask", default="", metavar="ID", help="Only the ask with this id, in every issue that carried it.")
@click.option("--language", default="", metavar="LANGUAGE", help="Only editions in this language.")
@click.option("--all", "everything", is_flag=True, help=f"Show every place, not only the newest {MOST}.")
@click.option(
    "--json", "as_json", is_flag=True, help="One JSON list on stdout: file, line, column, issue, section, text."
)
@click.pass_obj
def find(  # noqa: PLR0917 - click gives all by name
    door: Door,
    words: tuple[str, ...],
    case: str,
    country: str,
    name: str,
    ask: str,
    language: str,
    everything: bool,  # noqa: FBT001 - click
    as_json: bool,  # noqa: FBT001 - click
) -> None:
    """Find everything that was ever said with these words, the newest first, each with its place.

    All the words have to stand in one text: a field of an issue, a paragraph of a clipping. Capitals and accents make
    no difference, and a word is also found at the start of a longer one: amnest finds amnesty. Words in quotes are
    one phrase, whole and in this order. Without words, the sections of a case, a country, a name or an ask are listed.
    """
    from newsletter.finding.find import Wanted, nearest
    from newsletter.finding.find import find as look

    if not any(one.strip() for one in (*words, case, country, name, ask)):
        raise NothingAsked
    wanted = Wanted(words, case, country, name, ask, language)
    found = look(door.workspace, wanted)
    if as_json:
        door.json([_plain(one) for one in found])
        return
    for one in found if everything else found[:MOST]:
        door.out(f"{one.file}:{one.line}:{one.column}: {one.section}")
        door.out(f"    {_marked(one, colour=door.interactive)}")
    if not found:
        door.say(_nothing(nearest(door.workspace, wanted)))
    elif len(found) > MOST and not everything:
        door.say(f"These are the newest {MOST} of {len(found)} places. All of them: the same with --all")
    else:
        door.say("1 place." if len(found) == 1 else f"{len(found)} places.")


def _marked(one: Found, *, colour: bool) -> str:
    """The line with what was found in it between angle quotes, or in bold where a terminal shows that."""
    parts, last = [], 0
    for start, end in one.marks:
        if start < last:
            continue
        word = one.text[start:end]
        parts += [one.text[last:start], click.style(word, bold=True, underline=True) if colour else f"«{word}»"]
        last = end
    return "".join([*parts, one.text[last:]])


def _plain(one: Found) -> dict[str, object]:
    return {
        "file": one.file,
        "line": one.line,
        "column": one.column,
        "issue": one.issue,
        "section": one.section,
        "text": one.text,
    }


def _nothing(why: Nothing) -> str:
    if not why.nearest:
        return "Nothing found: the words occur, but never all of them in one text, or not in such a section."
    said = [
        f"“{word}” occurs nowhere" + (f"; the nearest that does is “{near}”" if near else "")
        for word, near in why.nearest.items()
    ]
    return f"Nothing found: {', and '.join(said)}."
