"""A message -> its header fields as mail programs understand them; its source, what is long in it folded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy

SHOWN = 24  # lines of a part
_EDGE = b"--=_"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some lines of a message; those that are ``folded`` are shown when asked for."""

    shown: str
    folded: str = ""
    count: int = 0  # lines that are folded


def header_fields(message: bytes) -> list[tuple[str, str]]:
    """Each field of the head in its order, its value decoded (RFC 2047) and on one line."""
    read = message_from_bytes(message.partition(b"\r\n\r\n")[0] + b"\r\n\r\n", policy=policy.default)
    return [(name, str(value)) for name, value in read.items()]


def stretches(message: bytes) -> list[Stretch]:
    """The whole source, part by part; of each its head and first lines, the rest folded."""
    return [_stretch(lines) for lines in _parts(message.decode("ascii", "replace").splitlines())]


def _parts(lines: list[str]) -> Iterator[list[str]]:
    part: list[str] = []
    for line in lines:
        if line.encode().startswith(_EDGE) and part:
            yield part
            part = []
        part.append(line)
    yield part


def _stretch(lines: list[str]) -> Stretch:
    blank = lines.index("") if "" in lines else 0
    shown, folded = lines[: blank + SHOWN], lines[blank + SHOWN :]
    return Stretch("\n".join(shown), "\n".join(folded), len(folded))
