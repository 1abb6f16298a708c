from dataclasses import replace

from tally.board.notes import clock_text, notes_of
from tests.tally.board.sample import source


def test_a_checkpoint_names_its_witnesses_and_agrees_with_the_log() -> None:
    state = source().state
    (note,) = notes_of(state, source().checkpoints)
    assert (note.size, note.root, note.agrees) == (state.size, state.root.hex(), True)
    assert [witness.name for witness in note.witnesses] == ["甲", "乙", "丙"]
    assert note.text.encode() == source().checkpoints[0][1]


def test_a_checkpoint_of_another_log_is_pointed_out() -> None:
    state = source().state
    other = replace(state, roots=state.roots.set(state.size, bytes(32)))
    assert not notes_of(other, source().checkpoints)[0].agrees


def test_a_witness_that_never_joined_has_its_number() -> None:
    state = source().state
    other = replace(state, trustees=state.trustees.delete(2))
    assert [witness.name for witness in notes_of(other, source().checkpoints)[0].witnesses] == ["甲", "2", "丙"]


def test_moments_are_in_beijing_time_and_impossible_ones_stay_numbers() -> None:
    assert clock_text(0) == "1970-01-01 08:00:00"
    assert clock_text(2**62) == str(2**62)
