import re
from pathlib import Path

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


SPEC = Path(__file__).parents[3] / "docs" / "spec" / "08-log.md"
SIGNED_BY = {
    "2 officials": Signers.OFFICIALS,
    "2 trustees": Signers.TRUSTEES,
    "Q trustees": Signers.QUORUM,
    "2 officials and Q trustees": Signers.OFFICIALS_AND_QUORUM,
    "trustee": Signers.TRUSTEE,
    "an official": Signers.OFFICIAL,
    "the box key": Signers.BOX,
    "the kiosk key": Signers.KIOSK,
    "the credential (author) and the box key": Signers.CARD_AND_BOX,
}
"""What the table of the specification says in words that only one of ours can mean."""


def test_it_is_said_as_the_specification_says_it() -> None:
    rows = [line.strip("| ").split("|") for line in SPEC.read_text(encoding="utf-8").splitlines() if "| `" in line[:3]]
    compared = 0
    for row in rows:
        for name in re.findall(r"`([a-z]+\.[a-z_]+)`", row[0]):
            signers = SIGNED_BY.get(row[-1].strip())
            if signers is not None:
                assert act_of(EntryType(name)).signers is signers, name
                compared += 1
    assert compared >= 25
