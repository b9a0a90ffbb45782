"""The pictures of one rendering: each made ready at the width its template asks for; what is missing is a problem."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from newsletter.nouns.draft import Picture
from newsletter.nouns.letter import Context, PictureFile, Slot, SlotName
from newsletter.nouns.problem import Place, Problem, Severity
from newsletter.rendering.light_picture import HEAVY
from newsletter.rendering.moving import too_heavy
from newsletter.rendering.pictures import Remark, UnreadablePicture, may_move, ready, remarks, shape
from newsletter.rendering.play_mark import PlayMark
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

    def __init__(self, workspace: Workspace, marks: Marks, play: PlayMark) -> None:
        self._workspace = workspace
        self._marks = marks
        self._play = play
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
            seen = PictureView(self, path, picture, place, shape(path))
            for remark in remarks(path):
                self._remark(place, remark)
        except UnreadablePicture as error:
            self._report(place, error.message, error.hint)
            return None
        return seen

    def at(self, path: Path, place: Place, width: int, height: int, *, square: bool, play: bool) -> Shown | None:
        """The picture at a width, remembered for the letter; None where it turns out to be damaged."""
        try:
            mark = self._play if play else None
            file = ready(path, width, self._cache, height=height, square=square, mark=mark)
            if not square and not play and file.media_type != "image/gif" and may_move(path):
                self._remark(place, too_heavy(path.name))
        except UnreadablePicture as error:
            self._report(place, error.message, error.hint)
            return None
        if len(file.data) > HEAVY:
            self._remark(place, _heavy(path.name, len(file.data)))
        self.files[file.name] = file
        slot = Slot(SlotName.PICTURE, Context.HTML_ATTRIBUTE, picture=file.name)
        return Shown(Markup(self._marks.put(slot)), file.width, file.height)  # noqa: S704 - a mark, letters and figures

    def _report(self, place: Place, message: str, hint: str) -> None:
        self._remark(place, Remark(Severity.ERROR, message, hint))

    def _remark(self, place: Place, remark: Remark) -> None:
        problem = Problem(place, remark.severity, CHECK, remark.message, remark.hint)
        if problem not in self.problems:
            self.problems.append(problem)


def _heavy(name: str, weight: int) -> Remark:
    message = (
        f"{name} weighs {weight / 1000:.0f} kB even when scaled down; {HEAVY // 1000} kB is advised for a whole letter."
    )
    return Remark(
        Severity.NOTE, message, "Cut out the part that matters, or save a photograph as JPEG without transparency."
    )


@dataclass(frozen=True, slots=True)
class PictureView:
    """A picture as a template sees it. ``ratio`` is how many times as wide as high it is."""

    _album: Album
    _path: Path
    _picture: Picture
    _place: Place
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

    def at(self, width: int, height: int = 0, square: bool = False, play: bool = False) -> Shown | None:  # noqa: FBT001, FBT002 - templates
        """The picture at most ``width`` CSS pixels wide, and ``height`` high where given; with a mark to ``play``."""
        return self._album.at(self._path, self._place, width, height, square=square, play=play)
