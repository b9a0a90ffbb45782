from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import email
import email.policy
import re
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newsletter.letters.answers import reader_answers
from newsletter.letters.compose import compose
from newsletter.letters.encode import NoSender, encode
from newsletter.letters.fill import fill
from newsletter.letters.headers import UnfitAddress
from newsletter.letters.leave_links import leave_token, leave_url
from newsletter.letters.message_id import message_id
from newsletter.nouns.draft import IssueName, Profile, Sender, Translated
from newsletter.nouns.letter import Context, Message, Rendered, Slot, SlotName
from newsletter.nouns.person import Recipient

STRICT = email.policy.default.clone(raise_on_defect=True)
NOW = dt.datetime(2025, 7, 4, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=-5)))
PAGE = leave_url(leave_token(b"k" * 32, "11" * 16), public_url="https://news.example.org", leave_by_mail="")
MAIL = leave_url(leave_token(b"k" * 32, "11" * 16), public_url="", leave_by_mail="leave@example.org")
ID = "<1234@example.org>"


def _compose(rendered: Rendered, profile: Profile, ana: Recipient, leave: str = MAIL, url: str = "") -> Message:
    return compose(encode(rendered, profile, public_url=url), ana, leave=leave, message_id=ID, now=NOW)


def _parse(data: bytes) -> EmailMessage:
    parsed = email.message_from_bytes(data, policy=STRICT)
    for part in parsed.walk():
        assert not part.defects
        for value in part.values():
            assert not value.defects
    assert isinstance(parsed, EmailMessage)
    return parsed


def _text_of(parsed: EmailMessage, kind: str) -> str:
    part = parsed.get_body((kind,))
    assert part is not None
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode("utf-8")


def _raw_fields(data: bytes) -> list[tuple[str, str]]:
    head = data.partition(b"\r\n\r\n")[0].decode("ascii")
    unfolded = re.sub(r"\r\n(?=[ \t])", "", head)
    return [
        (name, value.removeprefix(" ")) for name, _, value in (line.partition(":") for line in unfolded.split("\r\n"))
    ]


@pytest.mark.parametrize("url", ["", "https://news.example.org"])
def test_what_is_decoded_is_what_was_built(rendered: Rendered, profile: Profile, ana: Recipient, url: str) -> None:
    """The decoded parts equal those of the letter, and those that EmailMessage makes of it (the oracle)."""
    message = _compose(rendered, profile, ana, PAGE if url else MAIL, url)
    parsed = _parse(message.data)
    html = _text_of(parsed, "html")
    found = re.search(r'img src="([^"]*)"', html)
    assert found
    letter = fill(rendered, reader_answers(ana.name, PAGE if url else MAIL, lambda _: found[1]))
    oracle = EmailMessage(policy=email.policy.SMTP)
    oracle.set_content(letter.text)
    oracle.add_alternative(letter.html, subtype="html")
    again = email.message_from_bytes(oracle.as_bytes(), policy=email.policy.default)
    assert isinstance(again, EmailMessage)
    for kind, built in (("plain", letter.text), ("html", letter.html)):
        assert _text_of(parsed, kind).replace("\r\n", "\n") == built
        assert _text_of(again, kind).replace("\r\n", "\n") == built


