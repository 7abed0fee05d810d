"""Resources, what actions use of them, and how clauses rank persons for them."""

from __future__ import annotations

from policy_dsl import model
from policy_dsl import syntax as ast
from policy_dsl.diagnostics import Related
from policy_dsl.model import Expr
from policy_dsl.resolve_base import Context, Failed, type_of_expression
from policy_dsl.resolve_expression import ExpressionResolver
from policy_dsl.resolve_types import described
from policy_dsl.resolve_unknown import unknown
from policy_dsl.source import Place
from policy_dsl.symbols import Symbol, Symbols, Unit
from policy_dsl.types import Enumeration, is_number


def resources(symbols: Symbols, expressions: ExpressionResolver) -> dict[str, model.Resource]:
    """Every resource."""
    return {
        name: _resource(symbols, expressions, symbol, symbol.node)
        for name, symbol in symbols.table.items()
        if isinstance(symbol.node, ast.ResourceDeclaration)
    }


def _resource(
    symbols: Symbols, expressions: ExpressionResolver, symbol: Symbol, node: ast.ResourceDeclaration
) -> model.Resource:
    def condition(part: ast.Expression | None) -> Expr | None:
        return None if part is None else expressions.condition(symbol.unit, part, Context())

    low = 1 if node.low is None else node.low
    if node.high is not None and node.high < low:
        symbols.problem(
            "L12",
            symbol.unit.source,
            node.name.span,
            f"The capacity of '{node.name.text}' goes from {low} to {node.high}.",
            "Write the smaller number first.",
        )
    return model.Resource(
        name=node.name.text,
        phrase=node.phrase.text if node.phrase else node.name.text.replace("_", " "),
        low=low,
        high=node.high,
        scope=condition(node.scope),
        short=condition(node.short),
        place=symbol.place,
    )


def uses(symbols: Symbols, unit: Unit, node: ast.ActionDeclaration) -> tuple[model.Use, ...]:
    """What an action takes of resources."""
    found: dict[str, ast.Uses] = {}
    for each in node.uses:
        try:
            name = _known(symbols, unit, each.resource)
        except Failed:
            continue
        if each.count == 0:
            symbols.problem(
                "L12",
                unit.source,
                each.span,
                f"To use 0 of '{name}' says nothing.",
                "Leave it out, or write how many the action uses.",
            )
        if found.setdefault(name, each) is not each:
            symbols.problem(
                "L04",
                unit.source,
                each.resource.span,
                f"'{name}' is listed twice.",
                "Leave one out.",
                Related(
                    place=Place(unit.source, found[name].resource.span),
                    message="first listed here",
                ),
            )
    return tuple(model.Use(resource=name, count=each.count) for name, each in found.items())


def rank_effects(
    expressions: ExpressionResolver, unit: Unit, part: ast.Prioritize | ast.RankBy
) -> list[model.RankEffect]:
    """The effect of a part of a clause that ranks persons; none after an error."""
    symbols, word = expressions.symbols, part.modality
    if word != "must" and word != "should":
        verb = "prioritize" if isinstance(part, ast.Prioritize) else "rank"
        symbols.problem(
            "L05",
            unit.source,
            part.span,
            f"'{word}' cannot stand before '{verb}'.",
            f"A ranking is a duty: write 'must {verb}' or 'should {verb}'.",
        )
        return []
    over = term = None
    try:
        resource = _known(symbols, unit, part.resource)
        if isinstance(part, ast.RankBy):
            term = _term(expressions, unit, part)
    except Failed:
        return []
    if isinstance(part, ast.Prioritize) and part.over is not None:
        over = expressions.condition(unit, part.over, Context())
    highest = not isinstance(part, ast.RankBy) or part.highest
    return [
        model.RankEffect(modality=word, resource=resource, over=over, term=term, highest=highest)
    ]


def _known(symbols: Symbols, unit: Unit, name: ast.Name) -> str:
    """The name of a declared resource. Raises ``Failed``."""
    found = symbols.table.get(name.text)
    if found is None or not isinstance(found.node, ast.ResourceDeclaration):
        known = symbols.of_kind(ast.ResourceDeclaration)
        unknown(symbols, unit.source, name, "a resource", known)
        raise Failed
    return name.text


def _term(expressions: ExpressionResolver, unit: Unit, part: ast.RankBy) -> Expr:
    """The term by which persons are ranked. Raises ``Failed``."""
    term = expressions.term(unit, part.term, Context())
    if term is None:
        raise Failed
    type_ = type_of_expression(term)
    if is_number(type_) or (isinstance(type_, Enumeration) and type_.ordered):
        return term
    words = " ".join(unit.source.text[part.term.span.start : part.term.span.end].split())
    expressions.symbols.problem(
        "L05",
        unit.source,
        part.term.span,
        f"'{words[:60]}' is {described(type_)}, which has no highest and lowest.",
        "Rank by a number, a date, or a value of an ordered list (type TYPE is one of A < B < C). "
        "To put those first of whom a condition holds, write: should prioritize RESOURCE "
        "when CONDITION",
    )
    raise Failed
