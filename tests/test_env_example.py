"""``.env.example`` says what there is to set, and nothing that is secret."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from newsletter.settings import PREFIX, BrokenEnv, Settings, env_example, read_settings

FILE = Path(__file__).resolve().parent.parent / ".env.example"


def test_the_example_is_in_step_with_the_settings() -> None:
    """To write it anew: ``python -c "from newsletter.settings import env_example; print(env_example(), end='')"``."""
    assert FILE.read_text("utf-8") == env_example()


def test_every_setting_stands_there_with_its_help() -> None:
    """Each has its line and its sentence; a secret's place is empty."""
    lines = env_example().splitlines()
    for one in fields(Settings):
        at = next(number for number, line in enumerate(lines) if line.startswith(f"#{PREFIX}{one.name.upper()}="))
        assert lines[at - 1] == f"# {one.metadata['help']}"
        if not one.repr:
            assert lines[at].endswith("=")


def test_the_example_uncommented_is_the_default(tmp_path: Path) -> None:
    """Somebody who takes away every # has changed nothing."""
    text = "\n".join(line.removeprefix("#") for line in env_example().splitlines() if line.startswith(f"#{PREFIX}"))
    (tmp_path / ".env").write_text(text, "utf-8")
    assert read_settings({}, tmp_path / ".env") == Settings()


def test_an_env_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    """A file that an old editor saved in Windows-1252 is a sentence, not a crash; a byte order mark does no harm."""
    (tmp_path / ".env").write_bytes("NEWSLETTER_SMTP_USER=Inés".encode("cp1252"))
    with pytest.raises(BrokenEnv):
        read_settings({}, tmp_path / ".env")
    (tmp_path / ".env").write_bytes(b"\xef\xbb\xbfNEWSLETTER_SMTP_USER=ines")
    assert read_settings({}, tmp_path / ".env").smtp_user == "ines"
