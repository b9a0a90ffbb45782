"""How pictures reach a reader: from one public address, or inside the letter; the same for everybody."""

from __future__ import annotations

import datetime as dt
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from newsletter.letters.compose import compose
from newsletter.letters.encode import encode
from newsletter.nouns.person import Recipient
from tests.rendering.conftest import Page, every_type, stocked

if TYPE_CHECKING:
    from newsletter.nouns.letter import Rendered
    from tests.rendering.conftest import House

NOW = dt.datetime(2025, 7, 4, 9, tzinfo=dt.UTC)
PUBLIC = "https://news.example.org/peru"
READERS = (
    Recipient("11" * 16, "ana@example.org", "Ana María Ñ", "en"),
    Recipient("22" * 16, "ben@example.org", "", "en"),
)


@pytest.fixture(scope="module")
def house_of_all(tmp_path_factory: pytest.TempPathFactory) -> House:
    """A workspace with a logo and portraits."""
    return stocked(tmp_path_factory.mktemp("travel"), arabic=False)


@pytest.fixture(scope="module")
def rendered(house_of_all: House) -> Rendered:
    """A letter with one section of every type, all fields filled in."""
    house_of_all.public_url = PUBLIC
    made, problems = house_of_all.render(every_type(house_of_all))
    assert not problems
    return made


def _letters(house: House, rendered: Rendered, public_url: str) -> list[EmailMessage]:
    encoded = encode(rendered, house.profile(), public_url=public_url)
    letters = []
    for number, reader in enumerate(READERS):
        leave = f"{PUBLIC}/u/{number}"
        made = compose(encoded, reader, leave=leave, message_id=f"<{number}@example.org>", now=NOW)
        letter = message_from_bytes(made.data, policy=policy.SMTP)
        assert isinstance(letter, EmailMessage)
        letters.append(letter)
    return letters


def _images(letter: EmailMessage) -> list[dict[str, str]]:
    (html,) = [part for part in letter.walk() if part.get_content_type() == "text/html"]
    assert isinstance(html, EmailMessage)
    return Page(html.get_content()).all("img")


def test_hosted_pictures_come_from_the_public_address_alone(house_of_all: House, rendered: Rendered) -> None:
    """F13, P1: https from that host, the same address for every reader, nothing attached."""
    first, second = _letters(house_of_all, rendered, PUBLIC)
    assert _images(first) == _images(second)
    names = {picture.name for picture in rendered.pictures}
    assert len(names) > 2
    addresses = [image["src"] for image in _images(first)]
    assert {urlsplit(address)[:2] for address in addresses} == {("https", "news.example.org")}
    assert {address.removeprefix(f"{PUBLIC}/images/") for address in addresses} == names
    assert not [
        part for part in first.walk() if part.get_content_maintype() == "image" or part.get("Content-Disposition")
    ]


def test_embedded_pictures_are_all_in_the_letter(house_of_all: House, rendered: Rendered) -> None:
    """F13: each picture shown is there once, each that is there is shown, and none is an attachment."""
    first, second = _letters(house_of_all, rendered, "")
    assert _images(first) == _images(second)
    parts = [part for part in first.walk() if part.get_content_maintype() == "image"]
    assert {f"cid:{part['Content-ID'][1:-1]}" for part in parts} == {image["src"] for image in _images(first)}
    assert len(parts) == len({part["Content-ID"] for part in parts}) > 2
    assert {part.get_content_disposition() for part in parts} == {"inline"}
    held = {part.get_filename(): (part.get_content_type(), part.get_payload(decode=True)) for part in parts}
    assert held == {picture.name: (picture.media_type, picture.data) for picture in rendered.pictures}


@pytest.mark.parametrize("public_url", ["", PUBLIC])
def test_every_picture_says_its_size_and_what_it_shows(
    house_of_all: House, rendered: Rendered, public_url: str
) -> None:
    """F13, X3: width, height and alt on each, so that the letter stands still while they come; as wide as the file allows."""
    sizes = {(picture.width, picture.height) for picture in rendered.pictures}
    for image in _images(_letters(house_of_all, rendered, public_url)[0]):
        assert (int(image["width"]), int(image["height"])) in sizes
        assert "alt" in image
        assert int(image["width"]) <= 600
