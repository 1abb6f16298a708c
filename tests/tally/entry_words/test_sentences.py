import re

import pytest

from tally.entries.entry_type import EntryType
from tally.entry_words import tell
from tally.state import State, initial
from tests.support.sample_bodies import SAMPLES
from tests.support.session import SessionBuilder


@pytest.fixture(scope="module")
def voted() -> State:
    return SessionBuilder().run(until="open").state


@pytest.mark.parametrize("type_", tuple(EntryType))
def test_every_type_is_told_in_both_languages_before_and_after_its_session(type_: EntryType, voted: State) -> None:
    for state in (initial(), voted):
        told = tell(state, SAMPLES[type_])
        assert told.said.zh and told.said.en  # noqa: PT018 - both or nothing
        assert told.said.zh != told.said.en
        assert "{" not in told.said.zh.replace("{}", "") or type_ is EntryType.CONTEST_DEFINED
        assert all(label.zh and label.en for label, _ in told.facts)


@pytest.mark.parametrize(
    "type_", [EntryType.TALLY_COUNTED, EntryType.OUTCOME_DECLARED, EntryType.SEATS_REDUCED, EntryType.COUNT_ENTERED]
)
def test_counts_and_outcomes_stand_in_no_sentence(type_: EntryType, voted: State) -> None:
    said = tell(voted, SAMPLES[type_]).said
    outside = re.sub("[“‘][^”’]*[”’]", "", said.zh)
    assert not re.search(r"\d", outside), said


@pytest.mark.parametrize("type_", tuple(EntryType))
def test_no_sentence_shows_a_whole_key_or_a_ballot(type_: EntryType) -> None:
    told = tell(initial(), SAMPLES[type_])
    shown = " ".join((*told.said, *(value for _, value in told.facts)))
    assert (b"\x0a" * 32).hex() not in shown
    assert (b"\x0c" * 32).hex() not in shown


def test_a_contest_is_called_by_its_title(voted: State) -> None:
    builder = SessionBuilder().run(until="open")
    from tally.replay.expected import close_body

    told = tell(builder.state, close_body(builder.state, "motion"))
    assert builder.contest().contest.title.zh in told.said.zh
    assert [value for _, value in told.facts] == ["0", "0"]
