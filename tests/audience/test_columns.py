from __future__ import annotations

import pytest

from newsletter.audience.columns import find_columns, never_joined, reason_in_name
from newsletter.audience.suppress import Reason


@pytest.mark.parametrize(
    ("header", "address", "name"),
    [
        ("email,name,language", "email", "name"),
        ("Correo electrónico,Nombre,Idioma", "Correo electrónico", "Nombre"),
        ("E-mail,First Name,Last Name", "E-mail", "First Name"),
        ("Email Address,First Name,Last Name,MEMBER_RATING,LEID", "Email Address", "First Name"),
        ("EMAIL,LASTNAME,FIRSTNAME,EMAIL_BLACKLISTED", "EMAIL", "FIRSTNAME"),
        ("uuid,email,name,attributes,status", "email", "name"),
        ("Email,Name,FNAME", "Email", "FNAME"),
        ("Subscriber,Name", "Subscriber", "Name"),
    ],
)
def test_columns_are_known_by_their_names(header: str, address: str, name: str) -> None:
    """English, Spanish, Mailchimp, Brevo, listmonk, MailerLite; a first name goes before a whole one."""
    names = tuple(header.split(","))
    columns = find_columns(names)
    assert [names[place] for place in columns.places["address"]] == [address]
    assert [names[place] for place in columns.places["name"]] == [name]


def test_what_is_not_needed_is_dropped() -> None:
    """P7: telephone, birthday, IP, opens and the second of two names are not even read."""
    columns = find_columns(("email", "phone", "OPTIN_IP", "Birthday", "name", "First name", "", "Last name"))
    assert columns.dropped == ("phone", "OPTIN_IP", "Birthday", "name", "Last name")


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        ("unsubscribed_email_audience_export_7f3.csv", Reason.LEFT),
        ("UnsubscribedMembers.csv", Reason.LEFT),
        ("cleaned_email_audience_export_7f3.csv", Reason.BOUNCED),
        ("bounces-2026.csv", Reason.BOUNCED),
        ("listmonk-blocklisted.csv", Reason.IMPORTED),
        ("Organisation-wide suppression file.csv", Reason.IMPORTED),
        ("FPS 2026-11.csv", Reason.IMPORTED),
        ("do-not-mail.csv", Reason.IMPORTED),
        ("bajas.csv", Reason.LEFT),
        ("opt-outs.csv", Reason.LEFT),
        ("complaints.csv", Reason.COMPLAINT),
        ("subscribers-left.csv", Reason.LEFT),
        ("subscribed_email_audience_export_7f3.csv", None),
        ("members.csv", None),
        ("trabajadores.csv", None),
        ("lista Lima.csv", None),
    ],
)
def test_file_names_that_say_who_has_left(file: str, reason: Reason | None) -> None:
    """Platforms hide who has left in the name of the file."""
    assert reason_in_name(file) == reason


def test_people_who_never_joined() -> None:
    """A platform's file of customers who never subscribed is known by its name."""
    assert never_joined("nonsubscribed_email_audience_export.csv")
    assert not never_joined("subscribed_email_audience_export.csv")


def test_columns_that_say_that_all_have_left() -> None:
    """Mailchimp's columns of the unsubscribed and the cleaned stand in no other file."""
    assert find_columns(("Email Address", "UNSUB_TIME")).everyone is Reason.LEFT
    assert find_columns(("Email Address", "CLEAN_TIME")).everyone is Reason.BOUNCED
    assert find_columns(("Email Address", "OPTIN_TIME")).everyone is None
