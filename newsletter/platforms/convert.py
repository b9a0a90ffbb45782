"""Rendered -> Converted: the slots answered with a platform's merge tags, everything else kept from looking like one."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from newsletter.errors import ToMend
from newsletter.nouns.letter import Context, Pieces, Rendered, Slot, SlotName
from newsletter.platforms.platform import FALLBACK, KEPT, RAW, Platform

_OPEN, _SHUT = "\ufdd0", "\ufdd1"  # noncharacters: rendering takes them out of whatever an author writes
_MARK = re.compile(f"{_OPEN}([0-9]+){_SHUT}")
_STYLE = re.compile(r"(<style\b.*?</style>)", re.DOTALL | re.IGNORECASE)
_COMMENT = re.compile(r"<!--\[if [^\]]*\]>(?:<!-->)?|<!--<!\[endif\]-->|<!\[endif\]-->")
_OWN_GAP = re.compile(r"\{first_name(?:\|[^{}]*)?\}")


class BadFallback(ToMend):
    """What is said to a reader without a name would break the platform's tag."""

    def __init__(self, fallback: str, forbidden: tuple[str, ...], platform: str) -> None:
        super().__init__(
            f"{{first_name|{fallback}}}: in {platform} the word for readers without a name must not hold "
            f"{' or '.join(forbidden)}.",
            "Choose another word there, or write ’ for an apostrophe.",
        )


class BadExport(ToMend):
    """What came out would not work on the platform, and so is not written."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(
            f"The export is not written: {file} {reason}.", "Mend the template or the text, and try again."
        )


@dataclass(frozen=True, slots=True)
class Converted:
    """An edition in a platform's own form."""

    language: str
    subject: str
    html: str
    text: str


def convert(rendered: Rendered, platform: Platform, address: Callable[[str], str]) -> Converted:
    """Put the platform's tags in the place of our slots; ``address`` gives the address of a picture by its name.

    Raises BadFallback; BadExport where a required tag is missing, or a mark of ours or our own leave link is left.
    """
    done = Converted(
        rendered.language,
        _whole(rendered.subject, platform, address, _protect_text),
        _whole(rendered.html, platform, address, _protect_html),
        _whole(rendered.text, platform, address, _protect_text),
    )
    _prove(done, platform)
    return done


def _whole(
    pieces: Pieces, platform: Platform, address: Callable[[str], str], protect: Callable[[str, Platform], str]
) -> str:
    """Author's text is protected first and the tags go in last, so that neither can be taken for the other."""
    slots = [piece for piece in pieces if isinstance(piece, Slot)]
    numbers = iter(range(len(slots)))
    marked = "".join(piece if isinstance(piece, str) else f"{_OPEN}{next(numbers)}{_SHUT}" for piece in pieces)
    return _MARK.sub(lambda mark: _answer(slots[int(mark[1])], platform, address), protect(marked, platform))


def _answer(slot: Slot, platform: Platform, address: Callable[[str], str]) -> str:
    in_html = slot.context in (Context.HTML_TEXT, Context.HTML_ATTRIBUTE)
    if slot.name is SlotName.LEAVE_URL:
        return platform.leave_url
    if slot.name is SlotName.PICTURE:
        return html.escape(address(slot.picture))
    found = tuple(one for one in platform.fallback_forbids if one in slot.fallback)
    if found:
        raise BadFallback(slot.fallback, found, platform.name)
    return platform.first_name.replace(FALLBACK, html.escape(slot.fallback) if in_html else slot.fallback)


def _opening(platform: Platform) -> re.Pattern[str]:
    """A delimiter, or the first character of one where a tag of ours follows: ``{`` before ``{{name}}`` opens one too."""
    whole = "|".join(re.escape(one) for one in sorted(platform.delimiters, key=len, reverse=True))
    first = "".join(sorted({re.escape(one[0]) for one in platform.delimiters}))
    return re.compile(f"{whole}|[{first}](?={_OPEN})")


def _protect_text(text: str, platform: Platform) -> str:
    def written(found: re.Match[str]) -> str:
        if RAW not in platform.literal and found[0] not in platform.delimiters:
            return found[0]
        return platform.literal.replace(RAW, found[0])

    return _opening(platform).sub(written, text)


def _protect_html(text: str, platform: Platform) -> str:
    """In HTML a character reference is read as the character, and by no engine as a delimiter; in CSS a space parts."""
    opening = _opening(platform)
    parts = _STYLE.split(text)
    parts[::2] = (opening.sub(lambda found: f"&#{ord(found[0][0])};{found[0][1:]}", part) for part in parts[::2])
    parts[1::2] = (opening.sub(lambda found: f"{found[0][0]} {found[0][1:]}", part) for part in parts[1::2])
    whole = "".join(parts)
    if platform.comments == KEPT:
        return whole
    return _COMMENT.sub(lambda found: platform.comments.replace(RAW, _as_json(found[0])), whole)


def _as_json(text: str) -> str:
    return json.dumps(text)[1:-1]


def _prove(done: Converted, platform: Platform) -> None:
    for file, text in (("email.html", done.html), ("email.txt", done.text), ("subject.txt", done.subject)):
        if _OPEN in text or _SHUT in text or _OWN_GAP.search(text):
            raise BadExport(file, "still holds a gap of ours that nothing filled")
        if file != "subject.txt" and platform.leave_url not in text:
            raise BadExport(file, f"has no link to leave the list ({platform.leave_url})")
    if "\n" in done.subject or "\r" in done.subject:
        raise BadExport("subject.txt", "has more than one line")
    if platform.max_html_bytes and len(done.html.encode()) > platform.max_html_bytes:
        raise BadExport(
            "email.html", f"is larger than the {platform.max_html_bytes:,} bytes that {platform.name} takes"
        )
