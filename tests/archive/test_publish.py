from __future__ import annotations

import datetime as dt
import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from newsletter.archive.publish import Published, publish
from newsletter.errors import StoppedForSafety, ToMend
from newsletter.settings import Settings
from newsletter.workspace import NoIssue, Workspace, shipped
from newsletter.write_file import CannotWrite
from tests.archive.conftest import noon

DAY = dt.date(2025, 7, 10)
Read = Callable[[Path], Any]
ATOM = "{http://www.w3.org/2005/Atom}"


def pages(site: Path) -> list[Path]:
    found = sorted(site.rglob("*.html"))
    assert len(found) > 3
    return found


def files(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


# The addresses


def test_the_pages_stand_at_their_promised_addresses(sample_site: Published) -> None:
    """One page an issue and language, one a country and year, a front and a feed; the letters link to these."""
    there = {path.relative_to(sample_site.folder).as_posix() for path in pages(sample_site.folder)}
    issues = {f"{issue}/index.html" for issue in sample_site.issues}
    assert len(issues) == 11
    years = {"peru/2025/index.html", "peru/2024/index.html", "peru/2025/es/index.html"}
    fronts = {"index.html", "es/index.html", "peru/index.html", "peru/es/index.html"}
    assert there == issues | {"2025-07/es/index.html"} | years | fronts
    assert (sample_site.folder / "feed.xml").is_file()
    assert (sample_site.folder / "es" / "feed.xml").is_file()


def test_every_link_inside_the_site_leads_somewhere(sample_site: Published, read: Read) -> None:
    """The whole site is walked: every link, picture and style sheet is there, and every page can be reached."""
    site, waiting = sample_site.folder, [sample_site.folder / "index.html"]
    reached: set[Path] = set()
    while waiting:
        page = waiting.pop()
        if page in reached:
            continue
        reached.add(page)
        for one in read(page).all("a", "link", "img"):
            link = one.attributes.get("href", one.attributes.get("src", ""))
            if re.match(r"https?:|mailto:", link):
                continue
            path, _, mark = link.partition("#")
            target = (page.parent / unquote(path)).resolve() if path else page
            assert target.is_file(), f"{page.relative_to(site)}: {link}"
            if mark:
                assert mark in {node.attributes.get("id") for node in read(target).every()}
            if target.suffix == ".html":
                waiting.append(target)
    doors = {site / "peru" / "index.html", site / "peru" / "es" / "index.html"}  # for links from elsewhere
    assert reached == set(pages(site)) - doors


def test_the_pictures_of_the_letters_are_published_too(sample_site: Published, year: Workspace) -> None:
    """A letter sent with hosted pictures fetches them from images/NAME, and they are there before it leaves."""
    from newsletter.nouns.draft import IssueName
    from newsletter.pipeline import prepare

    prepared = prepare(year, IssueName(2025, 7), Settings())
    assert prepared.dossier
    pictures = [one for rendered in prepared.dossier.renderings.values() for one in rendered.pictures]
    assert pictures
    assert all((sample_site.folder / "images" / one.name).read_bytes() == one.data for one in pictures)


# What every page keeps to


def test_no_page_has_a_script_or_fetches_anything_from_elsewhere(sample_site: Published, read: Read) -> None:
    """P1, X12: pages work with scripts off and tell no third party who reads them."""
    for page in pages(sample_site.folder):
        tree = read(page)
        assert not tree.all("script", "iframe", "object", "embed", "form", "style")
        for node in tree.every():
            assert not [name for name in node.attributes if name.startswith("on") or name == "style"], node
        for node in tree.all("img", "source", "link"):
            fetched = node.attributes.get("rel") in (None, "stylesheet")
            assert not fetched or "//" not in node.attributes.get("src", node.attributes.get("href", ""))
        policy = next(one for one in tree.all("meta") if one.attributes.get("http-equiv") == "Content-Security-Policy")
        assert policy.attributes["content"].startswith("default-src 'none'; img-src 'self'; style-src 'self'")
    css = (sample_site.folder / "style.css").read_text("utf-8")
    assert "url(" not in css
    assert "@import" not in css


def test_every_page_can_be_read_by_everybody(sample_site: Published, read: Read) -> None:
    """X12, WCAG 2.2: language, one h1, no level skipped, landmarks, skip link, alternatives, names, unique ids."""
    for page in pages(sample_site.folder):
        tree = read(page)
        check_page(tree, page.as_posix())


def check_page(tree: Any, name: str) -> None:
    (html,) = tree.all("html")
    assert html.attributes["lang"], name
    assert html.attributes["dir"] in ("ltr", "rtl"), name
    assert tree.all("title")[0].text, name
    levels = [int(one.tag[1]) for one in tree.all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels.count(1) == 1, name
    assert levels[0] == 1, name
    assert all(after <= before + 1 for before, after in pairwise(levels)), (name, levels)
    assert [len(tree.all(landmark)) for landmark in ("header", "main", "footer")] == [1, 1, 1], name
    body = tree.all("body")[0]
    first = body.all("a")[0]
    assert first.attributes == {"class": "skip", "href": "#content"}, name
    assert tree.all("main")[0].attributes["id"] == "content", name
    for image in tree.all("img"):
        assert {"alt", "width", "height"} <= set(image.attributes), name
    for nav in tree.all("nav"):
        assert nav.attributes.keys() & {"aria-label", "aria-labelledby"}, name
    for link in tree.all("a"):
        assert link.text, (name, link)
    ids = [node.attributes["id"] for node in tree.every() if "id" in node.attributes]
    assert len(ids) == len(set(ids)), name
    pointed = [node.attributes["aria-labelledby"] for node in tree.every() if "aria-labelledby" in node.attributes]
    assert set(pointed) <= set(ids), name


def test_the_same_issues_give_the_same_bytes(year: Workspace) -> None:
    """Also where no picture is at hand any more."""
    first = files(publish(year, Settings(), noon(DAY)).folder)
    shutil.rmtree(year.root / "outbox")
    assert files(publish(year, Settings(), noon(DAY)).folder) == first
    assert len(first) > 8


# The page of the year


def test_the_page_of_the_year_holds_what_it_should(sample_site: Published, read: Read) -> None:
    """Standing text, yearly report, months newest first, each with its letter, captions and sources."""
    tree = read(sample_site.folder / "index.html")
    assert tree.all("h1")[0].text == "Significant events from newsletters 2025"
    months = [one for one in tree.all("section") if "month" in one.attributes.get("class", "")]
    assert [one.all("h2")[0].text for one in months] == ["July", "June", "May", "April", "January"]
    assert [one.all("a")[0].attributes["href"] for one in months][:2] == ["2025-07/index.html", "2025-06/index.html"]
    july = months[0]
    assert july.all("article")[0].all("h3")[0].attributes["class"] == "lead"
    assert july.all("figcaption")[0].text
    sources = [one for one in july.all("div") if one.attributes.get("class") == "sources"]
    assert sources[0].all("a")[0].attributes["href"].startswith("https://")
    assert "We write about human rights in Peru" in tree.text
    assert "Peru in 2024: the yearly report" in [one.text for one in tree.all("h2")]


def test_the_front_of_one_country_is_its_newest_year(year: Workspace, read: Read) -> None:
    """Whoever comes without an address finds the newest year, and search engines learn its lasting address."""
    site = publish(year, Settings(public_url="https://news.example.org"), noon(DAY)).folder
    front, newest = (read(site / name) for name in ("index.html", "peru/2025/index.html"))
    assert front.all("main")[0].text == newest.all("main")[0].text
    canonical = next(one for one in front.all("link") if one.attributes["rel"] == "canonical")
    assert canonical.attributes["href"] == "https://news.example.org/peru/2025/"


def test_an_ask_stands_there_while_it_is_open_and_goes_by_itself(
    sample_site: Published, year: Workspace, read: Read
) -> None:
    """The petition closes on 30 September: it stands on that day, and not on the next."""
    tree = read(sample_site.folder / "peru" / "2025" / "index.html")
    asks = [one for one in tree.all("section") if "ask" in one.attributes.get("class", "").split()]
    assert [one.all("h2")[0].text for one in asks] == ["Who called the shots?"], "once, though three issues hold it"
    assert asks[0].all("b")[0].text == "30 September 2025"
    for on, open_asks in ((dt.date(2025, 9, 30), 1), (dt.date(2025, 10, 1), 0)):
        html = (publish(year, Settings(), noon(on)).folder / "index.html").read_text("utf-8")
        assert html.count("Still open") == open_asks


def test_a_closed_ask_keeps_its_words_but_not_its_button(year: Workspace) -> None:
    """Whoever reads an old letter is not sent to a petition that is over."""
    for on, said in ((dt.date(2025, 9, 30), "Until"), (dt.date(2025, 10, 1), "Closed on")):
        html = (publish(year, Settings(), noon(on)).folder / "2025-07" / "index.html").read_text("utf-8")
        assert f"{said} <b>30\u00a0September\u00a02025</b>" in html
        assert ('class="button"' in html) == (said == "Until")


@pytest.mark.parametrize(
    ("closed", "said"),
    [
        ("2025-08-20", "Closed on <b>20\u00a0August\u00a02025</b>"),
        ("yes", ""),
        ("no", "Until <b>30"),
        ("2025-09-20", "Until <b>30"),
    ],
)
def test_what_was_closed_before_its_day_is_closed(sample: Workspace, closed: str, said: str) -> None:
    """The author's word counts: on the page of the issue no button, on the front nothing to do; and no day that is not true."""
    profile = sample.profile.read_text("utf-8").replace("approval: required", "approval: optional")
    sample.profile.write_text(profile, "utf-8")
    path = sample.issues / "2025-07.yaml"
    path.write_text(
        path.read_text("utf-8").replace("until: 2025-09-30", f"until: 2025-09-30\n    closed: {closed}"), "utf-8"
    )
    folder = publish(sample, Settings(), noon(dt.date(2025, 9, 1))).folder
    html = (folder / "2025-07" / "index.html").read_text("utf-8")
    is_open = said.startswith("Until")
    assert said in html
    assert ('class="button"' in html) is is_open
    assert ("30\u00a0September\u00a02025</b>" in html) is is_open
    assert (folder / "index.html").read_text("utf-8").count("Still open") == is_open


def test_the_spanish_pages_show_what_there_is_in_spanish(sample_site: Published, read: Read) -> None:
    """2025-07.es.yaml has its page, the year has one with it, both ways are linked, and the rest is pointed to."""
    issue = read(sample_site.folder / "2025-07" / "es" / "index.html")
    assert issue.all("html")[0].attributes["lang"] == "es"
    assert "Estimad" in issue.text or "amig" in issue.text
    other = next(one for one in issue.all("a") if one.attributes.get("hreflang") == "en")
    assert other.attributes["href"] == "../index.html"
    year = read(sample_site.folder / "peru" / "2025" / "es" / "index.html")
    assert [one.text for one in year.all("h2")][1] == "Julio"
    assert "La carta de julio" in year.text
    assert "inglés" in year.text, "the letters that are not in Spanish are one link away"
    english = read(sample_site.folder / "peru" / "2024" / "index.html")
    assert not [one for one in english.all("a") if "hreflang" in one.attributes], "no Spanish 2024, so no link to one"


def test_a_name_slot_says_its_fallback_on_the_web(sample_site: Published) -> None:
    html = (sample_site.folder / "2025-07" / "index.html").read_text("utf-8")
    assert "Dear friends," in html
    assert "first_name" not in html


# The feed


def test_the_feed_is_atom_and_names_every_issue_for_good(sample_site: Published) -> None:
    """RFC 4287: ids that never change, dates with time and zone, newest first."""
    root = ET.fromstring((sample_site.folder / "feed.xml").read_text("utf-8"))  # noqa: S314 - our own
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == 11
    assert len({entry.findtext(f"{ATOM}id") for entry in [root, *entries]}) == 12
    assert all((entry.findtext(f"{ATOM}id") or "").startswith("urn:uuid:") for entry in [root, *entries])
    for entry in entries:
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", entry.findtext(f"{ATOM}updated") or "")
        assert entry.findtext(f"{ATOM}title")
        link = entry.find(f"{ATOM}link")
        assert link is not None
        assert (sample_site.folder / link.attrib["href"]).is_file()
    assert [entry.findtext(f"{ATOM}updated") for entry in entries] == sorted(
        (entry.findtext(f"{ATOM}updated") or "" for entry in entries), reverse=True
    )


def test_with_a_public_address_feed_and_search_engines_get_whole_ones(year: Workspace) -> None:
    site = publish(year, Settings(public_url="https://news.example.org"), noon(DAY)).folder
    assert 'href="https://news.example.org/2025-07/"' in (site / "feed.xml").read_text("utf-8")
    page = (site / "2025-07" / "es" / "index.html").read_text("utf-8")
    assert '<link rel="canonical" href="https://news.example.org/2025-07/es/">' in page
    assert '<link rel="alternate" hreflang="en" href="https://news.example.org/2025-07/">' in page
    assert '<link rel="alternate" hreflang="es" href="https://news.example.org/2025-07/es/">' in page
    assert 'href="../../style.css"' in page, "what a page needs stays relative"


def test_without_a_public_address_no_page_claims_one(sample_site: Published, read: Read) -> None:
    """RFC 6596: a canonical link names the address for good; a page that lies on a disk has none."""
    for page in pages(sample_site.folder):
        links = read(page).all("link")
        assert {one.attributes["rel"] for one in links} == {"stylesheet", "alternate"}, page
        assert not [one for one in links if "hreflang" in one.attributes], page


def test_the_feed_keeps_its_names_when_an_older_issue_is_added_or_a_date_mended(generated: Any) -> None:
    """RFC 4287, 4.2.6: feed readers show as new whatever changed its id."""

    def ids() -> list[str]:
        root = ET.fromstring((generated.publish().folder / "feed.xml").read_text("utf-8"))  # noqa: S314 - our own
        return [root.findtext(f"{ATOM}id") or "", root.findtext(f"{ATOM}entry/{ATOM}id") or ""]

    generated.issue("2025-03", NEWS.format(country="peru", title="One"))
    before = ids()
    generated.issue("2025-03", NEWS.format(country="peru", title="One"), send_on="2025-03-02")
    generated.issue("2019-01", NEWS.format(country="peru", title="Old"), send_on="2019-01-01")
    assert ids() == before


# The gate


def test_an_issue_that_does_not_pass_the_gate_is_left_out_and_named(year: Workspace) -> None:
    broken = year.issues / "2025-06.yaml"
    broken.write_text(broken.read_text("utf-8").replace("subject:", "subjekt:", 1), "utf-8")
    done = publish(year, Settings(), noon(DAY))
    assert [str(left.issue) for left in done.left_out] == ["2025-06"]
    assert "cannot go out" in done.left_out[0].why.message
    assert not (done.folder / "2025-06").exists()
    assert [str(issue) for issue in done.issues] == ["2025-07"]


def test_whoever_is_at_risk_does_not_stand_on_the_web_without_a_ground(generated: Any) -> None:
    """P14: a letter may go out with a warning, but a page is found by anybody for years: it waits for the flag."""
    named = NEWS.format(country="peru", title="One") + "  people:\n    - name: Ana Example\n      at_risk: {risk}\n"
    generated.issue("2025-03", named.format(risk="no"))
    generated.issue("2025-04", named.format(risk="yes"), send_on="2025-04-01")
    done = generated.publish()
    assert [str(left.issue) for left in done.left_out] == ["2025-04"]
    assert "at risk" in done.left_out[0].why.message
    assert "issues/2025-04.yaml:11" in done.left_out[0].why.message
    assert not (done.folder / "2025-04").exists()
    generated.issue("2025-04", named.format(risk="yes\n      consent: agreed on 12 June"), send_on="2025-04-01")
    assert generated.publish().left_out == ()


def test_where_nothing_is_approved_nothing_is_published(sample: Workspace) -> None:
    """The sample asks for a second pair of eyes: without them the gate's own refusal comes out, and no site."""
    for path in sample.issues.glob("2024*"):
        path.unlink()
    with pytest.raises(StoppedForSafety, match="2025-07"):
        publish(sample, Settings(), noon(DAY))
    assert not (sample.outbox / "site").exists()


def test_without_an_issue_there_is_nothing_to_publish(generated: Any) -> None:
    with pytest.raises(NoIssue):
        generated.publish()


def test_where_the_folder_cannot_be_written_it_is_said_and_the_older_site_stays(year: Workspace) -> None:
    shutil.rmtree(year.outbox)
    year.outbox.write_text("a file in the way", "utf-8")
    with pytest.raises(CannotWrite, match="cannot be written"):
        publish(year, Settings(), noon(DAY))


# Several countries, other directions, hostile words, new types

NEWS = """
- type: news
  country: {country}
  title: {title}
  significant: yes
  body: What happened, in a sentence.
"""


def test_several_countries_have_their_own_pages_and_a_front(generated: Any, read: Read) -> None:
    generated.issue("2025-03", NEWS.format(country="peru", title="One") + NEWS.format(country="chile", title="Two"))
    generated.issue("2024-11", NEWS.format(country="peru", title="Three"), send_on="2024-11-01")
    site = generated.publish().folder
    there = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    wanted = {"index.html", "2025-03/index.html", "2024-11/index.html"}
    wanted |= {f"{name}/index.html" for name in ("peru", "peru/2025", "peru/2024", "chile", "chile/2025")}
    assert there == wanted, "Cuba has no event, and so no page"
    front = read(site / "index.html")
    assert [one.text for one in front.all("h2")][:2] == ["Peru", "Chile"]
    peru = read(site / "peru" / "2025" / "index.html")
    assert peru.all("h1")[0].text == "Peru: significant events from newsletters 2025"
    assert "One" in [one.text for one in peru.all("h3")]
    assert "Two" not in [one.text for one in peru.all("h3")]
    for page in site.rglob("*.html"):
        check_page(read(page), page.as_posix())


def test_a_special_issue_is_known_by_its_day(generated: Any, read: Read) -> None:
    """2025-03-14-strike stands in March beside 2025-03, and nobody takes the one for the other."""
    generated.issue("2025-03", NEWS.format(country="peru", title="Monthly"))
    generated.issue("2025-03-14-strike", NEWS.format(country="peru", title="Strike"), send_on="2025-03-14")
    site = generated.publish().folder
    year = read(site / "peru" / "2025" / "index.html")
    assert [one.text for one in year.all("h2")] == ["March", "Letters of 2025"]
    assert [one.text for one in year.all("h3")] == ["Strike", "Monthly"]
    assert "The letter of 14 March 2025" in year.text
    assert "The letter of March" in year.text
    listed = [one.text for one in year.all("li") if "A subject" in one.text]
    assert listed == ["A subject 14 March 2025", "A subject March 2025"]
    assert "Newsletter, 14 March 2025" in read(site / "2025-03-14-strike" / "index.html").text
    assert "14 March 2025" in read(site / "2025-03-14-strike" / "index.html").all("title")[0].text


def test_the_letter_before_is_named_with_its_year(generated: Any, read: Read) -> None:
    """From January one goes back to December of another year, and is told so."""
    generated.issue("2024-12", NEWS.format(country="peru", title="Old"), send_on="2024-12-01")
    generated.issue("2025-01", NEWS.format(country="peru", title="New"), send_on="2025-01-01")
    text = read(generated.publish().folder / "2025-01" / "index.html").text
    assert "Earlier: The letter of December 2024" in text


def test_an_issue_on_one_country_has_no_list_of_countries(generated: Any, read: Read) -> None:
    """As in the letter: the name of the country and "In this letter" stand where the issue speaks of several."""
    one = NEWS.format(country="peru", title="One")
    generated.issue("2025-03", one)
    generated.issue("2025-04", one + NEWS.format(country="chile", title="Two"), send_on="2025-04-01")
    site = generated.publish().folder
    for name, headings in (("2025-03", ["One"]), ("2025-04", ["Peru", "Chile"])):
        tree = read(site / name / "index.html")
        assert [heading.text for heading in tree.all("h2")] == headings
        assert ("In this letter" in tree.text) == (len(headings) > 1)


def test_a_country_may_have_a_page_in_one_language_alone(generated: Any, read: Read) -> None:
    """The Spanish edition tells of Chile, the English one does not: no link leads to a page that is not there."""
    generated.profile(generated.workspace.profile.read_text("utf-8").replace("[en, ar]", "[en, es]"))
    generated.issue("2025-03", NEWS.format(country="chile", title="Uno"))
    path = generated.workspace.issues / "2025-03.yaml"
    path.rename(path.with_name("2025-03.es.yaml"))
    generated.issue("2025-03", NEWS.format(country="peru", title="One"))
    generated.issue("2025-02", NEWS.format(country="peru", title="Two"), send_on="2025-02-01")
    site = generated.publish().folder
    assert not (site / "chile" / "2025" / "index.html").exists()
    chile = read(site / "chile" / "2025" / "es" / "index.html")
    check_page(chile, "chile")
    assert not [one for one in chile.all("a") if one.attributes.get("hreflang") == "en"]


ONE_COUNTRY = """
title: Peru newsletter
languages: [en, es]
countries: {peru: {name: {en: Peru, es: Perú}}}
organisation: {name: Example Group, legal: Example Group, postal_address: 1 Example Street, privacy_url: https://example.org/privacy, complaints: complaints@example.org}
sender: {name: Example coordination, address: news@example.org, reply_to: news@example.org, list_id: news.example.org, ehlo: mail.example.org}
coordinators: [{name: Ana Example, role: Coordinator}]
leave_by_mail: leave@example.org
approval: optional
"""


def test_a_year_without_an_event_says_so_and_leads_to_its_letters(generated: Any, read: Read) -> None:
    """In January nothing has happened yet: no empty page, no month without an event."""
    generated.profile(ONE_COUNTRY)
    generated.issue("2025-03", NEWS.format(country="peru", title="One").replace("significant: yes", "significant: no"))
    page = read(generated.publish().folder / "index.html")
    check_page(page, "index.html")
    assert "Nothing of this year has been put down here yet." in page.text
    assert [one.text for one in page.all("h2")] == ["Letters of 2025"]


def test_the_site_has_a_front_even_where_the_first_language_has_no_issue(generated: Any, read: Read) -> None:
    """Whoever opens the site finds something to read, in the language there is."""
    generated.profile(ONE_COUNTRY)
    generated.issue("2025-03", NEWS.format(country="peru", title="Uno"))
    path = generated.workspace.issues / "2025-03.yaml"
    path.rename(path.with_name("2025-03.es.yaml"))
    site = generated.publish().folder
    front = read(site / "index.html")
    check_page(front, "index.html")
    assert front.all("html")[0].attributes["lang"] == "es"
    links = [
        one.attributes["href"] for one in front.all("a") if not re.match("https?:|mailto:|#", one.attributes["href"])
    ]
    assert links
    assert all((site / link.partition("#")[0]).is_file() for link in links), links


def test_an_ask_without_a_last_day_is_not_open_for_ever_in_a_language_that_stopped(generated: Any) -> None:
    """The newest issue of all counts, not the newest Spanish one of years ago."""
    generated.profile(ONE_COUNTRY)
    ask = "- type: petition\n  title: Ask them\n  body: Please.\n  url: https://example.org/ask\n"
    generated.issue("2024-03", ask, send_on="2024-03-01")
    shutil.copy(generated.workspace.issues / "2024-03.yaml", generated.workspace.issues / "2024-03.es.yaml")
    assert "Aún a tiempo" in (generated.publish().folder / "es" / "index.html").read_text("utf-8")
    generated.issue("2025-03", NEWS.format(country="peru", title="One"))
    assert "Aún a tiempo" not in (generated.publish().folder / "es" / "index.html").read_text("utf-8")


def test_the_ask_that_matters_most_stands_first_among_those_of_its_issue(generated: Any, read: Read) -> None:
    """Wherever it stands in the letter."""
    generated.profile(ONE_COUNTRY)
    ask = "- type: petition\n  title: {0}\n  body: Please.\n  url: https://example.org/{0}\n"
    generated.issue("2025-03", ask.format("First") + ask.format("Second") + "  featured: yes\n")
    tree = read(generated.publish().folder / "index.html")
    asks = [one for one in tree.all("section") if "ask" in one.attributes.get("class", "").split()]
    assert [one.all("h2")[0].text for one in asks] == ["Second", "First"]


def test_a_letter_with_a_portrait_and_every_shipped_type_is_well_formed(generated: Any, read: Read) -> None:
    """The types that the sample does not hold: event, picture, a portrait; and words in another's quotation marks."""
    shutil.copy(shipped() / "issues" / "images" / "daughter.png", generated.workspace.images / "daughter.png")
    picture = '{file: daughter.png, alt: "A woman", caption: "She waits.", credit: "Drawing: us"}'
    event = "title: An evening\n  date: 2025-07-20\n  starts: 18:30\n  ends: 20:00\n  place: London\n  url: https://example.org/evening"
    sections = (
        f"- type: letter\n  body: Dear {{first_name|friend}},\n  portrait: {picture}\n"
        f"- type: event\n  {event}\n- type: picture\n  title: A 'small' title\n  image: {picture}\n"
        f"- type: report\n  title: A report\n  body: Text.\n  pages: 40\n  published: 2025-02\n  cover: {picture}\n"
    )
    generated.issue("2025-03", sections)
    tree = read(generated.publish().folder / "2025-03" / "index.html")
    check_page(tree, "2025-03")
    assert len(tree.all("img")) == 3
    assert "18:30 to 20:00" in tree.text
    assert "A ‘small’ title" in tree.text
    assert "February\u00a02025, 40 pages".replace("\u00a0", " ") in tree.text
    assert "Reserve a place" in [one.text for one in tree.all("a")]


def test_a_country_with_a_language_for_a_key_is_refused_in_words(generated: Any) -> None:
    """Two pages at one address would lose one of them."""
    generated.profile(
        generated.workspace.profile.read_text("utf-8").replace("cuba:", "es:").replace("[en, ar]", "[en, es]")
    )
    generated.issue("2025-03", NEWS.format(country="es", title="One"))
    shutil.copy(generated.workspace.issues / "2025-03.yaml", generated.workspace.issues / "2025-03.es.yaml")
    with pytest.raises(ToMend, match=r"es/index\.html"):
        generated.publish()


HOSTILE = '"</script><b>x</b> \\"quoted\\" & \'single\' <img src=x onerror=1>"'


def test_a_hostile_title_stays_words(generated: Any) -> None:
    """CWE-79: whatever an author writes is text on the page, in the title, in attributes and in the feed."""
    generated.issue("2025-03", NEWS.format(country="peru", title=HOSTILE), subject=HOSTILE)
    site = generated.publish().folder
    for name in ("index.html", "2025-03/index.html", "peru/2025/index.html", "feed.xml"):
        text = (site / name).read_text("utf-8")
        assert "<b>x" not in text, name
        assert "</script" not in text, name
        assert "&lt;/script&gt;" in text, name
    ET.fromstring((site / "feed.xml").read_text("utf-8"))  # noqa: S314 - our own


def test_a_page_saved_by_an_editor_that_marks_its_files_is_used(generated: Any) -> None:
    """Notepad and others put a byte order mark before UTF-8: no page holds it."""
    generated.issue("2025-03", NEWS.format(country="peru", title="One"))
    own = generated.workspace.root / "templates" / "web" / "frame.html"
    own.parent.mkdir(parents=True)
    own.write_bytes(b"\xef\xbb\xbf" + (shipped() / "templates" / "web" / "frame.html").read_bytes())
    assert "\ufeff" not in (generated.publish().folder / "2025-03" / "index.html").read_text("utf-8")


def test_a_new_type_is_shown_by_the_kinds_of_its_fields(generated: Any, read: Read) -> None:
    """A folder dropped into templates/sections/ stands on the web without a web.html of its own."""
    folder = generated.workspace.root / "templates" / "sections" / "saying"
    folder.mkdir(parents=True)
    (folder / "fields.yaml").write_text(
        "label: {en: Quote}\nfields:\n  title: {kind: text, label: Title, help: x}\n"
        "  words: {kind: markdown, required: yes, label: Words, help: x}\n"
        "  said_on: {kind: date, label: Said on, help: x}\n  more: {kind: url, label: Read it all, help: x}\n"
        "  lines:\n    kind: rows\n    label: Lines\n    help: x\n"
        "    fields: {year: {kind: number, label: Year, help: x}, event: {kind: markdown, label: Event, help: x}}\n",
        "utf-8",
    )
    for name in ("email.mjml", "email.txt"):
        shutil.copy(generated.workspace.template(f"sections/letter/{name}"), folder / name)
    text = (folder / "email.mjml").read_text("utf-8")
    (folder / "email.mjml").write_text(
        "<mj-section><mj-column><mj-text>A quote</mj-text></mj-column></mj-section>" if text else "", "utf-8"
    )
    (folder / "email.txt").write_text("A quote", "utf-8")
    section = """
- type: saying
  title: What she said
  words: "**Never** again."
  said_on: 2025-02-28
  more: https://example.org/all
  lines:
    - year: 1984
      event: Putis
"""
    generated.issue("2025-03", section)
    tree = read(generated.publish().folder / "2025-03" / "index.html")
    assert tree.all("h2")[0].text == "What she said"
    assert "Never" in [one.text for one in tree.all("strong")]
    assert "28\u00a0February\u00a02025" in (generated.workspace.outbox / "site/2025-03/index.html").read_text("utf-8")
    assert "Read it all" in [one.text for one in tree.all("a")]
    assert [(one.text) for one in tree.all("dt", "dd")] == ["1984", "Putis"]


# In a browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_work_from_the_disk_at_every_width(sample_site: Published, browser: Any, scheme: str) -> None:
    """X12: styled, without a complaint of the browser, and nothing to scroll sideways at 320 pixels (WCAG 1.4.10)."""
    context = browser.new_context(color_scheme=scheme, viewport={"width": 320, "height": 700})
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for name in ("index.html", "2025-07/index.html", "2024-12/index.html", "2025-07/es/index.html"):
        page.goto((sample_site.folder / name).as_uri())
        for width in (320, 375, 700, 1200):
            page.set_viewport_size({"width": width, "height": 700})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontWeight") == "700"
        assert page.evaluate("[...document.images].every(image => image.complete && image.naturalWidth)")
    assert said == []
    context.close()


def test_the_pages_are_set_in_the_newsletters_font(year: Workspace, browser: Any) -> None:
    """The same as the letters: the usual one, or the one that the profile names."""
    profile = year.profile.read_text("utf-8")
    found = []
    for look in ("", "\n  font: Georgia, Times New Roman\n"):
        year.profile.write_text(profile + look, "utf-8")
        folder = publish(year, Settings(), noon(DAY)).folder
        page = browser.new_page()
        page.goto((folder / "index.html").as_uri())
        found.append(page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily"))
        page.close()
    assert found == ['"Helvetica Neue", Helvetica, Arial, sans-serif', 'Georgia, "Times New Roman", serif']


def test_keyboard_readers_see_where_they_are(sample_site: Published, browser: Any) -> None:
    """WCAG 2.4.1, 2.4.7: the first tab shows the skip link, and focus has an outline."""
    page = browser.new_page()
    page.goto((sample_site.folder / "index.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.close()


CONTRAST = """() => {
  const parse = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const lum = c => { const f = v => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
    return 0.2126 * f(c[0]) + 0.7152 * f(c[1]) + 0.0722 * f(c[2]); };
  const ground = node => { for (let n = node; n; n = n.parentElement) { const c = parse(getComputedStyle(n).backgroundColor);
    if (c.length === 3 || c[3] > 0) return c; } return [255, 255, 255]; };
  const bad = [];
  for (const node of document.querySelectorAll('body *')) {
    const own = [...node.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own) continue;
    const a = lum(parse(getComputedStyle(node).color)), b = lum(ground(node));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) bad.push([node.outerHTML.slice(0, 80), ratio]);
  }
  return bad;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_has_contrast_enough(sample_site: Published, browser: Any, scheme: str) -> None:
    """WCAG 1.4.3: 4.5 to 1 for every piece of text, measured in the browser, by day and by night."""
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    for name in ("index.html", "2025-07/index.html"):
        page.goto((sample_site.folder / name).as_uri())
        assert page.evaluate("document.querySelectorAll('p').length") > 10
        assert page.evaluate(CONTRAST) == []
    context.close()


def test_an_issue_under_embargo_is_left_out_until_it_ends(year: Workspace) -> None:
    """The rest is published; from that moment on the issue is too."""
    path = year.issues / "2025-07.es.yaml"
    path.write_text("embargo: 2025-07-10 12:30 Europe/London\n" + path.read_text("utf-8"), "utf-8")
    early = publish(year, Settings(), dt.datetime(2025, 7, 10, 11, 29, tzinfo=dt.UTC))
    assert [str(one) for one in early.issues] == ["2025-06"]
    (left,) = early.left_out
    assert "under embargo" in left.why.message
    assert not (early.folder / "2025-07").exists()
    assert "2025-07" not in (early.folder / "index.html").read_text("utf-8")
    late = publish(year, Settings(), dt.datetime(2025, 7, 10, 11, 30, tzinfo=dt.UTC))
    assert [str(one) for one in late.issues] == ["2025-07", "2025-06"]
