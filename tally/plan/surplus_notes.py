"""Lists of candidates that are shorter or longer than the rules ask for: notes for officials, and never a refusal.

A formal election after a pre-selection may be of equal number, and whether one seat needs a surplus is the county's to
say, so that a list outside the bounds can be lawful. Nobody should find out in the hall.
"""

from collections.abc import Mapping, Sequence

from ballots.contest import Kind
from tally.decide.surplus import surplus_note
from tally.plan.contest_plan import ContestPlan
from tally.rules.election import ElectionRules
from tally.rules.ruleset import RuleSet


def surplus_notes(plans: Sequence[ContestPlan], rule_sets: Mapping[str, RuleSet]) -> tuple[str, ...]:
    """One note for each election whose list somebody should look at, in the order of the file."""
    notes = []
    for plan in plans:
        rules = rule_sets.get(plan.rule_set)
        if plan.kind is not Kind.ELECTION or rules is None or not isinstance(rules.family, ElectionRules):
            continue
        note = surplus_note(plan.stage.value, plan.body, plan.seats, len(plan.rows), rules.family)
        if note is not None and not note.fits:
            notes.append(f"{plan.title}：{note.zh}  {note.en}")
    return tuple(notes)
