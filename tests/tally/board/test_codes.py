from dataclasses import replace

from ballots.sealed_ballot import confirmation_code
from tally.board.codes import CAST, COUNTED, NEVER, ONE_CHARACTER, TESTED, ballots_of, in_lists, status_of
from tally.board.tree import Tree, climbed
from tally.entries.envelope import decode_entry
from tally.state.contest import Status
from tests.golden.golden_session import golden
from tests.tally.board.sample import source


def test_every_ballot_is_found_by_its_code_and_leads_to_the_root() -> None:
    found = ballots_of(source().state, source().entries, tree := Tree([entry.leaf for entry in source().entries]))
    state = source().state
    assert {one.code for one in found} == {confirmation_code(key) for key in state.ballots}
    for one in found:
        assert one.index == state.ballots[bytes.fromhex(one.id)]
        assert climbed(bytes.fromhex(one.leaf), one.steps)[-1] == tree.root == state.root
    assert [one.code for one in found] == sorted(one.code for one in found)
    assert {one.status for one in found} == {COUNTED}


def test_a_tested_ballot_and_one_of_an_abandoned_vote_are_told_apart() -> None:
    session = golden()
    entries = [decode_entry(raw) for raw in session.entries]
    found = ballots_of(session.state, entries, Tree([entry.leaf for entry in entries]))
    assert {COUNTED, TESTED, NEVER} <= {one.status for one in found}


def test_before_the_count_a_ballot_is_only_cast() -> None:
    held = source().state.contests["motion"]
    assert status_of(replace(held, status=Status.OPEN)) == CAST


def test_lists_go_by_one_character_and_beyond_by_two() -> None:
    found = ballots_of(source().state, source().entries, Tree([entry.leaf for entry in source().entries]))
    few = in_lists(found)
    assert all(len(prefix) == 1 for prefix in few)
    assert [one for ballots in few.values() for one in ballots] == list(found)
    many = in_lists([replace(found[number % len(found)], index=number) for number in range(ONE_CHARACTER + 1)])
    assert all(len(prefix) == 2 for prefix in many)
    assert all(one.code.startswith(prefix) for prefix, ballots in many.items() for one in ballots)
    assert in_lists([]) == {}
