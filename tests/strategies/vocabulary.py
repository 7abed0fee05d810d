"""Random vocabularies: types, facts, readings, actions and outputs, as text and as data."""

from __future__ import annotations

from dataclasses import dataclass, field

from policy_dsl.model import SHOULD, SHOULD_READINGS
from policy_dsl.types import Enumeration, Integer, SetOf, Type, YesNo, is_number
from tests.strategies.deeds import Deeds
from tests.strategies.dice import Dice
from tests.strategies.quantities import fine_type

BIG = 10**12


@dataclass(frozen=True, kw_only=True)
class Sizes:
    """How large a policy may get. ``cases`` bounds facts and readings multiplied together;
    None allows whole numbers without bounds, and so cases without number."""

    cases: int | None = None
    facts: int = 6
    definitions: int = 4
    clauses: int = 7
    actions: int = 4
    resources: int = 2
    outputs: int = 2
    ambiguities: int = 2
    assumptions: int = 2
    decisions: int = 2
    expectations: int = 3
    depth: int = 2


@dataclass(frozen=True)
class Named:
    """A fact, parameter or definition that can stand in an expression."""

    name: str
    type: Type
    optional: bool = False
    parameters: tuple[Type, ...] = ()


@dataclass
class Vocabulary:
    """What has been declared so far; ``lines`` are the declarations."""

    dice: Dice
    sizes: Sizes
    lines: list[str] = field(default_factory=list)
    enumerations: list[Enumeration] = field(default_factory=list)
    unit: str | None = None
    depth: int = 0
    facts: list[Named] = field(default_factory=list)
    definitions: list[Named] = field(default_factory=list)
    ambiguities: dict[str, tuple[str, ...]] = field(default_factory=dict)
    resources: list[str] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    outputs: list[tuple[str, Type]] = field(default_factory=list)
    clauses: list[str] = field(default_factory=list)
    turning_day: str | None = None
    deeds: Deeds = field(default_factory=Deeds)
    space: int = 2  # the readings of "should"

    def declare(self) -> None:
        """Types, facts, readings and actions; what needs conditions comes later."""
        dice, sizes = self.dice, self.sizes
        self.unit = dice.choice((None, "points"))
        self.depth = dice.between(0, sizes.depth)
        self.ambiguities[SHOULD] = SHOULD_READINGS
        for index in range(dice.between(0, sizes.ambiguities)):
            self._ambiguity(f"amb{index}")
        for index in range(dice.between(0, 2)):
            self._enumeration(f"Kind{index}")
        for index in range(dice.choice(range(min(2, sizes.facts), sizes.facts + 1))):
            self._fact(f"f{index}")
        self.resources = [f"res{index}" for index in range(dice.between(0, sizes.resources))]
        for index in range(dice.between(1, sizes.actions)):
            self.actions.append(f"act{index}")
            by = dice.choice(("", " by officer"))
            phrase = dice.choice(("", f' "do thing {index}"'))
            self.lines.append(f"action act{index}{phrase}{by}{self._uses()}")
        for index in range(dice.choice((0, 0, 1, 2))):
            phrase = dice.choice(("", f' "event {index} happens"'))
            after = (
                dice.choice(("", " after ev0", " not before 2 hours after ev0")) if index else ""
            )
            self.lines.append(f"event ev{index}{phrase}{after}")
            self.events.append(f"ev{index}")

    def _uses(self) -> str:
        dice = self.dice
        used = dice.some(self.resources, 0, 2) if dice.chance(40) else []
        counts = [dice.choice(("one", "1", "2")) for _ in used]
        said = [f"{count} {name}" for count, name in zip(counts, used, strict=True)]
        return f" uses {', '.join(said)}" if said else ""

    def may_ask_of(self, actions: list[str]) -> bool:
        """Whether cases may say of some actions whether they are done."""
        return all(each in self.deeds.done or self._room(2) for each in actions)

    def _room(self, factor: int) -> bool:
        if self.sizes.cases is not None and self.space * factor > self.sizes.cases:
            return False
        self.space *= factor
        return True

    def changes(self) -> bool:
        """Whether clauses may begin or end to be in force on one day, which is then set."""
        if self.turning_day is None and self._room(2):
            self.turning_day = "2018-06-01"
        return self.turning_day is not None

    def _ambiguity(self, name: str) -> None:
        readings = tuple(f"{name}_{each}" for each in "xyz"[: self.dice.choice((2, 2, 3))])
        settled = self.dice.chance(15)
        if not self._room(1 if settled else len(readings)):
            return
        lines = [f'ambiguity {name} "How is {name} meant?"']
        if self.dice.chance(20):
            lines.append('  quote "Words of the source."')
        for each in readings:
            lines.append(f"  reading {each}" + self.dice.choice(("", f' "it means {each}"')))
        if settled:
            because = self.dice.choice(("", ' because "It was decided."'))
            lines.append(f"  settled as {self.dice.choice(readings)}{because}")
        self.ambiguities[name] = readings
        self.lines.append("\n".join(lines))

    def _values(self, name: str) -> str:
        values = [f"{name.lower()}_{each}" for each in "abcdefgh"[: self.dice.choice((2, 3, 1, 8))]]
        if self.dice.chance(15):
            values[0] = "none"
        phrases = (f'{each} "like {each}"' if self.dice.chance(30) else each for each in values)
        ordered = len(values) > 1 and self.dice.chance(50)
        self.enumerations.append(Enumeration(name, tuple(values), ordered=ordered))
        return (" < " if ordered else ", ").join(phrases)

    def _enumeration(self, name: str) -> None:
        self.lines.append(f"type {name} is one of {self._values(name)}")

    # --- facts ----------------------------------------------------------------------------

    def _fact(self, name: str) -> None:
        dice = self.dice
        kind, tail = dice.choice(
            (
                ("fact", ""),
                ("judgment", " by judge"),
                ("grant", " by chief"),
                ("choice", " by person"),
                ("outside", ' per "some law"'),
            )
        )
        optional = dice.chance(30)
        type_, text = self.a_type(inline=name)
        count = cardinality(type_)
        if self.sizes.cases is not None and (count is None or not self._room(count + optional)):
            return
        phrase = ""
        if dice.chance(40):
            phrase = f' "is {name}"' if isinstance(type_, YesNo) else ' "is {} there"'
            phrase += dice.choice(("", f' otherwise "is not{phrase[4:]}'))
        word = "optional " if optional else ""
        self.facts.append(Named(name, type_, optional))
        self.lines.append(f"{kind} {name} : {word}{text}{tail}{phrase}")

    def a_type(self, inline: str = "") -> tuple[Type, str]:
        """A type that is declared, and its text; an enumeration on the spot where a name for
        its values is given."""
        kinds = ["yes/no", "number", "fine"]
        if self.enumerations:
            kinds += ["enumeration", "set"]
        if inline:
            kinds.append("inline")
        match self.dice.choice(kinds):
            case "yes/no":
                return YesNo(), "yes/no"
            case "number":
                return self._integer()
            case "fine":
                return fine_type(self.dice, self.sizes.cases is not None)
            case "enumeration":
                found = self.dice.choice(self.enumerations)
                return found, found.name
            case "set":
                found = self.dice.choice(self.enumerations)
                return SetOf(found), f"set of {found.name}"
            case _:
                text = self._values(inline)
                found = self.enumerations.pop()
                made = Enumeration("", found.values, ordered=found.ordered)
                return made, f"one of ({text})"

    def _integer(self) -> tuple[Type, str]:
        dice = self.dice
        unit = dice.choice((None, self.unit))
        tail = f" {unit}" if unit else ""
        if self.sizes.cases is not None:
            low = dice.between(-1, 2)
            high = low + dice.choice((1, 2, 3, 0))
            return Integer(low, high, unit), f"{low} .. {high}{tail}"
        low, high = dice.choice((0, -3, 2, -BIG)), dice.choice((5, 120, BIG))
        match dice.choice(("both", "none", "low", "high")):
            case "both":
                return Integer(low, high, unit), f"{low} .. {high}{tail}"
            case "none":
                return Integer(unit=unit), f"integer{tail}"
            case "low":
                return Integer(low, None, unit), f"{low} ..{tail}"
            case _:
                return Integer(None, high, unit), f".. {high}{tail}"


def cardinality(type_: Type) -> int | None:
    """How many values a type has; None where there is no bound."""
    match type_:
        case YesNo():
            return 2
        case Enumeration():
            return len(type_.values)
        case SetOf():
            return 1 << len(type_.element.values)
        case _ if is_number(type_) and type_.low is not None and type_.high is not None:
            return type_.high - type_.low + 1
        case _:
            return None
