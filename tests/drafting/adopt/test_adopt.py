"""A page of eleven months becomes eleven issues, whatever form it comes in; no word is lost, and nothing written over."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Mapping

import pytest
from lxml import etree

from newsletter.drafting.adopt.adoption import Adoption, State
from newsletter.drafting.adopt.tidy import letters
from newsletter.drafting.adopt.to_markdown import spoken
from newsletter.drafting.read import read
from newsletter.nouns.draft import Edition, Picture, SectionType
from newsletter.nouns.problem import Problem, Severity
from newsletter.rendering.markdown import to_plain
from newsletter.words import read_words
from newsletter.workspace import Workspace

from .conftest import DATA, Adopt

MONTHS = [
    "2024-02",
    "2024-06",
    "2024-07",
    "2024-08",
    "2024-09",
    "2024-12",
    "2025-01",
    "2025-04",
    "2025-05",
    "2025-06",
    "2025-07",
]
FORMS = ("page.txt", "page.html", "page.docx", "page.eml")
HEADINGS = re.compile(r"^(?:Significant Events from Newsletters \d{4}|[A-Z][a-z]+ \d{4})$", re.MULTILINE)
Types = Mapping[str, SectionType]


def editions(workspace: Workspace, types: Types) -> list[Edition]:
    """The issues of a workspace, each of which must be read without a problem."""
    found = []
    for path in sorted(workspace.issues.glob("20*.yaml")):
        language = "es" if path.name.endswith(".es.yaml") else "en"
        edition, problems = read(path, types, root=workspace.root, language=language)
        assert problems == [], path.read_text("utf-8")
        assert edition is not None
        found.append(edition)
    return found


def pieces(edition: Edition) -> list[tuple[object, ...]]:
    """What an issue says, without its links and the names of its pictures."""
    found: list[tuple[object, ...]] = []
    for section in edition.sections:
        image = section.values.get("image")
        caption = image.caption if isinstance(image, Picture) else None
        body = " ".join(spoken(str(section.values.get("body", ""))).split())
        date = section.values.get("date")
        found.append((section.type.name, section.title, date, section.significant, body, caption))
    return found


def words_of(edition: Edition) -> list[str]:
    """The words of an issue in the order of the file, but for titles that its own text says again."""
    words: list[str] = []
    for section in edition.sections:
        body = spoken(str(section.values.get("body", "")))
        start = section.title.removesuffix(" …")
        if not " ".join(body.split()).startswith(start):
            words += section.title.split()
        words += body.split()
        image = section.values.get("image")
        words += image.caption.split() if isinstance(image, Picture) else []
    return words


def of_check(adoption: Adoption, check: str) -> list[Problem]:
    """The problems of one kind."""
    return [one for one in adoption.problems if one.check == check]


@pytest.mark.parametrize("name", FORMS)
def test_eleven_months_are_eleven_issues(
    adopted: Adopt, forms: Mapping[str, bytes], workspace: Workspace, types: Types, name: str
) -> None:
    """Each under its own name, read without a problem, and each event on the public page of its year."""
    adoption = adopted(forms[name], name)
    assert [one.state for one in adoption.issues] == [State.NEW] * 11
    found = editions(workspace, types)
    assert [str(edition.issue) for edition in found] == MONTHS
    assert all(section.significant for edition in found for section in edition.sections if section.type.name == "news")
    assert [one for one in adoption.problems if one.severity is Severity.ERROR] == []


@pytest.mark.parametrize("name", FORMS)
def test_no_word_is_lost_or_added(
    adopted: Adopt, forms: Mapping[str, bytes], workspace: Workspace, types: Types, name: str
) -> None:
    """Word by word over the whole page: issues and standing text say what it says, and nothing else."""
    adoption = adopted(forms[name], name)
    text = (DATA / "significant-events.txt").read_text("utf-8").replace("\u00a0", " ").replace("• ", "")
    page = HEADINGS.sub("", text).split()
    kept = [*spoken(adoption.standing).split(), *(word for one in editions(workspace, types) for word in words_of(one))]
    gone, new = Counter(page) - Counter(kept), Counter(kept) - Counter(page)
    assert (gone, new) == (Counter(), Counter())
    assert (adoption.count.lost, adoption.count.added) == ((), ())


def test_the_words_stand_in_their_order(
    adopted: Adopt, forms: Mapping[str, bytes], workspace: Workspace, types: Types
) -> None:
    """A diff of the page against its issues, month by month as the page has them, moves captions and nothing else."""
    adopted(forms["page.txt"], "page.txt")
    text = (DATA / "significant-events.txt").read_text("utf-8").replace("\u00a0", " ").replace("• ", "")
    months = re.split(
        r"^[A-Z][a-z]+ \d{4}$", re.sub("^Significant.*$", "", text, flags=re.MULTILINE), flags=re.MULTILINE
    )
    for month, edition in zip(months[1:], reversed(editions(workspace, types)), strict=True):
        captions = {one[5] for one in pieces(edition)}
        said = words_of(edition)
        moved = difflib.SequenceMatcher(None, month.split(), said, autojunk=False).get_opcodes()
        changed = [" ".join(month.split()[a:b]) for kind, a, b, _, _ in moved if kind != "equal" and b > a]
        assert set(changed) <= captions


def test_all_forms_give_the_same_issues(
    adopted: Adopt, forms: Mapping[str, bytes], workspace: Workspace, types: Types
) -> None:
    """Text, web page, Word and mail: the same sections with the same titles, days, words and captions."""
    found = {}
    for name in FORMS:
        adopted(forms[name], name)
        found[name] = [pieces(edition) for edition in editions(workspace, types)]
        for path in workspace.issues.glob("20*.yaml"):
            path.unlink()
    assert found["page.html"] == found["page.txt"]
    assert found["page.docx"] == found["page.txt"]
    assert found["page.eml"] == found["page.txt"]


@pytest.mark.parametrize("name", FORMS)
def test_captions_are_told(
    adopted: Adopt, forms: Mapping[str, bytes], workspace: Workspace, types: Types, name: str
) -> None:
    """Of both pictures; the line that is no sentence was unsure in a text, and that is said."""
    adoption = adopted(forms[name], name)
    captions = [one[5] for edition in editions(workspace, types) for one in pieces(edition) if one[5]]
    assert captions == [
        "Photo: The visitors in London, November 2024. © Example Group",
        "Marisiela Monzon Ramos, daughter of Celia Ramos",
    ]
    doubts = [one.message for one in of_check(adoption, "unsure") if "caption" in one.message]
    assert bool(doubts) is (name == "page.txt")


def test_lost_links_are_told_where_they_stand(adopted: Adopt, forms: Mapping[str, bytes]) -> None:
    """By line and column of the text, each a warning; the web page has lost none."""
    adoption = adopted(forms["page.txt"], "page.txt")
    lines = forms["page.txt"].decode().split("\n")
    lost = of_check(adoption, "lost-link")
    said = []
    for one in lost:
        words = one.message.split("“")[1].split("”")[0]
        assert lines[one.place.line - 1][one.place.column - 1 :].startswith(words)
        said.append(words)
    assert said == [
        "Read the report here",
        "Sign the petition here",
        "Take action",
        "watched here",
        "click here",
        "sign the petition here",
        "More information here",
    ]
    assert {one.severity for one in lost} == {Severity.WARNING}


@pytest.mark.parametrize("name", FORMS)
def test_glued_words_are_noticed(adopted: Adopt, forms: Mapping[str, bytes], workspace: Workspace, name: str) -> None:
    """Each where it stands: in the text, or in the issue that was made of another form."""
    adoption = adopted(forms[name], name)
    found = {}
    for one in of_check(adoption, "glued-words"):
        file = forms[name].decode() if one.place.file == name else (workspace.root / one.place.file).read_text("utf-8")
        words = one.message.split("“")[1].split("”")[0]
        assert file.split("\n")[one.place.line - 1][one.place.column - 1 :].startswith(words)
        found[words] = one.message.split("“")[2].split("”")[0]
    assert found == {
        "billapproved": "bill approved",
        "theCongress": "the Congress",
        "Police.They": "Police. They",
    }


def test_no_break_spaces_are_noticed(
    adopted: Adopt, forms: Mapping[str, bytes], workspace: Workspace, types: Types
) -> None:
    """Where they stand; in the issues there are plain spaces."""
    adoption = adopted(forms["page.txt"], "page.txt")
    lines = forms["page.txt"].decode().split("\n")
    places = [one.place for one in of_check(adoption, "no-break-space")]
    assert [lines[place.line - 1][place.column - 1] for place in places] == ["\u00a0"] * 3
    assert not any("\u00a0" in str(pieces(edition)) for edition in editions(workspace, types))


def test_standing_text_is_offered_and_the_profile_left_alone(
    adopted: Adopt, forms: Mapping[str, bytes], workspace: Workspace
) -> None:
    """Everything before the first year, as Markdown; newsletter.yaml stays byte for byte."""
    before = workspace.profile.read_bytes()
    adoption = adopted(forms["page.html"], "page.html")
    assert "kept by the coordinators of a local group" in adoption.standing
    assert "[Read the report here](https://example.org/report-2024)" in adoption.standing
    assert workspace.profile.read_bytes() == before


def test_what_is_no_content_is_left_out_and_said(adopted: Adopt, forms: Mapping[str, bytes]) -> None:
    """Menu, cookie banner and foot of the page, with their words; scripts and styles have none."""
    adoption = adopted(forms["page.html"], "page.html")
    said = " ".join(one.message for one in of_check(adoption, "left-out"))
    assert "We use cookies. Accept all" in said
    assert "Home Countries" in said
    assert "1 Example Street" in said
    assert "none of the page" not in said


def test_adopting_again_changes_nothing(adopted: Adopt, forms: Mapping[str, bytes], workspace: Workspace) -> None:
    """Not a byte, however often, and it says that the issues were there."""
    adopted(forms["page.html"], "page.html")
    before = {path: path.read_bytes() for path in workspace.root.rglob("*") if path.is_file()}
    for name in (*FORMS, "page.html"):
        again = adopted(forms[name], name)
        assert {one.state for one in again.issues} == {State.LEFT}
        assert of_check(again, "lost-link") == [] or name == "page.txt"
    assert {path: path.read_bytes() for path in workspace.root.rglob("*") if path.is_file()} == before


def test_an_issue_that_is_there_is_left(adopted: Adopt, forms: Mapping[str, bytes], workspace: Workspace) -> None:
    """Hers stays as it is, whatever it holds; the ten others are written."""
    hers = workspace.issues / "2025-06.yaml"
    hers.write_text("not yet: begun\n", "utf-8")
    adoption = adopted(forms["page.txt"], "page.txt")
    assert hers.read_text("utf-8") == "not yet: begun\n"
    states = {str(one.name): one.state for one in adoption.issues}
    assert states.pop("2025-06") is State.LEFT
    assert set(states.values()) == {State.NEW}


@pytest.mark.parametrize("better", ["page.html", "page.docx", "page.eml"])
def test_a_form_with_links_mends_what_was_pasted(
    adopted: Adopt, forms: Mapping[str, bytes], workspace: Workspace, types: Types, better: str
) -> None:
    """Each link goes to its very words; not a word changes, a copy is kept, and nothing is lost any more."""
    adopted(forms["page.txt"], "page.txt")
    before = {path.name: path.read_bytes() for path in workspace.issues.glob("20*.yaml")}
    said = [pieces(edition) for edition in editions(workspace, types)]
    adoption = adopted(forms[better], better)
    assert [pieces(edition) for edition in editions(workspace, types)] == said
    mended = {one.file.removeprefix("issues/"): one for one in adoption.issues if one.state is State.MENDED}
    assert sorted(mended) == ["2024-06.yaml", "2024-08.yaml", "2024-12.yaml", "2025-04.yaml", "2025-05.yaml"]
    for name, issue in mended.items():
        copy = workspace.records / "copies" / name.replace(".yaml", ".2025-07-04.10-00-00.yaml")
        assert copy.read_bytes() == before[name]
        for place, markdown in issue.links:
            line = (workspace.issues / name).read_text("utf-8").split("\n")[place.line - 1]
            assert markdown in line
    assert "[petition here](https://example.org/apci-petition)" in (workspace.issues / "2025-05.yaml").read_text(
        "utf-8"
    )
    again = adopted(forms["page.txt"], "page.txt")
    assert [one.message for one in of_check(again, "lost-link")] == [
        "“Read the report here” was a link, and its address is lost."
    ]
    assert adopted(forms[better], better).issues[0].state is State.LEFT


def test_a_changed_paragraph_is_not_touched(adopted: Adopt, forms: Mapping[str, bytes], workspace: Workspace) -> None:
    """It says what it would have put there, and where; what she changed elsewhere in the file is no hindrance."""
    adopted(forms["page.txt"], "page.txt")
    path = workspace.issues / "2024-12.yaml"
    text = path.read_text("utf-8").replace("The petition is still open", "Our petition is still open")
    path.write_bytes(text.replace("\n", "\r\n").encode())
    adoption = adopted(forms["page.html"], "page.html")
    now = path.read_bytes().decode()
    assert "can be [watched here](https://example.org/hrac-recording)" in now
    assert "click here to sign it" in now
    assert now.count("\r\n") == now.count("\n") == text.count("\n")
    lost = [one for one in of_check(adoption, "lost-link") if one.place.file == "issues/2024-12.yaml"]
    assert [one.hint for one in lost] == [
        "If it still fits, write: [click here](https://example.org/who-called-the-shots)"
    ]
    assert "Our petition" in now.split("\n")[lost[0].place.line - 1]


def test_her_own_link_stays(adopted: Adopt, forms: Mapping[str, bytes], workspace: Workspace) -> None:
    """Where she has found an address herself, the page's does not take its place."""
    adopted(forms["page.txt"], "page.txt")
    path = workspace.issues / "2025-05.yaml"
    hers = path.read_text("utf-8").replace("petition here", "[petition here](https://example.org/hers)")
    path.write_text(hers, "utf-8")
    adopted(forms["page.html"], "page.html")
    assert path.read_text("utf-8") == hers


