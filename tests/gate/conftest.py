"""A small newsletter in two languages, free to be broken: what pipeline, gate and their commands are tried on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import pytest

from newsletter.gate.approvals import approve
from newsletter.gate.leaving import Leaving, leaving
from newsletter.nouns.draft import IssueName
from newsletter.pipeline import Prepared, prepare
from newsletter.settings import Settings
from newsletter.workspace import Workspace

ISSUE = IssueName(2025, 7)
AT = dt.datetime(2025, 7, 3, 18, 20, tzinfo=dt.timezone(dt.timedelta(hours=1)))
PROFILE = """\
title: {en: Peru newsletter, es: Boletín sobre el Perú}
languages: [en, es]
countries:
  peru: {name: {en: Peru, es: Perú}}
organisation:
  name: Example Rights
  legal: Example Rights, a company limited by guarantee
  postal_address: 1 Example Street, London
  privacy_url: https://example.org/privacy
  complaints: https://example.org/complaints
sender:
  name: Peru coordination, Example Rights
  address: peru@example.org
  list_id: peru.news.example.org
approval: required
"""
EN = """\
subject: An amnesty that turns its back on the victims
preheader: Congress backs bill 7549; the Celia Ramos case goes on
send_on: 2025-07-04
sections:
  - type: letter
    body: |
      Dear {first_name|friend},

      thank you.
  - type: news
    title: A vote
    date: 2025-06-13
    body: They voted for it.
"""
ES = """\
subject: Una amnistía que da la espalda a las víctimas
preheader: El Congreso respalda el proyecto 7549; sigue el caso Celia Ramos
send_on: 2025-07-04
sections:
  - type: letter
    body: |
      Hola, {first_name|amiga}:

      gracias.
  - type: news
    title: Un voto
    date: 2025-06-13
    body: Votaron a favor.
"""


@dataclass
class Newsroom:
    """A workspace, and what one does to its files."""

    workspace: Workspace

    def write(self, name: str, text: str) -> Path:
        """Put a file into ``issues/``."""
        path = self.workspace.issues / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path

    def change(self, name: str, old: str, new: str) -> None:
        """Change some words in a file; fails where they do not stand there."""
        path = self.workspace.issues / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    def leaving(self, language: str = "en") -> Leaving:
        """What would leave of July 2025 now."""
        dossier = self.prepared().dossier
        assert dossier is not None
        return leaving(self.workspace, dossier, language)

    def approve(self, *languages: str, by: str = "Ana", at: dt.datetime = AT) -> None:
        """Somebody reads editions as they are now, and lets them go."""
        for language in languages:
            approve(self.workspace, ISSUE, self.leaving(language), by, at)

    def prepared(self) -> Prepared:
        """July 2025 as the pipeline prepares it now."""
        return prepare(self.workspace, ISSUE, Settings())


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    """A small newsletter in which all is well but that nobody has approved it."""
    room = Newsroom(Workspace(tmp_path.resolve()))
    for name, text in (("newsletter.yaml", PROFILE), ("2025-07.yaml", EN), ("2025-07.es.yaml", ES)):
        room.write(name, text)
    return room
