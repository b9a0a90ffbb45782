"""The settings of a machine: secrets stay with their owner."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from newsletter.settings import read_settings

SECRET = "NEWSLETTER_SMTP_PASSWORD=hush\n"
PLAIN = "NEWSLETTER_SMTP_HOST=smtp.example.org\n"
posix = pytest.mark.skipif(os.name != "posix", reason="file modes")


@posix
@pytest.mark.parametrize(
    ("text", "mode"), [(SECRET, 0o600), (PLAIN + SECRET, 0o600), (PLAIN, 0o644), ("NEWSLETTER_KEY=\n", 0o644)]
)
def test_a_file_that_holds_a_secret_is_closed_to_others(tmp_path: Path, text: str, mode: int) -> None:
    """P6: ``cp .env.example .env`` makes a file that every user of the machine may read; a password closes it."""
    file = tmp_path / ".env"
    file.write_text(text, "utf-8")
    file.chmod(0o644)
    read_settings({}, file)
    assert file.stat().st_mode & 0o777 == mode


def test_no_secret_shows_in_a_repr(tmp_path: Path) -> None:
    """P6: a log that prints the settings prints no password and no key."""
    (tmp_path / ".env").write_text(SECRET + "NEWSLETTER_KEY=quiet\n", "utf-8")
    settings = read_settings({}, tmp_path / ".env")
    assert (settings.smtp_password, settings.key) == ("hush", "quiet")
    assert "hush" not in repr(settings)
    assert "quiet" not in repr(settings)
