from __future__ import annotations

import dataclasses
import datetime as dt
import signal
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, inspect, select

from newsletter.audience.import_list import import_list
from newsletter.audience.recipients import recipients
from newsletter.audience.review import NeverJoined, NothingUsable, Review, review
from newsletter.audience.sheet import UnreadableList
from newsletter.audience.subscribers import everyone, remove, show, stats
from newsletter.audience.suppress import Reason
from newsletter.audience.terms import InTheFuture, MissingTerms, SoftOptInTooEarly, Terms
from newsletter.nouns.person import Ground, Standing
from newsletter.settings import Settings
from newsletter.store.open import Store, open_store
from newsletter.store.tables import subscriber
from newsletter.workspace import Workspace

Writer = Callable[..., Path]


def _import(store: Store, path: Path, terms: Terms, today: dt.date, *, all_left: bool = False) -> Review:
    reviewed = review(store, path, terms, today, all_left=all_left)
    import_list(store, reviewed, today)
    return reviewed


def _addresses(store: Store) -> set[str]:
    return {one.address for one in everyone(store) if one.standing is Standing.ACTIVE}


def test_a_review_changes_nothing(store: Store, write: Writer, terms: Terms, today: dt.date) -> None:
    """What would happen is counted before anything does."""
    reviewed = review(store, write("email,name\nana@example.org,Ana\nbo@example.org,Bo\nnone,X\n"), terms, today)
    assert reviewed.counts() == {
        "new": 2,
        "already": 0,
        "suppressed": 0,
        "to_suppress": 0,
        "repeated": 0,
        "unusable": 1,
    }
    assert stats(store).active == 0


def test_an_import_keeps_what_is_needed_and_its_proof(
    store: Store, write: Writer, terms: Terms, today: dt.date
) -> None:
    """P3, P7: address, name, language, and when, where and to what they agreed; other columns leave no trace."""
    path = write("Email Address,First Name,Last Name,Language,Phone\nAna@example.org, Ana ,Secretlast,Español,+51999\n")
    reviewed = _import(store, path, terms, today)
    assert reviewed.dropped == ("Last Name", "Phone")
    assert any("Last Name, Phone" in notice for notice in reviewed.notices)
    (one,) = everyone(store)
    assert (one.address, one.name, one.language) == ("Ana@example.org", "Ana", "es")
    assert (one.ground, one.source, one.since) == (Ground.CONSENT, "sign-up sheet", dt.date(2026, 3, 14))
    assert one.wording == "Yes, send me the newsletter."
    columns = {column.name for column in subscriber.columns}
    assert columns == {
        *("id", "address_hash", "address_box", "name_box", "language", "ground", "source", "wording", "since"),
        *("state", "left_on"),
    }


def test_lines_may_bring_their_own_terms(store: Store, write: Writer, today: dt.date) -> None:
    """Columns for ground, source and date go before what is given for all; a list exported with its proof comes back."""
    path = write(
        "email;ground;source;since;wording\nana@example.org;consent;stall in Lima;2025-05-01;Yes please\n"
        "bo@example.org;;;;\n"
    )
    _import(store, path, Terms(Ground.SOFT_OPT_IN, "shop", dt.date(2026, 4, 1)), today)
    found = {one.address: (one.ground, one.source, one.since, one.wording) for one in everyone(store)}
    assert found == {
        "ana@example.org": (Ground.CONSENT, "stall in Lima", dt.date(2025, 5, 1), "Yes please"),
        "bo@example.org": (Ground.SOFT_OPT_IN, "shop", dt.date(2026, 4, 1), ""),
    }


@pytest.mark.parametrize(
    ("change", "missing"),
    [({"ground": None}, "a ground"), ({"source": " "}, "a source"), ({"since": None}, "a date")],
)
def test_no_import_without_proof(
    store: Store, write: Writer, terms: Terms, today: dt.date, change: dict[str, object], missing: str
) -> None:
    """P2: without ground, source or date nobody comes onto the list, and each is asked for by name."""
    with pytest.raises(MissingTerms, match=missing) as caught:
        review(store, write("email\nana@example.org\n"), dataclasses.replace(terms, **change), today)  # type: ignore[arg-type]  # fields by name
    assert caught.value.exit_code == 2


