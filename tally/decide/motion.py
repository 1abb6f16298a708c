"""Motions: resolutions, confirmations, recalls; one row, one threshold."""

from __future__ import annotations

from typing import Final

from tally.decide.attendance import Attendance, check_row
from tally.decide.outcome import MotionOutcome
from tally.decide.steps import Step, checks_steps, exact_steps, open_sitting, threshold_step
from tally.rules.motion import MotionRules
from tally.rules.ruleset import RuleSet
from tally.rules.threshold import Op, Ratio

_HALF: Final = Ratio(Op.GE, 1, 2)
EXACT_HALF: Final = "exact_half"


def decide_motion(
    counts: tuple[int, int, int], attendance: Attendance, rules: RuleSet, family: MotionRules, item_invalid: int = 0
) -> MotionOutcome:
    """Decide a motion from approve, disapprove, abstain.

    Raises:
        VerificationError: V11.D, numbers that contradict each other.
    """
    sitting = open_sitting(attendance, rules)
    check_row("the motion", counts, item_invalid, attendance.valid)
    base = attendance.base(family.passing.base)
    needed = family.passing.ratio.needed(base)
    approve = counts[0]
    passes = approve >= needed
    passed = sitting.decides and passes
    steps = [*sitting.steps, threshold_step(rules, "pass", family.passing, attendance, needed)]
    exact_half = _HALF.is_exact(approve, base)
    checks = (EXACT_HALF,) if exact_half and sitting.decides else ()
    if sitting.decides:
        steps.append(verdict_step(approve, needed))
        steps += exact_steps("赞成", "there are", approve, family.passing.ratio, base, reached=passes)
        steps += checks_steps(checks)
    return MotionOutcome(
        sitting=sitting,
        votes_needed=needed,
        passed=passed,
        exact_half=exact_half,
        manual_checks=checks,
        steps=tuple(steps),
    )


def verdict_step(approve: int, needed: int) -> Step:
    """Whether a motion passed, and by how many votes it failed."""
    if approve >= needed:
        return Step("motion", f"赞成 {approve} 票，通过", f"{approve} approve: passed")
    short = needed - approve
    return Step("motion", f"赞成 {approve} 票，差 {short} 票，未通过", f"{approve} approve, {short} short: not passed")
