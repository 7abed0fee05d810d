"""What a change of a policy does to outcomes."""
