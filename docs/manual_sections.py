"""Section types -> their pages of the manual, from fields.yaml alone: purpose, picture, example, fields; and the index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from manual_example import COMMON_NAMES, example, typed
from manual_text import as_typed, code, fields_table, filled

from newsletter.drafting.fields import COMMON
from newsletter.nouns.draft import Field, Kind, SectionType

ORDER = (
    *("letter", "news", "urgent-action", "petition", "event", "recording", "report", "outcome", "correction"),
    *("person", "quote", "figure", "timeline", "table", "columns", "in-brief", "picture", "gallery", "gratitude"),
    *("donation", "divider", "previous"),
)
"""The order in which a letter would have them; a type that is not named here comes after, by its name."""

INDEX = "README.md"
PICTURES = "pictures"
ISSUE = "../issue.md"
HOW = (
    "This makes the section in the picture. Copy it below `sections:`, and put your own words in."
    f" [How an issue's file is written]({ISSUE})"
)
THUMBNAIL = 300  # pixels
SHORT_WORDS = 6  # characters: a figure's number says nothing alone
LONGEST_WORDS = 100


def in_order(types: Mapping[str, SectionType]) -> list[SectionType]:
    """The types as the manual goes through them."""
    place = {name: number for number, name in enumerate(ORDER)}
    return sorted(types.values(), key=lambda kind: (place.get(kind.name, len(ORDER)), kind.name))


def section_pages(types: Mapping[str, SectionType]) -> dict[str, str]:
    """The page of each type by its file's name."""
    return {f"{name}.md": _page(kind) for name, kind in types.items()}


def index(page: str, types: Mapping[str, SectionType]) -> str:
    """The page over all types: its own words, and a row for each type."""
    return filled(page, {"sections": _rows(types)})


def bare_index(types: Mapping[str, SectionType]) -> str:
    """An index for a folder that has none."""
    return index("# Section types\n\n<!-- made: sections -->\n<!-- up to here -->\n", types)


def _rows(types: Mapping[str, SectionType]) -> str:
    lines = ["| What it is | As a reader sees it |", "| --- | --- |"]
    for kind in in_order(types):
        label, first = as_typed(kind.label.into("en")), as_typed(_first_sentence(kind.about.into("en")))
        shown = f'<img src="{_picture(kind)}" width="{THUMBNAIL}" alt="{_quoted(alt(kind))}">'
        lines.append(f"| **[{label}]({kind.name}.md)** {code(kind.name)}<br>{first} | {shown} |")
    return "\n".join(lines)


def _first_sentence(text: str) -> str:
    first, end, _ = text.partition(". ")
    return f"{first}." if end else first


def _quoted(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("|", "&#124;")


def _picture(kind: SectionType) -> str:
    return f"{PICTURES}/{kind.name}.png"


def _page(kind: SectionType) -> str:
    own = [one for one in kind.fields if one.name not in COMMON_NAMES]
    parts = [
        f'<!-- Made by "make manual" from templates/sections/{kind.name}/fields.yaml: change it there. -->',
        f"# {as_typed(kind.label.into('en'))}",
        as_typed(kind.about.into("en")),
        *_ask(kind),
        f"![{as_typed(alt(kind))}]({_picture(kind)})",
        "## What to write",
        HOW,
        f"```yaml\n{example(kind)}```",
        "## Its fields",
        fields_table(own, ISSUE),
        *_inner(own),
        "Every section may also have "
        + ", ".join(f"{code(one.name)}" for one in COMMON)
        + f": [fields that every section has]({ISSUE}#fields-that-every-section-has).",
        f"[All section types]({INDEX})",
    ]
    return "\n\n".join(part.strip("\n") for part in parts if part) + "\n"


def _ask(kind: SectionType) -> Iterator[str]:
    """What is special about something that readers can do."""
    if kind.ask:
        last = (
            f" It is open until the day in {code(kind.closes)}; `newsletter check` says when that has passed."
            if kind.closes
            else ""
        )
        yield (
            f"This is an *ask*: something that readers can do.{last} Give it an `id`, and let the same ask have the same `id`"
            " in a later issue: `newsletter new` then carries it on as long as it is open. Where it is over before its day, or"
            f" has none, say so with `closed`: [what every ask may have]({ISSUE}#what-every-ask-may-have)."
        )


def _inner(fields: list[Field]) -> Iterator[str]:
    """The fields of a list's members."""
    for one in fields:
        if one.kind is Kind.ROWS:
            yield f"### In each of `{one.name}`"
            yield fields_table(one.fields, ISSUE)
            yield from _inner(list(one.fields))


def alt(kind: SectionType) -> str:
    """What the picture of a type shows, in words: its name, the first words of its example, and its pictures."""
    filled_in = [one for one in kind.fields if one.example and one.name not in COMMON_NAMES]
    texts = [one.example for one in filled_in if one.kind in {Kind.TEXT, Kind.MARKDOWN} and one.name != "button"]
    pictures = [str(typed(one, one.example).get("alt", "")) for one in filled_in if one.kind is Kind.PICTURE]
    buttons = [one.example for one in filled_in if one.name == "button"]
    parts = [f"“{_first_words(texts)}”" if texts else ""]
    parts += [f"a picture: {words}" for words in pictures if words]
    parts += [f"the words to click, “{words}”" for words in buttons]
    return f"{kind.label.into('en')}, as a reader sees it: {'; '.join(part for part in parts if part)}."


def _first_words(texts: list[str]) -> str:
    """What the eye meets first: one text, or two where the first is a word or a number."""
    said = texts[0]
    if len(said) < SHORT_WORDS and len(texts) > 1:
        said = f"{said} {texts[1]}"
    words = " ".join(said.replace("{first_name|friends}", "Joan").split())
    return _first_sentence(words).removesuffix(".") if len(words) > LONGEST_WORDS else words.removesuffix(".")


def write_sections(types: Mapping[str, SectionType], folder: Path) -> list[Path]:
    """Write every page and the index; a page whose type has gone is taken away. Gives what was written."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in [*folder.glob("*.md"), *folder.glob(f"{PICTURES}/*.png")]:
        if old.name != INDEX and old.stem not in types:
            old.unlink()
    pages = section_pages(types)
    there = folder / INDEX
    pages[INDEX] = index(there.read_text("utf-8"), types) if there.exists() else bare_index(types)
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return [folder / name for name in pages]


def examples(types: Mapping[str, SectionType]) -> dict[str, str]:
    """The example of every type, in the manual's order."""
    return {kind.name: example(kind) for kind in in_order(types)}
