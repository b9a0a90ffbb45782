"""Environment and ``.env`` -> Settings, read once at the door and passed on."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from newsletter.closed import is_open
from newsletter.errors import ToMend

PREFIX = "NEWSLETTER_"
HIGHEST_PORT = 65535
MOST_LETTERS = 10_000_000


class BadSetting(ToMend):
    """A setting holds something that it cannot hold. The value is not repeated: it may be a secret."""

    def __init__(self, name: str, expected: str) -> None:
        super().__init__(f"The setting {PREFIX}{name} should be {expected}.", "Mend it in the file .env.")


class BrokenEnv(ToMend):
    """The file ``.env`` is no text that can be read."""

    def __init__(self) -> None:
        super().__init__("The file .env is not UTF-8 text.", "Open it in a text editor and save it as UTF-8.")


@dataclass(frozen=True, slots=True)
class Settings:
    """What differs from machine to machine. Each field is the setting NEWSLETTER_<FIELD>."""

    smtp_host: str = field(
        default="", metadata={"help": "The mail server that sends for you, such as smtp.example.org"}
    )
    smtp_port: int = field(default=0, metadata={"help": "Its port; 0 takes 465 for tls, 587 for starttls"})
    smtp_user: str = field(default="", metadata={"help": "Your user name there"})
    smtp_password: str = field(
        default="",
        repr=False,
        metadata={
            "help": "Your password there; leave it empty where you signed in with: newsletter login",
            "secret": True,
        },
    )
    smtp_security: str = field(
        default="tls",
        metadata={
            "help": "tls, starttls, or none (only for a server on this machine)",
            "choices": ("tls", "starttls", "none"),
        },
    )
    smtp_port_25: str = field(
        default="no",
        metadata={
            "help": "yes: your organisation's own relay takes mail at port 25 (still encrypted); for every other server no",
            "choices": ("no", "yes"),
        },
    )
    smtp_client_id: str = field(
        default="",
        metadata={
            "help": "For newsletter login at Microsoft, or at Google in the browser: the number under which your organisation registered this program there"
        },
    )
    smtp_client_secret: str = field(
        default="",
        repr=False,
        metadata={"help": "What Google gave you along with it; Microsoft gives none", "secret": True},
    )
    smtp_tenant: str = field(
        default="organizations",
        metadata={
            "help": "For newsletter login at Microsoft 365: your organisation's domain or directory number there"
        },
    )
    smtp_profile: str = field(
        default="default",
        metadata={
            "help": "Whose limits hold: gmail, workspace, microsoft365, outlook, yahoo, icloud, brevo-relay, ses, mailgun, postmark, own-relay (no limit but the server's) or another file of templates/pace/; default is 100 letters a day"
        },
    )
    smtp_per_day: int = field(
        default=0,
        metadata={
            "help": "How many letters may leave in 24 hours, where you know it for certain; 0: what the profile says",
            "highest": MOST_LETTERS,
        },
    )
    smtp_licences: int = field(
        default=0,
        metadata={
            "help": "For the profile microsoft365: the paid mail licences of your whole organisation, which share a limit; 0: not known",
            "highest": MOST_LETTERS,
        },
    )
    database: str = field(default="records/newsletter.db", metadata={"help": "Where the list and the books are kept"})
    key: str = field(
        default="",
        repr=False,
        metadata={
            "help": "The list's key, 32 bytes in URL-safe base64; empty: kept in your config folder",
            "secret": True,
        },
    )
    public_url: str = field(
        default="",
        metadata={
            "help": "The public address of your pages, https://news.example.org, where leave links /u/... must be answered; empty: none, and readers leave by mail"
        },
    )
    dkim_domain: str = field(
        default="",
        metadata={"help": "The domain that signs your letters (DKIM), such as example.org; empty: none does here"},
    )
    dkim_selector: str = field(
        default="", metadata={"help": "The name of its key in the domain's DNS; newsletter dkim new says which"}
    )
    dkim_key_file: str = field(
        default="",
        metadata={"help": "The file with the key that signs; newsletter dkim new makes it and says where it is"},
    )
    dkim_ed25519_selector: str = field(
        default="", metadata={"help": "The name of a second, Ed25519 key in the domain's DNS, if you want one"}
    )
    dkim_ed25519_key_file: str = field(
        default="", metadata={"help": "The file with the second key; made by: newsletter dkim new --ed25519"}
    )
    spamd_port: int = field(
        default=783, metadata={"help": "Where SpamAssassin listens on this machine, for: newsletter check --spam"}
    )


def read_settings(environ: Mapping[str, str], env_file: Path | None = None) -> Settings:
    """Read the settings; the environment goes before ``.env``. Raises BadSetting, BrokenEnv."""
    found = {**_from_file(env_file), **environ}
    given = {one.name: found[name] for one in fields(Settings) if (name := PREFIX + one.name.upper()) in found}
    typed: dict[str, Any] = {name: _typed(name, text.strip()) for name, text in given.items()}
    return Settings(**typed)


def _from_file(env_file: Path | None) -> dict[str, str]:
    if env_file is None or not env_file.is_file():
        return {}
    from dotenv import dotenv_values

    try:
        found = dotenv_values(env_file, interpolate=False, encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise BrokenEnv from None
    if any(found.get(PREFIX + one.name.upper()) for one in fields(Settings) if one.metadata.get("secret")):
        _close_to_others(env_file)
    return {name: value for name, value in found.items() if value is not None}


def _close_to_others(env_file: Path) -> None:
    """A file with a password in it is its owner's alone, as the list is (UK GDPR art. 32)."""
    if is_open(env_file):
        with suppress(OSError):  # somebody else's file, or a disk that is read-only
            env_file.chmod(0o600)


def _typed(name: str, text: str) -> str | int:
    one = next(one for one in fields(Settings) if one.name == name)
    choices = one.metadata.get("choices", ())
    if choices and text not in choices:
        raise BadSetting(name.upper(), " or ".join(choices))
    if isinstance(one.default, int):
        highest = one.metadata.get("highest", HIGHEST_PORT)
        if not (text.isascii() and text.isdecimal() and len(text) <= len(str(highest)) and int(text) <= highest):
            raise BadSetting(name.upper(), f"a whole number from 0 to {highest}")
        return int(text)
    if name == "public_url" and text and not text.startswith("https://"):
        raise BadSetting(name.upper(), "an address that starts with https://")
    return text.rstrip("/") if name == "public_url" else text


def env_example() -> str:
    """What ``.env.example`` says: every setting with its help and its default, a secret's place left empty."""
    lines = [
        "# Settings of this machine. Copy this file to .env, take the # away before a line, and write your own value.",
        "# .env holds passwords: never send it to anybody, and never put it under version control.",
    ]
    for one in fields(Settings):
        default = "" if one.metadata.get("secret") else one.default
        lines += ["", f"# {one.metadata['help']}", f"#{PREFIX}{one.name.upper()}={default}"]
    return "\n".join(lines) + "\n"
