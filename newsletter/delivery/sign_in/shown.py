"""Steps and a code to type -> lines as wide as every terminal, for somebody who reads them with her glasses on."""

from __future__ import annotations

import textwrap

from newsletter.delivery.sign_in.device import DeviceCode

_WIDE = 78


def code_shown(code: DeviceCode, user: str) -> list[str]:
    """The page, the code with room around each letter, and what to do there."""
    spaced = "  ".join(code.user_code)
    edge = "+" + "-" * (len(spaced) + 8) + "+"
    wide = "|" + " " * (len(spaced) + 8) + "|"
    return [
        "1. Open this page in a browser, here or on your telephone:\n",
        f"        {code.page}\n",
        "2. Type this code there:\n",
        *(f"        {line}" for line in (edge, wide, f"|    {spaced}    |", wide, edge)),
        f"        (to copy it: {code.user_code})\n",
        f"3. Sign in there with {user}, and say yes.\n",
        f"I wait here. The code holds for {max(1, round(code.seconds / 60))} minutes. To stop: Ctrl-C",
    ]


def numbered(steps: tuple[str, ...]) -> list[str]:
    """One after the other."""
    return [f"{wrapped(f'{number}. {step}', hang='   ')}\n" for number, step in enumerate(steps, 1)]


def wrapped(text: str, hang: str = "") -> str:
    """Lines as wide as every terminal; an address stays whole, so that it can be opened."""
    first, *others = text.split("\n")
    broken = textwrap.wrap(first, _WIDE, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False)
    for one in others:
        broken += textwrap.wrap(
            one, _WIDE, initial_indent=hang, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False
        )
    return "\n".join(broken)
