"""Contests, counts and rule sets in one line each, for the tests of the rule engine."""

import json

from ballots.contest import (
    NO_WRITE_INS,
    Contest,
    Kind,
    Row,
    RulesRef,
    Stage,
    Title,
    WriteIns,
    WriteInWay,
    make_contest,
)
from tally.decide.attendance import Attendance
from tally.decide.election import decide_election
from tally.decide.election_sheet import Candidate, ElectionSheet
from tally.decide.ordering import stroke_places
from tally.decide.outcome import ElectionOutcome
from tally.rules.loader import load_rule_set, rule_set_from_json
from tally.rules.questionnaire import QUESTIONNAIRE_MARKS
from tally.rules.ruleset import RuleSet

MARKS = {
    Kind.ELECTION: ("approve", "disapprove", "abstain"),
    Kind.MOTION: ("approve", "disapprove", "abstain"),
    Kind.TICKET_VOTE: ("agree", "disapprove", "abstain"),
    Kind.EVALUATION: ("信任", "基本信任", "不信任", "弃权"),
    Kind.QUESTIONNAIRE: QUESTIONNAIRE_MARKS,
    Kind.ASSESSMENT: ("优秀", "称职", "基本称职", "不称职"),
}
BLANK = {Kind.EVALUATION: "弃权", Kind.ASSESSMENT: "", Kind.QUESTIONNAIRE: "not_chosen"}
ELECTION, TICKET, MOTION, TRUST = "election_local_2020", "ticket_2004", "resolution_default", "trust_default"


def a_contest(kind: Kind, names: str, **changes: object) -> Contest:
    """A contest with rows named by the words of `names`; ids are r1, r2, …"""
    fields = {
        "id": "one",
        "kind": kind,
        "title": Title(en="One", zh="甲"),
        "slot": 0,
        "rows": tuple(Row(f"r{n}", name, ()) for n, name in enumerate(names.split(), start=1)),
        "marks": MARKS[kind],
        "rules": RulesRef("rules", bytes(32)),
        "classes": ("delegate",),
        "stage": Stage.FORMAL if kind is Kind.ELECTION else Stage.NONE,
        "seats": 1 if kind is Kind.ELECTION else 0,
        "blank": BLANK.get(kind, "abstain"),
        "write_ins": WriteIns(WriteInWay.WAIVED, "测试〔2026〕1号") if kind is Kind.ELECTION else NO_WRITE_INS,
    }
    return make_contest(**(fields | changes))


def meeting(should_attend: int, present: int, invalid: int = 0) -> Attendance:
    """Everybody present got a ballot and returned it."""
    return Attendance(should_attend, present, present, present, invalid)


def votes(valid: int, *approvals: int) -> tuple[tuple[int, int, int], ...]:
    """Rows with these approvals, the others disapproving."""
    return tuple((approve, valid - approve, 0) for approve in approvals)


def changed_rules(rule_set_id: str, **changes: object) -> RuleSet:
    """A packaged rule set with some fields replaced."""
    return rule_set_from_json({**json.loads(json.dumps(load_rule_set(rule_set_id).to_json())), **changes})


LOCAL = load_rule_set("election_local_2020")
FULL = meeting(300, 300)
NAMES = ("陈静", "王海", "李娟", "朱明", "孙强")


def elect(approvals, *, rules=LOCAL, attendance=FULL, names=NAMES, **fields) -> ElectionOutcome:
    """An election of two seats by these approvals, the others disapproving."""
    valid = attendance.valid
    candidates = tuple(
        Candidate(f"r{n}", name, votes, valid - votes, 0)
        for n, (name, votes) in enumerate(zip(names, approvals, strict=False), start=1)
    )
    sheet = ElectionSheet(candidates=candidates, **({"seats": 2} | fields))
    return decide_election(
        sheet, attendance, rules, rules.family, stroke_places(sheet.people, rules.family.naming.name_order)
    )