def test_no_soft_opt_in_before_there_was_one(store: Store, write: Writer, today: dt.date) -> None:
    """P2: soft_opt_in holds from 5 February 2026 on, for all and line by line."""
    path = write("email,since\nana@example.org,2026-02-04\nbo@example.org,2026-02-05\n")
    with pytest.raises(SoftOptInTooEarly):
        review(store, path, Terms(Ground.SOFT_OPT_IN, "shop", dt.date(2026, 2, 4)), today)
    reviewed = review(store, path, Terms(Ground.SOFT_OPT_IN, "shop"), today)
    assert [one.address for one in reviewed.newcomers] == ["bo@example.org"]
    assert [problem.place.line for problem in reviewed.problems] == [2]


def test_no_date_that_is_still_to_come(store: Store, write: Writer, terms: Terms, today: dt.date) -> None:
    """Nobody agreed tomorrow."""
    tomorrow = today + dt.timedelta(days=1)
    with pytest.raises(InTheFuture):
        review(store, write("email\nana@example.org\n"), dataclasses.replace(terms, since=tomorrow), today)


VARIANTS = (
    "josé+news@bücher.example",
    "JOSÉ+NEWS@BÜCHER.EXAMPLE",
    unicodedata.normalize("NFD", "josé+news@bücher.example"),
    "josé+news@xn--bcher-kva.example",
    " José+News@XN--BCHER-KVA.example ",
    "jo\u200bsé+news@bücher.example",
)


@pytest.mark.parametrize("way", ["left", "erased", "imported"])
def test_who_has_left_stays_away_however_spelled(
    store: Store, write: Writer, terms: Terms, today: dt.date, way: str
) -> None:
    """B12, P5: left, erased or suppressed by a file; case, Unicode form and A-label bring nobody back."""
    from newsletter.audience.subscribers import erase

    _import(store, write(f"email\n{VARIANTS[0]}\n"), terms, today)
    if way == "left":
        assert remove(store, VARIANTS[1], today)
    elif way == "erased":
        assert erase(store, VARIANTS[2], today)
    else:
        assert _import(store, write(f"email\n{VARIANTS[3]}\n", "suppression.csv"), Terms(), today).leavers
    for variant in VARIANTS:
        again = _import(store, write(f"email\n{variant}\n"), terms, today)
        assert (again.counts()["new"], again.counts()["suppressed"]) == (0, 1)
    other_tag = "josé@bücher.example"
    _import(store, write("email\n" + "\n".join([*VARIANTS, other_tag]) + "\n"), terms, today)
    assert _addresses(store) == {"josé@xn--bcher-kva.example"}
    assert [one.address for one in recipients(store, ["en"], "en")] == ["josé@xn--bcher-kva.example"]


def test_files_of_people_who_left_suppress_them(store: Store, write: Writer, terms: Terms, today: dt.date) -> None:
    """P11, U6: a suppression file needs no ground, takes effect at once, and puts nobody on the list."""
    _import(store, write("email\nana@example.org\nbo@example.org\n"), terms, today)
    reviewed = _import(store, write("email\nANA@example.org\nnew@example.org\n"), Terms(), today, all_left=True)
    assert reviewed.counts() == {
        "new": 0,
        "already": 0,
        "suppressed": 0,
        "to_suppress": 2,
        "repeated": 0,
        "unusable": 0,
    }
    assert reviewed.notices
    assert _addresses(store) == {"bo@example.org"}
    known = show(store, "ana@example.org")
    assert known.subscriber is not None
    assert (known.subscriber.left_on, known.reason, known.since) == (today, Reason.IMPORTED, today)
    assert show(store, "new@example.org").subscriber is None
    assert show(store, "new@example.org").reason is Reason.IMPORTED


def test_a_suppression_file_is_read_for_its_addresses_only(
    store: Store, write: Writer, terms: Terms, today: dt.date
) -> None:
    """P11: a line too short, too long or with an endless note keeps nobody on the list: her address is all it takes."""
    _import(store, write("email\nana@example.org\nbo@example.org\ncy@example.org\ndi@example.org\n"), terms, today)
    text = f"email,note,name\nana@example.org\nbo@example.org,a,b,c\ncy@example.org,{'x' * 3000},\ndi@example.org,a,\n"
    reviewed = _import(store, write(text, "suppression.csv"), Terms(), today)
    assert reviewed.problems == ()
    assert _addresses(store) == set()


