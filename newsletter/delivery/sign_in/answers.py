"""A form and an authority's address -> what it answers: the fields of its JSON, and its error where it is one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from newsletter.errors import OutsideFailed
from newsletter.web.fetch import Page
from newsletter.web.reach import BadAddress, NotFetched

Post = Callable[[str, Mapping[str, str]], Page]
_OK = 200
_TROUBLE_THERE = 500
_WORD = re.compile(r"[a-z_]{1,40}")
_MICROSOFTS = re.compile(r"AADSTS\d{4,8}")


class NoAuthority(OutsideFailed):
    """Whoever gives or renews the sign-in cannot be reached, or has trouble of its own."""

    def __init__(self, url: str) -> None:
        super().__init__(
            f"{urlsplit(url).hostname}, where your sign-in comes from, cannot be reached or has trouble just now. The"
            " letters that wait are safe.",
            "See that you are online, and give the same command again in some minutes.",
        )


class SignInRefused(OutsideFailed):
    """An authority says no. Only its own numbers are repeated: its sentences may hold what nobody should read."""

    def __init__(self, url: str, error: str) -> None:
        super().__init__(
            f"{urlsplit(url).hostname} refuses this sign-in (its answer: {error}).",
            "Show this to whoever administers your organisation's mailboxes; then: newsletter login",
        )


@dataclass(frozen=True, slots=True)
class Answered:
    """What an authority said. ``error`` is its word for what is wrong (RFC 6749 §5.2), "" where nothing is."""

    url: str
    fields: Mapping[str, object] = field(repr=False)
    error: str = ""

    def text(self, name: str) -> str:
        """A field that has to be there. Raises SignInRefused."""
        found = self.fields.get(name)
        if not isinstance(found, str) or not found:
            raise SignInRefused(self.url, f"no {name}")
        return found

    def seconds(self, name: str, otherwise: float) -> float:
        """A time; some say it as a text."""
        try:
            found = float(str(self.fields.get(name, otherwise)))
        except ValueError:
            return otherwise
        return found if 0 <= found < 10**9 else otherwise

    def refused(self) -> SignInRefused:
        """The answer as an exception, with the number by which an administrator finds out more."""
        numbers = _MICROSOFTS.findall(str(self.fields.get("error_description", "")))
        return SignInRefused(self.url, " ".join([self.error or "none that we know", *numbers[:1]]))


def asked(post: Post, url: str, form: Mapping[str, str]) -> Answered:
    """Hand a form over. Raises NoAuthority."""
    try:
        page = post(url, form)
    except (NotFetched, BadAddress):
        raise NoAuthority(url) from None
    if page.status >= _TROUBLE_THERE:
        raise NoAuthority(url)
    try:
        fields = json.loads(page.data)
    except (ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict):
        if page.status == _OK and not page.data.strip():
            return Answered(url, {})
        raise NoAuthority(url)
    error = str(fields.get("error", "")) if page.status != _OK or "error" in fields else ""
    if page.status != _OK and not error:
        error = f"status_{page.status}"
    return Answered(url, fields, error if not error or _WORD.fullmatch(error) else "an error without a name")
