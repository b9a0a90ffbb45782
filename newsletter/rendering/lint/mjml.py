"""Source of an MJML template -> everything wrong with it: mrml itself passes unknown tags and values in silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from newsletter.drafting.meant import closest
from newsletter.nouns.problem import Severity
from newsletter.rendering.lint import css, html
from newsletter.rendering.lint.finding import Finding, Lines
from newsletter.rendering.lint.html import Told
from newsletter.rendering.lint.mjml_tags import CONTENT, TAGS, Tag, table
from newsletter.rendering.lint.nesting import Nesting
from newsletter.rendering.lint.scan import Attribute, Piece, scan
from newsletter.rendering.lint.values import HOLE, alternatives, wrong

ANYWHERE = "anywhere"
"""A template that others bring in: where its tags end up is not seen from here."""
LETTER = ""
"""The frame: the letter itself."""
IN_BODY = "mj-body"
"""A section: its tags stand in the letter's body."""

_SPECIAL = ("<!doctype", "<!DOCTYPE", "<?", "<![CDATA[")


def lands(name: str) -> str:
    """Where the tags of a template end up, by its name."""
    if name == "frame.mjml":
        return LETTER
    return IN_BODY if name.startswith("sections/") and name.endswith("/email.mjml") else ANYWHERE


@lru_cache(maxsize=256)
def lint(source: str, lands: str = ANYWHERE) -> tuple[Finding, ...]:
    """What is wrong with a template that ends up there; every tag must be closed in the Jinja block that opens it."""
    pieces = tuple(scan(source))
    reader = _Reader(source, pieces, lands)
    for piece in pieces:
        reader.read(piece)
    return reader.finish()


class _Reader:
    """Walks the tags of a template and notes what MJML does not know."""

    def __init__(self, source: str, pieces: tuple[Piece, ...], lands: str) -> None:
        self._found: list[Finding] = []
        self._lines = Lines(source)
        self._lands = lands
        self._nesting = Nesting(pieces, self._note)

    def read(self, piece: Piece) -> None:
        """The next piece."""
        if piece.kind == "open":
            self._told(self._tag(piece))
            self._nesting.open(piece)
        elif piece.kind == "close":
            self._nesting.close(piece)
        elif piece.kind == "block":
            self._nesting.block(piece)
        elif piece.kind == "text":
            self._told(self._words(piece))
        elif piece.kind == "slip":
            self._note(piece.at, f"{piece.text}.", "A < that is meant as such is written &lt;")
        else:
            self._told(self._aside(piece))

    def finish(self) -> tuple[Finding, ...]:
        """All that was found, in the order of the lines."""
        self._nesting.finish()
        return tuple(sorted(dict.fromkeys(self._found)))

    def _note(self, at: int, message: str, hint: str, severity: Severity = Severity.ERROR) -> None:
        self._found.append(Finding(*self._lines.place(at), message, hint, severity))

    def _told(self, told: Iterator[Told]) -> None:
        for one in told:
            self._note(*one)

    def _around(self) -> str:
        """The tag around, or where the template lands; ANYWHERE if that cannot be seen."""
        around = self._nesting.around
        return around[-1] if around else ANYWHERE if self._nesting.lands_elsewhere else self._lands

    def _content(self) -> str:
        """The tag of MJML around that holds HTML, words or styles; "" where there is none."""
        tags = table().tags
        return next((one for one in self._nesting.around if one in tags and tags[one].holds in CONTENT), "")

    def _tag(self, piece: Piece) -> Iterator[Told]:
        around, content, tags = self._around(), self._content(), table().tags
        if piece.text in tags:
            yield from _component(piece, around, content, html_around=around not in {*tags, ANYWHERE, LETTER})
        elif piece.text.lower() in tags:
            hint = f"Write <{piece.text.lower()}>."
            yield piece.at, f"<{piece.text}> is not known: tags of MJML have small letters.", hint, Severity.ERROR
        elif piece.text.lower().startswith(("mj-", "mj_", "mjml")):
            yield _unknown(piece)
        elif content or around == ANYWHERE or around not in {*tags, LETTER}:
            yield from self._html(piece, around, content)
        else:
            yield _misplaced(piece, around)

    def _html(self, piece: Piece, around: str, content: str) -> Iterator[Told]:
        holds = table().tags[content].holds if content else "html"
        if holds != "html":
            yield piece.at, f"<{content}> takes words only, not <{piece.text}>.", "Take the tag away.", Severity.ERROR
            return
        yield from html.tag(piece, (*self._nesting.around, around))
        if content != "mj-text":
            yield from _unquoted(piece, around)

    def _words(self, piece: Piece) -> Iterator[Told]:
        around, tags = self._around(), table().tags
        if around in ("mj-style", "style"):
            for found in css.sheet(piece.text, css.HEAD):
                line, column = self._lines.place(piece.at)
                moved = css.moved(found, line, column)
                yield self._lines.offset(moved.line, moved.column), moved.message, moved.hint, moved.severity
        elif piece.text.strip() and (around == LETTER or (around in tags and tags[around].holds not in CONTENT)):
            at = piece.at + len(piece.text) - len(piece.text.lstrip())
            where = f"directly in <{around}>" if around else "outside of any tag"
            yield at, f"words stand {where}.", "Put them into <mj-text>.", Severity.ERROR

    def _aside(self, piece: Piece) -> Iterator[Told]:
        """A comment or a declaration: mrml refuses some, and does not say where."""
        if piece.kind == "comment" and "--" in piece.text and self._content() != "mj-text":
            yield piece.at, "this comment holds -- , which ends it too early.", "Write it so: {# ... #}", Severity.ERROR
        elif piece.kind == "declaration" and piece.text.startswith(_SPECIAL):
            word = piece.text.split(maxsplit=1)[0].rstrip(">")
            yield piece.at, f"{word} may not stand in a template.", "Take it away.", Severity.ERROR


