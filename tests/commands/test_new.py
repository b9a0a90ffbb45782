"""``newsletter new`` as a coordinator uses it: month after month, in two languages, with specials and pauses."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from newsletter.__main__ import main
from newsletter.commands.new import new
from newsletter.door import Door
from newsletter.drafting.read import read
from newsletter.drafting.types import read_types
from newsletter.nouns.draft import Edition
from newsletter.nouns.problem import Problem, Severity
from newsletter.pipeline import everything, prepare
from newsletter.settings import Settings
from newsletter.workspace import Workspace

JULY = dt.datetime(2025, 7, 20, 9, tzinfo=dt.UTC)
Begin = Callable[..., str]


@pytest.fixture
def begin(sample: Workspace) -> Begin:
    """Types ``newsletter new`` in a copy of the sample, on a day in July 2025; what the window then shows."""

    def typed(*arguments: str, environ: dict[str, str] | None = None) -> str:
        door = Door(sample.root, environ=environ or {}, now=lambda: JULY)
        done = CliRunner().invoke(new, arguments, obj=door, catch_exceptions=False)
        assert done.exit_code == 0
        return done.output

    return typed


def edition(workspace: Workspace, name: str, language: str = "en") -> Edition:
    """An edition that is read without an error."""
    types, _ = read_types(workspace)
    found, problems = read(workspace.issues / name, types, root=workspace.root, language=language)
    assert found, [str(one) for one in problems]
    return found


def problems(workspace: Workspace, name: str) -> list[Problem]:
    """What `newsletter check` shows of an issue."""
    return list(everything(prepare(workspace, workspace.issue(name), Settings())))


def put(workspace: Workspace, name: str, sections: str, day: str = "") -> Path:
    """Write an issue's file."""
    head = f"subject: One subject for all\npreheader: What stands beside it in the mailbox\nsend_on: {day or name[:7] + '-04'}\n"
    path = workspace.issues / name
    path.write_bytes(f"{head}sections:\n{sections}".encode())
    return path


def asks(found: Edition) -> list[str]:
    return [section.title for section in found.sections if section.type.ask]


def test_the_next_month_is_begun_in_both_languages(sample: Workspace, begin: Begin) -> None:
    """August 2025, its first Friday, the greetings of July, what is still open word for word, and the next step."""
    said = begin()
    assert "made  issues/2025-08.yaml\nmade  issues/2025-08.es.yaml\n" in said
    assert "2025-08-01: the first Friday of the month" in said
    english, spanish = edition(sample, "2025-08.yaml"), edition(sample, "2025-08.es.yaml", "es")
    assert english.send_on == spanish.send_on == dt.date(2025, 8, 1)
    assert str(english.sections[0].values["body"]).startswith("Dear {first_name|friends},\n\nTO WRITE")
    assert str(spanish.sections[0].values["body"]).startswith("Hola, {first_name|amigas y amigos}:\n\nPOR ESCRIBIR")
    assert asks(english) == ["Who called the shots?", "Ask the President not to enact them"]
    assert asks(spanish) == ["¿Quién dio la orden?"]
    july = (sample.issues / "2025-07.yaml").read_text("utf-8")
    section = july[july.index("  # An ask that was") : july.index("  # In brief: a word")].rstrip()
    assert section in (sample.issues / "2025-08.yaml").read_text("utf-8")
    assert "newsletter check 2025-08" in said.splitlines()[-1]


def test_check_shows_what_is_left_to_write_and_nothing_else(sample: Workspace, begin: Begin) -> None:
    """Three places in each language, one ask to look after, and that the editions differ by it."""
    begin()
    found = problems(sample, "2025-08")
    assert sorted((one.check, one.severity.value) for one in found) == [
        ("editions-drift", "warning"),
        ("facts-in-sources", "note"),  # nothing is kept yet with which it could be compared
        ("featured-ask", "warning"),  # two asks: somebody has to say which comes first
        *[("placeholder", "error")] * 6,
        ("still-open", "warning"),
    ]
    for one in found:
        if one.check in {"placeholder", "still-open"}:
            line = (sample.root / one.place.file).read_text("utf-8").splitlines()[one.place.line - 1]
            assert line[one.place.column - 1 :].startswith(("TO WRITE", "POR ESCRIBIR", "unsure"))


