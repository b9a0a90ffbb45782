"""What an address asks for, and a Sight -> everything that a page needs to show a letter in one view or in all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from babel.dates import format_date
from babel.numbers import format_decimal
from starlette.requests import Request

from newsletter.languages import locale
from newsletter.letters.encode import NoSender
from newsletter.letters.headers import UnfitAddress
from newsletter.phrases import Phrases
from newsletter.studio.cast import READERS, letter_for, message_for
from newsletter.studio.desk import desk_of
from newsletter.studio.inbox import on_desk, on_phone
from newsletter.studio.shell import choices, own_name, words_of
from newsletter.studio.sight import Made, Sight
from newsletter.studio.source import header_fields, stretches
from newsletter.studio.views import FIRST, NEAR, TEXT, VIEWS, View
from newsletter.studio.weights import weights


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be shown: of which edition, in which view, as which reader gets it."""

    language: str
    view: str
    reader: str

    def values(self) -> dict[str, str]:
        """As an address holds them."""
        return {"language": self.language, "view": self.view, "reader": self.reader}


def chosen(request: Request, sight: Sight) -> Chosen:
    """What the address asks for; what it cannot have is answered by the default."""
    asked = request.query_params
    language = asked["language"] if asked.get("language") in sight.letters else sight.language
    reader = asked["reader"] if asked.get("reader") in READERS else ""
    default = TEXT if READERS[reader].plain else FIRST
    view = asked["view"] if asked.get("view") in VIEWS else default
    return Chosen(language, view, reader)


def showing(request: Request, sight: Sight, path: str) -> dict[str, object]:
    """The values that ``issue_letter.html`` and the light table need; ``path`` is the page whose addresses are made."""
    say, now = words_of(request), chosen(request, sight)
    made = sight.letters.get(now.language)
    labels = {key: say.say(f"view_{_name(key)}") for key in VIEWS}
    readers = {key: say.say(f"reader_{key or 'nameless'}") for key in READERS}
    asked = now.values() | _section(request)
    views = choices(path, asked, "view", labels)
    values: dict[str, object] = {
        "chosen": now,
        "view": VIEWS[now.view],
        "made": made,
        "sight": sight,
        "own_name": own_name,
        "near": [one for one in views if one.value in NEAR],
        "far": [one for one in views if one.value not in NEAR],
        "readers": choices(path, asked, "reader", readers),
        "path": path,
        "section": asked.get("section", ""),
        "all_views": f"/issues/{sight.issue}/views?{urlencode({'language': now.language, 'reader': now.reader})}",
        "labels": labels,
        "label": lambda view: labels[view.key],
        "faith": lambda view: say.say(f"view_{_name(view.key)}_faith"),
        "letter_address": lambda view: _letter_address(sight, now, view),
    }
    return values | (_of_letter(request, made, now, say) if made else {"letter": None})


def _section(request: Request) -> dict[str, str]:
    """Which section stands open beside the letter, so that it stays so."""
    section = request.query_params.get("section", "")
    return {"section": section} if section.isdecimal() else {}


def _of_letter(request: Request, made: Made, now: Chosen, say: Phrases) -> dict[str, object]:
    settings = desk_of(request).settings
    letter = letter_for(made, settings, now.reader)
    return {
        "letter": letter,
        "rows": {
            "phone": on_phone(letter.subject, made.rendered.preheader),
            "desk": on_desk(letter.subject, made.rendered.preheader),
        },
        "fits": lambda row: _fits(say, row.subject_left, row.preheader_left),
        "weights": weights(made),
        **_message(request, made, now.reader),
        "sent_on": made.edition.send_on,
        "day": lambda day: format_date(day, "d MMM", locale=locale(made.rendered.language)),
        "kilobytes": lambda size: say.say(
            "kilobytes", size=format_decimal(size / 1000, "0.0", locale=locale(say.language))
        ),
    }


def _message(request: Request, made: Made, reader: str) -> Mapping[str, object]:
    """The message's head and source, made only when a template asks; a sentence where the profile names no sender."""
    desk = desk_of(request)

    def message() -> bytes | None:
        try:
            return message_for(made, desk.settings, reader, desk.now())
        except (NoSender, UnfitAddress):
            return None

    return {
        "header_fields": lambda: header_fields(data) if (data := message()) else [],
        "stretches": lambda: stretches(data) if (data := message()) else [],
    }


def _fits(say: Phrases, subject: int, preheader: int) -> str:
    if subject:
        return say.say("inbox_subject_cut", count=subject)
    return say.say("inbox_preheader_cut", count=preheader) if preheader else say.say("inbox_fits")


def _letter_address(sight: Sight, now: Chosen, view: View) -> str:
    asked = urlencode({"reader": now.reader, "view": view.key})
    return f"/issues/{sight.issue}/letter/{now.language}?{asked}"


def _name(key: str) -> str:
    return key.replace("-", "_")
