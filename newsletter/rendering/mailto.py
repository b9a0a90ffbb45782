"""Who is written to, subject and letter -> the mailto address that opens a reader's own e-mail with them (RFC 6068)."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote

from newsletter.languages import bare
from newsletter.rendering.markdown import to_plain
from newsletter.rendering.text import UNFOLDED
from newsletter.words import Words

LONGEST = 2000
"""Characters. Windows hands at most 2,083 from program to program (INTERNET_MAX_URL_LENGTH); past it nothing opens."""

_AS_IT_IS = "!(),:;@"


def mailto(words: Words, to: Iterable[str], subject: str, greetings: Iterable[str], letter: str) -> str:
    """The address; "" where none of ``to`` starts with mailto:, and without a letter (Markdown) that is too long."""
    boxes = [one.removeprefix("mailto:").partition("?")[0] for one in to if one.startswith("mailto:")]
    if not boxes:
        return ""
    body = to_plain(letter, words, UNFOLDED, name=lambda fallback: (fallback or "").strip())
    body, subject = bare(body), bare(subject)
    greeted = "\n".join(dict.fromkeys(bare(one) for one in greetings if one))
    whole = "\n\n".join(part for part in (greeted, body) if part)
    opening = f"mailto:{','.join(dict.fromkeys(box.replace('&', '%26') for box in boxes))}?subject={_encoded(subject)}"
    filled = f"{opening}&body={_encoded(whole)}"
    return filled if len(filled) <= LONGEST else opening


def _encoded(text: str) -> str:
    """Lines end with CR LF there (RFC 6068 §5)."""
    return quote(text.replace("\n", "\r\n"), safe=_AS_IT_IS)
