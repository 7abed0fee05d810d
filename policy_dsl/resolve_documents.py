"""Documents, the order of authorities, and the subject: what a spec says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from policy_dsl import model
from policy_dsl import syntax as ast
from policy_dsl.diagnostics import Related, did_you_mean
from policy_dsl.resolve_force import ForceResolver
from policy_dsl.resolve_vocabulary import check_vocabulary
from policy_dsl.source import Place
from policy_dsl.symbols import Symbols, Unit


@dataclass
class DocumentResolver:
    """Resolves the headers of all files of one policy."""

    symbols: Symbols

    def documents(self) -> dict[str, model.Document]:
        """Every document, the main one first. Vocabularies are looked at, and are none."""
        documents: dict[str, model.Document] = {}
        named: dict[str, Place] = {}
        for unit in self.symbols.units:
            headers = [d for d in unit.tree.declarations if isinstance(d, ast.PolicyHeader)]
            if not headers:
                # Where something could not be read, that may be the header.
                if unit.source.name not in self.symbols.unread:
                    self.symbols.problem(
                        "L08",
                        unit.source,
                        ast.NOWHERE,
                        "The file does not say which document it is.",
                        'Begin it with: policy NAME "title"',
                    )
                continue
            for extra in headers[1:]:
                self.symbols.problem(
                    "L04",
                    unit.source,
                    extra.span,
                    "A file has one header, 'policy' or 'vocabulary'.",
                    "Leave this one out, or move it into a file of its own.",
                    Related(place=Place(unit.source, headers[0].span), message="the first one"),
                )
            header = headers[0]
            name, place = header.name.text, Place(unit.source, header.name.span)
            if named.setdefault(name, place) is not place:
                self.symbols.problem(
                    "L04",
                    unit.source,
                    header.name.span,
                    f"Two files have the name '{name}'.",
                    "Give one of them another name.",
                    Related(place=named[name], message="the other one"),
                )
            parts = self._parts(unit, header)
            if header.keyword == "vocabulary":
                check_vocabulary(self.symbols, unit, header)
            else:
                documents.setdefault(name, self._document(unit, header, parts))
        return documents

    def title(self) -> tuple[str, str]:
        """Name and title of the policy: those of its main file."""
        for each in self.symbols.units[0].tree.declarations:
            if isinstance(each, ast.PolicyHeader):
                return each.name.text, each.title.text if each.title else each.name.text
        return "", ""

    def missing_days(self) -> dict[str, model.MissingDay]:
        """What each file that says so takes for a day that a month lacks."""
        found: dict[str, model.MissingDay] = {}
        for unit, node in self.symbols.walk():
            for part in node.parts if isinstance(node, ast.PolicyHeader) else ():
                if isinstance(part, ast.Supersedes) or part.keyword != "missing_day":
                    continue
                if isinstance(part.value, ast.Name):
                    day = cast("model.MissingDay", part.value.text)
                    found.setdefault(unit.source.name, day)
        return found

    def _parts(self, unit: Unit, header: ast.PolicyHeader) -> dict[str, ast.HeaderPart]:
        """The parts of a header by their keywords; one that is given twice is reported."""
        parts: dict[str, ast.HeaderPart] = {}
        for part in header.parts:
            if isinstance(part, ast.Supersedes):
                continue
            first = parts.setdefault(part.keyword, part)
            if first is not part:
                self.symbols.problem(
                    "L04",
                    unit.source,
                    part.span,
                    f"'{part.keyword}' is given twice.",
                    "Leave one out.",
                    Related(place=Place(unit.source, first.span), message="first given here"),
                )
        return parts

    def _document(
        self, unit: Unit, header: ast.PolicyHeader, parts: dict[str, ast.HeaderPart]
    ) -> model.Document:
        if "raw" in parts and "text" not in parts:
            self.symbols.problem(
                "L08",
                unit.source,
                parts["raw"].span,
                "The header names a scan by 'raw' and no 'text'.",
                'Add text "FILE": the cleaned words, which quotes are held against and which are '
                "compared with the scan. If nothing was repaired, name the same file twice.",
            )

        def text(key: str) -> str | None:
            value = parts[key].value if key in parts else None
            return value.text if isinstance(value, ast.Text | ast.Name) else None

        def day(key: str) -> ast.DateValue | None:
            value = parts[key].value if key in parts else None
            return value if isinstance(value, ast.DateValue) else None

        days = {key: day(key) for key in ("issued", "effective", "until")}
        effective = days["effective"].value if days["effective"] else None
        return model.Document(
            name=header.name.text,
            title=header.title.text if header.title else header.name.text,
            authority=text("authority"),
            issued=days["issued"].value if days["issued"] else None,
            effective=effective,
            until=days["until"].value if days["until"] else None,
            text=text("text"),
            raw=text("raw"),
            missing_day=cast("model.MissingDay | None", text("missing_day")),
            text_source=unit.texts.get("text"),
            raw_source=unit.texts.get("raw"),
            supersedes=ForceResolver(self.symbols).supersessions(unit, header, effective),
            place=Place(unit.source, header.name.span),
        )

    def authorities(self) -> tuple[str, ...]:
        """The order of authorities, highest first; empty if none is declared."""
        found: tuple[str, ...] | None = None
        place: Place | None = None
        for unit, node in self.symbols.walk():
            if not isinstance(node, ast.Authorities):
                continue
            names = tuple(each.text for each in node.names)
            self._check_once(unit, node)
            if found is None or place is None:
                found, place = names, Place(unit.source, node.span)
            elif names != found:
                self.symbols.problem(
                    "L04",
                    unit.source,
                    node.span,
                    "The order of authorities is declared twice, and differently.",
                    "Declare one order for all files, from the highest to the lowest.",
                    Related(place=place, message="the other order"),
                )
        if found is not None:
            self._check_authorities(found)
        return found or ()

    def _check_once(self, unit: Unit, node: ast.Authorities) -> None:
        seen: dict[str, Place] = {}
        for each in node.names:
            place = Place(unit.source, each.span)
            if seen.setdefault(each.text, place) is not place:
                self.symbols.problem(
                    "L04",
                    unit.source,
                    each.span,
                    f"The authority '{each.text}' is listed twice.",
                    "Leave one out.",
                    Related(place=seen[each.text], message="first listed here"),
                )

    def _check_authorities(self, order: tuple[str, ...]) -> None:
        for unit, header in self.symbols.walk():
            parts = header.parts if isinstance(header, ast.PolicyHeader) else ()
            for part in parts:
                if (
                    isinstance(part, ast.Supersedes)
                    or not isinstance(part.value, ast.Name)
                    or part.keyword != "authority"
                ):
                    continue
                if part.value.text in order:
                    continue
                near = did_you_mean(part.value.text, order)
                self.symbols.problem(
                    "L03",
                    unit.source,
                    part.value.span,
                    f"The authority '{part.value.text}' is not in the order of authorities.",
                    f"Did you mean '{near}'?"
                    if near
                    else f"Add it to 'authorities', or use one of: {', '.join(order)}",
                )

    def rules(self) -> tuple[model.ConflictRule, ...]:
        """The rules by which the policy settles clashes, in their order."""
        found: dict[str, model.ConflictRule] = {}
        first: Place | None = None
        for unit, node in self.symbols.walk():
            if not isinstance(node, ast.ResolveBy):
                continue
            place = Place(unit.source, node.span)
            if unit is not self.symbols.units[0]:
                self.symbols.problem(
                    "L08",
                    unit.source,
                    node.span,
                    "How clashes are resolved is said in the main file of a policy alone.",
                    "Leave it out here, and write it in the file that uses this one.",
                )
            elif first is not None:
                self.symbols.problem(
                    "L04",
                    unit.source,
                    node.span,
                    "How clashes are resolved is said twice.",
                    "Put all rules into one line, the one that counts first at the beginning.",
                    Related(place=first, message="first said here"),
                )
            else:
                first = place
                for rule in node.rules:
                    at = Place(unit.source, rule.span)
                    if rule.word in found:
                        self.symbols.problem(
                            "L04",
                            unit.source,
                            rule.span,
                            f"The rule '{rule.word}' is listed twice.",
                            "Leave one out.",
                            Related(place=found[rule.word].place, message="first listed here"),
                        )
                    found.setdefault(rule.word, model.ConflictRule(kind=rule.word, place=at))
        return tuple(found.values())

    def subject(self) -> str:
        """The noun for what a case is about."""
        subject: str | None = None
        place: Place | None = None
        for unit, node in self.symbols.walk():
            if not isinstance(node, ast.Subject):
                continue
            if subject is None or place is None:
                subject, place = node.name.text, Place(unit.source, node.name.span)
            elif subject != node.name.text:
                self.symbols.problem(
                    "L04",
                    unit.source,
                    node.name.span,
                    f"The subject is already '{subject}'.",
                    "A policy has one subject; use the same noun in every file.",
                    Related(place=place, message="first declared here"),
                )
        return subject or "case"
