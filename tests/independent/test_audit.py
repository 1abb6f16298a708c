"""The product and the independent program sample alike (SPEC §7.9)."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from tally.audit.assertions import assertions_of
from tally.audit.bravo import Poll, expected_size, is_confirmed
from tally.audit.draw import draw
from tally.audit.papers import Totals
from tally.decide import decide
from tally.decide.attendance import Attendance
from tally.decide.outcome import ElectionOutcome
from tally.rules.loader import load_rule_set
from tests.independent import audit as independent
from tests.support.builders import small_contest

RULES = load_rule_set("election_local_2020")
PAPERS = 1500


@given(st.text("0123456789", min_size=20, max_size=40), st.integers(1, 5000), st.integers(0, 50))
def test_the_same_places_are_drawn(seed: str, papers: int, already: int) -> None:
    wanted = tuple(independent.draw(seed, papers, already + n) for n in (1, 2, 3))
    assert draw(seed, papers, 3, already) == wanted


@settings(max_examples=40)
@given(
    st.fractions(0, "0.95", max_denominator=2000),
    st.fractions(0, 1, max_denominator=2000),
    st.integers(0, 200),
    st.integers(0, 200),
    st.fractions("0.01", "0.5", max_denominator=100),
)
def test_the_same_samples_confirm_and_are_planned(
    null: Fraction, above: Fraction, for_it: int, against: int, limit: Fraction
) -> None:
    reported = null + (1 - null) * above
    if reported <= null:
        return
    poll = Poll(null, reported)
    assert is_confirmed(poll, for_it, against, limit) is independent.confirmed(null, reported, for_it, against, limit)
    planned, wanted = float(expected_size(poll, limit)), independent.size(null, reported, Fraction(1), limit)
    assert abs(planned - wanted) <= 1e-6 * wanted


@given(st.lists(st.integers(0, PAPERS), min_size=3, max_size=6))
def test_the_same_assertions_are_behind_an_election(votes: list[int]) -> None:
    seats = 2
    most = seats * PAPERS
    total = max(1, sum(votes))
    votes = [count * most // total for count in votes] if total > most else votes
    contest = small_contest(len(votes), seats=seats, at_most={"approve": seats}, blank="abstain")
    totals = Totals(PAPERS, tuple((count, PAPERS - count, 0) for count in votes))
    attendance = Attendance(should_attend=PAPERS, present=PAPERS, issued=PAPERS, returned=PAPERS, invalid=0)
    outcome = decide(contest, attendance, totals.counts, RULES)
    assert isinstance(outcome, ElectionOutcome)
    found = assertions_of(contest, totals, outcome)
    if outcome.runoff_candidates:
        assert found is None
        return
    elected = [contest.row_index(row_id) for row_id in outcome.elected_by_votes]
    wanted = independent.assertions(votes, outcome.votes_needed, PAPERS, elected)
    if wanted is None:
        assert found is None
        return
    assert found is not None
    assert [
        (one.row, one.reached, one.over, one.poll.null, one.poll.reported, one.poll.speaking) for one in found
    ] == wanted
