"""Several cases at once, under the same readings, in one solver."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from policy_dsl.model import Policy
from verifier.session import Encoding, Session
from verifier.solvers.backend import Backend, Term
from verifier.solvers.copies import Copy


@dataclass(frozen=True)
class Several:
    """A policy encoded once for each of several cases that share their readings.

    Each of ``members`` is a session about one of the cases: its terms may be mixed with those of
    the others, and after a question that was possible, its ``case`` is that case.
    """

    members: tuple[Session, ...]

    @staticmethod
    def of(
        policy: Policy,
        new_backend: Callable[[], Backend],
        labels: Sequence[str],
        differing: Collection[str] | None = None,
    ) -> Several:
        """Encode a policy as often as there are labels, which tell the copies apart. The cases
        are alike but for the facts in ``differing``, or may differ in all where it is None."""
        backend = new_backend()
        common = _common if differing is None else all_but(differing)
        copies = [Copy(backend, label, common) for label in labels]
        encodings = [Encoding.of(policy, copy) for copy in copies]
        return Several(tuple(Session(each, alone=False) for each in encodings))

    @staticmethod
    def of_readings(
        policy: Policy, new_backend: Callable[[], Backend], labels: Sequence[str]
    ) -> Several:
        """The same for one case that is read in several ways: all facts are shared, readings are
        not."""
        backend = new_backend()
        copies = [Copy(backend, label, _of_facts) for label in labels]
        encodings = [Encoding.of(policy, copy) for copy in copies]
        return Several(tuple(Session(each, alone=False) for each in encodings))

    def possible(self, assumptions: Sequence[Term]) -> bool:
        """Can the assumptions hold together in some such cases? Raises ``NotSettled``."""
        varying = [term for each in self.members for term in each.varying]
        return self.members[0].possible([*assumptions, *varying])


def _common(name: str) -> bool:
    """Readings are those of the text, which is the same for everybody."""
    return name.startswith("reading:")


def _of_facts(name: str) -> bool:
    return name.startswith(("fact:", "established:"))


def all_but(facts: Collection[str]) -> Callable[[str], bool]:
    """Which constants copies have in common that are about cases alike but for some facts: the
    other facts, and the readings."""

    def common(name: str) -> bool:
        kind, _, rest = name.partition(":")
        if kind in ("fact", "established"):
            return rest.partition("=")[0] not in facts
        return _common(name)

    return common
