"""Phrases: gaps and plural forms, English where a language lacks one, a workspace's own files, and nothing unsaid."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes
from markupsafe import Markup

from newsletter.phrases import FORMS, Phrases, Unsaid, gaps_of, offered, phrases_of, read_phrases
from newsletter.workspace import Workspace, shipped

PACKAGE = Path(__file__).resolve().parent.parent / "newsletter"
WORDS = shipped() / "templates" / "words"
FAMILIES = {"studio": "studio", "review": "review", "answers": "ledger"}
"""Families of phrases, each with the room that says them."""
PLACES = [(family, path) for family in FAMILIES for path in sorted((WORDS / family).glob("*.yaml"))]


@pytest.fixture
def here(tmp_path: Path) -> Workspace:
    """A workspace without templates of its own."""
    return Workspace(tmp_path)


def own(here: Workspace, name: str, text: str) -> None:
    """Put a file of words into a workspace."""
    path = here.root / "templates" / "words" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_a_phrase_with_its_gaps(here: Workspace) -> None:
    """Numbers are written as the language writes them, and choose among the forms of a phrase that counts."""
    english, spanish = read_phrases(here, "studio", "en"), read_phrases(here, "studio", "es")
    assert english.say("suggestions", count=1) == "1 suggestion"
    assert english.say("suggestions", count=12_500) == "12,500 suggestions"
    assert spanish.say("suggestions", count=1) == "1 sugerencia"
    assert spanish.say("suggestions", count=12_500) == "12.500 sugerencias"
    assert spanish.say("saved_at", time="10:42") == "Guardado a las 10:42"


def test_languages_with_more_forms(here: Workspace) -> None:
    """The forms are those of the language: Polish has few and many, which English lacks."""
    own(
        here,
        "studio/pl.yaml",
        'suggestions: {one: "{count} a", few: "{count} b", many: "{count} c", other: "{count} d"}',
    )
    polish = read_phrases(here, "studio", "pl")
    assert [polish.say("suggestions", count=number) for number in (1, 3, 5)] == ["1 a", "3 b", "5 c"]
    assert polish.say("to_mend", count=2) == "2 to mend"


def test_only_markup_stays_markup() -> None:
    """A gap that holds markup makes the whole markup, with every other part escaped; a plain text stays a plain text."""
    said = Phrases("en", {"who": "<{name}> & {link}"})
    assert said.say("who", name="<b>", link="x") == "<<b>> & x"
    assert not isinstance(said.say("who", name="<b>", link="x"), Markup)
    marked = said.say("who", name="<b>", link=Markup("<a>x</a>"))
    assert isinstance(marked, Markup)
    assert marked == "&lt;&lt;b&gt;&gt; &amp; <a>x</a>"


def test_a_gap_s_text_is_no_phrase() -> None:
    """Braces that somebody wrote stay as they are."""
    said = Phrases("en", {"who": "{name} wrote {text}"})
    assert said.say("who", name="{text}", text="{0.__class__} {") == "{text} wrote {0.__class__} {"


def test_what_is_unsaid_fails_a_test_and_no_page(here: Workspace) -> None:
    """Who reads the page sees a gap at most; the suite, which makes errors of warnings, sees it fail."""
    said = read_phrases(here, "studio", "en")
    with pytest.warns(Unsaid, match="no_such_phrase"):
        assert said.say("no_such_phrase") == "no such phrase"
    with pytest.warns(Unsaid, match="time"):
        assert said.say("saved_at") == "Saved at …"


def test_nobody_outside_of_the_suite_hears_of_it() -> None:
    """The program's own console stays quiet."""
    import subprocess
    import sys

    asked = "from newsletter.phrases import Phrases; print(Phrases('en', {}).say('a_b'))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert (done.stdout.strip(), done.stderr) == ("a b", "")


def test_the_nearest_language(here: Workspace) -> None:
    """A region reads its language's file, a language without one English, and it says which."""
    assert read_phrases(here, "studio", "es-PE").language == "es"
    assert read_phrases(here, "studio", "qu").language == "en"


