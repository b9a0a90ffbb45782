"""Text -> quoted-printable bytes that can be spliced: lines of at most 76, whole characters, no dot at a line's start.

A spliced value stands on lines of its own between soft breaks, so that the text around it is encoded only once.
A dot at the start of a line is written ``=2E``, so that SMTP has nothing to double, and ``From `` there as ``=46rom``,
so that no mail store changes it. Of blanks side by side every second one is written ``=20``, one at a line's end too, and
a tab ``=09``: what is encoded stands in the relaxed form of DKIM already (RFC 6376 §3.4.4), and so does every splice of it.
"""

from __future__ import annotations

import re

_LINE = 76  # RFC 2045 §6.7(5), the soft break's "=" included
_NEW_LINE = re.compile("\r\n|\r|\n")
_AS_IS = frozenset(chr(code) for code in range(33, 127) if chr(code) != "=")
_EASY = re.compile(r"[!-~]+(?: [!-~]+)*")
_ROOM = _LINE - 1
SOFT_BREAK = b"=\r\n"


def quoted(text: str, *, goes_on: bool = False) -> bytes:
    """Text encoded from the start of a line; where the line ``goes_on`` with a splice it ends in a soft break."""
    if not text:
        return b""
    if len(text) <= _ROOM and _EASY.fullmatch(text) and not text.startswith((".", "From ")) and "=" not in text:
        return text.encode("ascii") + SOFT_BREAK if goes_on else text.encode("ascii")  # most names, without a loop
    *whole, last = _NEW_LINE.split(text)
    lines = [_line(line, ends=True) for line in whole]
    lines.append(_line(last, ends=not goes_on))
    joined = "\r\n".join(lines).encode("ascii")
    # Where the text so far ends with a line break, the splice starts a line by itself.
    return joined + SOFT_BREAK if goes_on and last else joined


def _line(text: str, *, ends: bool) -> str:
    units = _units(text, ends=ends)
    lines, size = [""], 0
    for place, unit in enumerate(units):
        if size + len(unit) > _ROOM:
            lines.append("")
            size = 0
        safe = _hex(unit) if not size and _in_danger(units, place) else unit
        lines[-1] += safe
        size += len(safe)
    return "=\r\n".join(lines)


def _units(text: str, *, ends: bool) -> list[str]:
    """Each character as it is written; a blank as itself where it stands alone, and not at the end of a line."""
    units: list[str] = []
    for character in text:
        plain = character in _AS_IS or (character == " " and units[-1:] != [" "])
        units.append(character if plain else _hex(character))
    if units and units[-1] == " " and ends:
        units[-1] = _hex(" ")  # white space at the end of a line gets lost on the way
    return units


def _in_danger(units: list[str], place: int) -> bool:
    return units[place] == "." or (units[place] == "F" and units[place : place + 5] == list("From "))


def _hex(character: str) -> str:
    return "".join(f"={byte:02X}" for byte in character.encode())
