"""How counts of findings and of proofs are said, by code; codes that are not here get by."""

from __future__ import annotations

from verifier.findings import Proved

_FOUND = {
    "V01": ("set of assumptions that leaves no case", "sets of assumptions that leave no case"),
    "V02": (
        "assumption that takes cases out of account",
        "assumptions that take cases out of account",
    ),
    "C01": ("clash of opposed duties", "clashes of opposed duties"),
    "C02": (
        "permission that another clause takes back",
        "permissions that another clause takes back",
    ),
    "C03": (
        "set of duties that cannot be met together",
        "sets of duties that cannot be met together",
    ),
    "C04": ("dead end, where nothing lawful is left", "dead ends, where nothing lawful is left"),
    "C05": ("output set to two values", "outputs set to two values"),
    "C06": (
        "pair of clauses that put two in opposite orders",
        "pairs of clauses that put two in opposite orders",
    ),
    "C07": (
        "group of persons for whom there is not enough of a resource",
        "groups of persons for whom there is not enough of a resource",
    ),
    "C08": ("circle of priorities", "circles of priorities"),
    "C09": (
        "set of clauses that cannot all be kept in time",
        "sets of clauses that cannot all be kept in time",
    ),
    "G01": ("gap where no clause speaks", "gaps where no clause speaks"),
    "G02": ("gap where an output has no value", "gaps where an output has no value"),
    "G03": ("choice that nothing guides", "choices that nothing guides"),
    "G04": ("duty that is left incomplete", "duties that are left incomplete"),
    "G05": (
        "place where the text is not transcribed",
        "places where the text is not transcribed",
    ),
    "S01": (
        "place where quote, text and scan do not agree",
        "places where quote, text and scan do not agree",
    ),
    "S02": (
        "clause whose modal word is not that of its quote",
        "clauses whose modal word is not that of their quote",
    ),
    "G06": ("authority outside that decides", "authorities outside that decide"),
    "G07": (
        "permission that leaves a near miss open",
        "permissions that leave a near miss open",
    ),
    "G08": ("missing rule for clashes", "missing rules for clashes"),
    "U01": ("clause that can never apply", "clauses that can never apply"),
    "U02": ("clause that is always defeated", "clauses that are always defeated"),
    "U03": ("clause that no lawful run comes to use", "clauses that no lawful run comes to use"),
    "U04": ("trap from which no lawful run ends", "traps from which no lawful run ends"),
    "U05": (
        "state or step that no lawful run comes to",
        "states or steps that no lawful run comes to",
    ),
    "U06": (
        "finding on who decides on permissions alone",
        "findings on who decides on permissions alone",
    ),
    "U07": ("alternative that can never hold", "alternatives that can never hold"),
    "R01": ("clause that adds nothing", "clauses that add nothing"),
    "R02": ("exception that changes nothing", "exceptions that change nothing"),
    "R03": ("priority that is never needed", "priorities that are never needed"),
    "R04": ("ranking that puts nobody first", "rankings that put nobody first"),
    "R05": ("condition that decides nothing", "conditions that decide nothing"),
    "P01": (
        "action that is permitted but never obliged",
        "actions that are permitted but never obliged",
    ),
    "E01": ("expectation that is not met", "expectations that are not met"),
    "E02": ("expectation that is met emptily", "expectations that are met emptily"),
    "W01": ("waiver that matches nothing", "waivers that match nothing"),
    "W02": (
        "waiver that has ended while what it names stands",
        "waivers that have ended while what they name stands",
    ),
}

_CLEAN = {
    "V01": ("the assumptions leave cases to decide", ""),
    "V02": ("no assumption takes a case out of account", "assumption"),
    "C01": ("no action is both obliged and forbidden in any case", ""),
    "C02": ("no permission is taken back by another clause", ""),
    "C03": ("all duties can be met together in every case", ""),
    "C04": ("no decision is ever left without a lawful option", "decision"),
    "C05": ("no output is ever set to two values", "output"),
    "C06": ("no two are ever put in opposite orders", "resource"),
    "C07": ("nobody needs what there may be too little of", "resource"),
    "C08": ("no priorities run in a circle", ""),
    "C09": ("all limits of time can be kept, whenever events happen", ""),
    "G01": ("some clause speaks wherever an answer is expected", ""),
    "G02": ("every output has a value wherever it is expected", "output"),
    "G03": ("no choice is left without guidance", "choice"),
    "G04": ("every duty says by whom and when, and what follows a refusal", ""),
    "G05": ("every sentence of the text is accounted for", "sentence"),
    "S01": ("every quote stands in its text", "quote"),
    "S02": ("no clause says another modal word than its quote", "clause"),
    "G06": ("no clause rests on an authority outside alone", "authority"),
    "G07": ("no permission that is missed by one condition leaves its action open", "permission"),
    "U01": ("no clause is a dead letter: what each of them requires can come about", "clause"),
    "U02": ("no clause is always defeated", "clause"),
    "U03": ("every clause about a step can be used on some lawful run", ""),
    "U04": ("every lawful run can still come to an end", ""),
    "U05": ("every state and step of a process is reached on some lawful run", ""),
    "U06": ("nobody alone decides on a permission, and each is in somebody's hands", ""),
    "U07": ("every alternative in a condition can come about", "alternative"),
    "R01": ("no clause is superfluous: without it something would change", "clause"),
    "R02": ("every exception changes something", "exception"),
    "R03": ("every declared priority is needed", ""),
    "R04": ("every ranking puts somebody first", "resource"),
    "R05": ("every condition inside a clause decides something", "condition"),
    "P01": ("no action is permitted in many situations and obliged in none", ""),
    "E01": ("the policy is as its author expects", "expectation"),
    "E02": ("no expectation is met only because its case never arises", "expectation"),
}
"""What it means that a check found no fault, and of what it asked, where that can be counted."""


def found(code: str, name: str, count: int) -> str:
    """``3 clashes of opposed duties (C01)``."""
    one, several = _FOUND.get(code, (name.replace("-", " "), name.replace("-", " ")))
    return f"{count} {one if count == 1 else several} ({code})"


def proved(result: Proved) -> str | None:
    """What a check has proved, or None if it proved nothing of everything that it asked."""
    if not result.asked or result.clean < result.asked:
        return None
    said, unit = _CLEAN.get(result.code, (f"nothing found by the check {result.name}", "question"))
    count = f"; {result.clean} {unit}{'' if result.clean == 1 else 's'}" if unit else ""
    return f"{said} ({result.code}{count})"
