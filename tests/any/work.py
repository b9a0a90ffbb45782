"""Something that is done -> how much work it is, whatever else the machine does: in calls of functions, or as not without end."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

ENDLESS = 120
"""Seconds of the program's own time: what is guarded takes some five at most, and far longer where a guard is gone."""


@contextmanager
def ends() -> Iterator[None]:
    """Hold that what is done inside comes to an end by itself. Time in which the machine does other things is not counted."""
    begun = time.process_time()
    yield
    assert time.process_time() - begun < ENDLESS


def work(done: Callable[[], object]) -> int:
    """How many functions are called on the way."""
    calls = 0

    def count(_: FrameType, event: str, __: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        done()
    finally:
        sys.setprofile(before)
    return calls
