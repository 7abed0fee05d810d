"""Processes laid out: states on one line, steps with each part on a line of its own."""

from __future__ import annotations

from policy_dsl import syntax as ast
from policy_dsl.format_expression import Item
from policy_dsl.format_facts import FactWriter
from policy_dsl.format_flat import SUM


class ProcessWriter(FactWriter):
    """Writes the declarations of processes."""

    def process(self, node: ast.Process) -> None:
        """The header of a process."""
        self.headed("process", node.name, node.title)
        if node.when is not None:
            self.part("when", 0, node.when)

    def state(self, node: ast.State) -> None:
        """A state of a process."""
        self.headed("state", node.name, node.phrase)
        for word, given in (("start", node.start), ("end", node.end)):
            if given:
                self.behind(self.indent + 4, word)

    def step(self, node: ast.Step) -> None:
        """A step of a process: what it needs and does, each on a line of its own."""
        self.headed("step", node.name, node.phrase)
        if node.by is not None:
            self.behind(self.indent + 4, f"by {node.by.text}")
        self.newline(self.indent + 2)
        self.put("from ")
        self.names(node.sources)
        self.newline(self.indent + 2)
        self.put(f"to   {node.target.text}")
        if node.action is not None:
            self.newline(self.indent + 2)
            self.put(f"does {node.action.text}")
        if node.when is not None:
            self.part("when", 0, node.when)
        if node.changes:
            self.newline(self.indent + 2)
            self.put("sets ")
            self.fill([self._change(each) for each in node.changes])

    def _change(self, node: ast.Change) -> Item:
        start, value = f"{node.fact.text} to ", node.value
        if isinstance(value, str):
            return Item(flat=start + value, node=node)

        def write(tail: int) -> None:
            self.put(start)
            self.expression(value, SUM, True, tail)

        return Item(flat=start + self.flat(value, SUM), node=node, write=write)
