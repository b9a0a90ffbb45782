"""A letter and what its author wrote -> everything that is not as it must be, each in a sentence.

The page is read by expat, which takes nothing that is not well-formed, once as browsers see it and once as Outlook does.
Words are compared without quotation marks, which are set anew by language, and without what only structures the text
part: bullets, strokes under headings, ``>`` and the numbers of lists. Of a link the address is said after its words.
"""

from __future__ import annotations

import datetime as dt
import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import reduce
from unicodedata import normalize
from xml.etree import ElementTree as ET

from newsletter.nouns.draft import PartialDate
from newsletter.words import Words
from tests.any.markdown import Prose
from tests.any.written import Line, Told, Written, as_read

WIDEST = 76
AN_AUTHORS = "[[aaaaaaaaaa-0]]"
"""Looks like one of our marks, but an author wrote it."""

_SLOT = re.compile(r"\[\[[0-9a-f]{10}-\d+\]\]")
_OURS = re.compile(rf"{_SLOT.pattern}|<!--section \d|<!--end of section")
_QUOTES = re.compile("[“”‘’«»‹›„‚\"'\u200e\u200f\u061c\u2066-\u2069]")  # and the marks that keep sides apart
_STRUCTURE = re.compile(r"[-=>*.,:|_#+~`]+|\d+[.)]")
_MARK = re.compile(r"(?:end)?kaya\d+x")
_VOID = re.compile(r"""<(meta|br|hr|img)\b((?:"[^"]*"|'[^']*'|[^"'<>])*?)/?>""")
_HIDDEN_FROM_OUTLOOK = re.compile(r"<!--\[if !mso\]><!-->.*?<!--<!\[endif\]-->", re.DOTALL)
_CONDITION = re.compile(r"<!--\[if (?:mso|mso \| IE|lte mso 11)\]>|<!\[endif\]-->")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_APART = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "div", "table", "caption", "tr", "td", "th", "ul", "ol", "li", "blockquote", "pre", "br", "hr", "body"}  # fmt: skip
_NO_BLOCKS_IN = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "a", "strong", "em", "span"}
_PARENTS = {"li": {"ul", "ol"}, "tr": {"table", "tbody", "thead"}, "td": {"tr"}, "th": {"tr"}, "caption": {"table"}, "tbody": {"table"}, "thead": {"table"}}  # fmt: skip

_DAY_OF_EVENT = ("event", "date")
_BUTTON = ("urgent-action", "button")
"""It opens an e-mail; the text part has the addresses and the letter. Nor is an alt seen: the text part says it where
there is no caption."""

Element = ET.Element


def tree(page: str, *, outlook: bool = False) -> Element:
    """The page read strictly. Raises ET.ParseError where it is not well-formed."""
    bare = (
        page.removeprefix("<!DOCTYPE html>")
        .replace(' xmlns="http://www.w3.org/1999/xhtml"', "", 1)
        .replace("&nbsp;", "&#160;")
        .replace("&zwnj;", "&#8204;")
    )
    if outlook:
        bare = _CONDITION.sub("", _HIDDEN_FROM_OUTLOOK.sub("", bare))
    return ET.fromstring(_VOID.sub(r"<\1\2/>", _COMMENT.sub("", bare)))  # noqa: S314 - our own page


def shape(root: Element) -> set[tuple[str, str]]:
    """Every tag with each of its attributes: what may stand in a letter is what stands in one without hostile text."""
    return {(one.tag, name) for one in root.iter() for name in ("", *one.attrib)}


def tokens(text: str) -> list[str]:
    """The words that are compared."""
    return [one for one in _QUOTES.sub("", text).split() if not _STRUCTURE.fullmatch(one)]


def said(text: str) -> str:
    """Every word, with one space between."""
    return " ".join(_QUOTES.sub("", text).split())


def words(text: str) -> str:
    """The words that are compared, with one space between."""
    return " ".join(tokens(text))


def seen(root: Element) -> str:
    """What a reader of the page sees, the address of a link after its words, as the text part says it."""
    return "".join(_seen(root))


def _seen(one: Element) -> Iterator[str]:
    tag = one.tag
    if tag in ("head", "style") or "display:none" in one.get("style", ""):
        yield one.tail or ""
        return
    inner = "".join((one.text or "", *(part for child in one for part in _seen(child))))
    if tag == "a" and inner.strip():
        inner = _linked(inner, one.get("href", ""))
    yield f"\n{inner}\n" if tag in _APART else inner
    yield one.tail or ""


def _linked(said: str, address: str) -> str:
    bare = address.removeprefix("mailto:")
    plain = address if "?" in bare else bare
    inside = address.startswith("#") or said.strip() in (address, bare)
    return said if inside else f"{said} <{plain}>"


