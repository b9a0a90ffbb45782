"""The ways in which a letter can be looked at -> what a page needs to show each, and how far it may be trusted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from newsletter.emulations.conditions import CONDITIONS, Condition, Faith

FRAME = "frame"


@dataclass(frozen=True, slots=True)
class View:
    """One way of looking. ``kind`` says what is shown: the letter in a frame, its text, its row in an inbox ..."""

    key: str
    kind: str = FRAME
    condition: Condition = CONDITIONS["desktop"]

    @property
    def faith(self) -> Faith:
        """How far one may trust one's eyes."""
        return self.condition.faith

    @property
    def scheme(self) -> str:
        """What the reader's machine is set to."""
        return "dark" if self.condition.dark else "light"


TEXT, INBOX, HEADERS, SOURCE = "text", "inbox", "headers", "source"  # what is shown when it is not the letter's page
_FRAMES = ("desktop", "phone", "dark", "images-off", "unmarked-night", "partial-night", "full-night", "large")
_ROUGH = Condition(Faith.ROUGH)  # every inbox cuts elsewhere

VIEWS: Mapping[str, View] = {
    **{key: View(key, condition=CONDITIONS[key]) for key in _FRAMES},
    TEXT: View(TEXT, TEXT),
    INBOX: View(INBOX, INBOX, _ROUGH),
    HEADERS: View(HEADERS, HEADERS),
    SOURCE: View(SOURCE, SOURCE),
}
FIRST = "desktop"
NEAR = ("desktop", "phone", "dark", "images-off", TEXT, INBOX)
"""The views that stand at hand; the others are one step further."""
TABLE = ("desktop", "phone", "dark", "unmarked-night", "images-off", TEXT, "large", "partial-night", "full-night")
"""The views that lie on the light table under the inbox rows, in this order."""
