"""Random definitions, clauses, decisions and expectations, as text over a vocabulary."""

from __future__ import annotations

from dataclasses import dataclass, field

from policy_dsl.quantities import unbounded
from policy_dsl.types import Date, Enumeration, Integer, SetOf, Type, YesNo, is_number
from tests.strategies.conditions import Writer
from tests.strategies.dice import Dice
from tests.strategies.times import force, timing
from tests.strategies.vocabulary import Named, Vocabulary

MODALITIES = ("must", "must not", "may", "need not", "should", "should not")
SENSES = ("precedence", "savings", "carve-out", "condition precedent", "proviso", "scope")


def has_order(named: Named) -> bool:
    """Whether persons can be ranked by something."""
    match named.type:
        case Enumeration():
            return named.type.ordered
        case _:
            return is_number(named.type)


@dataclass
class Body:
    """Everything of a policy that has conditions. ``known.lines`` grows by what is declared;
    clauses are kept apart, so that they can stand in any order."""

    known: Vocabulary
    clauses: dict[str, str] = field(default_factory=dict)

    @property
    def _dice(self) -> Dice:
        return self.known.dice

    def write(self) -> None:
        """Declare all of it. What comes later may refer to what came before, never the other
        way round: references have no circles. Priorities may have them."""
        dice, sizes = self._dice, self.known.sizes
        for index in range(dice.between(0, sizes.outputs)):
            self._output(f"out{index}")
        names = [f"{'ABC'[i % 3]}.{i}" for i in range(dice.between(1, sizes.clauses))]
        early = dice.between(0, sizes.definitions)
        for index in range(early):
            self._definition(f"d{index}")
        half = len(names) // 2
        deeds = self.known.deeds
        deeds.asks, deeds.early = dice.chance(30), names[:half]
        for name in names[:half]:
            self._clause(name, names)
        for index in range(early, sizes.definitions):
            self._definition(f"d{index}")
        for name in names[half:]:
            self._clause(name, names)
        for _ in range(dice.between(0, sizes.assumptions)):
            self._assume()
        for index in range(dice.between(0, sizes.decisions)):
            self._decision(f"dec{index}")
        for name in self.known.resources:
            self._resource(name)
        for word in dice.some(("cannot", "cannot", "settle", "settle"), 0, 3):
            self._scoped(word)
        for _ in range(dice.between(0, sizes.expectations)):
            self._expect()

    def _writer(self, steady: bool = False) -> Writer:
        """``steady``: what is written asks of no broken clause, not through clauses either."""
        clauses, deeds = self.known.clauses, self.known.deeds
        if steady and deeds.asks:
            clauses = [each for each in clauses if each in deeds.early]
        return Writer(self.known, clauses)

    def _when(self, percent: int = 70, steady: bool = False) -> str:
        if not self._dice.chance(percent):
            return ""
        return f"\n  when {self._writer(steady).condition()}"

    def _under(self, percent: int = 15) -> str:
        return f"\n  under {self._writer().readings()}" if self._dice.chance(percent) else ""

    def _because(self) -> str:
        return self._dice.choice(("", '\n  because "So it is."'))

    # --- definitions ----------------------------------------------------------------------

    def _definition(self, name: str) -> None:
        dice, known = self._dice, self.known
        parameters: list[Named] = []
        texts = []
        for index in range(dice.choice((0, 0, 1, 2))):
            type_, text = known.a_type()
            if isinstance(type_, SetOf) and all(each.type != type_ for each in known.facts):
                type_, text = YesNo(), "yes/no"
            parameters.append(Named(f"{name}_p{index}", type_))
            texts.append(f"{name}_p{index} : {text}")
        writer = Writer(known, known.clauses, parameters=tuple(parameters))
        values = [each for each in writer.values() if not each.parameters]
        kinds: list[Type] = [YesNo(), YesNo(), Integer()]
        kinds += [each.type for each in values if isinstance(each.type, Enumeration | SetOf)]
        fine = [each.type for each in values if is_number(each.type)]
        kinds += [Date(), *(unbounded(each) for each in fine if not isinstance(each, Integer))]
        kind = dice.choice(kinds)
        head = f"define {name}" + (f"({', '.join(texts)})" if texts else "") + " is "

        def body() -> str:
            match kind:
                case YesNo():
                    return writer.condition()
                case Integer():
                    # A sum, so that the unit of the definition is the same in all its cases.
                    tail = f" + 0 {known.unit}" if known.unit else ""
                    return f"{writer.number(1)}{tail}"
                case _ if is_number(kind):
                    return writer.quantity(kind, 1)
                case _:
                    return dice.choice([each for each in values if each.type == kind]).name

        phrase = ""
        if dice.chance(30):
            phrase = f' "is {name}"' if isinstance(kind, YesNo) else ' "is {} here"'
            phrase += dice.choice(("", f' otherwise "is not{phrase[4:]}'))
        lines = []
        for under in self._division():
            lines.append(head + body() + phrase + under)
            phrase = ""
        known.lines += lines
        made = Integer(unit=known.unit) if isinstance(kind, Integer) else kind
        types = tuple(each.type for each in parameters)
        known.definitions.append(Named(name, made, parameters=types))

    def _division(self) -> list[str]:
        """Readings of which, under every combination, exactly one holds."""
        dice, known = self._dice, self.known
        if not dice.chance(30):
            return [""]
        name = dice.choice(list(known.ambiguities))
        readings = known.ambiguities[name]
        if dice.chance(50):
            return [f" under {name} is {each}" for each in readings]
        if dice.chance(50):
            said = self._writer().readings()
            return [f" under {said}", f" under not ({said})"]
        return [f" under {name} is {readings[0]}", f" under {name} is not {readings[0]}"]

    # --- clauses --------------------------------------------------------------------------

    def _clause(self, name: str, names: list[str]) -> None:
        dice, known = self._dice, self.known
        others = [each for each in names if each != name]
        earlier = list(known.clauses)
        parts = [f'  quote "Words of {name}."'] if dice.chance(20) else []
        parts += [f'  paraphrase "What {name} says."'] if dice.chance(10) else []
        deeds = known.deeds
        parts += self._effects(name)
        deeds.late = name not in deeds.early
        for _ in range(dice.choice((1, 0, 2))):
            word = dice.choice(("when", "provided"))
            parts.append(f"  {word} {self._writer().condition()}")
        for _ in range(dice.choice((0, 0, 0, 1, 2))):
            parts.append(f"  unless {self._writer().condition()}")
        deeds.late = False
        for _ in range(2):
            if dice.chance(12):
                parts.append(f"  under {self._writer().readings()}")
        beatable, superior = deeds.beatable(name, others), deeds.superior(name, others)
        if beatable and dice.chance(45):
            word = dice.choice(("overrides", "despite"))
            parts.append(f"  {word} {', '.join(dice.some(beatable, 1, 2))}")
        if others and dice.chance(30):
            sense = dice.choice(SENSES)
            pool = superior if sense in ("precedence", "savings") else earlier
            if pool:
                said = ", ".join(dice.some(pool, 1, 2))
                parts.append(f"  subject to {said} as {sense}")
        parts += force(dice, known)
        title = dice.choice(("", f' "The rule {name}"'))
        known.clauses.append(name)
        self.clauses[name] = "\n".join([f"clause {name}{title}", *dice.shuffled(parts)])

    def _effects(self, name: str) -> list[str]:
        dice, known = self._dice, self.known
        parts = []
        wide = dice.chance(30)
        actions = dice.some(known.actions, 1, 3 if wide else 1)
        sets = dice.some(known.outputs, 1, 2 if wide else 1)
        if not sets or (actions and dice.chance(75)):
            cut = dice.between(1, len(actions))
            for chosen in (actions[:cut], actions[cut:]):
                if chosen:
                    word = dice.choice(MODALITIES)
                    limits = timing(dice, word, chosen, known)
                    parts.append(f"  {word} {', '.join(chosen)}{limits}")
                    if word.startswith(("must", "should")) and not limits:
                        known.deeds.breaks(name, chosen)
        if sets and (not parts or dice.chance(30)):
            for output, type_ in sets:
                value = self._writer(steady=True).argument(type_)
                parts.append(f"  sets {output} to {value}")
        if known.resources and dice.chance(25):
            parts.append(f"  {self._ranking(dice.choice(known.resources))}")
        return parts

    def _ranking(self, resource: str) -> str:
        dice, writer = self._dice, self._writer()
        word = dice.choice(("must", "should"))
        terms = [each.name for each in writer.values() if not each.parameters and has_order(each)]
        if terms and dice.chance(50):
            end = dice.choice(("highest", "lowest"))
            return f"{word} rank {resource} by {dice.choice(terms)} {end} first"
        over = f" over {writer.condition(1)}" if dice.chance(50) else ""
        return f"{word} prioritize {resource}{over}"

    def groups(self) -> list[str]:
        """The clauses in some order, some of them in ordered lists, as one text each."""
        dice = self._dice
        names = dice.shuffled(list(self.clauses))
        blocks: list[str] = []
        while names:
            size = min(dice.choice((1, 1, 1, 2, 3)), len(names))
            taken, names = names[:size], names[size:]
            texts = [self.clauses[each] for each in self.known.deeds.in_list(taken)]
            if size > 1:
                title = dice.choice(("", ' "The first that applies"'))
                if dice.chance(30):
                    texts.insert(1, f'note N{len(blocks)} comment "In a list"')
                start = f"in order list{len(blocks)}{title}"
                blocks.append("\n\n".join([start, *texts, "end order"]))
            else:
                blocks += texts
        return blocks

    # --- the rest -------------------------------------------------------------------------

    def _output(self, name: str) -> None:
        type_, text = self.known.a_type()
        if isinstance(type_, SetOf):
            type_, text = YesNo(), "yes/no"
        phrase = self._dice.choice(("", f' "the {name}"'))
        self.known.lines.append(f"output {name} : {text}{phrase}{self._when(40)}")
        self.known.outputs.append((name, type_))

    def _assume(self) -> None:
        writer = self._writer()
        condition = f"({writer.condition(1)}) implies ({writer.condition(1)})"
        if self._dice.chance(30):
            condition = writer.condition()
        self.known.lines.append(f"assume {condition}{self._under(25)}{self._because()}")

    def _decision(self, name: str) -> None:
        dice = self._dice
        actions = dice.some(self.known.actions, 1, 4)
        bound = dice.choice(("exactly", "at most", "at least"))
        count = dice.choice([1, *range(len(actions) + 1)])
        said = dice.choice(("one", "1")) if count == 1 else str(count)
        self.known.lines.append(
            f"decision {name} is {bound} {said} of {', '.join(actions)}"
            f"{self._when(steady=True)}{self._under(20)}"
        )

    def _resource(self, name: str) -> None:
        dice = self._dice
        phrase = dice.choice(("", f' "units of {name}"'))
        low = dice.between(0, 2)
        capacity = dice.choice(("", f" capacity {low} ..", f" capacity {low} .. {low + 1}"))
        scope = f"\n  for {self._writer().condition(1)}" if dice.chance(30) else ""
        short = f"\n  short when {self._writer().condition(1)}" if dice.chance(30) else ""
        self.known.lines.append(f"resource {name}{phrase}{capacity}{scope}{short}")

    def _scoped(self, word: str) -> None:
        actions = ", ".join(self._dice.some(self.known.actions, 1, 2))
        tail = f"{self._under(20)}{self._because()}" if word == "cannot" else ""
        self.known.lines.append(f"{word} {actions}{self._when()}{tail}")

    def _expect(self) -> None:
        dice, known = self._dice, self.known
        if dice.chance(35):
            reach = dice.choice(("reachable", "unreachable"))
            text = f"expect {dice.choice(known.clauses)} is {reach}{self._because()}"
        else:
            writer = Writer(known, known.clauses, outcomes=True)
            form = dice.choice(("", "never ", "always ", "sometimes "))
            when = f"\n  when {writer.condition(1)}" if dice.chance(40) else ""
            text = f"expect {form}{writer.condition()}{when}{self._because()}"
        known.lines.append(text)
