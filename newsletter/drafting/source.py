"""A file -> Tree: bytes to text to YAML, with everything that is wrong on the way as problems."""

from __future__ import annotations

from pathlib import Path

from newsletter.errors import ToMend
from newsletter.nouns.problem import Place, Problem, Severity
from newsletter.yaml_tree.text import decode
from newsletter.yaml_tree.tree import Tree, read_what_can_be

LARGEST = 2_000_000  # bytes; a year of issues in one file would be smaller


class UnreadableFile(ToMend):
    """The system does not let a file be read."""

    def __init__(self, file: str, error: OSError) -> None:
        reason = error.strerror or type(error).__name__
        super().__init__(f"{file} cannot be read: {reason}.", "Look whether it is there and whether you may open it.")


def read_source(path: Path, file: str) -> tuple[Tree | None, list[Problem]]:
    """Read a YAML file as far as possible; beside errors the tree serves only to find more. Raises UnreadableFile."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(file, error) from error
    return read_bytes(data, file)


def read_bytes(data: bytes, file: str) -> tuple[Tree | None, list[Problem]]:
    """Read what stands in a YAML file, or is to stand there, as `read_source` does."""
    if len(data) > LARGEST:
        message = f"The file is larger than {LARGEST // 1_000_000} MB; no issue is."
        return None, [Problem(Place(file), Severity.ERROR, "yaml", message, "Keep pictures in issues/images/.")]
    text, problems = decode(data, file)
    if text is None:
        return None, problems
    tree, more = read_what_can_be(text, file)
    return tree, problems + more


def file_name(path: Path, root: Path) -> str:
    """How places name a file: from the workspace, with ``/``."""
    inside = path.is_relative_to(root)
    return (path.relative_to(root) if inside else path).as_posix()
