"""Findings -> lines for a volunteer: what to mend in the order of mending, what to look at; the rest folded into counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from newsletter.delivery.sign.record import Record
from newsletter.doctor.finding import Finding, Grade

HEADINGS = {
    Grade.ERROR: ("thing to mend before readers get letters", "things to mend before readers get letters"),
    Grade.WARNING: ("thing to look at", "things to look at"),
    Grade.UNSEEN: ("thing could not be looked at", "things could not be looked at"),
    Grade.ADVICE: ("piece of advice, which can wait", "pieces of advice, which can wait"),
    Grade.OK: ("thing is well", "things are well"),
}
FOLDED = (Grade.ADVICE, Grade.OK)


def told(findings: Sequence[Finding], *, everything: bool = False) -> Iterator[str]:
    """The lines; advice and what is well are spelled out only when everything is asked for.

    What others have written, in DNS or in a letter, is shown without characters that would move the cursor.
    """
    return (_shown(line) for line in _lines(findings, everything=everything))


def _shown(line: str) -> str:
    return "".join(one if one.isprintable() or one == "\n" else "\ufffd" for one in line)


def _lines(findings: Sequence[Finding], *, everything: bool) -> Iterator[str]:
    found = {grade: list(_alike(one for one in findings if one.grade is grade)) for grade in Grade}
    yield _headline(found)
    for grade, some in found.items():
        if some and (everything or grade not in FOLDED):
            if grade is not Grade.ERROR:
                yield f"\n{_counted(grade, some)}"
            yield from _spelled_out(some, grade)
    folded = [grade for grade in FOLDED if found[grade] and not everything]
    if folded:
        yield ""
        yield from (f"{_counted(grade, found[grade])} ({_by_check(found[grade])})" for grade in folded)
        yield "Everything at once: newsletter doctor --all"


def _alike(some: Iterable[Finding]) -> Iterator[Finding]:
    """What is said in the same words by several is said once."""
    named: dict[Finding, list[str]] = {}
    for one in some:
        named.setdefault(replace(one, check=""), []).append(one.check)
    for one, checks in named.items():
        yield replace(one, check=", ".join(dict.fromkeys(checks)))


def _headline(found: dict[Grade, list[Finding]]) -> str:
    errors, warnings = (found[grade] for grade in (Grade.ERROR, Grade.WARNING))
    if errors:
        first = " Begin with the first: others may go away with it." if len(errors) > 1 else ""
        return f"{_counted(Grade.ERROR, errors)}.{first}"
    partly = bool(found[Grade.UNSEEN])
    if warnings:
        but = "What could be looked at does not stand" if partly else "Nothing stands"
        return f"{but} in the way. {_counted(Grade.WARNING, warnings)}."
    return "What could be looked at is well." if partly else "All is well."


def _counted(grade: Grade, some: Sequence[Finding]) -> str:
    return f"{len(some)} {HEADINGS[grade][len(some) > 1]}"


def _spelled_out(some: Sequence[Finding], grade: Grade) -> Iterator[str]:
    gap = "" if grade is Grade.OK else "\n"
    for number, one in enumerate(some, 1):
        yield f"{gap}{f'{number}. ' if grade is Grade.ERROR else ''}{one.message}  [{one.check}]"
        if one.why:
            yield f"    Why: {one.why}"
        if one.hint:
            yield f"    {'Next: ' if one.why else ''}{one.hint}"
        if one.record:
            yield from _record(one.record)


def _record(record: Record) -> Iterator[str]:
    yield "\n        Type:   TXT"
    yield f"        Name:   {record.name}"
    yield f"        Value:  {record.value}"
    if len(record.pieces) > 1:
        yield "\n        Where a value may have 255 characters at most, as these strings, one after the other:\n"
        yield from (f'        "{piece}"' for piece in record.pieces)


def _by_check(some: Sequence[Finding]) -> str:
    counted = Counter(one.check for one in some)
    return ", ".join(name if number == 1 else f"{name} {number}" for name, number in counted.items())
