"""The pictures of one rendering: each made ready at the width its template asks for; what is missing is a problem."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from newsletter.nouns.draft import Picture
from newsletter.nouns.letter import Context, PictureFile, Slot, SlotName
from newsletter.nouns.problem import Place, Problem, Severity
from newsletter.rendering.pictures import UnreadablePicture, ready, shape
from newsletter.rendering.slots import Marks
from newsletter.workspace import Workspace

CHECK = "picture"


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture at one width: ``src`` stands between double quotes, width and height are CSS pixels."""

    src: Markup
    width: int
    height: int


class Album:
    """Makes pictures ready and gathers them; a picture that cannot be shown is left out and reported."""

    def __init__(self, workspace: Workspace, marks: Marks) -> None:
        self._workspace = workspace
        self._marks = marks
        self._cache = workspace.outbox / ".cache" / "pictures"
        self.files: dict[str, PictureFile] = {}
        self.problems: list[Problem] = []

    def show(self, picture: Picture, place: Place) -> PictureView | None:
        """The picture for a template; None where it is missing or cannot be read."""
        path = self._workspace.picture(picture.file)
        if path is None:
            self._report(place, f"The picture {picture.file} is not there.", "Put it into issues/images/.")
            return None
        try:
            return PictureView(self, path, picture, shape(path))
        except UnreadablePicture as error:
            self._report(place, error.message, error.hint)
            return None

    def at(self, path: Path, width: int, height: int, *, square: bool) -> Shown | None:
        """The picture at a width, remembered for the letter; None where it turns out to be damaged."""
        try:
            file = ready(path, width, self._cache, height=height, square=square)
        except UnreadablePicture as error:
            self._report(Place(self._workspace.relative(path)), error.message, error.hint)
            return None
        self.files[file.name] = file
        slot = Slot(SlotName.PICTURE, Context.HTML_ATTRIBUTE, picture=file.name)
        return Shown(Markup(self._marks.put(slot)), file.width, file.height)  # noqa: S704 - a mark, letters and figures

    def _report(self, place: Place, message: str, hint: str) -> None:
        problem = Problem(place, Severity.ERROR, CHECK, message, hint)
        if problem not in self.problems:
            self.problems.append(problem)


@dataclass(frozen=True, slots=True)
class PictureView:
    """A picture as a template sees it. ``ratio`` is how many times as wide as high it is."""

    _album: Album
    _path: Path
    _picture: Picture
    ratio: float

    @property
    def alt(self) -> str:
        """What it shows, for those who do not see it; "" where it is decoration."""
        return self._picture.alt or ""

    @property
    def caption(self) -> str:
        """The sentence under it."""
        return self._picture.caption

    @property
    def credit(self) -> str:
        """Whose picture it is."""
        return self._picture.credit

    def at(self, width: int, height: int = 0, square: bool = False) -> Shown | None:  # noqa: FBT001, FBT002 - templates
        """The picture at most ``width`` CSS pixels wide, and ``height`` high where given."""
        return self._album.at(self._path, width, height, square=square)
