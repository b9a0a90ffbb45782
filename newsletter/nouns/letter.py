"""What is made of an edition: pieces and slots, Rendered, Letter, Message, and the carrier that takes it away."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import TracebackType
from typing import Protocol, Self, runtime_checkable

from newsletter.nouns.clipping import Clipping
from newsletter.nouns.conflicted import ConflictedCopy
from newsletter.nouns.draft import Edition, IssueName, Path, Profile


class Context(StrEnum):
    """Where a slot stands, and so how an answer must be made safe for it."""

    HTML_TEXT = "html text"
    HTML_ATTRIBUTE = "html attribute"  # a whole href or src, between double quotes
    PLAIN_TEXT = "plain text"
    HEADER = "header"


class SlotName(StrEnum):
    """What may differ from reader to reader, or from door to door."""

    FIRST_NAME = "first_name"
    LEAVE_URL = "leave_url"
    PICTURE = "picture"  # the address of a picture: embedded, hosted, in a zip, on loopback


@dataclass(frozen=True, slots=True)
class Slot:
    """A gap in a rendered edition. ``fallback`` is said where a name is unknown; ``picture`` names the picture."""

    name: SlotName
    context: Context
    fallback: str = ""
    picture: str = ""


Pieces = tuple[str | Slot, ...]
"""Static text and slots in turn; joined with each slot answered they are the whole."""

Answer = Callable[[Slot], str]
"""Answers a slot with text that is already safe for the slot's context: a reader's answers are escaped,
a platform's are its merge tags."""


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture made ready for readers: scaled, cleaned of EXIF, width and height in CSS pixels."""

    name: str  # file name in the letter, unique and stable: its stem, part of its digest, its ending
    media_type: str  # image/png, image/jpeg or image/gif
    data: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """What a reader's own calendar takes a meeting from (RFC 5545); ``section`` is the way to it in its edition."""

    name: str  # event.ics, event-2.ics: unique in its edition, the same when a date or a title is mended
    data: bytes
    section: Path


@dataclass(frozen=True, slots=True)
class Rendered:
    """An edition turned into HTML and text once. ``digest`` (hex SHA-256) changes with anything a reader could see."""

    issue: IssueName
    language: str
    direction: str  # ltr or rtl
    subject: Pieces
    preheader: str
    html: Pieces
    text: Pieces
    pictures: tuple[PictureFile, ...]
    digest: str
    sections: tuple[Pieces, ...] = ()  # which of the HTML is each section's, in the edition's order
    calendars: tuple[CalendarFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """A rendered edition with every slot answered, for one recipient."""

    subject: str
    html: str
    text: str
    language: str
    pictures: tuple[PictureFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """What goes over the wire: the envelope (one sender, one recipient) and the bytes, CRLF at every line's end."""

    sender: str
    recipient: str
    message_id: str
    data: bytes
    dotless: bool = False  # no line begins with a dot, by construction: there is nothing to double, nor to look for


class Fate(StrEnum):
    """What became of one recipient's copy. The ledger's states, and the keys of the books."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    DEFERRED = "deferred"
    IN_DOUBT = "in_doubt"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the server answered: reply code (RFC 5321), enhanced code (RFC 3463), its text with addresses redacted."""

    fate: Fate
    code: int = 0
    enhanced: str = ""
    reply: str = ""
    sender_at_fault: bool = False  # policy, quota, sign-in: never held against the person, and the run pauses


class Carrier(Protocol):
    """Takes messages away. To add one: a file in ``delivery/carriers/``."""

    def __enter__(self) -> Self:
        """Get ready: open the connection or the folder."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Put everything away."""
        ...

    def deliver(self, message: Message) -> Outcome:
        """Take one message away and say what became of it; a fate of IN_DOUBT where nobody can know."""
        ...


class Line(Protocol):
    """One of several connections of a carrier, which have their turns in one thread; as a context it is opened and put away."""

    def __enter__(self) -> Self:
        """Open it."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Put it away."""
        ...

    def deliver(
        self,
        message: Message,
        *,
        may_leave: Callable[[], bool],
        following: Message | None = None,
        meanwhile: Callable[[], None],
    ) -> Outcome | None:
        """Take one message away; ``may_leave`` is asked once at most, at the last moment before it could arrive.

        None where the answer was no. ``following`` is the one that comes next, for a carrier that can begin with it;
        ``meanwhile`` is called where something takes long.
        """
        ...

    def abort(self) -> None:
        """Cut it off, for good: ``deliver`` comes back at once."""
        ...


@runtime_checkable
class ManyLines(Protocol):
    """A carrier with several connections at once; entering it has opened the first."""

    connections: int

    def first(self) -> Line:
        """The one that is open."""
        ...

    def line(self) -> Line:
        """One more, not open yet."""
        ...


@dataclass(frozen=True, slots=True)
class Visit:
    """What an address on the web answered: HTTP's status, and the address in the end; or what kind of trouble there was."""

    status: int = 0
    address: str = ""
    permanent: bool = False  # whether every redirect on the way says that it is for good (RFC 9110, 15.4)
    trouble: str = ""  # one word, as NotFetched has it
    words: str = ""


@dataclass(frozen=True, slots=True)
class SpamRule:
    """One rule of SpamAssassin that a letter meets, with its points; below 0 they speak for it."""

    name: str
    points: float
    words: str


@dataclass(frozen=True, slots=True)
class SpamScore:
    """What SpamAssassin makes of a letter; from ``limit`` on it is held for spam."""

    points: float
    limit: float
    rules: tuple[SpamRule, ...] = ()


@dataclass(frozen=True, slots=True)
class Dossier:
    """An issue with its editions, renderings, profile and earlier issues: what checks look at."""

    issue: IssueName
    profile: Profile
    editions: tuple[Edition, ...]
    renderings: Mapping[str, Rendered]  # by language
    earlier: tuple[Edition, ...] = ()
    pictures: frozenset[str] = frozenset()  # names of the files in issues/images/
    sources: tuple[Clipping, ...] = ()  # what is kept in issues/clippings/
    located: frozenset[str] = frozenset()  # of the issue's pictures, those whose file says where it was taken
    visits: Mapping[str, Visit] = field(default_factory=dict)  # by address: what was found online, if anybody looked
    spam: Mapping[str, SpamScore] = field(default_factory=dict)  # by language: what SpamAssassin said, if it was asked
    copies: tuple[ConflictedCopy, ...] = ()  # what a synced folder left beside the editions and the profile
    public_url: str = ""  # where readers fetch the pictures; "" where each letter holds them

    @property
    def corrects(self) -> IssueName | None:
        """The issue that this one corrects, if it is a correction."""
        return next((one.corrects for one in self.editions if one.corrects), None)
