"""A header field, a body -> the same in the relaxed form of DKIM, over which it is signed (RFC 6376 §3.4.2, §3.4.4)."""

from __future__ import annotations

import re

_BLANKS = re.compile(rb"[ \t]+")
_BEFORE_A_BREAK = re.compile(rb"[ \t]+(?=\r\n)")


def relaxed_field(field: bytes) -> bytes:
    """One field, folded or not: its name in small letters, each run of blanks one, none at the ends, and CRLF."""
    name, _, value = field.partition(b":")
    return name.rstrip().lower() + b":" + b" ".join(value.split()) + b"\r\n"


def relaxed_body(body: bytes) -> bytes:
    """A body: each run of blanks one, none at a line's end, no empty lines at the end, and CRLF after the last."""
    if not body.endswith(b"\r\n"):
        body += b"\r\n" if body else b""
    whole = _BLANKS.sub(b" ", _BEFORE_A_BREAK.sub(b"", body)).rstrip(b"\r\n")
    return whole + b"\r\n" if whole else b""