def faults(
    page: str, text: str, written: Written, names: Mapping[str, str], allowed: set[tuple[str, str]], speaker: Words
) -> Iterator[str]:
    """What is wrong with a letter to a reader of this name."""
    try:
        views = [tree(page), tree(page, outlook=True)]
    except ET.ParseError as error:
        yield f"not well-formed: {error}"
        return
    for root in views:
        yield from _nesting(root)
        more = shape(root) - allowed
        if more:
            yield f"tags or attributes that no template writes: {sorted(more)}"
    yield from _of_page(page, views[0])
    yield from _of_text(reduce(lambda part, name: part.replace(name, "x" * len(name)), names.values(), text))
    yield from _links(views[0], text)
    parts = seen(views[0]), text
    yield from _words(parts, written.told, names)
    yield from _order(*parts, written.told)
    yield from _days(parts, written.days, speaker)
    yield from _alternatives(views[0], written.told)


def _nesting(root: Element) -> Iterator[str]:
    for parent in root.iter():
        for child in parent:
            if parent.tag in _NO_BLOCKS_IN and child.tag in _APART - {"br"}:
                yield f"<{child.tag}> stands in <{parent.tag}>"
            if child.tag in _PARENTS and parent.tag not in _PARENTS[child.tag]:
                yield f"<{child.tag}> stands in <{parent.tag}>"
        if parent.tag == "a" and parent.find(".//a") is not None:
            yield "a link stands in a link"


def _of_page(page: str, root: Element) -> Iterator[str]:
    if not page.startswith("<!DOCTYPE html><html"):
        yield "no doctype"
    if page.count("<!--[if") != page.count("<![endif]-->"):
        yield "conditions for Outlook are not balanced"
    left = [one.tag for one in root.iter() if one.tag.startswith("mj")]
    left += [one for one in re.findall(r'class="([^"]*)"', page) if "mj-" in re.sub(r"\bmj-(column|outlook)-", "", one)]
    left += [one for one in _OURS.findall(page) if one != AN_AUTHORS]
    if left:
        yield f"left over: {left}"
    if bad := _CONTROLS.search(html.unescape(page)):
        yield f"a control character in the page: {bad[0]!r}"
    for link in root.iter("a"):
        if not re.match(r"(https?://|mailto:|#)[^\s<>]+$", link.get("href", "")):
            yield f"a link leads to {link.get('href')!r}"


def _of_text(text: str) -> Iterator[str]:
    if left := [one for one in _SLOT.findall(text) if one != AN_AUTHORS]:
        yield f"left over in the text part: {left}"
    if bad := _CONTROLS.search(text) or re.search("\t", text):
        yield f"a control character in the text part: {bad[0]!r}"
    for line in text.split("\n"):
        if line != line.rstrip():
            yield f"spaces at the end of {line!r}"
        if columns(line) > WIDEST and not _one_word(line):
            yield f"{columns(line)} columns: {line!r}"


def columns(line: str) -> int:
    """How wide a line is in a window of text; what is East Asian takes two columns, an unseen mark or an accent none."""
    unseen = ("Cf", "Mn", "Me")
    seen = [one for one in line if unicodedata.category(one) not in unseen]
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in seen)


def _one_word(line: str) -> bool:
    """Whether nothing but one word that cannot be parted makes a line long."""
    seen = line.lstrip("\u200e\u200f")  # the unseen mark of a line's side
    return len(re.sub(r"^( |- |> |\d+\. |\S{1,24}: +)*", "", seen).split(" ")) == 1


def _links(root: Element, text: str) -> Iterator[str]:
    for link in root.iter("a"):
        address = link.get("href", "")
        if "&body=" in address or ("?subject=" in address and address.startswith("mailto:")):
            address = address.partition("?")[0]  # the letter and its subject stand there in words
        for one in address.removeprefix("mailto:").split(",") if address.startswith("mailto:") else [address]:
            if not address.startswith("#") and one not in text:
                yield f"the text part lacks the link {one}"


def _words(parts: tuple[str, str], told: Iterable[Told], names: Mapping[str, str]) -> Iterator[str]:
    whole, (page, text) = [said(part) for part in parts], [words(part) for part in parts]
    for one in told:
        shown = [bool(re.search(rf"\b{one.mark}\b", part)) for part in whole]
        if shown[0] != shown[1] and one.path[-1] != "alt" and one.path != _BUTTON:
            yield f"{'.'.join(one.path)} is shown in {'the page' if shown[0] else 'the text part'} only"
        elif all(shown) and isinstance(one.said, Prose):
            yield from _prose(page, text, one, one.said, names)
        elif all(shown):
            expected = said(as_read(one.said.whole(one.mark)))
            for where, part in zip(("page", "text part"), whole, strict=True):
                if expected not in part:
                    yield f"{'.'.join(one.path)} is not {expected!r} in the {where}: {_near(part, one.mark)!r}"