def test_a_workspace_has_its_own(here: Workspace) -> None:
    """Its phrases stand over ours, one by one; a file of a new language is offered under the language's own name."""
    own(here, "studio/es.yaml", "saving: Un momento")
    own(here, "studio/pt-BR.yaml", "saving: Um momento")
    spanish = read_phrases(here, "studio", "es")
    assert spanish.say("saving") == "Un momento"
    assert spanish.say("bring_it_back") == "Recuperar"
    names = offered(here, "studio")
    assert names["en"] == "English"
    assert names["es"] == "Español"
    assert names["pt-BR"] == "Português (Brasil)"


@pytest.mark.parametrize("text", ["- a", "a: [b]", "a: {one: b}", "a: {b: c}", "a: 'b", "a: {other: [x]}"])
def test_a_broken_file_is_left_out_and_named(here: Workspace, text: str) -> None:
    """A slip in a file of one's own leaves the screens as they were."""
    own(here, "studio/en.yaml", text)
    said = read_phrases(here, "studio", "en")
    assert said.say("saving") == "Saving"
    assert [one.message.partition(":")[0] for one in said.left_out] == ["templates/words/studio/en.yaml"]


def test_the_subfolders_are_no_languages_of_letters() -> None:
    """What lists languages of letters lists files."""
    assert FAMILIES.keys().isdisjoint(Workspace(shipped()).template_members("words", ".yaml"))


@pytest.mark.parametrize(("family", "path"), PLACES, ids=str)
def test_every_language_says_everything(family: str, path: Path) -> None:
    """No phrase of the English file is missing or left over; gaps are the same, and a language has all its forms."""
    english, said = (phrases_of(one, one.stat().st_mtime_ns) for one in (WORDS / family / "en.yaml", path))
    assert list(said) == list(english)
    for name, phrase in english.items():
        assert gaps_of(said[name]) == gaps_of(phrase), name
        assert isinstance(said[name], str) == isinstance(phrase, str), name
        if not isinstance(said[name], str):
            assert set(said[name]) == {"one", "other"} <= FORMS, name


def test_english_and_spanish_are_there() -> None:
    """The studio, the page for the second reader, and what mail servers answered: each in both."""
    for family in FAMILIES:
        assert {path.stem for named, path in PLACES if named == family} >= {"en", "es"}


def asked_in_python(path: Path) -> Iterator[tuple[str, set[str] | None]]:
    """The phrases that a module says, each with the gaps it fills; None for gaps that are not written out."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
            continue
        of = node.func.value if isinstance(node.func, ast.Attribute) else None
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name == "say" and not (isinstance(of, ast.Name) and of.id in ("words", "door")):
            given = [one.arg for one in node.keywords]
            yield str(node.args[0].value), None if None in given else {one for one in given if one}


def asked_in_template(path: Path) -> Iterator[tuple[str, set[str] | None]]:
    """The same of a template."""
    for node in Environment(autoescape=True).parse(path.read_text("utf-8")).find_all(nodes.Call):
        if isinstance(node.node, nodes.Name) and node.node.name == "say" and isinstance(node.args[0], nodes.Const):
            yield node.args[0].value, None if node.dyn_kwargs else {one.key for one in node.kwargs}


@pytest.mark.parametrize(("family", "room"), FAMILIES.items())
def test_what_pages_say_is_there(family: str, room: str) -> None:
    """A page asks for no phrase that is nowhere, and fills just the gaps that the phrase has."""
    english = phrases_of(WORDS / family / "en.yaml", 0)
    wrong = []
    for path in sorted((PACKAGE / room).rglob("*")):
        read = {".py": asked_in_python, ".html": asked_in_template}.get(path.suffix)
        for name, given in read(path) if read else ():
            if name not in english or (given is not None and given != set(gaps_of(english[name]))):
                wrong.append(f"{path.name}: {name} {given}")
    assert wrong == []
