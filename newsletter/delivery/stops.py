"""Why a sending stops before its end, in words: the server refuses all, answers get lost, or somebody asked."""

from __future__ import annotations

import datetime as dt

from newsletter.errors import NewsletterError, OutsideFailed
from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import Outcome


class RunPaused(OutsideFailed):
    """The server refuses letter after letter for reasons that lie with the sender (S9)."""

    def __init__(self, issue: IssueName, outcome: Outcome, due: dt.datetime) -> None:
        said = " ".join(part for part in (str(outcome.code or ""), outcome.reply) if part)
        super().__init__(
            f"The mail server refuses letter after letter for a reason that lies with the sender, not with the readers:"
            f" {said}",
            f"Nobody is struck off. Ask whoever looks after your mail, then go on at {due.astimezone():%Y-%m-%d %H:%M}"
            f" or later: newsletter send {issue} --for-real",
        )


class AnswersLost(OutsideFailed):
    """The connection breaks after letter after letter: nobody can know whether they left."""

    def __init__(self, issue: IssueName) -> None:
        super().__init__(
            "The connection to the mail server broke after each of the last letters, before its answer. Nobody knows"
            " whether they left, so the sending stopped.",
            "See whether they arrived, and ask whoever looks after your mail; then go on with the others:"
            f" newsletter send {issue} --for-real",
        )


class Interrupted(NewsletterError):
    """Somebody asked to stop; the letters on their way were finished first."""

    exit_code = 130

    def __init__(self, issue: IssueName) -> None:
        super().__init__(
            "Stopped. Every letter that left is in the books, nothing is lost.",
            f"To go on with the others: newsletter send {issue} --for-real",
        )


class CutOff(OutsideFailed):
    """Nobody waits for a letter any more, and it surely did not leave."""

    def __init__(self) -> None:
        super().__init__("The connection was cut off before the letter left.", "It waits as it did before.")
