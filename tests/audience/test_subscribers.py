from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from newsletter.audience.cleaning import BadAddress
from newsletter.audience.export_list import export_list
from newsletter.audience.import_list import import_list
from newsletter.audience.private_csv import CannotExport
from newsletter.audience.recipients import edition_for, recipients
from newsletter.audience.review import review
from newsletter.audience.subscribers import (
    AlreadyThere,
    NotAskedSince,
    Stats,
    StaysOff,
    UnfitName,
    UnknownLanguage,
    add,
    erase,
    everyone,
    masked,
    remove,
    show,
    stats,
)
from newsletter.audience.suppress import Reason, is_suppressed, may_be_written_to, suppress
from newsletter.audience.terms import MissingTerms, SoftOptInTooEarly, Terms
from newsletter.nouns.person import Ground, Standing
from newsletter.store.open import Store
from newsletter.store.vault import DamagedBox

Writer = Callable[..., Path]


def test_added_with_proof(store: Store, terms: Terms, today: dt.date) -> None:
    """P3: one person comes onto the list with ground, source, wording and date, under an id that says nothing."""
    one = add(store, " Ana@Example.org ", " Ana ", replace(terms, language="Español"), today)
    assert show(store, "ana@example.org").subscriber == one
    assert (one.address, one.name, one.language, one.since) == ("Ana@example.org", "Ana", "es", dt.date(2026, 3, 14))
    assert len(one.id) == 32
    assert one.id != add(store, "bo@example.org", "", terms, today).id


def test_added_without_proof(store: Store, terms: Terms, today: dt.date) -> None:
    """P2: no ground, no source, a soft opt-in from before there was one: refused. No date: today."""
    for bad in (replace(terms, ground=None), replace(terms, source="")):
        with pytest.raises(MissingTerms):
            add(store, "ana@example.org", "", bad, today)
    with pytest.raises(SoftOptInTooEarly):
        add(store, "ana@example.org", "", Terms(Ground.SOFT_OPT_IN, "shop", dt.date(2026, 2, 4)), today)
    with pytest.raises(UnknownLanguage):
        add(store, "ana@example.org", "", replace(terms, language="!"), today)
    with pytest.raises(BadAddress):
        add(store, "ana", "", terms, today)
    assert stats(store).active == 0
    assert add(store, "ana@example.org", "", replace(terms, since=None), today).since == today


def test_added_twice(store: Store, terms: Terms, today: dt.date) -> None:
    """Another spelling of an address on the list is that address."""
    add(store, "ana@example.org", "", terms, today)
    with pytest.raises(AlreadyThere) as caught:
        add(store, "ANA@EXAMPLE.ORG", "", terms, today)
    assert "example" not in str(caught.value)


@pytest.mark.parametrize("way", [remove, erase])
def test_who_left_comes_back_only_by_a_new_consent(
    store: Store, terms: Terms, today: dt.date, way: Callable[[Store, str, dt.date], bool]
) -> None:
    """B12, P4: not by being added again; only where she asked to return, with a consent given since."""
    add(store, "ana@example.org", "Ana", terms, today)
    assert way(store, "ana@example.org", today)
    with pytest.raises(StaysOff, match="asked to come back"):
        add(store, "ANA@example.org", "Ana", terms, today)
    for old in (terms, Terms(Ground.SOFT_OPT_IN, "shop", today)):
        with pytest.raises(NotAskedSince):
            add(store, "ana@example.org", "Ana", old, today, asked_to_return=True)
    assert stats(store).active == 0
    one = add(store, "ana@example.org", "Ana", replace(terms, since=today), today, asked_to_return=True)
    assert not is_suppressed(store, one.id)
    assert stats(store) == Stats(1, 0, {"": 1}, {"consent": 1}, {})


