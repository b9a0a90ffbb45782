"""An issue of twelve sections from its file to HTML and text, beside npm mjml and react-email, as ratios of medians.

    make bench

The issue is July's, with sections of the sample's other months after its own. Ours: the file read and checked, and
turned into HTML and text (Markdown, layout, inlining, text part, slots, digest), pictures already scaled: once with
every text new in each round, once as a preview paints again what it has painted before; and mrml alone on the very
MJML that npm mjml is given. npm mjml is given that MJML and nothing else to do. react-email renders the same words,
headings, pictures, links and buttons written the way of its own examples; it has no Outlook code and no text part of
its own (its toPlainText is timed as "HTML and text"). Each in its own process, after warming up, in turns; a ratio is
the median over turns of the peer's median to ours. The second table says where our time goes, by Python's profiler.
Peers are installed here, from package.json, without a lock file.
"""

from __future__ import annotations

import cProfile
import datetime as dt
import json
import pstats
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch

from mjml import mjml2html
from rich.console import Console
from rich.table import Table

from newsletter.drafting.profile import read_profile
from newsletter.drafting.read import read
from newsletter.drafting.types import read_types
from newsletter.nouns.draft import Edition, PartialDate, Picture, Profile, Section, Source, Value
from newsletter.nouns.letter import Rendered
from newsletter.rendering.mjml import guarded, islands
from newsletter.rendering.render import render
from newsletter.rendering.shelf import Shelf
from newsletter.rendering.slots import Marks
from newsletter.words import read_words
from newsletter.workspace import Workspace

ROOT = Path(__file__).resolve().parent.parent
PEERS = Path(__file__).resolve().parent / "peers"
TURNS, ROUNDS, WARMUP = 5, 40, 15


def main() -> None:
    """Install the peers if need be, take turns, print the tables."""
    install()
    _, profile, shelf = july()
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder), profile, replace(shelf, languages=("en",)))
        edition = desk.read()
        page, document = direct_mjml(edition, profile, shelf), json.dumps(document_of(edition, profile, shelf))
        turns = [turn(desk, page, document) for _ in range(TURNS)]
        show(turns)
        show_where_it_goes(desk)


def install() -> None:
    """Put the peers into ``peers/node_modules``, at the versions of ``package.json``."""
    wanted = json.loads((PEERS / "package.json").read_text("utf-8"))["dependencies"]
    if all((PEERS / "node_modules" / name).is_dir() for name in wanted):
        return
    print("Installing the peers, once.", file=sys.stderr)
    quiet = ["--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts", "--silent"]
    subprocess.run(["npm", "install", *quiet], cwd=PEERS, check=True)


def july() -> tuple[Edition, Profile, Shelf]:
    """The July issue, read."""
    workspace = Workspace(ROOT)
    types, _ = read_types(workspace)
    profile, _ = read_profile(workspace.profile, ROOT)
    edition, problems = read(workspace.issues / "2025-07.yaml", types, root=ROOT, language="en")
    assert profile is not None, "the sample profile cannot be read"
    assert edition is not None, problems
    return edition, profile, Shelf(workspace, types, languages=("en", "es"))


SECTIONS = 12
OTHER_MONTHS = ("2025-06", "2025-05", "2025-04", "2024-12", "2024-09", "2024-08", "2024-06")


class Desk:
    """An issue of twelve sections in a file of its own; ``once`` does what is timed."""

    def __init__(self, folder: Path, profile: Profile, shelf: Shelf) -> None:
        self._profile, self._shelf = profile, shelf
        self._root = folder
        self._path = folder / "2025-07.yaml"
        self._text = twelve()
        self._path.write_text(self._text, "utf-8")

    def write_anew(self) -> None:
        """Save the issue with a word of its own in every text, so that nothing of it was seen before."""
        said = f" Round {next(_NUMBERS)}."
        self._path.write_text(re.sub(r"(?m)^( {6,}\S.*[.])$", rf"\1{said}", self._text), "utf-8")

    def read(self) -> Edition:
        """The file, read and checked."""
        edition, problems = read(self._path, self._shelf.types, root=self._root, language="en")
        assert edition is not None, [str(problem) for problem in problems]
        return edition

    def once(self) -> Rendered:
        """From the file to HTML and text."""
        return render(self.read(), self._profile, self._shelf)[0]


