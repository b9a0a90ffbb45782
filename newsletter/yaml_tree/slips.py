"""What the YAML parser stumbled over -> Slip: what is wrong in plain words, and the line as it should be.

The parser says "did not find expected alphabetic character"; a volunteer needs "put the text in quotes". Each rule
looks at one line near the place of the stumble and proposes that line mended. A proposal counts only when the
parser gets further with it, so that no advice is given that does not help.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import yaml

from newsletter.yaml_tree.quotes import PARTS, QUOTES, instead, parted, quoted, quoted_line, quoted_parts
from newsletter.yaml_tree.starts import Advice, Slip, indent_of, odd_dash, odd_space, spaces, tab, with_advice

FirstError = Callable[[str], tuple[int, str] | None]
"""Text -> the line (from 0) where the parser first stumbles, with its own words; None where it does not."""

_KEY = re.compile(r"\s*(?:- +)*[^\W\d][\w-]*:(?:\s|$)")
_GLUED = re.compile(r"\s*(?:- +)*[^\W\d][\w-]*:(?=[^ \t\n/])")  # a no-break space is none to YAML
_DASHED = re.compile(r"\s*-(?=[^\s-])")
_EMPTY_KEY = re.compile(r"\s*(?:- +)*[^\W\d][\w-]*:\s*")
_APOSTROPHE = re.compile(r"'(?:tis|twas|em|n|\d\ds)\b", re.IGNORECASE)
_BAD_ESCAPE = re.compile(r"\\(?![0abtnvfre\"/\\N_LP \t]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})")
_BACKSLASH = re.compile(r"(?<!\\)\\(?=\w)")
_BLOCK_HEAD = re.compile(r"[|>][+-]?\d?[+-]?")
_WIDE_COLON = re.compile(r"\s*(?:- +)*[^\W\d][\w-]*\s*(?=：)")
_NO_COLON = re.compile(r"(\s*(?:- +)?[^\W\d][\w-]*)(?:\s*[=;]\s*|\s+(?=[\"“]))(\S.*)")
_SPECIAL = "@`%*&!|>,-?#[{]}"


Rule = Callable[[Sequence[str], int], Iterator[Advice]]


def find_slip(text: str, error: yaml.MarkedYAMLError, last: yaml.Event | None, first_error: FirstError) -> Slip:
    """The slip behind a parser's error; ``last`` is the last event before it."""
    lines = text.split("\n")
    mark = error.problem_mark
    at = min(mark.line if mark else 0, len(lines) - 1)
    if not_yaml := _no_issue_at_all(lines):
        return Slip(0, 0, not_yaml, _LIKE_THIS, None)
    near = [at, *((error.context_mark.line,) if error.context_mark else ())]
    near += [last.start_mark.line] if last is not None and last.start_mark else []
    near += [at - 1]
    numbers = list(dict.fromkeys(number for number in near if 0 <= number < len(lines)))
    found: Slip | None = None
    for number, advice in _proposals(lines, numbers):
        mended = with_advice(lines, number, advice)
        then = first_error(mended)
        slip = Slip(number, advice.column, advice.message, advice.hint, mended)
        if then is None or then[0] > at:
            return slip
        if found is None and _gets_further(then, number, (at, str(error.problem))):
            found = slip
    return found or Slip(at, mark.column if mark else 0, _UNCLEAR, _LOOK_AROUND, None)


def _proposals(lines: Sequence[str], numbers: Sequence[int]) -> Iterator[tuple[int, Advice]]:
    for rule in _RULES:
        for number in numbers:
            yield from ((number, advice) for advice in rule(lines, number))


_LIKE_THIS = 'An issue is written as names and values, such as:  subject: "Peru: an amnesty"'
_UNCLEAR = "Here the file cannot be read further."
_LOOK_AROUND = (
    "Look at this line and the one above it: a name is followed by a colon and a space, the parts of a section stand "
    "exactly under one another, and a text with unusual characters stands in quotes."
)


