"""Settings and the user's config folder -> the list's key: found, or made on first need."""

from __future__ import annotations

import base64
import binascii
import os
from contextlib import suppress
from pathlib import Path

from newsletter.closed import is_open
from newsletter.errors import OutsideFailed, StoppedForSafety
from newsletter.settings import BadSetting, Settings
from newsletter.store.vault import KEY_BYTES

_DIRECTIONS = (
    "Bring the file {file} from the computer where the list was last used (the person who kept it knows which) and"
    " put it there, or set NEWSLETTER_KEY in the file .env. Without the key nobody can read the list."
)


class NoKey(StoppedForSafety):
    """There is a locked list and no key."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"The key of this list is not on this computer: it should be in {file}", _DIRECTIONS.format(file="key")
        )


class DamagedKey(StoppedForSafety):
    """The key's file does not hold a key."""

    def __init__(self, file: Path) -> None:
        super().__init__(f"The file {file} does not hold a whole key.", _DIRECTIONS.format(file="key"))


class CannotKeepKey(OutsideFailed):
    """The key's file cannot be made or read."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"The list's key cannot be kept in {file}",
            "See that you may write to that folder, or set NEWSLETTER_KEY in the file .env.",
        )


def key_folder() -> Path:
    """Where this user's programs keep their settings, with our name: ``~/.config/newsletter`` on Linux."""
    from platformdirs import user_config_path

    return user_config_path("newsletter", appauthor=False)


def find_key(settings: Settings, *, make: bool, folder: Path | None = None) -> bytes:
    """The key: NEWSLETTER_KEY, else ``<folder>/key``, else a new one kept there where ``make`` allows it.

    Raises BadSetting, NoKey, DamagedKey, CannotKeepKey. The folder is key_folder() unless another is given.
    """
    if settings.key:
        return _decode(settings.key) or _bad_setting()
    file = (folder or key_folder()) / "key"
    if not file.is_absolute():  # nobody knows where the user's home is: "~" would become a folder beside the list
        raise CannotKeepKey(file)
    try:
        if make and not file.exists() and not file.is_symlink():
            return _make(file)
        return _read(file)
    except FileNotFoundError:
        raise NoKey(file) from None
    except OSError:
        raise CannotKeepKey(file) from None


def _bad_setting() -> bytes:
    raise BadSetting("KEY", "32 bytes in URL-safe base64")


def _read(file: Path) -> bytes:
    if is_open(file):
        with suppress(PermissionError):  # somebody else's file, which we may only read
            file.chmod(0o600)
    key = _decode(file.read_bytes().decode("ascii", "replace").strip())
    if key is None:
        raise DamagedKey(file)
    return key


def _decode(text: str) -> bytes | None:
    try:
        key = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    return key if len(key) == KEY_BYTES else None


def _make(file: Path) -> bytes:
    """A new key, whole on the disk before anything is locked with it; two starts at once make one."""
    from filelock import FileLock

    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with FileLock(file.with_name("key.lock")):
        if file.exists():
            return _read(file)
        key = os.urandom(KEY_BYTES)
        part = file.with_name("key.part")
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
            out.write(base64.urlsafe_b64encode(key) + b"\n")
            out.flush()
            os.fsync(out.fileno())
        part.replace(file)
        _settle(file.parent)
    return key


def _settle(folder: Path) -> None:
    """Have the folder's new name on the disk too, or a power cut takes it away (Windows does so by itself)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
