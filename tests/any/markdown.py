"""Hypothesis strategies for Markdown: whole documents whose visible words are known, and anything at all."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st

SAID_IN_ADDRESS = (
    "https://example.org/a?b=1&c=2",
    "https://example.org/é",
    "mailto:ana@example.org",
    "http://example.org/x_y_z",
)


@dataclass(frozen=True)
class Prose:
    """Markdown. ``seen`` holds its words as a reader sees them, an address after its link; None where nobody knows."""

    source: str
    seen: str | None = field(default=None)

    def whole(self, mark: str) -> str:
        """The text between two paragraphs that mark it; what it leaves open, such as a fence, swallows no word."""
        return f"{mark}\n\n{self.source}\n\nend{mark}"


Piece = tuple[str, str]
"""Source and visible words."""

_LETTERS = st.characters(codec="utf-8", categories=("Lu", "Ll", "Lo", "Nd"))
_WHOLE = ("👩\u200d👩\u200d👧", "🇵🇪", "مرحبا", "ñandú", "a\u00adb", "a\u200db", "12", "x1", "語言", "été")
_SIGNS = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
_word = st.one_of(st.sampled_from(_WHOLE), st.text(_LETTERS, min_size=1, max_size=8)).map(lambda word: (word, word))
_escaped = st.text(st.sampled_from(_SIGNS), min_size=1, max_size=5).map(
    lambda signs: ("a" + "".join(f"\\{one}" for one in signs) + "z", f"a{signs}z")
)
_code = st.sampled_from(("<b>x</b>", "{{ x }}", "[[island 0]]", "*a*", "&amp;", "</td>")).map(
    lambda c: (f"`` {c} ``", c)
)
_entity = st.sampled_from((("&amp;", "&"), ("&lt;b&gt;", "<b>"), ("&eacute;", "é"), ("&#8364;", "€")))
_name = st.sampled_from((("{first_name|amiga}", "{named}"), ("{first_name}", "{name}")))
_plain = st.one_of(_word, _word, _word, _escaped, _code, _entity, _name)
_flat = st.lists(_plain, min_size=1, max_size=4).map(
    lambda parts: (" ".join(one for one, _ in parts), " ".join(seen for _, seen in parts))
)


def _around(sign: str) -> st.SearchStrategy[Piece]:
    return _flat.map(lambda part: (f"{sign}a {part[0]} z{sign}", f"a {part[1]} z"))


def _linked(part: Piece, address: str) -> Piece:
    said = address.removeprefix("mailto:")
    return f"[a {part[0]} z]({address})", f"a {part[1]} z <{said.replace('é', '%C3%A9')}>"


_link = st.builds(_linked, _flat, st.sampled_from(SAID_IN_ADDRESS))
_image = st.builds(_linked, _word, st.sampled_from(SAID_IN_ADDRESS)).map(lambda part: (f"!{part[0]}", part[1]))
_broken = st.builds(
    lambda a, how, b: (f"{a[0]}{how}{b[0]}", f"{a[1]} {b[1]}"), _word, st.sampled_from(("\n", "\\\n", "  \n")), _word
)
_tongue = st.builds(
    lambda part, language: (f"[a {part[0]} z]{{lang={language}}}", f"a {part[1]} z"),
    _flat,
    st.sampled_from(("es", "ar", "fr", "qu", "pt-BR")),
)
_inline = st.one_of(_plain, _around("*"), _around("**"), _tongue, _link, _image, _broken)
_run = st.lists(_inline, min_size=1, max_size=4).map(
    lambda parts: ("a " + " ".join(one for one, _ in parts), "a " + " ".join(seen for _, seen in parts))
)


def _set_in(text: str, first: str, rest: str) -> str:
    return first + text.replace("\n", f"\n{rest}")


def _listed(items: list[Piece], sign: str) -> Piece:
    return "\n".join(_set_in(one, sign, " " * len(sign)) for one, _ in items), " ".join(seen for _, seen in items)


def _apart(parts: list[Piece]) -> Piece:
    return "\n\n".join(one for one, _ in parts), " ".join(seen for _, seen in parts)


_one_line = _run.filter(lambda part: "\n" not in part[0])
_heading = st.builds(lambda depth, part: (f"{'#' * depth} {part[0]}", part[1]), st.integers(1, 6), _one_line)
_fence = st.sampled_from(("<td>", "{{ x }}", "a  b\n\n   c", "[[island 0]]", "* x", "long " * 30)).map(
    lambda code: (f"```\n{code}\n```", code)
)
_rule = st.just(("***", ""))
_leaf = st.one_of(_run, _run, _heading, _fence, _rule)
_blocks = st.recursive(
    _leaf,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: _listed(parts, "- ")),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: _listed(parts, "7. ")),
        st.lists(inner, min_size=1, max_size=2).map(_apart).map(lambda part: (_set_in(part[0], "> ", "> "), part[1])),
    ),
    max_leaves=6,
)
KNOWN = st.lists(_blocks, max_size=4).map(_apart).map(lambda part: Prose(*part))
"""Documents whose visible words are known without reading Markdown."""


def any_markdown(words: st.SearchStrategy[str]) -> st.SearchStrategy[Prose]:
    """Documents whose words are known, and anything at all."""
    signs = st.sampled_from(
        ("\n", "\n\n", "\n    ", "\n- ", "\n1. ", "\n> ", "\n# ", "\n```\n", "\n---\n", "  \n", "[", "](", ")", "](https://example.org/x)", "]{lang=es}", "]{lang=ar}",
         "**", "*", "_", "![", "`", "<https://example.org/y>", "\n[a]: https://example.org/z 'T'\n", "[a]", "| a | b |\n|---|---|\n| c | d |\n",
         "\t", "&copy;", "&#x301;", "&nbsp;", "{first_name|a<b}", "\n" + "> " * 12, "\n" + "- " * 8)
    )  # fmt: skip
    anything = st.lists(st.one_of(words, signs), max_size=12).map("".join)
    return st.one_of(KNOWN, anything.map(Prose))
