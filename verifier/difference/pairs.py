"""Which policy of the old version is compared with which of the new one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from policy_dsl.paths import is_literate
from verifier.difference.versions import Loaded, Version

Days: TypeAlias = Callable[[str], date | None]
"""The day that is asked about, by the path of a policy; None is all the time it is in force."""


@dataclass(frozen=True, kw_only=True)
class Pairs:
    """The policies of both versions. ``touched`` are those of which some file was changed;
    ``untouched`` the new paths of those whose files are all the same, so that nothing can have
    changed; ``added`` and ``removed`` are in one version only."""

    touched: tuple[tuple[Loaded, Loaded], ...] = ()
    untouched: tuple[str, ...] = ()
    added: tuple[Loaded, ...] = ()
    removed: tuple[Loaded, ...] = ()


def one_pair(old: Version, old_key: str, new: Version, new_key: str, days: Days) -> Pairs:
    """Two files that were named, whatever they are called."""
    day = days(new_key)
    return _sorted_out([(old.load(old_key, day), new.load(new_key, day))], (), ())


def all_pairs(
    old: Version,
    new: Version,
    paths: Sequence[str],
    days: Days,
    leaves_out: Callable[[str], bool] = lambda _: False,
) -> Pairs:
    """The policies at and below some paths, in the order of their paths in the new version.

    Policies with the same path are compared; those left over are, if they have the same name and
    no other has it. Files that others use are no policies of their own, unless they are named.
    ``leaves_out`` tells which paths are passed over, unless they are named.
    """
    olds, news = (
        {
            key: version.load(key, days(key))
            for key in version.specs(paths)
            if key in paths or not leaves_out(key)
        }
        for version in (old, new)
    )
    mains = {*paths, *_mains(olds.values()), *_mains(news.values())}
    both = [(olds[key], news[key]) for key in news if key in olds and key in mains]
    gone = [each for key, each in olds.items() if key not in news and key in mains]
    come = [each for key, each in news.items() if key not in olds and key in mains]
    moved = _moved(gone, come)
    known = {id(each) for pair in moved for each in pair}
    return _sorted_out(
        [*both, *moved],
        [each for each in come if id(each) not in known],
        [each for each in gone if id(each) not in known],
    )


def _sorted_out(
    pairs: Iterable[tuple[Loaded, Loaded]], added: Sequence[Loaded], removed: Sequence[Loaded]
) -> Pairs:
    ordered = sorted(pairs, key=lambda each: each[1].key)
    same = [_same(old, new) for old, new in ordered]
    return Pairs(
        touched=tuple(p for p, s in zip(ordered, same, strict=True) if not s),
        untouched=tuple(p[1].key for p, s in zip(ordered, same, strict=True) if s),
        added=tuple(added),
        removed=tuple(removed),
    )


def _same(old: Loaded, new: Loaded) -> bool:
    """Whether the same files were read in the same order, wherever they are."""
    texts = [[*each.texts.values()] for each in (old, new)]
    return texts[0] == texts[1] and is_literate(old.key) == is_literate(new.key)


def _mains(loaded: Iterable[Loaded]) -> set[str]:
    """The keys of what no other one uses. Files that use each other in a circle stay."""
    reads = {each.key: set(each.texts) for each in loaded}
    own = {each.key: next(iter(each.texts), each.key) for each in loaded}
    used = {path for key, paths in reads.items() for path in paths if path != own[key]}
    mains = {key for key in reads if own[key] not in used}
    reached = {path for key in mains for path in reads[key]}
    return mains | {key for key in reads if own[key] not in reached}


def _moved(gone: Sequence[Loaded], come: Sequence[Loaded]) -> list[tuple[Loaded, Loaded]]:
    """Policies that have another path now: the name is the same, and nobody else has it."""
    before = Counter(each.policy.name for each in gone if each.policy is not None)
    after = Counter(each.policy.name for each in come if each.policy is not None)
    by_name = {each.policy.name: each for each in gone if each.policy is not None}
    return [
        (by_name[name], each)
        for each in come
        if each.policy is not None
        and (name := each.policy.name) in by_name
        and before[name] == after[name] == 1
    ]
