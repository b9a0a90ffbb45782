"""A kept sign-in with tokens -> the token that holds now, renewed in the middle of a sending, once for all connections."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from newsletter.delivery.sign_in.answers import Answered, NoAuthority, Post, asked
from newsletter.delivery.sign_in.authority import Client
from newsletter.delivery.sign_in.kept import CannotKeepSignIn, DamagedSignIn, SignIn, keep, kept, sign_in_file
from newsletter.delivery.sign_in.tokens import Tokens, tokens
from newsletter.errors import NewsletterError, OutsideFailed
from newsletter.web.fetch import Page

_PAUSES = (0.0, 1.0, 4.0)  # before each try, where the authority cannot be reached
_FOR_GOOD = frozenset(
    {"invalid_grant", "interaction_required", "consent_required", "login_required"}
    | {"invalid_client", "unauthorized_client", "access_denied"}
)


class SignInOver(OutsideFailed):
    """The sign-in was withdrawn, or has ended: nothing but a person can get another."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"Your sign-in at {host} does not hold any more: it was taken back, the password was changed, or it lay"
            " unused for too long. The sending paused; the letters that wait are safe.",
            "Sign in anew with: newsletter login. Then give the same command again.",
        )


def _on_the_web(url: str, form: Mapping[str, str]) -> Page:
    from newsletter.web.fetch import post

    return post(url, form)


@dataclass
class Bearer:
    """Whoever needs a token asks here, from whatever thread."""

    sign_in: SignIn = field(repr=False)
    folder: Path | None = None
    post: Post = _on_the_web
    clock: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _over: NewsletterError | None = None

    def token(self, refused: str = "") -> str:
        """The token that holds. ``refused`` is one that the mail server did not take: then there has to be another.

        Raises SignInOver, NoAuthority, SignInRefused, and what reading the file raises.
        """
        with self._lock:
            if self._over is not None:
                raise self._over
            client, held = _both(self.sign_in)
            if held.access != refused and not held.over(self.clock()):
                return held.access
            try:
                return self._renewed(client, held, refused).access
            except SignInOver as over:
                self._over = over
                raise

    def _renewed(self, client: Client, held: Tokens, refused: str) -> Tokens:
        """Another one: what another program has got meanwhile, or a new one, kept for the next time."""
        with self._alone():
            there = self._there()
            if there and there.access not in (held.access, refused) and not there.over(self.clock()):
                self.sign_in = replace(self.sign_in, tokens=there)
                return there
            before = there or held  # its refresh is the newer one: some hold once only
            found = self._asked_for(client, before, still_good=held.access != refused)
            self.sign_in = replace(self.sign_in, tokens=found)
            if there is not None:
                with contextlib.suppress(CannotKeepSignIn):  # this sending has it; the next one asks once more
                    keep(self.sign_in, self.folder)
            return found

    def _asked_for(self, client: Client, before: Tokens, *, still_good: bool) -> Tokens:
        form = client.says(grant_type="refresh_token", refresh_token=before.refresh, scope=client.authority.scope)
        try:
            answer = self._patiently(client.authority.token_url, form)
        except NoAuthority:
            if still_good and self.clock() < before.expires:
                return before  # it holds a moment longer
            raise
        if answer.error in _FOR_GOOD:
            raise SignInOver(self.sign_in.host)
        return tokens(answer, self.clock(), before)

    def _patiently(self, url: str, form: Mapping[str, str]) -> Answered:
        *first, last = _PAUSES
        for pause in first:
            self.sleep(pause)
            with contextlib.suppress(NoAuthority):
                return asked(self.post, url, form)
        self.sleep(last)
        return asked(self.post, url, form)

    def _there(self) -> Tokens | None:
        """What the file holds now; None where somebody has taken it away."""
        with contextlib.suppress(DamagedSignIn, CannotKeepSignIn):
            found = kept(self.sign_in.host, self.sign_in.user, self.folder)
            return found.tokens if found else None
        return None

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """One program of this user's at a time; where no lock can be had it goes without."""
        from filelock import FileLock, Timeout

        lock = FileLock(sign_in_file(self.sign_in.host, self.sign_in.user, self.folder).with_suffix(".lock"))
        try:
            lock.acquire(timeout=60)
        except (OSError, Timeout):
            yield
            return
        try:
            yield
        finally:
            lock.release()


def _both(sign_in: SignIn) -> tuple[Client, Tokens]:
    if sign_in.client is None or sign_in.tokens is None:
        raise AssertionError("a bearer is for tokens")
    return sign_in.client, sign_in.tokens
