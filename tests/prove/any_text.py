"""Any text in any field of any section type -> a table: how many letters were tried, and which were not sound.

``python tests/prove/any_text.py`` takes some five minutes on two cores. For every type and language it lets hypothesis
write issues (``tests/any/written.py``), makes each into a letter by the way of the program itself, from the YAML file to
the bytes of the message, and looks at it (``tests/any/sound.py``). What is not sound is shown in its smallest form.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from newsletter.drafting.types import read_types
from newsletter.workspace import Workspace, shipped
from tests.any.house import LANGUAGES, NAMES, Press
from tests.any.written import Issue, Written, issues

LEAST = 20_000
EVERY = "all in one letter"
PATIENCE = 30
"""Seconds for making what is not sound smaller."""

_ROOMS: list[tempfile.TemporaryDirectory[str]] = []  # a process's own; gone with it


class Enough(BaseException):
    """It has been made small enough; hypothesis lets this pass."""


@cache
def press(language: str) -> Press:
    """This process's own workspace for a language."""
    _ROOMS.append(tempfile.TemporaryDirectory())
    return Press(Path(_ROOMS[-1].name), language)


def tried(name: str, language: str, examples: int, start: int) -> tuple[str, str, int, str]:
    """So many letters of one type in one language: the number of letters made, and what was wrong with the smallest unsound one."""
    made = press(language)
    kinds = tuple(made.types.values()) if name == EVERY else (made.types[name],)
    count: Counter[str] = Counter()
    found: list[tuple[float, str]] = []  # when it was first seen; the smallest that is not sound stands last

    @seed(start)
    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(issue=issues(*kinds), reader=st.sampled_from(NAMES))
    def look(issue: Issue, reader: str) -> None:
        if found and time.monotonic() - found[0][0] > PATIENCE:
            raise Enough
        written = Written(issue)
        before = made.refused
        try:
            faults = list(made.faults(written, reader))
        except Exception:  # noqa: BLE001 - a crash is a fault too
            faults = [traceback.format_exc()]
        count["letters"] += made.refused == before and not found
        if faults:
            found.append((time.monotonic(), "\n".join((*faults, written.yaml))))
            raise AssertionError(faults[0].partition(":")[0])

    try:
        look()
    except BaseException as error:  # noqa: BLE001 - hypothesis may group several
        smallest = min((told for _, told in found), key=len, default="")
        return name, language, count["letters"], smallest or "".join(traceback.format_exception(error))
    return name, language, count["letters"], ""


def main() -> int:
    """Run the proof; 0 where every letter is sound and there were enough."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--examples", type=int, default=325, help="issues of each type in each language")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--types", nargs="*", help="only these")
    asked = options.parse_args()
    started = time.monotonic()
    names = asked.types or [*read_types(Workspace(shipped()))[0], EVERY]
    work = [
        (name, language, asked.examples // (10 if name == EVERY else 1)) for name in names for language in LANGUAGES
    ]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        done = [pool.submit(tried, *one, asked.seed + number) for number, one in enumerate(work)]
        rows = [one.result() for one in done]
    counts = {(name, language): count for name, language, count, _ in rows}
    wrong = [row for row in rows if row[3]]
    sys.stdout.write(f"{'letters of the type':<20}" + "".join(f"{language:>8}" for language in LANGUAGES) + "\n")
    for name in names:
        sys.stdout.write(f"{name:<20}" + "".join(f"{counts[name, language]:>8}" for language in LANGUAGES) + "\n")
    for name, language, _, fault in wrong:
        sys.stdout.write(f"\n{name}, {language}: {fault}\n")
    total = sum(counts.values())
    sys.stdout.write(f"\nletters {total}, not sound {len(wrong)} ({time.monotonic() - started:.0f} s)\n")
    few = total < LEAST and not asked.types
    sys.stdout.write(f"There should have been {LEAST}.\n" if few else "")
    return 1 if wrong or few else 0


if __name__ == "__main__":
    sys.exit(main())
