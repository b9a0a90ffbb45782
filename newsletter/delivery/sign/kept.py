"""The user's config folder -> the keys that were made there; each file bears the name under which DNS has its key."""

from __future__ import annotations

from pathlib import Path

from newsletter.delivery.sign.keys import read_key
from newsletter.delivery.sign.signature import Key
from newsletter.store.key import key_folder

_BETWEEN = "._domainkey."


def kept_in(domain: str, selector: str) -> Path:
    """The file of a key that is made without a file being named."""
    return key_folder() / f"{selector}{_BETWEEN}{domain}.pem"


def kept_keys() -> list[tuple[Path, Key]]:
    """Every key there, by the names of their files. Raises what reading a key raises."""
    found = []
    for file in sorted(key_folder().glob(f"*{_BETWEEN}*.pem")):
        selector, _, domain = file.stem.partition(_BETWEEN)
        found.append((file, Key(domain, selector, read_key(file))))
    return found
