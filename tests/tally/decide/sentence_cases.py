"""Cases that make every sentence about elections, ticket votes and motions appear, each with what is said of it.

``sentences.txt`` has the answers. After a sentence was changed on purpose, run
``python -m tests.tally.decide.sentence_cases`` and read the difference before you commit it.
"""

from pathlib import Path

from tally.decide.cases import CaseResult, run_cases

SENTENCES = Path(__file__).with_name("sentences.txt")

LOCAL, PLENUM, TICKET = "election_local_2020", "election_local_plenum_2020", "ticket_2004"
SHORTFALL = ["second_vote_among_unelected", "reduce_seats", "leave_vacant"]
COMMITTEE = {"surplus": [{"body": "committee_member", "percent": 10, "least": 1, "most": 3}]}
WRITE_IN = {
    "allowed": True,
    "requires": "disapprove",
    "max": "per_disapproved_candidate",
    "unmarked": "abstain_item",
    "without_disapprove": "ignore_item",
}

RULE_SETS = {
    "reduce_by_presidium": {
        "inherits": LOCAL,
        "shortfall": {"options": SHORTFALL, "reduce_seats_needs": "presidium"},
    },
    "reduce_by_electors": {
        "inherits": LOCAL,
        "shortfall": {"options": SHORTFALL[1:2], "reduce_seats_needs": "half_of_electors"},
    },
    "presidium_decides": {"inherits": LOCAL, "tie_at_last_seat": "presidium_decides"},
    "run_off_by_threshold": {"inherits": LOCAL, "runoff_wins_by": "threshold"},
    "returned_by_present": {"inherits": LOCAL, "returned_must_be": "le_present"},
    "by_votes": {"inherits": LOCAL, "order_members": "votes_then_stroke", "order_alternates": "stroke"},
    "nobody_written_in": {"inherits": LOCAL, "write_in": {"allowed": False}},
    "two_thirds_elect": {"inherits": LOCAL, "elect": {"base": "present", "op": "ge", "frac": [2, 3]}},
    "bounded": {"inherits": LOCAL, **COMMITTEE},
    "one_seat_asks": {"inherits": LOCAL, **COMMITTEE, "surplus_single_seat": "ask"},
    "one_seat_required": {"inherits": LOCAL, **COMMITTEE, "surplus_single_seat": "required"},
    "one_seat_equal": {"inherits": LOCAL, **COMMITTEE, "surplus_single_seat": "equal_number"},
    "strict_ballots": {
        "inherits": LOCAL,
        "blank_ballot": "invalid",
        "write_in": {**WRITE_IN, "unmarked": "invalidate_ballot", "without_disapprove": "invalidate_ballot"},
    },
    "no_bar": {"inherits": TICKET, "renomination": {"second_try": "any_meeting", "after_two_failures": "nothing"}},
    "barred": {
        "inherits": TICKET,
        "renomination": {"second_try": "any_meeting", "after_two_failures": "barred_same_post"},
    },
    "no_second": {
        "inherits": TICKET,
        "renomination": {"second_try": "separate_meeting", "after_two_failures": "nothing"},
    },
    "one_third": {"inherits": TICKET, "pass": {"base": "present", "op": "gt", "frac": [1, 3]}},
    "two_thirds": {
        "inherits": "resolution_default",
        "pass": {"base": "present", "op": "ge", "frac": [2, 3]},
    },
}

MEETING = {"should_attend": 300, "present": 300, "issued": 300, "returned": 300, "invalid": 0}
PLENUM_MEETING = {"should_attend": 33, "present": 33, "issued": 33, "returned": 33, "invalid": 0}


def lines(valid: int, **approvals: int) -> list[dict[str, object]]:
    """Lines with these approvals, the others disapproving."""
    return [{"name": name, "approve": n, "disapprove": valid - n, "abstain": 0} for name, n in approvals.items()]


