"""A Desk -> the public pages as they would be, in memory: every issue that can be made, and why some are held back yet."""

from __future__ import annotations

import threading
from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from newsletter.archive.library import Library
from newsletter.archive.publish import Endangered, LeftOut, for_the_page
from newsletter.archive.site import site
from newsletter.errors import NewsletterError, StoppedForSafety, ToMend
from newsletter.nouns.draft import IssueName
from newsletter.nouns.letter import Dossier
from newsletter.pipeline import Prepared
from newsletter.rendering.shelf import page_path
from newsletter.studio.desk import Desk
from newsletter.studio.known import files_now, look_at


@dataclass(frozen=True, slots=True)
class SiteSeen:
    """``files`` by address; ``issues`` are shown, the newest first; of them ``held`` would not be published today."""

    files: Mapping[str, bytes]
    issues: tuple[IssueName, ...]
    held: tuple[LeftOut, ...]
    first: str

    def page(self, issue: IssueName) -> str:
        """The address of an issue's page in the default language."""
        return f"{page_path(issue, self.first, self.first)}index.html"


_kept: dict[Hashable, SiteSeen] = {}
_making = threading.Lock()


def site_seen(desk: Desk) -> SiteSeen:
    """Make the pages, or take them as they were made, if no file has changed. Raises what ``site`` raises."""
    key = (desk.workspace, desk.settings, desk.now().date(), files_now(desk.workspace))
    with _making:
        if key not in _kept:
            _kept.clear()
            _kept[key] = _made(desk)
        return _kept[key]


def _made(desk: Desk) -> SiteSeen:
    shown: list[Dossier] = []
    held: list[LeftOut] = []
    for issue in reversed(desk.workspace.issue_names()):
        it = look_at(desk.workspace, desk.settings, issue)
        refusal = _refusal(desk, it.prepared)
        if refusal:
            held.append(LeftOut(issue, refusal))
        if it.dossier and not it.count("error") and not isinstance(refusal, Endangered):
            shown.append(it.dossier)
    if not shown:
        return SiteSeen({}, (), tuple(held), "")
    library = Library(tuple(shown), desk.now().date())
    files = site(library, desk.workspace, desk.settings.public_url)
    return SiteSeen(files, tuple(one.issue for one in shown), tuple(held), shown[0].profile.languages[0])


def _refusal(desk: Desk, prepared: Prepared) -> NewsletterError | None:
    try:
        for_the_page(desk.workspace, prepared, desk.now())
    except (ToMend, StoppedForSafety) as refusal:
        return refusal
    return None
