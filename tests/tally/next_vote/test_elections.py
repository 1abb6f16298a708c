"""Who stands in a further vote: all who were not elected, or those with most votes."""

from dataclasses import replace

import pytest

from ballots.contest import NO_WRITE_INS, At, Kind, Limit, Stage, WriteIns, WriteInWay
from tally.decide import decide
from tally.decide.election_sheet import WriteIn
from tally.next_vote.drafting import Taken
from tally.next_vote.elections import DecidedElection, formal, shortfall, tie, unelected
from tests.tally.decide.contests import LOCAL, a_contest, changed_rules, meeting, votes

PEOPLE = a_contest(Kind.ELECTION, "陈静 王海 李娟 朱明 孙强", seats=3)


def decided(*approvals, contest=PEOPLE, rules=LOCAL, written=()):
    outcome = decide(contest, meeting(300, 300), votes(300, *approvals), rules, write_ins=written)
    ids = [row.id for row in contest.rows]
    return DecidedElection(
        contest=contest,
        outcome=outcome,
        rules=rules,
        family=rules.family,
        approvals=dict(zip(ids, approvals, strict=True)),
    )


SHORT = decided(200, 140, 120, 130, 130)


@pytest.mark.parametrize(
    ("candidates", "ids"),
    [
        (None, ("r2", "r3", "r4", "r5")),
        (1, ("r2",)),
        (2, ("r2", "r4", "r5")),
        (3, ("r2", "r4", "r5")),
        (4, ("r2", "r3", "r4", "r5")),
        (9, ("r2", "r3", "r4", "r5")),
        (0, ("r2", "r3", "r4", "r5")),
    ],
)
def test_equal_votes_at_the_cut_stay_together(candidates, ids):
    assert unelected(SHORT, candidates) == ids
    further = shortfall(SHORT, Taken.by([PEOPLE]), candidates)[0]
    assert further.people == ids
    assert further.seats == min(2, len(ids))


TAKEN = Taken.by([PEOPLE])
RUN_OFF = ("one-runoff", 1, Stage.RUNOFF, 1, ("r3", "r4"), ("r3", "r4"), "甲（再次投票）", "One (run-off)")
OTHERS = ("r3", "r4", "r5")
FURTHER = (
    "supplementary",
    1,
    OTHERS,
    "shortfall",
    "应选 3 名，不足 1 名：就不足的名额另行选举",
    "1 of 3 seats are empty: a further vote among the unelected",
    ("one-further", 1, Stage.SUPPLEMENTARY, 1, OTHERS, OTHERS, "甲（另行选举）", "One (further vote)"),
)
VACANT = (
    "leave_vacant",
    1,
    (),
    "shortfall",
    "应选 3 名，不足 1 名：名额暂缺",
    "1 of 3 seats are empty: they stay vacant",
    None,
)


def fewer(who_zh, who_en):
    """The proposal to reduce the seats, by whom it says."""
    zh = f"应选 3 名，不足 1 名：接近应选名额的，经{who_zh}，减为 2 名"
    return (
        "reduce_seats",
        2,
        (),
        "shortfall",
        zh,
        f"1 of 3 seats are empty: if close, {who_en} may reduce them to 2",
        None,
    )


def said(proposals):
    """Everything that proposals say, with the parts of the contest that differ from the earlier one."""
    assert all(proposal.after == "one" for proposal in proposals)
    found = []
    for proposal in proposals:
        reason, made = proposal.reason, proposal.contest
        parts = None
        if made is not None:
            ids = tuple(row.id for row in made.rows)
            parts = (made.id, made.slot, made.stage, made.seats, made.order, ids, made.title.zh, made.title.en)
            assert (made.follows, made.limits) == ("one", (Limit(At.MOST, made.seats, "approve"),))
        words = (reason.point, reason.zh, reason.en)
        found.append((proposal.what.value, proposal.seats, proposal.people, *words, parts))
    return found


def test_a_tie_to_the_letter():
    tied = decided(200, 180, 160, 160, 10)
    zh, en = "李娟、朱明 票数相等，余 1 名", "李娟, 朱明 are tied for 1 seat(s)"
    run_off = (
        "runoff",
        1,
        ("r3", "r4"),
        "tie",
        f"{zh}：就票数相等者再次投票",
        f"{en}: a further vote among them alone",
    )
    presidium = ("presidium_decides", 1, ("r3", "r4"), "tie", f"{zh}：由大会主席团决定", f"{en}: the presidium decides")

    assert said(tie(tied, TAKEN)) == [(*run_off, RUN_OFF)]
    rules = changed_rules("election_local_2020", tie_at_last_seat="presidium_decides")
    assert said(tie(decided(200, 180, 160, 160, 10, rules=rules), TAKEN)) == [(*presidium, None)]
    again = replace(PEOPLE, stage=Stage.RUNOFF, write_ins=NO_WRITE_INS)
    assert said(tie(decided(200, 180, 160, 160, 10, contest=again), TAKEN)) == [(*run_off, RUN_OFF), (*presidium, None)]


