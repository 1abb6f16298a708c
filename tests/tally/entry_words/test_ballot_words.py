from tally.entries.entry_type import EntryType
from tally.entry_words.ballot_words import tell_of_counting
from tally.state import initial
from tests.support.sample_bodies import SAMPLES


def test_numbers_stand_beside_the_sentence() -> None:
    told = tell_of_counting(initial(), SAMPLES[EntryType.COUNT_ENTERED])
    assert told is not None
    assert "录入" in told.said.zh
    assert len(told.facts) >= 4
    assert tell_of_counting(initial(), SAMPLES[EntryType.CONTEST_OPENED]) is None
