"""What the law wants readers to find."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds


WHOLE = (
    "<p>Example Rights, a company limited by guarantee, 1 Example  Street, London. "
    '<a href="https://example.org/privacy/">Privacy</a> <a href="https://example.org/complaints">Complaints</a></p>'
)


def test_each_fact_of_the_profile_stands_in_the_letter(desk: Desk, finds: Finds) -> None:
    """P9, P10: legal name, address, privacy notice, where one complains."""
    assert finds(desk.page(frame=WHOLE)) == []
    for old, what in (
        ("a company", "the legal name"),
        ("1 Example", "the postal address"),
        ("/privacy/", "the privacy notice"),
        ("/complaints", "where one complains"),
    ):
        ((place, severity, message),) = finds(desk.page(frame=WHOLE.replace(old, "")))
        assert (place, severity) == ("issues/2025-07.yaml:1:1", "error")
        assert message.endswith(f": {what}.")
