"""The policy language: grammar, syntax tree, resolver, model, reference evaluator, formatter.

Nothing here knows of a solver; the meaning of a policy is what ``policy_dsl.evaluate`` computes.
"""
