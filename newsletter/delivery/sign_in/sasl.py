"""User and token -> what is said to a mail server that takes tokens, for smtplib's ``auth``."""

from __future__ import annotations

from collections.abc import Callable, Iterable

SaysOn = Callable[..., str]
"""What smtplib asks: without an argument for the first words, then with each challenge."""


def way(offered: Iterable[str]) -> str:
    """Which way is taken of those a server offers, "" where there is none; both providers describe XOAUTH2 first."""
    there = {one.upper() for one in offered}
    return next((one for one in ("XOAUTH2", "OAUTHBEARER") if one in there), "")


def xoauth2(user: str, token: str) -> SaysOn:
    """Google's and Microsoft's own: a challenge tells of an error and wants an empty line, after which the 5xx comes."""
    return lambda challenge=None: "" if challenge is not None else f"user={user}\x01auth=Bearer {token}\x01\x01"


def oauthbearer(user: str, token: str, host: str, port: int) -> SaysOn:
    """RFC 7628: a challenge tells of an error and wants %x01 (§3.2.3)."""
    name = user.replace("=", "=3D").replace(",", "=2C")  # RFC 5801 §4
    first = f"n,a={name},\x01host={host}\x01port={port}\x01auth=Bearer {token}\x01\x01"
    return lambda challenge=None: "\x01" if challenge is not None else first
