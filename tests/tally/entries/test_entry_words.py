import re

from ballots.screen.words import Said
from tally.entries.bodies import BODIES
from tally.entries.entry_type import EntryType
from tally.entries.entry_words import _SENTENCES, entry_words
from tally.entries.envelope import decode_entry
from tests.golden.golden_session import golden


def sentences() -> dict[EntryType, list[Said]]:
    session = golden()
    found: dict[EntryType, list[Said]] = {}
    for entry in map(decode_entry, session.entries):
        found.setdefault(entry.type, []).append(entry_words(entry, session.state))
    return found


def test_every_type_of_entry_has_its_sentence() -> None:
    assert set(_SENTENCES) == set(BODIES.values())


def test_every_sentence_is_in_both_languages_with_all_places_filled() -> None:
    found = sentences()
    assert set(found) == set(EntryType)
    for said in (said for many in found.values() for said in many):
        assert re.search("[\u4e00-\u9fff]", said.zh), said
        assert said.en, said
        assert "{" not in said.zh + said.en, said


def test_counts_and_outcomes_are_not_told() -> None:
    found = sentences()
    for kind in (EntryType.TALLY_COUNTED, EntryType.OUTCOME_DECLARED, EntryType.SEATS_REDUCED, EntryType.COUNT_ENTERED):
        for said in found[kind]:
            outside = re.sub("[“‘][^”’]*[”’]", "", said.zh)
            assert not re.search(r"\d", outside), said
