"""From syntax trees to the model: declarations are looked up, typed and checked, and every
error over all files is reported at once."""

from __future__ import annotations

from dataclasses import dataclass, field

from policy_dsl import model
from policy_dsl import syntax as ast
from policy_dsl.diagnostics import Diagnostic, Related, SpecError
from policy_dsl.model import TRUE, Expr
from policy_dsl.resolve_clauses import ClauseResolver
from policy_dsl.resolve_expression import (
    Context,
    ExpressionResolver,
    Failed,
    Signature,
    type_of_expression,
)
from policy_dsl.resolve_graph import check_circles, check_division
from policy_dsl.source import Place
from policy_dsl.symbols import Symbol, Symbols, Unit, collect, type_of
from policy_dsl.types import Enumeration, Integer, SetOf, Type, YesNo

LONGEST_CHAIN = 60
"""How many definitions may rest on each other in a chain."""


def resolve(units: tuple[Unit, ...], problems: tuple[Diagnostic, ...] = ()) -> model.Policy:
    """The model of a policy whose main file is the first unit.

    ``problems`` are the errors found while the files were read and parsed. Raises ``SpecError``
    with these and every error found here, if there is any.
    """
    symbols = collect(units)
    policy = Resolver(symbols).policy()
    found = (*problems, *symbols.problems)
    if found:
        raise SpecError(found)
    check_division(policy, symbols)
    check_circles(policy, symbols)
    if symbols.problems:
        raise SpecError(symbols.problems)
    return policy