def test_a_name_that_would_come_out_wrong_is_left_out(
    store: Store, write: Writer, terms: Terms, today: dt.date
) -> None:
    """Cut off or damaged, a name is a wrong name: such a reader is greeted without one, and that is said."""
    path = write(f"email,name\nana@example.org,{'Ana ' * 40}\nbo@example.org,JosÃ©\ncy@example.org,José\n")
    reviewed = _import(store, path, terms, today)
    assert sorted(one.name for one in everyone(store)) == ["", "", "José"]
    (said,) = (one for one in reviewed.notices if "greeted" in one)
    assert said.startswith("In 2 of the lines")
    assert "JosÃ" not in "".join(reviewed.notices)


def test_a_long_source_is_kept_whole(store: Store, write: Writer, terms: Terms, today: dt.date) -> None:
    """P3: what proves a consent is not cut off, and holds nothing that a terminal would obey."""
    source = "Signed the sheet at the evening in Lima, " * 10
    _import(
        store, write(f"email,source,wording\nana@example.org,{chr(34)}{source}{chr(34)},Yes\x1b[2J\n"), terms, today
    )
    (one,) = everyone(store)
    assert one.source == source.strip()
    assert one.wording == "Yes [2J"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("unsubscribed_members.csv", "email\nana@example.org\n"),
        ("cleaned_members_export.csv", "email\nana@example.org\n"),
        ("blocklisted.csv", "email\nana@example.org\n"),
        ("members.csv", "Email Address,UNSUB_TIME\nana@example.org,2025-01-01 10:00:00\n"),
        ("members.csv", "email,status\nana@example.org,unsubscribed\n"),
        ("members.csv", "correo,estado\nana@example.org,Baja\n"),
        ("members.csv", "EMAIL,EMAIL_BLACKLISTED\nana@example.org,true\n"),
        ("members.csv", "email,subscribed_to_emails\nana@example.org,false\n"),
        ("members.csv", "email,blacklisted,unsubscribed,bounced\nana@example.org,no,yes,no\n"),
        ("members.csv", "email,unsubscribed_at,bounced_at\nana@example.org,,2025-01-01\n"),
        ("members.csv", "email,status,email status\nana@example.org,active,unsubscribed\n"),
        ("members.csv", "email,status\nana@example.org,active\nANA@example.org,blocklisted\n"),
        ("members.csv", "email,status\nana@example.org,blocklisted\nANA@example.org,active\n"),
    ],
)
def test_platforms_files_of_those_who_left(
    store: Store, write: Writer, terms: Terms, today: dt.date, name: str, text: str
) -> None:
    """B12: said by the file's name, its columns or the line itself: suppressed with a notice, never active."""
    reviewed = _import(store, write(text, name), terms, today)
    assert reviewed.newcomers == ()
    assert len(reviewed.leavers) == 1
    assert reviewed.notices
    assert stats(store).active == 0
    assert sum(stats(store).suppressed.values()) == 1


def test_the_first_date_that_is_there_counts(store: Store, write: Writer, terms: Terms, today: dt.date) -> None:
    """P3: Mailchimp writes when somebody signed up and when she confirmed it; either is better than a date for all."""
    text = "Email Address,OPTIN_TIME,CONFIRM_TIME\nana@example.org,2022-01-02 03:04:05,2022-01-03 09:00:00\n"
    _import(store, write(f"{text}bo@example.org,2023-05-06 07:08:09,\ncy@example.org,,\n"), terms, today)
    assert {one.address[:2]: one.since.isoformat() for one in everyone(store)} == {
        "an": "2022-01-03",
        "bo": "2023-05-06",
        "cy": "2026-03-14",
    }


def test_the_dates_of_a_spreadsheet(store: Store, write: Writer, terms: Terms, today: dt.date) -> None:
    """Excel writes dates as the country does: where the column itself shows the order, it is followed, and that is said."""
    reviewed = _import(
        store, write("Correo;Fecha de alta\nana@example.org;13/05/2023\nbo@example.org;1/2/2023\n"), terms, today
    )
    assert {one.address[:2]: one.since.isoformat() for one in everyone(store)} == {
        "an": "2023-05-13",
        "bo": "2023-02-01",
    }
    assert any("day first" in notice for notice in reviewed.notices)
    doubtful = review(store, write("email,date\ncy@example.org,3/4/2023\ndi@example.org,2023-04-03\n"), terms, today)
    assert [problem.place.line for problem in doubtful.problems] == [2]
    assert not any("day first" in notice for notice in doubtful.notices)


