"""The one layout of a spec: the same words, spaced so that the file reads well.

Nothing but white space, brackets and the place of comments ever changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from policy_dsl import syntax as ast
from policy_dsl.format_declaration import write_declaration
from policy_dsl.format_expression import WIDTH
from policy_dsl.format_facts import Columns, flat_action, flat_fact
from policy_dsl.source import Source
from policy_dsl.trivia import Remark, Trivia, words_of

INDENT = 2

_MOST_ALIGNED = 40
"""Trailing comments are not aligned where that would put more blanks than this before one."""


def format_file(source: Source, tree: ast.File) -> str:
    """A file in the canonical layout.

    ``tree`` is what ``parse`` made of ``source``, without errors; a tree that was built by hand
    comes with an empty source. Raises ``ValueError`` if the two do not belong together.
    """
    trivia = Trivia(source, tree)
    blocks = _blocks(tree.declarations, trivia)
    lines = [line for block in blocks for line in block.lines]
    _check(trivia, "\n".join(lines))
    return _Weaver(trivia, blocks, lines).run()


@dataclass(frozen=True, kw_only=True)
class _Block:
    """A declaration laid out."""

    lines: list[str]
    blank_before: bool
    """Whether the author left a blank line before it."""
    needs_blank: bool
    """Whether there must be one."""


def _check(trivia: Trivia, text: str) -> None:
    """INVARIANT: formatting keeps every word in its place; comments are put back by counting."""
    if not trivia.words and not trivia.remarks:
        return
    if [each.meaning for each in trivia.words] != [each.meaning for each in words_of(text)]:
        raise ValueError("Only a file without errors can be formatted.")


# --- declarations ------------------------------------------------------------------------


def _blocks(declarations: Sequence[ast.Declaration], trivia: Trivia) -> list[_Block]:
    blocks: list[_Block] = []
    ordered = 0
    previous: ast.Declaration | None = None
    kinds = [len(each.kind) for each in declarations if isinstance(each, ast.FactDeclaration)]
    widest = max(kinds, default=0)
    for run in _runs(declarations, trivia):
        for node, columns in zip(run, _columns(run, widest, ordered, trivia), strict=True):
            if isinstance(node, ast.OrderEnd):
                ordered = 0
            needs = previous is not None and (_is_block(previous) or _is_block(node))
            blocks.append(
                _Block(
                    lines=write_declaration(node, trivia, ordered, columns),
                    blank_before=trivia.blank_before(node.span),
                    needs_blank=needs,
                )
            )
            if isinstance(node, ast.OrderStart):
                ordered = INDENT
            previous = node
    return blocks


def _is_block(node: ast.Declaration) -> bool:
    """Whether a declaration stands between blank lines: it has parts on lines of their own."""
    match node:
        case ast.PolicyHeader() | ast.Ambiguity() | ast.OrderStart() | ast.OrderEnd():
            return True
        case ast.Process() | ast.Step():
            return True
        case ast.Clause():
            return bool(node.parts)
        case ast.Note():
            return bool(node.quotes)
        case _:
            return False


def _runs(
    declarations: Sequence[ast.Declaration], trivia: Trivia
) -> Iterator[list[ast.Declaration]]:
    """Declarations in groups: facts, and actions, between which there is no blank line."""
    run: list[ast.Declaration] = []
    for node in declarations:
        kind = isinstance(node, ast.FactDeclaration), isinstance(node, ast.ActionDeclaration)
        alike = run and any(kind) and isinstance(node, type(run[-1]))
        if run and not (alike and not trivia.blank_before(node.span)):
            yield run
            run = []
        run.append(node)
    if run:
        yield run


def _columns(
    run: Sequence[ast.Declaration], widest_kind: int, indent: int, trivia: Trivia
) -> list[Columns]:
    """The columns of each declaration of a run: kinds of facts are aligned throughout the file,
    names where they stand in neighbouring lines."""
    facts = [each for each in run if isinstance(each, ast.FactDeclaration)]
    actions = [each for each in run if isinstance(each, ast.ActionDeclaration)]
    keyword = widest_kind if facts else len("action")
    room = WIDTH - indent - keyword - (len("  : ") if facts else len("  "))
    names = [len(each.name.text) for each in facts] + [len(each.name.text) for each in actions]
    behind = [len(flat_fact(each, trivia)) for each in facts]
    behind += [len(flat_action(each, trivia)) for each in actions]
    short = [
        length > 0 and name + length <= room for name, length in zip(names, behind, strict=True)
    ]
    columns: list[Columns] = []
    for is_short, group in groupby(range(len(names)), short.__getitem__):
        members = list(group)
        width = max(names[each] for each in members) if is_short else 0
        fits = all(width + behind[each] <= room for each in members)
        columns += [Columns(keyword=keyword, name=width if fits else 0)] * len(members)
    return columns or [Columns()] * len(run)


# --- comments ----------------------------------------------------------------------------


@dataclass
class _Line:
    """A line that cannot be parted, since a text runs over its line ends, with its comments."""

    lines: list[str]
    above: list[Remark] = field(default_factory=list)
    trailing: Remark | None = None
    below: list[str] = field(default_factory=list)
    block: _Block | None = None
    """The declaration that begins here, if one does."""


class _Weaver:
    """Puts comments and blank lines between and behind the lines of declarations."""

    def __init__(self, trivia: Trivia, blocks: Sequence[_Block], lines: Sequence[str]) -> None:
        self.trivia = trivia
        self.words = words_of("\n".join(lines))
        self.whole: list[_Line] = []
        self.first_of: list[int] = []  # of each word, the line in ``whole`` where it stands
        self.end: list[Remark] = []
        self._join(lines)
        at = 0
        starts = {}
        for block in blocks:
            starts[at] = block
            at += len(block.lines)
        at = 0
        for line in self.whole:
            line.block = starts.get(at)
            at += len(line.lines)
        self._attach()

    def _join(self, lines: Sequence[str]) -> None:
        """Group lines that a text runs over, and note where each word stands."""
        line_of: list[int] = []
        offset = 0
        starts = []
        for line in lines:
            starts.append(offset)
            offset += len(line) + 1
        at = 0
        joined: set[int] = set()
        for word in self.words:
            while at + 1 < len(starts) and starts[at + 1] <= word.start:
                at += 1
            line_of.append(at)
            inside = word.text.count("\n")
            joined.update(range(at + 1, at + inside + 1))
        index_of: list[int] = []
        for number, line in enumerate(lines):
            if number in joined:
                self.whole[-1].lines.append(line)
            else:
                self.whole.append(_Line(lines=[line]))
            index_of.append(len(self.whole) - 1)
        self.first_of = [index_of[each] for each in line_of]

    def _attach(self) -> None:
        for remark in self.trivia.remarks:
            if remark.where == "above" and remark.at >= len(self.first_of):
                self.end.append(remark)
                continue
            line = self.whole[self.first_of[remark.at]]
            if remark.where == "below":
                line.below += [remark.text, *remark.more]
            else:
                if line.trailing is not None:
                    # Only one can stand behind a line: the last one.
                    line.above.append(line.trailing)
                    line.trailing = None
                if remark.where == "trailing":
                    line.trailing = remark
                else:
                    line.above.append(remark)

    def run(self) -> str:
        """The text of the file."""
        out: list[str] = []
        behind: dict[int, Remark] = {}  # lines with a trailing comment
        inside = ""
        for line in self.whole:
            margin = " " * (len(line.lines[0]) - len(line.lines[0].lstrip()))
            block = line.block
            if block is not None:
                inside = margin + " " * INDENT
            blanks = [each.blank_before for each in line.above if block is not None]
            if block is not None:
                blanks.append(block.blank_before)
                if block.needs_blank and not any(blanks):
                    blanks[0] = True
            for index, remark in enumerate(line.above):
                if block is not None and blanks[index]:
                    out.append("")
                out += [margin + text for text in (remark.text, *remark.more)]
            if block is not None and blanks[-1]:
                out.append("")
            out += line.lines
            if line.trailing is not None:
                behind[len(out) - 1] = line.trailing
                out += [""] * len(line.trailing.more)
            out += [inside + text for text in line.below]
        for remark in self.end:
            out += [""] if remark.blank_before else []
            out += [remark.text, *remark.more]
        _trail(out, behind)
        return "\n".join(out).strip("\n") + "\n" if out else ""


def _trail(out: list[str], behind: dict[int, Remark]) -> None:
    """Put trailing comments behind their lines, aligned on neighbouring lines."""
    numbers = sorted(behind)
    while numbers:
        group = [numbers.pop(0)]
        while numbers and numbers[0] == group[-1] + 1 + len(behind[group[-1]].more):
            group.append(numbers.pop(0))
        widths = [len(out[number]) for number in group]
        aligned = max(widths) if max(widths) - min(widths) <= _MOST_ALIGNED else 0
        for number in group:
            column = max(aligned, len(out[number])) + 2
            remark = behind[number]
            for index, text in enumerate((remark.text, *remark.more)):
                out[number + index] = f"{out[number + index]:<{column}}{text}"
