"""Facts and the newsletter's look -> the closing report as one HTML page that needs nothing from elsewhere."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from newsletter.ceremony.report.facts import SAID, Facts
from newsletter.ceremony.report.spans import between, hour, lasted
from newsletter.nouns.draft import Look
from newsletter.rendering.palette import font_stack, palette

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""Nothing runs, nothing is loaded, nothing is sent."""


def page(facts: Facts, look: Look) -> bytes:
    """The whole page."""
    fonts = Markup(font_stack(look))  # noqa: S704 - of a closed list
    shown = _template().render(
        facts=facts,
        said=SAID,
        colours=palette(look),
        fonts=fonts,
        policy=POLICY,
        hour=hour,
        lasted=lasted,
        between=between,
    )
    return shown.encode()


@cache
def _template() -> Template:
    folder = FileSystemLoader(str(Path(__file__).resolve().parent), encoding="utf-8")
    made = Environment(loader=folder, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters["marked"] = _marked
    return made.get_template("page.html")


def _marked(words: str) -> Markup:
    """Words in which what is to be typed stands between backticks: there it is set as such, and no ``--word`` is broken."""
    parts = words.split("`")
    return Markup("").join(_typed(one) if at % 2 else one for at, one in enumerate(parts))


def _typed(command: str) -> Markup:
    words = Markup(" ").join(Markup("<span>{}</span>").format(word) for word in command.split(" "))
    return Markup("<code>{}</code>").format(words)
