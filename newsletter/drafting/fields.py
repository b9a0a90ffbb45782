"""The fields that every issue and every section has, and the parts of a picture, a source and a named person."""

from __future__ import annotations

from newsletter.nouns.draft import Field, Kind, Translated


def _field(name: str, kind: Kind, label: str, help_text: str, example: str = "", *, required: bool = False) -> Field:
    return Field(name, kind, _both(label), _both(help_text), example, required=required)


def _both(text: str) -> Translated:
    """English and Spanish, parted by a bar."""
    english, _, spanish = text.partition(" | ")
    return Translated({"en": english, "es": spanish})


EMBARGO = _field("embargo", Kind.TEXT, "Embargo | Embargo", "Before this day and hour, on the clock of this place, nothing of the issue leaves: not by mail, not to a platform, not to the web. | Antes de este día y hora, según el reloj de este lugar, nada del número sale: ni por correo, ni a una plataforma, ni a la web.", "2025-07-10 00:01 Europe/London")  # fmt: skip
CORRECTS = _field("corrects", Kind.TEXT, "Corrects | Corrige", "Of a correction: the issue in which something was wrong. It goes only to those who got that issue, and the page of that issue says so. | De una corrección: el número en el que algo estaba mal. Solo la reciben quienes recibieron ese número, y la página de ese número lo dice.", "2025-07")  # fmt: skip
EDITION = (
    _field("subject", Kind.TEXT, "Subject | Asunto", "The subject line of the e-mail: what a reader sees first, up to 60 characters. | El asunto del correo: lo primero que ve quien lee, hasta 60 caracteres.", "Peru: an amnesty that turns its back on the victims", required=True),
    _field("preheader", Kind.TEXT, "Preheader | Texto de vista previa", "The line that mailboxes show after the subject, 40 to 100 characters. | La línea que los buzones muestran después del asunto, de 40 a 100 caracteres.", "Congress backs the bill; the Celia Ramos case reaches the Inter-American Court", required=True),
    _field("send_on", Kind.DATE, "Send on | Fecha de envío", "The day on which the issue is to be sent; deadlines are judged against it. | El día en que debe salir el número; los plazos se comparan con él.", "2025-07-04", required=True),
    _field("language", Kind.TEXT, "Language | Idioma", "The edition's language. It may be left out: the file's name says it (2025-07.es.yaml). | El idioma de la edición. Se puede omitir: lo dice el nombre del archivo (2025-07.es.yaml).", "en"),
    EMBARGO,
    CORRECTS,
)  # fmt: skip

COMMON = (
    _field("id", Kind.TEXT, "Id | Id", "A short name of an ask. The same ask bears the same id in a later issue. | Un nombre corto de una acción. La misma acción lleva el mismo id en un número posterior.", "who-called-the-shots"),
    _field("country", Kind.TEXT, "Country | País", "The country it belongs to, as newsletter.yaml names it; left out where there is only one. | El país del que trata, como lo nombra newsletter.yaml; se omite si solo hay uno.", "peru"),
    _field("case", Kind.TEXT, "Case | Caso", "A short name that ties sections on one matter together, across issues. | Un nombre corto que une las secciones sobre un mismo asunto, de número en número.", "amnesty-law"),
    _field("significant", Kind.FLAG, "Significant | Significativo", "Whether it stands on the public page of the year's significant events too. | Si está también en la página pública de los hechos significativos del año.", "yes"),
    _field("featured", Kind.FLAG, "Featured | Destacado", "Whether this ask matters most in its issue: it stands first where the asks are listed. | Si esta acción es la más importante de su número: va la primera donde se listan las acciones.", "yes"),
    _field("people", Kind.PEOPLE, "People | Personas", "Persons at risk or victims who are named here, and on what ground their names may stand. | Personas en riesgo o víctimas a las que se nombra aquí, y con qué fundamento pueden ir sus nombres.", '[{name: Rosa Quispe, consent: "named in public reports"}]'),
)  # fmt: skip

ASK = (
    _field("closed", Kind.CLOSED, "Closed | Cerrada", "Whether it is over, or since which day; `newsletter new` then leaves it out. `unsure`: somebody has to look, and `newsletter check` says so until then. No reader sees it. | Si ya terminó, o desde qué día; `newsletter new` entonces no la incluye. `unsure`: alguien tiene que mirar, y `newsletter check` lo dice hasta entonces. Quien lee no lo ve.", "2025-07-20"),
)  # fmt: skip
"""What every ask may have besides."""

PICTURE = (
    _field("file", Kind.TEXT, "File | Archivo", "The file's name in issues/images/. | El nombre del archivo en issues/images/.", "congress.png", required=True),
    _field("alt", Kind.TEXT, "Alternative text | Descripción", 'What the picture shows, for readers who cannot see it; "" for mere decoration. | Lo que muestra la imagen, para quien no puede verla; "" si solo es adorno.', "Members of Congress raise their hands to vote"),
    _field("caption", Kind.TEXT, "Caption | Pie de imagen", "What stands under the picture. | Lo que va bajo la imagen.", "The vote in Lima on 13 June"),
    _field("credit", Kind.TEXT, "Credit | Crédito", "Who made the picture, or whose it is. | Quién hizo la imagen, o de quién es.", "Photo: the newsletter's own"),
)  # fmt: skip

SOURCE = (
    _field("title", Kind.TEXT, "Title | Título", "The title of the article or report. | El título del artículo o informe.", "Congress passes the bill", required=True),
    _field("publisher", Kind.TEXT, "Publisher | Quién lo publicó", "Who published it. | Quién lo publicó.", "The Example Times"),
    _field("url", Kind.URL, "Address | Dirección", "Where it can be read. | Dónde se puede leer.", "https://www.example.org/article"),
    _field("date", Kind.PARTIAL_DATE, "Date | Fecha", "When it was published, as far as it is known. | Cuándo se publicó, hasta donde se sabe.", "2025-06-13"),
    _field("language", Kind.TEXT, "Language | Idioma", "The language of its title and its page, if it is not the letter's: readers are told. | El idioma de su título y su página, si no es el de la carta: se le dice a quien lee.", "es"),
)  # fmt: skip

PERSON = (
    _field("name", Kind.TEXT, "Name | Nombre", "The person's name as it stands in the text. | El nombre de la persona como está en el texto.", "Rosa Quispe", required=True),
    _field("consent", Kind.TEXT, "Ground | Fundamento", "On what ground the name may stand here. | Con qué fundamento puede ir aquí el nombre.", "named in public reports"),
    _field("at_risk", Kind.FLAG, "At risk | En peligro", "Whether the person is in danger if named. | Si la persona corre peligro al nombrarla.", "no"),
)  # fmt: skip

PARTS = {Kind.PICTURE: PICTURE, Kind.SOURCES: SOURCE, Kind.PEOPLE: PERSON}