def test_leaving_is_recorded_and_takes_effect_at_once(store: Store, terms: Terms, today: dt.date) -> None:
    """S17, U6, P3: from the next question on she gets nothing; the day is kept; leaving twice changes nothing."""
    one = add(store, "ana@example.org", "Ana", terms, today)
    with store.database.read() as connection:
        assert may_be_written_to(connection, one.id)
    assert remove(store, "ANA@example.org", today)
    with store.database.read() as connection:
        assert not may_be_written_to(connection, one.id)
    assert is_suppressed(store, one.id)
    assert not remove(store, "ana@example.org", today + dt.timedelta(days=9))
    known = show(store, "ana@example.org")
    assert known.subscriber is not None
    assert (known.subscriber.standing, known.subscriber.left_on) == (Standing.LEFT, today)
    assert (known.reason, known.since) == (Reason.LEFT, today)


def test_a_suppression_alone_is_enough(store: Store, terms: Terms, today: dt.date) -> None:
    """S17: also where the record still says active, as after a partial restore, nobody suppressed is written to."""
    one = add(store, "ana@example.org", "", terms, today)
    with store.database.write() as connection:
        suppress(connection, [(store.vault.address_hash("ana@example.org"), Reason.COMPLAINT)], today)
        connection.exec_driver_sql("UPDATE subscriber SET state = 'active', left_on = NULL")
    assert is_suppressed(store, one.id)
    assert [one.reason for one in recipients(store, ["en"], "en").skipped] == ["suppressed"]
    assert len(recipients(store, ["en"], "en")) == 0


def test_unknown_people_may_not_be_written_to(store: Store) -> None:
    """An id that is not on the list is nobody to write to: erased, or never there."""
    assert is_suppressed(store, "0" * 32)


def test_erased(store: Store, terms: Terms, today: dt.date) -> None:
    """P5: the record is gone, the hash stays; somebody unknown can be erased beforehand."""
    one = add(store, "ana@example.org", "Ana", terms, today)
    assert erase(store, "ana@example.org", today)
    known = show(store, "ana@example.org")
    assert (known.subscriber, known.reason) == (None, Reason.ERASED)
    assert is_suppressed(store, one.id)
    assert not erase(store, "new@example.org", today)
    assert show(store, "new@example.org").reason is Reason.ERASED
    assert list(everyone(store)) == []


def test_erasing_leaves_no_trace_of_the_box(store: Store, terms: Terms, today: dt.date) -> None:
    """P5: not even the locked record lies on in the file's free pages."""
    add(store, "ana@example.org", "A" * 100, terms, today)
    with store.database.read() as connection:
        box = bytes(connection.exec_driver_sql("SELECT name_box FROM subscriber").scalar_one())
    store.database.close()
    assert box in Path(store.database.where).read_bytes()
    erase(store, "ana@example.org", today)
    store.database.close()
    assert box not in Path(store.database.where).read_bytes()


def test_who_gets_which_edition(store: Store, terms: Terms, today: dt.date) -> None:
    """Her language, else a kin of it, else the default; those who left are named with the reason."""
    for number, language in enumerate(["es", "es-pe", "en", "", "qu", "fr"]):
        add(store, f"reader{number}@example.org", "", replace(terms, language=language), today)
    gone = add(store, "gone@example.org", "", terms, today)
    remove(store, "gone@example.org", today)
    audience = recipients(store, ["en", "es"], "en")
    assert {language: len(people) for language, people in audience.by_language.items()} == {"en": 4, "es": 2}
    assert {one.language for one in audience.by_language["es"]} == {"es"}
    assert [(one.id, one.reason) for one in audience.skipped] == [(gone.id, "left")]
    assert len(list(audience)) == len(audience) == 6


@pytest.mark.parametrize(
    ("language", "there", "edition"),
    [
        ("es-pe", ["en", "es", "es-PE"], "es-PE"),
        ("es-mx", ["en", "es-PE"], "es-PE"),
        ("es", ["en", "es-PE"], "es-PE"),
        ("", ["es", "en"], "en"),
        ("qu", ["es", "en"], "en"),
        ("EN", ["es", "en"], "en"),
    ],
)
def test_editions(language: str, there: list[str], edition: str) -> None:
    """The nearest edition there is."""
    assert edition_for(language, there, "en") == edition


