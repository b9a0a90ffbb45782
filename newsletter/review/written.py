"""An edition and its problems -> the second reader's file in ``outbox/ISSUE/``, and its state kept to compare with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from newsletter.gate.approvals import read_approvals
from newsletter.gate.leaving import leaving
from newsletter.nouns.draft import Edition, IssueName, Profile
from newsletter.nouns.letter import Dossier
from newsletter.nouns.problem import Problem
from newsletter.phrases import read_phrases
from newsletter.review.page import FAMILY, Read, concerning, page
from newsletter.review.seen import seen
from newsletter.review.states import keep, states
from newsletter.sentences import read_sentences
from newsletter.words import read_words
from newsletter.workspace import Workspace
from newsletter.write_file import write_file


def written(
    workspace: Workspace, dossier: Dossier, edition: Edition, problems: Iterable[Problem], now: dt.datetime
) -> tuple[Path, str]:
    """Write the file; its path and the code that an answer to it bears. Raises CannotWrite, BrokenApproval."""
    language = edition.language
    it = leaving(workspace, dossier, language)
    approval = read_approvals(workspace, dossier.issue).get(language)
    before = tuple(states(workspace, dossier.issue, language))
    read = Read(dossier, edition, it, concerning(problems, dossier, edition), approval, before, now)
    phrases = read_phrases(workspace, FAMILY, language)
    words, sentences = read_words(workspace, phrases.language), read_sentences(workspace, phrases.language)
    html = page(read, words, phrases, sentences)
    path = review_file(workspace, dossier.issue, dossier.profile, language)
    write_file(path, html.encode())
    keep(workspace, dossier.issue, it, seen(dossier.renderings[language]).text, now)
    return path, it.code


def review_file(workspace: Workspace, issue: IssueName, profile: Profile, language: str) -> Path:
    """Where the file of an edition stands."""
    name = "review.html" if language == profile.languages[0] else f"review.{language}.html"
    return workspace.outbox / str(issue) / name
