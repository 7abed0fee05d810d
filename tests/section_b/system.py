"""Section B of the memo as a developer might carry it out, and twelve slips in doing so.

``System`` says of a case, by its facts alone, what follows for the actions of section B, with the
text read as it is read first. Every other class makes one mistake.
"""

from __future__ import annotations

from collections.abc import Mapping

Facts = Mapping[str, object]

ACTIONS = ("detain", "release", "report_parole")

STATUSES = (
    "us_citizen",
    "us_national",
    "permanent_resident",
    "refugee",
    "asylee",
    "tps_holder",
    "other_valid_status",
)


class System:
    """The rules, each a method, as the memo has them."""

    def decide(self, facts: Facts) -> dict[str, str]:
        """What is said of each action: "must", "must not", "should", "should not" and "may", in
        this order, joined by commas; nothing where the memo is silent."""
        words: dict[str, list[str]] = {action: [] for action in ACTIONS}
        if facts["determination_pending"] and self.alien(facts):
            words["detain"].append("must")
        if self.flores(facts):
            words["release"].append("must")
        if self.unsafe(facts):
            words["release"].append("must not")
        if self.parole_policy(facts):
            words["release"].append("should")
        if self.barred(facts):
            words["release"].append("should not")
        if self.situations(facts) or self.capacity(facts):
            words["release"].append("may")
        if self.parole(facts) and self.exceptional(facts):
            words["report_parole"].append("must")
        return {action: ", ".join(said) for action, said in words.items()}

    # --- who it is about ---

    def alien(self, facts: Facts) -> bool:
        return facts["status"] not in ("us_citizen", "us_national")

    def held(self, facts: Facts) -> bool:
        return facts["custody"] == "s235b"

    def manner(self, facts: Facts) -> bool:
        return bool(facts["considered_individually"] and facts["release_accords"])

    # --- the six situations ---

    def removal(self, facts: Facts) -> bool:
        return self.alien(facts) and bool(facts["being_removed"])

    def relief(self, facts: Facts) -> bool:
        return self.alien(facts) and bool(facts["relief_order"])

    def status(self, facts: Facts) -> bool:
        return facts["determined_status"] in STATUSES

    def withdrawal(self, facts: Facts) -> bool:
        return (
            self.alien(facts)
            and bool(facts["withdraws_application"])
            and bool(facts["fod_consents_to_withdrawal"])
            and facts["departure"] == "at_once"
        )

    def required(self, facts: Facts) -> bool:
        sources = facts["release_required_by"]
        assert isinstance(sources, list | frozenset)
        return any(each in sources for each in ("statute", "flores", "other_settlement", "ordered"))

    def exceptional(self, facts: Facts) -> bool:
        return bool(facts["exigent"]) and not facts["approval_practicable"]

    def concurrence(self, facts: Facts) -> bool:
        return facts["concurrence"] == "written" or self.exceptional(facts)

    def parole(self, facts: Facts) -> bool:
        return (
            self.held(facts)
            and self.manner(facts)
            and self.alien(facts)
            and bool(facts["fod_authorizes_parole"])
            and self.concurrence(facts)
        )

    def arriving(self, facts: Facts) -> bool:
        return self.alien(facts) and facts["place"] == "port_of_entry"

    def no_risk(self, facts: Facts) -> bool:
        return facts["security_risk"] == "ruled_out" and facts["flight_risk"] == "ruled_out"

    def agrees(self, facts: Facts) -> bool:
        return bool(facts["agrees_to_conditions"])

    def credible_fear(self, facts: Facts) -> bool:
        return (
            self.arriving(facts)
            and bool(facts["expedited_removal"])
            and bool(facts["credible_fear"])
            and bool(facts["identity_established"])
            and self.no_risk(facts)
            and self.agrees(facts)
        )

    def grounds(self, facts: Facts) -> bool:
        """Situations that rest on neither request nor parole."""
        return (
            self.held(facts)
            and self.manner(facts)
            and (
                self.removal(facts)
                or self.relief(facts)
                or self.status(facts)
                or self.withdrawal(facts)
                or self.required(facts)
            )
        )

    def situations(self, facts: Facts) -> bool:
        fear = self.held(facts) and self.manner(facts) and self.credible_fear(facts)
        return self.grounds(facts) or self.parole(facts) or fear

    # --- what stands around them ---

    def barred(self, facts: Facts) -> bool:
        return self.alien(facts) and self.held(facts) and not self.situations(facts)

    def detained(self, facts: Facts) -> bool:
        return facts["custody"] != "not_detained"

    def capacity(self, facts: Facts) -> bool:
        return self.alien(facts) and self.detained(facts) and facts["space"] != "adequate"

    def covered(self, facts: Facts) -> bool:
        return self.arriving(facts) and self.held(facts) and bool(facts["credible_fear"])

    def parole_policy(self, facts: Facts) -> bool:
        replaced = facts["parole_policy_replaced"]
        calls = facts["parole_policy_calls_for_parole"]
        return self.covered(facts) and not replaced and bool(calls)

    def unsafe(self, facts: Facts) -> bool:
        risky = facts["danger"] != "ruled_out" or facts["flight_risk"] != "ruled_out"
        excused = self.grounds(facts) or self.required(facts)
        return self.covered(facts) and risky and not excused

    def flores(self, facts: Facts) -> bool:
        sources = facts["release_required_by"]
        assert isinstance(sources, list | frozenset)
        return bool(facts["child"]) and self.detained(facts) and "flores" in sources


