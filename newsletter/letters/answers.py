"""A reader's name, leave link and picture addresses -> answers that are safe wherever a slot stands."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from newsletter.nouns.letter import Answer, Context, Slot, SlotName

_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
# Embeddings, overrides and isolates would turn round the text that follows; a name needs none of them.
_HARMLESS = re.compile(r"[A-Za-z0-9:/._=-]+(?: [A-Za-z0-9:/._=-]+)*")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def reader_answers(recipient_name: str, leave_url: str, picture_address: Callable[[str], str]) -> Answer:
    """Answers for one reader, escaped by context; ``picture_address`` says where the picture of that name is."""

    def answer(slot: Slot) -> str:
        if slot.name is SlotName.PICTURE:
            return escape(picture_address(slot.picture), slot.context)
        if slot.name is SlotName.LEAVE_URL:
            return escape(leave_url, slot.context)
        return escape(recipient_name if recipient_name.strip() else slot.fallback, slot.context)

    return answer


def escape(text: str, context: Context) -> str:
    """A value made safe for its context: one line, no control characters, in HTML no markup (CWE-79, CWE-93)."""
    if _HARMLESS.fullmatch(text):
        return text  # most names and links, in one look
    safe = one_line(_TURNS.sub("", text))
    if context in (Context.HTML_TEXT, Context.HTML_ATTRIBUTE):
        return html.escape(safe, quote=context is Context.HTML_ATTRIBUTE)
    return safe


def one_line(text: str) -> str:
    """Text without line breaks, control characters and lone surrogates; a space stands where they stood."""
    return _BREAKS.sub(" ", text).strip() if _BREAKS.search(text) else text.strip()
