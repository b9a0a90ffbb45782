"""Library -> the files of the whole site, by address."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from newsletter.archive.addresses import FRONT, STYLE, picture
from newsletter.archive.library import Library
from newsletter.archive.page import Page, Printer
from newsletter.errors import ToMend
from newsletter.nouns.draft import Edition
from newsletter.rendering.pages import Address
from newsletter.rendering.palette import font_stack, palette
from newsletter.rendering.shelf import page_path
from newsletter.rendering.view import covered
from newsletter.workspace import Workspace


class SameAddress(ToMend):
    """Two pages want one address."""

    def __init__(self, address: str) -> None:
        super().__init__(
            f"Two public pages would both stand at {address}.",
            "A country's key in issues/newsletter.yaml must be neither a language code nor an issue's name.",
        )


def site(library: Library, workspace: Workspace, public_url: str = "") -> dict[str, bytes]:
    """Every page, picture, feed and the style sheet, by its address. Raises SameAddress, NoWords, MissingTemplate."""
    key = _key(library)
    printer = Printer(workspace, library, _templates(workspace, key), key, public_url)
    files: dict[str, bytes] = {}
    for language in library.languages:
        for address, data in _pages(printer, language):
            if address in files:
                raise SameAddress(address)
            files[address] = data
    if FRONT not in files:  # no issue in the default language: whoever opens the site still finds something to read
        files[FRONT] = _front(printer, library.languages[0], FRONT)
    look = library.profile.look
    style = printer.templates.get_template("web/style.css")
    files[STYLE] = style.render(colours=palette(look), fonts=Markup(font_stack(look))).encode()  # noqa: S704 - of a closed list
    for dossier in library.dossiers:  # letters with hosted pictures fetch them from here
        for rendered in dossier.renderings.values():
            folder = page_path(dossier.issue, rendered.language, library.profile.languages[0])
            files |= {f"{folder}{one.name}": one.data for one in rendered.calendars}
            printer.pictures.update({one.name: one.data for one in rendered.pictures})
    return files | {picture(name): data for name, data in printer.pictures.items()}


def _key(library: Library) -> str:
    """What our marks hold: no author can write it by chance, and the same site gets the same."""
    seen = [rendered.digest for one in library.dossiers for rendered in one.renderings.values()]
    return hashlib.sha256(repr((library.profile, seen)).encode("utf-8", "backslashreplace")).hexdigest()[:10]


def _templates(workspace: Workspace, key: str) -> Environment:
    return Environment(
        loader=FileSystemLoader([str(folder) for folder in workspace.template_folders], encoding="utf-8-sig"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=lambda value: value.marked(key) if isinstance(value, Address) else value,
    )


def _pages(printer: Printer, language: str) -> Iterator[tuple[str, bytes]]:
    library, at = printer.library, printer.addresses(language)
    editions = library.editions(language)
    for number, edition in enumerate(editions):
        yield at.issue(edition.issue), _issue(printer, edition, _beside(editions, number))
    for key in library.countries(language):
        years = library.years(key, language)
        for year in years:
            yield at.year(key, year), _year(printer, language, key, year, at.year(key, year))
        yield at.country(key), _year(printer, language, key, years[0], at.country(key))
    yield at.front, _front(printer, language, at.front)
    yield at.feed, _feed(printer, language)


def _beside(editions: tuple[Edition, ...], number: int) -> Mapping[str, Edition | None]:
    newer = editions[number - 1] if number else None
    older = editions[number + 1] if number + 1 < len(editions) else None
    return {"newer": newer, "older": older}


def _issue(printer: Printer, edition: Edition, beside: Mapping[str, Edition | None]) -> bytes:
    others = {one: printer.addresses(one).issue(edition.issue) for one in printer.library.spoken(edition.issue)}
    here = others.pop(edition.language)
    page = Page(printer, edition.language, here, others)
    there = covered(edition, printer.library.profile)
    countries = {key: printer.library.profile.countries[key] for key in there} if len(there) > 1 else {}
    title = printer.library.title(edition)
    corrections = printer.library.corrections(edition.issue, edition.language)
    return page.write(
        "web/issue.html", edition=edition, title=title, countries=countries, corrections=corrections, **beside
    )


def _year(printer: Printer, language: str, key: str, year: int, here: str) -> bytes:
    library = printer.library
    others = {
        one: printer.addresses(one).year(key, year)
        for one in library.languages
        if one != language and key in library.countries(one) and year in library.years(key, one)
    }
    stands = printer.addresses(language).year(key, year)
    page = Page(printer, language, here, others, "" if stands == here else stands)
    return page.write(
        "web/year.html",
        country=library.profile.countries[key],
        several=len(library.profile.countries) > 1,
        year=year,
        years=library.years(key, language),
        months=library.months(key, year, language),
        asks=library.open_asks(key, language),
        letters=[one for one in library.editions(language) if one.issue.year == year],
        fuller=_fuller(library, language, year) if library.profile.languages[0] in others else "",
    )


def _fuller(library: Library, language: str, year: int) -> str:
    """The default language where it holds issues of the year that this one lacks; "" where it does not."""
    default = library.profile.languages[0]
    here, there = (
        {one.issue for one in library.editions(spoken) if one.issue.year == year} for spoken in (language, default)
    )
    return default if there - here else ""


def _front(printer: Printer, language: str, here: str) -> bytes:
    library, at = printer.library, printer.addresses(language)
    countries = library.countries(language)
    if len(library.profile.countries) == 1:
        (key,) = countries
        return _year(printer, language, key, library.years(key, language)[0], here)
    others = {one: printer.addresses(one).front for one in library.languages if one != language}
    page = Page(printer, language, here, others, "" if here == at.front else at.front)
    asks = library.open_asks(None, language)
    return page.write("web/front.html", countries=countries, asks=asks, letters=library.editions(language))


def _feed(printer: Printer, language: str) -> bytes:
    library, at = printer.library, printer.addresses(language)
    page = Page(printer, language, at.feed, {})
    return page.write("web/feed.xml", editions=library.editions(language), midnight=_midnight)


def _midnight(day: dt.date) -> str:
    """A day as RFC 4287 wants it: the hour is not known, so the day's first in UTC stands for it."""
    return f"{day.isoformat()}T00:00:00Z"
