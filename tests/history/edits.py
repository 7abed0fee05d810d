"""A history of the memo's spec: edits such as people make, and what each of them does.

What is expected stands here in plain data, written from what the memo says; ``docs/gate.md`` shows
the same history as a table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

MEMO = "specs/ice-ero-2017/ice-ero-2017.policy"
WORDS = "specs/authorities/vocabulary.policy"


@dataclass(frozen=True)
class Swap:
    """``old``, which stands once in the file, or everywhere by ``times``, becomes ``new``."""

    file: str
    old: str
    new: str
    times: int = 1


@dataclass(frozen=True)
class Outcome:
    """Changes of one action that are expected: some region of cases has each of ``kinds``.

    ``before`` and ``after`` are clauses that decide, in all the regions together.
    """

    action: str
    kinds: frozenset[str]
    before: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()


Facts: TypeAlias = Mapping[str, bool | str | list[str]]
"""Facts of a case; all others are as in the plainest one."""


@dataclass(frozen=True)
class Probe:
    """One case, and what is said of an action in it before and after, under some readings.

    ``before`` and ``after`` are words of its state: "obliged", "forbidden", "permitted".
    """

    facts: Facts
    action: str
    before: str
    after: str
    readings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """One commit: its edits, and what is to be said of it.

    ``new`` and ``fixed`` are findings as a code and the clauses that take part; gaps (G01) have
    none. ``blamed`` are declarations, as their kind and name, to which the changes are put down.
    ``renamed`` are names by kind, old and new. ``cases`` says which version allows cases that the
    other does not. ``allowed`` are rules by which the change may pass on its own; without them it
    may not, unless it is equivalent. ``probes`` are cases worked out by hand. ``gate`` is the exit
    status of the check against a baseline of the version before. By default nothing changes.
    """

    title: str
    swaps: tuple[Swap, ...]
    verdict: str = "equivalent"
    outcomes: tuple[Outcome, ...] = ()
    blamed: frozenset[tuple[str, str]] = frozenset()
    renamed: frozenset[tuple[str, str, str]] = frozenset()
    new: frozenset[tuple[str, tuple[str, ...]]] = frozenset()
    fixed: frozenset[tuple[str, tuple[str, ...]]] = frozenset()
    cases: frozenset[str] = frozenset()
    allowed: tuple[str, ...] = ()
    probes: tuple[Probe, ...] = ()
    gate: int = 0

    @property
    def gaps(self) -> bool:
        """Whether gaps change, so that their regions are told in another way than before."""
        return any(kind.startswith("gap") for each in self.outcomes for kind in each.kinds)


REMOVABLE: Facts = {"removal_grounds": ["other"], "status": "no_status"}
CHILD: Facts = {
    "status": "no_status",
    "child": True,
    "unaccompanied": True,
    "nationality": "canada",
    "withdraws_application": True,
    "coordinated": True,
}
WITH_STATUS: Facts = {**CHILD, "status": "refugee", "nationality": "mexico"}


def _outcome(action: str, kinds: str, before: str = "", after: str = "") -> Outcome:
    return Outcome(
        action,
        frozenset(kinds.split(", ")),
        frozenset(before.split()),
        frozenset(after.split()),
    )


REWORDED = Step(
    title="Titles and phrases in plainer words",
    swaps=(
        Swap(
            MEMO,
            'clause A.4 "No class is exempt"',
            'clause A.4 "No class or category is exempt any longer"',
        ),
        Swap(MEMO, '"is an arriving alien"', '"counts as an arriving alien"'),
        Swap(
            WORDS,
            '"is in exigent circumstances, such as a medical emergency"',
            '"is in an emergency, a medical one among others"',
        ),
        Swap(WORDS, '"is not in exigent circumstances"', '"is in no emergency"'),
    ),
)

TIGHTENED = Step(
    title="Enforcement against every removable alien, encountered or not",
    swaps=(Swap(MEMO, "when   removable and encountered\n", "when   removable\n"),),
    verdict="stricter",
    outcomes=(_outcome("enforce", "became obliged", after="A.1"),),
    blamed=frozenset({("clause", "A.1")}),
    allowed=("stricter",),
    probes=(
        Probe({**REMOVABLE, "encountered": True}, "enforce", "obliged", "obliged"),
        Probe({**REMOVABLE, "encountered": False}, "enforce", "", "obliged"),
    ),
)

LOOSENED = Step(
    title="An individualized custody determination for those in detention only",
    swaps=(Swap(MEMO, "when encountered or detained\n", "when detained\n"),),
    verdict="looser",
    outcomes=(_outcome("determine_custody", "became silent", before="A.2"),),
    blamed=frozenset({("clause", "A.2")}),
    allowed=("looser:determine_custody",),
    probes=(
        Probe({"encountered": True, "custody": "not_detained"}, "determine_custody", "obliged", ""),
        Probe({"custody": "s241", "final_order": True}, "determine_custody", "obliged", "obliged"),
    ),
)

GAP_OPENED = Step(
    title="Withdrawal is for Mexican children",
    swaps=(
        Swap(MEMO, "and nationality is one of (mexico, canada)\n", "and nationality is mexico\n"),
    ),
    verdict="stricter",
    outcomes=(
        # Where the TVPRA bars it the permission goes and the ban stays: more is ruled out.
        _outcome(
            "permit_withdrawal",
            "became silent, stronger, newly consistent, gap opened",
            before="D.3 D.1.tvpra",
            after="D.1.tvpra",
        ),
        _outcome("permit_return", "became silent", before="D.3"),
        _outcome("repatriate", "became silent", before="D.4"),
    ),
    blamed=frozenset({("clause", "D.3")}),
    new=frozenset({("G01", ())}),
    allowed=("stricter", "gap-opened:permit_withdrawal"),
    probes=(
        Probe(CHILD, "permit_withdrawal", "permitted", ""),
        Probe(CHILD, "permit_return", "permitted", ""),
        Probe({**CHILD, "nationality": "mexico"}, "permit_withdrawal", "permitted", "permitted"),
        Probe(
            {**CHILD, "tvpra_bars_withdrawal": True},
            "permit_withdrawal",
            "forbidden permitted",
            "forbidden",
            {"child_law": "taken_in"},
        ),
    ),
)

GAP_CLOSED = Step(
    title="Canadian children may not withdraw",
    swaps=(
        Swap(
            MEMO,
            'clause D.4 "Repatriation',
            'clause D.3.canada "No withdrawal by Canadian children"\n'
            '  quote "Mexican and Canadian unaccompanied alien children"\n'
            "  must not permit_withdrawal\n"
            "  when unaccompanied_child and nationality is canada and withdraws_application\n"
            "\n"
            'clause D.4 "Repatriation',
        ),
    ),
    verdict="stricter",
    outcomes=(_outcome("permit_withdrawal", "became forbidden, gap closed", after="D.3.canada"),),
    blamed=frozenset({("clause", "D.3.canada")}),
    fixed=frozenset({("G01", ())}),
    allowed=("stricter", "gap-closed"),
    probes=(
        Probe(CHILD, "permit_withdrawal", "", "forbidden"),
        Probe({**CHILD, "coordinated": False}, "permit_withdrawal", "", "forbidden"),
    ),
)

CONTRADICTION = Step(
    title="No enforcement against children, said in section D",
    swaps=(
        Swap(
            MEMO,
            "-- --- E. No Private Right of Action",
            'clause D.5 "No enforcement against children"\n'
            '  quote "special protections"\n'
            "  must not enforce\n"
            "  when child\n"
            "\n"
            "-- --- E. No Private Right of Action",
        ),
    ),
    verdict="stricter",
    outcomes=(
        _outcome("enforce", "became forbidden, newly contradictory", before="A.1", after="A.1 D.5"),
    ),
    blamed=frozenset({("clause", "D.5")}),
    new=frozenset({("C01", ("A.1", "D.5"))}),
    allowed=("stricter", "newly-contradictory:enforce", "new-findings=error"),
    probes=(
        Probe({**REMOVABLE, "child": True}, "enforce", "obliged", "obliged forbidden"),
        Probe({"child": True}, "enforce", "", "forbidden"),
    ),
    gate=1,
)

MENDED = Step(
    title="The protection of children prevails",
    swaps=(
        Swap(
            MEMO,
            "  must not enforce\n  when child\n",
            "  must not enforce\n  when child\n  overrides A.1\n",
        ),
    ),
    verdict="looser",
    # The duty goes, the ban stays: less is ruled out.
    outcomes=(_outcome("enforce", "weaker, newly consistent", before="A.1 D.5", after="D.5"),),
    blamed=frozenset({("priority", "D.5 over A.1")}),
    fixed=frozenset({("C01", ("A.1", "D.5"))}),
    allowed=("looser",),
    probes=(Probe({**REMOVABLE, "child": True}, "enforce", "obliged forbidden", "forbidden"),),
)

RENAMED = Step(
    title="A fact and a clause are renamed",
    swaps=(
        Swap(WORDS, "fact     encountered : yes/no", "fact     met_on_duty : yes/no"),
        Swap(MEMO, "when child and encountered\n", "when child and met_on_duty\n", times=2),
        Swap(MEMO, 'clause C.7 "No presumption', 'clause C.8 "No presumption'),
    ),
    renamed=frozenset({("fact", "encountered", "met_on_duty"), ("clause", "C.7", "C.8")}),
)

DEFINITION = Step(
    title="Children with a status are unaccompanied alien children too",
    swaps=(
        Swap(
            WORDS,
            "is child and unaccompanied and alien and status is no_status\n",
            "is child and unaccompanied and alien\n",
        ),
    ),
    verdict="incomparable",
    outcomes=(
        _outcome(
            "permit_withdrawal",
            "became permitted, became forbidden, newly contradictory, gap opened",
            after="D.3 D.3.canada D.3.others D.1.tvpra",
        ),
        _outcome("permit_return", "became permitted", after="D.3"),
        _outcome("repatriate", "became permitted", after="D.4"),
    ),
    blamed=frozenset({("definition", "unaccompanied_child")}),
    allowed=(
        "became-permitted",
        "became-forbidden",
        "newly-contradictory:permit_withdrawal",
        "gap-opened:permit_withdrawal",
    ),
    probes=(
        Probe(WITH_STATUS, "permit_withdrawal", "", "permitted"),
        Probe({**WITH_STATUS, "nationality": "canada"}, "permit_withdrawal", "", "forbidden"),
        Probe({**WITH_STATUS, "coordinated": False}, "permit_withdrawal", "", ""),
        Probe(
            {**WITH_STATUS, "tvpra_bars_withdrawal": True},
            "permit_withdrawal",
            "",
            "forbidden permitted",
            {"child_law": "taken_in"},
        ),
    ),
)

_PLAIN_LANGUAGE = """\
clause C.4 "Policy is applied by its plain language"
  quote "ERO officers are reminded, however, to apply ICE policy consistent with its plain
         language,"
  must read_policy_plainly
  when parole_policy_covers
