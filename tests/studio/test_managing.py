"""The pages around the issues, over HTTP: each act does what its command does, and no page shows a reader's address."""

from __future__ import annotations

import contextlib
import io
import re
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from newsletter.demo.server import mail_server
from newsletter.errors import OutsideFailed
from newsletter.gate.approvals import read_approvals
from newsletter.journal import What, read_journal
from newsletter.nouns.draft import IssueName
from newsletter.phrases import read_phrases
from newsletter.pipeline import Prepared, prepare
from newsletter.studio import known
from newsletter.studio.guard import MOST_BYTES
from newsletter.web.fetch import Page
from newsletter.workspace import Workspace
from tests.any.managed import KEY, READERS, Managed, keep_books, managed
from tests.any.work import ends

JULY = IssueName(2025, 7)
PACKAGE = Path(known.__file__).parents[1]
PAGES = [
    *("/", "/new", "/clip", "/adopt", "/find", "/find?q=Celia", "/compare", "/compare?a=2025-07&b=2025-07.es"),
    *("/public", "/setup", "/help"),
    *(f"/issues/2025-07/{one}" for one in ("approve", "test", "export", "books")),
    "/issues/2025-06/books",
]
ARTICLE = b"""Assembly votes for an amnesty

Lima, 13 June 2025

The assembly voted on Friday for a law that would let 156 convicted officers go free, by 61 votes to 44.

"We have waited for forty years," said Rosa Invented, whose brother was killed in 1984. Families will go to the court.
"""
LETTER = """<html><head><title>Example newsletter</title></head><body><h1>November 2024</h1>
<p>Dear friends, this is what happened in the month, in some more words than a few of them.</p>
<h2>A bridge was built</h2><p>In the village of Example a bridge was built by everybody who lives there.</p>
</body></html>"""


@pytest.fixture
def at(sample: Workspace) -> Iterator[Managed]:
    """A studio on the sample, three days before July goes out."""
    with managed(sample) as running:
        yield running


def approved(at: Managed) -> None:
    """July, approved by a name at this computer."""
    done = at.post("/issues/2025-07/approve", {"by": "Rosa Example", "language": ["en", "es"], "choose": "yes"})
    assert done.json() == {"address": "/issues/2025-07/approve"}


def taken(at: Managed, name: str, data: bytes) -> str:
    """Drop a file; its key."""
    return str(at.post(f"/taken/file?name={name}", data).json()["key"])


def test_the_start_page_says_the_one_next_step(at: Managed) -> None:
    """July goes out in three days and is to be approved: one filled button leads there, and every issue has a card."""
    part = at.get("/start/2025-07/current").json()["part"]
    assert "July 2025 goes out on Friday 4 July, in 3 days" in part
    assert re.findall(r'class="button main" href="([^"]+)"', part) == ["/issues/2025-07/approve"]
    page = at.get("/").text
    assert page.count('<li class="issue-card">') == len(at.workspace.issue_names()) - 1
    assert "June 2025" in page


def test_an_approval_that_nobody_asks_for_is_not_said_to_be_given(sample: Workspace) -> None:
    """Where the profile leaves it open, the way through the month says so, and leads on."""
    profile = sample.profile.read_text("utf-8")
    sample.profile.write_text(profile.replace("approval: required", "approval: optional"), "utf-8")
    with managed(sample) as at:
        part = at.get("/start/2025-07/current").json()["part"]
    assert "Not asked for" in part
    assert "Approved" not in part


