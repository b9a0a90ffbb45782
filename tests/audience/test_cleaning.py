from __future__ import annotations

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from newsletter.store.address import canonical


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ana@example.org", "ana@example.org"),
        ("  Ana.Perez+news@Example.ORG \t", "Ana.Perez+news@example.org"),
        ("josé@bücher.example", "josé@xn--bcher-kva.example"),
        ("jose\u0301@example.org", "josé@example.org"),
        ("\ufeffana@example.org\u200b", "ana@example.org"),
        ("o'brien@mail.example.org", "o'brien@mail.example.org"),
        ("用户@例え.example", "用户@xn--r8jz45g.example"),
        ("a@1.example", "a@1.example"),
    ],
)
def test_addresses_that_can_be_kept(typed: str, kept: str) -> None:
    """What people type comes out as a mail server wants it; a local part beyond ASCII is kept."""
    assert read_address(typed) == kept
    assert canonical(kept) == canonical(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "ana",
        "@example.org",
        "ana@",
        "ana@localhost",
        "ana@example..org",
        "ana@-example.org",
        "ana@[192.0.2.1]",
        "ana@192.0.2.1",
        "ana@example.org\r\nBcc: bo@example.org",
        "ana\n@example.org",
        "ana bo@example.org",
        "ana@example.org, bo@example.org",
        "ana@example.org;bo@example.org",
        "Ana <ana@example.org>",
        '"ana"@example.org',
        ".ana@example.org",
        "ana.@example.org",
        "a..na@example.org",
        "ana\x00@example.org",
        "ana@exam\x00ple.org",
        "ana\u2028x@example.org",
        "a" * 65 + "@example.org",
        "ana@" + "a." * 130 + "example",
        "mailto:ana@example.org",
        "an\udce9@example.org",
        "ana@exampl\udce9.org",
    ],
)
def test_addresses_that_are_refused(typed: str) -> None:
    """What is none, or would smuggle a header into a letter, is refused without being repeated (P6)."""
    with pytest.raises(BadAddress) as caught:
        read_address(typed)
    assert "ana@ex" not in str(caught.value).replace("looks like ana@example.org", "")


@given(st.text())
def test_no_text_breaks_the_reading_or_gets_control_characters_through(text: str) -> None:
    """Whatever is in the cell: an address without control characters or blanks, or a refusal."""
    for typed in (text, f"{text}@example.org", f"ana@{text}.example"):
        try:
            kept = read_address(typed)
        except BadAddress:
            continue
        assert not any(unicodedata.category(char) in ("Cc", "Zs", "Zl", "Zp") for char in kept)
        assert read_address(kept) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ana   María ", "Ana María"),
        ("Ana\r\nBcc: bo@example.org", "Ana Bcc: bo@example.org"),
        ("Ana\x00\x07\u0085Bo", "Ana Bo"),
        ("\u202eanA\u2066", "anA"),
        ("Jose\u0301", "José"),
        ("👩\u200d🚀", "👩\u200d🚀"),
        ("x" * 500, "x" * 500),
        ("Jos\udce9 \x1b[2J", "Jos [2J"),
    ],
)
def test_one_line(typed: str, kept: str) -> None:
    """One line, no control characters, no marks that turn the text round; emoji families stay together."""
    assert one_line(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ana   María ", "Ana María"),
        ("", ""),
        ("x" * 120, "x" * 120),
        ("x" * 121, None),
        ("Jos\ufffd", None),
        ("Jos\udce9 Paz", None),
        ("JosÃ© NuÃ±ez", None),
        ("Ñoño Größmann Ánh Ú", "Ñoño Größmann Ánh Ú"),
        ("ليلى الحسن", "ليلى الحسن"),
    ],
)
def test_names(typed: str, kept: str | None) -> None:
    """A name that was damaged on its way here, or is too long for a line, is none: nobody is greeted by half a name."""
    assert read_name(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("en", "en"),
        ("ES_pe", "es-pe"),
        ("Español", "es"),
        ("Inglés ", "en"),
        ("English", "en"),
        ("Klingon!", None),
        ("e", None),
    ],
)
def test_languages(typed: str, kept: str | None) -> None:
    """Tags and names; what is not understood is None."""
    assert read_language(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("2026-03-14", dt.date(2026, 3, 14)),
        ("2026-03-14T10:00:00Z", dt.date(2026, 3, 14)),
        ("2026/3/4 10:00", dt.date(2026, 3, 4)),
        ("14/03/2026", None),
        ("2026-02-30", None),
        ("soon", None),
    ],
)
def test_dates(typed: str, kept: dt.date | None) -> None:
    """Only dates that cannot be mistaken."""
    assert read_date(typed) == kept


@pytest.mark.parametrize(
    ("column", "order"),
    [
        (["13/05/2023", "01/02/2023", "", "2023-05-13"], DayOrder.DAY_FIRST),
        (["05-13-2023 10:11:12", "01-02-2023"], DayOrder.MONTH_FIRST),
        (["13.05.2023"], DayOrder.DAY_FIRST),
        (["01/02/2023", "03/04/2023"], None),
        (["13/05/2023", "05/13/2023"], None),
        ([], None),
    ],
)
def test_a_whole_column_tells_what_one_date_does_not(column: list[str], order: DayOrder | None) -> None:
    """One date that can only be read one way decides for its column; two that disagree decide nothing."""
    assert day_order(column) is order


def test_a_date_is_read_in_the_order_of_its_column() -> None:
    """The same date, read in either order; an impossible one in neither."""
    assert read_date("01/02/2023", DayOrder.DAY_FIRST) == dt.date(2023, 2, 1)
    assert read_date("01/02/2023 10:11", DayOrder.MONTH_FIRST) == dt.date(2023, 1, 2)
    assert read_date("31/02/2023", DayOrder.DAY_FIRST) is None
    assert read_date("2023-02-01", DayOrder.DAY_FIRST) == dt.date(2023, 2, 1)
