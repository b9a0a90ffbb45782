"""Text of a YAML file -> Tree: every value a string, every key, value and character with its line and column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import yaml

from newsletter.nouns.draft import Path, nearest
from newsletter.nouns.problem import Place, Problem, Severity, Stretches, place_within
from newsletter.yaml_tree.places import Span, stretches
from newsletter.yaml_tree.quotes import instead, quoted_line, uncurled
from newsletter.yaml_tree.slips import FirstError, find_slip
from newsletter.yaml_tree.starts import Slip, dash_missing, odd_start
from newsletter.yaml_tree.text import FORBIDDEN, mend, name_of

CHECK = "yaml"
DEEPEST = 40
MOST_EVENTS = 100_000
MOST_REPAIRS = 20
PATIENCE = 3_000_000  # characters read anew in trying proposals: a second or so; an issue of 10,000 never gets there

Data = str | list["Data"] | dict[str, "Data"]


class Style(StrEnum):
    """How a value is written. An empty plain value is one that was left out: ``title:`` with nothing after it."""

    PLAIN = "plain"
    SINGLE = "single quotes"
    DOUBLE = "double quotes"
    LITERAL = "lines, kept"  # |
    FOLDED = "lines, joined"  # >
    BLOCK = "over several lines"  # a list with dashes, or names with values
    FLOW = "in brackets"  # [a list], or {names: with values}


_STYLES = {"'": Style.SINGLE, '"': Style.DOUBLE, "|": Style.LITERAL, ">": Style.FOLDED}


@dataclass(frozen=True, slots=True)
class Tree:
    """What stands in a YAML file. Every value has a place and a style under its path, every key a place.

    A span is where something begins and ends, quotes and brackets included. Of a text over several lines, and of a list
    or names over several lines, it is the parser's, which ends where the next thing begins; `extents` knows better.
    """

    file: str
    data: Data
    places: Mapping[Path, Place]
    keys: Mapping[Path, Place]
    styles: Mapping[Path, Style]
    stretches: Mapping[Path, Stretches]
    spans: Mapping[Path, Span] = field(repr=False)
    key_spans: Mapping[Path, Span] = field(repr=False)
    lines: tuple[str, ...] = field(repr=False)

    def place(self, path: Path = (), offset: int | None = None) -> Place:
        """Where a value starts, or one character of it; for what is not there, where the nearest thing around is."""
        start = nearest(self.places, path, self.file)
        return start if offset is None else place_within(self.stretches.get(path, ()), offset, start)

    def key(self, path: Path) -> Place:
        """Where the key of a value stands; for a member of a list, where the value starts."""
        return self.keys.get(path) or self.place(path)

    def left_out(self, path: Path) -> bool:
        """Whether nothing stands after the key: ``title:``."""
        return self.styles.get(path) is Style.PLAIN and path in self.places and not self.stretches.get(path)

    def quoted(self, path: Path) -> str:
        """The line of a value with the whole of what stands after its key in quotes; "" where that does not work."""
        place = self.place(path)
        return quoted_line(self.lines[place.line - 1], column=place.column - 1)


def read_tree(text: str, file: str) -> tuple[Tree | None, list[Problem]]:
    """Read YAML: a tree and perhaps warnings, or errors and None. Never raises."""
    tree, problems = read_what_can_be(text, file)
    wrong = any(problem.severity is Severity.ERROR for problem in problems)
    return (None if wrong else tree), problems


def read_what_can_be(text: str, file: str) -> tuple[Tree | None, list[Problem]]:
    """Read YAML with its slips mended for the time being, so that all that is wrong can be told at once.

    The tree is what the author most likely meant: good for finding more problems, not for anything else, unless
    there is no error among the problems.
    """
    text, problems = mend(text, file)
    seen: set[tuple[int, str]] = set()
    patient = _Patience()
    for _ in range(MOST_REPAIRS):
        reading = _Reading(file, text, patient)
        slip = reading.run()
        if slip is None:
            return reading.tree(), problems + reading.problems
        if (slip.line, slip.message) in seen:
            break
        seen.add((slip.line, slip.message))
        place = Place(file, slip.line + 1, slip.column + 1)
        problems.append(Problem(place, Severity.ERROR, CHECK, slip.message, slip.hint))
        if slip.mended is None:
            return None, problems + reading.problems
        text = slip.mended
    return None, problems


class _Stop(Exception):
    """The reading ends here; with a slip, it can begin again with the slip mended."""

    def __init__(self, slip: Slip | None = None) -> None:
        super().__init__()
        self.slip = slip


class _Patience:
    """Tries mended texts until enough has been read; from then on nothing seems to help, and the reading ends."""

    def __init__(self) -> None:
        self.left = PATIENCE

    def __call__(self, text: str) -> tuple[int, str] | None:
        self.left -= len(text)
        return first_error(text) if self.left >= 0 else (-1, "")


@dataclass(slots=True)
class _Open:
    """A list or a mapping that has begun and not yet ended."""

    path: Path
    value: list[Data] | dict[str, Data]
    key: str | None = None


class _Reading:
    """One walk over the events of a YAML file. The parser's own tree builder is recursive, and crashes on depth."""

    def __init__(self, file: str, text: str, first_error: FirstError) -> None:
        self.file = file
        self.first_error = first_error
        self.text = text
        self.lines = tuple(text.split("\n"))
        self.problems: list[Problem] = []
        self.data: Data | None = None
        self.places: dict[Path, Place] = {}
        self.keys: dict[Path, Place] = {}
        self.styles: dict[Path, Style] = {}
        self.stretches: dict[Path, Stretches] = {}
        self.spans: dict[Path, Span] = {}
        self.key_spans: dict[Path, Span] = {}
        self.open: list[_Open] = []
        self.last: yaml.Event | None = None

    def run(self) -> Slip | None:
        try:
            for event in events(self.text):
                self._take(event)
                self.last = event
        except _Stop as stop:
            return stop.slip
        except yaml.MarkedYAMLError as error:
            return find_slip(self.text, error, self.last, self.first_error)
        if self.data is None or (self.data == "" and self.styles[()] is Style.PLAIN):
            hint = "If something stood in it, put that back; an issue that nobody has begun can be deleted."
            self._error(Place(self.file), "The file is empty.", hint)
            self.data = None
        return None

    def tree(self) -> Tree | None:
        if self.data is None or self.open:
            return None
        spans = self.spans, self.key_spans
        return Tree(self.file, self.data, self.places, self.keys, self.styles, self.stretches, *spans, self.lines)

    def _take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.DocumentStartEvent) and self.data is not None:
            message = "A line of three dashes (---) begins a second document; a file holds only one."
            self._error(self._place(event), message, "Take the line out. In a text, write *** for a line across.")
            raise _Stop
        if isinstance(event, yaml.NodeEvent):
            self._refuse_specials(event)
            self._take_node(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            path = self.open.pop().path
            (line, column, *_), (*_, last, end) = self.spans[path], self._span(event)
            self.spans[path] = line, column, last, end

    def _take_node(self, event: yaml.NodeEvent) -> None:
        holder = self.open[-1] if self.open else None
        if holder is not None and isinstance(holder.value, dict) and holder.key is None:
            self._take_key(holder, event)
            return
        path = self._path(holder)
        self.places[path] = self._place(event)
        self.spans[path] = self._span(event)
        value: Data
        if isinstance(event, yaml.CollectionStartEvent):
            value = {} if isinstance(event, yaml.MappingStartEvent) else []
            self.styles[path] = Style.FLOW if event.flow_style else Style.BLOCK
            self._begin(_Open(path, value), event)
        else:
            value = self._scalar(path, event)
        self._put(holder, value)

    def _path(self, holder: _Open | None) -> Path:
        if holder is None:
            return ()
        return (*holder.path, len(holder.value) if holder.key is None else holder.key)

    def _put(self, holder: _Open | None, value: Data) -> None:
        if holder is None:
            self.data = value
        elif isinstance(holder.value, list):
            holder.value.append(value)
        elif holder.key is not None:
            holder.value[holder.key] = value
            holder.key = None

    def _begin(self, one: _Open, event: yaml.Event) -> None:
        if len(self.open) >= DEEPEST:
            message = f"Lists stand within lists more than {DEEPEST} deep here."
            self._error(self._place(event), message, "If these are brackets of a text, put the text in quotes.")
            raise _Stop
        self.open.append(one)

    def _take_key(self, holder: _Open, event: yaml.NodeEvent) -> None:
        if not isinstance(event, yaml.ScalarEvent):
            raise _Stop(self._bracket_for_name(event))
        number = self._span(event)[0]
        if slip := odd_start(self.lines, number):
            raise _Stop(slip)
        path = (*holder.path, event.value)
        if path in self.keys:
            first = self.keys[path].line
            begins_another = (
                bool(holder.path) and isinstance(holder.path[-1], int) and event.value in list(holder.value)[:1]
            )
            if begins_another and (slip := dash_missing(self.lines, number, event.value, first)):
                raise _Stop(slip)
            message = f"“{event.value}” stands twice; the first is in line {first}."
            self._error(self._place(event), message, "Keep one of them, or give one its right name.")
        holder.key = event.value
        self.keys[path] = self._place(event)
        self.key_spans[path] = self._span(event)

    def _bracket_for_name(self, event: yaml.NodeEvent) -> Slip:
        """``{{name}}`` is a mapping whose key is a mapping: to YAML, not to anyone who writes it."""
        line, column, _, _ = self._span(event)
        message = "Something in brackets stands where a name should stand."
        quotes = quoted_line(self.lines[line], column=column) or quoted_line(self.lines[line], column=column - 1)
        if not quotes:
            return Slip(line, column, message, "If it is the start of a text, put the text in quotes.", None)
        mended = "\n".join((*self.lines[:line], quotes, *self.lines[line + 1 :]))
        return Slip(
            line, column, f"{message} A text that starts with a bracket stands in quotes.", instead(quotes), mended
        )

    def _scalar(self, path: Path, event: yaml.NodeEvent) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            self.styles[path] = Style.PLAIN
            return ""
        style = self.styles[path] = _STYLES.get(event.style or "", Style.PLAIN)
        self.stretches[path] = stretches(self.lines, self._span(event), event.style or "", event.value)
        if style is Style.PLAIN:
            self._warn_of_swallowed(event)
            self._warn_of_curly(path, event)
        for found in FORBIDDEN.finditer(event.value):
            message = f"An invisible control character ({name_of(found[0])}) is written here with a backslash."
            self._error(self.place_in(path, found.start()), message, "Take it out, or write two backslashes.")
        return FORBIDDEN.sub(" ", event.value)

    def _warn_of_curly(self, path: Path, event: yaml.ScalarEvent) -> None:
        inner = uncurled(event.value)
        if inner != event.value:
            message = f"Readers will see the marks {event.value[0]} and {event.value[-1]}: they are not the straight ones of a keyboard."
            hint = (
                f'Type "{inner[:60]}" with straight ones; or, if readers shall see them, put straight ones around all.'
            )
            self.problems.append(Problem(self.places[path], Severity.WARNING, CHECK, message, hint))

    def place_in(self, path: Path, offset: int) -> Place:
        return place_within(self.stretches[path], offset, self.places[path])

    def _warn_of_swallowed(self, event: yaml.ScalarEvent) -> None:
        """`` #`` starts a comment: ``Case #1 x`` is silently cut to ``Case`` by every YAML parser.

        What looks like a comment is one: ``# `` after a single word, or after two spaces.
        """
        _, _, number, end = self._span(event)
        line = self.lines[number]
        rest = line[end:]
        lost = rest.lstrip()
        one_word = " " not in event.value and lost.startswith("# ")
        if not lost.startswith("#") or one_word or (rest.startswith("  ") and lost.startswith("# ")):
            return
        column = end + len(rest) - len(lost) + 1
        message = f"“{lost}” is not read: a # after a space starts a comment."
        mended = quoted_line(line, comment=True)
        quotes = instead(mended) if mended else "Put the whole text in quotes."
        hint = f"{quotes} Or, if it is a comment, put two spaces before the # and one after it."
        place = Place(self.file, number + 1, column)
        self.problems.append(Problem(place, Severity.WARNING, CHECK, message, hint))

    def _refuse_specials(self, event: yaml.NodeEvent) -> None:
        what = ""
        if isinstance(event, yaml.AliasEvent):
            what = "*"
        elif event.anchor is not None:
            what = "&"
        elif isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag is not None:
            what = "!"
        if what:
            line, column, _, _ = self._span(event)
            mended = quoted_line(self.lines[line], column=column)
            hint = instead(mended) if mended else "Take it out, or put the whole text in quotes."
            message = (
                f"A text that starts with {what} has to stand in quotes; alone it is a YAML command, not used here."
            )
            self._error(self._place(event), message, hint)

    def _place(self, event: yaml.Event) -> Place:
        line, column, _, _ = self._span(event)
        return Place(self.file, line + 1, column + 1)

    def _span(self, event: yaml.Event) -> Span:
        start, end = event.start_mark, event.end_mark
        if start is None or end is None:  # the types allow it; the C parser always says where it is
            return 0, 0, 0, 0
        last = len(self.lines) - 1  # what is left out at the end of a file "stands" one line after it
        return min(start.line, last), start.column, min(end.line, last), end.column

    def _error(self, place: Place, message: str, hint: str) -> None:
        self.problems.append(Problem(place, Severity.ERROR, CHECK, message, hint))


def events(text: str) -> Iterator[yaml.Event]:
    """The parser's events, as far as there are not too many. Raises yaml.MarkedYAMLError; never goes into recursion."""
    for number, event in enumerate(yaml.parse(text, Loader=yaml.CLoader)):
        if number > MOST_EVENTS:
            message = f"The file holds more than {MOST_EVENTS:,} names and texts; no issue does."
            raise _Stop(Slip(event.start_mark.line if event.start_mark else 0, 0, message, "Split it.", None))
        yield event


def first_error(text: str) -> tuple[int, str] | None:
    """The line (from 0) of the first thing that the parser cannot read, and its words; None where it can read all."""
    depth = 0
    try:
        for event in events(text):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                return None
    except yaml.MarkedYAMLError as error:
        return (error.problem_mark.line if error.problem_mark else 0), str(error.problem)
    except _Stop:
        return None
    return None
