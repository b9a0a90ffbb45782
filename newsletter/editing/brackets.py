"""A list or names between brackets and what shall be in them -> cuts; commas and blanks as the author sets them."""

from __future__ import annotations

from collections.abc import Sequence

from newsletter.editing.source import Cut, Source
from newsletter.nouns.draft import Path
from newsletter.yaml_tree.extents import children

_Pieces = list[tuple[int, int]]


def pieces(source: Source, path: Path) -> _Pieces:
    """Where each part begins and ends in the text, a part with a name from its name on."""
    spans, names = source.tree.spans, source.tree.key_spans
    found = []
    for one in children(source.tree, path):
        line, column = names.get(one, spans[one])[:2]
        last, end = max(spans[one][2:], names.get(one, spans[one])[2:])
        found.append((source.at(line, column), source.at(last, end)))
    return found


def put_in(source: Source, path: Path, at: int, typed: str) -> list[Cut]:
    """One part more, as the ``at``-th."""
    found = pieces(source, path)
    if not found:
        line, column, _, _ = source.tree.spans[path]
        return [Cut(inside := source.at(line, column) + 1, inside, typed)]
    comma = _usual(source, found)
    if at == 0:
        return [Cut(found[0][0], found[0][0], typed + comma)]
    end = found[min(at, len(found)) - 1][1]
    return [Cut(end, end, comma + typed)]


def take_out(source: Source, path: Path, at: int) -> list[Cut]:
    """One part less, and one comma; a note beside another part stays."""
    found = pieces(source, path)
    begin, end = found[at]
    text = source.text
    if at and "#" not in text[found[at - 1][1] : begin]:
        return [Cut(found[at - 1][1], end, "")]
    if at == 0 and len(found) > 1 and "#" not in text[end : found[1][0]]:
        return [Cut(begin, found[1][0], "")]
    after = end + len(text[end:]) - len(text[end:].lstrip())
    end = after + 1 if text[after : after + 1] == "," else end
    return [_whole_line(source, Cut(begin, end, ""))]


def _whole_line(source: Source, found: Cut) -> Cut:
    """The cut with its line, where nothing else stands in it."""
    line = max(number for number, start in enumerate(source.starts[:-1]) if start <= found.start)
    start, stop = source.starts[line], source.starts[line + 1]
    around = source.text[start : found.start] + source.text[found.end : stop]
    return Cut(start, stop, "") if found.end <= stop and not around.strip() else found


def shift(source: Source, path: Path, at: int, to: int) -> list[Cut]:
    """Another order of the parts; what stands between them stays where it is."""
    found = pieces(source, path)
    texts = [source.text[begin:end] for begin, end in found]
    texts.insert(to, texts.pop(at))
    return _changed(source, found, texts)


def _changed(source: Source, found: _Pieces, texts: Sequence[str]) -> list[Cut]:
    return [
        Cut(begin, end, text) for (begin, end), text in zip(found, texts, strict=True) if source.text[begin:end] != text
    ]


def _usual(source: Source, found: _Pieces) -> str:
    """What stands between two parts."""
    between = source.text[found[0][1] : found[1][0]] if len(found) > 1 else ", "
    return between if "#" not in between and "," in between else ", "