def test_a_damaged_record_stops_rather_than_skips(store: Store, terms: Terms, today: dt.date) -> None:
    """A box that was moved to another row, or changed, is never sent to."""
    add(store, "ana@example.org", "", terms, today)
    add(store, "bo@example.org", "", terms, today)
    with store.database.write() as connection:
        connection.exec_driver_sql("UPDATE subscriber SET address_box = (SELECT max(address_box) FROM subscriber)")
    with pytest.raises(DamagedBox):
        recipients(store, ["en"], "en")


def test_masked() -> None:
    """Over one's shoulder nobody reads an address."""
    assert masked("ana.perez@example.org") == "a***@e***.org"
    assert masked("josé@xn--bcher-kva.example") == "j***@x***.example"


def test_export_is_for_its_owner_s_eyes(store: Store, terms: Terms, today: dt.date, tmp_path: Path) -> None:
    """P12: the columns that are needed, nobody who left, 0600; those who left go by their address alone."""
    add(store, "ana@example.org", 'Ana, la "Nena"', replace(terms, language="es"), today)
    add(store, "gone@example.org", "Bo", terms, today)
    remove(store, "gone@example.org", today)
    path = tmp_path / "out" / "list.csv"
    assert export_list(store, path) == 1
    assert path.read_bytes() == b'email,name,language\r\nana@example.org,"Ana, la ""Nena""",es\r\n'
    assert export_list(store, path, left=True) == 1
    assert path.read_bytes() == b"email\r\ngone@example.org\r\n"
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in path.parent.iterdir()] == ["list.csv"]


def test_export_harms_no_spreadsheet_and_comes_back(store: Store, terms: Terms, today: dt.date, tmp_path: Path) -> None:
    """What a spreadsheet would run as a formula is written as text; with its proof the list moves to another store."""
    names = ["=1+1", "+51", "-x", "@cmd", "＝1+1", "＠x", "O'Brien", "'quoted'", "Ñoño"]
    for number, name in enumerate(names):
        add(store, f"reader{number}@example.org", name, terms, today)
    path = tmp_path / "list.csv"
    export_list(store, path, proof=True)
    cells = path.read_text("utf-8")
    assert not any(f",{bad}" in cells for bad in "=+-@＝＋－＠")
    before = {(one.address, one.name, one.ground, one.source, one.since, one.wording) for one in everyone(store)}
    with store.database.write() as connection:
        connection.exec_driver_sql("DELETE FROM subscriber")
    import_list(store, review(store, path, Terms(), today), today)
    after = {(one.address, one.name, one.ground, one.source, one.since, one.wording) for one in everyone(store)}
    assert after == before


def test_an_export_that_is_interrupted_leaves_nothing(
    store: Store, terms: Terms, today: dt.date, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P6: Ctrl-C while the list is written leaves no half file full of addresses behind."""
    add(store, "ana@example.org", "", terms, today)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        export_list(store, tmp_path / "out" / "list.csv")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_name_that_cannot_be_kept_is_told(store: Store, terms: Terms, today: dt.date) -> None:
    """Typed by hand, a name that is too long or damaged is asked for again, not cut and not repeated."""
    for name in ("Wilhelmina " * 20, "JosÃ©"):
        with pytest.raises(UnfitName) as caught:
            add(store, "ana@example.org", name, terms, today)
        assert name[:4] not in str(caught.value)
    assert stats(store).active == 0


def test_export_to_where_one_may_not_write(store: Store, tmp_path: Path) -> None:
    """A file in the folder's place: a sentence, and what stood there stays."""
    (tmp_path / "out").write_text("mine", "utf-8")
    with pytest.raises(CannotExport):
        export_list(store, tmp_path / "out" / "list.csv")
    with pytest.raises(CannotExport):
        export_list(store, tmp_path)
    assert (tmp_path / "out").read_text("utf-8") == "mine"
    assert not list(tmp_path.glob(".list-*"))