@pytest.mark.parametrize(
    ("needs", "who"),
    [
        ("presidium", ("大会主席团决定", "the presidium")),
        ("half_of_electors", ("半数以上选举人同意", "half of the electors")),
        (
            "presidium_or_half_of_electors",
            ("大会主席团决定或者半数以上选举人同意", "the presidium or half of the electors"),
        ),
    ],
)
def test_empty_seats_to_the_letter(needs, who):
    options = ["second_vote_among_unelected", "reduce_seats", "leave_vacant"]
    rules = changed_rules("election_local_2020", shortfall={"options": options, "reduce_seats_needs": needs})
    short = decided(200, 180, 100, 100, 10, rules=rules)

    assert said(shortfall(short, TAKEN)) == [FURTHER, fewer(*who), VACANT]


def test_a_formal_election_to_the_letter():
    chosen = ("r1", "r2", "r5")

    assert said(formal(SHORT, ("r5", "r1", "r2"), TAKEN)) == [
        (
            "formal",
            3,
            chosen,
            "preselect",
            "预选产生正式候选人 3 名，经大会主席团确定后进行正式选举，可以等额",
            "3 formal candidates; the presidium confirms them, and the formal election may be of equal number",
            ("one-formal", 1, Stage.FORMAL, 3, chosen, chosen, "甲（正式选举）", "One (formal election)"),
        )
    ]


def test_nobody_elected_in_a_further_vote_may_leave_no_seat():
    further = replace(PEOPLE, stage=Stage.SUPPLEMENTARY)
    offers = shortfall(decided(100, 100, 100, 100, 100, contest=further), TAKEN)

    assert [(offer.what.value, offer.seats) for offer in offers] == [("supplementary", 3), ("reduce_seats", 0)]


def test_those_written_in_stand_by_their_names_and_are_displayed_last():
    paper = replace(PEOPLE, write_ins=WriteIns(WriteInWay.PAPER))
    found = decided(200, 180, 100, 20, 10, contest=paper, written=(WriteIn("丁海", 160),))
    (proposal,) = formal(found, ("write_in/丁海", "r2", "r1"), TAKEN)

    assert [(row.id, row.name) for row in proposal.contest.rows] == [
        ("r1", "陈静"),
        ("r2", "王海"),
        ("write_in/丁海", "丁海"),
    ]
    assert proposal.contest.order == ("write_in/丁海", "r1", "r2") == proposal.people
    assert found.names(["r2", "write_in/丁海"]) == ["王海", "丁海"]


def test_nobody_with_votes_is_still_somebody():
    assert unelected(decided(200, 0, 0, 130, 0), 0) == unelected(decided(200, 0, 0, 130, 0)) == ("r2", "r3", "r4", "r5")
    assert unelected(decided(200, 0, 0, 130, 0), 1) == ("r4",)


@pytest.mark.parametrize(
    ("name_order", "order"),
    [("surname_strokes", ("write_in/田富", "r1")), ("full_name_strokes", ("r1", "write_in/田富"))],
)
def test_those_written_in_stand_by_the_name_order_of_the_rule_set(name_order, order):
    rules = changed_rules("election_local_2020", name_order=name_order)
    contest = a_contest(Kind.ELECTION, "田大利", seats=2, write_ins=WriteIns(WriteInWay.PAPER))
    found = decided(140, contest=contest, rules=rules, written=(WriteIn("田富", 160),))

    assert found.in_order(["r1", "write_in/田富"]) == order


def test_without_a_tie_or_empty_seats_there_is_nothing():
    full = decided(200, 190, 180, 20, 20)

    assert tie(full, Taken.by([PEOPLE])) == shortfall(full, Taken.by([PEOPLE])) == ()


def test_a_formal_election_needs_all_its_places():
    assert formal(SHORT, ("r1", "r2"), Taken.by([PEOPLE])) == ()
    (proposal,) = formal(SHORT, ("r1", "r5", "r2"), Taken.by([PEOPLE]))
    assert [row.id for row in proposal.contest.rows] == ["r1", "r2", "r5"]
