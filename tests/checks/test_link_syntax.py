"""Links that lead somewhere, and only there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds

BODY = "- type: news\n  title: A vote\n  body: |\n    They voted: {link}.\n"


@pytest.mark.parametrize(
    ("target", "severity", "column"),
    [
        ("javascript:alert(1)", "error", 17),
        ("www.example.org/a", "error", 17),
        ("peru@example.org", "error", 17),
        ("mailto:peru", "error", 17),
        ("https://localhost/a", "error", 17),
        ("http://127.0.0.1:8000", "error", 17),
        ("https://[x", "error", 17),
        ("https://example.org/a b", "error", 26),
        ("https://192.168.1.20/report", "error", 17),
        ("https://10.0.0.7/", "error", 17),
        ("https://[fe80::1]/", "error", 17),
        ("https://intranet.local/", "error", 17),
        ("#petition", "error", 17),
    ],
)
def test_a_link_that_leads_astray(desk: Desk, finds: Finds, target: str, severity: str, column: int) -> None:
    """X4: only addresses that a reader can open."""
    found = [one[:2] for one in finds(desk.dossier(BODY.format(link=f"[the bill]({target})")))]
    assert found == [(f"issues/2025-07.yaml:8:{column}", severity)]


def test_addresses_in_fields_count_too(desk: Desk, finds: Finds) -> None:
    """A button's address and a source's are looked at like those in texts."""
    dossier = desk.dossier("""\
        - type: petition
          title: Sign
          body: Ask.
          url: https://192.168.1.20/xyz
          sources:
            - {title: The bill, url: "https://intranet.local/?a=1"}
    """)
    assert [one[0] for one in finds(dossier)] == ["issues/2025-07.yaml:8:8", "issues/2025-07.yaml:10:30"]


@pytest.mark.parametrize(
    "target", ["https://example.org/a", "mailto:peru@example.org", "http://example.org", "tel:+442071234567"]
)
def test_good_links_pass(desk: Desk, finds: Finds, target: str) -> None:
    """Nothing to say."""
    assert finds(desk.dossier(BODY.format(link=f"[the bill]({target})"))) == []


def test_a_space_between_the_brackets(desk: Desk, finds: Finds) -> None:
    """``[words] (https://...)`` is no link; readers would see both brackets."""
    found = finds(desk.dossier(BODY.format(link="[the bill] (https://example.org/a)")))
    assert [one[:2] for one in found] == [("issues/2025-07.yaml:8:26", "error")]
    assert finds(desk.dossier(BODY.format(link="[sic] (in 2025)"))) == []
