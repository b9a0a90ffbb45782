"""What somebody typed or put in -> the app password in it, or what is wrong with it."""

from __future__ import annotations

import re
import unicodedata

from newsletter.errors import ToMend


class NotAnAppPassword(ToMend):
    """It has not the shape. It is not repeated, nor is any part of it."""

    def __init__(self, letters: int, found: int) -> None:
        super().__init__(
            f"An app password has {letters} letters, and this has {found} characters."
            " Your usual password does not work here.",
            "Copy it once more from the page that showed it, or have another one made there.",
        )


class NothingTyped(ToMend):
    """Enter was pressed, and nothing else."""

    def __init__(self) -> None:
        super().__init__("Nothing was typed.", "Type or paste the password, then press Enter.")


def app_password(typed: str, letters: int) -> str:
    """Without blanks, and without what terminals put around something pasted. Raises NotAnAppPassword."""
    bare = "".join(one for one in typed if not one.isspace() and unicodedata.category(one) not in ("Cc", "Cf"))
    of_it = re.sub(r"[^A-Za-z]", "", bare)
    if len(of_it) != letters or not re.fullmatch(r"[A-Za-z-]+", bare):
        raise NotAnAppPassword(letters, len(bare))
    return bare
