"""Tables of one's own templates that a screen reader would call out as data, or whose data it could not explain (WCAG 1.3.1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem
from newsletter.seen.page import Element
from newsletter.seen.told import Found, Sheet, told

NAME = "page-tables"
LAYOUT = ("presentation", "none")
OF_DATA = ("th", "caption", "thead")
SCOPES = ("col", "row", "colgroup", "rowgroup")


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning for a table of layout with headings, and for one of data whose headings are missing or head nothing.

    A table that says neither is told where its template is looked over.
    """
    return told(dossier, NAME, _look)


def _look(sheet: Sheet) -> Iterator[Found]:
    for table, section in sheet.seen.all("table"):
        headed = [one for one in table.iter(*OF_DATA) if _table_of(one) is table]
        named = next((f"<{one.tag}>" for one in headed), "summary" if table.get("summary") else "")
        if table.get("role") in LAYOUT:
            if named:
                message = f"A table says that it is layout and has {named}: a screen reader then hides what it heads."
                yield Found(section, message, 'take role="presentation" away where it holds data, else use <td>.')
        elif table.get("role") and not any(one.tag == "th" for one in headed):
            message = (
                "A table of data has no headings: a screen reader reads figure after figure, and nobody knows of what."
            )
            yield Found(
                section, message, 'put headings into <th scope="col">; or, if it is layout, role="presentation".'
            )
        elif any(one.tag == "th" and one.get("scope") not in SCOPES for one in headed):
            message = "A heading of a table does not say what it heads, its column or its row."
            yield Found(section, message, 'give each <th> scope="col" or scope="row".')


def _table_of(element: Element) -> Element | None:
    return next(element.iterancestors("table"), None)
