"""From counts and a rule set to an outcome (SPEC §9.7)."""

from tally.decide.engine import Attendance, Outcome, decide

__all__ = ["Attendance", "Outcome", "decide"]
