"""What a mail server answered -> what it means in plain words, and what to do about it (RFC 3463, RFC 5321 §4.2.3)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NOTHING = "Nothing: it is tried again by itself when you go on."
_TYPO = (
    "Look at the address for a typing mistake. If there is none, take it off the list: `newsletter subscribers remove"
    " ADDRESS`"
)
_YOURS = "Nobody is struck off for it. Ask whoever looks after your mail; `newsletter doctor` says what may be missing."


@dataclass(frozen=True, slots=True)
class Reason:
    """What an answer means, and what to do."""

    means: str
    to_do: str


_KNOWN: tuple[tuple[str, Reason], ...] = (
    (r"5\.1\.(0|1|6|10)", Reason("There is no such mailbox, or there is none any more.", _TYPO)),
    (r"5\.1\.2|5\.4\.[14]|5\.1\.8", Reason("No mail server takes letters for what stands after the @.", _TYPO)),
    (r"5\.1\.3|5\.1\.7", Reason("This is not an address that mail can be sent to.", _TYPO)),
    (
        r"5\.2\.1",
        Reason(
            "The mailbox was switched off.", "Take the address off the list: `newsletter subscribers remove ADDRESS`"
        ),
    ),
    (
        r"5\.2\.2",
        Reason(
            "The mailbox is full.",
            "Nothing for now; a mailbox that stays full for months is no longer read by anybody.",
        ),
    ),
    (
        r"5\.2\.3|5\.3\.4",
        Reason("The letter is larger than this server takes.", "Use fewer or smaller pictures in the next issue."),
    ),
    (
        r"5\.6\.[27]|5\.6\.1|5\.6\.9|5\.6\.10",
        Reason(
            "The letter or its address holds characters that this server cannot handle.",
            "Ask the reader for an address in plain letters (a to z).",
        ),
    ),
    (
        r"4\.4\.7",
        Reason(
            "It was tried for several days, and the server never took it.",
            "Write to the reader by another way, or wait for the next issue.",
        ),
    ),
    (r"5\.7\.\d+|5\.4\.5|5\.6\.\d+", Reason("The server does not take our letters as they are sent.", _YOURS)),
    (r"4\.2\.2", Reason("The mailbox is full at the moment.", _NOTHING)),
    (
        r"4\.7\.\d+|4\.3\.2|4\.4\.5",
        Reason("The server asks for patience: too much at once, or a sender it does not know yet.", _NOTHING),
    ),
    (r"4\.[234]\.\d+", Reason("The server has trouble of its own, or asks to be tried again later.", _NOTHING)),
)
_BY_CODE = {
    552: Reason(
        "The mailbox is full, or the letter is too large for it.", "Nothing for now; see how the next issue fares."
    ),
    550: Reason("The server does not take letters for this address.", _TYPO),
    551: Reason("The reader has her letters elsewhere now.", _TYPO),
    553: Reason("The server does not know this address.", _TYPO),
}
_REFUSED = Reason("The server refused it without saying more.", "See how the next issue fares; if it goes on, write to her by another way.")  # fmt: skip
_LATER = Reason("The server asks to be tried again later.", _NOTHING)
_IN_DOUBT = Reason(
    "The letter was handed over, and the connection broke before the answer came. It has probably arrived.",
    "Look into the mail server's log, or ask one of them. Then decide: `newsletter settle {issue} --as-sent`, or `--resend`",
)
LEFT_OUT = {
    "left": "have left the list",
    "suppressed": "asked not to be written to, or their mailboxes are gone",
    "left since": "left while the issue was being sent",
}
"""Who was not written to, by the reason in the books."""


def reason(state: str, code: int, enhanced: str, issue: str) -> Reason:
    """What became of copies in this state with this answer."""
    if state == "in_doubt":
        return Reason(_IN_DOUBT.means, _IN_DOUBT.to_do.format(issue=issue))
    found = next((one for pattern, one in _KNOWN if re.fullmatch(pattern, enhanced)), None)
    found = found or _BY_CODE.get(code) or (_LATER if state == "deferred" else _REFUSED)
    return Reason(found.means, _NOTHING) if state == "deferred" else found
