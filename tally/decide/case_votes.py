"""Cases about votes other than elections and motions: quorum, ticket votes, and the rules around them."""

from __future__ import annotations

from tally.decide.attendance import Attendance, contradiction
from tally.decide.case_answer import Answer, void
from tally.decide.case_fields import Counts, box_over_issue, check_lines, read_counts, read_sitting
from tally.decide.case_file import Case, number, number_or
from tally.decide.case_sheets import named_body
from tally.decide.consultation import consult
from tally.decide.outcome import Results
from tally.decide.steps import Step, has_quorum, needed_step, quorum_steps, step
from tally.decide.surplus import max_candidates, min_candidates
from tally.decide.ticket_vote import (
    Nominee,
    decide_ticket_vote,
    may_nominate_again,
    recused_vote,
    renomination_step,
    without_recused,
)
from tally.rules.election import ElectionRules
from tally.rules.ruleset import RuleSet
from tally.rules.ticket_vote import Recusal, TicketRules
from voting_core.codec import Fields
from voting_core.errors import InputError


def quorum(case: Case) -> Answer:
    """Whether enough people are present."""
    rules, fields = case.rules(), case.input()
    should_attend, present = number(fields, "should_attend"), number(fields, "present")
    on_leave = number_or(fields, "on_leave", 0)
    fields.done()
    should_attend, present = _with_alternates(case, rules, should_attend, present)
    Attendance(should_attend, present, 0, 0).check()
    if present + on_leave > should_attend:
        contradiction(f"{present} are present and {on_leave} on leave, and only {should_attend} should attend")
    steps = quorum_steps(should_attend, present, rules)
    return {"can_hold": has_quorum(should_attend, present, rules)}, steps


def ticket_vote(case: Case) -> Answer:
    """A ticket vote from the counts of its lines."""
    rules, fields = case.rules(), case.input()
    family = ticket_family(rules)
    recused = number_or(fields, "recused_in_deliberation", 0)
    numbers = read_sitting(fields)
    nominees = tuple(_nominee(row, str(place)) for place, row in enumerate(fields.rows("nominees")))
    fields.done()
    check_lines(numbers.boxes, [(n.name, _counts(n)) for n in nominees])
    attendance = _after_deliberation(case, numbers.attendance, recused, rules, family)
    outcome = decide_ticket_vote(nominees, attendance, rules, family)
    blocked = box_over_issue(outcome.sitting, numbers.boxes)
    if blocked is not None:
        return blocked
    names = {nominee.id: nominee.name for nominee in nominees}
    if outcome.sitting.outcome == "void_revote":
        return void(outcome.sitting), outcome.steps
    result: Results = {
        **outcome.results(names.__getitem__),
        "ballots_in_order": outcome.sitting.ballots_in_order,
    }
    if not outcome.sitting.decides:
        result["outcome"] = outcome.sitting.outcome
    return result, outcome.steps


def recusal(case: Case) -> Answer:
    """Ballots and base when members left the deliberation."""
    rules, fields = case.rules(), case.input()
    family = ticket_family(rules)
    recused = number(fields, "recused_in_deliberation")
    vote = recused_vote(number(fields, "should_attend"), number(fields, "present"), recused, family)
    fields.done()
    votes = family.recusal is Recusal.VOTES
    zh = f"{recused} 人回避，审议后{'参加' if votes else '不参加'}表决"
    zh += f"，发出 {vote.ballots_to_issue} 票，基数 {vote.base}"
    en = f"{recused} left the deliberation and {'vote' if votes else 'do not vote'}: {vote.ballots_to_issue} ballots"
    steps = (
        step(rules, "recusal", zh, f"{en}, the base is {vote.base}"),
        needed_step(rules, "pass", family.passing, vote.base, vote.votes_needed),
    )
    result: Results = {
        "ballots_to_issue": vote.ballots_to_issue,
        "votes_needed": vote.votes_needed,
        "base": vote.base,
    }
    return result, steps


def renomination(case: Case) -> Answer:
    """Whether a failed nominee may come again for the same post, in the same meeting or not."""
    rules, fields = case.rules(), case.input()
    family = ticket_family(rules)
    failures = number(fields, "failures_same_post")
    same_meeting = fields.boolean("same_meeting") if fields.has("same_meeting") else False
    fields.done()
    may = may_nominate_again(failures, family, same_meeting=same_meeting)
    zh = f"同一职务未通过 {failures} 次，{'可以' if may else '不得'}再次提名"
    en = f"failed {failures} time(s) for the post: {'may' if may else 'may not'} be put forward again"
    return {"may_nominate_same_post": may}, (Step("renomination", zh, en), renomination_step(rules, family))


