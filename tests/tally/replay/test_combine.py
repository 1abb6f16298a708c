"""From shares to counts (SPEC §9.6)."""

from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from immutables import Map

from tally.replay.combine import check_cells, counted_cells, decrypt_cells
from tally.state import CellSum, ContestState, Share, State
from tests.support.session import Cards, SessionBuilder
from tests.tally.replay.conftest import At
from voting_core.elgamal import Ciphertext
from voting_core.errors import VerificationError
from voting_core.group import BASE, base_mul


def code_of(refusal: Any) -> str:
    with pytest.raises(VerificationError) as caught:
        refusal()
    return caught.value.code


def with_contest(state: State, contest: ContestState) -> State:
    return replace(state, contests=state.contests.set(contest.id, contest))


def test_any_k_trustees_find_the_same_counts() -> None:
    session = SessionBuilder(trustees=4, threshold=2).run("shared")
    contest = session.contest()
    whole = counted_cells(session.state, "motion")
    assert whole[0].counts == ((2, 2, 2),)
    for chosen in combinations(contest.good_shares, 2):
        shares = Map({index: contest.shares[index] for index in chosen})
        assert counted_cells(with_contest(session.state, replace(contest, shares=shares)), "motion") == whole


def test_fewer_than_k_trustees_find_nothing(at: At) -> None:
    session = at("shared")
    contest = session.contest()
    alone = with_contest(session.state, replace(contest, shares=Map({1: contest.shares[1]})))
    assert code_of(lambda: counted_cells(alone, "motion")) == "V10.C"


def test_subsets_that_disagree_are_found(at: At) -> None:
    """A share that is wrong although its proof held: that must never be, and it would be seen."""
    session = at("shared")
    contest = session.contest()
    wrong = Share(tuple(point + BASE for point in contest.shares[3].points), "")
    state = with_contest(session.state, replace(contest, shares=contest.shares.set(3, wrong)))
    assert code_of(lambda: counted_cells(state, "motion")) == "V10.D"


def test_counters_beyond_the_number_of_ballots_are_no_counts(at: At) -> None:
    session = at("shared")
    contest = session.contest()
    closing = contest.closing
    assert closing is not None
    (cell,) = closing.cells
    more = tuple(Ciphertext(item.pad, item.data + base_mul(7)) for item in cell.ciphertexts)
    shifted = replace(closing, cells=(CellSum(cell.cell, cell.ballots, more),))
    state = with_contest(session.state, replace(contest, closing=shifted))
    assert code_of(lambda: counted_cells(state, "motion")) == "V10.D"


def test_checking_counts_needs_no_logarithm(at: At) -> None:
    session = at("shared")
    contest = session.contest()
    assert contest.closing is not None
    cells = counted_cells(session.state, "motion")
    check_cells(session.state, contest, contest.closing, cells)
    points = decrypt_cells(session.state, contest, contest.closing)
    assert points == ((base_mul(2), base_mul(2)),)


def test_a_contest_without_ballots_counts_zero_without_shares() -> None:
    session = SessionBuilder(cards=Cards(drawn=0)).run("verified")
    (cell,) = counted_cells(session.state, "motion")
    assert (cell.ballots, cell.counts) == (0, ((0, 0, 0),))


def test_an_open_contest_has_no_counts(at: At) -> None:
    assert code_of(lambda: counted_cells(at("voted").state, "motion")) == "V4.D"
