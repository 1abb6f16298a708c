"""What organisers bring: `session.toml`, tables of people, and files of ballots. Bytes in, values out."""

from tally.plan.contests import contests
from tally.plan.problems import InputErrors
from tally.plan.session_plan import SessionPlan, read_plan

__all__ = ["InputErrors", "SessionPlan", "contests", "read_plan"]
