"""What is said of problems, in Spanish: every sentence of the source and of the tour, quickly, and nothing left over."""

from __future__ import annotations

import ast
import calendar
import errno
import os
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest
import yaml

from newsletter.drafting import fields
from newsletter.drafting.types import read_types
from newsletter.errors import ToMend
from newsletter.nouns.draft import Field
from newsletter.nouns.problem import Place, Problem, Severity
from newsletter.sentences import LISTS, Sentences, Spoken, Template, read_sentences
from newsletter.workspace import Workspace, shipped
from tests.any.work import work
from tests.said_in_source import CLOSES, OPENS, PACKAGE, sentences
from tests.tour.slips import Slip, made, slips, told

GAP = f"{OPENS}[^{CLOSES}]*{CLOSES}"
A_SENTENCE = re.compile(f"^{GAP} (?=[A-Z“])|(?<=[.?!]) {GAP}$|(?<=[.:])\n.*", re.DOTALL)
"""A gap that holds a whole sentence of its own, which is looked at by itself."""
DROPPED = " is missing (", "Nothing stands after"
"""Sentences of which something is left out: what a field is for stands beside it in its form."""
QUICK = 1000  # calls for a problem: what is looked through are the sentences with its rarest words, not all


class Noting(Sentences):
    """Remembers which of its sentences were used."""

    def __init__(self, lists: Mapping[str, Mapping[str, str]]) -> None:
        super().__init__("es", lists["sentences"], lists["parts"])
        self.used: set[str] = set()

    def _filled(self, template: Template, gaps: Mapping[str, str]) -> str | None:
        self.used.add(template.said)
        return super()._filled(template, gaps)


@pytest.fixture(scope="module")
def spanish() -> Noting:
    """The shipped Spanish."""
    return Noting(_lists())


@cache
def _lists() -> dict[str, dict[str, str]]:
    path = shipped() / "templates" / "words" / "problems" / "es.yaml"
    found = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 - strings only
    assert isinstance(found, dict)
    return found


@cache
def samples() -> tuple[tuple[str, str], ...]:
    """Every sentence of the source, with words in its gaps that are in no sentence of ours; each with its module."""
    found = {_filled(text): module for module, texts in sentences().items() for text in texts}
    return tuple((module, text) for text, module in sorted(found.items()) if "Qx" not in text or _has_words(text))


def _filled(text: str) -> str:
    first, *gaps = re.split(GAP, re.sub(A_SENTENCE, "", text).strip())
    return first + "".join(f"Qx{number}{after}" for number, after in enumerate(gaps, 1))


def _has_words(text: str) -> bool:
    """Whether more than one word is ours, so that it is a sentence rather than a frame for others."""
    return len([one for one in text.split() if re.fullmatch(r"[^\W\d]{2,}[.,:;?]?", one)]) > 1


def _gaps(text: str) -> set[str]:
    return set(re.findall(r"Qx\d+", text))


def test_every_sentence_of_the_source_is_said_in_spanish(spanish: Noting) -> None:
    """Who writes a new sentence adds it to templates/words/problems/es.yaml; what is put into it is taken over."""
    missing, lost = [], []
    for module, text in samples():
        said = spanish.say(text) or spanish.say(f"“Qx0” {text}")  # or how one goes on after what it quotes
        if said is None:
            missing.append(f"{module}: {text}")
        elif _gaps(text) - _gaps(said) and not any(one in text for one in DROPPED):
            lost.append(f"{text} -> {said}")
    assert missing == []
    assert lost == []


def test_nothing_of_a_sentence_stays_english(spanish: Noting) -> None:
    """A short frame that fits by chance (“Write ...”) does not stand for a sentence that has no Spanish yet."""
    left = {text: said for _, text in samples() if (said := spanish.say(text)) and _runs(text) & _runs(said)}
    assert left == {}


def _runs(text: str) -> set[str]:
    """Three words in a row, but for those of commands."""
    words = re.findall(r"[^\W\d]+|[^\w\s]+|\w+", re.sub(r"newsletter [a-z ]+|¿.*", "", text))
    threes = zip(words, words[1:], words[2:], strict=False)
    return {" ".join(three) for three in threes if all(re.fullmatch("[a-z]{2,}", word) for word in three)}


@pytest.mark.parametrize("slip", slips(), ids=str)
def test_every_slip_of_the_tour_is_told_in_spanish(slip: Slip, spanish: Noting, tmp_path: Path) -> None:
    """Message and hint, whatever they hold of the author's."""
    problem = told(slip, made(slip, tmp_path / "made"))
    both = spanish.told(problem)
    assert (both.message.language, both.hint.language) == ("es", "es"), str(problem)
    assert not re.search(r"\b(?:the|which|stands|with|and)\b", _without_quotes(both.message.text)), both.message.text


