"""Filling seats: the highest votes of those who passed, ties at the last seat left open, nobody below lifted up."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tally.decide.seats import Polled, Seated, fill_seats


def people(*votes):
    return [Polled(f"p{place}", count, place) for place, count in enumerate(votes)]


@pytest.mark.parametrize(
    ("votes", "seats", "seated"),
    [
        ((180, 250, 201), 2, Seated(("p1", "p2"), (), 0, ("p0",), 0)),
        ((150, 180), 2, Seated(("p1",), (), 0, (), 1)),
        ((151, 180), 2, Seated(("p1", "p0"), (), 0, (), 0)),
        ((152, 180), 2, Seated(("p1", "p0"), (), 0, (), 0)),
        ((180, 180, 200), 2, Seated(("p2",), ("p0", "p1"), 1, (), 0)),
        ((180, 180, 180, 200, 160), 3, Seated(("p3",), ("p0", "p1", "p2"), 2, ("p4",), 0)),
        ((180, 180, 200), 3, Seated(("p2", "p0", "p1"), (), 0, (), 0)),
        ((200, 200, 180), 2, Seated(("p0", "p1"), (), 0, ("p2",), 0)),
        ((200, 200), 1, Seated((), ("p0", "p1"), 1, (), 0)),
        ((150, 150), 1, Seated((), (), 0, (), 1)),
        ((), 3, Seated((), (), 0, (), 3)),
        ((200,), 0, Seated((), (), 0, ("p0",), 0)),
        ((150,), 0, Seated((), (), 0, (), 0)),
        ((180, 180), 2, Seated(("p0", "p1"), (), 0, (), 0)),
    ],
)
def test_examples(votes, seats, seated):
    assert fill_seats(people(*votes), seats, 151) == seated


def test_equal_votes_are_ordered_by_place():
    polled = [Polled("late", 200, 9), Polled("early", 200, 1), Polled("first", 201, 5)]

    assert fill_seats(polled, 3, 151).elected == ("first", "early", "late")
    assert fill_seats(polled, 2, 151).tied == ("early", "late")


@given(st.lists(st.integers(0, 12), max_size=12), st.integers(1, 6), st.integers(1, 10))
@example([5, 5, 5], 2, 5)
@example([5, 5, 4], 2, 5)
@example([5, 4, 4], 2, 4)
def test_what_always_holds(votes, seats, needed):
    polled = people(*votes)
    own = {p.id: p.votes for p in polled}
    seated = fill_seats(polled, seats, needed)

    groups = [*seated.elected, *seated.tied, *seated.passed_over]
    assert sorted(groups) == sorted(p.id for p in polled if p.votes >= needed)
    assert len(seated.elected) + seated.tied_seats + seated.empty == seats
    assert 0 <= seated.tied_seats < max(1, len(seated.tied))
    if seated.empty:
        assert not seated.tied
        assert not seated.passed_over
    lowest = min((own[i] for i in seated.elected), default=99)
    assert all(own[i] < lowest for i in seated.tied)
    assert len({own[i] for i in seated.tied}) <= 1
    assert all(own[i] < lowest for i in seated.passed_over)