def _prose(page: str, text: str, one: Told, prose: Prose, names: Mapping[str, str]) -> Iterator[str]:
    found = [_between(where, one.mark) for where in (page, text)]
    if found[0] != found[1]:
        yield f"{'.'.join(one.path)} differs: {found[0]!r} in the page, {found[1]!r} in the text part"
    if prose.seen is None:
        return
    expected = words(reduce(lambda seen, name: seen.replace(*name), names.items(), normalize("NFC", prose.seen)))
    if found[0] != expected:
        yield f"{'.'.join(one.path)} is {found[0]!r}, not {expected!r}"


def _between(where: str, mark: str) -> str:
    found = re.search(rf"\b{mark}\b(.*?)\bend{mark}\b", where)
    return found[1].strip() if found else f"no end: {_near(where, mark)}"


def _near(where: str, mark: str) -> str:
    at = where.find(mark)
    return where[max(0, at - 40) : at + 120]


def _order(page: str, text: str, told: Iterable[Told]) -> Iterator[str]:
    """X8: what is read first in the one is read first in the other.

    A table's titles stand beside each cell in the text, and a caption stands below the title there, the picture being gone.
    """
    elsewhere = {"header", "caption", "credit"}
    marks = {one.mark for one in told if not elsewhere & set(one.path) and one.path != _BUTTON}
    in_page, in_text = ([one for one in _MARK.findall(where) if one in marks] for where in (page, text))
    rest = iter(in_text)  # the text part may name an ask twice: in the list at its top, and in its place
    if not all(one in rest for one in dict.fromkeys(in_page)):
        paths = {one.mark: ".".join(one.path) for one in told}
        yield f"not in the same order: {[[paths[one] for one in each] for each in (in_page, in_text)]}"


def _days(parts: tuple[str, str], days: Iterable[tuple[tuple[str, ...], str]], speaker: Words) -> Iterator[str]:
    """A date is what its author wrote, as the language says it, in both parts or in none; a last day is in both."""
    page, text = (said(part).casefold() for part in parts)
    for path, written in days:
        when = PartialDate(*map(int, written.split("-")))
        expected = [said(speaker.date(when)).casefold()] * 2
        if path == _DAY_OF_EVENT:  # large: the number, under it the month with its year, and the weekday
            lines = (str(when.day), speaker.date(PartialDate(when.year, when.month)), speaker.weekday(_whole(when)))
            expected[0] = said(" ".join(lines)).casefold()
        shown = [
            bool(re.search(rf"(?<!\w){re.escape(day)}(?!\w)", part))
            for day, part in zip(expected, (page, text), strict=True)
        ]
        if shown[0] != shown[1]:
            yield f"{'.'.join(path)}, {written}, is in {'the page' if shown[0] else 'the text part'} only"
        elif not shown[0] and (path == _DAY_OF_EVENT or path[1:] == ("until",)):
            yield f"{'.'.join(path)}, {written}, is nowhere: {expected[1]!r}"


def _whole(when: PartialDate) -> dt.date:
    return dt.date(when.year, when.month, when.day)


def _alternatives(root: Element, told: Iterable[Told]) -> Iterator[str]:
    """X3: the words of a picture for those who do not see it are the author's."""
    heard = [words(one.get("alt", "")) for one in root.iter("img")]
    for one in told:
        if one.path[-1] == "alt" and isinstance(one.said, Line):
            expected = words(as_read(one.said.whole(one.mark)))
            found = [alt for alt in heard if re.search(rf"\b{one.mark}\b", alt)]
            if any(expected not in alt for alt in found):
                yield f"alt is not {expected!r} but {found}"


def message_faults(data: bytes, subject: str, text: str) -> Iterator[str]:
    """What is wrong with a message as bytes; the strict policy raises at the first defect."""
    if re.search(rb"(?<!\r)\n|\r(?!\n)", data):
        yield "a bare line end"
    head, _, body = data.partition(b"\r\n\r\n")
    if not head.isascii():
        yield "a header is not ASCII"
    if max(map(len, body.split(b"\r\n"))) > WIDEST:
        yield "a line of the body is longer than 76"
    parsed = message_from_bytes(data, policy=policy.strict)
    if not isinstance(parsed, EmailMessage):
        raise TypeError
    if parsed["Subject"] != subject:
        yield f"the subject is {parsed['Subject']!r}, not {subject!r}"
    plain = parsed.get_body(("plain",))
    if plain is None or plain.get_content().replace("\r\n", "\n") != text:
        yield "the text part does not arrive as it left"
    for part in parsed.walk():
        if part.defects:
            yield f"defects: {part.defects}"