def _without_quotes(text: str) -> str:
    return re.sub(r"«[^»]*»|\([^)]*\)|\d+ \w+: .*|significa .*", "", text)


def test_types_and_fields_have_their_names() -> None:
    """Where a sentence names a section's type or a field, it does so as the forms do."""
    parts = _lists()["parts"]
    types, _ = read_types(Workspace(shipped()))
    assert [name for name in types if not {name, f"this {name}"} <= parts.keys()] == []
    alike = {"id", "embargo"}  # the same word in Spanish
    assert _field_names() - parts.keys() - alike == set()


def test_templates_of_one_s_own_are_told_of_in_spanish(spanish: Noting) -> None:
    """What stands in the table of MJML's tags is said of them too."""
    table = yaml.safe_load((PACKAGE / "rendering" / "lint" / "mjml_tags.yaml").read_text("utf-8"))
    for one in (*table["refused"].values(), *table["useless"].values()):
        assert spanish.say(one["instead"])
        assert one["why"] not in str(spanish.say(f"<mj-a> is not used here: {one['why']}."))
    for hints in table["required"].values():
        assert all(map(spanish.say, hints.values()))


def problem(message: str, hint: str = "") -> Spoken:
    """A problem that says this."""
    return Problem(Place("issues/2025-07.yaml"), Severity.ERROR, "fields", message, hint)


def test_what_the_author_wrote_stays_as_it_is(spanish: Noting) -> None:
    """Also where it is a word of ours, or looks like a sentence of ours."""
    both = spanish.told(
        problem("“petition” stands twice in a row.", "Write “Take one of them out.”, if that is meant.")
    )
    assert both.message.text == "«petition» está dos veces seguidas."
    assert both.hint.text == "Escriba «Take one of them out.», si es eso lo que quiere decir."


def test_words_of_ours_are_said_too(spanish: Noting) -> None:
    """A place, a type, a field's name, a month, each in its sentence."""
    said = {
        "Is this petition still open? Nobody is sure yet.": "¿Sigue abierta esta petición? Todavía no lo sabe nadie.",
        "This urgent-action is closed by now, as is said here; later issues do not carry it on.": (
            "Esta acción urgente ya está cerrada, como se dice aquí; los números siguientes no la llevan."
        ),
        "date: 32 July does not exist: July 2025 has 31 days.": (
            "Fecha: El 32 de julio no existe: julio de 2025 tiene 31 días."
        ),
        "Its postal address is missing; every letter has to say it.": (
            "Falta su dirección postal; toda carta tiene que decirlo."
        ),
        "A character that nobody sees parts a word here.": "Aquí un carácter invisible parte una palabra.",
        "A screen reader takes the wrong voice, or reads from the wrong side: the page has no lang, the page has no dir.": (
            "Un lector de pantalla usa la voz equivocada, o lee desde el lado equivocado: la página no tiene lang, "
            "la página no tiene dir."
        ),
        "“Corigan” here, “Corrigan” in issues/2025-06.yaml, line 8: one name, spelt in two ways?": (
            "«Corigan» aquí, «Corrigan» en issues/2025-06.yaml, línea 8: ¿el mismo nombre, escrito de dos maneras?"
        ),
    }
    assert {english: spanish.say(english) for english in said} == said


def test_several_sentences_in_one(spanish: Noting) -> None:
    """Each by itself; also where the last word of one is the author's."""
    text = "Put the text in quotes. Type instead: title: Did you mean it? Add at least one."
    assert str(spanish.say(text)).startswith("Ponga el texto entre comillas. Escriba en su lugar: title: ")
    assert spanish.say("Nothing was written. Nobody said this before.") is None


def test_an_exception_with_its_problems(spanish: Noting) -> None:
    """The sentence that announces problems, and each of them in its line."""
    text = "The issue 2025-07 cannot go out yet: 2 errors.\n  issues/2025-07.yaml:3:1: error: The list is empty. Add at least one."
    both = spanish.told(ToMend(text))
    assert both.message.text == (
        "El número 2025-07 todavía no puede salir: 2 cosas por corregir.\n"
        "  issues/2025-07.yaml:3:1: por corregir: La lista está vacía. Añada al menos uno."
    )
    assert both.hint.text == ""


def test_what_nobody_has_translated_stays_english(spanish: Noting) -> None:
    """And says so, so that it can be read aloud as English."""
    both = spanish.told(problem("Nobody said this before.", "The list is empty."))
    assert (both.message.text, both.message.language) == ("Nobody said this before.", "en")
    assert (both.hint.text, both.hint.language) == ("La lista está vacía.", "es")


