"""Pictures of one's own templates without alt or size, from foreign places, or as links that say nothing (WCAG 1.1.1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from urllib.parse import urlsplit

from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem, Severity
from newsletter.seen.page import PICTURE, Element, words
from newsletter.seen.told import Found, Sheet, told

NAME = "page-pictures"


def check(dossier: Dossier, on: dt.date) -> list[Problem]:  # noqa: ARG001 - every check is called alike
    """A warning for each; an error where the picture would be fetched from somebody else, who then learns who reads."""
    return told(dossier, NAME, _look)


def _look(sheet: Sheet) -> Iterator[Found]:
    for picture, section in sheet.seen.all("img"):
        if picture.get("alt") is None:
            message = "A picture of the template has no alt: people who do not see it hear the name of a file."
            yield Found(section, message, 'give it alt="{{ picture.alt }}", or alt="" where it only decorates.')
        elif not picture.get("alt") and _only_words_of_a_link(picture):
            message = "A picture is a link, and says nothing: who does not see it cannot tell where it leads."
            yield Found(section, message, "let its alt name what the link leads to.")
        if not (picture.get("width") or "").isdecimal() or not picture.get("height"):
            message = (
                "A picture does not say its width and height: the letter jumps while it loads, and Outlook blows it up."
            )
            yield Found(section, message, "give it the width and height that picture.at(...) answers with.")
        yield from _of_its_address(picture, section, sheet.public_url)


def _of_its_address(picture: Element, section: int, public_url: str) -> Iterator[Found]:
    address = (picture.get("src") or "").strip()
    if address.startswith((PICTURE, "cid:")) or (public_url and address.startswith(f"{public_url}/")):
        return
    host = _host(address)
    if host:
        message = f"A picture is fetched from {host}, which learns who opens the letter, and when."
        yield Found(section, message, "save it in issues/images/ and show it from there.", Severity.ERROR)
    else:
        message = f"A picture has an address that no mail program can open: “{address[:60]}”."
        yield Found(section, message, "save it in issues/images/ and show it from there.")


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _only_words_of_a_link(picture: Element) -> bool:
    link = next(picture.iterancestors("a"), None)
    return link is not None and not words(link) and not any(one.get("alt") for one in link.iter("img"))
