"""``make bench``: measures, prints a page, and with ``--keep`` writes RESULTS.md."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from benchmarks import processes, synthetic
from benchmarks.memo import measure
from benchmarks.pairs import race
from benchmarks.results import page

RESULTS = Path(__file__).with_name("RESULTS.md")


def main() -> None:
    """Run every benchmark."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--keep", action="store_true", help=f"write {RESULTS.name}")
    parser.add_argument("--runs", type=int, default=5, metavar="N", help="runs for each median")
    parser.add_argument("--small", action="store_true", help="small policies, to try it out")
    options = parser.parse_args()
    if options.keep and options.small:
        parser.error("results of small policies are not kept")
    steps, splits, mixed = (3, 50, 100) if options.small else (10, 1000, 5000)
    policies = {
        "grid": synthetic.grid(steps),
        "splits": synthetic.splits(splits),
        "slanted": synthetic.slanted(splits),
        "mixed": synthetic.mixed(mixed),
    }
    _say("the memo ...")
    memo = measure(options.runs)
    races = []
    for name, text in policies.items():
        _say(f"{name} ...")
        races.append(race(name, text, min(options.runs, 3)))
    _say("processes ...")
    sizes = (3, 5) if options.small else (5, 10, 20)
    found = page(memo, races, [processes.measure(each) for each in sizes])
    print(found, end="")
    if options.keep:
        RESULTS.write_text(found, encoding="utf-8")


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
