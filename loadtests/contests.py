"""The contests of a profile, with invented candidates and the rule set that a county would use."""

from typing import Final

from ballots.contest import (
    NO_WRITE_INS,
    At,
    Contest,
    Kind,
    Limit,
    Row,
    Stage,
    Title,
    WriteIns,
    WriteInWay,
    make_contest,
)
from loadtests.profiles import ContestShape, Profile
from tally.plan.contests import rules_ref
from tally.plan.evaluators import CLASS
from tally.plan.scales import ABSTAIN, APPROVE, DISAPPROVE, MOTION_ROW
from tally.rules.loader import load_rule_set
from tally.rules.ruleset import RuleSet
from voting_core.errors import InputError

RULES: Final = {Kind.ELECTION: "election_local_2020", Kind.MOTION: "resolution_default"}
"""The rule set of each kind that a profile may hold."""

NO_WRITE_INS_HERE: Final = "load test"
"""What stands where a county has the number of its decision to hold an election without write-ins."""

MARKS: Final = (APPROVE, DISAPPROVE, ABSTAIN)


def rule_sets(profile: Profile) -> tuple[RuleSet, ...]:
    """The rule sets that the contests of a profile need, each once.

    Raises:
        InputError: a contest is of a kind that load tests have no rule set for.
    """
    return tuple(load_rule_set(name) for name in dict.fromkeys(_rule_set(shape) for shape in profile.contests))


def contests_of(profile: Profile) -> tuple[Contest, ...]:
    """The contests of a profile, in slots 0, 1, 2…

    Raises:
        InputError: a contest is of a kind that load tests have no rule set for.
        VerificationError: a contest breaks a bound of SPEC §4.
    """
    return tuple(_contest(shape, slot) for slot, shape in enumerate(profile.contests))


def _contest(shape: ContestShape, slot: int) -> Contest:
    is_election = shape.kind is Kind.ELECTION
    return make_contest(
        id=shape.id,
        kind=shape.kind,
        stage=Stage.FORMAL if is_election else Stage.NONE,
        title=Title(en=shape.en, zh=shape.zh),
        slot=slot,
        body="committee_member" if is_election else "",
        seats=shape.approvals,
        rows=_rows(shape),
        marks=MARKS,
        limits=(Limit(At.MOST, shape.approvals, APPROVE),) if shape.approvals else (),
        blank=ABSTAIN,
        rules=rules_ref(load_rule_set(_rule_set(shape))),
        classes=(CLASS,),
        write_ins=WriteIns(WriteInWay.WAIVED, NO_WRITE_INS_HERE) if is_election else NO_WRITE_INS,
    )


def _rows(shape: ContestShape) -> tuple[Row, ...]:
    if shape.kind is Kind.MOTION:
        return (Row(MOTION_ROW, shape.zh),)
    return tuple(Row(f"{number:04}", f"候选人{number}") for number in range(1, shape.rows + 1))


def _rule_set(shape: ContestShape) -> str:
    name = RULES.get(shape.kind)
    if name is None:
        known = ", ".join(RULES)
        raise InputError(f"contest {shape.id}", f"load tests have no {shape.kind}", f"Use one of {known}")
    return name
