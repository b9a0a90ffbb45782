"""An article -> a draft section as YAML: its first sentences to be rewritten, what was said in it offered apart."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator

from newsletter.drafting.clip.article import Article
from newsletter.drafting.clip.findings import figures, named
from newsletter.drafting.clip.voices import voices
from newsletter.texts.short_forms import ends_short
from newsletter.yaml_tree.write import WIDTH, in_double_quotes

TO_REWRITE = "TO REWRITE"
"""What stands before another's words; a check looks for it."""
_HINT = "(these are another's words; say it in your own, then take this line out)"
_SENTENCE = re.compile(r"(?<=[.!?…。؟])[”\"'»’)]*\s+(?=[^\sa-zß-öø-ÿ])")
ENOUGH, MOST = 25, 70  # words of a summary
_ODD_START = re.compile(r"^\s*(?:[-+*>#=|~]|\d+[.)])", re.MULTILINE)
_MARKS = re.compile(r"([\\*_`\[\]<])")
MOST_LISTED = 12


def draft(article: Article, kept: str, *, indent: int = 2, language: str = "") -> str:
    """The lines of a ``news`` section; ``kept`` is the file of its source, ``language`` that of the issue."""
    lines = [f"# {line}" for line in _remarks(article, kept)]
    lines += ["- type: news", f"  title: {in_double_quotes(article.title)}"]
    lines += [f"  date: {article.date}"] if article.date else []
    lines += [f"  place: {in_double_quotes(article.place)}"] if article.place else []
    lines += ["  body: |", f"    {TO_REWRITE} {_HINT}", "", *(f"    {line}" for line in _wrapped(summary(article)))]
    lines += ["  sources:", *_source(article, language)]
    lines += [f"  # {line}" for line in _offered(article)]
    return "".join(f"{' ' * indent}{line}\n" if line else "\n" for line in lines)


def summary(article: Article) -> str:
    """The leading sentences of an article, as many as make a short paragraph."""
    said: list[str] = []
    for sentence in _sentences(article.text):
        words = sum(len(one.split()) for one in said)
        if said and (words >= ENOUGH or words + len(sentence.split()) > MOST):
            break
        said.append(sentence)
    return " ".join(said)


def _sentences(text: str) -> Iterator[str]:
    begun = ""
    for piece in (one for paragraph in text.split("\n\n") for one in _SENTENCE.split(paragraph)):
        begun = f"{begun} {piece}".strip()
        if not ends_short(begun, 0, len(begun)):
            yield begun
            begun = ""
    if begun:
        yield begun


def _remarks(article: Article, kept: str) -> Iterator[str]:
    by = f", {article.publisher}" if article.publisher else ""
    yield from textwrap.wrap(
        f"From “{article.title}”{by}. Kept in {kept}.", WIDTH, break_long_words=False, break_on_hyphens=False
    )
    if not article.date:
        yield "It does not say when it was published: add the date."


def _source(article: Article, language: str) -> Iterator[str]:
    yield f"    - title: {in_double_quotes(article.title)}"
    if article.publisher:
        yield f"      publisher: {in_double_quotes(article.publisher)}"
    if article.address:
        yield f"      url: {in_double_quotes(article.address)}"
    if article.date:
        yield f"      date: {article.date}"
    if article.language and language and article.language != language:
        yield f"      language: {article.language}"


def _offered(article: Article) -> Iterator[str]:
    """What may be of use, as comments: who says what, which figures, which names."""
    said = list(voices(article.paragraphs))
    if said:
        yield "In their own words, to choose from:"
        for one in said:
            by = one.speaker or "it does not say who"
            yield from _listed(f"“{one.text}” ({by})", bullet=True)
    for heading, found in (("Figures", figures(article)), ("Names", named(article))):
        if found:
            yield from _listed(f"{heading}: {'; '.join(_some(found))}")


def _some(found: tuple[str, ...]) -> Iterable[str]:
    more = len(found) - MOST_LISTED
    return [*found[:MOST_LISTED], f"and {more} more"] if more > 0 else found


def _listed(text: str, *, bullet: bool = False) -> list[str]:
    first, later = ("- ", "  ") if bullet else ("", "  ")
    return textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=later, break_long_words=False)


def _wrapped(text: str) -> list[str]:
    """A paragraph in lines, its Markdown marks made harmless; in one line where a break would make a list of it."""
    plain = _MARKS.sub(r"\\\1", text)
    lines = textwrap.wrap(plain, WIDTH, break_long_words=False, break_on_hyphens=False)
    if _ODD_START.search("\n".join(lines[1:])):
        lines = [plain]
    return [re.sub(r"^(\s*)([-+*>#=|~])", r"\1\\\2", line) for line in lines]