def consultation(case: Case) -> Answer:
    """A written consultation between plenums."""
    fields = case.input()
    record = consult(
        number(fields, "consulted_members"),
        number(fields, "consulted_alternates"),
        number(fields, "agree"),
        number(fields, "disagree"),
        number(fields, "no_reply"),
    )
    fields.done()
    report = {
        "agree": record.agree,
        "disagree": record.disagree,
        "no_reply": record.no_reply,
        "consulted": record.consulted,
    }
    zh = f"征求 {record.consulted} 人意见：同意 {record.agree}，不同意 {record.disagree}，未答复 {record.no_reply}"
    en = f"{record.consulted} consulted: {record.agree} agree, {record.disagree} disagree, {record.no_reply} no reply"
    steps = (Step("consultation", f"{zh}；不是表决，由常委会决定", f"{en}; no vote, the standing committee decides"),)
    return {"produces_decision": False, "decided_by_body": "standing_committee", "report": report}, steps


def surplus_rows(case: Case) -> Answer:
    """The smallest candidate lists, by the percentage of a row or by the line of the rule set for its body."""
    rows, steps = [], []
    for row in case.rows():
        seats = number(row, "seats")
        most = None
        if row.has("surplus_pct"):
            least = min_candidates(seats, number(row, "surplus_pct"))
        elif row.has("surplus_min"):
            least = min_candidates(seats, 0, number(row, "surplus_min"))
            most = seats + number(row, "surplus_max") if row.has("surplus_max") else None
        else:
            least, most = _by_rules(case, named_body(row.text("body") if row.has("body") else ""), seats)
        rows.append({"min_candidates": least, **({} if most is None else {"max_candidates": most})})
        zh = f"应选 {seats} 名，候选人不少于 {least} 名" + ("" if most is None else f"，不多于 {most} 名")
        en = f"{seats} seat(s): at least {least} candidates" + ("" if most is None else f", at most {most}")
        steps.append(Step("surplus", f"{zh}（差额进一法）", f"{en}, the surplus always rounded up"))
    return {"rows": rows}, tuple(steps)


def ticket_family(rules: RuleSet) -> TicketRules:
    """The ticket-vote parameters of a rule set."""
    if not isinstance(rules.family, TicketRules):
        raise InputError("rule_set", f"{rules.id} does not decide ticket votes", "Name one that does")
    return rules.family


def _by_rules(case: Case, body: str, seats: int) -> tuple[int, int | None]:
    """The smallest and largest list for a body by the rule set of a case."""
    rules = case.rules()
    line = rules.family.surplus_of(body) if isinstance(rules.family, ElectionRules) else None
    if line is None:
        raise InputError("rule_set", f'{rules.id} states no surplus for "{body}"', "Write surplus_pct in the row")
    return min_candidates(seats, line.percent, line.least), max_candidates(seats, line)


def _with_alternates(case: Case, rules: RuleSet, should_attend: int, present: int) -> tuple[int, int]:
    """The numbers with alternates where the rule set lets them vote; elsewhere they count nowhere."""
    given = case.fields.get("input")
    votes = isinstance(rules.family, TicketRules) and rules.family.alternates_vote
    if not votes or not isinstance(given, dict) or "alternates_present" not in given:
        return should_attend, present
    fields = Fields(given, "input")
    return should_attend + number(fields, "alternates_should_attend"), present + number(fields, "alternates_present")


def _after_deliberation(
    case: Case, attendance: Attendance, recused: int, rules: RuleSet, family: TicketRules
) -> Attendance:
    """Who votes and who is in the base, with the recused and the alternates as the rule set says."""
    should_attend, present = _with_alternates(case, rules, attendance.should_attend, attendance.present)
    people = without_recused(Attendance(should_attend, present, 0, 0), recused, family)
    if recused and attendance.issued > people.issued:
        contradiction(f"{attendance.issued} ballots were issued, and {people.issued} may vote")
    return Attendance(people.should_attend, people.present, attendance.issued, attendance.returned, attendance.invalid)


def _counts(nominee: Nominee) -> Counts:
    return nominee.agree, nominee.disapprove, nominee.abstain, nominee.item_invalid


def _nominee(row: Fields, identity: str) -> Nominee:
    nominee = Nominee(identity, row.text("name"), *read_counts(row))
    if row.has("post"):
        row.text("post")
    row.done()
    return nominee