@dataclass
class Resolver:
    """Resolves the declarations of one policy."""

    symbols: Symbols
    expressions: ExpressionResolver = field(init=False)
    definitions: dict[str, model.Definition] = field(default_factory=dict)
    _open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.expressions = ExpressionResolver(self.symbols, define=self._signature)

    def policy(self) -> model.Policy:
        """The whole model; meaningful only if no problem was recorded."""
        documents = self._documents()
        subject = self._subject()
        ambiguities = self._ambiguities()
        self.expressions.facts.update(self._facts(subject))
        outputs = self._outputs()
        for name in self.symbols.cases:
            self._signature(name, None, None)
        clauses = ClauseResolver(self.symbols, self.expressions, documents)
        clauses.run()
        main = next(iter(documents.values()), None)
        return model.Policy(
            name=main.name if main else "",
            title=main.title if main else "",
            documents=documents,
            authorities=self._authorities(documents),
            subject=subject,
            facts=dict(self.expressions.facts),
            definitions={n: self.definitions[n] for n in self.symbols.cases if n in self.definitions},
            assumptions=tuple(self._assumptions()),
            actions=self._actions(),
            decisions=self._decisions(),
            incapacities=tuple(self._incapacities()),
            settlements=tuple(self._settlements()),
            outputs=outputs,
            clauses=clauses.clauses,
            groups=clauses.groups,
            priorities=tuple(clauses.priorities),
            ambiguities=ambiguities,
            notes=clauses.notes,
            expectations=tuple(self._expectations()),
        )

    # --- shared ---------------------------------------------------------------------------

    def _when(self, unit: Unit, node: ast.Expression | None) -> Expr:
        return TRUE if node is None else self.expressions.condition(unit, node, Context())

    def _under(self, unit: Unit, node: ast.Expression | None) -> Expr | None:
        if node is None:
            return None
        return self.expressions.condition(unit, node, Context(readings=True))

    def _action_names(self, unit: Unit, names: tuple[ast.Name, ...]) -> tuple[str, ...]:
        found: list[str] = []
        for name in names:
            try:
                action = self.expressions.action(unit, name)
            except Failed:
                continue
            if action in found:
                self.symbols.problem(
                    "L04",
                    unit.source,
                    name.span,
                    f"'{action}' is listed twice.",
                    "Leave one out.",
                )
            else:
                found.append(action)
        return tuple(found)

    # --- documents ------------------------------------------------------------------------

    def _documents(self) -> dict[str, model.Document]:
        documents: dict[str, model.Document] = {}
        for unit in self.symbols.units:
            headers = [d for d in unit.tree.declarations if isinstance(d, ast.PolicyHeader)]
            if not headers:
                if not any(unit.tree.declarations) and unit.tree.broken:
                    continue
                self.symbols.problem(
                    "L08",
                    unit.source,
                    ast.NOWHERE,
                    "The file does not say which document it is.",
                    "Begin it with: policy NAME \"title\"",
                )
                continue
            for extra in headers[1:]:
                self.symbols.problem(
                    "L04",
                    unit.source,
                    extra.span,
                    "A file has one 'policy' header.",
                    "Leave this one out, or move it into a file of its own.",
                )
            document = self._document(unit, headers[0])
            if document.name in documents:
                self.symbols.problem(
                    "L04",
                    unit.source,
                    headers[0].name.span,
                    f"Two documents have the name '{document.name}'.",
                    "Give one of them another name.",
                    Related(place=documents[document.name].place, message="the other one"),
                )
            documents[document.name] = document
        return documents

    def _document(self, unit: Unit, header: ast.PolicyHeader) -> model.Document:
        parts: dict[str, ast.HeaderPart] = {}
        for part in header.parts:
            if parts.setdefault(part.keyword, part) is not part:
                self.symbols.problem(
                    "L04",
                    unit.source,
                    part.span,
                    f"'{part.keyword}' is given twice.",
                    "Leave one out.",
                )

        def text(key: str) -> str | None:
            value = parts[key].value if key in parts else None
            return value.text if isinstance(value, ast.Text | ast.Name) else None

        def day(key: str) -> ast.DateValue | None:
            value = parts[key].value if key in parts else None
            return value if isinstance(value, ast.DateValue) else None

        days = {key: day(key) for key in ("issued", "effective", "until")}
        return model.Document(
            name=header.name.text,
            title=header.title.text if header.title else header.name.text,
            authority=text("authority"),
            issued=days["issued"].value if days["issued"] else None,
            effective=days["effective"].value if days["effective"] else None,
            until=days["until"].value if days["until"] else None,
            text=text("text"),
            raw=text("raw"),
            place=Place(unit.source, header.name.span),
        )

    def _authorities(self, documents: dict[str, model.Document]) -> tuple[str, ...]:
        found: tuple[str, ...] | None = None
        for unit, node in self.symbols.walk():
            if isinstance(node, ast.Authorities):
                names = tuple(each.text for each in node.names)
                if (found is not None and names != found) or len(set(names)) < len(names):
                    self.symbols.problem(
                        "L04",
                        unit.source,
                        node.span,
                        "The order of authorities is declared twice, or names one twice.",
                        "Declare one order for all files, from the highest to the lowest.",
                    )
                found = names
        for document in documents.values():
            if found and document.authority and document.authority not in found:
                self.symbols.problem(
                    "L03",
                    document.place.source,
                    document.place.span,
                    f"The authority '{document.authority}' is not in the order of authorities.",
                    "Add it to 'authorities', or use one of: " + ", ".join(found),
                )
        return found or ()

    def _subject(self) -> str:
        subject: str | None = None
        for unit, node in self.symbols.walk():
            if isinstance(node, ast.Subject):
                if subject is not None and subject != node.name.text:
                    self.symbols.problem(
                        "L04",
                        unit.source,
                        node.span,
                        f"The subject is already '{subject}'.",
                        "A policy has one subject; use the same noun in every file.",
                    )
                subject = subject or node.name.text
        return subject or "case"

    # --- readings, facts, outputs, actions ------------------------------------------------

    def _ambiguities(self) -> dict[str, model.Ambiguity]:
        found = {
            model.SHOULD: model.Ambiguity(
                name=model.SHOULD,
                question="Does 'should' bind, or does it advise?",
                readings=(
                    model.Reading(name="binding", text="'should' binds as 'must' does"),
                    model.Reading(name="advisory", text="'should' advises; it does not bind"),
                ),
                place=None,
            )
        }
        for name, symbol in self.symbols.table.items():
            if isinstance(symbol.node, ast.Ambiguity):
                found[name] = self._ambiguity(symbol, symbol.node)
        for name, each in found.items():
            self.expressions.readings[name] = tuple(r.name for r in each.readings)
        return found

    def _ambiguity(self, symbol: Symbol, node: ast.Ambiguity) -> model.Ambiguity:
        source = symbol.unit.source
        names = [each.name.text for each in node.readings]
        if len(set(names)) < 2 or len(set(names)) < len(names):
            self.symbols.problem(
                "L08",
                source,
                node.name.span,
                f"The ambiguity '{node.name.text}' needs two or more different readings.",
                'Add a line: reading NAME "what it says under this reading"',
            )
        if node.settled is not None and node.settled.text not in names:
            self.symbols.unknown(source, node.settled, "one of its readings", names)
        return model.Ambiguity(
            name=node.name.text,
            question=node.question.text if node.question else "",
            readings=tuple(
                model.Reading(
                    name=each.name.text,
                    text=each.text.text if each.text else each.name.text.replace("_", " "),
                )
                for each in node.readings
            ),
            settled=node.settled.text if node.settled else None,
            because=node.because.text if node.because else None,
            quote=node.quote.text.text if node.quote else None,
            place=symbol.place,
        )

    def _facts(self, subject: str) -> dict[str, model.Fact]:
        facts: dict[str, model.Fact] = {}
        for name, symbol in self.symbols.table.items():
            node = symbol.node
            if not isinstance(node, ast.FactDeclaration):
                continue
            self._check_controller(symbol, node)
            facts[name] = model.Fact(
                name=name,
                kind=node.kind,
                type=type_of(self.symbols, symbol.unit, node.type),
                optional=node.optional,
                by=node.by.text if node.by else None,
                per=node.per.text if node.per else None,
                phrase=node.phrase.text if node.phrase else None,
                negative=node.negative.text if node.negative else None,
                subject=subject,
                place=symbol.place,
            )
        return facts

    def _check_controller(self, symbol: Symbol, node: ast.FactDeclaration) -> None:
        needed = {"fact": "", "outside": "per"}.get(node.kind, "by")
        given = {"by": node.by, "per": node.per}
        example = {"by": "by ROLE", "per": 'per "the authority"'}
        if needed and given[needed] is None:
            self.symbols.problem(
                "L08",
                symbol.unit.source,
                node.span,
                f"A '{node.kind}' says who controls it.",
                f"Add '{example[needed]}' after the type.",
            )
        for word, value in given.items():
            if value is not None and word != needed:
                self.symbols.problem(
                    "L08",
                    symbol.unit.source,
                    value.span,
                    f"A '{node.kind}' takes no '{word}'.",
                    "'by ROLE' goes with judgment, grant and choice; 'per \"...\"' with outside.",
                )

    def _outputs(self) -> dict[str, model.Output]:
        declared: list[tuple[Symbol, ast.OutputDeclaration, Type]] = []
        for name, symbol in self.symbols.table.items():
            if isinstance(symbol.node, ast.OutputDeclaration):
                type_ = type_of(self.symbols, symbol.unit, symbol.node.type)
                if isinstance(type_, SetOf):
                    self.symbols.problem(
                        "L05",
                        symbol.unit.source,
                        symbol.node.type.span,
                        "An output cannot be a set.",
                        "Declare one yes/no output for each member.",
                    )
                self.expressions.outputs[name] = type_
                declared.append((symbol, symbol.node, type_))
        return {
            node.name.text: model.Output(
                name=node.name.text,
                type=type_,
                phrase=node.phrase.text if node.phrase else None,
                when=self._when(symbol.unit, node.when),
                place=symbol.place,
            )
            for symbol, node, type_ in declared
        }

    def _actions(self) -> dict[str, model.Action]:
        return {
            name: model.Action(
                name=name,
                phrase=symbol.node.phrase.text if symbol.node.phrase else name.replace("_", " "),
                by=symbol.node.by.text if symbol.node.by else None,
                place=symbol.place,
            )
            for name, symbol in self.symbols.table.items()
            if isinstance(symbol.node, ast.ActionDeclaration)
        }

    # --- definitions ----------------------------------------------------------------------

    def _signature(
        self, name: str, unit: Unit | None, node: ast.Node | None
    ) -> Signature | None:
        """The signature of a definition, resolving it first where that is still to be done."""
        known = self.expressions.signatures.get(name)
        if known is not None or name not in self.symbols.cases:
            return known
        if name in self._open or len(self._open) >= LONGEST_CHAIN:
            if unit is not None and node is not None:
                circle = name in self._open
                path = [*self._open[self._open.index(name) :], name] if circle else []
                self.symbols.problem(
                    "L09" if circle else "L13",
                    unit.source,
                    node.span,
                    f"The definition '{name}' rests on itself: {' -> '.join(path)}."
                    if circle
                    else f"More than {LONGEST_CHAIN} definitions rest on each other in a chain.",
                    "Take one step out of the chain.",
                )
            return None
        self._open.append(name)
        try:
            self._define(name)
        finally:
            self._open.pop()
        return self.expressions.signatures.get(name)

    def _define(self, name: str) -> None:
        symbols = self.symbols.cases[name]
        parameters: tuple[tuple[str, Type], ...] | None = None
        type_: Type | None = None
        cases: list[model.DefinitionCase] = []
        for symbol in symbols:
            node = symbol.node
            assert isinstance(node, ast.Define)
            mine = tuple(
                (each.name.text, type_of(self.symbols, symbol.unit, each.type))
                for each in node.parameters
            )
            self._check_parameters(symbol, node)
            context = Context(parameters=dict(mine))
            body = self.expressions.term(symbol.unit, node.body, context)
            if body is None:
                continue
            found = type_of_expression(body)
            found = Integer(unit=found.unit) if isinstance(found, Integer) else found
            if isinstance(found, YesNo):
                body = self.expressions.condition(symbol.unit, node.body, context)
            if (parameters is not None and parameters != mine) or (
                type_ is not None and type_ != found
            ):
                self.symbols.problem(
                    "L05",
                    symbol.unit.source,
                    node.name.span,
                    f"'{name}' is defined with other parameters or another type elsewhere.",
                    "All definitions of one name must have the same parameters and type.",
                    Related(place=symbols[0].place, message="defined here"),
                )
                continue
            parameters, type_ = mine, found
            under = self._under(symbol.unit, node.under)
            cases.append(model.DefinitionCase(body=body, under=under, place=symbol.place))
        if parameters is None or type_ is None:
            return
        texts = [s.node for s in symbols if isinstance(s.node, ast.Define)]
        phrases = [each.phrase.text for each in texts if each.phrase]
        negatives = [each.negative.text for each in texts if each.negative]
        self.expressions.signatures[name] = Signature(parameters, type_)
        self.definitions[name] = model.Definition(
            name=name,
            parameters=parameters,
            type=type_,
            cases=tuple(cases),
            phrase=phrases[0] if phrases else None,
            negative=negatives[0] if negatives else None,
            place=symbols[0].place,
        )

    def _check_parameters(self, symbol: Symbol, node: ast.Define) -> None:
        seen: set[str] = set()
        for each in node.parameters:
            known = self.symbols.table.get(each.name.text)
            if known is not None or each.name.text in seen:
                self.symbols.problem(
                    "L04",
                    symbol.unit.source,
                    each.name.span,
                    f"'{each.name.text}' already names something else.",
                    "Choose another name for the parameter.",
                )
            seen.add(each.name.text)

    # --- the rest -------------------------------------------------------------------------

    def _assumptions(self) -> list[model.Assumption]:
        return [
            model.Assumption(
                condition=self.expressions.condition(unit, node.condition, Context()),
                because=node.because.text if node.because else None,
                under=self._under(unit, node.under),
                place=Place(unit.source, node.span),
            )
            for unit, node in self.symbols.walk()
            if isinstance(node, ast.Assume)
        ]

    def _decisions(self) -> dict[str, model.Decision]:
        decisions: dict[str, model.Decision] = {}
        for name, symbol in self.symbols.table.items():
            node = symbol.node
            if not isinstance(node, ast.Decision):
                continue
            actions = self._action_names(symbol.unit, node.actions)
            if node.count > len(node.actions):
                self.symbols.problem(
                    "L12",
                    symbol.unit.source,
                    node.span,
                    f"'{name}' lists {len(node.actions)} action(s) and asks for {node.count}.",
                    "Lower the number or list more actions.",
                )
            decisions[name] = model.Decision(
                name=name,
                actions=actions,
                low=0 if node.bound == "at most" else node.count,
                high=len(actions) if node.bound == "at least" else node.count,
                when=self._when(symbol.unit, node.when),
                under=self._under(symbol.unit, node.under),
                place=symbol.place,
            )
        return decisions

    def _incapacities(self) -> list[model.Incapacity]:
        return [
            model.Incapacity(
                action=action,
                when=self._when(unit, node.when),
                because=node.because.text if node.because else None,
                under=self._under(unit, node.under),
                place=Place(unit.source, node.span),
            )
            for unit, node in self.symbols.walk()
            if isinstance(node, ast.Cannot)
            for action in self._action_names(unit, node.actions)
        ]

    def _settlements(self) -> list[model.Settlement]:
        return [
            model.Settlement(
                actions=self._action_names(unit, node.actions),
                when=self._when(unit, node.when),
                place=Place(unit.source, node.span),
            )
            for unit, node in self.symbols.walk()
            if isinstance(node, ast.Settle)
        ]

    def _expectations(self) -> list[model.Expectation]:
        context = Context(outcomes=True)
        found = []
        for unit, node in self.symbols.walk():
            if not isinstance(node, ast.Expect):
                continue
            condition = self.expressions.condition(unit, node.condition, context)
            wants_clause = node.form in ("reachable", "unreachable") and condition is not TRUE
            if wants_clause and not isinstance(condition, model.ClauseApplies):
                self.symbols.problem(
                    "L05",
                    unit.source,
                    node.condition.span,
                    "Only a clause can be reachable.",
                    "Write 'expect sometimes CONDITION' to ask whether a condition ever holds.",
                )
            text = unit.source.text[node.span.start : node.span.end]
            found.append(
                model.Expectation(
                    form=node.form,
                    condition=condition,
                    premise=None
                    if node.when is None
                    else self.expressions.condition(unit, node.when, context),
                    because=node.because.text if node.because else None,
                    text=" ".join(text.split()),
                    place=Place(unit.source, node.span),
                )
            )
        return found


__all__ = ["Enumeration", "resolve"]
