"""Cases about votes other than elections: quorum, ticket votes, thresholds, and the rules around them."""

from __future__ import annotations

from tally.decide.attendance import Attendance, contradiction
from tally.decide.case_answer import Answer, read_attendance, void
from tally.decide.case_file import Case, number, number_or
from tally.decide.consultation import consult
from tally.decide.steps import has_quorum
from tally.decide.surplus import min_candidates
from tally.decide.ticket_vote import Nominee, decide_ticket_vote, may_nominate_again, recused_vote
from tally.rules.ruleset import RuleSet
from tally.rules.threshold import Threshold
from tally.rules.ticket_vote import TicketRules
from voting_core.codec import Fields
from voting_core.errors import InputError


def quorum(case: Case) -> Answer:
    """Whether enough people are present."""
    rules, fields = case.rules(), case.input()
    attendance = Attendance(number(fields, "should_attend"), number(fields, "present"), 0, 0)
    fields.done()
    attendance.check()
    return {"can_hold": has_quorum(attendance.should_attend, attendance.present, rules)}, ()


def ticket_vote(case: Case) -> Answer:
    """A ticket vote from the counts of its lines."""
    rules, fields = case.rules(), case.input()
    family = ticket_family(rules)
    attendance = read_attendance(fields)
    nominees = tuple(_nominee(row, str(place)) for place, row in enumerate(fields.rows("nominees")))
    fields.done()
    outcome = decide_ticket_vote(nominees, attendance, rules, family)
    names = {nominee.id: nominee.name for nominee in nominees}
    if outcome.sitting.outcome == "void_revote":
        return void(outcome.sitting), outcome.steps
    return {**outcome.results(names.__getitem__), "ballots_in_order": outcome.sitting.ballots_in_order}, outcome.steps


def recusal(case: Case) -> Answer:
    """Ballots and base when members left the deliberation."""
    family, fields = ticket_family(case.rules()), case.input()
    vote = recused_vote(
        number(fields, "should_attend"), number(fields, "present"), number(fields, "recused_in_deliberation"), family
    )
    fields.done()
    return {"ballots_to_issue": vote.ballots_to_issue, "votes_needed": vote.votes_needed, "base": vote.base}, ()


def renomination(case: Case) -> Answer:
    """Whether a failed nominee may come again for the same post."""
    family, fields = ticket_family(case.rules()), case.input()
    may = may_nominate_again(number(fields, "failures_same_post"), family)
    fields.done()
    return {"may_nominate_same_post": may}, ()


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
    return {"produces_decision": False, "decided_by_body": "standing_committee", "report": report}, ()


def surplus_rows(case: Case) -> Answer:
    """The smallest candidate lists."""
    return {
        "rows": [
            {"min_candidates": min_candidates(number(row, "seats"), number(row, "surplus_pct"))} for row in case.rows()
        ]
    }, ()


def threshold_rows(case: Case) -> Answer:
    """Whether votes reach the threshold of a rule set, whatever the form of the vote."""
    threshold = passing_threshold(case.rules())
    rows = []
    for row in case.rows():
        base = number(row, threshold.base.value)
        votes = number(row, "approve" if row.has("approve") else "agree")
        if base == 0 or votes > base:
            contradiction(f"{votes} votes of {base}")
        rows.append({"passed": votes >= threshold.ratio.needed(base)})
    return {"rows": rows}, ()


def passing_threshold(rules: RuleSet) -> Threshold:
    """The threshold that a person or motion must reach."""
    if rules.passing is None:
        raise InputError("rule_set", f"{rules.id} has no threshold to pass", "Name one that decides a vote")
    return rules.passing


def ticket_family(rules: RuleSet) -> TicketRules:
    """The ticket-vote parameters of a rule set."""
    if not isinstance(rules.family, TicketRules):
        raise InputError("rule_set", f"{rules.id} does not decide ticket votes", "Name one that does")
    return rules.family


def _nominee(row: Fields, identity: str) -> Nominee:
    nominee = Nominee(
        identity,
        row.text("name"),
        number(row, "agree"),
        number(row, "disapprove"),
        number(row, "abstain"),
        number_or(row, "item_invalid", 0),
    )
    if row.has("post"):
        row.text("post")
    row.done()
    return nominee
