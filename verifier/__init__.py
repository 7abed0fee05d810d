"""The checker: questions about a policy, the solver that answers them, findings and reports."""
