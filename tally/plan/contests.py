"""From the plan of a contest to the contest that is voted on (SPEC §4.1).

Marks, limits and the meaning of an untouched row follow from kind, scale and rule set; nobody types them.
"""

from collections.abc import Mapping
from typing import Final

from ballots.contest import (
    NO_WRITE_INS,
    At,
    Capture,
    Contest,
    Kind,
    Limit,
    Row,
    RulesRef,
    Stage,
    Title,
    WriteIns,
    WriteInWay,
    make_contest,
    smallest_minimum,
)
from tally.decide.engine import check_fit
from tally.decide.quota import quota_of
from tally.plan.contest_plan import ContestPlan
from tally.plan.evaluators import classes_and_cells, refuse_without_category
from tally.plan.name_lists import ordered_rows
from tally.plan.problems import Problems, shown
from tally.plan.renomination import refuse_barred
from tally.plan.scales import ABSTAIN, AGREE, APPROVE, CHOSEN, DISAPPROVE, NOT_CHOSEN, SCALES
from tally.plan.session_plan import SessionPlan
from tally.roll.person import Roll
from tally.rules.election import ElectionRules
from tally.rules.evaluation import EvaluationRules
from tally.rules.ruleset import RuleSet
from tally.rules.ticket_vote import TicketRules
from voting_core.codec import canonical
from voting_core.errors import VerificationError
from voting_core.framing import digest
from voting_core.params import MAX_ENTRY_BYTES, Tag

# The entry adds session, signatures and keys of at most 32 signers to the contest.
_MAX_CONTEST_BYTES: Final = MAX_ENTRY_BYTES - 16 * 1024

_OUT: Final = "Name one that is in force, or adopt the county's own with plenum rules copy"

_BODIES: Final = {
    "committee_member": "committee members",
    "alternate_member": "alternate committee members",
    "discipline_member": "discipline commission members",
    "standing_member": "standing committee members",
    "secretary": "the secretary",
    "deputy_secretary": "deputy secretaries",
    "higher_congress_delegate": "delegates to the higher congress",
}


def contests(plan: SessionPlan, rule_sets: Mapping[str, RuleSet], *, waiver: bool = False) -> tuple[Contest, ...]:
    """Give the contests of a plan, slot by slot in the order of the file.

    With `waiver` every cell is decrypted however small it is; such a contest needs the signatures of Q scrutineers
    (SPEC §8.4).

    Raises:
        InputErrors: for each contest whose rule set is not known or that breaks the bounds of SPEC §4.
    """
    problems = Problems()
    found = gather_contests(plan, rule_sets, problems, waiver=waiver)
    problems.refuse()
    return found


def gather_contests(
    plan: SessionPlan, rule_sets: Mapping[str, RuleSet], problems: Problems, *, waiver: bool = False
) -> tuple[Contest, ...]:
    """Give those contests that can be held, with every problem of the others noted."""
    refuse_barred(plan.contests, plan.info.id, plan.earlier, rule_sets, problems)
    found = [
        contest
        for slot, contest_plan in enumerate(plan.contests)
        if (contest := _checked(contest_plan, slot, rule_sets, plan, waiver, problems)) is not None
    ]
    # Once for each method, however many contests it decides.
    for name in sorted({contest.rules.id for contest in found}):
        refuse_without_category(rule_sets[name], plan.roll, problems)
    return tuple(found)


def refuse_paper(plan: SessionPlan) -> None:
    """Refuse contests that are counted by hand, for programs that play only what kiosks do.

    Raises:
        InputErrors: naming each of them.
    """
    problems = Problems()
    for contest in plan.contests:
        if contest.capture is Capture.HAND:
            problems.add(f"{contest.place}, key capture", "paper is not played here, only kiosks are", "Remove the key")
    problems.refuse()


def marks_of(plan: ContestPlan) -> tuple[str, ...]:
    """The marks of a contest, in the order of buttons and counts."""
    if plan.kind in (Kind.ELECTION, Kind.MOTION):
        return (APPROVE, DISAPPROVE, ABSTAIN)
    if plan.kind is Kind.TICKET_VOTE:
        return (AGREE, DISAPPROVE, ABSTAIN)
    if plan.kind is Kind.QUESTIONNAIRE:
        return (CHOSEN, NOT_CHOSEN)
    return SCALES[plan.scale]


def rules_ref(rules: RuleSet) -> RulesRef:
    """The reference to a rule set that binds its content (SPEC §8.4)."""
    return RulesRef(rules.id, digest(Tag.RULES, canonical(rules.to_json())))


def _checked(
    plan: ContestPlan,
    slot: int,
    rule_sets: Mapping[str, RuleSet],
    session: SessionPlan,
    waiver: bool,
    problems: Problems,
) -> Contest | None:
    day, roll = session.info.date, session.roll
    place = f"{plan.place}, key rule_set"
    rules = rule_sets.get(plan.rule_set)
    if rules is None:
        problems.add(place, f"{shown(plan.rule_set)} is not known", f"Write one of {', '.join(sorted(rule_sets))}")
        return None
    if plan.kind.value not in rules.decides:
        kinds = ", ".join(rules.decides)
        problems.add(
            place, f"{shown(rules.id)} decides {kinds}, not {plan.kind.value}", "Name a rule set for this kind"
        )
        return None
    if isinstance(rules.family, EvaluationRules) and rules.family.marks != marks_of(plan):
        scale = shown(rules.family.scale)
        problems.add(place, f"{shown(rules.id)} counts the scale {scale}", f"Write scale = {scale} or another rule set")
        return None
    if rules.adopted_by and not rules.in_force(day):
        # A packaged set that was superseded is still copied by local methods; officials are told, and decide.
        since, until = rules.effective_from or "…", rules.effective_until or "…"
        problems.add(place, f"{shown(rules.id)} is in force from {since} to {until}, and the session is on {day}", _OUT)
        return None
    before = problems.count
    _check_quota(plan, rules, problems)
    rows = _rows(plan, rules, problems)
    if problems.count != before:
        return None
    try:
        contest = _contest(plan, slot, rules, roll, waiver, *rows)
        check_fit(contest, rules)
    except VerificationError as error:
        problems.add(plan.place, error.message, "Correct the contest or its table")
        return None
    size = len(canonical(contest.to_json()))
    if size > _MAX_CONTEST_BYTES:
        remedy = "Leave out columns that delegates need not see"
        problems.add(plan.place, f"its table makes an entry of {size} bytes, at most {_MAX_CONTEST_BYTES} fit", remedy)
    return contest