def test_pictures_of_a_word_document_are_kept(
    adopted: Adopt, forms: Mapping[str, bytes], workspace: Workspace, types: Types
) -> None:
    """They came with it: their files stand in issues/images/ under the names that the issues use."""
    adoption = adopted(forms["page.docx"], "page.docx")
    names = [
        one.file
        for edition in editions(workspace, types)
        for s in edition.sections
        for one in [s.values.get("image")]
        if isinstance(one, Picture)
    ]
    assert names == ["2024-12-picture-1.png", "2025-06-picture-1.png"]
    assert all((workspace.images / name).read_bytes().startswith(b"\x89PNG") for name in names)
    assert of_check(adoption, "picture-missing") == []


def test_pictures_elsewhere_are_listed_and_not_fetched(adopted: Adopt, forms: Mapping[str, bytes]) -> None:
    """With the address that they have there, at the line of the issue that shows them."""
    adoption = adopted(forms["page.html"], "page.html")
    messages = [one.message for one in of_check(adoption, "picture-missing")]
    assert [re.findall(r"https://\S+", one)[0] for one in messages] == [
        "https://example.org/images/london.jpg",
        "https://example.org/images/ramos.jpg",
    ]


def test_the_issues_render(adopted: Adopt, forms: Mapping[str, bytes], workspace: Workspace, types: Types) -> None:
    """What readers get says the words of the page: signs of Markdown in it are no signs."""
    adopted(forms["page.txt"], "page.txt")
    edition = next(one for one in editions(workspace, types) if str(one.issue) == "2024-02")
    plain = to_plain(str(edition.sections[0].values["body"]), read_words(workspace, "en"))
    assert "Wildlife Law*:" in plain
    assert "*The changed law" in plain
    assert "[see art. 29_b]." in " ".join(plain.split())


def test_the_forms_are_the_same_page() -> None:
    """The two files of this test's data say the same, so that the tests above compare what they seem to."""
    main = etree.fromstring((DATA / "significant-events.html").read_bytes(), etree.HTMLParser(encoding="utf-8")).find(
        ".//main"
    )
    assert main is not None
    text = (DATA / "significant-events.txt").read_text("utf-8").replace("• ", "")
    assert letters("".join(main.itertext())) == letters(text)


@pytest.mark.parametrize(
    ("last", "caption"), [("A woman holds a portrait of her mother", True), ("Sign the petition here", False)]
)
def test_a_short_line_that_ends_a_month_is_held_for_a_caption(
    adopted: Adopt, workspace: Workspace, types: Types, last: str, caption: bool
) -> None:
    """As a browser pastes it, a caption is a line without a full stop; a call to act in that place stays a text."""
    page = f"Events 2025\n\nJuly 2025\n\nCongress has backed the bill on its first vote.\n\n{last}\n"
    adopted(page.encode(), "page.txt")
    (edition,) = editions(workspace, types)
    assert next(one[5] for one in pieces(edition)) == (last if caption else None)