def twelve() -> str:
    """The July issue's file, with sections of other months after its own, each ask once."""
    head, chosen = in_sections("2025-07")
    for month in OTHER_MONTHS:
        chosen += [one for one in in_sections(month)[1] if "type: letter" not in one and not asked_in(one, chosen)]
    return head + "sections:\n" + "".join(chosen[:SECTIONS])


def in_sections(month: str) -> tuple[str, list[str]]:
    """An issue's file taken apart: what stands before its sections, and each of them."""
    head, _, body = (ROOT / "issues" / f"{month}.yaml").read_text("utf-8").partition("sections:\n")
    return head, re.split(r"(?m)^(?=  - type: )", body)[1:]


def asked_in(section: str, others: list[str]) -> bool:
    """Whether a section's id stands in another one too."""
    found = re.search(r"(?m)^    id: .*$", section)
    return found is not None and any(found[0] in other for other in others)


def direct_mjml(edition: Edition, profile: Profile, shelf: Shelf) -> str:
    """Our MJML with the author's text in its place, as somebody who feeds a compiler directly would have it."""
    pages: list[str] = []
    marks: list[Marks] = []

    def keep_page(page: str) -> tuple[str, list[str]]:
        pages.append(page)
        return islands(page)

    def keep_marks(key: str) -> Marks:
        marks.append(Marks(key))
        return marks[-1]

    with patch("newsletter.rendering.mjml.islands", keep_page), patch("newsletter.rendering.render.Marks", keep_marks):
        render(edition, profile, shelf)
    return marks[-1].fill(pages[-1])


def document_of(edition: Edition, profile: Profile, shelf: Shelf) -> dict[str, Any]:
    """The edition as plain data for a renderer in another language."""
    words = read_words(shelf.workspace, edition.language)
    facts = profile.organisation
    return {
        "language": edition.language,
        "subject": edition.subject,
        "preheader": edition.preheader,
        "masthead": next(iter(profile.countries.values())).name.into(edition.language),
        "sections": [section_of(section, edition.language) for section in edition.sections],
        "footer": [profile.title.into(edition.language), words.month(edition.issue), facts.legal, facts.postal_address],
    }


def section_of(section: Section, language: str) -> dict[str, Any]:
    """A section's words, pictures and links."""
    values = section.values
    sources = [one for one in values.get("sources", ()) if isinstance(one, Source)]  # type: ignore[union-attr]  # a list of its kind
    rows = [row for row in values.get("items", ()) if isinstance(row, dict)]  # type: ignore[union-attr]  # a list of its kind
    when = values.get("date") or values.get("until")
    picture = values.get("image")
    return {
        "label": section.type.label.into(language),
        "detail": str(when) if isinstance(when, dt.date | PartialDate) else "",
        "title": section.title,
        "standfirst": values.get("standfirst"),
        "bodies": [str(values[name]) for name in ("body",) if name in values]
        + [f"**{row['topic']}** {row['text']}" for row in rows],
        "url": values.get("url"),
        "button": values.get("button"),
        "image": {"file": picture.file, "alt": picture.alt, "caption": picture.caption, "credit": picture.credit}
        if isinstance(picture, Picture)
        else None,
        "sources": [{"title": one.title, "url": one.url, "publisher": one.publisher} for one in sources],
    }


def turn(desk: Desk, page: str, document: str) -> dict[str, float]:
    """One turn of everybody: medians in milliseconds, and the sizes of what came out in bytes."""
    first = timed(desk.once, desk.write_anew)
    again = timed(desk.once)
    reading = timed(desk.read, desk.write_anew)
    engine = timed(lambda: mjml2html(guarded(page), fonts={}))
    mjml, react = peer("mjml.mjs", page), peer("react.mjs", document)
    html = desk.once().html
    return {
        "ours": first,
        "again": again,
        "reading": reading,
        "mrml": engine,
        "mjml skip": statistics.median(mjml["times"]["skip"]),
        "mjml soft": statistics.median(mjml["times"]["soft"]),
        "react html": statistics.median(react["times"]["html"]),
        "react text": statistics.median(react["times"]["text"]),
        "bytes ours": float(sum(len(piece.encode()) for piece in html if isinstance(piece, str))),
        "bytes mjml": float(mjml["bytes"]),
        "bytes react": float(react["bytes"]),
    }


