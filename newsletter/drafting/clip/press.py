"""A press release, as plain text or as an e-mail -> the article in it."""

from __future__ import annotations

import datetime as dt
import email
import re
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime

from newsletter.drafting.clip.article import Article
from newsletter.drafting.clip.chaff import is_chaff
from newsletter.drafting.clip.dateline import dateline
from newsletter.drafting.clip.language import guess
from newsletter.drafting.clip.page import date_in, is_date, page, placed
from newsletter.nouns.draft import PartialDate

_END = re.compile(
    r"^\W*(?:ends?|fin|notes? (?:to|for) editors?.*|notas? para (?:la )?(?:prensa|editores).*|(?:media |press )?contacts?\b.*|"
    r"para (?:más|mayor) información.*|for (?:more|further) information.*|about (?:us|example).{0,40}|-?30-?|#{3,})\W*$",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
_REPLY = re.compile(r"^(?:(?:re|aw|fwd?|wg|rv|tr|enc)\s*:\s*)+", re.IGNORECASE)
LONG_LINE = 110  # characters: lines of a browser's text are paragraphs, shorter ones were broken by hand
PARAGRAPH = 90  # characters from which a block is a paragraph, whatever it ends in
FEWEST_WORDS = 8


def press(text: str, title: str = "", address: str = "") -> Article:
    """The article of a plain text; ``title`` where it is known, else it is the text's own first line."""
    head, paragraphs = _parted(_until_the_end(text))
    language = guess(" ".join(paragraphs))
    shown = next((found for line in head if (found := date_in(line, language))), None)
    named = [line for line in head if not is_chaff(line) and not is_date(line, language)]
    named = [line for line in named if line.casefold() != title.casefold()]
    publisher = _publisher(named, paragraphs) if len(named) > (0 if title else 1) else ""
    named = named[1:] if publisher else named
    if not title and named:
        title = named.pop(0)
    body = [one for one in paragraphs if not is_chaff(one) and one.casefold() != title.casefold()]
    article = Article(title or _first_sentence(body), (*named, *body), publisher, shown, "", language, address)
    return placed(article, first=True)


def message(data: bytes) -> tuple[Article, bool]:
    """The article of an e-mail: its subject is the title, its sender the publisher, unless its text says better."""
    found = email.message_from_bytes(data, policy=default)
    body = found.get_body(("plain", "html")) if isinstance(found, EmailMessage) else None
    text = _content(body) if isinstance(body, EmailMessage) else ""
    title = _REPLY.sub("", " ".join(str(found["subject"] or "").split()))
    asks = False
    if body is not None and body.get_content_subtype() == "html":
        article, asks = page(text)
        article = replace(article, title=title or article.title)
    else:
        article = press(_SIGNATURE.split(text)[0], title)
    sender = found["from"].addresses[0].display_name if found["from"] and found["from"].addresses else ""
    date = article.date or _sent(str(found["date"] or ""))
    return replace(article, publisher=article.publisher or sender, date=date), asks


def _content(body: EmailMessage) -> str:
    try:
        return str(body.get_content())
    except (LookupError, ValueError):  # a character set that nobody knows
        return bytes(body.get_payload(decode=True) or b"").decode("utf-8", "replace")


def _sent(written: str) -> PartialDate | None:
    try:
        day: dt.datetime = parsedate_to_datetime(written)
    except (ValueError, TypeError):
        return None
    return PartialDate(day.year, day.month, day.day)


def _until_the_end(text: str) -> str:
    """The text up to where a release says that it ends."""
    kept: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if _END.match(line) and len(" ".join(kept).split()) > FEWEST_WORDS:
            break
        kept.append(line)
    return "\n".join(kept)


def _parted(text: str) -> tuple[list[str], list[str]]:
    """The lines before the first paragraph, and the paragraphs."""
    head: list[str] = []
    paragraphs: list[str] = []
    for block in re.split(r"\n[ \t\u00a0]*\n", text):
        lines = [" ".join(line.split()) for line in block.split("\n") if line.strip()]
        if not paragraphs and not _is_paragraph(" ".join(lines)):
            head += lines
        else:
            paragraphs += _joined(lines)
    return head, paragraphs


def _joined(lines: list[str]) -> Iterator[str]:
    """The paragraphs of a block: one, unless its lines are so long that each is one."""
    if any(len(line) > LONG_LINE for line in lines[:-1]):
        yield from lines
    elif lines:
        yield " ".join(lines)


def _is_paragraph(block: str) -> bool:
    ends = block.rstrip("”\"'»’) ").endswith((".", "!", "?", "…"))
    return (
        len(block) >= PARAGRAPH or (ends and len(block.split()) >= FEWEST_WORDS) or bool(dateline(block, guess(block)))
    )


def _publisher(head: list[str], paragraphs: list[str]) -> str:
    """The name at the very top: in capitals there, as the text itself writes it; else one that the text names."""
    name = head[0]
    found = re.search(rf"\b{re.escape(name)}\b", " ".join(paragraphs), re.IGNORECASE)
    if found:
        return found[0]
    return name if name.isupper() else ""


def _first_sentence(paragraphs: list[str]) -> str:
    return re.split(r"(?<=[.!?])\s", paragraphs[0])[0] if paragraphs else ""