def test_text_first_html_last(rendered: Rendered, profile: Profile, ana: Recipient) -> None:
    """F8: multipart/alternative, text/plain first, HTML last, embedded pictures around the HTML only."""
    embedded = _parse(_compose(rendered, profile, ana).data)
    assert [part.get_content_type() for part in embedded.walk()] == [
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
    ]
    picture = list(embedded.walk())[-1]
    assert picture.get_payload(decode=True) == rendered.pictures[0].data
    assert f'src="cid:{picture["Content-ID"][1:-1]}"' in _text_of(embedded, "html")
    linked = _parse(_compose(rendered, profile, ana, PAGE, "https://news.example.org").data)
    assert [part.get_content_type() for part in linked.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert 'src="https://news.example.org/images/congress-1a2b.png"' in _text_of(linked, "html")


def test_each_field_stands_once(rendered: Rendered, profile: Profile, ana: Recipient) -> None:
    """F5, B7: one of each field that must be there, none twice, none that would make it an automatic mail."""
    names = [name for name, _ in _raw_fields(_compose(rendered, profile, ana, PAGE, "https://news.example.org").data)]
    must = {"Date", "From", "Subject", "Message-ID", "To", "MIME-Version", "Reply-To", "List-Unsubscribe", "List-Id"}
    must |= {"List-Unsubscribe-Post", "List-Help", "List-Owner", "List-Archive", "List-Post", "Precedence"}
    assert must <= set(names)
    assert len(names) == len(set(names))
    assert not {"Cc", "Bcc", "Auto-Submitted", "Sender"} & set(names)


def test_date_has_a_numeric_zone_and_english_names(rendered: Rendered, profile: Profile, ana: Recipient) -> None:
    """F6: RFC 5322 form, whatever the locale."""
    assert b"Date: Fri, 04 Jul 2025 09:30:00 -0500\r\n" in _compose(rendered, profile, ana).data
    with pytest.raises(ValueError, match="zone"):
        compose(encode(rendered, profile), ana, leave=MAIL, message_id=ID, now=NOW.replace(tzinfo=None))


def test_date_is_the_clocks_wherever_and_in_whatever_language(
    rendered: Rendered, profile: Profile, ana: Recipient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F6: each copy bears the time at which it was made, in the zone of this machine, in Lima and in Spanish too."""
    import locale
    import time

    before = locale.setlocale(locale.LC_TIME)
    monkeypatch.setenv("TZ", "America/Lima")
    monkeypatch.setenv("LC_ALL", "es_ES.UTF-8")
    try:
        time.tzset()
        with contextlib.suppress(locale.Error):  # not every machine speaks Spanish; none may change a Date
            locale.setlocale(locale.LC_TIME, "es_ES.UTF-8")
        for month in range(1, 13):
            now = dt.datetime(2025, month, 4, 14, 30, 7, tzinfo=dt.UTC).astimezone()
            made = compose(encode(rendered, profile), ana, leave=MAIL, message_id=ID, now=now)
            date = str(dict(_raw_fields(made.data))["Date"])
            assert re.fullmatch(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), 04 [A-Z][a-z]{2} 2025 09:30:07 -0500", date)
            assert parsedate_to_datetime(date) == now
    finally:
        locale.setlocale(locale.LC_TIME, before)
        monkeypatch.undo()
        time.tzset()


def test_leave_header_with_a_public_address(rendered: Rendered, profile: Profile, ana: Recipient) -> None:
    """U1, F1: one https URI on one line, however long, and the field that makes it one click."""
    far = "https://news.example.org/" + "a" * 300
    leave = leave_url(leave_token(b"k" * 32, ana.id), public_url=far, leave_by_mail="")
    data = _compose(rendered, profile, ana, leave, far).data
    assert f"\r\nList-Unsubscribe: <{leave}>\r\n".encode() in data
    assert b"\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in data
    assert data.count(b"<https:") == 2  # List-Unsubscribe and List-Archive
    assert b"http:" not in data.partition(b"\r\n\r\n")[0]


def test_leave_header_without_a_public_address(rendered: Rendered, profile: Profile, ana: Recipient) -> None:
    """U1: one mailto URI and no -Post field."""
    data = _compose(rendered, profile, ana).data
    assert f"\r\nList-Unsubscribe: <{MAIL}>\r\n".encode() in data
    assert b"List-Unsubscribe-Post" not in data


def test_list_fields_hold_no_encoded_words(rendered: Rendered, profile: Profile, ana: Recipient) -> None:
    """F1, U9, U10: not even where the newsletter's title has accents; List-Id is the same in every language."""
    spanish = dataclasses.replace(profile, languages=("es", "en"))
    for value in (rendered, dataclasses.replace(rendered, language="es")):
        fields = dict(_raw_fields(_compose(value, spanish, ana).data))
        assert fields["List-Id"] == "Boletin sobre el Peru <peru.news.example.org>"
        assert fields["List-Post"] == "NO"
        assert not any("=?" in fields[name] for name in fields if name.startswith("List-"))


def test_list_id_stands_under_the_senders_domain_where_none_is_given(
    rendered: Rendered, profile: Profile, ana: Recipient
) -> None:
    """U9: a letter never goes out without one."""
    bare = dataclasses.replace(profile, sender=Sender("Peru", "peru@example.org"))
    assert (
        dict(_raw_fields(_compose(rendered, bare, ana).data))["List-Id"] == "Peru newsletter <newsletter.example.org>"
    )


def test_a_long_list_name_is_folded_before_the_id(rendered: Rendered, profile: Profile, ana: Recipient) -> None:
    """F2, U9: no line beyond 78 where folding is legal."""
    long = dataclasses.replace(
        profile, title=Translated({"": "News of Peru, of its courts and of its people, every month"})
    )
    data = _compose(rendered, long, ana).data
    assert b'people, every month"\r\n <peru.news.example.org>\r\n' in data
    assert max(len(line) for line in data.split(b"\r\n") if not line.startswith(b"List-Unsubscribe")) <= 78


def test_message_id_is_stable_and_tells_nothing(rendered: Rendered, ana: Recipient) -> None:
    """F7: equal for every attempt, unique, without address or host name, at the sender's domain."""
    import socket

    ids = {message_id(b"k" * 32, rendered.issue, f"{number:032x}", "example.org") for number in range(100_000)}
    assert len(ids) == 100_000
    first = message_id(b"k" * 32, rendered.issue, ana.id, "example.org")
    assert first == message_id(b"k" * 32, IssueName.parse("2025-07"), ana.id, "example.org")
    assert first != message_id(b"k" * 32, IssueName.parse("2025-08"), ana.id, "example.org")
    assert re.fullmatch(r"<[0-9a-f]{40}@example\.org>", first)
    assert socket.gethostname() not in first


def test_only_crlf_and_short_lines(rendered: Rendered, profile: Profile, ana: Recipient) -> None:
    """F2, F4, F10, S10: CRLF only, no NUL, body lines up to 76, header lines up to 78, no dot at a line's start."""
    wild = dataclasses.replace(rendered, text=("a\rb\nc\r\nd\x00e", *rendered.text))
    data = _compose(wild, profile, ana, PAGE, "https://news.example.org").data
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n|\x00", data)
    assert data.endswith(b"\r\n")
    assert data.isascii()
    head, _, body = data.partition(b"\r\n\r\n")
    assert max(map(len, body.split(b"\r\n"))) <= 76
    too_long = [line for line in head.split(b"\r\n") if len(line) > 78]
    assert all(line.startswith(b"List-Unsubscribe: <") for line in too_long)
    assert b"\r\n." not in data
    assert b"\r\nFrom " not in body


def test_a_name_cannot_inject(rendered: Rendered, profile: Profile, ana: Recipient) -> None:
    """F11: CR, LF, NUL, line separators, quotes and markup in a name stay inside the name."""
    bad = 'x\r\nBcc: eve@example.org\0\u2028\u2029\x85"<script>alert(1)</script>&'
    eve = dataclasses.replace(ana, name=bad)
    personal = dataclasses.replace(rendered, subject=("Hi ", Slot(SlotName.FIRST_NAME, Context.HEADER, "friend")))
    message = _compose(personal, profile, eve)
    parsed = _parse(message.data)
    assert parsed["Bcc"] is None
    assert [name for name, _ in _raw_fields(message.data)].count("Subject") == 1
    html = _text_of(parsed, "html")
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert str(parsed["To"].addresses[0].addr_spec) == "ana@example.org"
    assert len(parsed["To"].addresses) == 1


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.text(max_size=120), subject=st.text(max_size=200))
def test_any_name_and_subject_come_through(
    name: str, subject: str, rendered: Rendered, profile: Profile, ana: Recipient
) -> None:
    """F2, F3, F14: no defect, one To, and the text part greets by the name that was given."""
    from newsletter.letters.answers import one_line

    personal = dataclasses.replace(rendered, subject=(subject, Slot(SlotName.FIRST_NAME, Context.HEADER, "friend")))
    message = _compose(personal, profile, dataclasses.replace(ana, name=name))
    parsed = _parse(message.data)
    assert max(map(len, message.data.split(b"\r\n"))) <= 998
    assert [one.addr_spec for one in parsed["To"].addresses] == ["ana@example.org"]
    letter = fill(personal, reader_answers(name, MAIL, str))
    assert _text_of(parsed, "plain").replace("\r\n", "\n") == letter.text
    assert "".join(parsed["Subject"].split()) == "".join(one_line(letter.subject).split())


def test_a_name_left_out_is_said_by_the_fallback(rendered: Rendered, profile: Profile, ana: Recipient) -> None:
    """A reader without a name is greeted as the author wrote; her To holds the address alone."""
    message = _compose(rendered, profile, dataclasses.replace(ana, name="  "))
    assert _text_of(_parse(message.data), "plain").startswith("Dear friend,")
    assert b"\r\nTo: ana@example.org\r\n" in message.data


def test_domains_travel_as_a_labels(rendered: Rendered, profile: Profile, ana: Recipient) -> None:
    """F12: the domain in A-labels; a local part outside ASCII stays, and the carrier asks for SMTPUTF8."""
    message = _compose(rendered, profile, dataclasses.replace(ana, address="ana@straße.example"))
    assert message.recipient == "ana@xn--strae-oqa.example"
    assert b"<ana@xn--strae-oqa.example>" in message.data
    assert _compose(rendered, profile, dataclasses.replace(ana, address="ñ@example.org")).recipient == "ñ@example.org"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ana",
        "ana@",
        "@example.org",
        "a b@example.org",
        "a@b\r\nc.org",
        "a@-x.org",
        "<a@b.org>",
        "a@b..org",
        "a,b@c.org",
        "a@" + "b" * 300,
    ],
)
def test_an_address_that_cannot_be_is_refused_without_being_said(
    rendered: Rendered, profile: Profile, ana: Recipient, address: str
) -> None:
    """F11, P6: the exception does not repeat the address."""
    with pytest.raises(UnfitAddress) as said:
        _compose(rendered, profile, dataclasses.replace(ana, address=address))
    assert not address.strip() or address not in str(said.value)


