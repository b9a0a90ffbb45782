"""Domain and selector -> a new private key in a file of its owner's alone; a file that is there is never written over."""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from newsletter.delivery.sign.keys import SHORTEST, refuse_in_repository
from newsletter.errors import OutsideFailed, StoppedForSafety


class KeyIsThere(StoppedForSafety):
    """A key of that name exists."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"There is a key already, and it stays as it is: {file}",
            "To see what the domain's DNS must hold for it: newsletter dkim show. To begin a new one beside it, give it"
            " another name: newsletter dkim new --selector NAME",
        )


class CannotKeepDkimKey(OutsideFailed):
    """The key's file cannot be made."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"The key cannot be kept in {file}",
            "See that you may write to that folder, or name another file: newsletter dkim new --file FILE",
        )


def new_key(file: Path, *, ed25519: bool = False) -> None:
    """Make a key, RSA of 2,048 bits or Ed25519. Raises KeyIsThere, CannotKeepDkimKey, DkimKeyInRepository."""
    refuse_in_repository(file)
    private = Ed25519PrivateKey.generate() if ed25519 else generate_private_key(65537, SHORTEST)
    text = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except OSError:
        raise (KeyIsThere if file.is_symlink() or file.exists() else CannotKeepDkimKey)(file) from None
    with os.fdopen(handle, "wb") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
