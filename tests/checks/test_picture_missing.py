"""Pictures named but not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from newsletter.checks.picture_missing import check

if TYPE_CHECKING:
    from tests.checks.conftest import Desk, Finds

WITH = '- type: picture\n  image: {{file: {file}, alt: ""}}\n'


def test_a_missing_picture_is_an_error_at_its_name(desk: Desk, finds: Finds) -> None:
    """What is not in issues/images/ cannot be sent."""
    dossier = desk.dossier(WITH.format(file="march.png"), pictures=["vote.png"])
    assert [one[:2] for one in finds(dossier)] == [("issues/2025-07.yaml:6:17", "error")]


def test_the_name_that_was_meant(desk: Desk, finds: Finds) -> None:
    """A slip of the pen, or of capital letters (which only some systems forgive), is told as such."""
    near = desk.dossier(WITH.format(file="mrach.png"), pictures=["march.png", "vote.png"])
    capital = desk.dossier(WITH.format(file="march.png"), pictures=["March.PNG"])
    assert [one.hint for one in check(near, near.editions[0].send_on)] == ["Did you mean march.png?"]
    assert "There is March.PNG" in check(capital, capital.editions[0].send_on)[0].hint
    assert finds(capital)


@pytest.mark.parametrize(
    ("file", "advice"),
    [
        ("images/march.png", "Type only its name: march.png"),
        (r"C:\Users\Ana\march.png", "Type only its name: march.png"),
        (r"C:\Users\Ana\other.png", "Put the file into issues/images/, and type only its name here: other.png"),
        ("https://example.org/a.png", "Save the picture in issues/images/"),
    ],
)
def test_a_picture_named_with_its_folder(desk: Desk, file: str, advice: str) -> None:
    """A path of her own computer, or an address: the file's name alone belongs there."""
    dossier = desk.dossier(WITH.format(file=file), pictures=["march.png"])
    assert [one.hint[: len(advice)] for one in check(dossier, dossier.editions[0].send_on)] == [advice]


def test_logo_and_portraits_count_too(desk: Desk, finds: Finds) -> None:
    """The profile names pictures as well; each is pointed at there."""
    from tests.checks.conftest import PROFILE

    profile = PROFILE + "look: {logo: logo.png}\ncoordinators:\n  - {name: Ana, portrait: ana.jpg}\n"
    places = [place for place, _, _ in finds(desk.dossier(profile=profile))]
    assert places == ["issues/newsletter.yaml:16:14", "issues/newsletter.yaml:18:27"]


def test_what_is_there_passes(desk: Desk, finds: Finds) -> None:
    """Nothing to say."""
    assert finds(desk.dossier(WITH.format(file="march.png"), pictures=["march.png"])) == []


def test_a_folder_is_no_picture(desk: Desk) -> None:
    """What stands in it is named."""
    dossier = desk.dossier(WITH.format(file="trip"), pictures=["trip/march.png", "trip/vote.png"])
    (problem,) = check(dossier, dossier.editions[0].send_on)
    assert problem.message == "trip is a folder, and a picture is a file."
    assert problem.hint == "Name a picture in it, such as trip/march.png."


def test_a_name_that_a_mac_wrote_is_found(desk: Desk, finds: Finds) -> None:
    """Its file system writes ñ as n and a tilde; on the screen both look the same."""
    assert finds(desk.dossier(WITH.format(file="a\u00f1o.jpg"), pictures=["an\u0303o.jpg"])) == []
