"""An element of what was copied -> what a clipboard adds to a page: comments and marks of footnotes, lines in boxes."""

from __future__ import annotations

import re

from lxml import etree

from newsletter.drafting.adopt.not_content import names, why_not

COMMENT, FOOTNOTE, DELETED = "a comment", "a mark of a footnote", "deleted text"
_COMMENT = re.compile(r"mso-element:\s*comment(?:-list)?\b", re.IGNORECASE)
_COMMENT_CLASS = re.compile(r"\b(?:MsoCommentReference|msocomanchor|msocomtxt|CommentStart|CommentHighlight\w*Icon)\b")
_NOTE = re.compile(r"mso-(?:foot|end)note-id", re.IGNORECASE)
_NOTE_CLASS = re.compile(r"\bsd(?:foot|end)note(?:anc|sym)\b|\bMso(?:Foot|End)noteReference\b|\bfootnote-ref\b")
_NOTE_AIM = re.compile(r"#(?:_?(?:ftn|edn)|sd(?:foot|end)note|ftnt|cite_note|fn\b|fn\d|footnote)", re.IGNORECASE)
_NOTE_WORDS = re.compile(r"\s*(?:[\[(]?\s*(?:\w{1,4}|[*†‡§]{1,3})\s*[\])]?)?\s*")
_INDENTED = re.compile(r"border\s*:\s*(?:none|0)|margin[^;]*40px", re.IGNORECASE)
_QUOTED = re.compile(r"\bgmail_quote\b|\bcite\b", re.IGNORECASE)


def why_not_copied(element: etree._Element) -> str:
    """Why an element is no content of what was copied; "" where it is."""
    style, tag = element.get("style") or "", str(element.tag)
    if _COMMENT.search(style) or _COMMENT_CLASS.search(names(element)):
        return COMMENT
    if tag == "del":
        return DELETED
    if tag in {"a", "span", "sup"} and _is_note_mark(element, style):
        return FOOTNOTE
    return why_not(element)


def _is_note_mark(element: etree._Element, style: str) -> bool:
    known = _NOTE.search(style) or _NOTE_CLASS.search(names(element)) or _NOTE_AIM.match(element.get("href") or "")
    return bool(known and _NOTE_WORDS.fullmatch("".join(element.itertext())))


def is_quotation(element: etree._Element) -> bool:
    """Whether somebody else's words stand in it; mail programs set their own text in by the same element."""
    cited = _QUOTED.search(f"{names(element)} {element.get('type') or ''}")
    return element.tag == "blockquote" and bool(cited or not _INDENTED.search(element.get("style") or ""))


def has_lines(parent: etree._Element) -> bool:
    """Whether the boxes in an element are lines, as mail programs write them: one that is empty parts paragraphs."""
    return any(child.tag == "div" and _is_blank(child) for child in parent) or "gmail" in names(parent)


def _is_blank(element: etree._Element) -> bool:
    return not "".join(element.itertext()).strip() and any(True for _ in element.iter("br"))


def sign_of(picture: etree._Element) -> str:
    """What a picture in running text stands for, where it is a sign that could be typed: 🙂."""
    alt = (picture.get("alt") or "").strip()
    return alt if 0 < len(alt) <= 8 and not any(one.isalnum() or one.isascii() for one in alt) else ""  # noqa: PLR2004 - code points of a flag or a family
