"""A mail server and a user -> how one signs in there, kept in the user's config folder: a file that is its owner's alone."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from newsletter.closed import is_open
from newsletter.delivery.sign_in.authority import Authority, Client
from newsletter.delivery.sign_in.tokens import Tokens
from newsletter.errors import OutsideFailed, StoppedForSafety, ToMend
from newsletter.store.key import key_folder
from newsletter.write_file import CannotWrite, write_file

_FOLDER = "sign-in"
_AUTHORITY = ("name", "token_url", "scope", "revoke_url", "withdraw_page")  # what is needed of it later


class SignInOpen(StoppedForSafety):
    """Somebody else on this machine may read it."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"The file with your sign-in can be read by others on this computer: {file}",
            f'Close it with: chmod 600 "{file}". If somebody else may have read it, take it back at your provider, and'
            " sign in anew: newsletter login",
        )


class DamagedSignIn(ToMend):
    """The file holds something else. What it holds is not repeated."""

    def __init__(self, file: Path) -> None:
        super().__init__(f"The file {file} does not hold a whole sign-in.", "Sign in anew with: newsletter login")


class CannotKeepSignIn(OutsideFailed):
    """The file cannot be made, read or taken away."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"Your sign-in cannot be kept in {file}",
            "See that you may write to that folder, then sign in anew: newsletter login",
        )


@dataclass(frozen=True, slots=True)
class SignIn:
    """How ``user`` signs in at ``host``: with a password, or as a client with tokens."""

    host: str
    user: str
    password: str = field(default="", repr=False)
    client: Client | None = None
    tokens: Tokens | None = None


def sign_in_file(host: str, user: str, folder: Path | None = None) -> Path:
    """Where it is kept: a name to recognise it by, and a number so that no two are the same."""
    both = f"{user} {host}".lower()
    number = hashlib.sha256(both.encode()).hexdigest()[:8]
    name = re.sub(r"[^a-z0-9@.-]+", "-", both)[:60].strip(".-")
    return (folder or key_folder()) / _FOLDER / f"{name}-{number}.json"


def keep(sign_in: SignIn, folder: Path | None = None) -> Path:
    """Keep it, and say where. Raises CannotKeepSignIn."""
    file = sign_in_file(sign_in.host, sign_in.user, folder)
    if not file.is_absolute():  # nobody knows where the user's home is
        raise CannotKeepSignIn(file)
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_file(file, json.dumps(_written(sign_in), indent=1).encode(), 0o600)
    except (OSError, CannotWrite):
        raise CannotKeepSignIn(file) from None
    return file


def kept(host: str, user: str, folder: Path | None = None) -> SignIn | None:
    """What is kept, None where nothing is. Raises SignInOpen, DamagedSignIn, CannotKeepSignIn."""
    file = sign_in_file(host, user, folder)
    try:
        with file.open("rb") as opened:  # the rights of this very file, whatever is put in its place meanwhile
            if is_open(opened.fileno()):
                raise SignInOpen(file)
            found = json.loads(opened.read())
        return _read(found, host, user)
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise DamagedSignIn(file) from None
    except OSError:
        raise CannotKeepSignIn(file) from None


def forget(host: str, user: str, folder: Path | None = None) -> bool:
    """Take it away from this computer; whether there was any. Raises CannotKeepSignIn."""
    file = sign_in_file(host, user, folder)
    try:
        file.unlink()
    except FileNotFoundError:
        return False
    except OSError:
        raise CannotKeepSignIn(file) from None
    return True


def _written(one: SignIn) -> dict[str, object]:
    said: dict[str, object] = {"host": one.host.lower(), "user": one.user, "password": one.password}
    if one.client and one.tokens:
        there = one.client.authority
        said |= {
            "authority": {name: getattr(there, name) for name in _AUTHORITY},
            "client": {"id": one.client.id, "secret": one.client.secret},
            "tokens": {"access": one.tokens.access, "refresh": one.tokens.refresh, "expires": one.tokens.expires},
        }
    return said


def _read(found: Any, host: str, user: str) -> SignIn:
    if (found["host"], found["user"].lower()) != (host.lower(), user.lower()):
        raise ValueError
    if "tokens" not in found:
        return SignIn(host, user, _text(found["password"]))
    client = Client(
        Authority(**{name: _text(found["authority"][name]) for name in _AUTHORITY}),  # type: ignore[arg-type]  # texts all
        _text(found["client"]["id"]),
        _text(found["client"]["secret"]),
    )
    said = found["tokens"]
    return SignIn(host, user, "", client, Tokens(_text(said["access"]), _text(said["refresh"]), float(said["expires"])))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