def _gets_further(error: tuple[int, str], number: int, before: tuple[int, str]) -> bool:
    """Whether the parser stumbles over something else in the same line: it may hold two slips."""
    return error[0] == before[0] and (number < before[0] or error[1] != before[1])


def _no_issue_at_all(lines: Sequence[str]) -> str:
    if next((line for line in lines if line.strip()), "").lstrip().lower().startswith(("<!doctype", "<html", "<?xml")):
        return "This is a web page, not an issue file."
    outer = [line for line in lines if line.strip() and line[0] not in " \t#-`"]
    named = sum(bool(_KEY.match(line) or _GLUED.match(line)) for line in outer)
    if named * 2 < len(outer):
        return "This is not an issue file: most of its lines have no name and colon before the text."
    return ""


def _value(line: str) -> tuple[int, str]:
    """The column and the text of what stands after a line's key or dash."""
    found = parted(line)
    if not found or not found["head"].strip():
        return 0, ""
    return found.start("value"), found["value"]


def _fence(lines: Sequence[str], number: int) -> Iterator[Advice]:
    """What a chat puts around a file that one copies from it."""
    if lines[number].strip().startswith("```"):
        others = tuple(
            (other, "") for other, line in enumerate(lines) if line.strip().startswith("```") and other != number
        )
        message = "These three marks (```) were copied along with the text and do not belong to it."
        yield Advice(0, message, "Delete this line, and the one like it at the end.", "", others)


def _colon_forgotten(lines: Sequence[str], number: int) -> Iterator[Advice]:
    if found := _NO_COLON.fullmatch(lines[number]):
        name = found[1].lstrip(" -")
        line = f"{found[1]}: {found[2]}"
        for mended in (line, quoted_line(line)):
            if mended:
                yield Advice(found.end(1), f"After the name “{name}” a colon is missing.", instead(mended), mended)


def _quote_left_open(lines: Sequence[str], number: int) -> Iterator[Advice]:
    column, value = _value(lines[number])
    if value[:1] not in QUOTES or not value or _closed(value):
        return
    message = f"The quotation mark that opens here ({value[0]}) is not closed in this line."
    if _APOSTROPHE.match(value):
        line = quoted_line(lines[number])
        yield Advice(column, message, instead(line), line)
    line = lines[number].rstrip().removesuffix("”" if value[0] == '"' else "’") + value[0]
    yield Advice(column, message, instead(line), line)


def _closed(value: str) -> bool:
    rest = value[1:].replace("''", "") if value[0] == "'" else re.sub(r"\\.", "", value[1:])
    return value[0] in rest


def _quotes_within(lines: Sequence[str], number: int) -> Iterator[Advice]:
    column, value = _value(lines[number])
    if len(value) < 3 or value[0] not in QUOTES or value[0] not in value[1:-1]:  # noqa: PLR2004 - "" and a letter
        return
    mark, inner = value[0], value[1:-1]
    outer = value[-1] == mark and not (inner[inner.index(mark) + 1 :][:1] or " ").isspace()
    text = inner if outer else value
    head = lines[number][:column]
    message = f"Text stands both in and after quotation marks ({mark}); the whole of it has to stand in one pair."
    line = head + quoted(text)
    yield Advice(column, message, instead(line), line)


def _bracket_left_open(lines: Sequence[str], number: int) -> Iterator[Advice]:
    column, value = _value(lines[number])
    for opening, closing in ("[]", "{}"):
        missing = value.count(opening) - value.count(closing)
        if value.startswith(opening) and missing > 0:
            line = lines[number].rstrip() + closing * min(missing, 9)
            yield Advice(column, f"The bracket {opening} that opens here is not closed.", instead(line), line)


