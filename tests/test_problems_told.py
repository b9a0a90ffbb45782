"""What a tired reader is told first, and what is only counted."""

from __future__ import annotations

from newsletter.nouns.problem import Edit, Place, Problem, Severity
from newsletter.problems_told import MOST, problems_told

E, W, N = Severity.ERROR, Severity.WARNING, Severity.NOTE


def problem(severity: Severity, line: int, check: str = "trial") -> Problem:
    """A problem in this line."""
    return Problem(Place("a.yaml", line, 3), severity, check, f"Wrong in {line}.", "Mend it.")


def told(*problems: Problem, everything: bool = False) -> list[str]:
    """The lines, without the empty ones."""
    return "\n".join(problems_told("2025-07", problems, everything=everything)).split("\n")


def test_errors_first_in_the_order_of_the_file() -> None:
    """The rest is folded into counts, by check."""
    found = told(
        problem(N, 1), problem(E, 9), problem(W, 2, "b"), problem(W, 3, "a"), problem(W, 4, "b"), problem(E, 5)
    )
    assert [line for line in found if line] == [
        "2025-07: 2 to mend before sending.",
        "a.yaml:5:3: Wrong in 5.  [trial]",
        "    Mend it.",
        "a.yaml:9:3: Wrong in 9.  [trial]",
        "    Mend it.",
        "3 to look at (b 2, a)",
        "1 to know of (trial)",
        "Everything at once: newsletter check 2025-07 --all",
    ]


def test_the_gravest_that_there_is_stands_open() -> None:
    """Without errors the warnings are spelled out, without warnings the notes."""
    assert told(problem(W, 1), problem(N, 2))[0] == "2025-07: nothing stops it. Please look at 1 thing first."
    assert "a.yaml:1:3: Wrong in 1.  [trial]" in told(problem(W, 1), problem(N, 2))
    assert told(problem(N, 2))[:3] == ["2025-07: it can go out.", "", "a.yaml:2:3: Wrong in 2.  [trial]"]
    assert told() == ["All well: nothing to mend in 2025-07."]


def test_nobody_reads_a_hundred_at_once() -> None:
    """After twenty the rest is a number, until one asks for everything."""
    many = [problem(E, line) for line in range(1, 101)]
    assert sum("Wrong in" in line for line in told(*many)) == MOST
    assert f"... and {100 - MOST} more to mend before sending" in told(*many)
    assert sum("Wrong in" in line for line in told(*many, everything=True)) == 100


def test_what_the_program_can_mend_is_said() -> None:
    """With the command that does it."""
    place = Place("a.yaml", 1, 1)
    fixable = Problem(place, W, "trial", "x.", "y.", (Edit(place, "a", "b"),))
    assert told(fixable)[-1] == "1 of them can be mended by the program: newsletter check 2025-07 --fix"