def election(seats: int, rules: str = LOCAL, body: str = "", stage: str = "", written=(), meeting=MEETING, **approvals):
    """An election of so many seats by these approvals."""
    valid = meeting["returned"] - meeting["invalid"]
    write_ins = [{"name": name, "approve": votes} for name, votes in written]
    fields = {**meeting, "seats": seats, "candidates": lines(valid, **approvals), "write_ins": write_ins}
    beside = {key: value for key, value in (("body", body), ("stage", stage)) if value}
    return {"kind": "election_tally", "rule_set": rules, "input": fields, **beside}


def sheets(seats: int, rules: str, meeting: dict[str, int], *ballots: dict[str, object]):
    """An election of two candidates by its ballots."""
    fields = {**meeting, "seats": seats, "candidates": ["王海", "李娟"], "ballots": list(ballots)}
    return {"kind": "election_ballots", "rule_set": rules, "input": {k: v for k, v in fields.items() if k != "invalid"}}


def ticket(rules: str = TICKET, meeting=PLENUM_MEETING, **agreeing):
    """A ticket vote by these numbers of agreement."""
    valid = meeting["returned"] - meeting["invalid"]
    nominees = [{"name": name, "agree": n, "disapprove": valid - n, "abstain": 0} for name, n in agreeing.items()]
    return {"kind": "ticket_vote", "rule_set": rules, "input": {**meeting, "nominees": nominees}}


def motion(approve: int, rules: str = "resolution_default", meeting=MEETING, abstain: int = 0):
    """A motion by so many who approve."""
    valid = meeting["returned"] - meeting["invalid"]
    marks = {"approve": approve, "disapprove": max(0, valid - approve - abstain), "abstain": abstain}
    return {"kind": "motion", "rule_set": rules, "input": {**meeting, **marks}}


def ballots_of_a_motion(approve: int, rules: str, meeting: dict[str, int]):
    """A motion on paper by so many who approve."""
    ballots = [{"marks": ["approve" if number < approve else "disapprove"]} for number in range(meeting["returned"])]
    fields = {**meeting, "rows": ["决议"], "ballots": ballots}
    return {"kind": "vote_ballots", "rule_set": rules, "input": {k: v for k, v in fields.items() if k != "invalid"}}


def people(should_attend: int, present: int, issued: int, returned: int, invalid: int = 0) -> dict[str, int]:
    """The numbers of a meeting."""
    return dict(zip(MEETING, (should_attend, present, issued, returned, invalid), strict=True))


TEN = people(10, 10, 10, 10)