def test_of_forty_issues_only_the_current_one_is_made(sample: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """All have their card; the start page waits for no letter but that of the current issue, and not long for that."""
    text = (sample.issues / "2025-06.yaml").read_text("utf-8")
    for number in range(30):
        (sample.issues / f"{1990 + number}-03.yaml").write_text(text, "utf-8")
    made: list[IssueName] = []

    def noted(*given: Any) -> Prepared:
        made.append(given[1])
        return prepare(*given)

    monkeypatch.setattr(known, "prepare", noted)
    with managed(sample) as at:
        assert at.get("/").text.count('<li class="issue-card">') == 40
        at.get("/start/2025-07/current")
    assert set(made) == {JULY}


def test_an_empty_newsletter_begins_with_the_first(sample: Workspace) -> None:
    """No issue: a sentence and the first act; no list of files."""
    for path in sample.issues.glob("20*.yaml"):
        path.unlink()
    with managed(sample) as at:
        assert "No issues yet. Begin the first." in at.get("/").text
        assert "Todavía no hay números" in at.get("/", **{"Accept-Language": "es"}).text


def test_a_broken_profile_is_said_and_the_issues_are_listed(sample: Workspace) -> None:
    """Sentences, with the place, and no traceback."""
    sample.profile.write_text("title: [\n", "utf-8")
    with managed(sample) as at:
        page = at.get("/")
        assert page.status_code == 200
        assert "issues/newsletter.yaml:1" in page.text
        assert "June 2025" in page.text
        for one in PAGES:
            assert at.get(one).status_code < 500


def test_a_broken_list_is_said(sample: Workspace) -> None:
    """A list that is no database: the start page says so and goes on."""
    sample.records.mkdir()
    (sample.records / "newsletter.db").write_bytes(b"no database at all" * 100)
    with managed(sample) as at:
        page = at.get("/")
        assert page.status_code == 200
        assert "The list of readers cannot be looked at just now." in page.text


def test_the_next_issue_is_begun(at: Managed) -> None:
    """August is proposed with what comes along; begun, its files are there; once more, nothing is written over."""
    page = at.get("/new").text
    assert "The next issue is August 2025" in page
    assert "Who called the shots?" in page
    assert "El primer viernes del mes, como antes." in at.get("/new", **{"Accept-Language": "es"}).text
    done = at.post("/new", {"kind": "month", "month": "2025-08", "language": ["en", "es"], "choose": "yes"})
    assert "August 2025 is begun." in done.json()["said"]
    assert {path.name for path in at.workspace.issues.glob("2025-08*")} == {"2025-08.yaml", "2025-08.es.yaml"}
    again = at.post("/new", {"kind": "month", "month": "2025-08"})
    assert again.status_code == 409
    assert "is there already" in again.json()["message"]


def test_a_special_is_begun(at: Managed) -> None:
    """With a day and a name, in one language."""
    done = at.post(
        "/new", {"kind": "special", "day": "2025-07-14", "name": "APCI law", "language": ["en"], "choose": "yes"}
    )
    assert done.status_code == 200
    assert (at.workspace.issues / "2025-07-14-apci-law.yaml").is_file()
    assert at.post("/new", {"kind": "special", "day": "2025-07-14", "name": "../x/.."}).status_code == 200
    assert at.post("/new", {"kind": "special", "day": "../../x", "name": "y"}).status_code == 409
    assert (
        at.post("/new", {"kind": "month", "month": "2025-09", "choose": "yes"}).json()["message"]
        == "Nothing was chosen."
    )


def test_a_second_reader_answers_with_a_code(at: Managed) -> None:
    """The file is made and downloaded; its code approves that edition; another code does not."""
    made = at.post("/issues/2025-07/review", {"language": "en"}).json()
    code = re.search(r"[0-9A-Z]{5}-[0-9A-Z]{5}", made["hint"])
    assert code
    file = at.get(made["download"])
    assert code[0] in file.text
    assert "attachment" in file.headers["content-disposition"]
    wrong = at.post("/issues/2025-07/approve", {"how": "code", "code": "AAAAA-BBBBB", "by": "Rosa"})
    assert wrong.status_code == 409
    assert "is not the code" in wrong.json()["message"]
    right = at.post("/issues/2025-07/approve", {"how": "code", "code": code[0].lower(), "by": "Rosa Example"})
    assert right.status_code == 200
    assert {key: one.how for key, one in read_approvals(at.workspace, JULY).items()} == {"en": "code"}


def test_an_approval_by_name_is_told_as_changed_later(at: Managed) -> None:
    """Approved in both languages; after a change the page says what changed since, and export refuses."""
    approved(at)
    assert "It is approved" in at.get("/issues/2025-07/approve").text
    file = at.workspace.issues / "2025-07.yaml"
    file.write_text(
        re.sub(r"^subject: .*$", "subject: Other words", file.read_text("utf-8"), flags=re.MULTILINE), "utf-8"
    )
    assert "Changed since: subject" in at.get("/issues/2025-07/approve").text
    refused = at.post("/issues/2025-07/export", {"platform": "brevo", "looked": "yes"})
    assert refused.status_code == 409
    assert at.get("/issues/2025-07/export/brevo.zip").status_code == 409


def test_an_approval_needs_a_name(still: Managed) -> None:
    """Nobody's word is none."""
    assert still.post("/issues/2025-07/approve", {"by": " ", "language": ["en"]}).status_code == 409
    assert read_approvals(still.workspace, JULY) == {}


def test_a_test_copy_arrives(sample: Workspace, tmp_path: Path) -> None:
    """A real mail server gets one copy, for the coordinators' own address; any other address is refused."""
    with mail_server(tmp_path / "mail") as server:
        environ = {
            "NEWSLETTER_SMTP_HOST": "127.0.0.1",
            "NEWSLETTER_SMTP_PORT": str(server.port),
            "NEWSLETTER_SMTP_SECURITY": "none",
        }
        with managed(sample, environ=environ) as at:
            done = at.post("/issues/2025-07/test", {"address": "ines@example.org", "language": "es"})
            assert "on its way" in done.json()["said"]
            other = at.post("/issues/2025-07/test", {"address": READERS[0], "language": "es"})
            assert other.status_code == 409
            assert READERS[0] not in other.text
            assert "A test copy left (Spanish)" in at.get("/issues/2025-07/books").text
        assert server.recipients == ["ines@example.org"]
    (entry,) = read_journal(sample, JULY)
    assert (entry.what, entry.language, entry.detail) == (What.TEST_COPY, "es", "accepted")
    assert "@" not in (sample.records / "journal" / "2025-07.jsonl").read_text("utf-8")


def test_without_a_mail_server_the_page_says_so(still: Managed) -> None:
    """The button cannot be used, and the reason stands beside it; the act is refused in the same words."""
    page = still.get("/issues/2025-07/test").text
    assert 'aria-disabled="true"' in page
    assert "No mail server is set" in page
    refused = still.post("/issues/2025-07/test", {"address": "ines@example.org"})
    assert "No mail server is set" in refused.json()["message"]


def test_under_embargo_there_is_only_to_wait(at: Managed) -> None:
    """Nobody is sent to a step that would change nothing."""
    file = at.workspace.issues / "2025-07.yaml"
    file.write_text(f"embargo: 2025-07-03 18:00 America/Lima\n{file.read_text('utf-8')}", "utf-8")
    page = at.get("/issues/2025-07/export").text
    assert "under embargo" in page
    assert "button main" not in page


@pytest.mark.parametrize("key", ["mailchimp", "brevo", "listmonk"])
def test_an_export_is_downloaded(at: Managed, key: str) -> None:
    """Once approved: an archive with the letter and its README, and a line in the issue's past; never a list."""
    assert "Nobody has approved it" in at.get("/issues/2025-07/export").text
    approved(at)
    done = at.post("/issues/2025-07/export", {"platform": key, "looked": "yes"})
    archive = zipfile.ZipFile(io.BytesIO(at.get(done.json()["download"]).content))
    names = {name.partition("/")[2] for name in archive.namelist()}
    assert all(one.external_attr >> 16 & stat.S_IRUSR for one in archive.infolist()), "who unpacks it may open it"
    assert {"README.txt", "email.html", "email.es.html", "subject.txt"} <= names
    assert not any("list" in name for name in names)
    assert [one.detail for one in read_journal(at.workspace, JULY)] == [key]


def test_the_books_sum(sample: Workspace) -> None:
    """Each letter is a square, each fate a row, and the rows add up; server replies stand under details only."""
    keep_books(sample, "2025-06", accepted=189, refused=8, in_doubt=2, deferred=3, skipped=2)
    with managed(sample) as at:
        page = at.get("/issues/2025-06/books").text
        assert "189 of 204 letters were accepted" in page
        assert page.count('<i class="accepted"></i>') == 189
        assert page.count('<i class="refused"></i>') == 8
        assert "There is no such mailbox, or there is none any more." in page
        assert "<code>newsletter subscribers remove ADDRESS</code>" in page
        assert "The books balance." in page
        figures = [int(one) for one in re.findall(r'<strong class="figure">(\d+)</strong>', page)]
        assert figures[-1] == sum(figures[:-1]) == 204
        assert "3 letters are still to go" in at.get("/start/2025-06/current").json()["part"]


def test_an_article_is_clipped(at: Managed) -> None:
    """What would be put in is shown first; then it stands at the end of the issue, and its source is kept."""
    before = (at.workspace.issues / "2025-07.yaml").read_bytes()
    key = taken(at, "article.txt", ARTICLE)
    page = at.get(f"/clip?taken={key}").text
    assert "Assembly votes for an amnesty" in page
    assert "Rosa Invented" in page
    assert (at.workspace.issues / "2025-07.yaml").read_bytes() == before
    done = at.post("/clip", {"taken": key, "into": "2025-07"})
    assert done.json() == {"address": "/issues/2025-07"}
    after = (at.workspace.issues / "2025-07.yaml").read_bytes()
    assert after.startswith(before)
    assert b"TO REWRITE" in after
    assert list((at.workspace.issues / "clippings").glob("2025-06-13-assembly-votes*"))
    assert "already" in at.post("/clip", {"taken": key, "into": "2025-07"}).json()["message"]
    assert at.post("/clip", {"taken": key, "into": "../../newsletter"}).status_code == 409


def test_an_address_is_clipped_and_the_network_may_be_cut(sample: Workspace) -> None:
    """A page of the web is fetched; without a connection it says so, and everything else goes on."""

    def fetch(url: str) -> Page:
        if "cut" in url:
            raise OutsideFailed("The network did not answer.", "Look whether you are online.")
        return Page(url, 200, "text/plain; charset=utf-8", ARTICLE)

    with managed(sample, fetch=fetch) as at:
        key = at.post("/taken/address", {"address": "https://www.example.org/news"}).json()["key"]
        assert "https://www.example.org/news" in at.get(f"/clip?taken={key}").text
        cut = at.post("/taken/address", {"address": "https://cut.example.org/"})
        assert cut.status_code == 409
        assert cut.json()["message"] == "The network did not answer."
        assert at.get("/setup").status_code == 200


def test_old_newsletters_are_adopted(at: Managed) -> None:
    """Several files at once: what would become of each is shown, one that cannot be read with its reason; then written."""
    keys = [taken(at, "november.html", LETTER.encode()), taken(at, "broken.docx", b"PK\x03\x04 word/ no document")]
    page = at.get(f"/adopt?taken={keys[0]}&taken={keys[1]}").text
    assert "1 issue was found" in page
    assert "November 2024" in page
    assert "cannot be read as a Word document" in page
    assert not (at.workspace.issues / "2024-11.yaml").exists()
    done = at.post("/adopt", {"taken": keys})
    assert done.json()["said"] == "1 issue was written."
    assert "bridge" in (at.workspace.issues / "2024-11.yaml").read_text("utf-8")


def test_a_zip_bomb_is_refused(still: Managed) -> None:
    """A Word file that unpacks without end: a sentence, and nothing is written."""
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/document.xml", b"<w:p>" + b"0" * 400_000_000)
    with ends():
        key = taken(still, "bomb.docx", bomb.getvalue())
        page = still.get(f"/adopt?taken={key}").text
    assert "unpacks into far more than a document" in page


def test_two_hundred_megabytes_are_refused(still: Managed) -> None:
    """The studio says no before it has read them."""

    def much() -> Iterator[bytes]:
        for _ in range(200):
            yield b"0" * 1_000_000

    headers = {"X-Studio-Token": still.desk.token, "Content-Length": "200000000"}
    with contextlib.suppress(httpx.WriteError):  # it may hang up in the middle
        answer = httpx.post(f"{still.root}/taken/file?name=x", content=much(), headers=headers, timeout=60)
        assert answer.status_code == 413
    assert still.get("/help").status_code == 200


def test_what_is_too_large_is_said_in_her_language(still: Managed) -> None:
    """A sentence and the way on, as data; not the server's own words."""
    answer = still.post("/taken/file?name=x", b"0" * (MOST_BYTES + 1), **{"Accept-Language": "es"})
    assert answer.status_code == 413
    assert answer.json()["message"] == "Esto es más grande de lo que el estudio admite."


def test_a_refusal_leads_to_a_button_and_not_to_a_terminal(still: Managed) -> None:
    """Where a page has a button for it, no command is named; and each such sentence belongs to a refusal that there is."""
    here = still.post("/issues/2025-07/approve", {"how": "code", "code": "AAAAA-BBBBB", "by": "Rosa"}).json()
    assert "newsletter" not in here["hint"]
    assert "make the file once more on this page" in here["hint"]
    own = [
        name.removeprefix("way_on_") for name in read_phrases(still.workspace, "studio", "en").said if "way_on" in name
    ]
    source = "".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    assert own
    assert [name for name in own if f"class {name}(" not in source] == []


def test_what_was_handed_in_and_is_no_form_is_said(still: Managed) -> None:
    """Not that there is no such page."""
    assert still.post("/issues/2025-07/save", {"language": 1}).json()["message"] == "What was handed in cannot be read."
    assert still.post("/issues/1999-01/save", {}).json()["message"] == "There is no such page here."


def test_find_and_compare(still: Managed) -> None:
    """Places with their section and a way there; nothing found names the nearest word; two editions side by side."""
    page = still.get("/find?q=Celia").text
    assert "<mark>Celia</mark>" in page
    assert 'href="/issues/2025-07?line=' in page
    assert "The nearest that does" in still.get("/find?q=Amnisty").text
    assert "June 2025" in still.get("/find?q=june").text
    assert "<ins>" in still.get("/compare?a=2025-06&b=2025-07").text
    assert 'lang="es"' in still.get("/compare?a=2025-07&b=2025-07.es").text
    assert still.get("/compare?a=../x&b=2025-07").status_code == 409


def test_what_was_found_opens_its_section(still: Managed) -> None:
    """A hit leads to the section in which its line stands; the head of the file to the start."""
    lines = (still.workspace.issues / "2025-07.yaml").read_text("utf-8").splitlines()
    line = next(number for number, one in enumerate(lines, 1) if "title: Who called the shots?" in one)
    hits = re.findall(r'href="(/issues/2025-07\?[^"]+)"', still.get("/find?q=called+the+shots").text)
    assert f"/issues/2025-07?line={line}" in hits
    page = still.get(f"/issues/2025-07?line={line}").text
    assert re.search(r'data-section="4" data-language="en"', page)
    subject = next(number for number, one in enumerate(lines, 1) if one.startswith("subject:"))
    assert 'data-section="0"' in still.get(f"/issues/2025-07?line={subject}").text


def test_the_public_page_is_seen_copied_and_written(at: Managed) -> None:
    """As it would be, in memory; its words without looks; and on disk only what the gate let through."""
    made = at.get("/public/made").json()["part"]
    assert "nobody has approved it as it is now" in made
    site = at.get("/site/index.html")
    assert site.status_code == 200
    assert "sandbox" in site.headers["content-security-policy"]
    assert at.get("/site/2025-07/").status_code == 200
    copied = at.get("/public/copied?issue=2025-07").json()
    assert copied["html"].startswith("<h1>")
    assert "class=" not in copied["html"]
    assert "<h2>" in copied["html"]
    assert "https://" in copied["text"]
    assert not (at.workspace.outbox / "site").exists()
    approved(at)
    done = at.post("/public")
    assert done.status_code == 200
    assert (at.workspace.outbox / "site" / "2025-07" / "index.html").is_file()
    assert at.get("/public/site.zip").content.startswith(b"PK")


@pytest.mark.parametrize(
    "path",
    [
        "/issues/..%2f..%2fetc/books",
        "/issues/2025-99/approve",
        "/site/../../.env",
        "/site/%2e%2e/%2e%2e/.env",
        "/issues/2025-07/export/..%2f.zip",
        "/issues/2025-07/review/..%2f..%2fx",
        "/start/2025-13/picture",
        "/taken/file",
    ],
)
def test_no_path_leads_out(still: Managed, path: str) -> None:
    """Whatever is asked for, nothing outside is answered."""
    answer = still.get(path)
    assert answer.status_code in (404, 405)
    assert "root:" not in answer.text


def test_every_act_needs_the_token(still: Managed) -> None:
    """P16: without it each is refused and changes nothing."""
    before = sorted(path for path in still.workspace.root.rglob("*") if "outbox" not in path.parts)
    acts = ["/new", "/clip", "/adopt", "/public", "/taken/file", "/taken/address"]
    for path in (*acts, *(f"/issues/2025-07/{one}" for one in ("approve", "review", "test", "export"))):
        assert httpx.post(f"{still.root}{path}", json={}).status_code == 403
    assert sorted(path for path in still.workspace.root.rglob("*") if "outbox" not in path.parts) == before


def test_scripts_in_every_field_are_text(at: Managed) -> None:
    """A script as a name, a title, a file's name or words to find stands there as text."""
    script = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    at.post("/issues/2025-07/approve", {"by": script, "language": ["en"]})
    name = "x%3Cscript%3Ealert(1)%3C-script%3E.txt"
    key = taken(at, name, f"{script}\n\n{ARTICLE.decode()}".encode())
    file = at.workspace.issues / "2025-07.yaml"
    file.write_text(
        re.sub(r"^subject: .*$", f"subject: '{script}'", file.read_text("utf-8"), flags=re.MULTILINE), "utf-8"
    )
    for path in (
        *PAGES,
        "/find?q=%3Cscript%3Ealert(1)",
        f"/clip?taken={key}",
        f"/adopt?taken={key}",
        "/start/2025-07/current",
        "/public/made",
    ):
        text = at.get(path).text.replace("\\u003c", "<")
        assert "<script>alert" not in text, path
        assert "<img src=x" not in text, path


def test_no_address_of_a_reader_is_ever_shown(sample: Workspace) -> None:
    """A list with three readers and books: all pages and answers in both languages, and none of them anywhere."""
    keep_books(sample, "2025-06", accepted=5, refused=2)
    more = [
        "/start/2025-07/current",
        "/start/2025-06/current",
        "/start/2025-07/state",
        "/public/made",
        "/public/copied",
        "/site/index.html",
    ]
    with managed(sample, environ={"NEWSLETTER_KEY": KEY}) as at:
        for path in (*PAGES, *more, "/find?q=juana", f"/find?q={READERS[0]}"):
            for language in ("en", "es"):
                answer = at.get(path, **{"Accept-Language": language})
                assert answer.status_code == 200, path
                text = answer.text.replace(READERS[0], "", 3) if "find" in path else answer.text  # what was typed
                assert not any(one in text for one in READERS), path


def test_no_way_leads_from_the_studio_to_a_real_send() -> None:
    """P16: nothing that the studio imports, at any depth, is the module that writes to readers."""
    from tests.test_house import imports, modules

    waiting, reached = [name for name in modules() if name.startswith("newsletter.studio")], set()
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += [one for one in imports(name) if one in modules()]
    assert "newsletter.delivery.test_copy" in reached
    assert "newsletter.delivery.send" not in reached
