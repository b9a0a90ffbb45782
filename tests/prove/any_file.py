"""200,000 issue files as slips, bad pastes and broken disks leave them -> a table: editions, files refused, the slowest.

``python tests/prove/any_file.py`` takes some ten minutes on two cores. atheris (libFuzzer) leads the way: it keeps the
files that reach new code of reading, and goes on from those; what a file is made into is told by ``mutations.py``. Each
file is read as the program reads it. It has to come out as an edition, or as problems with places inside the file;
nothing is raised, nothing takes longer than two seconds, no process is killed. Every hundredth edition is rendered and
checked too. What goes wrong is kept in ``outbox/prove/`` and shown.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from rich.console import Console  # noqa: E402 - run as a script from a clone

FILES = 200_000
LONGEST_TIME = 2.0  # seconds of a processor for one file
CONSOLE = Console(markup=False, highlight=False, soft_wrap=True)
FOUND = ROOT / "outbox" / "prove"


def main() -> None:
    """Let as many processes as there are cores try their part, and print what they found."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--files", type=int, default=FILES, help="how many in all")
    asked.add_argument(
        "--seed", type=int, default=int(time.time()) % 100_000, help="the same number tries the same files"
    )
    asked.add_argument("--worker", type=int, help=argparse.SUPPRESS)
    asked.add_argument("--report", type=Path, help=argparse.SUPPRESS)
    said = asked.parse_args()
    if said.worker is not None:
        work(said.files, said.seed + said.worker, said.report)
        return
    raise SystemExit(lead(said.files, said.seed))


def lead(files: int, seed: int) -> int:
    """Start the processes, wait, tell; the exit code is 1 where something went wrong."""
    cores = os.cpu_count() or 1
    FOUND.mkdir(parents=True, exist_ok=True)
    CONSOLE.print(f"{files:,} files, {cores} processes, seed {seed}")
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        reports = [Path(folder) / f"{number}.json" for number in range(cores)]
        command = [sys.executable, __file__, "--files", str(files // cores + 1), "--seed", str(seed)]
        logs = [(FOUND / f"worker-{number}.txt").open("w") for number in range(cores)]
        workers = [
            subprocess.Popen([*command, "--worker", str(number), "--report", str(report)], stderr=log, stdout=log)
            for number, (report, log) in enumerate(zip(reports, logs, strict=True))
        ]
        codes = [worker.wait() for worker in workers]
        for log in logs:
            log.close()
        told = [json.loads(report.read_text()) for report in reports if report.is_file()]
    return tell(told, codes, time.monotonic() - start, files)


def tell(told: list[dict[str, Any]], codes: list[int], took: float, files: int) -> int:
    """Print the table; 1 where a process ended badly or too few files were tried."""
    total = {key: sum(one[key] for one in told) for key in ("files", "editions", "refused", "checked")}
    slowest = max((one["slowest"] for one in told), default=0.0)
    CONSOLE.print(f"files tried        {total['files']:>9,}")
    CONSOLE.print(f"  editions         {total['editions']:>9,}   of them rendered and checked {total['checked']:,}")
    CONSOLE.print(f"  refused          {total['refused']:>9,}   each with a problem at a place inside the file")
    CONSOLE.print(f"slowest            {slowest:>9.2f} s of a processor (at most {LONGEST_TIME:.0f})")
    CONSOLE.print(f"took               {took:>9.0f} s")
    for number, code in enumerate(codes):
        if code:
            tail = (FOUND / f"worker-{number}.txt").read_text(errors="replace").splitlines()[-40:]
            CONSOLE.print(f"\nprocess {number} ended with {code}:", *tail, sep="\n")
    sound = not any(codes) and total["files"] >= files and slowest <= LONGEST_TIME
    CONSOLE.print("\nEvery file came out as an edition or as problems." if sound else "\nNOT SOUND")
    return 0 if sound else 1


def work(files: int, seed: int, report: Path) -> None:
    """One process: libFuzzer calls ``Trial.one`` with each file."""
    import atheris  # of the proofs alone: `make prove` installs it

    with atheris.instrument_imports(
        include=["newsletter.yaml_tree", "newsletter.drafting.read", "newsletter.drafting.messages"],
        enable_loader_override=False,
    ):
        from tests.prove.trial import Trial
    from tests.prove.mutations import LONGEST, mutated

    trial = Trial(report, files)
    others = [path.read_bytes() for path in sorted((ROOT / "issues").glob("20*.yaml"))]
    corpus = Path(tempfile.mkdtemp())
    for number, data in enumerate(others):
        (corpus / str(number)).write_bytes(data)

    def mutate(data: bytes, most: int, number: int) -> bytes:
        whole = (
            others[number // 2 % len(others)] if number % 2 else data
        )  # else slips pile up, and nothing is left to read
        return mutated(whole, others, number)[:most]

    options = [f"-runs={files}", f"-seed={seed}", f"-max_len={LONGEST}", "-rss_limit_mb=1500", "-timeout=20"]
    atheris.Setup([sys.argv[0], str(corpus), *options, f"-artifact_prefix={FOUND}/"], trial.one, custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