def test_people_who_never_joined_are_refused(store: Store, write: Writer, terms: Terms, today: dt.date) -> None:
    """A platform's file of the never subscribed is stopped, with exit code 4."""
    with pytest.raises(NeverJoined) as caught:
        review(store, write("email\nana@example.org\n", "nonsubscribed_members.csv"), terms, today)
    assert caught.value.exit_code == 4


def test_every_line_that_cannot_be_used_is_named(store: Store, write: Writer, terms: Terms, today: dt.date) -> None:
    """File, line and reason for each; nothing of the line itself; the others come in."""
    lines = [
        "email,name,language,since,status",
        "ana@example.org,Ana,en,2026-01-01,active",
        "not-an-address,Secretname,en,2026-01-01,active",
        "bo@example.org,Secretname,en,01/02/2026,active",
        "cy@example.org,Secretname,en,2027-01-01,active",
        "di@example.org,Secretname,en,2026-01-01,unconfirmed",
        "ed@example.org,Secretname,en",
        "fe@example.org,Secretname,en,2026-01-01,active,extra",
        "gi\0@example.org,Secretname,en,2026-01-01,active",
        f"hu@example.org,{'S' * 3000},en,2026-01-01,active",
        "ana@example.org,Ana,en,2026-01-01,active",
    ]
    reviewed = review(store, write("\n".join(lines)), terms, today)
    assert [problem.place.line for problem in reviewed.problems] == [3, 4, 5, 6, 7, 8, 9, 10]
    assert len({problem.message for problem in reviewed.problems}) == 7
    assert all(problem.place.file.endswith("list.csv") for problem in reviewed.problems)
    assert not any("Secret" in str(problem) or "@" in problem.message[40:] for problem in reviewed.problems)
    assert (len(reviewed.newcomers), reviewed.repeated) == (1, 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,phone\nAna,1\n", "no column is named email"),
        ("ana@example.org,Ana\nbo@example.org,Bo\n", "not the names of the columns"),
    ],
)
def test_lists_without_an_address_column(
    store: Store, write: Writer, terms: Terms, today: dt.date, text: str, said: str
) -> None:
    """A first line that names no address column is not guessed at, nor repeated."""
    with pytest.raises(UnreadableList, match=said) as caught:
        review(store, write(text), terms, today)
    assert "example.org" not in str(caught.value)


def test_nothing_usable_at_all(store: Store, write: Writer, terms: Terms, today: dt.date) -> None:
    """A file of rubbish is something to mend, not an import of nobody."""
    with pytest.raises(NothingUsable, match=r"2 lines.*list.csv:2:1"):
        review(store, write("email\nx\ny\n"), terms, today)


def test_a_second_import_adds_nobody_twice(store: Store, write: Writer, terms: Terms, today: dt.date) -> None:
    """Who is there already stays as she is."""
    path = write("email,name\nana@example.org,Ana\n")
    _import(store, path, terms, today)
    again = _import(store, write("email,name\nANA@EXAMPLE.ORG,Other\n"), terms, today)
    assert again.counts()["already"] == 1
    assert [one.name for one in everyone(store)] == ["Ana"]


def test_who_leaves_between_review_and_import_stays_away(
    store: Store, write: Writer, terms: Terms, today: dt.date
) -> None:
    """B12: the list is looked at again inside the transaction that changes it."""
    reviewed = review(store, write("email\nana@example.org\nbo@example.org\n"), terms, today)
    remove(store, "ana@example.org", today)
    assert import_list(store, reviewed, today).added == 1
    assert _addresses(store) == {"bo@example.org"}


