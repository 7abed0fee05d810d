"""Documents, the order of authorities, and the subject: what a spec says of itself."""

from __future__ import annotations

from dataclasses import dataclass

from policy_dsl import model
from policy_dsl import syntax as ast
from policy_dsl.diagnostics import Related
from policy_dsl.source import Place
from policy_dsl.symbols import Symbols, Unit


@dataclass
class DocumentResolver:
    """Resolves the headers of all files of one policy."""

    symbols: Symbols

    def documents(self) -> dict[str, model.Document]:
        """Every document, the main one first."""
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
                    'Begin it with: policy NAME "title"',
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

    def authorities(self, documents: dict[str, model.Document]) -> tuple[str, ...]:
        """The order of authorities, highest first; empty if none is declared."""
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

    def subject(self) -> str:
        """The noun for what a case is about."""
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
