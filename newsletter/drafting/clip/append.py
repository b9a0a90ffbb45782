"""An issue's file and the lines of a section -> the file with the section at its end, every other byte as it was."""

from __future__ import annotations

from collections.abc import Callable

from newsletter.errors import ToMend
from newsletter.nouns.problem import Severity
from newsletter.yaml_tree.data import without_ends
from newsletter.yaml_tree.extents import start
from newsletter.yaml_tree.text import decode
from newsletter.yaml_tree.tree import Style, Tree, read_tree


class CannotAppend(ToMend):
    """A file's end is no place for a section."""

    def __init__(self, file: str, why: str) -> None:
        super().__init__(
            f"{file}: {why} The section could not be put at its end, and the file is as it was.",
            "Mend it (newsletter check says where), then say the same again; or say it without --into, and copy the section.",
        )


def append(data: bytes, section: Callable[[int], str], file: str) -> bytes:
    """The bytes of the file with a section after them; ``section`` writes it for an indentation. Raises CannotAppend."""
    text, problems = decode(data, file)
    if text is None or any(one.severity is Severity.ERROR for one in problems):
        raise CannotAppend(file, problems[0].message if problems else "It is no text.")
    before = _read(text, file)
    ends = b"\r\n" if b"\r\n" in data else b"\n"
    gap = b"" if data.endswith((b"\n\n", b"\r\n\r\n")) else ends
    added = section(_indent(before, file)).encode().replace(b"\n", ends)
    whole = data + (b"" if data.endswith(b"\n") else ends) + gap + added
    _same_but_for_one(before, whole, file)
    return whole


def _read(text: str, file: str) -> Tree:
    tree, problems = read_tree(text, file)
    if tree is None:
        wrong = next(one for one in problems if one.severity is Severity.ERROR)
        raise CannotAppend(file, f"line {wrong.place.line} cannot be read: {wrong.message}")
    return tree


def _indent(tree: Tree, file: str) -> int:
    """How far the dashes of the sections are set in. Raises CannotAppend where a section at the end is none of them."""
    data = tree.data
    sections = data.get("sections") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(sections, list) or not sections:
        raise CannotAppend(file, "It has no list of sections.")
    if list(data)[-1] != "sections":
        raise CannotAppend(file, f"“{list(data)[-1]}” stands after the sections.")
    if tree.styles.get(("sections",)) is Style.FLOW:
        raise CannotAppend(file, "Its sections stand in brackets.")
    return start(tree, ("sections", 0))[1]


def _same_but_for_one(before: Tree, whole: bytes, file: str) -> None:
    """Make sure that the file says what it said, and one section more. Raises CannotAppend."""
    after, _ = read_tree(decode(whole, file)[0] or "", file)
    was, now = before.data, after.data if after else None
    if isinstance(was, dict) and isinstance(now, dict) and list(was) == list(now):
        sections, more = was["sections"], now["sections"]
        rest = all(was[name] == now[name] for name in was if name != "sections")
        if rest and isinstance(more, list) and without_ends(more[:-1]) == without_ends(sections):
            return
    raise CannotAppend(file, "With a section after it, it would say something else than now.")
