"""A command and its door -> exit code, stdout and stderr, as whoever types it sees them."""

from __future__ import annotations

import pytest

from newsletter.__main__ import _call
from newsletter.door import Door
from newsletter.errors import NewsletterError


def typed(words: tuple[str, ...], door: Door, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Run it to its end."""
    try:
        code = _call(words, door)
    except NewsletterError as error:
        code = error.exit_code
        door.say(str(error))
    said = capsys.readouterr()
    return code, said.out, said.err
