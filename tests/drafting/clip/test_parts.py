"""The parts of an article: lines that belong to the page, datelines, voices, figures and names, the draft itself."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
import yaml

from newsletter.drafting.clip.append import CannotAppend, append
from newsletter.drafting.clip.article import Article
from newsletter.drafting.clip.chaff import is_chaff
from newsletter.drafting.clip.dateline import Dateline, dateline
from newsletter.drafting.clip.draft import draft, summary
from newsletter.drafting.clip.findings import figures, named
from newsletter.drafting.clip.keep import keep
from newsletter.drafting.clip.voices import voices
from newsletter.nouns.draft import IssueName, PartialDate

CHAFF = """\
Share
Share this article
Compartir en WhatsApp
Tweet
Copy link
Follow us on Instagram and TikTok
Síguenos en Facebook
Subscribe to our channel
Sign up to our newsletter
Posted 3 hours ago by Selma Quist
hace 2 horas
43m ago
5 min read
Lectura: 3 min
6 minute read
By Ana Roth and Piet Vos
Por Redacción · 22 de mayo de 2025
Published: 3 February 2025
Updated at 14.05 BST
Actualizado el 3 de mayo
© 2025 Example Media. All rights reserved.
Copyright the Example Institute
Todos los derechos reservados
We use cookies to give you the best experience.
This website uses cookies. By continuing you accept our use of cookies.
Usamos cookies para mejorar tu experiencia
Advertisement
Read more: Who pays for the lake?
Te puede interesar
Tags: memory, disappeared
12 comments
You need to enable JavaScript to run this app.
* * *"""
CONTENT = """\
Share prices fell by 3% after the court had spoken.
By Friday the families had left the village.
Three hours ago she could still see the river from her door.
Print shops in the town were searched on 4 May.
He published his first book in 1979, and was never forgiven for it.
Más información pidió el juez antes de decidir.
The court copied its order to the ministry.
Por fin se conoce la verdad.
Bring a pencil.
The mule is called Minister.
Live music filled the square.
Home rule is what they ask for.
Comments by the minister were met with laughter.
Subscribers of the daily were told nothing."""


@pytest.mark.parametrize("line", CHAFF.split("\n"))
def test_lines_of_the_page(line: str) -> None:
    """They are never taken for content."""
    assert is_chaff(line)


@pytest.mark.parametrize("line", CONTENT.split("\n"))
def test_lines_of_the_article(line: str) -> None:
    """They look alike and are none."""
    assert not is_chaff(line)


@pytest.mark.parametrize(
    ("paragraph", "place", "date"),
    [
        ("Lima, 13 June 2025 - The bill", "Lima", PartialDate(2025, 6, 13)),
        ("LIMA (Agency) — The bill", "Lima", None),
        ("LIMA, June 13 (Agency) - The bill", "Lima", PartialDate(0, 6, 13)),
        ("LAKESIDE, Example Land, Feb. 3, 2025 – The bill", "Lakeside", PartialDate(2025, 2, 3)),
        ("SAN JOSÉ DE LA MAR (Agencia).- The bill", "San José de la Mar", None),
        ("Lima, 13 de junio de 2025.- The bill", "Lima", PartialDate(2025, 6, 13)),
        ("PORT-AU-PRINCE -- The bill", "Port-Au-Prince", None),
    ],
)
def test_datelines(paragraph: str, place: str, date: PartialDate | None) -> None:
    """Place and day before a dash, with an agency or without, in capitals or not."""
    language = "es" if " de " in paragraph and "junio" in paragraph else "en"
    assert dateline(paragraph, language) == Dateline(place, date, "The bill")


@pytest.mark.parametrize(
    "paragraph",
    [
        "Peru - a country of three lands - has voted.",
        "The court - which had waited - spoke.",
        "She said - and nobody answered.",
        "A well-known judge (57) - spoke.",
        "In 2024 - a year of rain - the river rose.",
        "No dash at all.",
    ],
)
def test_a_dash_is_not_yet_a_dateline(paragraph: str) -> None:
    """Without a day, an agency or capitals it is a sentence."""
    assert dateline(paragraph, "en") is None


def test_voices() -> None:
    """Before, after and around; he and she are who was named last; who is not said stays unsaid."""
    said = voices(
        [
            "Mayor Ugo Brandt said: “We shall rebuild the bridge.” “All of it by spring,” he added.",
            "“It was our only road to the town,” according to Lea Moor.",
            "“Nobody knows how long it takes,” the paper wrote.",
            "Ines Prado, a nurse, recalled: “I carried him over the ice.”",
            "«Nunca nos preguntaron por el puente», señaló el alcalde Hugo Salas.",
            "A “so-called” bridge.",
        ]
    )
    assert [(one.text, one.speaker) for one in said] == [
        ("We shall rebuild the bridge.", "Mayor Ugo Brandt"),
        ("All of it by spring,", "Mayor Ugo Brandt"),
        ("It was our only road to the town,", "Lea Moor"),
        ("Nobody knows how long it takes,", ""),
        ("I carried him over the ice.", "Ines Prado"),
        ("Nunca nos preguntaron por el puente", "Hugo Salas"),
    ]


COST = "It cost 2.4 million pounds, and nineteen men built it in Upper Vale."
STORY = Article(
    "A bridge: “ours”, #1",
    (
        f"On 4 May 2025 Dr. Lea Moor opened the bridge. {COST} It is * not * a [link](x), and 1. not a list.",
        "A second paragraph.",
    ),
    "Example Times",
    PartialDate(2025, 5, 5),
    "Upper Vale",
    "en",
    "https://times.example.org/bridge?a=1&b=2",
)


def test_figures_and_names() -> None:
    """Each once, with what is counted."""
    assert figures(STORY) == ("4 May 2025", "2.4 million pounds", "nineteen men", "1")
    assert named(STORY) == ("Dr", "Lea Moor", "Upper Vale")


def test_a_figure_takes_no_word_of_the_next_paragraph() -> None:
    """What ends a paragraph counts nothing that begins the next."""
    story = dataclasses.replace(STORY, paragraphs=("Lima, 13 June 2025", "The assembly voted for 156\nofficers."))
    assert figures(story) == ("13 June 2025", "156 officers")


def test_a_draft_is_yaml_that_says_what_the_article_says() -> None:
    """Colons, quotation marks, hashes and Markdown marks included."""
    (section,) = yaml.safe_load(draft(STORY, "issues/clippings/a.txt", indent=2, language="en"))
    assert section["title"] == STORY.title
    assert section["date"] == dt.date(2025, 5, 5)
    assert section["sources"] == [
        {"title": STORY.title, "publisher": "Example Times", "url": STORY.address, "date": dt.date(2025, 5, 5)}
    ]
    assert section["body"].startswith("TO REWRITE (")
    plain = " ".join(section["body"].split())
    assert r"It is \* not \* a \[link\](x), and 1. not a list." in plain
    assert "second paragraph" not in plain
    foreign = yaml.safe_load(draft(STORY, "x", language="es"))[0]
    assert foreign["sources"][0]["language"] == "en"


def test_a_summary_ends_where_a_sentence_does() -> None:
    """Not after a title such as Dr., and after some twenty-five words."""
    assert summary(STORY).startswith("On 4 May 2025 Dr. Lea Moor opened the bridge. It cost")
    long = Article("x", (" ".join(f"Sentence {number} has these six words." for number in range(40)),))
    assert 20 < len(summary(long).split()) < 70


def test_a_kept_source_is_read_back() -> None:
    """Head and text, by any YAML parser."""
    text = keep(STORY, dt.date(2025, 6, 1), (IssueName(2025, 6),))
    _, head, body = text.split("---\n", 2)
    assert yaml.safe_load(head)["address"] == STORY.address
    assert yaml.safe_load(head)["issues"] == ["2025-06"] or str(yaml.safe_load(head)["issues"][0]) == "2025-06"
    assert body.strip() == STORY.text


ISSUE = "subject: x\nsections:\n- type: letter\n  body: |\n    Hello\n"


@pytest.mark.parametrize(
    "text",
    [
        ISSUE,
        ISSUE.rstrip("\n"),
        ISSUE.replace("\n", "\r\n"),
        "\ufeff" + ISSUE,
        ISSUE.replace("- type", "  - type").replace("  body", "    body").replace("    Hello", "      Hello"),
        ISSUE + "\n# the end\n",
        ISSUE.replace("Hello", "Señora: «hola» 🙂"),
    ],
    ids=["plain", "no end", "crlf", "bom", "set in", "comment", "letters"],
)
def test_a_section_goes_to_the_end_and_every_byte_stays(text: str) -> None:
    """Whatever the line ends, the indentation, and the last line."""
    data = text.encode()
    whole = append(data, lambda indent: draft(STORY, "x", indent=indent), "issues/2025-07.yaml")
    assert whole.startswith(data)
    read = yaml.safe_load(whole.decode("utf-8-sig"))
    assert len(read["sections"]) == 2
    assert read["sections"][1]["title"] == STORY.title
    assert (b"\r\n" in whole) == (b"\r\n" in data)
    assert whole.count(b"\n") == whole.count(b"\r\n") or b"\r\n" not in whole


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("subject: x\n", "no list of sections"),
        ("sections: []\n", "no list of sections"),
        (ISSUE + "language: en\n", "stands after the sections"),
        ("sections: [{type: letter, body: x}]\n", "in brackets"),
        ("sections:\n- type: [letter\n", "cannot be read"),
        (ISSUE.replace("body: |", "body: |+"), ""),
    ],
)
def test_a_file_whose_end_is_no_place_for_it(text: str, why: str) -> None:
    """Nothing is written, and the sentence says why; a text that keeps its last lines would change."""
    if not why:
        text += "\n"
        read = yaml.safe_load(append(text.encode(), lambda indent: draft(STORY, "x", indent=indent), "f"))
        assert read["sections"][0]["body"] == yaml.safe_load(text)["sections"][0]["body"]
        return
    with pytest.raises(CannotAppend, match=why):
        append(text.encode(), lambda indent: draft(STORY, "x", indent=indent), "issues/2025-07.yaml")
