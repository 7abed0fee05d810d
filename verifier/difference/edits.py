"""Which declarations of two versions are not the same, each with its text before and after."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from policy_dsl import phrases
from policy_dsl.declarations import Declarations
from policy_dsl.model import (
    PERIOD,
    AllOf,
    Ambiguity,
    AnyOf,
    Assumption,
    Clause,
    Definition,
    Expectation,
    Expr,
    Incapacity,
    Note,
    Policy,
    Priority,
    ReadingIs,
    Settlement,
)
from policy_dsl.source import Place
from verifier.difference.model import Edit, Match
from verifier.difference.rewrite import DECLARED, Names, bare, declared, worded
from verifier.difference.vocabulary import Vocabulary


@dataclass(frozen=True, kw_only=True)
class Pair:
    """An edit, with what it replaces by what, in the vocabulary of both versions."""

    edit: Edit
    old: object | None
    new: object | None


def pairs(words: Vocabulary, match: Match) -> list[Pair]:
    """Every declaration that is new, gone or says something else, in the order of the new
    version, by kind."""
    return list(_Editor(words, match).pairs())


@dataclass
class _Editor:
    words: Vocabulary
    match: Match
    declarations: Declarations = field(default_factory=Declarations)

    def pairs(self) -> Iterator[Pair]:
        for kind in DECLARED:
            yield from self._named(kind)
        for kind, parts, of in _UNNAMED:
            yield from self._unnamed(kind, parts, of)
        yield from self._header()

    # --- what has a name ------------------------------------------------------------------

    def _named(self, kind: str) -> Iterator[Pair]:
        matched = self.match.same.get(kind, {})
        back = {new: old for old, new in matched.items()}
        olds, news = (declared(v.original, kind) for v in (self.words.old, self.words.new))
        for name, part in news.items():
            if name not in back:
                yield self._pair(kind, None, part, None, self._common(kind, name, old=False))
            else:
                before = olds[back[name]]
                one = self._common(kind, back[name], old=True)
                other = self._common(kind, name, old=False)
                if worded(_own(one)) != worded(_own(other)) or back[name] != name:
                    yield self._pair(kind, before, part, one, other)
        for name, part in olds.items():
            if name not in matched:
                yield self._pair(kind, part, None, self._common(kind, name, old=True), None)

    def _common(self, kind: str, name: str, old: bool) -> object:
        """A declaration in the vocabulary of both versions; of a fact or an ambiguity, which are
        what that vocabulary is made of, as it is in its own version, with the new names."""
        version = self.words.old if old else self.words.new
        matched = self.match.same if old else {}
        if kind in ("fact", "ambiguity"):
            return Names(maps=matched).apply(declared(version.original, kind)[name])
        if kind == "output" and old:
            name = matched.get(kind, {}).get(name, name)
            found = version.policy.outputs
            return found.get(name) or found[f"{name} (before)"]
        common = matched.get(kind, {}).get(name, name)
        return cast(Mapping[str, object], getattr(version.policy, DECLARED[kind]))[common]

    def _pair(
        self,
        kind: str,
        old: object | None,
        new: object | None,
        one: object | None,
        other: object | None,
        name: str = "",
    ) -> Pair:
        same = old is not None and new is not None and bare(_own(one)) == bare(_own(other))
        here = new if new is not None else old
        called = name or str(getattr(here, "name", ""))
        before = str(getattr(old, "name", "")) or None
        whole = kind != "priority"
        edit = Edit(
            kind=kind,
            name=called,
            old_name=before if new is not None and before != called and not name else None,
            before=None if old is None else self._text(old, whole),
            after=None if new is None else self._text(new, whole),
            old_quotes=_quotes(old),
            new_quotes=_quotes(new),
            wording_only=same,
            old_place=_place(old),
            new_place=_place(new),
        )
        return Pair(edit=edit, old=one, new=other)

    def _text(self, part: object, whole: bool) -> str | None:
        """The declaration that a part comes from; with ``whole`` off its own words alone."""
        places = [_place(part)]
        if isinstance(part, Definition):
            places += [each.place for each in part.cases]
        found: dict[str, None] = {}
        for place in places:
            if place is not None:
                start, end = place.span.start, place.span.end
                own = place.source.text[start:end].strip()
                found[self.declarations.text(place) if whole else own] = None
        return "\n\n".join(found) or None

    # --- what has none --------------------------------------------------------------------

    def _unnamed(
        self, kind: str, parts: Callable[[Policy], Sequence[object]], of: Callable[[object], str]
    ) -> Iterator[Pair]:
        olds, news = ([*parts(v.policy)] for v in (self.words.old, self.words.new))
        originals = {
            id(common): original
            for version in (self.words.old, self.words.new)
            for common, original in zip(parts(version.policy), parts(version.original), strict=True)
        }

        def taken(one: object, other: object) -> Pair | None:
            olds.remove(one)
            news.remove(other)
            if worded(one) == worded(other):
                return None
            name = of(other)
            return self._pair(kind, originals[id(one)], originals[id(other)], one, other, name)

        for same in (worded, bare, of):
            for other in list(news):
                one = next((each for each in olds if same(each) == same(other)), None)
                if one is not None:
                    found = taken(one, other)
                    if found is not None:
                        yield found
        if len(olds) == len(news) == 1 and kind == "assumption":
            found = taken(olds[0], news[0])
            if found is not None:
                yield found
        for other in news:
            yield self._pair(kind, None, originals[id(other)], None, other, of(other))
        for one in olds:
            yield self._pair(kind, originals[id(one)], None, one, None, of(one))

    def _header(self) -> Iterator[Pair]:
        """What is said of the policy as a whole."""
        old, new = self.words.old.policy, self.words.new.policy
        for kind, one, other in (
            ("authorities", " > ".join(old.authorities), " > ".join(new.authorities)),
            (
                "rules",
                ", then ".join(each.kind for each in old.rules),
                ", then ".join(each.kind for each in new.rules),
            ),
            ("subject", old.subject, new.subject),
        ):
            if one != other:
                edit = Edit(
                    kind=kind,
                    name=kind,
                    before=one or None,
                    after=other or None,
                    wording_only=kind == "subject",
                )
                yield Pair(edit=edit, old=old, new=new)


def _of_priority(part: object) -> str:
    assert isinstance(part, Priority)
    return f"{part.winner} over {part.loser}"


def _of_incapacity(part: object) -> str:
    assert isinstance(part, Incapacity)
    return f"cannot {part.action}"


def _of_settlement(part: object) -> str:
    assert isinstance(part, Settlement)
    return f"settle {', '.join(part.actions)}"


def _of_assumption(part: object) -> str:
    assert isinstance(part, Assumption)
    return f"assume {phrases.code(part.condition)}"


def _of_expectation(part: object) -> str:
    assert isinstance(part, Expectation)
    return f"expect {part.form} {phrases.code(part.condition)}"


_UNNAMED: Sequence[tuple[str, Callable[[Policy], Sequence[object]], Callable[[object], str]]] = (
    ("assumption", lambda policy: policy.assumptions, _of_assumption),
    ("incapacity", lambda policy: policy.incapacities, _of_incapacity),
    ("settlement", lambda policy: policy.settlements, _of_settlement),
    (
        "priority",
        lambda policy: [each for each in policy.priorities if each.rule is None],
        _of_priority,
    ),
    ("expectation", lambda policy: policy.expectations, _of_expectation),
)


# --- in time ------------------------------------------------------------------------------


def split(under: Expr | None) -> tuple[tuple[Expr, ...], tuple[Expr, ...]]:
    """What a clause itself says of readings, and what the days of its document say of time."""
    limbs = under.operands if isinstance(under, AllOf) else () if under is None else (under,)
    own = tuple(each for each in limbs if not _of_time(each))
    return own, tuple(each for each in limbs if _of_time(each))


def joined(limbs: Sequence[Expr]) -> Expr | None:
    """All of some readings, in the form in which a clause has them."""
    if not limbs:
        return None
    return limbs[0] if len(limbs) == 1 else AllOf(operands=tuple(limbs))


def _of_time(expr: Expr) -> bool:
    match expr:
        case ReadingIs():
            return expr.ambiguity == PERIOD
        case AnyOf():
            return all(map(_of_time, expr.operands))
        case _:
            return False


def _own(part: object) -> object:
    """A declaration without what follows from others: the days on which a document is in force
    are no words of its clauses, and a clause's place in a list is told of the list."""
    if isinstance(part, Clause):
        return replace(part, under=joined(split(part.under)[0]), rank=0)
    return part


# --- texts --------------------------------------------------------------------------------


def _place(part: object | None) -> Place | None:
    found = getattr(part, "place", None)
    return found if isinstance(found, Place) else None


def _quotes(part: object | None) -> tuple[str, ...]:
    match part:
        case Clause() | Note():
            return part.quotes
        case Ambiguity(quote=str(quote)):
            return (quote,)
        case _:
            return ()
