"""Text with marks -> pieces and slots: what stands in for content that must not be parsed or is not known yet."""

from __future__ import annotations

import re

from newsletter.nouns.letter import Context, Pieces, Slot, SlotName

FIRST_NAME = re.compile(r"\{first_name(?:\|(?P<fallback>[^{}|\n]*))?\}")
"""The one slot that an author may write, in Markdown and in the subject."""

_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_TAG = re.compile(r"<[^<>]*\[\[[^<>]*>")


def cleaned(text: str) -> str:
    """The text without what no letter may hold: controls but line ends and tabs, surrogates, noncharacters."""
    return _UNFIT.sub("", text)


class Marks:
    """What stands behind the marks of one rendering. ``key`` must occur in no text that is rendered."""

    def __init__(self, key: str) -> None:
        self.key = key
        self._behind: list[str | Slot] = []
        self._numbers: dict[str | Slot, int] = {}
        self._in_tags: dict[str, str] = {}
        self._mark = re.compile(rf"\[\[{re.escape(key)}-(\d+)\]\]")

    def put(self, content: str | Slot, in_tag: str | None = None) -> str:
        """A mark that stands for this content; equal contents get the same mark. ``in_tag`` is what it says in a tag."""
        mark = self._put(content)
        if in_tag is not None and in_tag != content:
            self._in_tags[mark] = self._put(in_tag)
        return mark

    def _put(self, content: str | Slot) -> str:
        if content not in self._numbers:
            self._numbers[content] = len(self._behind)
            self._behind.append(content)
        return f"[[{self.key}-{self._numbers[content]}]]"

    def for_tags(self, markup: str) -> str:
        """The markup, in which each mark that stands within a tag now stands for what it says there."""
        if not self._in_tags:
            return markup
        return _TAG.sub(lambda tag: self._mark.sub(lambda mark: self._in_tags.get(mark[0], mark[0]), tag[0]), markup)

    def fill(self, text: str) -> str:
        """The text with each mark replaced by the words behind it; marks of slots stay."""
        return self._mark.sub(self._words, text)

    def pieces(self, text: str) -> Pieces:
        """The text taken apart at its slots. Every other mark has been filled before."""
        found: list[str | Slot] = []
        end = 0
        for mark in self._mark.finditer(text):
            slot = self._behind[int(mark[1])]
            if isinstance(slot, Slot):
                found += [text[end : mark.start()], slot]
                end = mark.end()
        found.append(text[end:])
        return tuple(piece for piece in found if piece != "")

    def _words(self, mark: re.Match[str]) -> str:
        behind = self._behind[int(mark[1])]
        return mark[0] if isinstance(behind, Slot) else behind


def first_name(context: Context, fallback: str | None, stranger: str) -> Slot:
    """The slot of a reader's first name; ``stranger`` is said where the author gave no other word."""
    return Slot(SlotName.FIRST_NAME, context, (fallback or "").strip() or stranger)


def subject_pieces(subject: str, context: Context, stranger: str) -> Pieces:
    """A subject taken apart at its name slots."""
    found: list[str | Slot] = []
    end = 0
    for slot in FIRST_NAME.finditer(subject):
        found += [subject[end : slot.start()], first_name(context, slot["fallback"], stranger)]
        end = slot.end()
    found.append(subject[end:])
    return tuple(piece for piece in found if piece != "")
