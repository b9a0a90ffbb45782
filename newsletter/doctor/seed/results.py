"""The value of a field Authentication-Results -> who wrote it, and the result of each method (RFC 8601 §2.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_HEAD = re.compile(r"^\s*([\w-]+)(?:\s*/\s*\d+)?\s*=\s*([A-Za-z][\w-]*)")
_PROPERTY = re.compile(r'([\w-]+)\s*\.\s*([\w-]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^\s;]+)')
_PAIR = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Result:
    """What one method found: ``dkim``, ``pass``, and what it was found of: ``header.d`` -> ``example.org``."""

    method: str
    result: str
    properties: Mapping[str, str] = field(default_factory=dict)
    remark: str = ""  # what stood in brackets

    @property
    def domain(self) -> str:
        """Whose it was: the signer's, the envelope's or the author's domain; "" where it is not said."""
        for name in ("header.d", "header.i", "smtp.mailfrom", "smtp.mail", "header.from", "smtp.helo"):
            if value := self.properties.get(name):
                return value.rpartition("@")[2].strip("<>").rstrip(".").lower()
        return ""


@dataclass(frozen=True, slots=True)
class Results:
    """One field: the host that wrote it ("" where it does not say, as Microsoft's do not), and its results."""

    host: str
    found: tuple[Result, ...]


def results(value: str) -> Results:
    """Read a field's value. What cannot be understood is left out: it proves nothing."""
    segments = [*_segments(value)]
    if not segments:
        return Results("", ())
    first = segments[0][0]
    host = "" if "=" in first else first.split()[0].strip('"').lower() if first.split() else ""
    rest = segments if "=" in first else segments[1:]
    return Results(host, tuple(one for one in (_result(text, remark) for text, remark in rest) if one))


def _result(text: str, remark: str) -> Result | None:
    head = _HEAD.match(text)
    if not head:
        return None
    found = {
        f"{kind}.{name}".lower(): _PAIR.sub(r"\1", said[1:-1]) if said.startswith('"') else said
        for kind, name, said in _PROPERTY.findall(text[head.end() :])
    }
    return Result(head[1].lower(), head[2].lower(), found, remark)


def _segments(value: str) -> Iterator[tuple[str, str]]:
    """What stands between semicolons, each with its remarks in brackets taken out; neither counts inside quotes."""
    text, remark, depth, quoted, escaped = "", "", 0, False, False
    for one in value:
        plain = not (escaped or one == "\\")
        escaped = one == "\\" and not escaped
        if plain and depth and one in "()":
            depth += 1 if one == "(" else -1
            if not depth:
                continue
        elif plain and not quoted and not depth and one == "(":
            depth, remark = 1, f"{remark} " if remark else ""
            continue
        elif plain and not quoted and not depth and one == ";":
            yield text, remark
            text, remark = "", ""
            continue
        elif plain and not depth and one == '"':
            quoted = not quoted
        if depth:
            remark += one
        else:
            text += one
    if text.strip():
        yield text, remark
