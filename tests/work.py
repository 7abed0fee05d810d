"""How much work a call is, counted: the same on every machine and in every run."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType


def work(call: Callable[[], object]) -> int:
    """How many functions, of Python and of C, are called in it.

    What a single function of C does inside is not seen; a test that runs such a function on a
    large text shows that it comes to an end.
    """
    count = 0

    def counted(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        call()
    finally:
        sys.setprofile(before)
    return count