CASES = {
    "some are elected, some not": election(2, 陈静=180, 王海=170, 李娟=151, 朱明=60, 孙强=10),
    "exactly the fraction is not more": election(1, 陈静=150, 王海=149),
    "exactly half of another fraction": election(2, "two_thirds_elect", 陈静=200, 王海=150),
    "a tie at the last seat": election(2, 陈静=200, 王海=180, 李娟=180),
    "a tie that the presidium decides": election(2, "presidium_decides", 陈静=200, 王海=180, 李娟=180),
    "a run-off": election(1, stage="runoff", 陈静=140, 王海=138),
    "a run-off that is tied again": election(1, stage="runoff", 陈静=140, 王海=140),
    "a run-off by threshold": election(1, "run_off_by_threshold", stage="runoff", 陈静=150, 王海=140),
    "a pre-selection": election(2, stage="preselection", 陈静=200, 王海=180, 李娟=20),
    "a further vote for missing seats": election(1, stage="supplementary", 陈静=200, 王海=90),
    "empty seats, all ways": election(3, "reduce_by_presidium", 陈静=200, 王海=149),
    "empty seats, by the electors": election(2, "reduce_by_electors", 陈静=200, 王海=149),
    "empty seats, by either": election(2, 陈静=200, 王海=149),
    "alternates": election(2, body="alternate_member", 陈静=200, 王海=190),
    "alternates by strokes, members by votes": election(2, "by_votes", "alternate_member", 陈静=200, 王海=190),
    "members by votes": election(2, "by_votes", "committee_member", 陈静=200, 王海=190),
    "an order approved above that nobody gave": election(2, PLENUM, meeting=PLENUM_MEETING, 陈静=30, 王海=20),
    "alternates of a plenum": election(1, PLENUM, "alternate_member", meeting=PLENUM_MEETING, 陈静=30, 王海=3),
    "a person written in is elected": election(1, written=[("赵敏", 160)], 陈静=100, 王海=20),
    "a person written in is not elected": election(1, written=[("赵敏", 30)], 陈静=200, 王海=20),
    "a character in doubt": election(2, 陈静=200, 尨海=190),
    "characters in doubt among the tied": election(2, "presidium_decides", 王海=200, 尨海=190, 厖明=190),
    "no quorum": election(1, meeting=people(300, 150, 150, 150), 陈静=150),
    "more ballots than issued": election(1, meeting=people(300, 291, 291, 292), 陈静=151, 李娟=20),
    "more ballots than people": election(1, "returned_by_present", meeting=people(300, 291, 295, 292), 陈静=250),
    "fewer ballots issued than people": election(1, meeting=people(300, 291, 290, 289, 2), 陈静=250),
    "a list that fits": election(2, "bounded", "committee_member", 陈静=200, 王海=190, 李娟=20),
    "a list that is short": election(2, "bounded", "committee_member", 陈静=200, 王海=190),
    "a list that is short before the pre-selection": election(
        2, "bounded", "committee_member", "preselection", 陈静=200, 王海=190
    ),
    "a list that is long": election(1, "bounded", "committee_member", 陈静=200, 王海=9, 李娟=8, 朱明=7, 孙强=6),
    "one seat, the county is asked": election(1, "one_seat_asks", "committee_member", 陈静=200),
    "one seat, a surplus is required": election(1, "one_seat_required", "committee_member", 陈静=200),
    "one seat, equal number": election(1, "one_seat_equal", "committee_member", 陈静=200),
    "ballots that are void": sheets(
        1,
        LOCAL,
        TEN,
        *({"marks": ["O", "X"]} for _ in range(3)),
        *({"marks": ["O", "O"]} for _ in range(2)),
        {"marks": ["?", "?"]},
        {"marks": ["O", "X"], "void": "foreign"},
        {"marks": ["O", "X"], "void": "marked"},
        {"marks": ["OX", "_"]},
        {"marks": ["X", "X"], "write_ins": [{"name": "赵敏", "mark": "O"}]},
    ),
    "ballots by strict rules": sheets(
        1,
        "strict_ballots",
        people(10, 6, 6, 6),
        *({"marks": ["O", "X"]} for _ in range(3)),
        {"marks": ["_", "_"]},
        {"marks": ["_", "_"], "write_ins": [{"name": "赵敏", "mark": "O"}]},
        {"marks": ["X", "_"], "write_ins": [{"name": "赵敏"}]},
    ),
    "an unknown symbol": sheets(1, LOCAL, people(10, 1, 1, 1), {"marks": ["V", "X"]}),
    "a sheet with a line too few": sheets(1, LOCAL, people(10, 1, 1, 1), {"marks": ["O"]}),
    "a person stands twice": election(1, written=[("赵敏", 1), ("赵敏", 1)], 陈静=200),
    "a printed candidate is written in": election(1, written=[("陈静", 1)], 陈静=200),
    "nobody can be written in": election(1, "nobody_written_in", written=[("赵敏", 1)], 陈静=200),
    "written in at a run-off": election(1, stage="runoff", written=[("赵敏", 1)], 陈静=200),
    "written in more often than there are ballots": election(1, written=[("赵敏", 301)], 陈静=0),
    "written in without disapproval": election(1, written=[("赵敏", 101)], 陈静=200),
    "more approvals than seats": election(1, 陈静=200, 王海=101),
    "no seat": election(0, 陈静=200),
    "a line that does not add up": {
        "kind": "election_tally",
        "rule_set": LOCAL,
        "input": {**MEETING, "seats": 1, "candidates": lines(299, 陈静=200)},
    },
    "more present than should attend": election(1, meeting=people(300, 301, 300, 300), 陈静=200),
    "nobody should attend": election(1, meeting=people(0, 0, 0, 0), 陈静=0),
    "more invalid than returned": motion(0, meeting=people(300, 300, 300, 10, 11)),
    "nominees pass and fail": ticket(王海=17, 李娟=16, 朱明=33),
    "exactly half of a committee": ticket(meeting=people(32, 30, 30, 30), 王海=16),
    "half of a committee is more than a third": ticket("one_third", people(33, 30, 30, 30), 王海=15, 李娟=10),
    "nominees who failed, nothing bars": ticket("no_bar", 王海=10),
    "nominees who failed, twice bars": ticket("barred", 王海=10),
    "nominees who failed, another meeting": ticket("no_second", 王海=10),
    "a ticket vote without a quorum": ticket(meeting=people(33, 21, 21, 21), 王海=21),
    "a void ticket vote": ticket(meeting=people(33, 28, 28, 29), 王海=29),
    "recusal beyond those present": {
        "kind": "recusal",
        "rule_set": TICKET,
        "input": {"should_attend": 33, "present": 30, "recused_in_deliberation": 31},
    },
    "a consultation that does not add up": {
        "kind": "consultation",
        "input": {"consulted_members": 33, "consulted_alternates": 7, "agree": 30, "disagree": 6, "no_reply": 5},
    },
    "a surplus of no seats": {"kind": "min_candidates", "rule_set": LOCAL, "rows": [{"seats": 0, "surplus_pct": 10}]},
    "a motion passes": motion(151, abstain=20),
    "a motion fails": motion(140),
    "a motion at exactly half": motion(150),
    "a motion at exactly half of another fraction": motion(100, "two_thirds", people(300, 200, 200, 200)),
    "a motion at exactly the fraction": motion(200, "two_thirds"),
    "a motion where no quorum is asked": motion(22, "discipline_constitution", PLENUM_MEETING),
    "a motion without a quorum": motion(150, meeting=people(300, 150, 150, 150)),
    "a void motion": motion(250, meeting=people(300, 291, 291, 292)),
    "ballots of a motion, exactly half": ballots_of_a_motion(5, "resolution_default", TEN),
    "ballots of a motion, exactly the fraction": ballots_of_a_motion(4, "two_thirds", people(10, 6, 6, 6)),
    "ballots of a motion, passed": ballots_of_a_motion(7, "resolution_default", TEN),
    "ballots of a motion, failed": ballots_of_a_motion(3, "resolution_default", TEN),
    "ballots of a motion without a quorum": ballots_of_a_motion(5, "resolution_default", people(10, 5, 5, 5)),
    "a quorum at exactly the fraction": {
        "kind": "quorum",
        "rule_set": "election_grassroots_2020",
        "input": {"should_attend": 80, "present": 64},
    },
    "a quorum at exactly half of another fraction": {
        "kind": "quorum",
        "rule_set": PLENUM,
        "input": {"should_attend": 32, "present": 16},
    },
}


def document() -> dict[str, object]:
    """The cases as a file has them."""
    return {"rule_sets": RULE_SETS, "cases": [{"id": identity, **case} for identity, case in CASES.items()]}


def block(result: CaseResult) -> str:
    """What is said of a case: why it is refused, or every step with its point, in Chinese and English."""
    said = [f"refused | {result.error}"] if result.error else []
    said += [f"{step.point} | {step.zh} | {step.en}" for step in result.steps]
    return "\n".join([f"# {result.id}", *said])


def main() -> None:
    """Write the answers again."""
    SENTENCES.write_text("\n\n".join(map(block, run_cases(document()))) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
