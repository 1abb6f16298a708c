"""The types of entries (SPEC §8.4)."""

import re
from pathlib import Path

from tally.entries.entry_type import BALLOT_TYPES, EntryType

SPEC = Path(__file__).parents[3] / "docs" / "spec" / "08-log.md"


def test_the_types_are_those_of_the_specification() -> None:
    table = SPEC.read_text("utf-8").split("## §8.4")[1].split("## §8.5")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`([a-z_]+\.[a-z_]+)`", row)}
    assert named == {type_.value for type_ in EntryType}


def test_the_types_of_ballots_are_those_of_kiosks() -> None:
    assert {type_ for type_ in EntryType if type_.is_ballot} == BALLOT_TYPES
    assert {type_.value for type_ in BALLOT_TYPES} == {"ballot.cast", "ballot.challenged", "ballot.assisted"}
