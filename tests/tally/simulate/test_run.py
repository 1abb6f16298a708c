from collections import Counter
from dataclasses import replace

import pytest

from tally.cli.system import SystemRng
from tally.entries.envelope import decode_entry
from tally.replay import initial, replay_batch
from tally.simulate.inputs import Contested
from tally.simulate.run import Simulated, simulate
from tally.simulate.scrutineers import EMPTY_SLIPS
from tests.support.simulation import ELECTION_BALLOTS, MOTION_BALLOTS, counted, election, small_simulation


@pytest.fixture(scope="module")
def done() -> Simulated:
    return simulate(small_simulation(), SystemRng(), lambda: 1_800_000_000, lambda _step, _done, _total: None)


def test_the_counts_are_those_of_plain_counting(done: Simulated) -> None:
    assert done.state.contest("election").totals == counted(ELECTION_BALLOTS, 3, 3)
    assert done.state.contest("motion").totals == counted(MOTION_BALLOTS, 1, 3)


def test_the_log_replays_from_nothing_to_the_same_root(done: Simulated) -> None:
    state = replay_batch(initial(), done.entries)
    assert state.root == done.state.root
    assert state.sealed


def test_the_session_says_that_it_is_simulated(done: Simulated) -> None:
    assert done.state.facts.simulated is True


def test_every_contest_is_published_and_all_keys_are_destroyed(done: Simulated) -> None:
    assert {contest.scope for contest in done.state.contests.values()} == {"all"}
    assert done.state.destroyed_keys == {1, 2, 3}


def test_ballots_stand_in_the_order_of_their_ids_not_of_the_file(done: Simulated) -> None:
    ids = tuple(done.state.ballots.values())
    assert len(ids) == len(ELECTION_BALLOTS) + len(MOTION_BALLOTS)
    by_index = sorted(done.state.ballots.items(), key=lambda item: item[1])
    first = [ballot for ballot, _ in by_index[: len(ELECTION_BALLOTS)]]
    assert first == sorted(first)


def test_all_scrutineers_verify_and_only_the_threshold_decrypts(done: Simulated) -> None:
    types = Counter(decode_entry(raw).type.value for raw in done.entries)
    assert types["record.verified"] == 6
    assert types["tally.shared"] == 4


def test_a_contest_without_ballots_is_counted_as_zero() -> None:
    plan = small_simulation(motion_ballots=())
    state = simulate(plan, SystemRng(), lambda: 1, lambda _step, _done, _total: None).state
    assert state.contest("motion").totals == ((0, 0, 0),)
    assert state.contest("motion").scope == "all"


def test_where_names_can_be_written_on_slips_an_empty_count_of_slips_is_entered() -> None:
    contest = election(write_ins={"decision": "", "way": "slips"})
    plan = small_simulation()
    plan = replace(plan, contests=(Contested.by_all(contest, 8, 7, ELECTION_BALLOTS), *plan.contests[1:]))
    state = simulate(plan, SystemRng(), lambda: 1, lambda _step, _done, _total: None).state
    (sheet,) = state.contest("election").sheets.entered
    assert (sheet.box, sheet.sheet, sheet.issued, sheet.write_ins) == ("slips", EMPTY_SLIPS, 0, ())
    assert state.contest("motion").sheets.entered == ()
    assert state.sealed


def test_few_ballots_are_counted_when_the_scrutineers_waive_the_minimum() -> None:
    plan = small_simulation(((0, 1, 2),), ((1,),), waiver=True)
    state = simulate(plan, SystemRng(), lambda: 1, lambda _step, _done, _total: None).state
    assert state.contest("election").totals == ((1, 0, 0), (0, 1, 0), (0, 0, 1))


def test_progress_is_reported_to_the_end_of_each_step() -> None:
    seen: dict[str, tuple[int, int]] = {}
    simulate(small_simulation(), SystemRng(), lambda: 1, lambda step, at, total: seen.update({step: (at, total)}))
    assert seen
    assert all(at == total for at, total in seen.values())
