"""Repairs: changes to a spec that were tried and shown to remove a finding and to add none."""

from verifier.repairs.repair import Repair as Repair
from verifier.repairs.repair import RepairKind as RepairKind
