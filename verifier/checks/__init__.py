"""The checks: one law a file. ``verifier.registry`` lists them in order."""
