"""Mistakes that authors make, and what each should be told.

A rule looks at the place where a declaration stopped making sense and says what is wrong and how
to mend it, or says nothing. The first rule that speaks is heard.
"""

from policy_dsl.mistakes.conditions import CONDITION_RULES
from policy_dsl.mistakes.lists import LIST_RULES
from policy_dsl.mistakes.mistake import Rule
from policy_dsl.mistakes.names import LAST_RULES, NAME_RULES
from policy_dsl.mistakes.parts import PART_RULES
from policy_dsl.mistakes.resources import RESOURCE_RULES
from policy_dsl.mistakes.signs import SIGN_RULES
from policy_dsl.mistakes.times import TIME_RULES

__all__ = ["RULES"]

RULES: tuple[Rule, ...] = (
    *SIGN_RULES,
    *RESOURCE_RULES,
    *TIME_RULES,
    *LIST_RULES,
    *NAME_RULES,
    *PART_RULES,
    *CONDITION_RULES,
    *LAST_RULES,
)
"""Every rule, in the order in which they are tried."""
