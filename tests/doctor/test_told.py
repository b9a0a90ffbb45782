"""How findings are told: what to mend first, the rest in counts; whatever DNS holds."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsletter.delivery.sign.record import Record
from newsletter.doctor.examine import FAMILY, _looked
from newsletter.doctor.facts import Facts
from newsletter.doctor.finding import Finding, Grade, Step, together
from newsletter.doctor.told import told
from newsletter.family import members
from newsletter.web.names import Answer, Names
from tests.any.set_up import Make


def lines(*some: Finding, everything: bool = False) -> str:
    return "\n".join(told(some, everything=everything))


def test_what_is_well_and_advice_are_counted() -> None:
    """Only the first two kinds are spelled out, until everything is asked for."""
    some = (
        Finding(Grade.OK, "spf", "SPF is well."),
        Finding(Grade.OK, "dkim", "One key is well."),
        Finding(Grade.OK, "dkim", "The other is well."),
        Finding(Grade.ADVICE, "bimi", "No logo.", "An ornament.", "Nothing need be done."),
    )
    assert lines(*some).splitlines() == [
        "All is well.",
        "",
        "1 piece of advice, which can wait (bimi)",
        "3 things are well (spf, dkim 2)",
        "Everything at once: newsletter doctor --all",
    ]
    assert "No logo.  [bimi]\n    Why: An ornament.\n    Next: Nothing need be done." in lines(*some, everything=True)


def test_errors_are_numbered_and_come_first() -> None:
    """With their records, whole and in strings of 255."""
    record = Record("july._domainkey.group.example", "v=DKIM1; p=" + "A" * 300)
    said = lines(
        Finding(Grade.WARNING, "clock", "Late."),
        Finding(Grade.ERROR, "dkim", "No key.", "Why not.", "Give it.", record),
        Finding(Grade.ERROR, "spf", "None."),
    )
    assert said.startswith("2 things to mend before readers get letters. Begin with the first")
    assert said.index("1. No key.") < said.index("2. None.") < said.index("Late.")
    assert f"Value:  {record.value}" in said
    assert f'"{record.value[:255]}"' in said


def test_the_same_words_are_said_once() -> None:
    """With the names of all who say them."""
    some = [Finding(Grade.UNSEEN, name, "Nobody answers.", hint="Later.") for name in ("spf", "dmarc", "spf")]
    said = lines(*some)
    assert said.count("Nobody answers.") == 1
    assert "[spf, dmarc]" in said
    assert "1 thing could not be looked at" in said


def test_one_record_is_one_finding() -> None:
    """As grave as the gravest; those without a record stay apart."""
    record = Record("group.example", "v=spf1 -all")
    some = [
        Finding(Grade.WARNING, "spf", "One.", "Why.", "Do.", record),
        Finding(Grade.ERROR, "spf", "Alone."),
        Finding(Grade.ERROR, "spf", "Two.", "Why.", "", record),
    ]
    first, second = together(some)
    assert (first.grade, first.message, first.why, first.hint) == (Grade.ERROR, "One. Two.", "Why.", "Do.")
    assert second.message == "Alone."


def test_nothing_of_others_moves_the_cursor() -> None:
    """A record may hold any byte; a terminal gets none that it would obey."""
    assert "\x1b" not in lines(Finding(Grade.ERROR, "spf", "It says: \x1b[2J\x9b31m\r\x07"))


def test_every_member_says_what_it_is() -> None:
    """A first line for the manual, a name as in brackets, a place on the way."""
    for name, member in members(FAMILY).items():
        assert member.__doc__, name
        assert name == member.NAME
        assert isinstance(member.STEP, Step)


class AnyNames(Names):
    """Answers every question with the same records."""

    def __init__(self, texts: tuple[str, ...]) -> None:
        super().__init__((("127.0.0.1", 0),))
        self.held = texts

    def _asked(self, name: str, kind: str) -> Answer:
        del name
        usual = {"TXT": self.held, "A": ("192.0.2.1",), "AAAA": (), "MX": ("10 mx.example",), "PTR": ("x.example",)}
        return Answer(usual.get(kind, ()))


@pytest.fixture
def made(facts: Make) -> Facts:
    """One set of facts for many answers."""
    return facts(smtp_host="mail.group.example", smtp_profile="own-relay", smtp_security="none")


TERMS = st.sampled_from(
    [
        *(
            "v=spf1",
            "v=DMARC1;",
            "v=DKIM1;",
            "p=none;",
            "p=;",
            "rua=mailto:",
            "rua=mailto:a@b.example;",
            "sp=x;",
            "psd=y;",
        ),
        *(
            "include:group.example",
            "include:",
            "a/99",
            "a:/",
            "mx//129",
            "ip4:::",
            "redirect=",
            "+",
            "-all",
            "?all",
            "%{i}",
        ),
        *("exists:%{i}.x", "ptr", "t=y", "k=", "=", ";", "\x00", "ñ", "pct=x;", "adkim=s;"),
    ]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(TERMS | st.text(max_size=8), max_size=8).map(" ".join), max_size=3))
def test_whatever_dns_holds(made: Facts, texts: list[str]) -> None:
    """Nobody falls over a record, be it broken, endless or empty."""
    object.__setattr__(made, "names", AnyNames(tuple(texts)))
    family = members(FAMILY)
    for name in ("mail-server", "clock"):  # they would be connected to
        del family[name]
    assert lines(*(one for name, member in family.items() for one in _looked(name, member, made)), everything=True)


@pytest.mark.parametrize("host", ["192.0.2.25", "2001:db8::25"])
def test_a_server_that_is_written_as_an_address(facts: Make, host: str) -> None:
    """It is itself: nobody is asked for its address, and SPF names it so."""
    from newsletter.doctor.findings import spf

    made = facts(smtp_host=host, smtp_profile="own-relay")
    object.__setattr__(made, "names", AnyNames(("v=spf1 -all",)))
    (one,) = spf.look(made)
    assert one.record
    assert one.record.value == f"v=spf1 {'ip6' if ':' in host else 'ip4'}:{host} -all"