def test_a_profile_without_a_sender_is_said_in_plain_words(rendered: Rendered, profile: Profile) -> None:
    with pytest.raises(NoSender, match=r"issues/newsletter\.yaml does not say from whom"):
        encode(rendered, dataclasses.replace(profile, sender=Sender()))
    with pytest.raises(NoSender, match="list_id"):
        encode(rendered, dataclasses.replace(profile, sender=Sender("P", "p@example.org", "", "not a domain")))


def test_two_readers_differ_only_in_their_own(rendered: Rendered, profile: Profile, ana: Recipient) -> None:
    """P1, U11, F14: name, address, Message-ID and leave link; nothing else, and neither's address in the other's."""
    ben = Recipient("22" * 16, "ben@example.net", "Ben", "en")
    encoded = encode(rendered, profile)
    hers = compose(encoded, ana, leave=MAIL, message_id=ID, now=NOW).data
    other = leave_url(leave_token(b"k" * 32, ben.id), public_url="", leave_by_mail="leave@example.org")
    his = compose(encoded, ben, leave=other, message_id="<5@example.org>", now=NOW).data

    def common(data: bytes, *own: str) -> str:
        text = re.sub(r"\r\nTo: .*\r\n", "\r\nTo: *\r\n", data.replace(b"=\r\n", b"").decode("ascii"))
        for word in own:
            text = text.replace(word, "*")
        return text

    same = common(hers, MAIL, MAIL.replace("=", "=3D"), ID, "Ana Mar=C3=ADa")
    assert same == common(his, other, other.replace("=", "=3D"), "<5@example.org>", "Ben")
    assert b"ana@" not in his
    assert b"ben@" not in hers
