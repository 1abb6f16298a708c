"""Attempts of the ceremony."""

from immutables import Map

from tally.state import Ceremony, Dealing, Fault


def test_a_fault_begins_the_next_attempt_and_forgets_all_but_faults_and_points() -> None:
    ceremony = Ceremony(
        committed=Map({1: Dealing(b"c", b"s", b"l")}), confirmed=frozenset({2}), dealt=Map({b"point": 1})
    )
    after = ceremony.failed(Fault(1, 1, "share"))
    assert (after.attempt, after.faults) == (2, (Fault(1, 1, "share"),))
    assert (dict(after.committed), dict(after.revealed), after.confirmed) == ({}, {}, frozenset())
    assert dict(after.dealt) == {b"point": 1}
    twice = after.failed(Fault(2, 3, "revealed"))
    assert [fault.trustee for fault in twice.faults] == [1, 3]
