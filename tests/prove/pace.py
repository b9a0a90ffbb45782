"""Every profile over three days by a clock of its own, stopped and started anew -> a table: never more than may leave.

``python tests/prove/pace.py`` takes about a minute. A list much longer than any limit is sent by each profile: letters
are written into real books, the sender is stopped at any moment and begun anew from the books, test copies leave in
between, and the server now and then asks for patience. Then each second, minute, hour and day, beginning with any
letter, is counted.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from sqlalchemy import insert

from newsletter.delivery.pace.allowance import Allowance, DailyLimit, allowance
from newsletter.delivery.pace.limits import Limits, limits
from newsletter.delivery.pace.past import Past
from newsletter.delivery.pace.plan import plan
from newsletter.delivery.pace.told import told
from newsletter.journal import What, note
from newsletter.nouns.draft import IssueName
from newsletter.settings import Settings
from newsletter.store.database import Database, open_database
from newsletter.store.ledger_tables import copy
from newsletter.workspace import Workspace, shipped

BEGIN = dt.datetime(2025, 7, 4, 9, 0, tzinfo=dt.UTC)
ISSUES = tuple(IssueName.parse(name) for name in ("2025-07", "2025-07-14-apci"))
SPANS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400}
MOST = 60_000  # letters a profile that has no limit is tried with


@dataclass
class Tried:
    """One profile over some days: what truly left, and when."""

    profile: str
    limits: Limits
    days: float
    starts: int = 0
    left: list[float] = field(default_factory=list)
    new: list[float] = field(default_factory=list)
    unwritten: list[dict[str, object]] = field(default_factory=list)

    def most(self, span: int) -> int:
        """The most letters in any stretch of so many seconds."""
        return densest(self.left, span)

    def kept(self) -> bool:
        """Whether every limit was kept in every window."""
        known = self.limits
        pairs = [(known.second, 1), (known.minute, 60), (known.hour, 3600), (known.per_day, 86_400)]
        whole = all(limit is None or self.most(span) <= limit for limit, span in pairs)
        return whole and (known.new_a_day is None or densest(self.new, 86_400) <= known.new_a_day)


def densest(times: Sequence[float], span: int) -> int:
    """The most of these, in order, that lie within ``span`` seconds, the last of them left out."""
    most = first = 0
    for last, at in enumerate(times):
        while at - times[first] >= span:
            first += 1
        most = max(most, last - first + 1)
    return most


def tried(profile: str, folder: Path, chance: random.Random, *, days: float = 3, most: int = MOST) -> Tried:
    """Send by a profile as fast as it lets us, in many runs."""
    workspace = Workspace(folder)
    workspace.records.mkdir(parents=True, exist_ok=True)
    settings = Settings(smtp_profile=profile, smtp_licences=5)
    database = open_database(str(workspace.records / "newsletter.db"))
    one = Tried(profile, limits(settings, workspace), days)
    now = BEGIN
    try:
        while now < BEGIN + dt.timedelta(days=days) and len(one.left) < most:
            ask = allowance(chance.choice(ISSUES), settings, database, now, workspace)
            one.starts += 1
            now = _run(one, ask, now, chance, most)
            _write(one, database)
            if chance.random() < 0.3 and _room(one, now):
                note(workspace, ISSUES[0], What.TEST_COPY, now)
                one.left.append(now.timestamp())
    finally:
        database.close()
    return one


def _room(one: Tried, now: dt.datetime) -> bool:
    """Whether a test copy is within the limits: it is never kept back, so the proof sends it only then."""
    recent = [at for at in one.left if at > now.timestamp() - 86_400]
    quiet = not recent or now.timestamp() - recent[-1] > 61
    return quiet and (one.limits.per_day is None or len(recent) < one.limits.per_day)


def _run(one: Tried, ask: Allowance, now: dt.datetime, chance: random.Random, most: int) -> dt.datetime:
    """One command, until somebody stops it or the limit of the day does; the time when the next is given."""
    with contextlib.suppress(_Stopped):
        for number in range(most - len(one.left)):
            new = chance.random() < 0.6
            try:
                now = _waited(ask, now, chance, new=new)
            except DailyLimit as enough:
                later = chance.choice([0, 0, 60, 7200])
                return enough.at + dt.timedelta(seconds=later)
            moment = now.timestamp()
            one.left.append(moment)
            if new:
                one.new.append(moment)
            _note(one, now, new=new)
            now += dt.timedelta(seconds=chance.choice([0, 0, 0.001, 0.2]))
            if number % 700 == 699:
                ask.slow_down(now)
    return now + dt.timedelta(seconds=chance.choice([0, 0.3, 5, 900]))


class _Stopped(Exception):
    """Somebody pressed Ctrl-C."""


def _waited(ask: Allowance, now: dt.datetime, chance: random.Random, *, new: bool) -> dt.datetime:
    while wait := ask.take(now, new=new):
        now += wait
        if chance.random() < 0.003:
            raise _Stopped
    return now


def _note(one: Tried, now: dt.datetime, *, new: bool) -> None:
    """As the books have it: whole seconds. Who is not new has a copy of long ago."""
    subscriber, at = f"{len(one.left):032x}", int(now.timestamp())
    row = {"issue": str(ISSUES[0]), "subscriber": subscriber, "language": "en", "state": "accepted", "reply": ""}
    one.unwritten.append({**row, "first_try": at, "last_try": at})
    if not new:
        long_ago = at - 90 * 86_400
        one.unwritten.append({**row, "issue": "2025-04", "first_try": long_ago, "last_try": long_ago})


def _write(one: Tried, database: Database) -> None:
    if one.unwritten:
        with database.write() as connection:
            connection.execute(insert(copy), one.unwritten)
        one.unwritten.clear()


def profiles() -> tuple[str, ...]:
    """Every profile that is shipped."""
    return tuple(Workspace(shipped()).template_members("pace", ".yaml"))


def _lines(all_: Sequence[Tried]) -> Iterator[str]:
    yield f"{'profile':<20}{'starts':>7}{'letters':>9}" + "".join(f"{'most a ' + name:>20}" for name in SPANS)
    for one in all_:
        known = {**{name: getattr(one.limits, name) for name in SPANS}, "day": one.limits.per_day}
        cells = [
            f"{one.most(span):,} of {known[name] or 'any':,}" if known[name] else "-" for name, span in SPANS.items()
        ]
        yield f"{one.profile:<20}{one.starts:>7,}{len(one.left):>9,}" + "".join(f"{cell:>20}" for cell in cells)
        if one.limits.new_a_day:
            yield f"{'':<20}never written to before: {densest(one.new, 86_400):,} of {one.limits.new_a_day:,} a day"


def main() -> int:
    """Try every profile; 0 where each kept its limits."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--days", type=float, default=3)
    asked.add_argument("--most", type=int, default=MOST, help="letters a profile, at the most")
    asked.add_argument("--seed", type=int, default=1)
    said = asked.parse_args()
    done = []
    for profile in profiles():
        with tempfile.TemporaryDirectory() as folder:
            chance = random.Random(f"{said.seed} {profile}")  # noqa: S311 - the same each time
            done.append(tried(profile, Path(folder), chance, days=said.days, most=said.most))
    long_list = plan(2500, limits(Settings(smtp_profile="gmail")), Past(), BEGIN)
    broken = [one.profile for one in done if not one.kept()]
    plain = (*_lines(done), "", "2,500 people by Gmail:", *(f"  {line}" for line in told(long_list, BEGIN)), "")
    sys.stdout.write("\n".join((*plain, f"broken: {', '.join(broken) or 'none'}", "")))
    return 1 if broken or long_list.days < 5 else 0


if __name__ == "__main__":
    raise SystemExit(main())
