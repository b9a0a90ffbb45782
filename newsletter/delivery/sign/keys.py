"""A file -> the private key in it, where it is whole, long enough, and nobody else's to read; what is wrong otherwise."""

from __future__ import annotations

from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from newsletter.closed import is_open
from newsletter.errors import StoppedForSafety, ToMend
from newsletter.store.key import key_folder

PrivateKey = RSAPrivateKey | Ed25519PrivateKey
SHORTEST = 2048  # bits of an RSA key that signs (RFC 8301 §3.2)
_MADE_BY = "Make one with: newsletter dkim new"


class NoDkimKey(ToMend):
    """The file is not there, or cannot be read."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"The DKIM key {file} is not there, or cannot be read.", f"Mend it in the file .env. {_MADE_BY}"
        )


class NotADkimKey(ToMend):
    """The file holds something else. What it holds is not repeated."""

    def __init__(self, file: Path, wanted: str) -> None:
        super().__init__(
            f"The file {file} does not hold a private key of the kind {wanted} without a password.", _MADE_BY
        )


class ShortDkimKey(ToMend):
    """An RSA key that mailboxes no longer trust."""

    def __init__(self, file: Path, bits: int) -> None:
        super().__init__(
            f"The DKIM key {file} has {bits:,} bits; mailboxes trust a key of {SHORTEST:,} bits or more.", _MADE_BY
        )


class DkimKeyOpen(StoppedForSafety):
    """Somebody else on this machine may read the key."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"The DKIM key {file} can be read by others on this computer: whoever has it can write in your name.",
            f'Close it with: chmod 600 "{file}" (or, if somebody else may have read it, make a new one: newsletter dkim new)',
        )


class DkimKeyInRepository(StoppedForSafety):
    """The key lies where it is copied along."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"The DKIM key {file} lies in the newsletter's folder or under version control, where it is copied along"
            " with everything else.",
            f"Move it to another place, such as {key_folder()}, and say so in the file .env (NEWSLETTER_DKIM_KEY_FILE).",
        )


def key_path(text: str) -> Path:
    """The file that a setting means: from one's home where it begins with ~, else from the user's config folder."""
    return key_folder() / Path(text).expanduser()


def read_rsa(file: Path) -> RSAPrivateKey:
    """An RSA key. Raises what ``read_key`` raises."""
    key = read_key(file)
    if not isinstance(key, RSAPrivateKey):
        raise NotADkimKey(file, "RSA")
    return key


def read_ed25519(file: Path) -> Ed25519PrivateKey:
    """An Ed25519 key. Raises what ``read_key`` raises."""
    key = read_key(file)
    if not isinstance(key, Ed25519PrivateKey):
        raise NotADkimKey(file, "Ed25519")
    return key


def read_key(file: Path) -> PrivateKey:
    """A key of either kind. Raises NoDkimKey, NotADkimKey, ShortDkimKey, DkimKeyOpen, DkimKeyInRepository."""
    refuse_in_repository(file)
    try:
        if is_open(file):
            raise DkimKeyOpen(file)
        key = load_pem_private_key(file.read_bytes(), None)
    except OSError:
        raise NoDkimKey(file) from None
    except (ValueError, TypeError, UnsupportedAlgorithm):  # no key, a locked one, a kind that is not known
        raise NotADkimKey(file, "RSA or Ed25519") from None
    if isinstance(key, RSAPrivateKey) and key.key_size < SHORTEST:
        raise ShortDkimKey(file, key.key_size)
    if not isinstance(key, RSAPrivateKey | Ed25519PrivateKey):
        raise NotADkimKey(file, "RSA or Ed25519")
    return key


def refuse_in_repository(file: Path) -> None:
    """Raise DkimKeyInRepository where a folder around the file is a newsletter's, or git's (A9)."""
    for folder in file.resolve().parents:
        if (folder / "issues" / "newsletter.yaml").exists() or (folder / ".git").exists():
            raise DkimKeyInRepository(file)
