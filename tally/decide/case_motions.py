"""Cases about motions: resolutions and other votes on one question, from all their numbers or from a few.

A show of hands has no ballots, and an old minute book may tell only who should attend and how many agreed. What is
known is checked and used; what is not known is left out of the result.
"""

from __future__ import annotations

from typing import Final

from tally.decide.attendance import check_row, contradiction
from tally.decide.case_answer import Answer, void
from tally.decide.case_fields import ABSTAIN, APPROVE, DISAPPROVE, box_over_issue, read_sitting, votes
from tally.decide.case_file import Case, number, number_or
from tally.decide.motion import EXACT_HALF, verdict_step
from tally.decide.outcome import Results
from tally.decide.steps import (
    Sitting,
    Step,
    checks_steps,
    exact_steps,
    has_quorum,
    needed_step,
    open_sitting,
    quorum_steps,
)
from tally.rules.ruleset import RuleSet
from tally.rules.threshold import Base, Op, Ratio, Threshold
from voting_core.codec import Fields
from voting_core.errors import InputError

_HALF: Final = Ratio(Op.GE, 1, 2)
_BALLOTS: Final = ("issued", "returned", "boxes", "groups")


def motion(case: Case) -> Answer:
    """A vote on one question; a case with rows has many of them under one rule set."""
    if "rows" in case.fields and "input" not in case.fields:
        return threshold_rows(case)
    rules, fields = case.rules(), case.input()
    threshold = passing_threshold(rules)
    if any(fields.has(key) for key in _BALLOTS):
        return _by_ballot(fields, rules, threshold)
    return _by_hand(fields, rules, threshold)


def threshold_rows(case: Case) -> Answer:
    """Whether votes reach the threshold of a rule set, whatever the form of the vote.

    ``exact_half`` is in a row only where the rule says 半数以上 and its literal reading decided.
    """
    rules = case.rules()
    threshold = passing_threshold(rules)
    rows: list[Results] = []
    steps: list[Step] = []
    for row in case.rows():
        base = number(row, threshold.base.value)
        approve = votes(row, APPROVE)
        if base == 0 or approve > base:
            contradiction(f"{approve} votes of {base}")
        can_hold = not row.has("present") or _can_hold(row, rules)
        passed = approve >= threshold.ratio.needed(base)
        literal = threshold.ratio == _HALF and _HALF.is_exact(approve, base)
        rows.append({"passed": passed and can_hold, **({EXACT_HALF: True} if literal else {})})
        steps += _steps(rules, threshold, base, approve)
    return {"rows": rows}, tuple(steps)


def passing_threshold(rules: RuleSet) -> Threshold:
    """The threshold that a person or motion must reach."""
    if rules.passing is None:
        raise InputError("rule_set", f"{rules.id} has no threshold to pass", "Name one that decides a vote")
    return rules.passing


def _by_ballot(fields: Fields, rules: RuleSet, threshold: Threshold) -> Answer:
    numbers = read_sitting(fields)
    approve, disapprove, abstain = votes(fields, APPROVE), votes(fields, DISAPPROVE), votes(fields, ABSTAIN)
    lost = number_or(fields, "item_invalid", 0)
    fields.done()
    sitting = open_sitting(numbers.attendance, rules)
    check_row("the motion", (approve, disapprove, abstain), lost, numbers.attendance.valid)
    blocked = box_over_issue(sitting, numbers.boxes)
    if blocked is not None:
        return blocked
    if sitting.outcome == "void_revote":
        return void(sitting), sitting.steps
    result: Results = {"can_hold": sitting.can_hold, "ballots_in_order": True}
    base = numbers.attendance.base(threshold.base)
    result |= _decided(threshold, base, approve, may_decide=sitting.can_hold)
    if not sitting.can_hold:
        result["outcome"] = sitting.outcome
    return result, (*sitting.steps, *_steps(rules, threshold, base, approve, sitting))


def _by_hand(fields: Fields, rules: RuleSet, threshold: Threshold) -> Answer:
    """A vote without ballots: whoever is known to be present holds up a hand, or does not."""
    approve = votes(fields, APPROVE)
    others = votes(fields, DISAPPROVE, 0) + votes(fields, ABSTAIN, 0)
    base = number(fields, threshold.base.value)
    known = {key: number(fields, key) for key in (Base.SHOULD_ATTEND, Base.PRESENT, Base.VALID) if fields.has(key)}
    fields.done()
    most = min(known.get(Base.PRESENT, base), base, *known.values())
    if base == 0 or approve + others > most:
        contradiction(f"{approve + others} votes of {most}")
    should_attend, present = known.get(Base.SHOULD_ATTEND), known.get(Base.PRESENT)
    result: Results = {}
    steps: tuple[Step, ...] = ()
    can_hold = True
    if should_attend is not None and present is not None:
        if present > should_attend:
            contradiction(f"{present} are present, and only {should_attend} should attend")
        can_hold = has_quorum(should_attend, present, rules)
        result["can_hold"] = can_hold
        steps = quorum_steps(should_attend, present, rules)
    result |= _decided(threshold, base, approve, may_decide=can_hold)
    return result, (*steps, *_steps(rules, threshold, base, approve))


def _can_hold(row: Fields, rules: RuleSet) -> bool:
    should_attend, present = number(row, Base.SHOULD_ATTEND), number(row, Base.PRESENT)
    if present > should_attend:
        contradiction(f"{present} are present, and only {should_attend} should attend")
    return has_quorum(should_attend, present, rules)


def _decided(threshold: Threshold, base: int, approve: int, *, may_decide: bool) -> Results:
    needed = threshold.ratio.needed(base)
    exact_half = _HALF.is_exact(approve, base)
    result: Results = {
        "votes_needed": needed,
        "passed": may_decide and approve >= needed,
        EXACT_HALF: exact_half,
    }
    if exact_half and may_decide:
        result["manual_checks"] = [EXACT_HALF]
    return result


def _steps(
    rules: RuleSet, threshold: Threshold, base: int, approve: int, sitting: Sitting | None = None
) -> tuple[Step, ...]:
    needed = threshold.ratio.needed(base)
    first = needed_step(rules, "elect" if rules.article("elect") else "pass", threshold, base, needed)
    if sitting is not None and not sitting.decides:
        return (first,)
    exact = exact_steps("赞成", "there are", approve, threshold.ratio, base, reached=approve >= needed)
    checks = (EXACT_HALF,) if _HALF.is_exact(approve, base) else ()
    return (first, verdict_step(approve, needed), *exact, *checks_steps(checks))
