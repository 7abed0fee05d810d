"""What is not compared case by case: rankings, limits of time, processes."""

from __future__ import annotations

from collections.abc import Sequence

from verifier.difference.edits import Pair
from verifier.difference.model import Change
from verifier.difference.touched import Touched
from verifier.difference.vocabulary import Vocabulary


def beyond(
    words: Vocabulary, touched: Touched, edits: Sequence[Pair], changes: Sequence[Change]
) -> list[str]:
    """Sentences about what is not proved the same."""
    return []