"""
_BURDEN = """\
clause C.5 "The alien is held to the burden of establishing identity"
  quote "and to ensure that the alien is held to his or her burden of establishing identity"
  must hold_to_burden
  when parole_policy_covers
"""
_UNTIDY = _BURDEN.replace("must hold_to_burden\n  when", "must    hold_to_burden   when")

REORDERED = Step(
    title="Clauses in another order, comments, and untidy spaces",
    swaps=(
        Swap(
            MEMO,
            f"{_PLAIN_LANGUAGE}\n{_BURDEN}",
            f"-- Of the reminders, the burden comes first.\n{_UNTIDY}\n\n{_PLAIN_LANGUAGE}",
        ),
    ),
)

ASSUMED = Step(
    title="Whoever has a credible fear is taken to be in expedited removal",
    swaps=(
        Swap(
            MEMO,
            "-- Where a reader expects the memo to say something.\n",
            "assume credible_fear implies expedited_removal\n"
            '       because "Findings of credible fear are made in expedited removal."\n'
            "\n"
            "-- Where a reader expects the memo to say something.\n",
        ),
    ),
    verdict="incomparable",
    cases=frozenset({"old"}),
    new=frozenset({("V02", ())}),
    allowed=("cases-removed",),
)

HISTORY = (
    REWORDED,
    TIGHTENED,
    LOOSENED,
    GAP_OPENED,
    GAP_CLOSED,
    CONTRADICTION,
    MENDED,
    RENAMED,
    DEFINITION,
    REORDERED,
    ASSUMED,
)
