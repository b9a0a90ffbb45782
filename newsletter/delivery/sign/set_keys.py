"""Settings -> the keys with which letters are signed, RSA first; none where nothing is set."""

from __future__ import annotations

from newsletter.delivery.sign.keys import key_path, read_ed25519, read_rsa
from newsletter.delivery.sign.signature import Key
from newsletter.errors import ToMend
from newsletter.letters.headers import UnfitAddress, wire_domain
from newsletter.settings import BadSetting, Settings

ONLY_ED25519 = (
    "Letters are signed with an Ed25519 key alone, which many mailboxes cannot read yet: to them they count as not signed."
    " Add an RSA key: newsletter dkim new"
)


class HalfSet(ToMend):
    """One of the settings that belong together is missing."""

    def __init__(self, missing: str) -> None:
        super().__init__(
            f"Letters are to be signed (DKIM), but NEWSLETTER_{missing} is not set.",
            "Mend it in the file .env. What has to stand there was said by: newsletter dkim new",
        )


def set_keys(settings: Settings) -> tuple[Key, ...]:
    """The keys. Raises HalfSet, BadSetting, and what reading a key raises."""
    rsa, second = settings.dkim_key_file, settings.dkim_ed25519_key_file
    if not (rsa or second):
        if settings.dkim_domain or settings.dkim_selector:
            raise HalfSet("DKIM_KEY_FILE")
        return ()
    domain = _name(settings.dkim_domain, "DKIM_DOMAIN")
    keys = []
    if rsa:
        keys.append(Key(domain, _name(settings.dkim_selector, "DKIM_SELECTOR"), read_rsa(key_path(rsa))))
    if second:
        selector = _name(settings.dkim_ed25519_selector, "DKIM_ED25519_SELECTOR")
        keys.append(Key(domain, selector, read_ed25519(key_path(second))))
    return tuple(keys)


def only_ed25519(keys: tuple[Key, ...]) -> bool:
    """Whether there is no key but one that many mailboxes cannot read (A3)."""
    return bool(keys) and all(key.algorithm == "ed25519-sha256" for key in keys)


def _name(text: str, setting: str) -> str:
    if not text:
        raise HalfSet(setting)
    try:
        return wire_domain(text).lower()
    except UnfitAddress:
        raise BadSetting(setting, "a name as domains have it, such as news.example.org or newsletter202507") from None
