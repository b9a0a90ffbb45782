"""The columns in which platforms say that somebody has left -> why she must not be written to, None, or unclear."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsletter.audience.cleaning import plain_word, read_date
from newsletter.audience.suppress import Reason

_ON = (
    "active activo activa subscribed enabled confirmed regular premium gifted suscrito suscrita alta optedin optin"
    " yes y true t si 1"
)
_ACTIVE = set(_ON.split())
_GONE = {
    Reason.LEFT: "unsubscribed unsubscribe unsub left baja desuscrito desuscrita nosuscrito optedout optout",
    Reason.BOUNCED: "cleaned bounced bounce hardbounced hardbounce undeliverable unreachable rebotado invalid",
    Reason.COMPLAINT: "complained complaint spam spammy markedasspam spamcomplaint abuse junk",
    Reason.IMPORTED: "blocklisted blacklisted blocked suppressed removed deleted banned archived erased imported",
}
_UNSURE = "unconfirmed notconfirmed pending pendiente sinconfirmar unactivated inactive inactivo inactiva disabled"
_WAITING = set(_UNSURE.split())
_REASONS = {word: reason for reason, words in _GONE.items() for word in words.split()}
_NO = {"", "no", "n", "false", "f", "0", "nunca", "never", "null", "none"}


class UnclearStatus(Exception):
    """A status that means neither "subscribed" nor "gone": unconfirmed, disabled, a word not known here."""


def reason_in_row(status: Sequence[str], no: Sequence[str], yes: Sequence[str]) -> Reason | None:
    """Why this row's person must not be written to; None where nothing says so. Raises UnclearStatus.

    The cells, of each kind as many as there are columns: statuses in words, flags and dates that say that she has
    left, flags and dates that say that she is subscribed. One that says no outdoes all that say yes.
    """
    words = [word for cell in status if (word := _word(cell))]
    reason = next((_REASONS[word] for word in words if word in _REASONS), None)
    if reason:
        return reason
    if any(_word(cell) not in _NO for cell in no) or any(_word(cell) in _NO - {""} for cell in yes):
        return Reason.LEFT
    if set(words) - _ACTIVE or any(_word(cell) not in _ACTIVE and read_date(cell) is None for cell in yes):
        raise UnclearStatus
    return None


def if_known(cell: str) -> str:
    """A cell of a column named "state", where it is a status at all; "" where it is Cusco or California."""
    return cell if _word(cell) in _ACTIVE | _WAITING | set(_REASONS) else ""


def _word(cell: str) -> str:
    return re.sub(r"[^a-z0-9]", "", plain_word(cell))
