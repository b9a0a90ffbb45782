"""What asks name servers, against a real one on loopback."""

from __future__ import annotations

import socket

import pytest

from newsletter.web.names import Names, NoNameServer
from tests.any.dns import Zones


def test_texts_are_put_together_and_names_followed(zones: Zones) -> None:
    """A TXT record of several strings is one text; where a name leads elsewhere, that is told."""
    long = "v=DKIM1; p=" + "A" * 700
    zones.put("july._domainkey.group.example", "CNAME", "keys.relay.example")
    zones.txt("keys.relay.example", long)
    answer = zones.names().ask("july._domainkey.group.example", "TXT")
    assert answer.records == (long,)
    assert answer.by_way_of == ("keys.relay.example",)


def test_what_does_not_fit_a_datagram_is_asked_again(zones: Zones) -> None:
    """Over TCP: twenty records of a hundred characters are more than 1,232 bytes."""
    zones.txt("group.example", *(f"{number:03}" + "x" * 100 for number in range(20)))
    assert len(zones.names().texts("group.example")) == 20
    assert zones.asked == [("group.example", "TXT")] * 2


def test_a_name_without_records_and_no_name(zones: Zones) -> None:
    """Both are an empty answer, and one question each."""
    zones.txt("group.example", "hello")
    names = zones.names()
    assert names.ask("group.example", "MX").exists
    assert not names.ask("nowhere.example", "MX").exists
    assert names.ask("GROUP.example.", "MX").records == ()
    assert len(zones.asked) == 2


@pytest.mark.parametrize(
    "name", ["a..b", "x" * 64 + ".example", ".".join(["abcdefgh"] * 40), "ñandú.example", "%{i}.x"]
)
def test_what_can_be_no_name(zones: Zones, name: str) -> None:
    """It is nowhere, and nobody falls."""
    assert zones.names().ask(name, "TXT").records == ()


def test_broken_servers_of_one_name_do_not_hide_others(zones: Zones) -> None:
    """A name of which nobody can say anything is told by name."""
    zones.broken.add("broken.example")
    zones.txt("group.example", "hello")
    names = zones.names()
    with pytest.raises(NoNameServer, match=r"answers about broken\.example"):
        names.ask("broken.example", "TXT")
    assert names.texts("group.example") == ("hello",)
    assert names.online()


def test_offline_is_waited_for_once() -> None:
    """Where nobody answers at all, the second question is not asked."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as deaf:
        deaf.bind(("127.0.0.1", 0))
        names = Names((deaf.getsockname(),), patience=0.3)
        assert not names.online()
        deaf.settimeout(0)
        while True:
            try:
                deaf.recv(2000)
            except BlockingIOError:
                break
        with pytest.raises(NoNameServer, match=r"No name server answers now"):
            names.ask("group.example", "TXT")
        with pytest.raises(BlockingIOError):
            deaf.recv(2000)
