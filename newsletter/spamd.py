"""A message -> what SpamAssassin makes of it, asked of its daemon on this machine (the SPAMC protocol, version 1.5).

Source: https://svn.apache.org/repos/asf/spamassassin/trunk/spamd/PROTOCOL
"""

from __future__ import annotations

import re
import socket

from newsletter.errors import OutsideFailed
from newsletter.nouns.letter import SpamRule, SpamScore

HOST, PORT = "127.0.0.1", 783
SECONDS = 60.0  # it may ask name servers about links
_LARGEST = 1_000_000  # bytes of an answer
_JUDGED = re.compile(r"^Spam: *\w+ *; *(-?[\d.]+) */ *(-?[\d.]+)", re.MULTILINE | re.IGNORECASE)
_RULE = re.compile(r"^ *(-?\d+(?:\.\d+)?) +([A-Z][A-Z0-9_]+) +(\S.*(?:\n {20,}\S.*)*)", re.MULTILINE)
_PARTS = re.compile(r"^(?:BODY|HEADER|URI|RAW|RBL): *")


class NoSpamd(OutsideFailed):
    """No SpamAssassin answers on this machine."""

    def __init__(self, port: int) -> None:
        super().__init__(
            f"SpamAssassin does not answer on this machine (127.0.0.1, port {port}).",
            "It is a program of its own. On Debian and Ubuntu: apt install spamd, then: systemctl start spamd. "
            "Without it, leave --spam away.",
        )


class SpamdFailed(OutsideFailed):
    """SpamAssassin answered, and not with a score."""

    def __init__(self, said: str) -> None:
        super().__init__(
            f"SpamAssassin did not judge the letter: {said or 'it hung up'}.", "Try again, or leave --spam away."
        )


def spam_score(message: bytes, *, port: int = PORT, seconds: float = SECONDS) -> SpamScore:
    """What SpamAssassin says of a message. Raises NoSpamd, SpamdFailed."""
    head, _, report = _answer(message, port, seconds).decode("utf-8", "replace").partition("\r\n\r\n")
    judged = _JUDGED.search(head)
    if " EX_OK" not in head.partition("\r\n")[0] or not judged:
        raise SpamdFailed(head.partition("\r\n")[0][:80])
    rules = (SpamRule(name, float(points), _in_one_line(words)) for points, name, words in _RULE.findall(report))
    return SpamScore(float(judged[1]), float(judged[2]), tuple(rules))


def _answer(message: bytes, port: int, seconds: float) -> bytes:
    asked = b"REPORT SPAMC/1.5\r\nContent-length: %d\r\n\r\n" % len(message)
    try:
        line = socket.create_connection((HOST, port), seconds)
    except OSError:
        raise NoSpamd(port) from None
    try:
        with line:
            line.sendall(asked + message)
            line.shutdown(socket.SHUT_WR)
            return _all_of(line)
    except OSError:
        raise SpamdFailed("it took too long, or hung up") from None


def _all_of(line: socket.socket) -> bytes:
    said = b""
    while len(said) < _LARGEST and (more := line.recv(65536)):
        said += more
    return said


def _in_one_line(words: str) -> str:
    return _PARTS.sub("", " ".join(words.split()))