def _contest(
    plan: ContestPlan,
    slot: int,
    rules: RuleSet,
    roll: Roll,
    waiver: bool,
    rows: tuple[Row, ...],
    order: tuple[str, ...],
) -> Contest:
    # A ticket vote has its buttons in the order of the rule set.
    marks = rules.family.options if isinstance(rules.family, TicketRules) else marks_of(plan)
    classes, cells = classes_and_cells(rules, roll)
    return make_contest(
        id=plan.id,
        kind=plan.kind,
        stage=plan.stage,
        title=Title(en=plan.title_en or _english_title(plan), zh=plan.title),
        slot=slot,
        body=plan.body,
        purpose=plan.purpose,
        seats=plan.seats,
        rows=rows,
        order=order,
        write_ins=_write_ins(plan, rules),
        marks=marks,
        limits=_limits(plan, rules, marks),
        blank=rules.blank_mark_means,
        rules=rules_ref(rules),
        classes=classes,
        cells=cells,
        minimum=_minimum(plan, rules, waiver),
        waiver=waiver,
        capture=plan.capture,
    )


def _rows(plan: ContestPlan, rules: RuleSet, problems: Problems) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """The rows as displayed, and their ids in the order of names."""
    if plan.kind is Kind.MOTION:
        return (Row(plan.rows[0].number, plan.title, ()),), (plan.rows[0].number,)
    return ordered_rows(plan, rules.family, problems)


def _write_ins(plan: ContestPlan, rules: RuleSet) -> WriteIns:
    """How persons are written in: as the file says, otherwise on paper where the rules let them be."""
    if plan.write_ins is not None:
        return plan.write_ins
    allowed = isinstance(rules.family, ElectionRules) and rules.family.write_in is not None
    if not allowed or plan.stage is Stage.RUNOFF:
        return NO_WRITE_INS
    return WriteIns(WriteInWay.PAPER if plan.capture is Capture.HAND else WriteInWay.SLIPS)


def _limits(plan: ContestPlan, rules: RuleSet, marks: tuple[str, ...]) -> tuple[Limit, ...]:
    limits: list[Limit] = []
    if plan.kind is Kind.ELECTION:
        limits.append(Limit(At.MOST, plan.seats, APPROVE))
    if plan.kind is Kind.ASSESSMENT:
        # The quota is on the best grade and rounded down, so that it is never exceeded.
        numerator, denominator = _quota(rules) or (plan.quota_percent, 100)
        limits.append(Limit(At.MOST, quota_of(len(plan.rows), numerator, denominator), marks[0]))
    if plan.at_most:
        limits.append(Limit(At.MOST, plan.at_most, CHOSEN))
    if plan.at_least:
        limits.append(Limit(At.LEAST, plan.at_least, CHOSEN))
    return tuple(limits)


def _quota(rules: RuleSet) -> tuple[int, int] | None:
    """The quota of the rule set's selection, which is also that of every ballot."""
    selection = rules.family.selection if isinstance(rules.family, EvaluationRules) else None
    return None if selection is None else selection.quota


def _check_quota(plan: ContestPlan, rules: RuleSet, problems: Problems) -> None:
    """An assessment has one quota: of the rule set, or of the file; both may say it only if they say the same."""
    if plan.kind is not Kind.ASSESSMENT:
        return
    place, quota = f"{plan.place}, key quota_percent", _quota(rules)
    if quota is None and not plan.quota_percent:
        problems.add(place, f"is missing, and {rules.id} has no quota", "Write the limit on the best grade in percent")
    if quota is not None and plan.quota_percent and plan.quota_percent * quota[1] != 100 * quota[0]:
        own = f"{quota[0]}/{quota[1]}"
        problem = f"{plan.quota_percent} percent is not the {own} of {rules.id}"
        problems.add(place, problem, "Remove the key, or name a rule set with this quota")


def _minimum(plan: ContestPlan, rules: RuleSet, waiver: bool) -> int:
    if waiver:
        return 1
    smallest = rules.family.smallest_cell if isinstance(rules.family, EvaluationRules) else 1
    return max(smallest, smallest_minimum(plan.kind))


def _english_title(plan: ContestPlan) -> str:
    words = plan.id.replace("-", " ")
    match plan.kind:
        case Kind.ELECTION:
            who = f"Election of {_BODIES[plan.body]}" if plan.body in _BODIES else f"Election: {words}"
            return f"{who} ({plan.seats} {'seat' if plan.seats == 1 else 'seats'})"
        case Kind.TICKET_VOTE:
            return f"Ticket vote: {words}" + (f" ({plan.purpose.value})" if plan.purpose.value else "")
        case Kind.MOTION:
            return f"Motion: {words}"
        case Kind.EVALUATION:
            return f"Evaluation: {words}"
        case Kind.ASSESSMENT:
            return f"Assessment: {words}"
        case Kind.QUESTIONNAIRE:
            return f"Questionnaire: {words}"
