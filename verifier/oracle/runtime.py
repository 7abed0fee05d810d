"""What every compiled policy has: reading cases, defeat, and what follows from clauses in force.

This module's text, from the mark below on, stands in every program that is written. It imports
nothing but the standard library. The meaning is that of ``policy_dsl.evaluate``.
"""

# --- every program has what follows ---
from __future__ import annotations

import json
import os
import re
import sys
from collections import deque, namedtuple
from operator import itemgetter  # noqa: F401 - programs read facts with it
from types import MappingProxyType

LONGEST_LINE = 1_000_000
_NUMBER = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?")
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_encode = json.JSONEncoder(separators=(",", ":")).encode
_TRUTHS = frozenset((True, False))
_YES_NO = {True: True, False: False, None: None, "yes": True, "no": False}
_BEFORE_MONTH = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)

State = namedtuple("State", "obliged forbidden permitted released")
State.__doc__ = """What is said of an action: the strongest duty to do it and not to do it ("must",
"should" or None), and whether it is permitted and released from."""

SILENT = State(None, None, False, False)

# What a norm does to the state of its action, as a bit; and the state for each set of bits.
_MARKS = {
    ("oblige", "must"): 1,
    ("oblige", "should"): 2,
    ("forbid", "must"): 4,
    ("forbid", "should"): 8,
    ("permit", "must"): 16,
    ("release", "must"): 32,
}
_STATES = [
    State(
        "must" if bits & 1 else "should" if bits & 2 else None,
        "must" if bits & 4 else "should" if bits & 8 else None,
        bool(bits & 16),
        bool(bits & 32),
    )
    for bits in range(64)
]


def _leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _length(year, month):
    if month == 2:
        return 29 if _leap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def day_of(year, month, day):
    """The number of a day; 1 January of the year 1 is day 1."""
    before = year - 1
    leap = 1 if month > 2 and _leap(year) else 0
    days = before * 365 + before // 4 - before // 100 + before // 400
    return days + _BEFORE_MONTH[month - 1] + leap + day


