"""By what a declaration under another name is known again."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace

from policy_dsl import model
from policy_dsl.diagnostics import did_you_mean
from verifier.difference.rewrite import applicability, bare
from verifier.difference.values import comparable


def alike(one: object, other: object, as_renamed: bool = False) -> bool:
    """Whether two declarations of a name can be about the same thing."""
    match one, other:
        case model.Fact(), model.Fact():
            if as_renamed:
                return one.type == other.type and one.optional == other.optional
            return comparable(one.type, other.type)
        case model.Output(), model.Output():
            return comparable(one.type, other.type)
        case model.Ambiguity(), model.Ambiguity():
            return not as_renamed or bare(replace(one, name=other.name)) == bare(other)
        case _:
            return True


def sign(part: object) -> Hashable:
    """What a renamed declaration has in common with itself; None where it says too little."""
    match part:
        case model.Fact(phrase=str()):
            return (bare(replace(part, name="")), part.phrase, part.negative)
        case model.Ambiguity(question=str(question)) if question:
            return (question, bare(replace(part, name="")))
        case model.Action() if part.phrase != part.name.replace("_", " "):
            return (part.phrase, part.by)
        case model.Output(phrase=str()):
            return (part.type, part.phrase)
        case model.Resource():
            return (part.phrase, bare(replace(part, name="")))
        case model.Event():
            return (part.phrase, bare(replace(part, name="")))
        case model.Definition():
            return (part.phrase, part.negative, bare(replace(part, name="")))
        case model.Decision():
            return bare(replace(part, name=""))
        case model.Clause() if part.effects:
            return (part.quotes, bare(replace(part, name="", group=None)))
        case model.Document() if part.title:
            return (part.title, part.issued, part.effective)
        case model.Group():
            return part.clauses
        case model.Process():
            return bare(replace(part, name=""))
        case model.Note() if part.quotes:
            return (part.quotes, part.kind)
        case _:
            return None


def successor(kind: str, name: str, part: object, fresh: Mapping[str, object]) -> str | None:
    """The new name that an old one may have become."""
    match part:
        case model.Fact():
            able = [
                n
                for n, each in fresh.items()
                if isinstance(each, model.Fact) and comparable(part.type, each.type)
            ]
            same = [n for n in able if _phrase(fresh[n]) == part.phrase and part.phrase]
            return same[0] if same else did_you_mean(name, able) or _only(able)
        case model.Clause():
            able = [
                n
                for n, each in fresh.items()
                if isinstance(each, model.Clause)
                and (set(each.quotes) & set(part.quotes) or _same_rule(each, part))
            ]
            return did_you_mean(name, able) or _only(able)
        case model.Action():
            same = [n for n in fresh if _phrase(fresh[n]) == part.phrase]
            return same[0] if same else did_you_mean(name, fresh)
        case _:
            return did_you_mean(name, fresh) if kind != "note" else None


def _same_rule(one: model.Clause, other: model.Clause) -> bool:
    effects = [frozenset(map(bare, each.effects)) for each in (one, other)]
    return effects[0] == effects[1] and applicability(one) == applicability(other)


def _phrase(part: object) -> str | None:
    return part.phrase if isinstance(part, model.Fact | model.Action) else None


def _only(names: Sequence[str]) -> str | None:
    return names[0] if len(names) == 1 else None
