"""Section types -> hypothesis strategies for whole issues as an author may write them, and what she wrote in YAML.

The strategies are made from the types' own fields, by kind: a new section type is covered by itself. Every text bears a
mark, a word such as ``kaya7x`` that nothing else holds, by which it is found again in the letter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any
from unicodedata import normalize

from hypothesis import strategies as st

from newsletter.drafting.fields import PARTS
from newsletter.nouns.draft import Field, Kind, SectionType
from newsletter.yaml_tree.text import FORBIDDEN
from tests.any.markdown import Prose, any_markdown

HOSTILE = (
    *("<", ">", "&", "&amp;", "&#60;", '"', "'", "\\", "|", "`", "*", "_", "#", "[", "]", "]]", "%", "--", "://", "- "),
    *("{{ 7*7 }}", "{% if x %}", "{{", "}}", "{#", "#}", "{", "}", "{0}", "{date}", "{first_name|you}", "%s", "$1", "\\1"),
    *("[[island 0]]", "[gap-0]", "[[0]]", "[[aaaaaaaaaa-0]]", "*|X|*", "%recipient.x%", "[% u %]", "<% x %>", "{{{x}}}"),
    *("<!--section 1-->", "<!--end of section-->", "<!--", "-->", "<!--[if mso]>", "<![endif]-->", "<![CDATA[", "]]>"),
    *("</td>", "</mj-text>", "</mjml>", "<mj-raw>", "</title>", "</style>", "<script>alert(1)</script>", "<b onclick=x>"),
    *("javascript:alert(1)", '" onmouseover="x', "' style='x", "</a>", "<br/>", "<p>", "http://a.example/", "a@b.example"),
    *("no\u00a0break", "soft\u00adhyphen", "a\u200db", "a\u200bb", "x\u0301", "x\u0338", "\u0301", "\u202eturned", "\u2066in\u2069"),
    *("👩\u200d👩\u200d👧\u200d👦", "🇵🇪", "❤\ufe0f", "مرحبا بكم", "שלום", "ليما 12", "ñandú", "Ł", "語" * 40, "\ufeff", "\ue000", "\ufdd0"),
    *("\ud7ff", "\ue001", "\U0010fffd", "a" * 90, "so-called " * 12, "£1,200", "12.", "3)", "“curly”", "«x»", "rock 'n' roll", '"said"'),
)  # fmt: skip
SPOILT = (
    "",
    "javascript:x",
    "https://",
    "a b",
    "https://exa mple.org",
    "\u0007",
    "\u0000",
    "\u0085",
    "\u009f",
    "\u2028",
    "\u001b[0m",
    "\u007f",
    "\ufffe",
    "\r",
)
"""Nothing at all, no address, controls and other line ends, written raw: some are mended, the others refused with a
Problem. They stand in one text of some issues only: what is refused is no letter, and shows nothing more."""

CHARACTERS = st.characters(
    codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters="\ufffe\uffff"
)
WORDS = st.one_of(st.sampled_from(HOSTILE), st.text(CHARACTERS, min_size=1, max_size=12))

URLS = (
    "https://example.org/page",
    "http://example.org",
    "https://bücher.example/ñ?a=%C3%B1&b=1",
    "https://example.org/a(b)c'd;e,f!g",
    "https://example.org/?q=[[0]]&t={{x}}&u=*|X|*&v=%zz",
    "https://example.org/{first_name|y}",
    "https://example.org/#part",
    "mailto:minister@example.org",
    "mailto:ministra@example.org?subject=a%20b&body=c",
    "https://example.org/" + "long/" * 40,
    "https://user@example.org:8443/",
)


TONGUES = ("es", "ar", "qu")
"""Languages of pages beside the one whose language is not said: ``url_es``."""


class Way(Enum):
    """How a text is written in YAML."""

    DOUBLE = "double"
    SINGLE = "single"
    LITERAL = "literal"


@dataclass(frozen=True)
class Line:
    """A text of one line: its mark stands before it or after it; without one it may also be nothing at all."""

    text: str
    way: Way = Way.DOUBLE
    place: str = "before"

    def whole(self, mark: str) -> str:
        """The text with its mark."""
        bare = self.text if self.text.strip() else "x"
        return {"before": f"{mark} {self.text}", "after": f"{self.text} {mark}", "none": bare}[self.place]


@dataclass(frozen=True)
class Issue:
    """An issue as its author wrote it: subject and preheader, and one section or several."""

    subject: Line
    preheader: Line
    sections: tuple[tuple[SectionType, Mapping[str, Any]], ...]
    spoilt: tuple[int, str] | None = None
    """Which of its texts is spoilt, and by what."""


def lines() -> st.SearchStrategy[Line]:
    """Any text of one line."""
    joined = st.builds(lambda parts, by: by.join(parts), st.lists(WORDS, max_size=5), st.sampled_from((" ", "", "  ")))
    places = st.sampled_from(("before", "after", "before", "after", "before", "none"))
    return st.builds(Line, joined, st.sampled_from(tuple(Way)), places)


def value_of(one: Field) -> st.SearchStrategy[Any]:
    """Any value of a field, by its kind; the language of a source is one of those that there are."""
    return (
        st.sampled_from(("es", "fr", "ar", "qu", "pt-BR")).map(_bare)
        if one.name == "language"
        else _BY_KIND[one.kind](one)
    )


def _parts(fields: tuple[Field, ...]) -> st.SearchStrategy[Mapping[str, Any]]:
    needed = {one.name: value_of(one) for one in fields if one.required}
    others = {one.name: value_of(one) for one in fields if not one.required}
    pages = {f"{one.name}_{tongue}": value_of(one) for one in fields if one.kind is Kind.URL for tongue in TONGUES}
    return st.fixed_dictionaries(needed, optional=others | pages)


def _rows(fields: tuple[Field, ...]) -> st.SearchStrategy[Any]:
    return st.lists(_parts(fields), min_size=1, max_size=3)


def _picture(_: Field) -> st.SearchStrategy[Any]:
    said = {"caption": lines(), "credit": lines()}
    file = st.sampled_from(("wide.png", "tall.jpg", "wide.png", "gone.png"))
    return st.fixed_dictionaries({"file": file, "alt": lines()}, optional=said)


_DATES = st.dates().map(str)
_PARTS = WORDS.map(lambda word: re.sub(r"[\s<>\"\\\ufeff]", "", word))
_URLS = st.one_of(st.sampled_from(URLS), st.builds("https://example.org/{}".format, _PARTS))
_BY_KIND: dict[Kind, Callable[[Field], st.SearchStrategy[Any]]] = {
    Kind.TEXT: lambda _: lines(),
    Kind.MARKDOWN: lambda _: any_markdown(WORDS),
    Kind.URL: lambda _: _URLS.map(_bare),
    Kind.DATE: lambda _: _DATES.map(_day),
    Kind.PARTIAL_DATE: lambda _: st.builds(lambda day, size: Day(day[:size]), _DATES, st.sampled_from((4, 7, 10))),
    Kind.TIME: lambda _: st.times().map("{:%H:%M}".format),
    Kind.NUMBER: lambda _: st.integers(0, 10**9 - 1).map(str),
    Kind.FLAG: lambda _: st.sampled_from(("yes", "no")),
    Kind.CLOSED: lambda _: st.one_of(st.sampled_from(("yes", "no", "unsure")), _DATES),
    Kind.CHOICE: lambda one: st.sampled_from(one.choices),
    Kind.PICTURE: _picture,
    Kind.SOURCES: lambda _: _rows(PARTS[Kind.SOURCES]),
    Kind.PEOPLE: lambda _: _rows(PARTS[Kind.PEOPLE]),
    Kind.ROWS: lambda one: _rows(one.fields),
}


@dataclass(frozen=True)
class Bare:
    """A value that bears no mark: an address."""

    text: str


def _bare(text: str) -> Bare:
    return Bare(text)


@dataclass(frozen=True)
class Day:
    """A date, as far as it is known: ``2025-06``. It is found again as the language says it."""

    text: str

    def __str__(self) -> str:
        """As it is written."""
        return self.text


def _day(text: str) -> Day:
    return Day(text)


def section_of(kind: SectionType) -> st.SearchStrategy[tuple[SectionType, Mapping[str, Any]]]:
    """Any section of a type."""
    return st.tuples(st.just(kind), _parts(kind.fields))


def issues(*kinds: SectionType) -> st.SearchStrategy[Issue]:
    """Any issue with one section of each of these types."""
    spoilt = st.tuples(st.integers(1, 6), st.sampled_from(SPOILT))
    seldom = st.sampled_from(range(16)).flatmap(lambda dice: spoilt if dice == 15 else st.none())
    return st.builds(Issue, lines(), lines(), st.tuples(*map(section_of, kinds)), seldom)


@dataclass(frozen=True)
class Told:
    """One text of an issue: the way to it, its mark, and what was written."""

    path: tuple[str, ...]
    mark: str
    said: Line | Prose


class Written:
    """An issue as a YAML file, and every text in it under its mark."""

    def __init__(self, issue: Issue) -> None:
        self.told: list[Told] = []
        self.days: list[tuple[tuple[str, ...], str]] = []
        self.refusable = False
        self._spoilt, self._texts = issue.spoilt, 0
        head = [
            f"subject: {self._line(issue.subject, ('subject',), 2)}",
            f"preheader: {self._line(issue.preheader, ('preheader',), 2)}",
            "send_on: 2025-07-04",
            "sections:",
        ]
        parts = [f"- type: {kind.name}\n{self._names(values, (kind.name,), 2)}" for kind, values in issue.sections]
        self.yaml = "\n".join([*head, *parts]) + "\n"

    def _names(self, values: Mapping[str, Any], path: tuple[str, ...], indent: int) -> str:
        said = (f"{' ' * indent}{name}:{self._value(one, (*path, name), indent + 2)}" for name, one in values.items())
        return "\n".join(said)

    def _value(self, value: Any, path: tuple[str, ...], indent: int) -> str:
        if isinstance(value, Mapping):
            return "\n" + self._names(value, path, indent)
        if isinstance(value, list):
            rows = (self._names(row, path, indent + 2).lstrip(" ") for row in value)
            return "".join(f"\n{' ' * indent}- {row}" if row else f"\n{' ' * indent}- {{}}" for row in rows)
        if isinstance(value, Line):
            return " " + self._line(value, path, indent)
        if isinstance(value, Prose):
            mark = self._mark(path, value)
            return " " + self._quoted(value.whole(mark), Way.LITERAL, indent)
        if isinstance(value, Day):
            self.days.append((path, value.text))
        if isinstance(value, Bare):
            return " " + self._quoted(value.text, Way.DOUBLE, indent)
        return f" {value}"

    def _line(self, line: Line, path: tuple[str, ...], indent: int) -> str:
        return self._quoted(line.whole(self._mark(path, line)), line.way, indent)

    def _mark(self, path: tuple[str, ...], said: Line | Prose) -> str:
        mark = f"kaya{len(self.told)}x"
        self.told.append(Told(path, mark, said))
        return mark

    def _quoted(self, text: str, way: Way, indent: int) -> str:
        self._texts += 1
        if self._spoilt is not None and self._spoilt[0] == self._texts:
            self.refusable, by = True, self._spoilt[1]
            text = by if by.isprintable() else f"{text} {by}"
        if way is Way.LITERAL and re.match(r"\S", text) and not FORBIDDEN.search(text) and "\r" not in text:
            return "|-\n" + "\n".join(f"{' ' * indent}{line}" if line else "" for line in text.split("\n"))
        if way is Way.SINGLE and "\n" not in text:
            return "'" + text.replace("'", "''") + "'"
        escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
        return f'"{escaped}"'


def as_read(text: str) -> str:
    """What a reader is to see of a text of one line: on one line, composed, without what no letter may hold."""
    text = re.sub("[\x80-\x9f]", lambda found: found[0].encode("latin-1").decode("cp1252", "ignore") or " ", text)
    return normalize("NFC", re.sub("[\ufdd0-\ufdef]", "", " ".join(text.replace("\t", " ").split("\n"))))