def civil(day):
    """Year, month and day of the month of a day's number."""
    cycles, rest = divmod(day - 1, 146_097)
    centuries = min(rest // 36_524, 3)
    rest -= centuries * 36_524
    fours, rest = divmod(rest, 1_461)
    years = min(rest // 365, 3)
    rest -= years * 365
    year = 400 * cycles + 100 * centuries + 4 * fours + years + 1
    month = 1
    while rest >= _length(year, month):
        rest -= _length(year, month)
        month += 1
    return year, month, rest + 1


def add_months(day, months, up):
    """The same day some months later; one that the month lacks gives way to the first of the next
    month (``up``), or to the last of this one."""
    year, month, of_month = civil(day)
    later, index = divmod(month - 1 + months, 12)
    length = _length(year + later, index + 1)
    if of_month > length:
        of_month = length + 1 if up else length
    return day_of(year + later, index + 1, of_month)


def _digits(value, places):
    if not places:
        return str(value)
    whole, rest = divmod(abs(value), 10**places)
    return f"{'-' if value < 0 else ''}{whole}.{rest:0{places}}"


class Outcome:
    """What the policy says in one case. What is asked of it is worked out when it is asked for.

    ``values`` has, for each place at which a clause sets an output, the value in the case.
    """

    __slots__ = ("_oracle", "applies", "binding", "facts", "force", "readings", "scope", "values")

    def __init__(self, oracle, facts, readings, found):
        self._oracle = oracle
        self.facts = facts
        self.readings = readings
        self.applies, self.scope, self.values = found
        self.force = oracle.force_of(self.applies, self.scope, self.values)
        self.binding = readings.get("should") == "binding"

    @property
    def applicable(self):
        """The names of the clauses that apply, in the policy's order."""
        return self._oracle.named(self.applies)

    @property
    def in_force(self):
        """The names of the clauses in force, in the policy's order."""
        return self._oracle.named(self.force)

    @property
    def defeated(self):
        """For each clause that applies and is not in force, those to which it gives way."""
        oracle = self._oracle
        found = oracle.defeats(oracle.rules, self.applies, self.scope, self.values)
        names = oracle.data["clauses"]
        return {
            names[loser]: sorted({names[winner] for winner in winners})
            for loser, winners in sorted(found.items())
        }

    @property
    def states(self):
        """The ``State`` of every action, by its name."""
        return self._oracle.states(self.force, self.binding)

    def state(self, action):
        """The ``State`` of one action."""
        return self.states[action]

    @property
    def outputs(self):
        """For every output the values that are set, each as (clause, value)."""
        return self._oracle.outputs(self.force, self.values)

    @property
    def decisions(self):
        """The names of the decisions that are to be taken."""
        every = self._oracle.data["decisions"]
        return tuple(each[0] for at, each in enumerate(every) if self.scope >> at & 1)

    @property
    def compliable(self):
        """Whether all that is owed can be done, at must strength and at either strength."""
        return self._oracle.compliable(self)

    @property
    def broken(self):
        """The clauses in force that are broken by what is done."""
        return self._oracle.broken(self)

    def as_json(self):
        """All of it as plain data for JSON."""
        oracle = self._oracle
        return {
            "actions": {
                name: {**state._asdict(), "by": oracle.speakers(self.force, name)}
                for name, state in self.states.items()
                if state != SILENT
            },
            "outputs": {
                name: [{"value": oracle.shown(name, v), "clause": c} for c, v in values]
                for name, values in self.outputs.items()
            },
            "in_force": list(self.in_force),
            "defeated": self.defeated,
            "compliable": self.compliable,
            "broken": list(self.broken),
        }


class Oracle:
    """A compiled policy. ``evaluate`` works out which clauses apply, ``wrong`` which assumptions
    are broken; ``data`` is all else."""

    def __init__(self, data, evaluate, wrong):
        self.data = data
        self.rules = data["rules"]
        self._evaluate = evaluate
        self._wrong = wrong
        self._plain = not any(kind in ("day", "steps") for _, kind, *_ in data["facts"])
        self._defaults = data["defaults"]
        self._weighed = [
            [(action, _MARKS[kind, strength]) for kind, action, strength in effects]
            for effects in data["effects"]
        ]
        self._binding = [
            [(action, _MARKS[kind, "must"]) for kind, action, _ in effects]
            for effects in data["effects"]
        ]
        self._known = {each[0] for each in data["facts"]}
        self._speakers = {name: [] for name in data["actions"]}
        for place, name in enumerate(data["clauses"]):
            for action in dict.fromkeys(action for _, action, _ in data["effects"][place]):
                self._speakers[data["actions"][action]].append((place, name))
        self._states = {}
        self._choices = {}

    # --- cases ---

    def outcome(self, case):
        """What the policy says in a case: ``{"facts": {...}, "readings": {...}}``, as the command
        ``antinomy eval`` reads it. A reading that is left out is the settled or the first one, an
        optional fact that is left out is not established. The case is not checked here: raises
        ``KeyError`` for a fact that is missing, and other errors for values that are none."""
        facts = case["facts"]
        given = case.get("readings")
        readings = {**self._defaults, **given} if given else self._defaults
        if not self._plain:
            facts = self._inside(facts)
        return Outcome(self, facts, readings, self._evaluate(facts, readings, self))

    def outcomes(self, cases):
        """The outcomes of many cases, one by one."""
        outcome = self.outcome
        return [outcome(each) for each in cases]

    def _inside(self, facts):
        found = dict(facts)
        for name, kind, _, places, *_ in self.data["facts"]:
            value = found.get(name)
            if value is not None and kind == "day":
                found[name] = _read_day(value)
            elif value is not None and kind == "steps":
                found[name] = _read_steps(value, places)
        return found

    def problems(self, case):
        """What is wrong with a case: sentences; none if it is one of the policy."""
        if not isinstance(case, dict) or not isinstance(case.get("facts"), dict):
            return ['a case is {"facts": {...}, "readings": {...}}']
        given = case.get("readings", {})
        if not isinstance(given, dict):
            return ['"readings" is an object']
        found = [f"there is no {key!r} in a case" for key in case if key not in _PARTS]
        found += [
            f"no fact is called {name!r}" for name in case["facts"] if name not in self._known
        ]
        for each in self.data["facts"]:
            value = case["facts"].get(each[0])
            if each[1] != "yesno" or (value is not True and value is not False):
                found += _fact_problems(each, case["facts"])
        options = self.data["readings"]
        for name, reading in given.items():
            if name not in options:
                found.append(f"no ambiguity is called {name!r}")
            elif reading not in options[name]:
                found.append(f"{name}: {reading!r} is not one of {', '.join(options[name])}")
        if found:
            return found
        facts = case["facts"] if self._plain else self._inside(case["facts"])
        readings = {**self._defaults, **given}
        return [self.data["assumptions"][at] for at in self._wrong(facts, readings, self)]

    # --- defeat ---

    def force_of(self, applies, scope, values):
        """The clauses in force, as bits."""
        if not self.rules["any"] & applies:
            return applies
        lost = 0
        for loser in self.defeats(self.rules, applies, scope, values):
            lost |= 1 << loser
        return applies & ~lost

    def forced(self, part, clause, applies, scope, values):
        """Whether a clause is in force by a part of the rules."""
        if not applies >> clause & 1:
            return False
        return clause not in self.defeats(self.data["parts"][part], applies, scope, values)

    def defeats(self, rules, applies, scope, values):
        """Every defeated clause, with those that defeat it."""
        found = {}
        for group in rules["groups"]:
            first = [each for each in group if applies >> each & 1]
            for each in first[1:]:
                found.setdefault(each, []).append(first[0])
        against = rules["against"]
        for component in rules["components"]:
            for settled in self._acyclic(rules, component, applies):
                for loser in settled:
                    for each in against.get(loser, ()):
                        if _prevails(each, settled, found, applies, scope, values):
                            found.setdefault(loser, []).append(each[0])
        return found

    def _acyclic(self, rules, component, applies):
        if len(component) == 1:
            return [component]
        edges = {}
        for loser in component:
            for each in rules["against"].get(loser, ()):
                if not each[2] and _counts(each, applies):
                    edges.setdefault(loser, []).append(each[0])
        return _components(component, edges)

    # --- what follows ---

    def named(self, bits):
        """The names of clauses, of their bits."""
        return tuple(name for at, name in enumerate(self.data["clauses"]) if bits >> at & 1)

    def speakers(self, force, action):
        """The clauses in force that speak of an action."""
        return [name for place, name in self._speakers[action] if force >> place & 1]

    def states(self, force, binding):
        """The state of every action. What was worked out once is kept, of so many cases."""
        key = (force, binding)
        found = self._states.get(key)
        if found is None:
            if len(self._states) > 100_000:
                self._states.clear()
            found = self._states[key] = self._stated(force, binding)
        return found

    def _stated(self, force, binding):
        marks = self._binding if binding else self._weighed
        found = [0] * len(self.data["actions"])
        while force:
            last = force & -force
            for action, mark in marks[last.bit_length() - 1]:
                found[action] |= mark
            force ^= last
        names = self.data["actions"]
        return MappingProxyType({name: _STATES[found[at]] for at, name in enumerate(names)})

    def outputs(self, force, values):
        """The values of every output, each with the clause that sets it."""
        found = {name: [] for name, *_ in self.data["outputs"]}
        for place, sets in enumerate(self.data["sets"]):
            if force >> place & 1:
                for output, slot in sets:
                    if values[slot] is not None:
                        name = self.data["clauses"][place]
                        found[output].append((name, values[slot]))
        return {name: tuple(each) for name, each in found.items()}

    def shown(self, output, value):
        """A value of an output as plain data for JSON."""
        kind, places = next(each[1:] for each in self.data["outputs"] if each[0] == output)
        if isinstance(value, frozenset):
            return sorted(value)
        if kind == "day":
            year, month, day = civil(value)
            return f"{'-' if year < 0 else ''}{abs(year):04}-{month:02}-{day:02}"
        return _digits(value, places) if kind == "steps" else value

    # --- can it be complied with ---

    def compliable(self, outcome):
        """Whether what is owed can be done: at must strength, and at either."""
        if self.data["deeds"]:
            return self._owed(outcome)
        key = (outcome.force, outcome.scope, outcome.binding, outcome.values[-1])
        found = self._choices.get(key)
        if found is None:
            if len(self._choices) > 100_000:
                self._choices.clear()
            found = self._choices[key] = self._owed(outcome)
        return dict(found)

    def _owed(self, outcome):
        everything = list(self._constraints(outcome))
        strongest = [each for each in everything if each[4] != "should"]
        must = not self._conflict(strongest, outcome)
        should = must and not self._conflict(everything, outcome)
        return {"must": must, "should": should}

    def _constraints(self, outcome):
        """All that is to be kept: (actions, low, high, what it is, strength)."""
        for place, effects in enumerate(self.data["effects"]):
            if outcome.force >> place & 1:
                for number, (kind, action, strength) in enumerate(effects):
                    if kind in ("oblige", "forbid"):
                        count = int(kind == "oblige")
                        weight = "must" if outcome.binding else strength
                        yield (action,), count, count, ("duty", place, number), weight
        for at, (_, actions, low, high) in enumerate(self.data["decisions"]):
            if outcome.scope >> at & 1:
                yield tuple(actions), low, high, ("decision", at), "must"
        for at, action in enumerate(self.data["incapacities"]):
            if outcome.values[-1] >> at & 1:
                yield (action,), 0, 0, ("incapacity", at), "must"

    def _conflict(self, constraints, outcome):
        if _choice(constraints):
            return []
        needs = sorted({need for need in map(_need, constraints) if need is not None})
        deeds = self.data["deeds"]
        arisen = {}
        for action, done in needs:
            if action in deeds and _YES_NO[outcome.facts[deeds[action]]] is not done:
                facts = {**outcome.facts, deeds[action]: done}
                found = self._evaluate(facts, outcome.readings, self)
                other = Outcome(self, facts, outcome.readings, found)
                there = {each[3] for each in self._constraints(other)}
                arisen[action, done] = {e[3] for e in constraints if e[3] not in there}
        plain = [each for each in constraints if _need(each) is not None]
        return _smallest(plain) or _counting(constraints, arisen)

    def broken(self, outcome):
        """The clauses in force whose duties are not kept by what is done."""
        deeds = self.data["deeds"]
        found = []
        for place, effects in enumerate(self.data["effects"] if deeds else ()):
            if outcome.force >> place & 1:
                for kind, action, _ in effects:
                    wanted = kind == "oblige"
                    duty = kind in ("oblige", "forbid") and action in deeds
                    if duty and _YES_NO[outcome.facts[deeds[action]]] is not wanted:
                        found.append(self.data["clauses"][place])
                        break
        return tuple(found)

    # --- lines of JSON ---

    def serve(self, source, target, complete=False):
        """Answer cases, one a line of JSON, with one line each; a line that is no case is answered
        with what is wrong with it. An ``id`` beside the facts is given back."""
        number = 0
        while True:
            line = source.readline(LONGEST_LINE + 1)
            if not line:
                return
            number += 1
            if len(line) > LONGEST_LINE and not line.endswith("\n"):
                while line and not line.endswith("\n"):
                    line = source.readline(LONGEST_LINE)
                answer = {"error": ["the line is too long"]}
            elif not line.strip():
                continue
            else:
                answer = self._answer(line, complete)
            if "error" in answer:
                answer["line"] = number
            try:
                said = _encode(answer)
            except RecursionError:
                said = _encode({"error": ["the id is nested too deeply"], "line": number})
            target.write(said + "\n")
            target.flush()

    def _answer(self, line, complete):
        try:
            case = json.loads(line)
        except (ValueError, RecursionError):
            return {"error": ["the line is not JSON"]}
        if isinstance(case, dict) and "facts" not in case and "readings" not in case:
            case = {"facts": {k: v for k, v in case.items() if k != "id"}, "id": case.get("id")}
            if case["id"] is None:
                del case["id"]
        mark = {}
        if isinstance(case, dict) and "id" in case:
            mark = {"id": case["id"]}
            case = {key: value for key, value in case.items() if key != "id"}
        if complete and isinstance(case, dict) and isinstance(case.get("facts", {}), dict):
            case = {**case, "facts": {**self.data["usual"], **case.get("facts", {})}}
        problems = self.problems(case)
        if problems:
            return {**mark, "error": problems}
        return {**mark, **self.outcome(case).as_json()}


_PARTS = ("facts", "readings")


def _prevails(each, settled, found, applies, scope, values):
    winner, _, savings, _, always, decisions, pairs = each
    if not _counts(each, applies):
        return False
    if not savings and (winner in settled or winner in found):
        return False
    if always or any(scope >> at & 1 for at in decisions):
        return True
    for one, other in pairs:
        if values[one] != values[other] and values[one] is not None and values[other] is not None:
            return True
    return False


def _counts(each, applies):
    return applies >> each[0] & 1 and applies >> each[1] & 1 and applies >> each[3] & 1


def _components(nodes, edges):
    known = set(nodes)
    number, low, stack, waiting, found = {}, {}, [], set(), []

    def enter(node):
        number[node] = low[node] = len(number)
        stack.append(node)
        waiting.add(node)
        return node, (each for each in edges.get(node, ()) if each in known)

    for root in nodes:
        if root in number:
            continue
        path = [enter(root)]
        while path:
            node, ways = path[-1]
            below = next(ways, None)
            if below is not None:
                if below not in number:
                    path.append(enter(below))
                elif below in waiting:
                    low[node] = min(low[node], number[below])
                continue
            path.pop()
            if path:
                low[path[-1][0]] = min(low[path[-1][0]], low[node])
            if low[node] == number[node]:
                members = [stack.pop()]
                while members[-1] != node:
                    members.append(stack.pop())
                waiting.difference_update(members)
                found.append(list(reversed(members)))
    return found


def _need(constraint):
    kind = constraint[3][0]
    return None if kind == "decision" else (constraint[0][0], constraint[2] == 1)


def _choice(constraints):
    wide, fixed = [], {}
    for each in constraints:
        actions, low, high = each[:3]
        if len(actions) != 1 or not low == high in (0, 1):
            wide.append(each)
        elif fixed.setdefault(actions[0], high == 1) != (high == 1):
            return False
    touching = {}
    for each in wide:
        for action in each[0]:
            touching.setdefault(action, []).append(each)
    ways = [(fixed, wide)]
    while ways:
        chosen, changed = ways.pop()
        if not _propagate(chosen, changed, touching):
            continue
        left = next((action for action in touching if action not in chosen), None)
        if left is None:
            return True
        for done in (True, False):
            ways.append(({**chosen, left: done}, touching[left]))
    return False


def _propagate(chosen, changed, touching):
    queue = deque(changed)
    while queue:
        actions, low, high = queue.popleft()[:3]
        done = sum(chosen.get(action, False) for action in actions)
        left = [action for action in actions if action not in chosen]
        if done > high or done + len(left) < low:
            return False
        if left and (done == high or done + len(left) == low):
            for action in left:
                chosen[action] = done < high
            for action in left:
                queue.extend(touching[action])
    return True


def _smallest(constraints):
    kept = list(constraints)
    if _choice(kept):
        return []
    for at in reversed(range(len(kept))):
        fewer = kept[:at] + kept[at + 1 :]
        if not _choice(fewer):
            kept = fewer
    return kept


def _counting(constraints, arisen):
    conflict = _smallest(constraints)
    for need in map(_need, conflict):
        if need is None or need not in arisen:
            continue
        second = arisen[need]
        if any(_need(each) != need and each[3] in second for each in conflict):
            without = [each for each in constraints if _need(each) != need]
            first = [e for e in constraints if _need(e) == need or e[3] not in second]
            return _counting(without, arisen) or _counting(first, arisen)
    return conflict


def _read_day(value):
    found = _DAY.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise ValueError("a day is written as in 2020-12-31")
    year, month, day = map(int, found.groups())
    if year < 1 or not 1 <= month <= 12 or not 1 <= day <= _length(year, month):
        raise ValueError("there is no such day")
    return day_of(year, month, day)


def _read_steps(value, places):
    if isinstance(value, int) and not isinstance(value, bool):
        return value * 10**places
    if isinstance(value, float):
        from decimal import Decimal

        value = f"{Decimal(repr(value)):f}"
    found = _NUMBER.fullmatch(value) if isinstance(value, str) and len(value) <= 100 else None
    if found is None:
        raise ValueError('a number is written as in "12.50"')
    sign, whole, behind = found.groups(default="")
    if behind[places:].strip("0"):
        raise ValueError(f"there are more than {places} digits behind the point")
    steps = int(whole + behind[:places].ljust(places, "0"))
    return -steps if sign else steps


def _fact_problems(fact, facts):
    name, kind, optional, places, low, high, values = fact
    if name not in facts:
        return [] if optional else [f"{name} is missing"]
    value = facts[name]
    if value is None:
        return [] if optional else [f"{name} cannot be null"]
    if kind == "yesno":
        good = isinstance(value, bool) or (isinstance(value, str) and value in _YES_NO)
        return [] if good else [f"{name} is true or false"]
    if kind == "enum":
        good = isinstance(value, str) and value in values
        return [] if good else [f"{name} is one of {', '.join(values)}"]
    if kind == "set":
        good = isinstance(value, (list, tuple, set, frozenset))
        good = good and all(isinstance(each, str) and each in values for each in value)
        return [] if good else [f"{name} is a list of any of {', '.join(values)}"]
    try:
        if kind == "day":
            value = _read_day(value)
        elif kind == "steps":
            value = _read_steps(value, places)
        elif isinstance(value, bool) or not isinstance(value, int):
            return [f"{name} is a whole number"]
    except ValueError as error:
        return [f"{name}: {error}"]
    if (low is not None and value < low) or (high is not None and value > high):
        return [f"{name} is out of its range"]
    return []


def main(oracle):
    """Answer cases on standard input, one a line of JSON; ``--complete`` fills in what is left
    out."""
    wrong = [each for each in sys.argv[1:] if each != "--complete"]
    if wrong:
        sys.exit("usage: python policy.py [--complete] < cases.jsonl > answers.jsonl")
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    try:
        oracle.serve(sys.stdin, sys.stdout, "--complete" in sys.argv[1:])
    except BrokenPipeError:
        # Nobody reads any more; Python would complain once again when it closes the output.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
    except KeyboardInterrupt:
        sys.exit(130)
