"""The lines of a sheet -> those who come, those who must not be written to, and the lines that cannot be used."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from newsletter.audience.cleaning import (
    BadAddress,
    DayOrder,
    day_order,
    one_line,
    read_address,
    read_date,
    read_language,
    read_name,
)
from newsletter.audience.columns import Columns
from newsletter.audience.formula import as_meant
from newsletter.audience.records import Newcomer
from newsletter.audience.sheet import Sheet
from newsletter.audience.status import UnclearStatus, if_known, reason_in_row
from newsletter.audience.suppress import Reason
from newsletter.audience.terms import Terms, too_early
from newsletter.nouns.person import Ground
from newsletter.nouns.problem import Place, Problem, Severity
from newsletter.store.vault import Vault

LONGEST_CELL = 2000  # characters; nothing that is kept is longer


Cells = Mapping[str, tuple[str, ...]]  # of a line, by what they hold


class _Unusable(Exception):
    """Why a line cannot be used."""


@dataclass(slots=True)
class Lines:
    """The lines of a sheet, sorted. ``everyone``: the reason why nobody in it must be written to; None where they may."""

    sheet: Sheet
    columns: Columns
    terms: Terms
    today: dt.date
    vault: Vault
    everyone: Reason | None
    newcomers: dict[bytes, Newcomer] = field(default_factory=dict)
    leavers: dict[bytes, Reason] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    remarks: Counter[str] = field(default_factory=Counter)
    repeated: int = 0
    order: DayOrder | None = None  # in which the dates are written where the year stands last

    def read(self) -> None:
        """Sort them all; what is wrong with a line becomes a problem, never an exception."""
        places = self.columns.places.get("since", ())
        self.order = day_order(cells[place] for _, cells in self.sheet.rows for place in places if place < len(cells))
        for line, cells in self.sheet.rows:
            try:
                self._line(self._cells(cells))
            except BadAddress as error:
                self._problem(line, f"no address that can be used: {error.reason}.")
            except _Unusable as error:
                self._problem(line, str(error))

    def _problem(self, line: int, message: str) -> None:
        place = Place(self.sheet.file, line)
        self.problems.append(Problem(place, Severity.WARNING, "list", message, "This line is left out."))

    def _cells(self, cells: tuple[str, ...]) -> Cells:
        places, names = self.columns.places, len(self.sheet.columns)
        if self.everyone is not None:  # her address is all it takes to leave somebody in peace
            return {"address": tuple(as_meant(cells[place]) for place in places["address"] if place < len(cells))}
        if any(cell.strip() for cell in cells[names:]):
            raise _Unusable(f"the line has {len(cells)} cells where the first line names {names}.")
        if len(cells) <= max(place for several in places.values() for place in several):
            raise _Unusable(f"the line has only {len(cells)} cells where the first line names {names}.")
        found = {name: tuple(as_meant(cells[place]) for place in several) for name, several in places.items()}
        if any("\0" in cell or len(cell) > LONGEST_CELL for several in found.values() for cell in several):
            raise _Unusable("a cell holds a NUL character or is far too long.")
        return found

    def _line(self, cells: Cells) -> None:
        address = read_address(_first(cells, "address"))
        hashed = self.vault.address_hash(address)
        reason = self.everyone or self._reason(cells)
        if hashed in self.newcomers or hashed in self.leavers:
            self.repeated += 1
        if reason is not None:
            self.leavers.setdefault(hashed, reason)
        elif hashed not in self.newcomers:
            self.newcomers[hashed] = self._newcomer(address, hashed, cells)

    def _reason(self, cells: Cells) -> Reason | None:
        try:
            status = (*cells.get("status", ()), *(if_known(cell) for cell in cells.get("state", ())))
            return reason_in_row(status, cells.get("no", ()), cells.get("yes", ()))
        except UnclearStatus:
            raise _Unusable("its status does not say that this person is subscribed and has confirmed it.") from None

    def _newcomer(self, address: str, hashed: bytes, cells: Cells) -> Newcomer:
        ground, since = self._ground(_first(cells, "ground")), self._since(_first(cells, "since"))
        source = one_line(_first(cells, "source")) or one_line(self.terms.source)
        if not source:
            raise _Unusable("it does not say where the permission comes from (column source).")
        if too_early(ground, since):
            raise _Unusable("the ground soft_opt_in holds only from 5 February 2026 on.")
        name = self._name(_first(cells, "name"))
        wording = one_line(_first(cells, "wording")) or one_line(self.terms.wording)
        language = self._language(_first(cells, "language"))
        return Newcomer(address, hashed, name, language, ground, source, since, wording)

    def _ground(self, cell: str) -> Ground:
        word = cell.strip().lower().replace(" ", "_").replace("-", "_")
        if not word and self.terms.ground:
            return self.terms.ground
        try:
            return Ground(word)
        except ValueError:
            raise _Unusable("its ground is neither consent nor soft_opt_in.") from None

    def _since(self, cell: str) -> dt.date:
        if not cell.strip():
            if self.terms.since is None:
                raise _Unusable("it has no date; write since when in the column since, or give --since.")
            return self.terms.since
        since = read_date(cell, self.order)
        if since is None:
            raise _Unusable("its date cannot be read for certain: write it like 2025-06-13.")
        if since > self.today:
            raise _Unusable("its date is still to come.")
        return since

    def _name(self, cell: str) -> str:
        name = read_name(cell)
        if name is None:
            self.remarks["the name is damaged or too long, so they are greeted without it"] += 1
        return name or ""

    def _language(self, cell: str) -> str:
        language = read_language(cell)
        if language is None:
            self.remarks["the language is not understood, so they get the first one"] += 1
        return language or self.terms.language


def _first(cells: Cells, name: str) -> str:
    """The first cell of this kind in which something stands."""
    return next((cell for cell in cells.get(name, ()) if cell.strip()), "")
