"""MJML -> HTML by mrml: guarded before, mended after, and a refusal traced to the template that caused it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from mjml import mjml2html

from newsletter.rendering.lighten import lighten

_TAG = re.compile(r"<[a-zA-Z][^<>]*>")
_SINGLE_QUOTED = re.compile(r"='([^']*)'")
_TEXT = re.compile(r"(<mj-text\b(?:[^>]*[^/>])?>)(.*?)(</mj-text>)", re.DOTALL)
_LABEL = re.compile(r'( aria-label="[^"]*")? aria-roledescription="email"')  # the title again; an English word
_INDENT = re.compile(r"\n\s+")
_RISKY = {"Cc", "Cf", "Zl", "Zp", "Mn", "Mc", "Me"}


def islands(mjml: str) -> tuple[str, list[str]]:
    """Take what stands in each ``<mj-text>`` out; ``[[island N]]`` stays in its place. No line is indented any more."""
    taken: list[str] = []

    def take(found: re.Match[str]) -> str:
        taken.append(found[2].strip())
        return f"{found[1]}[[island {len(taken) - 1}]]{found[3]}"

    return _TEXT.sub(take, _INDENT.sub("\n", mjml)), taken


def put_back(html: str, styled: Sequence[str]) -> str:
    """Put the islands in, each into its place."""
    return re.sub(r"\[\[island (\d+)\]\]", lambda mark: styled[int(mark[1])], html)


def to_html(mjml: str, direction: str) -> str:
    """Lay MJML out. Raises ValueError where mrml refuses it (it cannot say where)."""
    html = mjml2html(guarded(mjml), disable_comments=True, fonts={})
    html = _LABEL.sub("", html.replace("<!doctype html>", "<!DOCTYPE html>", 1), count=1)
    html = lighten(html)
    if direction == "rtl":
        # mrml knows only one direction
        html = html.replace("text-align:left;direction:ltr", "text-align:right;direction:rtl")
        html = html.replace("direction:ltr", "direction:rtl")
        # GMX takes the attribute away (caniemail, html-dir), and keeps the style
        return html.replace(' dir="rtl" style="', ' dir="rtl" style="direction:rtl;', 1)
    return html.replace("direction:ltr;", "")


def refuses(mjml: str) -> bool:
    """Whether mrml refuses a piece that stands in the body."""
    try:
        mjml2html(f"<mjml><mj-body>{guarded(mjml)}</mj-body></mjml>", fonts={})
    except ValueError:
        return True
    return False


def guarded(mjml: str) -> str:
    """With every attribute as mrml prints it unharmed.

    It writes quotes, backslashes, controls, no-break, format and combining characters of an attribute as Rust would
    show them for debugging; as character references they pass.
    """
    return _TAG.sub(lambda tag: _guarded_tag(tag[0]), mjml)


def _guarded_tag(tag: str) -> str:
    straight = _SINGLE_QUOTED.sub(lambda value: '="' + value[1].replace('"', "&#34;") + '"', tag)
    if straight.isascii() and "\\" not in straight and straight.isprintable():
        return straight
    return "".join(_reference(one) for one in unicodedata.normalize("NFC", straight))


def _reference(one: str) -> str:
    if one in "\n\r\t":
        return " "
    if one == "\\" or unicodedata.category(one) in _RISKY or (unicodedata.category(one) == "Zs" and one != " "):
        return f"&#{ord(one)};"
    return one
