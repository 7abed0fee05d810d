"""Cases that only one of two versions allows: an assumption, a range or an open reading changed."""

from __future__ import annotations

from collections.abc import Iterator

from verifier.difference.model import Cases
from verifier.difference.touched import Touched
from verifier.difference.vocabulary import Vocabulary


def one_sided(words: Vocabulary, touched: Touched, bound: int) -> Iterator[Cases]:
    """Regions of cases that only one version allows. Raises ``NotSettled``."""
    yield from ()