def _parts(lines: Sequence[str], number: int) -> Iterator[Advice]:
    """``image: {file: a.png, alt: A woman: in Lima}``: the texts need quotes, not the whole."""
    if line := quoted_parts(lines[number]):
        message = "Between { and } a text with a colon, a comma or a bracket has to stand in quotes."
        yield Advice(_value(lines[number])[0], message, instead(line), line)


def _special_start(lines: Sequence[str], number: int) -> Iterator[Advice]:
    column, value = _value(lines[number])
    if not value or value[0] not in _SPECIAL or _BLOCK_HEAD.fullmatch(value) or PARTS.fullmatch(value):
        return
    line = quoted_line(lines[number])
    message, hint = f"A text that starts with {value[0]} has to stand in quotes.", instead(line)
    if value[0] in "|>":
        message = f"After {value[0]} the text begins in the next line."
        hint = (
            f"Put “{value[1:].strip()[:40]}” into the next line, two spaces further right than its name."
            f" Or, if the {value[0]} belongs to the text, type instead: {line.strip()}"
        )
    yield Advice(column, message, hint, line)
    if value[0] in "|>":  # where more lines follow
        yield Advice(column, message, hint, lines[number][: column + 1])


def _backslash(lines: Sequence[str], number: int) -> Iterator[Advice]:
    found = _BAD_ESCAPE.search(lines[number])
    if found:
        message = "In double quotes a backslash means something special; a plain one is written twice."
        for every in (_BACKSLASH, _BAD_ESCAPE):  # of a Windows path every one is meant as it stands
            line = every.sub(r"\\\\", lines[number])
            yield Advice(found.start(), message, instead(line), line)


def _colon(lines: Sequence[str], number: int) -> Iterator[Advice]:
    column, value = _value(lines[number])
    found = re.search(r":(?=\s|$)", value)
    if found and value[0] not in QUOTES + "{[":
        line = quoted_line(lines[number])
        message = "A colon stands in the text, and so YAML takes what comes before it for a name."
        yield Advice(column + found.start(), message, f"Put the text in quotes. {instead(line)}", line)


def _glued(lines: Sequence[str], number: int) -> Iterator[Advice]:
    for pattern, what in ((_GLUED, "the colon"), (_DASHED, "the dash")):
        if found := pattern.match(lines[number]):
            line = f"{lines[number][: found.end()]} {lines[number][found.end() :].lstrip()}"
            yield Advice(found.end() - 1, f"After {what} a space is missing.", instead(line), line)


def _wide_colon(lines: Sequence[str], number: int) -> Iterator[Advice]:
    if found := _WIDE_COLON.match(lines[number]):
        line = f"{found[0].rstrip()}: {lines[number][found.end() + 1 :].lstrip()}"
        yield Advice(found.end(), "This colon is one of another script (：).", instead(line), line)


def _text_without_bar(lines: Sequence[str], number: int) -> Iterator[Advice]:
    """Several lines of text under ``body:``, without the bar that says so."""
    if _KEY.match(lines[number]) or lines[number].lstrip().startswith("- "):
        return
    above = number - 1
    while above >= 0 and (not lines[above].strip() or indent_of(lines[above]) >= indent_of(lines[number])):
        above -= 1
    if above < 0:
        return
    column, value = _value(lines[above])
    if value and value[0] not in QUOTES + _SPECIAL and " #" not in lines[above]:
        line = lines[above][:column] + "|"
        message = (
            f"This line belongs to the text in line {above + 1}, but a text of several lines has to be marked as one."
        )
        hint = f"Write {line.strip()} in line {above + 1}, and the whole text below it, each line under the other."
        yield Advice(indent_of(lines[number]), message, hint, lines[number], ((above, line),))
    elif _EMPTY_KEY.fullmatch(lines[above]):
        line = lines[above].rstrip() + " |"
        message = (
            "This line has no name before a colon, as it stands in a text of several lines that is not marked as one."
        )
        hint = f"Put a bar (|) after the name in line {above + 1}. {instead(line)}"
        yield Advice(indent_of(lines[number]), message, hint, lines[number], ((above, line),))


