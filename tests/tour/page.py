"""The tour of slips -> docs/manual/tour.md, and a page for each check: what was typed, what is said of it, and where.

``python -m tests.tour.page`` writes them again, after a change of a slip, of a check, or of what is said.
"""

from __future__ import annotations

import inspect
import re
import tempfile
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from newsletter.family import members
from newsletter.nouns.problem import Problem
from tests.tour.slips import Slip, made, slips, told

MANUAL = Path(__file__).resolve().parents[2] / "docs" / "manual"
CHECKS = MANUAL / "checks"
TOUR = MANUAL / "tour.md"
TITLES = {
    "yaml": "How a file is written",
    "encoding": "How a file is saved",
    "file-name": "How a file is called",
    "fields": "Names and values",
    "template": "Own templates",
    "clippings": "Kept sources",
}
"""What slips are about that no check finds, but the reading of a file or the making of a letter."""
HEAD = """\
# A tour of slips

What tired people type, and what `newsletter check` says of it. Each was made in a small invented newsletter, and this
page written from what the program said. The place is file, line and column. Where a slip is marked *mended*,
`newsletter check --fix` mends it, and shows the change first.

{count} slips.
"""
COLUMNS = "| What was typed | What is said | Where |\n| --- | --- | --- |\n"
WIDEST = 120  # characters of what was typed that a row shows

Told = list[tuple[Slip, Problem]]


def by_check() -> dict[str, list[Slip]]:
    """The slips of each check, and first those that no check finds: in the order in which the tour shows them."""
    found = {check: list(some) for check, some in groupby(slips(), key=lambda slip: slip.check)}
    return {check: found[check] for check in [*TITLES, *(one for one in found if one not in TITLES)]}


def head() -> str:
    """What stands above the tour."""
    return HEAD.format(count=len(slips()))


def part(check: str, said: Told) -> str:
    """What the tour shows of the slips of one check."""
    title = TITLES.get(check) or f"[{check}](checks/{check}.md)"
    return f"\n## {title}\n\n{COLUMNS}" + "".join(_rows(said))


def page(check: str, said: Told) -> str:
    """The page of one check; nothing of what is no check's."""
    member = members("newsletter.checks").get(check)
    return "".join(_of_check(check, member, said)) if member else ""


def _of_check(name: str, member: object, said: Told) -> Iterator[str]:
    first, _, more = (inspect.getdoc(member) or "").partition("\n")
    then = inspect.getdoc(getattr(member, "check", None)) or ""
    yield f"# {name}\n\n{_marked(first)}\n"
    if more.strip():
        yield f"\n{_marked(more.strip())}\n"
    yield f"\n**What it says then.** {_marked(then)}\n"
    if any(problem.fix for _, problem in said):
        yield "\n**Mending.** `newsletter check --fix` can do it: it shows each change and asks before it writes.\n"
    if said:
        yield f"\n## For example\n\n{COLUMNS}" + "".join(_rows(said))
    yield "\n[All checks](../checks.md) · [the tour of slips](../tour.md)\n"


def _marked(docstring: str) -> str:
    return re.sub(r"``([^`]+)``", r"`\1`", docstring)


def _rows(said: Iterable[tuple[Slip, Problem]]) -> Iterator[str]:
    for slip, problem in said:
        typed = "<br>".join(f"`{_flat(new)}`" for new in slip.change.values() if new.strip())
        first = f"**{_cell(slip.slip)}**" + (f"<br>{typed}" if typed else "")
        mended = " *mended*" if problem.fix else ""
        words = f"{problem.severity}: {_cell(problem.message)}<br>*{_cell(problem.hint)}*{mended}"
        place = f"{Path(problem.place.file).name}:{problem.place.line}:{problem.place.column}"
        yield f"| {first} | {words} | {place} |\n"


def _flat(text: str) -> str:
    shown = " ⏎ ".join(line.strip() for line in text.strip().split("\n") if line.strip())
    shown = shown if len(shown) <= WIDEST else shown[: WIDEST - 1] + "…"
    return shown.replace("|", "\\|").replace("`", "'")


def _cell(text: str) -> str:
    return re.sub(r"([|*_<\[\]])", r"\\\1", text.replace("\n", " "))


def main() -> None:
    """Write the pages; a page of a check that is no more goes."""
    with tempfile.TemporaryDirectory() as folder:
        made_in = (Path(folder, str(number)) for number in range(len(slips())))
        said = {
            check: [(slip, told(slip, made(slip, next(made_in)))) for slip in some]
            for check, some in by_check().items()
        }
    for path in CHECKS.glob("*.md"):
        path.unlink()
    found = {CHECKS / f"{check}.md": page(check, some) for check, some in said.items()}
    found[TOUR] = head() + "".join(part(check, some) for check, some in said.items())
    for path, text in found.items():
        if text:
            path.write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
