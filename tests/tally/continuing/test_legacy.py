from dataclasses import replace

from ballots.contest import Capture, WriteIns, WriteInWay
from tally.continuing.legacy import alternates_of, failed_of, trust_of
from tally.decide.evaluation import RowEvaluation
from tally.entries.contests import Box
from tally.entries.sheets import CountEntered, WriteIn
from tally.plan import SessionPlan
from tally.roll.earlier import Earlier, EarlierTrust, FailedNominee, Nominee
from tally.roll.succession import Alternate
from tally.state import State
from tests.tally.continuing.held import held, read_held

MAYOR = Nominee("蔡玉", "石桥镇 镇长", "女")
OLD = Earlier(
    id="s-1",
    title="上次",
    date="2025-12-08",
    session="",
    fingerprint="",
    record="",
    alternates=(Alternate("9", "丁一", 7, "s-1", ""),),
    failed=(FailedNominee(MAYOR, 1, ("s-1",), ""), FailedNominee(Nominee("赵九", "局长"), 2, ("s-0", "s-1"), "")),
    trust=(EarlierTrust("丁一", "trust", "s-1", RowEvaluation("9", (), 0, 0, ())),),
)


def with_earlier(earlier: Earlier = OLD) -> SessionPlan:
    return replace(read_held(), earlier=earlier)


def without(contest: str) -> State:
    state = held().state
    return replace(state, contests=state.contests.delete(contest))


def test_alternates_come_by_votes_and_then_by_strokes() -> None:
    found = alternates_of(held().state, with_earlier())
    assert [(one.number, one.name, one.votes, one.session) for one in found] == [
        ("3", "杨光", 9, "s-2"),
        ("2", "王海", 8, "s-2"),
        ("1", "李娟", 8, "s-2"),
    ]


def test_without_an_election_the_earlier_alternates_stay() -> None:
    assert alternates_of(without("alternates"), with_earlier()) == OLD.alternates
    assert alternates_of(without("alternates"), read_held()) == ()


def test_an_election_of_others_elects_no_alternates() -> None:
    state = held().state
    contest = state.contest("alternates")
    definition = replace(contest.contest, body="committee_member")
    changed = replace(state, contests=state.contests.set("alternates", replace(contest, contest=definition)))
    assert alternates_of(changed, with_earlier()) == OLD.alternates


def test_a_person_written_in_has_the_votes_of_the_sheet() -> None:
    state = held().state
    contest = state.contest("alternates")
    definition = replace(contest.contest, capture=Capture.HAND, write_ins=WriteIns(WriteInWay.PAPER))
    sheet = CountEntered(
        contest="alternates",
        box="一",
        sheet="1",
        replaces="",
        issued=9,
        returned=9,
        invalid=0,
        void_reasons=(),
        item_invalid=(0, 0, 0, 0),
        counts=((8, 1, 0), (0, 9, 0), (0, 9, 0), (0, 9, 0)),
        write_ins=(WriteIn("赵甲", 7),),
    )
    assert contest.attendance is not None
    attendance = replace(contest.attendance, boxes=(Box("一", 9),))
    sheets = contest.sheets.with_sheet(sheet)
    on_paper = replace(contest, contest=definition, attendance=attendance, sheets=sheets)
    changed = replace(state, contests=state.contests.set("alternates", on_paper))
    first, second = alternates_of(changed, read_held())
    assert first.votes == 8
    assert (second.number, second.name, second.votes) == ("write_in/赵甲", "赵甲", 7)


def test_failures_are_added_up() -> None:
    (one,) = failed_of(held().state, read_held())
    assert (one.nominee, one.times, one.sessions) == (MAYOR, 1, ("s-2",))
    found = failed_of(held().state, with_earlier())
    assert [(one.nominee.name, one.times, one.sessions) for one in found] == [
        ("蔡玉", 2, ("s-1", "s-2")),
        ("赵九", 2, ("s-0", "s-1")),
    ]


def test_a_session_counts_once() -> None:
    again = with_earlier(replace(OLD, failed=failed_of(held().state, with_earlier())))
    assert failed_of(held().state, again) == again.earlier.failed  # type: ignore[union-attr]


def test_trust_is_that_of_the_last_evaluation() -> None:
    one, other = trust_of(held().state, with_earlier())
    assert (one.name, one.contest, one.session) == ("李娟", "trust", "s-2")
    rates = [(rate.id, rate.numerator, rate.denominator) for rate in one.evaluation.rates]
    assert rates == [("rate_trust", 6, 9), ("rate_trust_or_basic", 9, 9), ("rate_distrust", 0, 9)]
    assert (other.evaluation.weighted, other.evaluation.weighing) == (0, 6)
    assert trust_of(without("trust"), with_earlier()) == OLD.trust
    assert trust_of(without("trust"), read_held()) == ()


def test_a_contest_that_is_not_decided_leaves_nothing() -> None:
    state = held().state
    contests = state.contests
    for name in ("alternates", "mayors", "trust"):
        contests = contests.set(name, replace(contests[name], outcome=None))
    undecided = replace(state, contests=contests)
    plan = read_held()
    assert alternates_of(undecided, plan) == failed_of(undecided, plan) == trust_of(undecided, plan) == ()
