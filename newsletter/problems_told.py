"""An issue's problems -> lines for a tired reader: what must be mended, spelled out; the rest in counts until asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from newsletter.nouns.problem import Problem, Severity, in_file_order

MOST = 20  # problems spelled out at once: more help nobody
VERDICTS = {
    Severity.ERROR: "to mend before sending",
    Severity.WARNING: "to look at",
    Severity.NOTE: "to know of",
}
ALL_WELL = "All well: nothing to mend in {issue}."


def problems_told(issue: str, problems: Iterable[Problem], *, everything: bool = False) -> Iterator[str]:
    """The lines: the gravest kind of problem in the order of the file, the others as one line each."""
    found = {kind: sorted((one for one in problems if one.severity is kind), key=in_file_order) for kind in Severity}
    if not any(found.values()):
        yield ALL_WELL.format(issue=issue)
        return
    gravest = next(kind for kind in Severity if found[kind])
    yield _headline(issue, found[Severity.ERROR], found[Severity.WARNING])
    folded = False
    for kind, some in found.items():
        if some and (everything or kind is gravest):
            if kind is not gravest:
                yield f"\n{len(some)} {VERDICTS[kind]}"
            yield from _spelled_out(kind, some, most=len(some) if everything else MOST)
            folded = folded or (not everything and len(some) > MOST)
        elif some:
            yield _counted(kind, some)
            folded = True
    if folded:
        yield f"\nEverything at once: newsletter check {issue} --all"
    if fixable := sum(bool(one.fix) for some in found.values() for one in some):
        yield f"{_number(fixable, 'of them')} can be mended by the program: newsletter check {issue} --fix"


def plain(problem: Problem) -> dict[str, object]:
    """A problem as --json tells it; ``fix`` is there where the program can mend it."""
    said: dict[str, object] = {
        "file": problem.place.file,
        "line": problem.place.line,
        "column": problem.place.column,
        "severity": problem.severity.value,
        "check": problem.check,
        "message": problem.message,
        "hint": problem.hint,
    }
    if problem.fix:
        said["fix"] = [
            {"line": one.place.line, "column": one.place.column, "old": one.old, "new": one.new} for one in problem.fix
        ]
    return said


def _headline(issue: str, errors: Sequence[Problem], warnings: Sequence[Problem]) -> str:
    if errors:
        return f"{issue}: {len(errors)} to mend before sending."
    if warnings:
        return f"{issue}: nothing stops it. Please look at {_number(len(warnings), 'thing')} first."
    return f"{issue}: it can go out."


def _spelled_out(kind: Severity, some: Sequence[Problem], *, most: int) -> Iterator[str]:
    for problem in some[:most]:
        yield f"\n{problem.place}: {problem.message}  [{problem.check}]"
        if problem.hint:
            yield f"    {problem.hint}"
    if len(some) > most:
        yield f"\n... and {len(some) - most} more {VERDICTS[kind]}"


def _counted(kind: Severity, some: Sequence[Problem]) -> str:
    by_check = ", ".join(
        name if number == 1 else f"{name} {number}" for name, number in Counter(one.check for one in some).items()
    )
    return f"\n{len(some)} {VERDICTS[kind]} ({by_check})"


def _number(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 or " " in thing else f"{number} {thing}s"
