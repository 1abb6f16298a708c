"""Points of ballots that must never be met again: what one state knows, whatever others know."""

import gc
import threading
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from tally.state.points import Points

A, B, C = (bytes([number]) * 32 for number in (1, 2, 3))


def test_a_state_knows_the_points_of_its_ballots() -> None:
    points = Points().with_ballot(b"first", (A, B))
    assert points.first_known((C, B, A)) == B
    assert points.first_known((C,)) is None
    assert len(points) == 1


def test_a_state_does_not_know_what_a_later_one_or_another_one_has() -> None:
    start = Points()
    one, other = start.with_ballot(b"one", (A,)), start.with_ballot(b"other", (A, B))
    assert start.first_known((A, B)) is None
    assert one.first_known((B, A)) == A
    assert one.first_known((B,)) is None
    assert other.first_known((B,)) == B


def test_what_was_thrown_away_is_forgotten() -> None:
    kept = Points().with_ballot(b"kept", (A,))
    thrown = kept.with_ballot(b"thrown", (A, B, C))
    table = kept._table
    assert len(table) == 3
    del thrown
    gc.collect()
    assert len(table) == 1
    assert kept.first_known((B, C)) is None
    assert kept.first_known((A,)) == A


def test_a_ballot_of_two_states_lives_until_both_are_gone() -> None:
    start = Points()
    one, other = start.with_ballot(b"same", (A,)), start.with_ballot(b"same", (A,))
    del one
    gc.collect()
    assert other.first_known((A,)) == A
    del other
    gc.collect()
    assert len(start._table) == 0
    assert start.with_ballot(b"again", (A,)).first_known((A,)) == A


def test_states_are_equal_that_have_the_same_ballots() -> None:
    one = Points().with_ballot(b"1", (A,)).with_ballot(b"2", (B,))
    assert one == Points().with_ballot(b"2", (B,)).with_ballot(b"1", (A,))
    assert one != Points().with_ballot(b"1", (A,))
    assert one != {b"1": None}


def test_sessions_share_nothing() -> None:
    one, other = Points().with_ballot(b"1", (A,)), Points()
    assert one.first_known((A,)) == A
    assert other.with_ballot(b"2", (B,)).first_known((A,)) is None


def test_threads_that_add_and_throw_away_lose_nothing() -> None:
    start = Points()
    numbers = count()

    def churn() -> None:
        for _ in range(300):
            start.with_ballot(b"thrown %d" % next(numbers), (A, B, C))

    threads = [threading.Thread(target=churn) for _ in range(4)]
    for thread in threads:
        thread.start()
    kept = start
    for number in range(300):
        kept = kept.with_ballot(b"kept %d" % number, (A, number.to_bytes(32, "big")))
    for thread in threads:
        thread.join()
    gc.collect()
    assert all(kept.first_known((number.to_bytes(32, "big"),)) is not None for number in range(300))
    assert len(start._table) == 301


@settings(max_examples=100)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 30), st.sets(st.integers(0, 20), min_size=1))))
def test_it_is_a_set_of_points_for_each_of_many_states(acts: list[tuple[int, int, set[int]]]) -> None:
    """Each act makes a new state from one of the six that are kept: what they know is what sets would know."""
    states = [(Points(), frozenset[int]())] * 6
    for number, (place, source, added) in enumerate(acts):
        points, known = states[source % 6]
        encoded = tuple(bytes([point]) * 32 for point in sorted(added))
        found = points.first_known(encoded)
        repeated = [point for point in sorted(added) if point in known]
        assert found == (bytes([repeated[0]]) * 32 if repeated else None)
        if found is None:
            states[place] = (points.with_ballot(b"%d" % number, encoded), known | added)
    for points, known in states:
        for point in range(21):
            assert (points.first_known((bytes([point]) * 32,)) is not None) == (point in known)