def _dash_forgotten(lines: Sequence[str], number: int) -> Iterator[Advice]:
    """A section's first line without its dash: it begins as the others began, and stands under their dashes."""
    line = lines[number]
    here = indent_of(line)
    for above in reversed(lines[:number]):
        if indent_of(above) == here and above.lstrip().startswith("- "):
            if above.lstrip()[2:].partition(":")[0] == line.strip().partition(":")[0]:
                mended = f"{line[:here]}- {line.lstrip()}"
                yield Advice(
                    here, "A new part of the list begins here, but its dash is missing.", instead(mended), mended
                )
            return


def _misplaced(lines: Sequence[str], number: int) -> Iterator[Advice]:
    """A line that stands a little too far to the left or to the right."""
    line = lines[number]
    if not line.strip():
        return
    here = indent_of(line)
    before = [_starts(other) for other in reversed(lines[:number]) if other.strip()]
    wanted = list(dict.fromkeys(start for starts in before[:60] for start in starts))
    for indent in sorted((one for one in wanted if one != here), key=lambda one: abs(one - here)):
        moved = " " * indent + line.lstrip()
        message = f"This line starts after {spaces(here)}; what it belongs to starts after {spaces(indent)}."
        hint = "Lines that belong together start exactly under one another."
        yield Advice(here, message, f"{hint} Type {spaces(indent)} before: {line.strip()}", moved)


def _starts(line: str) -> tuple[int, ...]:
    """The columns where what stands in a line may be continued: at its dash, and after it."""
    indent = indent_of(line)
    dash = re.match(r"(?:- +)+", line[indent:])
    return (indent + dash.end(), indent) if dash else (indent,)


def _comment_broken(lines: Sequence[str], number: int) -> Iterator[Advice]:
    """The second line of a comment without its #."""
    line = lines[number]
    above = next((other for other in reversed(lines[:number]) if other.strip()), "")
    if above.lstrip().startswith("#") and line.strip() and not _KEY.match(line):
        mended = f"{above[: indent_of(above)]}# {line.strip()}"
        message = (
            "This line has no name before a colon; after a line that starts with # it looks like more of that comment."
        )
        yield Advice(indent_of(line), message, instead(mended), mended)


def _nameless(lines: Sequence[str], number: int) -> Iterator[Advice]:
    line, word = lines[number], lines[number].strip()
    if not word or _KEY.match(line) or (word.startswith("- ") and number + 1 < len(lines) and indent_of(line)):
        return
    column = indent_of(line)
    if re.fullmatch(r"[^\W\d][\w-]*", word):
        yield Advice(column, f"After the name “{word}” a colon is missing.", f"Type instead: {word}:", line + ":")
    above = next((other for other in range(number - 1, -1, -1) if _KEY.match(lines[other])), None)
    if above is None:
        return
    if " #" in lines[above] and (joined := quoted_line(f"{lines[above].rstrip()} {word}", comment=True)):
        message = f"The # in line {above + 1} ends its text, so that this line belongs to nothing."
        yield Advice(column, message, f"Put the text in quotes. {instead(joined)}", "", ((above, joined),))
    moved = " " * (max(_starts(lines[above])) + 2) + word
    message = "This line has no name before a colon."
    hint = "If it belongs to the text above, start it two spaces further right than the name of that text."
    yield Advice(column, message, hint, moved)
    yield Advice(column, message, hint, moved, ((above, lines[above].rstrip() + " |"),))


_RULES: tuple[Rule, ...] = (
    odd_space,
    odd_dash,
    _fence,
    tab,
    _bracket_left_open,
    _parts,
    _special_start,
    _quote_left_open,
    _quotes_within,
    _backslash,
    _glued,
    _wide_colon,
    _colon,
    _colon_forgotten,
    _text_without_bar,
    _comment_broken,
    _nameless,
    _dash_forgotten,
    _misplaced,
)