def _component(piece: Piece, around: str, content: str, *, html_around: bool) -> Iterator[Told]:
    tag, everywhere = table().tags[piece.text], table().everywhere
    defaults = around == "mj-attributes" and not content  # of a tag, of all of them, or a class
    if tag.refused:
        yield piece.at, f"<{tag.name}> is not used here: {tag.refused.why}.", tag.refused.instead, Severity.ERROR
        return
    if content or html_around:
        yield piece.at, f"<{tag.name}> cannot stand in <{content or around}>.", _way_out(tag), Severity.ERROR
    elif around not in (ANYWHERE, *(tag.inside or (LETTER,))) and not defaults:
        where = f"in <{around}>" if around else "at the top"
        yield piece.at, f"<{tag.name}> cannot stand {where}.", _way_out(tag), Severity.ERROR
    if defaults and tag.name in ("mj-all", "mj-class"):
        everywhere |= table().kinds.keys()
    yield from _attributes(piece, tag, everywhere)
    has = {one.name for one in piece.attributes}
    for name, hint in tag.required.items() if not defaults or tag.name == "mj-class" else ():
        if name not in has:
            yield piece.at, f"<{tag.name}> needs {name}.", hint, Severity.ERROR


def _attributes(piece: Piece, tag: Tag, everywhere: frozenset[str]) -> Iterator[Told]:
    known = {**dict.fromkeys(everywhere, "string"), **tag.attributes}
    for one in piece.attributes:
        if "{{" in one.name:
            continue
        if one.name not in known:
            yield (
                one.at,
                f"<{tag.name}> has no attribute “{one.name}”.",
                _attribute_meant(one.name, known),
                Severity.ERROR,
            )
        elif one.name in tag.useless:
            reason = tag.useless[one.name]
            yield one.at, f"“{one.name}” of <{tag.name}>: {reason.why}.", reason.instead, Severity.WARNING
        else:
            yield from _value(one, tag)
    yield from html.twice(piece)
    yield from _unquoted(piece, tag.name)


def _attribute_meant(name: str, known: Mapping[str, str]) -> str:
    """Such as ``colour``: color where the tag has it, else its background-color."""
    word = closest(name, sorted(known)) or closest(name, sorted(table().kinds))
    meant = sorted(one for one in known if word and word in one.split("-")) if word not in known else [word]
    return f"Did you mean “{'” or “'.join(meant)}”?" if meant else f"It has {', '.join(sorted(known))}."


def _value(one: Attribute, tag: Tag) -> Iterator[Told]:
    if one.value is None:
        yield one.at, f"“{one.name}” has no value.", f'Write  {one.name}="..."', Severity.ERROR
        return
    kinds = {tag.attributes[one.name]} if one.name in tag.attributes else table().kinds.get(one.name, frozenset())
    if kinds == {"address"}:
        yield from html.address(one.name, one.value, one.inside)
        return
    for way in alternatives(one.value):
        faults = [wrong(way, kind) for kind in sorted(kinds)]
        if faults and None not in faults and faults[0]:
            said, hint = faults[0]
            shown = way.replace(HOLE, "{{ }}")
            yield one.inside, f"“{one.name}” {said}, not “{shown}”.", hint, Severity.ERROR
            return


def _unquoted(piece: Piece, around: str) -> Iterator[Told]:
    """A value without quotation marks: mrml refuses it, and does not say where."""
    for one in piece.attributes:
        if not one.quoted and one.value is not None and around != ANYWHERE:
            hint = f'Write  {one.name}="{one.value}"'
            yield one.at, f"the value of “{one.name}” needs quotation marks.", hint, Severity.ERROR


def _unknown(piece: Piece) -> Told:
    known = sorted(name for name, tag in table().tags.items() if not tag.refused)
    close = closest(piece.text.lower(), known)
    hint = f"Did you mean <{close}>?" if close else f"There are {', '.join(known)}."
    return piece.at, f"there is no <{piece.text}> in MJML.", hint, Severity.ERROR


def _misplaced(piece: Piece, around: str) -> Told:
    """HTML where MJML belongs; it may be a tag of MJML without its mj-."""
    where = f"in <{around}>" if around else "at the top"
    tags = table().tags
    name = f"mj-{piece.text.lower()}"
    if name in tags and not tags[name].refused and around in tags[name].inside:
        return piece.at, f"<{piece.text}> cannot stand {where}.", f"Did you mean <{name}>?", Severity.ERROR
    if around in tags and tags[around].holds == TAGS:
        hint = "HTML belongs into <mj-text>."
    else:
        hint = f"<{around}> stands alone." if around else "A letter begins with <mjml>."
    return piece.at, f"<{piece.text}> cannot stand {where}.", hint, Severity.ERROR


def _way_out(tag: Tag) -> str:
    if not tag.inside:
        return "The letter as a whole is one <mjml>, in templates/frame.mjml."
    names = [name for name in tag.inside if not table().tags[name].refused]
    return f"It stands in <{'>, <'.join(names[:-1])}{'> or <' if len(names) > 1 else ''}{names[-1]}>."