def test_written_it_can_go_out(sample: Workspace, begin: Begin) -> None:
    """With its words in place, and the ask looked after, nothing is to mend, but that no source is kept for them."""
    begin("--language", "en")
    path = sample.issues / "2025-08.yaml"
    text = re.sub(r"TO WRITE: what matters", "What matters", path.read_text("utf-8"))
    text = re.sub(r"TO WRITE: ([^\n\"]*)", r"Words of her own: \1", text)
    text = text.replace("closed: unsure", "closed: no").replace(
        "until: 2025-09-30\n", "until: 2025-09-30\n    featured: yes\n", 1
    )
    path.write_text(text, "utf-8")
    assert [(one.check, one.severity.value) for one in problems(sample, "2025-08")] == [("facts-in-sources", "note")]


def test_nothing_is_written_over(sample: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is there stays as it is: a sentence, exit code 2, and not a byte elsewhere."""
    (sample.issues / "2025-08.es.yaml").write_bytes(b"mine\r\n")
    before = {path: path.read_bytes() for path in sample.root.rglob("*") if path.is_file()}
    where = ["--workspace", str(sample.root)]
    assert main([*where, "new", "2025-08"]) == 2
    assert main([*where, "new", "2025-07"]) == 2
    assert main([*where, "new", "2025-07.yaml"]) == 2
    after = {path: path.read_bytes() for path in sample.root.rglob("*") if path.is_file() and path in before}
    assert after == before
    assert not (sample.issues / "2025-08.yaml").exists()
    said = capsys.readouterr().err
    assert "issues/2025-08.es.yaml is there already. Nothing was changed." in said
    assert "newsletter new 2025-08 --language" not in said.split("issues/2025-07.yaml")[1]


def test_one_edition_may_be_begun_later(sample: Workspace, begin: Begin) -> None:
    """The English file is there; the Spanish one is begun beside it."""
    begin("--language", "en")
    english = (sample.issues / "2025-08.yaml").read_bytes()
    begin("2025-08", "--language", "es")
    assert (sample.issues / "2025-08.yaml").read_bytes() == english
    assert edition(sample, "2025-08.es.yaml", "es").send_on == dt.date(2025, 8, 1)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("august", "such as 2025-08"),
        ("2025-8", "Call it 2025-08"),
        ("2025-13", "such as 2025-08"),
        ("2025-02-30-apci", "such as 2025-08"),
        ("2025-08-14", "2025-08-14-apci"),
        ("0025-08", "such as 2025-08"),
        ("9999-12", "such as 2025-08"),
        ("..", "such as 2025-08"),
    ],
)
def test_what_is_no_name_is_told(sample: Workspace, asked: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A sentence that shows what one types."""
    assert main(["--workspace", str(sample.root), "new", asked]) == 2
    assert said in capsys.readouterr().err
    assert main(["--workspace", str(sample.root), "new", "--language", "fr"]) == 2
    assert "en, es" in capsys.readouterr().err


@pytest.mark.parametrize(
    "asked", ["issues/2025-10.yaml", "issues\\2025-10.yaml", r"C:\News\issues\2025-10.yaml", "2025-10"]
)
def test_a_path_means_its_issue(sample: Workspace, begin: Begin, asked: str) -> None:
    """Also one as Windows writes it."""
    shutil.rmtree(sample.outbox)  # with the pictures at hand
    begin(asked)
    assert edition(sample, "2025-10.yaml").send_on == dt.date(2025, 10, 3)
    assert sorted(path.name for path in sample.root.iterdir()) == ["issues"]


def test_over_the_years_end(sample: Workspace, begin: Begin) -> None:
    """After December comes January, on its first Friday; what closed in between is named once, and then no more."""
    told = {name: begin() for name in ("08", "09", "10", "11", "12", "01")}
    assert edition(sample, "2026-01.yaml").send_on == dt.date(2026, 1, 2)
    assert "over on 2025-09-30" in told["10"]
    assert not any("over on" in told[name] for name in ("08", "09", "11", "12", "01"))
    assert "Nobody told readers what became of" not in told["09"]
    assert all("(id: who-called-the-shots)" in told[name] for name in ("10", "11", "12", "01"))
    text = (sample.issues / "2026-01.yaml").read_text("utf-8")
    assert text.count("#> Nobody told readers") == 1
    assert "#   ask: who-called-the-shots" in text
    assert len(text.splitlines()) < 130


def test_an_outcome_answers(sample: Workspace, begin: Begin) -> None:
    """What an issue has reported on is not named again."""
    outcome = "  - {type: outcome, ask: who-called-the-shots, asked: that they be heard., since: they were.}\n"
    put(sample, "2025-09.yaml", outcome)
    assert "Nobody told" not in begin("2025-10")


@pytest.mark.parametrize(
    ("said", "carried"), [("yes", False), ("2025-07-25", False), ("2025-08-01", False), ("2025-08-02", True)]
)
def test_what_is_closed_is_left_out(sample: Workspace, begin: Begin, said: str, carried: bool) -> None:
    """In whichever edition it is said; a day counts from itself on."""
    path = sample.issues / "2025-07.es.yaml"
    path.write_text(
        path.read_text("utf-8").replace("until: 2025-09-30", f"until: 2025-09-30\n    closed: {said}"), "utf-8"
    )
    told = begin()
    assert ("Who called the shots?" in asks(edition(sample, "2025-08.yaml"))) is carried
    assert ("closed" in told.split("Left out:")[-1] and "Left out:" in told) is not carried


def test_what_has_no_last_day_is_asked_for_each_month(sample: Workspace, begin: Begin) -> None:
    """It is marked again after somebody has looked; after `closed: yes` it is gone; after a year, too."""
    begin()
    august = sample.issues / "2025-08.yaml"
    august.write_text(august.read_text("utf-8").replace("closed: unsure", "closed: no"), "utf-8")
    begin()
    september = edition(sample, "2025-09.yaml")
    assert [one.values.get("closed") for one in september.sections if one.type.ask] == [None, "unsure"]
    path = sample.issues / "2025-09.yaml"
    path.write_text(path.read_text("utf-8").replace("closed: unsure", "closed: yes"), "utf-8")
    assert "closed, as its section says" in begin()
    assert asks(edition(sample, "2025-10.yaml")) == []
    for name in ("2025-08", "2025-09", "2025-10"):
        (sample.issues / f"{name}.yaml").unlink()
    begin("2026-06")
    assert asks(edition(sample, "2026-06.yaml")) == []


def test_a_special_is_short_and_folded_into_the_next_issue(sample: Workspace, begin: Begin) -> None:
    """It goes out on its day and carries nothing on; the next letter tells of it, with a link where there is a page."""
    said = begin("2025-07-14-apci")
    special = edition(sample, "2025-07-14-apci.yaml")
    assert special.send_on == dt.date(2025, 7, 14)
    assert [one.type.name for one in special.sections] == ["letter"]
    assert "Carried on" not in said
    for name in ("2025-07-14-apci.yaml", "2025-07-14-apci.es.yaml"):
        path = sample.issues / name
        subject = 'subject: "The *APCI* [law]: what now?"'
        path.write_text(re.sub("subject: .*", subject, path.read_text("utf-8")), "utf-8")
    assert "Folded in as “already sent to you”: 2025-07-14-apci" in begin(
        environ={"NEWSLETTER_PUBLIC_URL": "https://news.example.org"}
    )
    english, spanish = edition(sample, "2025-08.yaml"), edition(sample, "2025-08.es.yaml", "es")
    brief = english.sections[1]
    assert (brief.type.name, brief.title) == ("in-brief", "Already sent to you")
    items = brief.values["items"]
    assert items == (
        {
            "topic": "14 July 2025",
            "text": r"[The \*APCI\* \[law\]: what now?](https://news.example.org/2025-07-14-apci/)",
        },
    )
    assert spanish.sections[1].title == "Ya se lo enviamos"
    assert "/2025-07-14-apci/es/" in str(spanish.sections[1].values["items"])
    begin()
    assert [one.type.name for one in edition(sample, "2025-09.yaml").sections][:2] == ["letter", "petition"]


def test_asks_of_a_special_are_carried_on(sample: Workspace, begin: Begin) -> None:
    """Each from where it stood last, the newest first."""
    petition = (
        "  - {type: petition, title: Keep it free, body: Now., url: 'https://example.org/f', until: 2025-08-20}\n"
    )
    put(sample, "2025-07-14-apci.yaml", petition, "2025-07-14")
    begin()
    text = (sample.issues / "2025-08.yaml").read_text("utf-8")
    assert petition.strip() in text
    assert text.index("from 2025-07-14-apci") < text.index("from 2025-07,")


def test_a_pause_is_passed_over_and_what_closes_meanwhile_is_said(sample: Workspace, begin: Begin) -> None:
    """August is a pause: September is begun; what closes in between is named; July's check says so beforehand."""
    profile = sample.profile.read_text("utf-8")
    sample.profile.write_text(f"{profile}\npause: [2025-08]\n", "utf-8")
    for name in ("2025-07.yaml", "2025-07.es.yaml"):
        path = sample.issues / name
        path.write_text(path.read_text("utf-8").replace("2025-09-30", "2025-08-20"), "utf-8")
    noted = [one for one in problems(sample, "2025-07") if one.check == "closes-in-pause"]
    assert [one.severity for one in noted] == [Severity.NOTE] * 2
    said = begin()
    assert "made  issues/2025-09.yaml" in said
    assert "A pause, as issues/newsletter.yaml says: 2025-08." in said
    assert "“Who called the shots?” closes meanwhile, on 2025-08-20" in said
    assert "is a pause by issues/newsletter.yaml" in begin("2025-08")


def test_the_first_issue_ever(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With a profile and nothing else: this month, its last day, an own greeting, nothing carried on."""
    assert main(["init", str(tmp_path)]) == 0
    workspace = Workspace(tmp_path.resolve())
    for path in workspace.issues.glob("2*.yaml"):
        path.unlink()
    door = Door(tmp_path, environ={}, now=lambda: JULY)
    done = CliRunner().invoke(new, [], obj=door, catch_exceptions=False)
    assert "2025-07-31: the last day of the month; choose your own" in done.output
    first = edition(workspace, "2025-07.yaml")
    assert [one.type.name for one in first.sections] == ["letter"]
    assert str(first.sections[0].values["body"]).startswith("Dear {first_name|friends},\n\n")
    assert "No ask of an earlier issue is still open." in (workspace.issues / "2025-07.yaml").read_text("utf-8")
    capsys.readouterr()


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_section_of_the_skeleton_works(sample: Workspace, begin: Begin, language: str) -> None:
    """Without the # and one space at the start of their lines, the examples are read without an error."""
    begin()
    path = sample.issues / ("2025-08.yaml" if language == "en" else "2025-08.es.yaml")
    lines, inside = [], False
    for line in path.read_text("utf-8").splitlines():
        inside = line.startswith("  # - type:") or (inside and line.startswith("  #  "))
        lines.append(re.sub(r"^  # ", "  ", line) if inside else line)
    path.write_text("\n".join(lines), "utf-8")
    there = {one.type.name for one in edition(sample, path.name, language).sections}
    assert there >= {"letter", "news", "petition", "event", "outcome", "in-brief"}


def test_every_file_leads_editors_to_a_schema(sample: Workspace, begin: Begin) -> None:
    """Its first line names a file that is there, and in which types of one's own are."""
    folder = sample.root / "templates" / "sections" / "recipe"
    folder.mkdir(parents=True)
    (folder / "fields.yaml").write_text("fields: {title: {kind: text}}\n", "utf-8")
    begin()
    first = (sample.issues / "2025-08.es.yaml").read_text("utf-8").splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=")
    schema = sample.issues / first.partition("$schema=")[2]
    assert '"recipe"' in schema.read_text("utf-8")


@pytest.mark.parametrize(
    "sections",
    [
        "  - type: petition\r\n    title: A\r\n    body: |\r\n      b\r\n\r\n      c\r\n    url: https://example.org/a\r\n    until: 2025-09-30",
        "- type: petition\n  title:\tA\n  body: |\n      b\n\n      c\n\n  url: https://example.org/a\n  until: 2025-09-30",
        "      -   type: petition\n          title: A\n          body: |\n               b\n\n               c\n          url: https://example.org/a\n          until: 2025-09-30",
        '  - {type: petition, title: A, body: "b\\n\\nc", url: "https://example.org/a", until: 2025-09-30}',
        '  [{type: petition, title: A, body: "b\\n\\nc", url: "https://example.org/a", until: 2025-09-30}]',
    ],
    ids=["Windows, no last line end", "a tab, no indentation", "far in", "brackets", "a list in brackets"],
)
def test_whatever_her_editor_made_of_it(sample: Workspace, begin: Begin, sections: str) -> None:
    """The petition is carried on, and nothing but line feeds ends the lines of the new file."""
    put(sample, "2025-07.yaml", sections)
    (sample.issues / "2025-07.es.yaml").unlink()
    begin("--language", "en")
    assert b"\r" not in (sample.issues / "2025-08.yaml").read_bytes()
    found = [one for one in edition(sample, "2025-08.yaml").sections if one.title == "A"]
    assert [str(one.values["body"]).rstrip("\n") for one in found] == ["b\n\nc"]


def test_what_cannot_be_read_is_named(sample: Workspace, begin: Begin) -> None:
    """An issue in which something is to be mended hides no other."""
    (sample.issues / "2025-07.yaml").write_bytes(b"subject: [\n")
    said = begin()
    assert "issues/2025-07.yaml cannot be read" in said
    assert "newsletter check 2025-07" in said
    assert "¿Quién dio la orden?" in asks(edition(sample, "2025-08.es.yaml", "es"))


def test_a_misnamed_file_is_not_begun_beside(sample: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """Who has begun 2025-8.yaml by hand is told its right name."""
    (sample.issues / "2025-8.yaml").write_text("subject: S\n", "utf-8")
    assert main(["--workspace", str(sample.root), "new", "2025-08"]) == 2
    assert "Call it 2025-08.yaml." in capsys.readouterr().err


def test_a_profile_to_mend_stops_it(sample: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """With what is wrong in it, and nothing written."""
    sample.profile.write_text("title: x\n", "utf-8")
    assert main(["--workspace", str(sample.root), "new"]) == 1
    assert "issues/newsletter.yaml:1:1" in capsys.readouterr().err
    assert not (sample.issues / "2025-08.yaml").exists()


def test_a_beginning_of_ones_own(sample: Workspace, begin: Begin) -> None:
    """A newsletter's own skeleton comes before ours; what it lacks is said as ours says it."""
    own = sample.root / "templates" / "skeleton" / "en.yaml"
    own.parent.mkdir(parents=True)
    monthly = "subject: Ours costs $$5\npreheader: P\nsend_on: $send_on\nsections:\n  - type: letter\n    body: $greeting\n  $asks\n  $unreported\n"
    own.write_text(yaml.safe_dump({"monthly": monthly}), "utf-8")
    begin()
    found = edition(sample, "2025-08.yaml")
    assert found.subject == "Ours costs $5"
    assert asks(found) == ["Who called the shots?", "Ask the President not to enact them"]


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ("monthly: |\n  subject: S\n  $unreported\n", "$asks"),
        ("monthly: |\n  subject: [\n  $asks\n  $unreported\n", "was not written"),
        ("monthly: [", "cannot be used"),
        ("- a\n", "no list of names"),
    ],
)
def test_a_broken_beginning_is_told(sample: Workspace, own: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """By its file, and nothing is written."""
    path = sample.root / "templates" / "skeleton" / "en.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(own, "utf-8")
    assert main(["--workspace", str(sample.root), "new"]) == 1
    err = capsys.readouterr().err
    assert said in err
    assert "templates/skeleton/en.yaml" in err
    assert not list(sample.issues.glob("2025-08*"))


def test_a_language_without_a_skeleton_gets_the_english_one(sample: Workspace, begin: Begin) -> None:
    """French: notes in English, the month's name in French, and a file that is read."""
    text = sample.profile.read_text("utf-8").replace("languages: [en, es]", "languages: [en, fr]")
    sample.profile.write_text(text, "utf-8")
    (sample.issues / "2025-07.es.yaml").unlink()
    begin()
    assert "août 2025" in (sample.issues / "2025-08.fr.yaml").read_text("utf-8")
    assert edition(sample, "2025-08.fr.yaml", "fr").subject.startswith("TO WRITE")
