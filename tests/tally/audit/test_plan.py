from fractions import Fraction

from ballots.contest import Contest, Kind
from tally.audit.assertions import approving
from tally.audit.draw import draw
from tally.audit.papers import Totals
from tally.audit.plan import COUNT_ALL_BELOW, Plan, no_sample, plan_of
from tally.decide import decide
from tally.decide.attendance import Attendance
from tally.rules.loader import load_rule_set
from tests.support.builders import small_contest

MOTION = small_contest(1, kind=Kind.MOTION, blank="abstain")


def plan(papers: int, approve: int, limit: Fraction = Fraction(1, 20)) -> Plan:
    totals = Totals(papers, ((approve, papers - approve, 0),))
    attendance = Attendance(should_attend=papers, present=papers, issued=papers, returned=papers, invalid=0)
    outcome = decide(MOTION, attendance, totals.counts, load_rule_set("resolution_default"))
    return plan_of(MOTION, totals, outcome, limit)


def test_fewer_than_a_thousand_papers_are_counted_in_full() -> None:
    few = plan(COUNT_ALL_BELOW - 1, COUNT_ALL_BELOW - 1)
    assert (few.counts_all, few.why, few.size) == (True, "few", 0)
    many = plan(COUNT_ALL_BELOW, COUNT_ALL_BELOW)
    assert (many.counts_all, many.why) == (False, "")


def test_the_size_follows_margin_and_limit() -> None:
    assert [plan(10_000, approve).size for approve in (7000, 6000, 5500)] == [39, 154, 608]
    assert plan(10_000, 6000, Fraction(1, 10)).size == 119


def test_a_close_result_is_counted_in_full() -> None:
    close = plan(1_000, 501)
    assert (close.counts_all, close.why) == (True, "close")


def test_an_outcome_that_no_sample_confirms_is_counted_in_full() -> None:
    totals = Totals(2000, ((2000, 0, 0),))
    attendance = Attendance(should_attend=5000, present=2000, issued=2000, returned=2000, invalid=0)
    rules = load_rule_set("resolution_default")
    void = plan_of(MOTION, totals, decide(MOTION, attendance, totals.counts, rules))
    assert (void.counts_all, void.why) == (True, "exact")


def sampled(contest: Contest, pile: list[tuple[int, ...]], made: Plan, seed: str, draws: int) -> bool:
    sample = no_sample(made)
    for position in draw(seed, len(pile), draws):
        sample = sample.plus(made, pile[position - 1], approving(contest))
    assert sample.drawn == draws
    return not sample.open_assertions(made)


def test_a_right_result_is_confirmed_and_a_wrong_one_at_most_at_the_limit() -> None:
    """60 % are reported. A pile that says so confirms it within a few times the planned size; one in which half say so
    confirms it in about 1 in 20 draws: of 200 seeded ones in no more than 15."""
    made = plan(2_000, 1_200)
    right = [(0,)] * 1200 + [(1,)] * 800
    wrong = [(0,)] * 1000 + [(1,)] * 1000
    assert sampled(MOTION, right, made, "1" * 20, 4 * made.size)
    confirmed = sum(sampled(MOTION, wrong, made, f"{seed:020d}", made.size) for seed in range(200))
    assert confirmed <= 15


def test_a_paper_drawn_twice_counts_twice() -> None:
    made = plan(2_000, 1_200)
    once = no_sample(made).plus(made, (0,), 0)
    assert once.plus(made, (0,), 0) == no_sample(made).plus(made, (0,), 0, times=2)
