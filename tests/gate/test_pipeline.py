"""From files to a dossier, and everything wrong with them at once."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from newsletter.nouns.problem import Severity
from newsletter.pipeline import check, everything

if TYPE_CHECKING:
    from tests.gate.conftest import Newsroom


def test_an_issue_is_read_and_rendered_in_all_its_languages(newsroom: Newsroom) -> None:
    """Nothing to mend, and a rendering for each edition."""
    prepared = newsroom.prepared()
    assert prepared.dossier is not None
    assert everything(prepared) == ()
    assert [edition.language for edition in prepared.dossier.editions] == ["en", "es"]
    assert set(prepared.dossier.renderings) == {"en", "es"}


def test_the_same_files_give_the_same_dossier(newsroom: Newsroom) -> None:
    """Nothing of it comes from the clock, the network or chance."""
    assert newsroom.prepared() == newsroom.prepared()


def test_a_mistake_in_one_language_hides_nothing_of_another(newsroom: Newsroom) -> None:
    """Problems of all editions and of the profile are told together, errors first."""
    newsroom.change("2025-07.yaml", "title: A vote", "titel: A vote")
    newsroom.change("2025-07.es.yaml", "gracias.", "gracias: [aquí](https://example.org/a)")
    newsroom.change("newsletter.yaml", "  complaints: https://example.org/complaints\n", "")
    problems = everything(newsroom.prepared())
    assert {problem.place.file for problem in problems} == {
        "issues/2025-07.yaml",
        "issues/2025-07.es.yaml",
        "issues/newsletter.yaml",
    }
    severities = [list(Severity).index(problem.severity) for problem in problems]
    assert severities == sorted(severities)
    assert len(set(severities)) > 1


def test_without_a_profile_the_issue_is_still_read(newsroom: Newsroom) -> None:
    """A broken profile is no reason to keep silent about the issue."""
    newsroom.change("newsletter.yaml", "languages: [en, es]", "languages: [en, es")
    newsroom.change("2025-07.yaml", "send_on: 2025-07-04", "send_on: 2025-13-04")
    prepared = newsroom.prepared()
    assert prepared.dossier is None
    assert {problem.place.file for problem in prepared.problems} == {"issues/newsletter.yaml", "issues/2025-07.yaml"}


def test_an_unreadable_earlier_issue_is_a_note(newsroom: Newsroom) -> None:
    """What is wrong with June does not keep July back."""
    newsroom.write("2025-06.yaml", "subject: [broken\n")
    newsroom.write(
        "2025-05.yaml", "subject: x\npreheader: y\nsend_on: 2025-05-02\nsections: [{type: letter, body: Hi}]\n"
    )
    prepared = newsroom.prepared()
    assert prepared.dossier is not None
    assert [str(edition.issue) for edition in prepared.dossier.earlier] == ["2025-05"]
    assert [(one.place.file, one.severity.value) for one in prepared.problems] == [("issues/2025-06.yaml", "note")]


def test_a_missing_picture_is_told_once(newsroom: Newsroom) -> None:
    """Rendering misses it and a check misses it; she reads it once, with the name that was meant."""
    newsroom.write("images/march.png", "no picture")
    newsroom.change("2025-07.yaml", "    title: A vote\n", '    title: A vote\n    image: {file: mrach.png, alt: ""}\n')
    errors = [problem for problem in everything(newsroom.prepared()) if problem.severity == "error"]
    assert [(problem.place.line, problem.hint) for problem in errors] == [(12, "Did you mean march.png?")]


def test_words_of_a_language_that_are_missing_are_a_problem(newsroom: Newsroom) -> None:
    """No exception, but a line with its place: the other edition is looked at all the same."""
    newsroom.change("newsletter.yaml", "languages: [en, es]", "languages: [en, es, qu]")
    newsroom.write("2025-07.qu.yaml", (newsroom.workspace.issues / "2025-07.yaml").read_text("utf-8"))
    prepared = newsroom.prepared()
    assert [one.place.file for one in prepared.problems if one.severity == "error"] == ["issues/2025-07.qu.yaml"]
    assert prepared.dossier is not None
    assert set(prepared.dossier.renderings) == {"en", "es"}


def test_checks_are_asked_for_a_day(newsroom: Newsroom) -> None:
    """The day of sending comes in; by itself ``everything`` takes send_on."""
    dossier = newsroom.prepared().dossier
    assert dossier is not None
    assert check(dossier, dt.date(2025, 7, 4)) == []
    assert {problem.check for problem in check(dossier, dt.date(2025, 7, 5))} == {"send-date"}


@pytest.mark.parametrize(
    ("name", "severity", "advice"),
    [
        ("2025-07-es.yaml", "warning", "Call it 2025-07.es.yaml."),
        ("2025-7.yaml", "warning", "Call it 2025-07.yaml."),
        ("2025-08.yml", "note", "Call it 2025-08.yaml."),
        ("old.yaml", "note", "2025-07.es.yaml"),
    ],
)
def test_a_file_that_is_not_read_is_told(newsroom: Newsroom, name: str, severity: str, advice: str) -> None:
    """An edition under a wrong name would be missed only by its readers."""
    newsroom.write(name, "x: y\n")
    (problem,) = newsroom.prepared().problems
    assert problem.place.file == f"issues/{name}"
    assert problem.severity == severity
    assert advice in problem.hint


@pytest.mark.parametrize(("language", "advice"), [("ES", "Call the file 2025-07.es.yaml."), ("spanish", "en, es")])
def test_a_language_that_the_newsletter_does_not_have(newsroom: Newsroom, language: str, advice: str) -> None:
    """One problem, and not the advice to translate the words of a language that is none."""
    (newsroom.workspace.issues / "2025-07.es.yaml").rename(newsroom.workspace.issues / f"2025-07.{language}.yaml")
    (problem,) = newsroom.prepared().problems
    assert problem.severity == "error"
    assert f"“{language}”" in problem.message
    assert advice in problem.hint


def test_a_folder_that_bears_an_issues_name(newsroom: Newsroom) -> None:
    """It is told that an issue is a file, not to call the folder what it is called."""
    (newsroom.workspace.issues / "2025-08.yaml").mkdir()
    (problem,) = newsroom.prepared().problems
    assert "a folder" in problem.message
    assert "Call it" not in problem.hint


def test_slips_in_ones_own_templates_are_told_with_everything_else(newsroom: Newsroom) -> None:
    """Each once, at its own place, although every edition stumbles over the first; also of types not used here."""
    templates = newsroom.workspace.root / "templates" / "sections"
    for name in ("news", "table"):
        (templates / name).mkdir(parents=True)
        text = "<mj-section><mj-column>\n<mj-buton/>\n<mj-text colour='x'>{{ here.wrod }}</mj-text></mj-column></mj-section>"
        (templates / name / "email.mjml").write_text(text, "utf-8")
    problems = everything(newsroom.prepared())
    places = [(one.place.file, one.place.line, one.place.column) for one in problems if one.severity == "error"]
    files = [f"templates/sections/{name}/email.mjml" for name in ("news", "table")]
    assert places == [(file, *at) for file in files for at in ((2, 1), (3, 10), (3, 29))]


def test_a_slip_that_shows_only_when_a_template_is_filled_in_has_its_place_too(newsroom: Newsroom) -> None:
    """Told once for all editions."""
    templates = newsroom.workspace.root / "templates" / "sections" / "news"
    templates.mkdir(parents=True)
    (templates / "email.txt").write_text("\n\n{{ 1 / 0 }}", "utf-8")
    (only,) = [one for one in everything(newsroom.prepared()) if one.check == "template"]
    assert (only.place.file, only.place.line) == ("templates/sections/news/email.txt", 3)
