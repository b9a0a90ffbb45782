"""The columns in which platforms say that somebody has left -> why she must not be written to, None, or unclear."""

from __future__ import annotations

import re

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


def reason_in_row(status: str, no: str, yes: str | None, left_at: str) -> Reason | None:
    """Why this row's person must not be written to; None where nothing says so. Raises UnclearStatus.

    The cells: a status in words, an "opted out" flag, a "subscribed" flag (None: no such column), a leaving date.
    """
    words = [_word(cell) for cell in (status, no, yes or "", left_at)]
    if words[0] in _REASONS:
        return _REASONS[words[0]]
    if words[1] not in _NO or words[3] not in _NO:
        return Reason.LEFT
    if yes is not None and words[2] in _NO - {""}:
        return Reason.LEFT
    if words[0] and words[0] not in _ACTIVE:
        raise UnclearStatus
    if yes is not None and words[2] not in _ACTIVE and read_date(yes) is None:
        raise UnclearStatus
    return None


def if_known(cell: str) -> str:
    """A cell of a column named "state", where it is a status at all; "" where it is Cusco or California."""
    return cell if _word(cell) in _ACTIVE | _WAITING | set(_REASONS) else ""


def _word(cell: str) -> str:
    return re.sub(r"[^a-z0-9]", "", plain_word(cell))
