"""How much property tests try: ``ci`` is quick and draws the same examples on every run, ``deep``
is for a long run by hand (``pytest --hypothesis-profile=deep -k brute_force``)."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

_SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)

settings.register_profile(
    "ci", derandomize=True, database=None, deadline=None, max_examples=50,
    suppress_health_check=_SLOW, print_blob=True,
)  # fmt: skip
settings.register_profile(
    "deep", deadline=None, max_examples=20_000, suppress_health_check=_SLOW, print_blob=True
)
settings.load_profile("ci")
