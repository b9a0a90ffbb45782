"""The fields that every issue and every section has, and the parts of a picture, a source and a named person."""

from __future__ import annotations

from newsletter.nouns.draft import Field, Kind, Translated


def _field(name: str, kind: Kind, label: str, help_text: str, example: str = "", *, required: bool = False) -> Field:
    english, _, spanish = label.partition(" | ")
    labels = {"en": english, "es": spanish} if spanish else {"": english}
    return Field(name, kind, Translated(labels), Translated({"": help_text}), example, required=required)


EMBARGO = _field("embargo", Kind.TEXT, "Embargo | Embargo", "Before this day and hour, on the clock of this place, nothing of the issue leaves: not by mail, not to a platform, not to the web.", "2025-07-10 00:01 Europe/London")  # fmt: skip
EDITION = (
    _field("subject", Kind.TEXT, "Subject | Asunto", "The subject line of the e-mail: what a reader sees first, up to 60 characters.", "Peru: an amnesty that turns its back on the victims", required=True),
    _field("preheader", Kind.TEXT, "Preheader | Texto de vista previa", "The line that mailboxes show after the subject, 40 to 100 characters.", "Congress backs the bill; the Celia Ramos case reaches the Inter-American Court", required=True),
    _field("send_on", Kind.DATE, "Send on | Fecha de envío", "The day on which the issue is to be sent; deadlines are judged against it.", "2025-07-04", required=True),
    _field("language", Kind.TEXT, "Language | Idioma", "The edition's language. It may be left out: the file's name says it (2025-07.es.yaml).", "en"),
    EMBARGO,
)  # fmt: skip

COMMON = (
    _field("id", Kind.TEXT, "Id", "A short name of an ask. The same ask bears the same id in a later issue.", "who-called-the-shots"),
    _field("country", Kind.TEXT, "Country | País", "The country it belongs to, as newsletter.yaml names it; left out where there is only one.", "peru"),
    _field("case", Kind.TEXT, "Case | Caso", "A short name that ties sections on one matter together, across issues.", "amnesty-law"),
    _field("significant", Kind.FLAG, "Significant | Significativo", "Whether it stands on the public page of the year's significant events too.", "yes"),
    _field("featured", Kind.FLAG, "Featured | Destacado", "Whether this ask matters most in its issue: it stands first where the asks are listed.", "yes"),
    _field("people", Kind.PEOPLE, "People | Personas", "Persons at risk or victims who are named here, and on what ground their names may stand.", '[{name: Rosa Quispe, consent: "named in public reports"}]'),
)  # fmt: skip

ASK = (
    _field("closed", Kind.CLOSED, "Closed | Cerrada", "Whether it is over, or since which day; `newsletter new` then leaves it out. `unsure`: somebody has to look, and `newsletter check` says so until then. No reader sees it.", "2025-07-20"),
)  # fmt: skip
"""What every ask may have besides."""

PICTURE = (
    _field("file", Kind.TEXT, "File", "The file's name in issues/images/.", "congress.png", required=True),
    _field("alt", Kind.TEXT, "Alternative text", 'What the picture shows, for readers who cannot see it; "" for mere decoration.', "Members of Congress raise their hands to vote"),
    _field("caption", Kind.TEXT, "Caption", "What stands under the picture.", "The vote in Lima on 13 June"),
    _field("credit", Kind.TEXT, "Credit", "Who made the picture, or whose it is.", "Photo: the newsletter's own"),
)  # fmt: skip

SOURCE = (
    _field("title", Kind.TEXT, "Title", "The title of the article or report.", "Congress passes the bill", required=True),
    _field("publisher", Kind.TEXT, "Publisher", "Who published it.", "The Example Times"),
    _field("url", Kind.URL, "Address", "Where it can be read.", "https://www.example.org/article"),
    _field("date", Kind.PARTIAL_DATE, "Date", "When it was published, as far as it is known.", "2025-06-13"),
    _field("language", Kind.TEXT, "Language", "The language of its title and its page, if it is not the letter's: readers are told.", "es"),
)  # fmt: skip

PERSON = (
    _field("name", Kind.TEXT, "Name", "The person's name as it stands in the text.", "Rosa Quispe", required=True),
    _field("consent", Kind.TEXT, "Ground", "On what ground the name may stand here.", "named in public reports"),
    _field("at_risk", Kind.FLAG, "At risk", "Whether the person is in danger if named.", "no"),
)  # fmt: skip

PARTS = {Kind.PICTURE: PICTURE, Kind.SOURCES: SOURCE, Kind.PEOPLE: PERSON}