class NoConcurrenceException(System):
    """Forgets that in exigent circumstances no concurrence is needed."""

    def concurrence(self, facts: Facts) -> bool:
        return facts["concurrence"] == "written"


class OralConcurrence(System):
    """Takes a concurrence that is not in writing for one."""

    def concurrence(self, facts: Facts) -> bool:
        return facts["concurrence"] in ("oral", "written") or self.exceptional(facts)


class ExigentIsEnough(System):
    """Does not ask whether approval could have been sought."""

    def exceptional(self, facts: Facts) -> bool:
        return bool(facts["exigent"])


class NoConsent(System):
    """Forgets the consent to the withdrawal."""

    def withdrawal(self, facts: Facts) -> bool:
        return super().withdrawal({**facts, "fod_consents_to_withdrawal": True})


class SoonIsAtOnce(System):
    """One step too far: a departure soon after the withdrawal counts."""

    def withdrawal(self, facts: Facts) -> bool:
        soon = facts["departure"] in ("soon", "at_once")
        return super().withdrawal({**facts, "departure": "at_once" if soon else "not_soon"})


class NoRefugees(System):
    """Leaves one status out of the list."""

    def status(self, facts: Facts) -> bool:
        return facts["determined_status"] != "refugee" and super().status(facts)


class NoSettlements(System):
    """Leaves settlements other than Flores out of what may require a release."""

    def required(self, facts: Facts) -> bool:
        sources = facts["release_required_by"]
        assert isinstance(sources, list | frozenset)
        return any(each in sources for each in ("statute", "flores", "ordered"))


class RiskNotFound(System):
    """Takes a security risk that is not resolved for one that is ruled out."""

    def no_risk(self, facts: Facts) -> bool:
        return facts["security_risk"] != "found" and facts["flight_risk"] == "ruled_out"


class NoConditions(System):
    """Does not ask whether the conditions of release are agreed to."""

    def agrees(self, facts: Facts) -> bool:
        del facts
        return True


class EitherManner(System):
    """Writes "or" for "and"."""

    def manner(self, facts: Facts) -> bool:
        return bool(facts["considered_individually"] or facts["release_accords"])


class NationalsAreAliens(System):
    """Overlooks that nationals are not aliens."""

    def alien(self, facts: Facts) -> bool:
        return facts["status"] != "us_citizen"


class ForgottenException(System):
    """Bars a release that is unsafe even where it is required."""

    def unsafe(self, facts: Facts) -> bool:
        risky = facts["danger"] != "ruled_out" or facts["flight_risk"] != "ruled_out"
        return self.covered(facts) and risky and not self.grounds(facts)


MISTAKES: tuple[type[System], ...] = (
    NoConcurrenceException,
    OralConcurrence,
    ExigentIsEnough,
    NoConsent,
    SoonIsAtOnce,
    NoRefugees,
    NoSettlements,
    RiskNotFound,
    NoConditions,
    EitherManner,
    NationalsAreAliens,
    ForgottenException,
)