def test_no_address_or_name_reaches_the_disk_in_the_clear(
    store: Store, write: Writer, terms: Terms, today: dt.date, tmp_path: Path
) -> None:
    """P6: neither in the database nor in its log nor in its copies, in no encoding; no more after leaving and erasing."""
    from newsletter.audience.subscribers import erase

    people = [(f"reader{number}@example.org", f"Wilhelmina{number}") for number in range(50)]
    _import(store, write("email,name\n" + "".join(f"{a},{n}\n" for a, n in people)), terms, today)
    remove(store, people[0][0], today)
    erase(store, people[1][0], today)
    needles = [b"reader", b"Wilhelmina", b"example.org", *(part.encode("utf-16-le") for part in ("reader", "Wilhel"))]
    files = [path for path in (tmp_path / "work" / "records").iterdir() if path.is_file()]
    assert {"newsletter.db", "newsletter.db-wal"} <= {path.name for path in files}
    for path in files:
        data = path.read_bytes().lower()
        assert not [needle for needle in needles if needle.lower() in data], path.name
    store.close()
    assert b"sign-up sheet" in (tmp_path / "work" / "records" / "newsletter.db").read_bytes()  # the search does find


def test_people_show_in_no_repr(store: Store, write: Writer, terms: Terms, today: dt.date) -> None:
    """P6: neither a review, nor a newcomer, nor a subscriber, nor an audience prints anybody."""
    reviewed = _import(store, write("email,name\nana@example.org,Wilhelmina\n"), terms, today)
    (one,) = everyone(store)
    shown = repr([reviewed, reviewed.newcomers, one, recipients(store, ["en"], "en"), show(store, "ana@example.org")])
    assert "ana@" not in shown
    assert "Wilhelmina" not in shown


def test_the_table_holds_nobody_without_proof(store: Store) -> None:
    """P3: the database itself refuses a subscriber without ground, source or date."""
    with store.database.read() as connection:
        columns = {column["name"]: column for column in inspect(connection).get_columns("subscriber")}
        checks = {str(check["name"]) for check in inspect(connection).get_check_constraints("subscriber")}
    assert not any(columns[name]["nullable"] for name in ("ground", "source", "since", "wording", "address_hash"))
    assert {"ck_subscriber_ground", "ck_subscriber_source", "ck_subscriber_state"} <= checks


def test_twenty_thousand_at_once(store: Store, write: Writer, terms: Terms, today: dt.date) -> None:
    """A list of 20,000 is reviewed, imported and asked for its recipients, and one sees how far it is."""
    path = write("email,name\n" + "".join(f"reader{number}@example.org,Reader {number}\n" for number in range(20_000)))
    told: list[int] = []
    done = import_list(store, review(store, path, terms, today), today, progress=told.append)
    assert len(recipients(store, ["en"], "en")) == done.added == 20_000
    assert told == [*range(1000, 20_001, 1000), 20_000]


KILLED = """
import datetime as dt, sys
from pathlib import Path
from sqlalchemy import event
from newsletter.audience.import_list import import_list
from newsletter.audience.review import review
from newsletter.audience.terms import Terms
from newsletter.nouns.person import Ground
from newsletter.settings import Settings
from newsletter.store.open import open_store
from newsletter.workspace import Workspace

root, where = Path(sys.argv[1]), sys.argv[2]
today = dt.date(2026, 11, 22)
store = open_store(Workspace(root / "work"), Settings(), folder=root / "keys")
reviewed = review(store, root / "list.csv", Terms(Ground.CONSENT, "sheet", today), today)

def stop(*ignored):
    print("now", flush=True)
    sys.stdin.read()

def after(connection, cursor, statement, *ignored):
    if statement.startswith("INSERT INTO subscriber"):
        stop()

if where == "written":
    event.listen(store.database.engine, "after_cursor_execute", after)
else:
    event.listen(store.database.engine, "commit", stop)
import_list(store, reviewed, today)
"""


@pytest.mark.parametrize("where", ["written", "before-commit"])
def test_a_killed_import_leaves_all_or_nothing(
    store: Store, write: Writer, terms: Terms, today: dt.date, tmp_path: Path, where: str
) -> None:
    """Kill -9 after the rows are written, before they are committed: nobody came in, and the import runs again."""
    path = write("email\n" + "".join(f"reader{number}@example.org\n" for number in range(3000)))
    store.close()
    child = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(tmp_path), where], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert child.stdout is not None
    assert child.stdout.readline() == b"now\n"
    child.kill()
    child.communicate()
    assert child.returncode in (-getattr(signal, "SIGKILL", 9), 1)
    with open_store(Workspace(tmp_path / "work"), Settings(), folder=tmp_path / "keys") as again:
        with again.database.read() as connection:
            assert connection.execute(select(func.count()).select_from(subscriber)).scalar_one() == 0
        _import(again, path, terms, today)
        assert stats(again).active == 3000