def test_languages(tmp_path: Path) -> None:
    """A region reads its language's sentences; English, and a language without any, need none."""
    here = Workspace(tmp_path)
    assert read_sentences(here, "es-PE").said("The list is empty.").text == "La lista está vacía."
    for language in ("en", "qu"):
        assert read_sentences(here, language).said("The list is empty.").text == "The list is empty."
        assert read_sentences(here, language).said("The list is empty.").language == "en"


def test_a_workspace_s_own(tmp_path: Path) -> None:
    """One by one before ours; a file that cannot be read is left out and named."""
    own = tmp_path / "templates" / "words" / "problems" / "es.yaml"
    own.parent.mkdir(parents=True)
    own.write_text('sentences: {"The list is empty.": "No hay nada."}', "utf-8")
    assert read_sentences(Workspace(tmp_path), "es").say("The list is empty.") == "No hay nada."
    assert read_sentences(Workspace(tmp_path), "es").say("Add at least one.") == "Añada al menos uno."
    for text in ("sentences: [a]", "words: {a: b}", "sentences: {a: [b]}", 'sentences: {"a {b}": "{c}"}', "a: 'b"):
        own.write_text(text, "utf-8")
        read = read_sentences(Workspace(tmp_path), "es")
        assert read.say("The list is empty.") == "La lista está vacía."
        assert [one.message.partition(":")[0] for one in read.left_out] == ["templates/words/problems/es.yaml"]


@pytest.mark.parametrize("entry", ["{a}", "{a} {b}"])
def test_a_sentence_of_gaps_alone_says_nothing(entry: str) -> None:
    """It would stand for everything, and without end."""
    sentences = Sentences("es", {"{a}": "{a:ours}", "{a} {b}": "{b:ours} {a:ours}"}, {"{a}": "{a:ours}"})
    assert sentences.say(entry) is None
    assert sentences.say("Something else.") is None


def test_a_page_of_problems_is_quick() -> None:
    """Two hundred problems, none of them met before, while somebody waits for the page."""
    texts = [text for _, text in samples()]
    problems = [problem(texts[number], texts[-number]) for number in range(1, 201)]
    fresh = Noting(_lists())
    fresh.told(problems[0])
    assert work(lambda: [fresh.told(one) for one in problems]) < QUICK * len(problems)


def test_no_sentence_is_left_over() -> None:
    """A sentence that the program says no more, or says otherwise now, has no Spanish: take its entry out or mend it."""
    spanish = Noting(_lists())  # its own: what other tests have said here before shall not matter
    for _, text in samples():
        spanish.say(text)
        spanish.say(f"“Qx0” {text}")
    sentences, parts = (
        [english for english, said in _lists()[name].items() if said not in spanish.used] for name in LISTS
    )
    written = _written()
    assert [one for one in sentences if not all(words.strip(" .") in written for words in _between_gaps(one))] == []
    known = {word for path in PACKAGE.rglob("*.py") for word in re.findall(r"\w+", path.read_text("utf-8"))}
    known |= {*re.findall(r"\w+", written), *calendar.month_name}
    outside = {os.strerror(number).lower() for number in errno.errorcode}
    assert [one for one in parts if one not in outside and not set(_words(one)) <= known] == []


def _between_gaps(english: str) -> list[str]:
    """What stands as it is in the source, where “here.” follows some sentences, or “here, and once more”."""
    return re.split(r"\{\w+\}| here\.$", english)


def _words(english: str) -> list[str]:
    return re.findall(r"\b[^\W\d]\w*", " ".join(_between_gaps(english)))


@cache
def _written() -> str:
    """Every text in the source and in the files that it reads."""
    found = list(_texts(yaml.safe_load((PACKAGE / "rendering" / "lint" / "mjml_tags.yaml").read_text("utf-8"))))
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        found += [str(one.value) for one in ast.walk(tree) if isinstance(one, ast.Constant)]
    types, _ = read_types(Workspace(shipped()))
    found += [word for name in types for word in (name, f"this {name}")]
    return "\n".join([*found, *_field_names()])


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, str):
        yield value


def _field_names() -> set[str]:
    types, _ = read_types(Workspace(shipped()))
    kinds = (*(kind.fields for kind in types.values()), fields.EDITION, fields.PICTURE, fields.SOURCE, fields.PERSON)
    return {one.name for kind in kinds for one in _all(kind)}


def _all(given: tuple[Field, ...]) -> Iterator[Field]:
    for one in given:
        yield one
        yield from _all(one.fields)
