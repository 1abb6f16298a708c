import pytest

from tally.entries.entry_type import EntryType
from tally.entry_words import act_of
from tally.entry_words.signing import Signers


@pytest.mark.parametrize("type_", tuple(EntryType))
def test_every_type_says_who_signs_and_what_it_brings(type_: EntryType) -> None:
    act = act_of(type_)
    for said in (act.name, act.brings, act.signers.value):
        assert said.zh
        assert said.en


def test_what_cannot_be_undone_takes_two_officials() -> None:
    for type_ in (EntryType.RULES_ADOPTED, EntryType.CONTEST_OPENED, EntryType.CONTEST_CLOSED):
        assert act_of(type_).signers is Signers.OFFICIALS