_NUMBERS = count()


def anew(edition: Edition, number: int) -> Edition:
    """The edition with a word of its own in every text, so that nothing of it was seen before."""
    word = f" Round {next(_NUMBERS)}-{number}."
    sections = tuple(replace(section, values=_anew(section.values, word)) for section in edition.sections)
    return replace(edition, sections=sections)


def _anew(values: Mapping[str, Value], word: str) -> dict[str, Value]:
    changed: dict[str, Value] = {**values}
    for name in ("body", "standfirst", "text"):
        if isinstance(text := values.get(name), str):
            changed[name] = text.rstrip() + word
    rows = values.get("items")
    if isinstance(rows, tuple):
        changed["items"] = tuple(_anew(row, word) for row in rows if isinstance(row, Mapping))
    return changed


def timed(job: Callable[[], object], before: Callable[[], object] = lambda: None) -> float:
    """Milliseconds, the median of the rounds after warming up; ``before`` is done first each time, and not timed."""
    times = []
    for _ in range(WARMUP + ROUNDS):
        before()
        start = time.perf_counter()
        job()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times[WARMUP:])


def peer(script: str, given: str) -> dict[str, Any]:
    """A peer's own measurements."""
    command = ["node", script, str(ROUNDS), str(WARMUP)]
    said = subprocess.run(command, cwd=PEERS, input=given, capture_output=True, text=True, check=True, encoding="utf-8")
    found: dict[str, Any] = json.loads(said.stdout)
    return found


def show(turns: list[dict[str, float]]) -> None:
    """The table: median milliseconds, and each peer's time as a multiple of ours."""
    table = Table("what", "median ms", "times ours", "times mrml alone", "bytes of HTML")
    rows = [
        ("ours, file to HTML and text, every text new", "ours", "bytes ours"),
        ("ours, file to HTML and text, painted again", "again", "bytes ours"),
        ("ours, of that reading and checking the file", "reading", ""),
        ("mrml alone, our MJML", "mrml", ""),
        ("npm mjml, validation skipped, same MJML", "mjml skip", "bytes mjml"),
        ("npm mjml, validation soft, same MJML", "mjml soft", "bytes mjml"),
        ("react-email, HTML", "react html", "bytes react"),
        ("react-email, HTML and text", "react text", "bytes react"),
    ]
    for name, key, size in rows:
        ratios = [f"{statistics.median(one[key] / one[base] for one in turns):.1f}" for base in ("ours", "mrml")]
        median = f"{statistics.median(one[key] for one in turns):.2f}"
        table.add_row(name, median, *ratios, f"{turns[0][size]:,.0f}" if size else "")
    Console(width=110).print(table)


STAGES = {
    "/drafting/": "reading: our fields",
    "/pydantic": "reading: pydantic",
    "/yaml": "reading: YAML",
    "/markdown_it/": "Markdown",
    "/mdurl/": "Markdown",
    "rendering/markdown.py": "Markdown",
    "rendering/text.py": "text part",
    ".txt": "templates of the text part",
    ".mjml": "templates of the HTML",
    "/jinja2/": "Jinja2's own",
    "/markupsafe/": "Jinja2's own",
    "rendering/layout.py": "Jinja2's own",
    "mjml": "mrml, its guard, fewer bytes",
    "rendering/lighten.py": "mrml, its guard, fewer bytes",
    "rendering/inline.py": "styles",
    "rendering/styles.py": "styles",
    "/premailer/": "styles",
}


def show_where_it_goes(desk: Desk) -> None:
    """Shares of the time of each stage, every text new; functions of C count for who calls them."""
    profiler = cProfile.Profile(builtins=False)
    for _ in range(ROUNDS):
        desk.write_anew()
        profiler.enable()
        desk.once()
        profiler.disable()
    shares: dict[str, float] = {}
    for (file, _, _), (_, _, own, _, _) in pstats.Stats(profiler).stats.items():  # type: ignore[attr-defined]  # pstats tells no types
        stage = next((name for part, name in STAGES.items() if part in file), "everything else")
        shares[stage] = shares.get(stage, 0) + own
    table = Table("where the time goes", "share")
    for stage, own in sorted(shares.items(), key=lambda pair: -pair[1]):
        table.add_row(stage, f"{own / sum(shares.values()):.0%}")
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
