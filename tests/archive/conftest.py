"""Published sites to look at: the sample's, and generated ones; and a reader of their pages."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest

from newsletter.archive.publish import Published, publish
from newsletter.settings import Settings
from newsletter.workspace import Workspace, shipped
from tests.any.pictures import pictures_at_hand

DAY = dt.date(2025, 7, 10)


def noon(day: dt.date) -> dt.datetime:
    """Twelve o'clock of a day."""
    return dt.datetime.combine(day, dt.time(12), dt.UTC)


BLOCKS = {"p", "h1", "h2", "h3", "h4", "div", "figure", "ul", "ol", "dl", "section", "article", "nav"}
VOID = {"meta", "link", "img", "br", "hr", "input"}


@dataclass
class Node:
    """An element with what stands in it."""

    tag: str
    attributes: dict[str, str]
    children: list[Node | str] = field(default_factory=list)

    def all(self, *tags: str) -> list[Node]:
        """Every element of these kinds below this one, in order."""
        found: list[Node] = []
        for child in self.children:
            if isinstance(child, Node):
                found += ([child] if child.tag in tags else []) + child.all(*tags)
        return found

    def every(self) -> list[Node]:
        """Every element below this one."""
        return [one for child in self.children if isinstance(child, Node) for one in (child, *child.every())]

    @property
    def text(self) -> str:
        """The words in it, white space settled."""
        words = "".join(child if isinstance(child, str) else f" {child.text} " for child in self.children)
        return " ".join(words.split())


class _Reader(HTMLParser):
    """A strict one: what browsers would mend is an error here."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [Node("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute twice in {tag}"
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag in BLOCKS:
            assert "p" not in {node.tag for node in self.open}, f"{tag} in a p"
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        assert tag not in VOID
        assert self.open[-1].tag == tag, f"</{tag}> where {self.open[-1].tag} is open at {self.getpos()}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        assert "{{" not in data or self.open[-1].tag == "code"
        self.open[-1].children.append(data)


@pytest.fixture(scope="session")
def read() -> Callable[[Path], Node]:
    """Read a page as a tree; an assertion fails where it is not well formed."""
    return _read


def _read(path: Path) -> Node:
    reader = _Reader()
    reader.feed(path.read_text("utf-8"))
    reader.close()
    assert len(reader.open) == 1, f"{reader.open[-1].tag} is never closed"
    return reader.open[0]


@pytest.fixture
def year(tmp_path: Path) -> Workspace:
    """June and July of the sample, where nobody has to approve."""
    there = _sample(tmp_path / "year")
    for path in there.issues.glob("20*.yaml"):
        if not path.name.startswith(("2025-06", "2025-07")):
            path.unlink()
    return there


def _sample(folder: Path) -> Workspace:
    shutil.copytree(shipped() / "issues", folder / "issues")
    pictures_at_hand(folder)
    profile = folder / "issues" / "newsletter.yaml"
    profile.write_text(profile.read_text("utf-8").replace("approval: required", "approval: optional"), "utf-8")
    return Workspace(folder.resolve())


@pytest.fixture(scope="session")
def sample_site(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The sample's public pages as they stand on 10 July 2025."""
    return publish(_sample(tmp_path_factory.mktemp("sample")), Settings(), noon(DAY))


PROFILE = """
title: {en: "Americas newsletter", ar: "رسالة الأمريكتين"}
languages: [en, ar]
countries:
  peru: {name: {en: Peru, ar: بيرو}}
  chile: {name: {en: Chile, ar: تشيلي}}
  cuba: {name: {en: Cuba, ar: كوبا}}
organisation: {name: Example Group, legal: Example Group, postal_address: 1 Example Street, privacy_url: https://example.org/privacy, complaints: complaints@example.org}
sender: {name: Example coordination, address: news@example.org, reply_to: news@example.org, list_id: news.example.org, ehlo: mail.example.org}
coordinators: [{name: Ana Example, role: Coordinator}]
leave_by_mail: leave@example.org
approval: optional
"""


class Generated:
    """A workspace that a test fills as it likes."""

    def __init__(self, root: Path) -> None:
        self.workspace = Workspace(root.resolve())
        self.workspace.issues.mkdir(parents=True)
        self.workspace.images.mkdir()
        self.profile(PROFILE)

    def profile(self, text: str) -> None:
        """Write the profile."""
        self.workspace.profile.write_text(text, "utf-8")

    def issue(self, name: str, sections: str, *, subject: str = "A subject", send_on: str = "2025-03-01") -> None:
        """Write an issue."""
        head = f"subject: {subject}\npreheader: What stands beside the subject in the inbox\nsend_on: {send_on}\n"
        body = "\n".join(f"  {line}" for line in sections.strip("\n").splitlines())
        path = self.workspace.issues / f"{name}.yaml"
        path.write_text(f"{head}sections:\n{body}\n", "utf-8")

    def publish(self, on: dt.date = DAY) -> Published:
        """Write its site."""
        return publish(self.workspace, Settings(), noon(on))


@pytest.fixture
def generated(tmp_path: Path) -> Generated:
    """A workspace of three countries without an issue yet."""
    return Generated(tmp_path / "generated")
