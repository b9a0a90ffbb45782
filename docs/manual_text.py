"""What the manual's pages are made of -> Markdown: tables, plain words for each kind of field, and the made parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from newsletter.nouns.draft import Field, Kind

ISSUE_PAGE = "issue.md"
LONGEST_EXAMPLE = 60  # characters in a cell of a table; a longer one stands in the page's whole example
KINDS: Mapping[Kind, str] = {
    Kind.TEXT: "a line of words",
    Kind.MARKDOWN: "[a text]({issue}#writing-a-text), of one paragraph or several",
    Kind.URL: "an address that starts with `https://` (or `mailto:`)",
    Kind.DATE: "a day, `2025-07-04`",
    Kind.PARTIAL_DATE: "a day, a month or a year: `2025-07-04`, `2025-07`, `2025`",
    Kind.TIME: "an hour, `18:30`",
    Kind.NUMBER: "a whole number, `48`",
    Kind.FLAG: "`yes` or `no`",
    Kind.CLOSED: "`yes`, `no`, `unsure`, or a day, `2025-07-20`",
    Kind.CHOICE: "one of these words: {choices}",
    Kind.PICTURE: "[a picture]({issue}#a-picture)",
    Kind.SOURCES: "[sources]({issue}#sources), a dash before each",
    Kind.PEOPLE: "[people]({issue}#people), a dash before each",
    Kind.ROWS: "a list, a dash before each member",
}
"""What one types into a field of each kind."""

_MADE = re.compile(r"(<!-- made: (?P<name>[a-z-]+) -->\n).*?(<!-- up to here -->)", re.DOTALL)


class Unmade(ValueError):
    """A page asks for a part that nobody makes."""


def filled(page: str, parts: Mapping[str, str]) -> str:
    """A page that somebody wrote, with its made parts made anew. Raises Unmade."""

    def put(found: re.Match[str]) -> str:
        if found["name"] not in parts:
            raise Unmade(f"Nobody makes the part {found['name']!r} of the manual.")
        return f"{found[1]}\n{parts[found['name']].strip()}\n\n{found[3]}"

    return _MADE.sub(put, page)


def made_parts(page: str) -> list[str]:
    """The names of the parts of a page that are made."""
    return [found["name"] for found in _MADE.finditer(page)]


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; a column in which nothing stands is left out."""
    rows = [list(row) for row in rows]
    kept = [number for number in range(len(heads)) if number == 0 or any(row[number] for row in rows)]
    lines = [[heads[number] for number in kept], ["---"] * len(kept)]
    lines += [[_cell(row[number]) for number in kept] for row in rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def code(text: str) -> str:
    """Words as they are typed, between backticks, more of them where the words hold some."""
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{text}{space}{fence}"


def as_typed(words: str) -> str:
    """A sentence of the program, safe in Markdown: stars, braces and signs that a page would take for its own."""
    return re.sub(r"([*<>\[\]]|(?<!\w)_|_(?!\w))", r"\\\1", words)


def fields_table(fields: Iterable[Field], issue: str = ISSUE_PAGE) -> str:
    """A table of fields: what each is called, what one types, whether it has to stand there, what it is for."""
    heads = ("Field", "What you type", "Needed", "What it is for", "For example")
    return table(heads, (_field_row(one, issue) for one in fields))


def _field_row(one: Field, issue: str) -> tuple[str, ...]:
    choices = ", ".join(map(code, one.choices))
    typed = KINDS[one.kind].format(issue=issue, choices=choices)
    name = f"**{code(one.name)}**<br>{as_typed(one.label.into('en'))}"
    short = (
        "\n" not in one.example and len(one.example) <= LONGEST_EXAMPLE and not one.example.startswith(("{", "[", "- "))
    )
    example = code(one.example) if one.example and short else ""
    return name, typed, "yes" if one.required else "", as_typed(one.help.into("en")), example
